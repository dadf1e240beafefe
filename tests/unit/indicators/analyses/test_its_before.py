from math import sqrt

import pandas as pd
import pytest

from indicators.analyses.its_before import before_run, variant_of
from indicators.analyses.own_data import OwnData
from indicators.analyses.running import prepare

LEVELS = {
    "analysis": "its",
    "interruptions": ["2023-01"],
    "method": "ols",
    "seasonality": "none",
    "trend": False,
    "slope_change": False,
    "horizons": [0, 12],
}
MONTHS = [str(one) for one in pd.period_range("2022-01", "2024-12", freq="M")]


def own(values: list[float]) -> OwnData:
    """A file of months from January 2022 on."""
    texts = {"period": MONTHS[: len(values)], "value": [str(one) for one in values]}
    return OwnData("mine.csv", pd.DataFrame(texts, index=range(2, len(values) + 2)))


# 12 months about 10, then 24 about 15, each 1 above or below: residual variance 36 / 34.
STEP = [9.0, 11.0] * 6 + [14.0, 16.0] * 12


def test_the_least_level_change_is_two_quantiles_of_the_difference_of_two_means():
    found = before_run(LEVELS, own(STEP))
    se = sqrt(36 / 34 * (1 / 12 + 1 / 24))
    assert found.segments == (12, 24)
    assert found.starts == ("2023-01",)
    expected = (1.959963985 + 0.841621234) * se
    assert found.detectable == (
        (0, pytest.approx(expected)),
        (12, pytest.approx(expected)),
    )
    assert "fitted" not in found.rows


def test_what_could_be_shown_does_not_depend_on_what_happened():
    without = [9.0, 11.0] * 18
    found, other = (before_run(LEVELS, own(values)).detectable for values in (STEP, without))
    assert dict(found) == pytest.approx(dict(other))


def test_a_refusal_comes_with_the_data():
    found = before_run(LEVELS | {"interruptions": ["2022-04"]}, own(STEP))
    assert found.refused is not None
    assert found.refused.code == "TOO_FEW_POINTS"
    assert found.rows["value"].to_list() == STEP
    assert found.detectable == ()


def test_a_refused_series_has_its_gaps_too():
    """So that no line joins what lies on both sides of months without a figure."""
    file = own(STEP)
    rows = file.rows[~file.rows["period"].isin(MONTHS[6:20])]
    found = before_run(LEVELS, OwnData("mine.csv", rows))
    assert found.refused is not None
    assert found.refused.code == "TOO_MANY_GAPS"
    assert found.rows["period"].to_list() == MONTHS
    assert found.rows["value"].isna().to_list() == [6 <= at < 20 for at in range(36)]
    assert found.rows.loc[6, "why"] == "no value"


def test_what_holds_of_the_series_is_told_before_its_result():
    found = before_run(LEVELS | {"interruptions": ["2023-01", "2023-05"]}, own(STEP))
    (told,) = found.notices
    assert told.startswith("The interruptions of Jan 2023 and May 2023 are 4 months apart")


def test_a_variant_changes_its_fields_alone_and_says_what_refuses_it():
    prepared = prepare(LEVELS, own(STEP))
    same = variant_of(prepared, {}, 12)
    assert (same.estimate, same.refused) == (pytest.approx(5.0), None)
    assert variant_of(prepared, {"anticipation": 6}, 12).refused == "TOO_FEW_POINTS"
    assert variant_of(prepared, {}, 48).refused == "HORIZON_NOT_OBSERVED"
