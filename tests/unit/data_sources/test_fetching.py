"""Releases are fetched once, asked after politely, and taken up where a run was cut off."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data_sources.fetching import OPEN_TO_REVISION, Fetcher
from data_sources.http import Http
from data_sources.snapshots import SnapshotStore
from data_sources.source import Release, SourceError
from tests.unit.data_sources.fakes import BEDS, BEDS_BROKEN, BEDS_MAY, FakePublication
from tests.unit.data_sources.site import Reply, Site

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

OLD = date(2024, 4, 1)
RECENT = (datetime.now(UTC).date() - OPEN_TO_REVISION / 2).replace(day=1)
TAGS = {"ETag": '"1"', "Last-Modified": "Mon, 01 Apr 2024 00:00:00 GMT"}
CSV = Reply(body=BEDS)
TAGGED = Reply(body=BEDS, headers=TAGS)
UNCHANGED = Reply(304, b"")


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path)


def run(http: Http, store: SnapshotStore, *releases: Release) -> list[str | None]:
    """One run over the releases: the status of each that was outstanding."""
    fetcher = Fetcher(FakePublication(releases=list(releases)), http, store)
    records = [fetcher.fetch(release) for release in fetcher.outstanding()]
    return [record and record.status for record in records]


def beds(url: str, month: date | None = OLD) -> Release:
    return Release("beds", "Beds", url, month)


def test_an_old_month_is_fetched_once(http: Http, site: Site, store: SnapshotStore) -> None:
    release = beds(site.url("/x.csv", TAGGED))
    assert run(http, store, release) == ["parsed"]
    assert run(http, store, release) == []
    assert len(site.asked) == 1


@pytest.mark.parametrize("month", [None, RECENT])
def test_what_may_have_changed_is_asked_after_with_the_tags_it_came_with(
    http: Http, site: Site, store: SnapshotStore, month: date | None
) -> None:
    release = beds(site.url("/x.csv", TAGGED, UNCHANGED), month)
    assert run(http, store, release) == ["parsed"]
    before = {path: path.stat().st_mtime_ns for path in store.snapshot_dir.rglob("*")}
    assert run(http, store, release) == [None]
    assert site.asked[1][1]["If-None-Match"] == '"1"'
    assert site.asked[1][1]["If-Modified-Since"] == TAGS["Last-Modified"]
    assert before == {path: path.stat().st_mtime_ns for path in store.snapshot_dir.rglob("*")}


def test_a_recent_month_of_a_site_without_tags_is_not_sent_again(
    http: Http, site: Site, store: SnapshotStore
) -> None:
    release = beds(site.url("/x.csv", CSV), RECENT)
    assert [run(http, store, release), run(http, store, release)] == [["parsed"], []]


def test_a_file_revised_in_place_is_a_second_snapshot_with_tags_of_its_own(
    http: Http, site: Site, store: SnapshotStore
) -> None:
    revised = Reply(body=BEDS_MAY, headers={"ETag": '"2"'})
    release = beds(site.url("/x.csv", TAGGED, revised, UNCHANGED), RECENT)
    assert [run(http, store, release) for _ in range(3)] == [["parsed"], ["parsed"], [None]]
    assert len(list(store.records())) == 2
    sent = site.asked[2][1]
    assert (sent["If-None-Match"], sent.get("If-Modified-Since")) == ('"2"', None)


def test_tags_are_those_of_the_last_answer_even_where_a_file_went_back(
    http: Http, site: Site, store: SnapshotStore
) -> None:
    replies = [
        Reply(body=body, headers={"ETag": tag})
        for body, tag in [(BEDS, "1"), (BEDS_MAY, "2"), (BEDS, "3")]
    ]
    release = beds(site.url("/x.csv", *replies, UNCHANGED), None)
    assert [run(http, store, release) for _ in range(4)] == [["parsed"], ["parsed"], [None], [None]]
    assert [sent.get("If-None-Match") for _, sent in site.asked] == [None, "1", "2", "3"]


def test_the_same_bytes_at_two_addresses_are_fetched_once_from_each(
    http: Http, site: Site, store: SnapshotStore
) -> None:
    one, other = beds(site.url("/x.csv", CSV)), beds(site.url("/y.csv", CSV))
    assert run(http, store, one, other) == ["parsed", "parsed"]
    assert run(http, store, one, other) == []
    (record,) = store.records()
    assert record.url == one.url


def test_what_was_kept_when_a_run_was_cut_off_is_read_without_being_sent_again(
    http: Http, site: Site, store: SnapshotStore
) -> None:
    release = beds(site.url("/x.csv", CSV), None)
    store.save("beds", "x.csv", BEDS, release.url)
    assert run(http, store, release) == ["parsed"]
    assert site.asked == []


def test_a_refused_file_is_read_again_but_not_sent_again(
    http: Http, site: Site, store: SnapshotStore
) -> None:
    release = beds(site.url("/x.csv", Reply(body=BEDS_BROKEN)))
    assert run(http, store, release) == ["refused"]
    assert run(http, store, release) == ["refused"]
    assert len(site.asked) == 1


def test_a_refused_file_that_the_publisher_mended_in_place_is_fetched(
    http: Http, site: Site, store: SnapshotStore
) -> None:
    broken = Reply(body=BEDS_BROKEN, headers=TAGS)
    release = beds(site.url("/x.csv", broken, UNCHANGED, CSV))
    assert [run(http, store, release) for _ in range(3)] == [["refused"], ["refused"], ["parsed"]]


def test_a_file_added_by_hand_is_told_its_address_once_it_is_fetched(
    http: Http, site: Site, store: SnapshotStore
) -> None:
    release = beds(site.url("/x.csv", CSV))
    store.save("beds", "mine.csv", BEDS)
    assert [run(http, store, release), run(http, store, release)] == [["parsed"], []]
    (record,) = store.records()
    assert (record.file_name, record.url) == ("mine.csv", release.url)


def test_a_note_of_before_tags_were_kept_names_its_one_address(store: SnapshotStore) -> None:
    snapshot = store.save("beds", "x.csv", BEDS)
    (snapshot.path.parent / "origin.json").write_text(
        '{"file_name": "x.csv", "url": "https://x/", "retrieved_at": "2024-05-01T00:00:00+00:00"}'
    )
    kept = store.kept("beds")
    assert kept["https://x/"].snapshot.sha256 == snapshot.sha256
    assert kept["https://x/"].tags.etag is None


def test_a_page_that_changed_is_an_error_and_nothing_is_kept(
    http: Http, store: SnapshotStore
) -> None:
    with pytest.raises(SourceError, match="links to no file"):
        Fetcher(FakePublication(), http, store).outstanding()
    assert not store.snapshot_dir.exists()


def test_a_server_that_fails_once_is_asked_again(
    http: Http, site: Site, store: SnapshotStore
) -> None:
    assert run(http, store, beds(site.url("/x.csv", Reply(500, b""), CSV))) == ["parsed"]
    assert len(site.asked) == 2
