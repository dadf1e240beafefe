"""What the server says where a page fails: nothing to the reader, everything to the log."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

import serve
from tests.browser.conftest import free_port


def test_a_page_that_fails_leaves_its_traceback_in_the_log(
    browser: BrowserContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    names = ("version", "file", "sha256", "built_at", "bundle", "fingerprint")
    record = dict.fromkeys(names, "absent") | {"snapshots": []}
    (tmp_path / "current.json").write_text(json.dumps(record), encoding="utf-8")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    port = free_port()
    process = serve.start(port)
    try:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/overview")
        failed = page.locator("[data-testid=stException]")
        failed.wait_for(timeout=60_000)
        expect(failed).not_to_contain_text("absent")
        page.close()
    finally:
        process.terminate()
        process.wait()
    told = capfd.readouterr().err
    assert "Traceback (most recent call last)" in told
    assert "database does not exist" in told
