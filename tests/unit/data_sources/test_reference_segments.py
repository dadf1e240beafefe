"""Segment snapshots: what their era cannot have said, and exceptions that somebody answers for."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from data_sources.reference_tables import REFERENCE_FOLDER, check_reference

SNAPSHOT = {
    "snapshot_date": "2023-12",
    "framework": "NOF 2022/23",
    "org_code": "RXW",
    "org_name": "Trust",
    "org_type": "acute",
    "region": "Midlands",
    "segment": "4",
    "source_url": "https://paper.example/segments",
    "era_id": "R1",
}
EXCEPTIONS = ("RXW 2025-07", "QOC 2025-07")


def snapshots(folder: Path, *changes: Mapping[str, str], keep: str = "") -> Path:
    """The project's own eras and sidecars, with one of its exceptions at most, and such snapshots."""
    for name in ("framework_eras.csv", "framework_eras.toml"):
        (folder / name).write_bytes((REFERENCE_FOLDER / name).read_bytes())
    sidecar = (REFERENCE_FOLDER / "segment_snapshots.toml").read_text().splitlines()
    dropped = [f'"{name}"' for name in EXCEPTIONS if name != keep]
    lines = [line for line in sidecar if not line.startswith(tuple(dropped))]
    (folder / "segment_snapshots.toml").write_text("\n".join(lines))
    columns = [*SNAPSHOT, "confidence"]
    rows = [",".join((SNAPSHOT | change).get(name, "") for name in columns) for change in changes]
    (folder / "segment_snapshots.csv").write_text("\n".join([",".join(columns), *rows, ""]))
    return folder


RIGHT = "give the era of that date, or the reason under exceptions in the sidecar."


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"segment": "5"}, "segment 5 is outside R1: it has 1 to 4."),
        (
            {"snapshot_date": "2021-06-30"},
            f"snapshot_date 2021-06-30 is before R1 began in 2021-07: {RIGHT}",
        ),
        (
            {"snapshot_date": "2025-06-26"},
            f"snapshot_date 2025-06-26 is after R1 ended in 2025-06-26: {RIGHT}",
        ),
        (
            {"snapshot_date": "2025-06-25", "era_id": "R2"},
            f"snapshot_date 2025-06-25 is before R2 began in 2025-06-26: {RIGHT}",
        ),
        ({"org_type": "hospital"}, "org_type 'hospital' is not one of acute, mental health,"),
        (
            {"snapshot_date": "2026-12", "era_id": "R2"},
            "snapshot_date 2026-12 is after 2026-11-22, the sidecar's retrieved_on",
        ),
        ({"source_url": "tbc"}, "source_url 'tbc' is no source"),
    ],
)
def test_a_statement_that_its_era_cannot_have_made_is_named(tmp_path, change, complaint):
    (fault,) = check_reference(snapshots(tmp_path, change))
    assert fault.startswith(f"segment_snapshots.csv, row 2: {complaint}")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"snapshot_date": "2021-07-01"},
        {"snapshot_date": "2021"},
        {"snapshot_date": "2025-06-25"},
        {"snapshot_date": "2025-06", "era_id": "R2", "segment": "5"},
        {"snapshot_date": "2021-07", "era_id": "R0"},
        {"snapshot_date": "2025-12-31", "era_id": "R3"},
    ],
)
def test_a_statement_that_its_era_can_have_made_is_left_alone(tmp_path, change):
    assert check_reference(snapshots(tmp_path, change)) == []


def test_a_date_outside_its_era_is_allowed_where_the_sidecar_says_why(tmp_path):
    folder = snapshots(tmp_path, {"snapshot_date": "2025-07"}, keep="RXW 2025-07")
    assert check_reference(folder) == []


def test_an_exception_that_no_row_needs_is_a_fault(tmp_path):
    assert check_reference(snapshots(tmp_path, {}, keep="QOC 2025-07")) == [
        "segment_snapshots.csv, row 1: the sidecar's exception 'QOC 2025-07' fits no row outside "
        "its era."
    ]
