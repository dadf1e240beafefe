"""What a build starts from: the bundle, fetched files, reference tables, the catalogue."""

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data_sources.snapshots import SnapshotRecord, SnapshotStore
from data_sources.source import Parsed, SourceError
from data_sources.tables import figures_frame
from settings import Settings
from sql.catalogue import read_catalogue
from sql.inputs import TABLES, bundle_hash, fingerprint, load_raw


def record(snapshot_id: str, **more: str) -> SnapshotRecord:
    plain = SnapshotRecord(
        snapshot_id=snapshot_id,
        source_id="rtt",
        file_name=f"{snapshot_id}.csv",
        sha256="0",
        bytes=1,
        licence="OGL-3.0",
        layout="full_extract",
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def figures(value: str) -> pd.DataFrame:
    cells = ("2024-04-01", "2024-05-01", "provider", "RXX", "", "incomplete", value, "csv", 2)
    return figures_frame([cells])


def fetch(settings: Settings, snapshot: SnapshotRecord, value: str) -> None:
    """Keep what was read from a file, or that it was refused."""
    store = SnapshotStore(settings.data_dir)
    store.record_parsed(snapshot, Parsed("full_extract", {"figures": figures(value)}))


def bundle(settings: Settings, snapshot: SnapshotRecord, value: str) -> None:
    settings.bundle_dir.mkdir(exist_ok=True)
    rows = figures(value).assign(source_id=snapshot.source_id, snapshot_id=snapshot.snapshot_id)
    rows.astype("string").to_parquet(settings.bundle_dir / "figures__rtt.parquet")
    manifest = {"tables": {}, "snapshots": [asdict(snapshot)]}
    (settings.bundle_dir / "manifest.json").write_text(json.dumps(manifest))


def loaded(settings: Settings, table: str) -> pd.DataFrame:
    with duckdb.connect() as connection:
        load_raw(connection, settings, {})
        return connection.execute(f"from raw.{table}").df()


def values(settings: Settings) -> dict[str, str]:
    return loaded(settings, "figures").set_index("snapshot_id")["value"].to_dict()


def statuses(settings: Settings) -> dict[str, str]:
    rows = loaded(settings, "snapshots")
    return rows[rows["source_id"] == "rtt"].set_index("snapshot_id")["status"].to_dict()


def test_without_bundle_and_fetched_files_every_table_is_there_and_empty(small: Settings) -> None:
    for table, columns in TABLES.items():
        found = loaded(small, table)
        assert (tuple(found.columns), len(found)) == (columns, 0)
    assert set(loaded(small, "snapshots")["source_id"]) == {"reference"}
    assert bundle_hash(small) is None


def test_figures_of_the_bundle_and_of_fetched_files_stand_side_by_side(small: Settings) -> None:
    bundle(small, record("rtt-a"), "1")
    fetch(small, record("rtt-b"), "2")
    assert values(small) == {"rtt-a": "1", "rtt-b": "2"}
    assert statuses(small) == {"rtt-a": "parsed", "rtt-b": "parsed"}


def test_a_file_that_is_in_the_bundle_and_was_fetched_counts_once_as_fetched(
    small: Settings,
) -> None:
    bundle(small, record("rtt-a"), "1")
    fetch(small, record("rtt-a", retrieved_at="2026-11-01T00:00:00"), "2")
    assert values(small) == {"rtt-a": "2"}
    rows = loaded(small, "snapshots").set_index("snapshot_id")
    assert rows.loc["rtt-a", "retrieved_at"] == "2026-11-01T00:00:00"


def test_a_fetched_copy_that_was_refused_does_not_hide_the_one_in_the_bundle(
    small: Settings,
) -> None:
    bundle(small, record("rtt-a"), "1")
    fetch(small, record("rtt-a", status="refused", reason="cut short"), "2")
    assert values(small) == {"rtt-a": "1"}
    assert statuses(small) == {"rtt-a": "parsed"}


def test_figures_of_a_refused_file_are_not_loaded(small: Settings) -> None:
    fetch(small, record("rtt-a", status="refused", reason="cut short"), "2")
    assert values(small) == {}
    assert statuses(small) == {"rtt-a": "refused"}


def test_text_stays_as_published(small: Settings) -> None:
    fetch(small, record("rtt-a"), " 1,200 ")
    assert values(small) == {"rtt-a": " 1,200 "}


def test_a_reference_table_is_a_file_of_its_own(small: Settings) -> None:
    rows = loaded(small, "snapshots").set_index("snapshot_id")
    row = rows.loc["reference-regions"]
    assert (row["file_name"], row["kind"], row["layout"]) == ("regions.csv", "reference", "regions")
    assert int(row["bytes"]) == (small.reference_dir / "regions.csv").stat().st_size
    assert len(loaded(small, "reference_regions")) == 7


def test_blanks_of_a_reference_table_stay_blanks(small: Settings) -> None:
    assert loaded(small, "reference_programmes")["ended"].tolist().count("") == 3


def test_a_broken_reference_table_is_refused_by_name(small: Settings) -> None:
    (small.reference_dir / "regions.csv").write_text("region_code,name\nY56,London\n")
    with pytest.raises(SourceError, match=r"^regions\.csv, row 1: expected the columns"):
        loaded(small, "reference_regions")


def test_the_same_inputs_have_the_same_fingerprint(small: Settings, tmp_path: Path) -> None:
    copy = replace(small, reference_dir=tmp_path / "copy", data_dir=tmp_path / "elsewhere")
    shutil.copytree(small.reference_dir, copy.reference_dir)
    assert fingerprint(copy) == fingerprint(small)


def test_any_changed_input_changes_the_fingerprint(small: Settings, tmp_path: Path) -> None:
    settings = replace(small, catalogue_dir=tmp_path / "catalogue")
    seen = [fingerprint(settings)]
    bundle(settings, record("rtt-a"), "1")
    seen.append(fingerprint(settings))
    fetch(settings, record("rtt-b"), "2")
    seen.append(fingerprint(settings))
    with (settings.reference_dir / "regions.csv").open("a") as file:
        file.write("Y99,Elsewhere\n")
    seen.append(fingerprint(settings))
    (settings.catalogue_dir / "theme").mkdir(parents=True)
    (settings.catalogue_dir / "theme" / "x.toml").write_text('title = "X"')
    seen.append(fingerprint(settings))
    assert len(set(seen)) == len(seen)


def test_a_file_read_anew_with_other_figures_changes_the_fingerprint(small: Settings) -> None:
    fetch(small, record("rtt-a"), "1")
    before = fingerprint(small)
    fetch(small, record("rtt-a"), "2")
    assert fingerprint(small) != before


CATALOGUE = """
title = "Waits"
unit = "percent"
order = 3
[from]
source = "rtt"
numerator = "within_18_weeks"
denominator = "incomplete"
scale = 100
[review]
status = "published"
reviewed_on = 2026-11-22
"""


def catalogue(tmp_path: Path, content: str | bytes) -> Path:
    (tmp_path / "theme").mkdir()
    path = tmp_path / "theme" / "waits.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def test_an_indicator_is_a_row_with_its_measures(tmp_path: Path) -> None:
    (row,) = read_catalogue(catalogue(tmp_path, CATALOGUE)).to_dict("records")
    assert {key: row[key] for key in ("indicator_id", "title", "order", "status")} == {
        "indicator_id": "waits",
        "title": "Waits",
        "order": "3",
        "status": "published",
    }
    assert (row["source_id"], row["numerator"], row["denominator"], row["scale"]) == (
        "rtt",
        "within_18_weeks",
        "incomplete",
        "100",
    )
    definition = json.loads(row["definition"])
    assert definition["indicator_id"] == "waits"
    assert definition["review"]["reviewed_on"] == "2026-11-22"


def test_what_an_indicator_does_not_say_is_missing(tmp_path: Path) -> None:
    (row,) = read_catalogue(catalogue(tmp_path, 'title = "X"')).to_dict("records")
    assert pd.isna(row["numerator"])
    assert pd.isna(row["status"])
    assert row["scale"] == "1"


@pytest.mark.parametrize("content", ["title = ", b'title = "\xff"'])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"^waits\.toml: "):
        read_catalogue(catalogue(tmp_path, content))
