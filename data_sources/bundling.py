"""The embedded bundle: figures read from a folder of published files, so that a clone works offline.

`python -m data_sources.bundling DIR` rebuilds it. DIR holds MANIFEST.csv (path, family, period_from, sha256,
licence, mirrored_from, quality_note) beside the files. Only figures and their provenance are kept, no file.
"""

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import pandas as pd

from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.parallel import each
from data_sources.registry import recognise, sources
from data_sources.snapshots import (
    SnapshotRecord,
    describe,
    sha256_of,
    snapshot_id_of,
    with_origin,
    write_atomically,
)
from data_sources.source import Parsed, Snapshot, SourceError
from settings import Settings

_SORTED_BY = ["measure", "level", "org_code", "period_start"]
"""Figures of one series side by side compress several times better than in file order."""


def build_bundle(folder: Path, bundle_dir: Path) -> list[SnapshotRecord]:
    """Read every known file below `folder` and replace the bundle; returns what was read.

    A file listed in MANIFEST.csv that is missing, altered or not recognised is a SourceError.
    """
    frames: dict[tuple[str, str], list[pd.DataFrame]] = defaultdict(list)
    records = []
    for record, parsed in each(
        partial(_read, folder), list(_wanted(folder)), "Reading published files"
    ):
        records.append(record)
        for table, frame in parsed.tables.items():
            frames[table, record.source_id].append(with_origin(frame, record))
    _write(bundle_dir, frames, records)
    return records


def _wanted(folder: Path) -> Iterator[dict[str, str]]:
    """Rows of the manifest to read: row subsets of a published file would pass for the whole of it."""
    with (folder / "MANIFEST.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            is_subset = "row subset" in row["quality_note"]
            if not is_subset and _is_read(folder / row["path"]):
                yield row


def _is_read(path: Path) -> bool:
    """Whether a module reads this file; compiled tables are read by choice, published ones always."""
    return path.parent.name != "compiled" or recognise_compiled(path) is not None


def _read(folder: Path, row: dict[str, str]) -> tuple[SnapshotRecord, Parsed]:
    path = folder / row["path"]
    content = path.read_bytes()
    if sha256_of(content) != row["sha256"]:
        raise SourceError(f"{row['path']}: its bytes are not those that MANIFEST.csv lists.")
    compiled = recognise_compiled(path)
    source_id = compiled[0] if compiled else _publication_id(path)
    snapshot = Snapshot(
        snapshot_id=snapshot_id_of(source_id, row["sha256"]),
        source_id=source_id,
        path=path,
        file_name=path.name,
        sha256=row["sha256"],
        bytes=len(content),
        url=_mirror_url(row["mirrored_from"]),
    )
    publication = sources()[source_id]
    parsed = parse_compiled(snapshot) if compiled else publication.parse(snapshot)
    rank = publication.SOURCE.layouts.index(parsed.layout)
    record = describe(snapshot, parsed, rank, row["licence"])
    if compiled:
        record = replace(record, kind="compiled", note=row["quality_note"])
    return record, parsed


def _publication_id(path: Path) -> str:
    publication = recognise(path, path.name)
    if publication is None:
        raise SourceError(f"{path.name}: not recognised as any publication we read.")
    return publication.SOURCE.id


def _mirror_url(mirrored_from: str) -> str | None:
    """Web address of `owner/repository@commit:path`, the public copy the bytes came from."""
    repository, _, rest = mirrored_from.partition("@")
    commit, _, path = rest.partition(":")
    if not path:
        return None
    return f"https://github.com/{repository}/blob/{commit}/{path.replace(' ', '%20')}"


def _write(
    bundle_dir: Path,
    frames: dict[tuple[str, str], list[pd.DataFrame]],
    records: list[SnapshotRecord],
) -> None:
    for old in bundle_dir.glob("*.parquet"):
        old.unlink()
    for (table, source_id), parts in sorted(frames.items()):
        frame = pd.concat(parts, ignore_index=True)
        keys = [column for column in _SORTED_BY if column in frame.columns]
        frame = frame.sort_values(keys or list(frame.columns), kind="stable", ignore_index=True)
        path = bundle_dir / f"{table}__{source_id}.parquet"
        frame.to_parquet(path, index=False, compression="zstd", compression_level=19)
    manifest = {
        "tables": {
            path.name: sha256_of(path.read_bytes()) for path in sorted(bundle_dir.glob("*.parquet"))
        },
        "snapshots": [asdict(record) for record in sorted(records, key=lambda r: r.snapshot_id)],
    }
    write_atomically(bundle_dir / "manifest.json", json.dumps(manifest, indent=1).encode())


def main() -> int:
    """Rebuild the bundle from the folder named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m data_sources.bundling", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of published files with its MANIFEST.csv")
    folder = parser.parse_args().folder
    try:
        records = build_bundle(folder, Settings().bundle_dir)
    except (SourceError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in Settings().bundle_dir.glob("*.parquet"))
    print(f"Bundle rebuilt from {len(records)} files ({size / 1e6:.1f} MB).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
