"""How an indicator spreads, from rows made for the purpose: who counts, and when a median is given."""

from typing import Any

import pandas as pd

from tests.unit.sql.ledger import ledger, spell
from tests.unit.sql.models import Row, answer, figure, snapshot, trust

FILE = snapshot("amb", "ambulance_quality", layout="time_series_workbook")
CALLS: Row = {
    "indicator_id": "calls",
    "source_id": "ambulance_quality",
    "numerator": "a1",
    "scale": "1",
    "cadence": "month",
}
ORGS = [f"R{letter}{letter}" for letter in "ABCDEFG"]


def asked(question: str, by_org: dict[str, str], *spells: Row, **parameters: Any) -> pd.DataFrame:
    """The answer from one month, April 2024, of acute trusts and one ambulance trust (RX6)."""
    raw = ledger(*spells) | {
        "reference_org_types": [*map(trust, ORGS), trust("RX6", "ambulance")],
    }
    return answer(
        question,
        {"indicator": "calls", **parameters},
        **raw,
        catalogue=[CALLS],
        snapshots=[FILE],
        figures=[figure(FILE, "a1", value, org) for org, value in by_org.items()],
    )


VALUES = {org: str(10 * place) for place, org in enumerate(ORGS[:5])} | {"RX6": "999"}


def inside(org: str, entered: str = "2024-01-01", left: str = "2024-12-01") -> Row:
    return spell(f"rsp-{org}-1", entered=entered, left=left)


def test_a_band_is_of_one_type_and_interpolates_between_values() -> None:
    """Of 0, 10, 20, 30, 40 the first tenth lies at 0.4 of the way to the second value."""
    (row,) = asked("distribution_band", VALUES, org_type="acute").itertuples()
    assert (row.p10, row.p25, row.median, row.p75, row.p90, row.n) == (4, 10, 20, 30, 36, 5)
    assert (pd.isna(row.inside_median), row.inside_n) == (True, 0)


def test_fewer_than_five_have_no_band() -> None:
    few = {org: value for org, value in VALUES.items() if org != "RAA"}
    assert asked("distribution_band", few, org_type="acute").empty


def test_those_inside_have_a_median_from_five_on() -> None:
    values = {org: str(place) for place, org in enumerate(ORGS)}
    five = [inside(org) for org in ORGS[2:]]
    (row,) = asked("distribution_band", values, *five, org_type="acute").itertuples()
    assert (row.inside_median, row.inside_n, row.median) == (4, 5, 3)
    (row,) = asked("distribution_band", values, *five[1:], org_type="acute").itertuples()
    assert (pd.isna(row.inside_median), row.inside_n) == (True, 4)


def test_only_who_is_certainly_inside_on_the_first_day_counts() -> None:
    spells = [
        inside("RAA", entered="2024-04-01"),
        inside("RBB", entered="2024-04-02"),
        inside("RCC", left="2024-04-01"),
        spell("rsp-RDD-1", entered="2024-01-01"),
    ]
    (row,) = asked("distribution_band", VALUES, *spells, org_type="acute").itertuples()
    assert row.inside_n == 1


def test_values_of_a_period_name_the_programmes_inside() -> None:
    rows = asked("period_values", VALUES, inside("RAA"), period="2024-04-01")
    found = rows.set_index("org_code")["inside"]
    assert found["RAA"] == "RSP"
    assert found.drop("RAA").isna().all()
    assert asked("period_values", VALUES, period="2024-05-01").empty


def test_periods_count_organisations_of_each_type() -> None:
    rows = asked("distribution_periods", VALUES | {"RBB": "*"})
    assert {row.org_type: row.n for row in rows.itertuples()} == {"acute": 4, "ambulance": 1}


def test_tiles_are_those_of_areas_that_exist() -> None:
    rows = answer(
        "area_tiles",
        {},
        reference_regions=[{"region_code": "Y56", "region": "London"}],
        reference_area_tiles=[
            {"area_code": code, "column": "1", "row": "2", "label": "London", "short_label": "L"}
            for code in ("Y56", "Y99")
        ],
    )
    (row,) = rows.itertuples()
    assert (row.area_code, row.area_name, row.area_type) == ("Y56", "London", "region")
    assert (row.column_number, row.row_number) == (1, 2)
