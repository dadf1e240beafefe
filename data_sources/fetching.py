"""Fetching what the publishers' pages link to: nothing twice, and what was cut off taken up again."""

from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from data_sources.http import Http, place
from data_sources.ingest import ingest
from data_sources.registry import Publication
from data_sources.snapshots import Kept, SnapshotRecord, SnapshotStore, Tags
from data_sources.source import Release, Snapshot, SourceError

OPEN_TO_REVISION = timedelta(days=400)
"""How old a month may be for its file to be asked after again: publishers revise recent ones in place."""


class Fetcher:
    """The releases of one publication that are still to be fetched or read, and how they are."""

    def __init__(self, publication: Publication, http: Http, store: SnapshotStore) -> None:
        self._publication = publication
        self._http = http
        self._store = store
        self._kept = store.kept(publication.SOURCE.id)
        self._records = {record.snapshot_id: record for record in store.records()}

    def outstanding(self) -> list[Release]:
        """What the pages link to and is not kept, not read, or may have changed since.

        A file without a month of its own stands at one address for ever, with new content. One with a
        month is asked after for `OPEN_TO_REVISION`, if the site can say that it has not changed.
        """
        recent = datetime.now(UTC).date() - OPEN_TO_REVISION
        outstanding = []
        for release in self._publication.discover(self._http):
            kept = self._kept.get(release.url)
            is_settled = release.period_start is not None and not (
                release.period_start > recent and _has_tags(kept)
            )
            if not (kept and is_settled and self._is_read(kept.snapshot)):
                outstanding.append(release)
        return outstanding

    def fetch(self, release: Release) -> SnapshotRecord | None:
        """What became of a release, parsed or refused; None if there is nothing new in it."""
        snapshot = self._snapshot_of(release)
        if self._is_read(snapshot):
            return None
        return ingest(snapshot, self._publication, self._store)

    def _snapshot_of(self, release: Release) -> Snapshot:
        """What is kept of it, if that has not been looked at or cannot have changed; else what is sent."""
        kept = self._kept.get(release.url)
        if kept:
            was_cut_off = kept.snapshot.snapshot_id not in self._records
            if was_cut_off or (release.period_start and not _has_tags(kept)):
                return kept.snapshot
        return fetch_release(self._http, release, self._store, kept)

    def _is_read(self, snapshot: Snapshot) -> bool:
        """Whether a snapshot was read; a refused one is tried again, our code may have learnt since."""
        record = self._records.get(snapshot.snapshot_id)
        return record is not None and record.status == "parsed" and record.url == snapshot.url


def fetch_release(
    http: Http, release: Release, store: SnapshotStore, kept: Kept | None = None
) -> Snapshot:
    """Keep the published bytes of a release untouched; the same bytes again are the same snapshot.

    Where some are kept from this address, they are not sent again unless they have changed.
    """
    known = kept.tags if kept else Tags()
    answer = http.get(release.url, known.etag, known.last_modified)
    if kept and answer.is_unchanged:
        return kept.snapshot
    expected = "a web page" if release.is_page else "a file"
    if answer.kind != expected:
        raise SourceError(f"{place(release.url)}: expected {expected}, found {answer.kind}.")
    name = PurePosixPath(unquote(urlsplit(release.url).path)).name
    tags = Tags(answer.etag, answer.last_modified)
    return store.save(release.source_id, name, answer.content, release.url, tags)


def _has_tags(kept: Kept | None) -> bool:
    return kept is not None and kept.tags != Tags()
