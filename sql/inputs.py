"""What a build starts from: the embedded bundle, fetched snapshots, reference tables, the catalogue."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path

import duckdb
import pandas as pd

from data_sources.reference_sidecars import read_sidecar
from data_sources.reference_tables import load_reference
from data_sources.registry import sources
from data_sources.snapshots import SnapshotRecord, SnapshotStore, bundled_records
from data_sources.source import FIGURE_COLUMNS
from settings import Settings
from sql.catalogue import read_catalogue

SQL_DIR = Path(__file__).resolve().parent

_ORIGIN = ("source_id", "snapshot_id")
TABLES = {
    "figures": (*FIGURE_COLUMNS, *_ORIGIN),
    "organisations": (
        *("org_code", "org_name", "kind", "region_code", "icb_code"),
        *("opened_on", "closed_on", "post_code", *_ORIGIN),
    ),
    "successions": ("predecessor_code", "successor_code", "happened_on", *_ORIGIN),
    "icb_memberships": (
        *("org_code", "org_name", "region_name", "icb_name", "icb_code", "valid_from"),
        *_ORIGIN,
    ),
    "icbs": ("icb_code", "icb_name", "opened_on", "closed_on", "ons_code", *_ORIGIN),
    "icb_shapes": ("vintage", "ons_code", "icb_name", "geojson", *_ORIGIN),
    "page_statements": (
        *("page", "captured_at", "stated_on", "org_name", "org_code", "segment", "programme"),
        *("row_text", *_ORIGIN),
    ),
}
"""The tables that parsers fill, with their columns; all text."""

SOURCE_TABLES = {
    "sources": ("source_id", "title", "publisher", "cadence", "landing_page", "licence"),
    "layouts": ("source_id", "layout", "layout_rank", "is_unconfirmed"),
    "rates": ("source_id", "measure"),
}
"""What the publication modules say of themselves, with columns; all text."""


def fingerprint(settings: Settings) -> str:
    """Hash of everything a build depends on: the same fingerprint builds the same figures."""
    digest = hashlib.sha256(json.dumps(source_rows()).encode())
    for path in _input_files(settings):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _input_files(settings: Settings) -> Iterator[Path]:
    yield from sorted(settings.bundle_dir.glob("manifest.json"))
    yield from sorted(settings.snapshot_dir.glob("*/*/snapshot.json"))
    yield from sorted(settings.parsed_dir.glob("*/*.parquet"))
    yield from sorted(settings.reference_dir.glob("*.csv"))
    yield from sorted(settings.catalogue_dir.glob("*/*.toml"))
    yield from sorted(SQL_DIR.rglob("*.sql"))
    yield from sorted(SQL_DIR.glob("*.py"))


def bundle_hash(settings: Settings) -> str | None:
    """SHA-256 of the embedded bundle's manifest, or None where there is no bundle."""
    manifest = settings.bundle_dir / "manifest.json"
    return hashlib.sha256(manifest.read_bytes()).hexdigest() if manifest.exists() else None


def load_raw(
    connection: duckdb.DuckDBPyConnection, settings: Settings, held: Mapping[str, str]
) -> None:
    """Create schema `raw` with every input as text, `held` snapshots marked so and their figures left out."""
    connection.execute("create schema raw")
    local = list(SnapshotStore(settings.data_dir).records())
    parsed = {record.snapshot_id for record in local if record.status == "parsed"}
    for table, columns in TABLES.items():
        _load_table(connection, settings, table, columns, parsed, held)
    _load_frame(connection, "snapshots", _snapshots(settings, local, held))
    _load_frame(connection, "catalogue", read_catalogue(settings.catalogue_dir))
    for name, rows in source_rows().items():
        _load_frame(
            connection, name, pd.DataFrame(rows, columns=list(SOURCE_TABLES[name])).astype("string")
        )
    for name, text in load_reference(settings.reference_dir).items():
        _load_frame(connection, f"reference_{name}", text.astype("string"))


def _load_table(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    table: str,
    columns: tuple[str, ...],
    local: Collection[str],
    held: Collection[str],
) -> None:
    """The bundle's rows and the fetched ones, read from their files when asked for; a snapshot that is in
    both counts once.
    """
    bundled = sorted(map(str, settings.bundle_dir.glob(f"{table}__*.parquet")))
    fetched = sorted(map(str, (settings.parsed_dir / table).glob("*.parquet")))
    parts = ["select " + ", ".join(f"null::varchar as {column}" for column in columns) + " limit 0"]
    if bundled:
        parts.append(f"{_rows_of(bundled)} where not {_is_one_of([*local, *held])}")
    if fetched:
        wanted = [snapshot_id for snapshot_id in local if snapshot_id not in held]
        parts.append(f"{_rows_of(fetched)} where {_is_one_of(wanted)}")
    connection.execute(f"create view raw.{table} as ({') union all by name ('.join(parts)})")


def _rows_of(files: list[str]) -> str:
    return f"select * from read_parquet({_literals(files)}, union_by_name = true)"


def _is_one_of(snapshot_ids: list[str]) -> str:
    return f"list_contains({_literals(snapshot_ids)}::varchar[], snapshot_id)"


def _literals(texts: list[str]) -> str:
    """An SQL list; a view cannot hold bound parameters."""
    return "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]"


def source_rows() -> dict[str, list[tuple[str, ...]]]:
    """Rows of SOURCE_TABLES: every publication, its layouts, and its measures that cannot be added."""
    known = [publication.SOURCE for publication in sources().values()]
    return {
        "sources": [
            (one.id, one.title, one.publisher, one.cadence, one.landing_page, one.licence)
            for one in known
        ],
        "layouts": [
            (one.id, layout, str(rank), str(layout in one.unconfirmed))
            for one in known
            for rank, layout in enumerate(one.layouts)
        ],
        "rates": [(one.id, measure) for one in known for measure in one.not_additive],
    }


def _load_frame(connection: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame) -> None:
    connection.register("incoming", frame)
    connection.execute(f"create table raw.{name} as select * from incoming")
    connection.unregister("incoming")


def _snapshots(
    settings: Settings, local: list[SnapshotRecord], held: Mapping[str, str]
) -> pd.DataFrame:
    """All snapshots known; where the bundle and a fetched file are the same, the one that was read."""
    bundled = list(map(asdict, bundled_records(settings.bundle_dir)))
    # Later rows win: a copy that was refused must not hide the same file in the bundle.
    fetched = sorted(map(asdict, local), key=lambda row: row["status"] == "parsed")
    refused = [row for row in fetched if row["status"] != "parsed"]
    everything = [*refused, *bundled, *_reference_snapshots(settings), *fetched[len(refused) :]]
    rows = {row["snapshot_id"]: row for row in everything}
    for snapshot_id in held:
        rows[snapshot_id] |= {"status": "held", "reason": held[snapshot_id]}
    names = [field.name for field in fields(SnapshotRecord)]
    return pd.DataFrame(list(rows.values()), columns=names).astype("string")


def _reference_snapshots(settings: Settings) -> Iterator[dict[str, object]]:
    for path in sorted(settings.reference_dir.glob("*.csv")):
        content = path.read_bytes()
        yield asdict(
            SnapshotRecord(
                snapshot_id=f"reference-{path.stem}",
                source_id="reference",
                file_name=path.name,
                sha256=hashlib.sha256(content).hexdigest(),
                bytes=len(content),
                licence="sources per row",
                kind="reference",
                layout=path.stem,
                retrieved_at=read_sidecar(path.with_suffix(".toml")).retrieved_on.isoformat(),
            )
        )
