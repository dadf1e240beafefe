"""Where limits may begin anew: shifts counted by hand."""

from datetime import date

import pandas as pd
import pytest

from indicators.charted import chart_values
from indicators.definition import Indicator
from indicators.recalculation import national_near, possible_starts, suggestions
from indicators.registry import load_all
from settings import Settings


@pytest.fixture(scope="module")
def indicator() -> Indicator:
    return load_all(Settings().catalogue_dir)["ae_4h_all"]


def points(indicator: Indicator, *values: float) -> pd.DataFrame:
    months = pd.date_range("2021-07-01", periods=len(values), freq="MS")
    frame = pd.DataFrame({"org_code": "A", "period_start": months, "value": values})
    return chart_values(frame, indicator).points


def events(*days: str) -> pd.DataFrame:
    return pd.DataFrame({"on": list(days), "label": ["Something happened"] * len(days)})


STEP = [60.0, 62.0] * 8 + [80.0, 82.0] * 8
"""Sixteen months about 61, then sixteen about 81: the shift begins in November 2022."""


def test_limits_may_begin_anew_within_two_periods_of_a_shift_that_lasts(indicator) -> None:
    starts = possible_starts(points(indicator, *STEP))
    assert starts == [date(2022, month, 1) for month in (9, 10, 11, 12)] + [date(2023, 1, 1)]


def test_a_shift_of_fewer_than_twelve_points_gives_no_place(indicator) -> None:
    assert possible_starts(points(indicator, *[60.0, 62.0] * 8, *[80.0, 82.0] * 5)) == []


def test_twelve_points_must_remain_before_and_after(indicator) -> None:
    # Twelve and twelve: only the start of the shift itself leaves twelve on either side.
    twelve = points(indicator, *[60.0, 62.0] * 6, *[80.0, 82.0] * 6)
    assert possible_starts(twelve) == [date(2022, 7, 1)]


def test_without_a_shift_there_is_nothing_to_recalculate(indicator) -> None:
    assert possible_starts(points(indicator, *[60.0, 62.0] * 16)) == []


@pytest.mark.parametrize(
    ("happened", "is_near"),
    [("2022-09-30", True), ("2022-08-31", False), ("2023-01-15", True), ("2023-02-01", False)],
)
def test_a_cause_lies_within_two_periods_of_the_start(indicator, happened, is_near) -> None:
    found = suggestions(points(indicator, *STEP), events(happened))
    assert len(found) == is_near
    if found:
        assert (found[0].starts_on, found[0].points) == (date(2022, 11, 1), 16)
        assert found[0].cause == "Something happened"


def test_the_start_of_the_chart_is_no_recalculation(indicator) -> None:
    # The sixteen low months are a shift too, yet nothing lies before them.
    assert suggestions(points(indicator, *STEP), events("2021-07-01")) == []


def test_quarters_are_periods_too(indicator) -> None:
    frame = points(indicator, *STEP)
    assert suggestions(frame, events("2022-06-01"), step_months=3)
    assert not suggestions(frame, events("2022-06-01"), step_months=1)


def national(begun: str, ended: str | None = None) -> pd.DataFrame:
    days = {
        "happened_on": [pd.Timestamp(begun)],
        "ended_on": [pd.NaT if ended is None else pd.Timestamp(ended)],
    }
    return pd.DataFrame(days | {"title": ["the pandemic"]})


@pytest.mark.parametrize(
    ("begun", "is_near"),
    [("2022-09-30", True), ("2022-08-31", False), ("2023-01-15", True), ("2023-02-01", False)],
)
def test_a_national_event_is_told_within_two_months_either_way(begun, is_near) -> None:
    said = national_near(date(2022, 11, 1), national(begun))
    month = {"2022-09-30": "Sep 2022", "2023-01-15": "Jan 2023"}.get(begun)
    assert said == ([f"the pandemic ({month})"] if is_near else [])


def test_of_what_lasted_start_and_end_are_near_and_its_middle_is_not() -> None:
    # [March 2020, April 2021): its last month is March 2021.
    pandemic = national("2020-03-01", "2021-04-01")
    assert national_near(date(2020, 1, 1), pandemic) == ["start of the pandemic (Mar 2020)"]
    assert national_near(date(2020, 10, 1), pandemic) == []
    assert national_near(date(2021, 5, 1), pandemic) == ["end of the pandemic (Mar 2021)"]
    assert national_near(date(2021, 6, 1), pandemic) == []
