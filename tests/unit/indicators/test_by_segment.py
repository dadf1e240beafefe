"""Values beside segments: one quarter of one era, one period for everybody, quartiles by hand."""

import pandas as pd
import pytest

from indicators.by_segment import FEWEST_STATED, by_segment, latest_quarter, quarters_by_era

Q1_2025 = 4 * 2025
ORGS = [f"R{number:02}" for number in range(FEWEST_STATED)]


def panel(period: int, orgs: list[str] = ORGS, state: int = 2) -> pd.DataFrame:
    return pd.DataFrame({"unit": orgs, "period": period, "state": state})


def values(start: str, orgs: list[str] = ORGS, months: int = 1) -> pd.DataFrame:
    begins = pd.Timestamp(start)
    return pd.DataFrame(
        {
            "org_code": orgs,
            "period_start": begins,
            "period_end": begins + pd.DateOffset(months=months),
            "value": range(len(orgs)),
        }
    )


def test_the_latest_quarter_with_enough_of_both_is_taken() -> None:
    stated = pd.concat([panel(Q1_2025), panel(Q1_2025 + 1), panel(Q1_2025 + 2, ORGS[:-1])])
    found = latest_quarter(stated, pd.concat([values("2025-02-01"), values("2025-04-01")]))
    assert found is not None
    assert found.quarter == pd.Timestamp("2025-04-01")
    assert found.period == pd.Timestamp("2025-04-01")
    assert len(found.rows) == FEWEST_STATED


def test_a_quarter_without_values_is_passed_over() -> None:
    stated = pd.concat([panel(Q1_2025), panel(Q1_2025 + 1)])
    found = latest_quarter(stated, values("2025-03-01"))
    assert found is not None
    assert found.quarter == pd.Timestamp("2025-01-01")


def test_of_the_months_of_a_quarter_the_latest_that_most_have() -> None:
    months = [values("2025-01-01"), values("2025-02-01"), values("2025-03-01", ORGS[:-1])]
    found = latest_quarter(panel(Q1_2025), pd.concat(months))
    assert found is not None
    assert found.period == pd.Timestamp("2025-02-01")


def test_a_year_belongs_to_each_of_its_quarters() -> None:
    found = latest_quarter(panel(Q1_2025 + 3), values("2025-01-01", months=12))
    assert found is not None
    assert found.period == pd.Timestamp("2025-01-01")
    assert latest_quarter(panel(Q1_2025 + 4), values("2025-01-01", months=12)) is None


def test_segments_of_organisations_without_a_value_do_not_count() -> None:
    assert latest_quarter(panel(Q1_2025), values("2025-01-01", ORGS[:-1])) is None


def test_eras_stand_beside_each_other_and_those_without_a_quarter_are_absent() -> None:
    panels = {"R1": panel(Q1_2025, state=1), "R2": panel(Q1_2025 + 1), "R3": panel(0).head(0)}
    found = quarters_by_era(panels, pd.concat([values("2025-01-01"), values("2025-04-01")]))
    assert list(found) == ["R1", "R2"]
    assert set(found["R1"].rows["segment"]) == {1}


def test_numbers_and_quartiles_of_each_segment() -> None:
    rows = pd.DataFrame({"segment": [1, 1, 1, 1, 1, 4], "value": [5.0, 1.0, 2.0, 4.0, 3.0, 9.0]})
    first, fourth = by_segment(rows).to_dict("records")
    assert first == {
        "segment": 1,
        "n": 5,
        "lowest": 1,
        "q25": 2,
        "median": 3,
        "q75": 4,
        "highest": 5,
    }
    assert (fourth["n"], fourth["median"]) == (1, pytest.approx(9))
