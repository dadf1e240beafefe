"""From kept bytes to figures: a file is read whole, or refused with the reason and kept all the same."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from data_sources.registry import Publication, recognise
from data_sources.snapshots import SnapshotRecord, SnapshotStore, describe, snapshot_id_of
from data_sources.source import Snapshot, SourceError

UNRECOGNISED = "unrecognised"
"""The source_id of kept files that no publication, or more than one, claims."""


def ingest(snapshot: Snapshot, publication: Publication, store: SnapshotStore) -> SnapshotRecord:
    """Read a snapshot and store what it says; one that cannot be trusted is recorded as refused."""
    source = publication.SOURCE
    try:
        parsed = publication.parse(snapshot)
    except SourceError as error:
        return _refuse(snapshot, source.licence, str(error), store)
    record = describe(snapshot, parsed, source.layouts.index(parsed.layout), source.licence)
    store.record_parsed(record, parsed)
    return record


def add_file(
    path: Path, store: SnapshotStore, publications: Mapping[str, Publication] | None = None
) -> SnapshotRecord:
    """Keep and read a file that a person has, recognised by its content among `publications`.

    The record is a refused one where the content is not recognised or cannot be trusted; a path
    that holds no readable, filled file is a SourceError, and nothing is kept.
    """
    content = _content_of(path)
    try:
        publication = recognise(path, path.name, publications)
    except SourceError as error:
        return _set_aside(path.name, content, str(error), store)
    if publication is None:
        reason = "not recognised as any publication we read"
        return _set_aside(path.name, content, reason, store)
    snapshot = store.save(publication.SOURCE.id, path.name, content)
    _take_back(snapshot.sha256, store)
    record = ingest(snapshot, publication, store)
    if record.status == "refused" and path.name != snapshot.file_name:
        # Some files tell their month in their name alone: a better name is worth another reading.
        return ingest(replace(snapshot, file_name=path.name), publication, store)
    return record


def _content_of(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}).") from error
    if not content:
        raise SourceError(f"{path}: the file is empty.")
    return content


def _set_aside(name: str, content: bytes, reason: str, store: SnapshotStore) -> SnapshotRecord:
    return _refuse(store.save(UNRECOGNISED, name, content), "unknown", reason, store)


def _take_back(sha256: str, store: SnapshotStore) -> None:
    """Forget that these bytes were once set aside: they are kept under their publication now."""
    folder = store.snapshot_dir / UNRECOGNISED / snapshot_id_of(UNRECOGNISED, sha256)
    shutil.rmtree(folder, ignore_errors=True)


def _refuse(snapshot: Snapshot, licence: str, reason: str, store: SnapshotStore) -> SnapshotRecord:
    record = SnapshotRecord(
        snapshot_id=snapshot.snapshot_id,
        source_id=snapshot.source_id,
        file_name=snapshot.file_name,
        sha256=snapshot.sha256,
        bytes=snapshot.bytes,
        licence=licence,
        url=snapshot.url,
        retrieved_at=snapshot.retrieved_at.isoformat() if snapshot.retrieved_at else None,
        status="refused",
        reason=reason,
    )
    store.write_record(record)
    return record
