"""The snapshot store: published bytes kept untouched, every revision, with where and when they came from."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from data_sources.data_folder import half_written, is_half_written
from data_sources.source import Parsed, Snapshot

_ORIGIN = "origin.json"
_RECORD = "snapshot.json"


@dataclass(frozen=True)
class SnapshotRecord:
    """What is kept beside the bytes, and carried into `fct_snapshot`.

    `kind` is `published` (a publisher's own file), `compiled` (a table others made from published files) or
    `reference` (hand-kept facts). `status` is `parsed` or `refused`; a refused file says why in `reason`.
    `note` is what to bear in mind of a compiled table.
    """

    snapshot_id: str
    source_id: str
    file_name: str
    sha256: str
    bytes: int
    licence: str
    kind: str = "published"
    url: str | None = None
    retrieved_at: str | None = None
    layout: str | None = None
    layout_rank: int = 0
    period_start: str | None = None
    period_end: str | None = None
    published_on: str | None = None
    status: str = "parsed"
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Tags:
    """What a site said to tell this state of a file from a later one by: its ETag and Last-Modified."""

    etag: str | None = None
    last_modified: str | None = None


_NO_TAGS = Tags()


@dataclass(frozen=True)
class Kept:
    """What was last had from an address, and the tags it came with."""

    snapshot: Snapshot
    tags: Tags


def sha256_of(content: bytes) -> str:
    """Hex SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def snapshot_id_of(source_id: str, sha256: str) -> str:
    """A snapshot's name: its source and the first twelve hex digits of its hash."""
    return f"{source_id}-{sha256[:12]}"


def write_atomically(path: Path, content: bytes) -> None:
    """Write so that a reader sees the old file or the whole new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # The process's own name for it: two processes may write the same file at once.
    temporary = half_written(path)
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    write_atomically(path, json.dumps(content, indent=2).encode())


def _kept_name(file_name: str) -> str:
    """The name to keep bytes under: without folders, and never that of one of the store's own notes."""
    name = Path(file_name).name
    is_ours = name in ("", "..", _ORIGIN, _RECORD) or is_half_written(name)
    return f"published-{name}" if is_ours else name


def _addresses(origin: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The addresses of a snapshot; notes of before there were several name one."""
    first = {origin["url"]: {"seen_at": origin["retrieved_at"]}} if origin["url"] else {}
    return {**first, **origin.get("addresses", {})}


class SnapshotStore:
    """Folders `<root>/snapshots/<source>/<snapshot_id>/` with the bytes and `snapshot.json`, and
    `<root>/parsed/<table>/<snapshot_id>.parquet` with what was read from them.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.snapshot_dir = root / "snapshots"
        self.parsed_dir = root / "parsed"

    def save(
        self,
        source_id: str,
        file_name: str,
        content: bytes,
        url: str | None = None,
        tags: Tags = _NO_TAGS,
    ) -> Snapshot:
        """Keep the bytes of one file; the same bytes again are the same snapshot, first sight kept.

        Of a file first added by hand, the address is learnt when it is fetched later. Every address that
        gave these bytes is kept with the tags of its last answer.
        """
        sha256 = sha256_of(content)
        folder = self._folder(source_id, snapshot_id_of(source_id, sha256))
        note = folder / _ORIGIN
        now = datetime.now(UTC).isoformat()
        if not note.exists():
            name = _kept_name(file_name)
            write_atomically(folder / name, content)
            _write_json(
                note, {"file_name": name, "sha256": sha256, "url": url, "retrieved_at": now}
            )
        if url:
            origin = json.loads(note.read_text())
            addresses = {**origin.get("addresses", {}), url: {"seen_at": now, **asdict(tags)}}
            _write_json(note, {**origin, "url": origin["url"] or url, "addresses": addresses})
        return self._snapshot(source_id, folder)

    def kept(self, source_id: str) -> dict[str, Kept]:
        """What was last had from each address of a source, whether or not it has been read since."""
        found: dict[str, tuple[str, Kept]] = {}
        for note in sorted(self.snapshot_dir.glob(f"{source_id}/*/{_ORIGIN}")):
            snapshot = self._snapshot(source_id, note.parent)
            for url, seen in _addresses(json.loads(note.read_text())).items():
                kept = Kept(snapshot, Tags(seen.get("etag"), seen.get("last_modified")))
                if url not in found or found[url][0] < seen["seen_at"]:
                    found[url] = seen["seen_at"], kept
        return {url: kept for url, (_, kept) in found.items()}

    def _folder(self, source_id: str, snapshot_id: str) -> Path:
        return self.snapshot_dir / source_id / snapshot_id

    def _snapshot(self, source_id: str, folder: Path) -> Snapshot:
        origin = json.loads((folder / _ORIGIN).read_text())
        path = folder / origin["file_name"]
        # Notes of before it was kept there lack it.
        sha256 = origin.get("sha256") or sha256_of(path.read_bytes())
        return Snapshot(
            snapshot_id=folder.name,
            source_id=source_id,
            path=path,
            file_name=origin["file_name"],
            sha256=sha256,
            bytes=path.stat().st_size,
            url=origin["url"],
            retrieved_at=datetime.fromisoformat(origin["retrieved_at"]),
        )

    def record_parsed(self, record: SnapshotRecord, parsed: Parsed) -> None:
        """Store the tables read from a snapshot, then its record: without one it does not count."""
        for table, frame in parsed.tables.items():
            path = self.parsed_dir / table / f"{record.snapshot_id}.parquet"
            write_atomically(path, with_origin(frame, record).to_parquet(index=False))
        self.write_record(record)

    def write_record(self, record: SnapshotRecord) -> None:
        """Store what is known of a snapshot, a refused one included."""
        _write_json(self._folder(record.source_id, record.snapshot_id) / _RECORD, asdict(record))

    def records(self) -> Iterator[SnapshotRecord]:
        """Every recorded snapshot, parsed or refused, in a stable order."""
        for path in sorted(self.snapshot_dir.glob(f"*/*/{_RECORD}")):
            yield SnapshotRecord(**json.loads(path.read_text()))


def bundled_records(bundle_dir: Path) -> list[SnapshotRecord]:
    """The snapshots that the embedded bundle was made from; none where there is no bundle."""
    manifest = bundle_dir / "manifest.json"
    if not manifest.exists():
        return []
    return [SnapshotRecord(**row) for row in json.loads(manifest.read_text())["snapshots"]]


def with_origin(frame: pd.DataFrame, record: SnapshotRecord) -> pd.DataFrame:
    """The rows with the source and snapshot they came from, every column as text."""
    text: dict[str, Any] = {column: frame[column].astype("string") for column in frame.columns}
    return pd.DataFrame(text).assign(source_id=record.source_id, snapshot_id=record.snapshot_id)


def describe(snapshot: Snapshot, parsed: Parsed, layout_rank: int, licence: str) -> SnapshotRecord:
    """The record of a snapshot that was read."""
    return SnapshotRecord(
        snapshot_id=snapshot.snapshot_id,
        source_id=snapshot.source_id,
        file_name=snapshot.file_name,
        sha256=snapshot.sha256,
        bytes=snapshot.bytes,
        licence=licence,
        url=snapshot.url,
        retrieved_at=_iso(snapshot.retrieved_at),
        layout=parsed.layout,
        layout_rank=layout_rank,
        period_start=_iso(parsed.period_start),
        period_end=_iso(parsed.period_end),
        published_on=_iso(parsed.published_on),
    )


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None
