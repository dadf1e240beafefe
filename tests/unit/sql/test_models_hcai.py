"""Healthcare-associated cases: twelve months, both onset classes, the latest release of each month."""

from datetime import date

import pandas as pd

from data_sources.periods import months_after
from tests.unit.sql.models import Row, figure, run, snapshot

FIRST = snapshot(
    "first",
    "hcai",
    layout="mrsa_monthly_tables",
    period_start="2024-04-01",
    period_end="2025-05-01",
)
NEXT = snapshot(
    "next", "hcai", layout="mrsa_monthly_tables", period_start="2024-05-01", period_end="2025-06-01"
)


def cases(origin: Row, value: str, org: str = "RXX", organism: str = "mrsa") -> list[Row]:
    """`value` cases of either onset class in each of the file's months."""
    start = date.fromisoformat(str(origin["period_start"]))
    return [
        figure(origin, f"{organism}_{onset}", value, org, f"{months_after(start, place):%Y-%m}")
        for place in range(13)
        for onset in ("hoha", "coha")
    ]


def windows(snapshots: list[Row], rows: list[Row]) -> dict[tuple[str, str, str], object]:
    found = run("intermediate.int_hcai__measures", snapshots=snapshots, figures=rows)
    assert found["missing_reason"].isna().equals(found["amount"].notna())
    return {
        (row.org_code, row.measure, f"{row.period_start:%Y-%m}/{row.period_end:%Y-%m}"): (
            (int(row.amount), row.snapshot_id) if pd.isna(row.missing_reason) else None
        )
        for row in found.itertuples()
    }


def test_a_window_is_both_classes_of_twelve_months():
    assert windows([FIRST], cases(FIRST, "2")) == {
        ("RXX", "mrsa_12_months", "2024-04/2025-04"): (48, "first"),
        ("RXX", "mrsa_12_months", "2024-05/2025-05"): (48, "first"),
    }


def test_the_latest_release_speaks_for_a_month_whatever_its_name():
    rows = [*cases(FIRST, "2"), *cases(NEXT, "3")]
    renamed = {**FIRST, "snapshot_id": "zzz"}
    rows = [{**row, "snapshot_id": "zzz"} if row["snapshot_id"] == "first" else row for row in rows]
    assert windows([renamed, NEXT], rows) == {
        # April 2024 from the older file, eleven months from the newer one.
        ("RXX", "mrsa_12_months", "2024-04/2025-04"): (4 + 66, "next"),
        ("RXX", "mrsa_12_months", "2024-05/2025-05"): (72, "next"),
        ("RXX", "mrsa_12_months", "2024-06/2025-06"): (72, "next"),
    }


def test_a_withheld_month_leaves_its_windows_without_an_amount():
    rows = cases(FIRST, "2")
    rows[0] = {**rows[0], "value": "*"}
    assert windows([FIRST], rows) == {
        ("RXX", "mrsa_12_months", "2024-04/2025-04"): None,
        ("RXX", "mrsa_12_months", "2024-05/2025-05"): (48, "first"),
    }


def test_an_absent_month_leaves_no_window():
    rows = [row for row in cases(FIRST, "2") if row["period_start"] != "2024-10-01"]
    assert windows([FIRST], rows) == {}


def test_organisms_and_organisations_are_kept_apart():
    rows = [*cases(FIRST, "2"), *cases(FIRST, "5", "RYY"), *cases(FIRST, "7", organism="ecoli")]
    found = windows([FIRST], rows)
    assert found["RYY", "mrsa_12_months", "2024-04/2025-04"] == (120, "first")
    assert found["RXX", "ecoli_12_months", "2024-04/2025-04"] == (168, "first")
    assert len(found) == 6


def test_a_file_of_another_organism_replaces_nothing():
    other = {**FIRST, "snapshot_id": "other", "layout": "ecoli_monthly_tables"}
    rows = [*cases(FIRST, "2"), *cases(other, "7", organism="ecoli")]
    assert len(windows([FIRST, other], rows)) == 4
