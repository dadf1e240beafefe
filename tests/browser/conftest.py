"""A real server and a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright

import serve
from settings import ROOT

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Two workers, each with a server and a browser, share a small machine.
expect.set_options(timeout=15_000)
# A page address makes Streamlit look for its own health address below the page first; that is no fault.
PROBES = ("/_stcore/health", "/_stcore/host-config")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marked, and put first: they wait more than they work, so others work beside them."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: "browser" not in item.path.parts)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def chromium_path() -> str:
    if CHROMIUM is None:
        assert not os.environ.get("CI"), (
            "CI must have Chromium: browser tests are never skipped there"
        )
        pytest.skip("no Chromium on this machine: browser tests are skipped")
    return CHROMIUM


@pytest.fixture(scope="session")
def address(chromium_path: str, warehouse: Path) -> Iterator[str]:
    """A server on the published bundle, warmed up as `make run` does."""
    os.environ["DATA_DIR"] = str(warehouse)
    port = free_port()
    process = serve.start(port)
    try:
        serve.visit(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        del os.environ["DATA_DIR"]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(
    playwright: Playwright, chromium_path: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    context = playwright.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("profile"),
        executable_path=chromium_path,
        args=FLAGS,
        viewport={"width": 1366, "height": 768},
    )
    yield context
    context.close()


class Watched:
    """A page that remembers what went wrong on it and where it asked."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.faults: list[str] = []
        self.foreign: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._watch)

    def _hear(self, message: object) -> None:
        url = message.location.get("url", "")  # type: ignore[attr-defined]
        if message.type == "error" and not url.endswith(PROBES):  # type: ignore[attr-defined]
            self.faults.append(f"{message.text} {url}")  # type: ignore[attr-defined]

    def _watch(self, request: object) -> None:
        url: str = request.url  # type: ignore[attr-defined]
        if not url.startswith((self.address, "data:", "blob:", self.address.replace("http", "ws"))):
            self.foreign.append(url)

    def open(self, link: str) -> Page:
        """Go to a link and wait until the page's last element is there."""
        self.page.goto(self.address + link)
        self.page.locator(".ot-footer").wait_for(timeout=60_000)
        self.page.wait_for_function(
            "document.querySelectorAll('[data-testid=stSkeleton]').length === 0", timeout=60_000
        )
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page's script has run to its end: a control drawn anew drops what is half chosen."""
        idle = "[data-testid=stApp][data-test-script-state=notRunning]"
        self.page.locator(idle).wait_for(timeout=60_000)


@pytest.fixture(scope="session")
def kept_screen(address: str) -> None:
    """The screen kept beside the data, as `make run` sees to: a minute's work, once."""
    command = [sys.executable, "-m", "indicators", "screen", "--quiet", "--out", os.devnull]
    subprocess.run(command, check=True, cwd=ROOT)


@pytest.fixture
def watched(
    browser: BrowserContext, address: str, request: pytest.FixtureRequest
) -> Iterator[Watched]:
    if "/key-indicators" in request.node.name:
        # Only where it is shown, as the other tests need not wait for it.
        request.getfixturevalue("kept_screen")
    page = browser.new_page()
    yield Watched(page, address)
    page.close()
