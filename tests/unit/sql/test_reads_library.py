"""The questions of the library, asked of made rows."""

import pandas as pd

from tests.unit.sql.models import Row, answer, by, figure, snapshot, trust

CALLS: Row = {
    "indicator_id": "calls",
    "source_id": "ambulance_quality",
    "numerator": "a1",
    "scale": "1",
    "order": "1",
    "cadence": "month",
    "lag_days": "12",
    "status": "published",
}
RESPONSES = CALLS | {"indicator_id": "responses", "numerator": "a2", "order": "2"}
APRIL = snapshot("april", "ambulance_quality")


def asked(question: str, cells: list[Row], **parameters: str) -> pd.DataFrame:
    return answer(
        question,
        parameters,
        catalogue=[CALLS, RESPONSES],
        snapshots=[APRIL],
        figures=cells,
        reference_org_types=[trust("RAA"), trust("RBB", org_type="ambulance")],
        reference_regions=[{"region_code": "Y60", "region": "Midlands"}],
    )


def test_coverage_has_absences_with_their_reason_and_the_type_of_everybody() -> None:
    cells = [
        figure(APRIL, "a1", "5", "RAA"),
        figure(APRIL, "a1", "*", "RBB"),
        figure(APRIL, "a2", "7", "RBB"),
    ]
    rows = by("org_code", asked("indicator_coverage", cells, indicator="calls"))
    assert set(rows) == {"RAA", "RBB"}
    assert (rows["RAA"]["has_value"], rows["RAA"]["missing_reason"]) == (True, None)
    assert rows["RBB"]["has_value"] is False
    assert rows["RBB"]["missing_reason"]
    assert rows["RBB"]["org_type"] == "ambulance"
    assert rows["RAA"]["period_start"] == pd.Timestamp("2024-04-01")


def test_regions_and_england_are_no_organisations() -> None:
    cells = [
        figure(APRIL, "a1", "5", "RAA"),
        figure(APRIL, "a1", "9", "Y60", level="region"),
        figure(APRIL, "a1", "9", "ENG", level="england"),
    ]
    assert asked("indicator_coverage", cells, indicator="calls")["org_code"].tolist() == ["RAA"]
    reach = asked("indicator_reach", cells)
    assert reach["organisations"].tolist() == [1, 1]


def test_an_organisation_with_two_indicators_is_counted_once_among_all() -> None:
    cells = [
        figure(APRIL, "a1", "5", "RAA"),
        figure(APRIL, "a2", "6", "RAA"),
        figure(APRIL, "a2", "7", "RBB"),
        figure(APRIL, "a1", "*", "RBB"),
    ]
    reach = by("indicator_id", asked("indicator_reach", cells))
    assert {key: row["organisations"] for key, row in reach.items()} == {
        "calls": 1,
        "responses": 2,
        None: 2,
    }
