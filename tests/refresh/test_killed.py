"""A refresh killed at any moment leaves what was published whole, and the next one completes it."""

import hashlib
import random
import shutil
import sys
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from data_sources import ae_monthly, rtt
from data_sources.periods import month_after
from data_sources.snapshots import SnapshotStore
from settings import Settings
from sql.publish import read_current
from sql.reads import open_database
from tests.refresh.refreshing import SOURCES, Refreshes, settings_in
from tests.sources.ae_files import title_block, workbook_sheets, write_workbook
from tests.sources.rtt_files import EAST, extract, extract_2021, row
from tests.unit.data_sources.site import Reply, Site, serving
from tests.unit.sql.conftest import small_settings

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and fork"),
]

CHAINS, ROUNDS = 4, 7
"""Two kills a round: over fifty in all. Chains are tests of their own, so that workers share them."""

FROM_NOTHING_EVERY = 5
"""Every so many rounds a chain begins again with an empty data folder."""

UPLOADS = "/statistics/wp-content/uploads/sites/2"
AE_YEAR = f"{ae_monthly.SOURCE.landing_page}ae-attendances-and-emergency-admissions-2024-25/"
RTT_YEAR = f"{rtt.SOURCE.landing_page}rtt-data-2024-25/"


@dataclass
class Publisher:
    """NHS England's pages of two publications, which gain a month of each on demand."""

    site: Site
    folder: Path
    month: date = date(2024, 4, 1)
    links: dict[str, list[str]] = field(default_factory=dict)

    def offer_a_month(self) -> None:
        ae_name = f"{self.month:%B-%Y}-AE-by-provider.xls"
        title = {6: title_block(f"{self.month:%B %Y}")[6]}
        sheets = workbook_sheets()
        for name in ("System Level Data", "Provider Level Data"):
            sheets[name] |= title
        self._offer(AE_YEAR, ae_name, write_workbook(self.folder, sheets, ae_name).path)
        rtt_name = f"Full-CSV-data-file-{self.month:%b%y}-ZIP-1M.zip"
        lines = extract_2021([row("RXW", EAST, {0: 3, 60: 1})], f"RTT-{self.month:%B-%Y}")
        self._offer(RTT_YEAR, rtt_name, extract(self.folder, lines, rtt_name).path)
        self.month = month_after(self.month)

    def _offer(self, page: str, name: str, file: Path) -> None:
        content = file.read_bytes()
        etag = f'"{hashlib.sha256(content).hexdigest()[:8]}"'
        self.site.url(f"{UPLOADS}/{name}", Reply(body=content, etag=etag))
        self.links.setdefault(page, []).append(
            f"<a href='{UPLOADS}/{name}'>{name.replace('-', ' ')}</a>"
        )
        landing = page.removesuffix(page.rsplit("/", 2)[1] + "/")
        self._show(landing, [f"<a href='{page}'>2024-25</a>"])
        self._show(page, self.links[page])

    def _show(self, url: str, links: list[str]) -> None:
        body = f"<html>{' '.join(links)}</html>".encode()
        self.site.url(urlsplit(url).path, Reply(body=body, headers={"Content-Type": "text/html"}))


def kept_paths(settings: Settings) -> set[str]:
    """Paths of the files that are whole in the store."""
    store = SnapshotStore(settings.data_dir)
    return {urlsplit(url).path for source in SOURCES for url in store.kept(source)}


def assert_whole(settings: Settings, must_exist: bool) -> None:
    """What is served, if anything is, is the file that was published, and opens."""
    current = read_current(settings.data_dir)
    assert current or not must_exist, "what was published is gone"
    if current:
        path = settings.data_dir / current.file
        assert hashlib.sha256(path.read_bytes()).hexdigest() == current.sha256
        with open_database(path) as connection:
            connection.execute("from marts.fct_snapshot").fetchall()


def assert_complete(settings: Settings, site: Site) -> None:
    """Everything offered is read and served, and nothing lies about."""
    assert_whole(settings, must_exist=True)
    offered = {path for path in site.answers if path.startswith(UPLOADS)}
    records = list(SnapshotStore(settings.data_dir).records())
    assert {record.status for record in records} == {"parsed"}
    assert {urlsplit(str(record.url)).path for record in records} == offered
    current = read_current(settings.data_dir)
    assert current is not None
    assert {record.snapshot_id for record in records} <= set(current.snapshots)
    left = [path for path in settings.data_dir.rglob("*") if path.suffix == ".tmp"]
    assert left == []
    names = {path.name.partition("-")[0] for path in settings.data_dir.iterdir()}
    assert names == {"current.json", "warehouse", "snapshots", "parsed"}


@dataclass
class Chain:
    """Refreshes of one folder, one after another, most of them killed."""

    folder: Path
    site: Site
    refreshes: Refreshes
    moments: random.Random
    usual: float = 1.0
    killed: int = 0

    @property
    def settings(self) -> Settings:
        return settings_in(self.folder)

    def complete(self) -> None:
        """A refresh that nobody disturbs, at the end of which everything is there and nothing besides."""
        kept = kept_paths(self.settings)
        self.site.sent.clear()
        started = time.monotonic()
        assert self.refreshes.run() == 0, (self.folder / "log.txt").read_text()
        self.usual = time.monotonic() - started
        assert_sent_once(self.site, kept)
        assert_complete(self.settings, self.site)

    def kill(self) -> None:
        """A refresh that is killed at any moment: what was published stays whole."""
        was_published = (self.settings.data_dir / "current.json").exists()
        kept = kept_paths(self.settings)
        self.site.sent.clear()
        self.killed += self.refreshes.run(self.moments.uniform(0, self.usual)) != 0
        assert_sent_once(self.site, kept)
        assert_whole(self.settings, was_published)


def assert_sent_once(site: Site, kept: set[str]) -> None:
    files = [path for path in site.sent if path.startswith(UPLOADS)]
    assert len(files) == len(set(files))
    assert kept & set(files) == set(), "sent again though it was kept"


def kill_in_turn(folder: Path, rounds: int, seed: int) -> int:
    """Per round kill a refresh, kill the next, and complete; how many were running when the blow came."""
    with serving() as site, Refreshes(folder, site.address) as refreshes:
        chain = Chain(folder, site, refreshes, random.Random(seed))
        publisher = Publisher(site, folder)
        publisher.offer_a_month()
        chain.complete()
        for number in range(rounds):
            if number % FROM_NOTHING_EVERY == 0:
                shutil.rmtree(chain.settings.data_dir)
            else:
                publisher.offer_a_month()
            chain.kill()
            chain.kill()
            chain.complete()
    return chain.killed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    small_settings(tmp_path)
    return tmp_path


@pytest.mark.parametrize("seed", range(CHAINS))
def test_a_refresh_killed_at_any_moment_is_completed_by_the_next(folder: Path, seed: int) -> None:
    killed = kill_in_turn(folder, ROUNDS, seed)
    assert killed > ROUNDS, "most blows came after the end: nothing was tested"
