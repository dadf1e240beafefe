"""The design of an interrupted time series: terms by hand, periods used, counterfactuals."""

from datetime import date

import numpy as np
import pytest

from indicators.stats.its.calendar import Calendar
from indicators.stats.its.design import build
from indicators.stats.its.notices import NotFitted
from indicators.stats.its.periods import ANTICIPATION, NO_VALUE, PANDEMIC, PHASE_IN
from indicators.stats.its.specification import Specification
from tests.stats.made_its import MONTHS, QUARTERS, column, month, monthly, months, numbers


def test_one_interruption_by_hand() -> None:
    design = numbers(18, 9)
    assert design.terms == ("intercept", "time", "level_1", "slope_1")
    assert column(design, "intercept") == [1] * 18
    assert column(design, "time") == list(range(1, 19))
    assert column(design, "level_1") == [0] * 8 + [1] * 10
    assert column(design, "slope_1") == [0] * 8 + list(range(10))
    assert (design.segments, design.grade) == ((8, 10), "exploratory")


def test_the_other_coding_of_the_slope_begins_with_one() -> None:
    assert column(numbers(18, 9, slope_origin=1), "slope_1") == [0] * 8 + list(range(1, 11))


def test_entry_and_exit_and_their_counterfactuals() -> None:
    design = numbers(36, 13, 25)
    assert design.terms == ("intercept", "time", "level_1", "slope_1", "level_2", "slope_2")
    assert column(design, "slope_1") == [0] * 12 + list(range(24))
    assert column(design, "slope_2") == [0] * 24 + list(range(12))
    assert [one.is_entry for one in design.interruptions] == [True, False]
    never_entered, never_exited = design.without(1), design.without(2)
    assert not never_entered[:, 2:].any()
    assert (never_entered[:, :2] == design.x[:, :2]).all()
    assert not never_exited[:, 4:].any()
    assert (never_exited[:, :4] == design.x[:, :4]).all()


def test_re_entry_repeats_the_pair() -> None:
    design = numbers(48, 13, 25, 37)
    assert design.terms[-2:] == ("level_3", "slope_3")
    assert design.interruptions[2].is_entry


def test_phase_in_leaves_out_and_starts_the_terms_later() -> None:
    design = numbers(24, 13, phase_in=3)
    assert design.used.tolist() == [True] * 12 + [False] * 3 + [True] * 9
    assert design.why[12:16] == (PHASE_IN,) * 3 + ("",)
    assert column(design, "level_1") == [0] * 15 + [1] * 9
    assert column(design, "slope_1") == [0] * 15 + list(range(9))
    assert (design.interruptions[0].at, design.interruptions[0].start) == (13, 16)


def test_a_phase_in_beyond_the_exit_is_refused() -> None:
    assert numbers(48, 13, 25, phase_in=3).segments == (12, 9, 24)
    with pytest.raises(NotFitted, match="reach past the next interruption") as refused:
        numbers(48, 13, 25, phase_in=12)
    assert refused.value.notice.code == "BAD_SPEC"


def test_without_a_line_of_time_the_pandemic_has_no_slope_either() -> None:
    asked = monthly("2022-07", seasonality="none", trend=False)
    design = build(asked, months("2018-01", 72))
    assert design.terms == ("intercept", "level_1", "slope_1", "covid_level")


def test_a_ramp_climbs_over_the_phase_in_and_leaves_nothing_out() -> None:
    design = numbers(24, 13, phase_in=4, phase_in_form="ramp")
    assert design.used.all()
    assert column(design, "level_1") == [0] * 12 + [0.25, 0.5, 0.75, 1] + [1] * 8
    assert column(design, "slope_1") == [0] * 12 + list(range(12))


def test_anticipation_is_left_out_before_entry_and_not_before_exit() -> None:
    design = numbers(48, 15, 31, anticipation=2)
    assert np.flatnonzero(~design.used).tolist() == [12, 13]
    assert design.why[12] == ANTICIPATION
    assert design.segments == (12, 16, 18)


def test_missing_periods_stay_missing() -> None:
    count = np.array([1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
    design = build(Specification(Calendar(None), (10,)), count)
    assert design.grid.tolist() == list(range(1, 20))
    assert design.why[4] == NO_VALUE
    assert column(design, "time") == list(range(1, 20))


def test_a_slope_of_fewer_than_six_points_is_not_estimated() -> None:
    assert numbers(18, 13).terms[-1] == "slope_1"
    short = numbers(17, 13)
    assert short.terms == ("intercept", "time", "level_1")
    assert [one.code for one in short.notices] == ["LOW_POINTS"]
    assert short.grade == "descriptive"


@pytest.mark.parametrize(
    ("n", "terms"),
    [
        (23, ()),
        (24, ("sin_1", "cos_1")),
        (35, ("sin_1", "cos_1")),
        (36, ("sin_1", "cos_1", "sin_2", "cos_2")),
    ],
)
def test_seasons_of_months_by_rule(n: int, terms: tuple[str, ...]) -> None:
    design = build(monthly("2013-01"), months("2012-01", n))
    assert design.terms[4:] == terms


def test_waves_are_at_the_calendar_month_and_not_at_elapsed_time() -> None:
    """A series from April: its first month is a quarter of a year plus one month into the wave."""
    design = build(monthly("2013-04", seasonality="fourier2"), months("2012-04", 24))
    first = [column(design, term)[0] for term in ("sin_1", "cos_1", "sin_2", "cos_2")]
    angle = 2 * np.pi * 4 / 12
    by_hand = [np.sin(angle), np.cos(angle), np.sin(2 * angle), np.cos(2 * angle)]
    assert first == pytest.approx(by_hand)


def test_dummies_of_months_and_quarters() -> None:
    design = build(monthly("2014-01", seasonality="month_dummies"), months("2012-01", 60))
    assert design.terms[4:] == tuple(f"month_{number}" for number in range(2, 13))
    assert column(design, "month_3")[:14] == [0, 0, 1] + [0] * 11
    start = QUARTERS.of_month(2012, 1)
    quarterly = Specification(QUARTERS, (start + 8,))
    sixteen = build(quarterly, np.arange(start, start + 16))
    assert sixteen.terms[4:] == ("quarter_2", "quarter_3", "quarter_4")
    assert column(sixteen, "quarter_2")[:6] == [0, 1, 0, 0, 0, 1]
    assert build(quarterly, np.arange(start, start + 15)).terms[4:] == ()


def test_the_second_sine_of_quarters_is_nothing_and_named_so() -> None:
    start = QUARTERS.of_month(2012, 1)
    asked = Specification(QUARTERS, (start + 8,), seasonality="fourier2")
    design = build(asked, np.arange(start, start + 16))
    assert design.dropped == ("sin_2",)
    assert design.terms[4:] == ("sin_1", "cos_1", "cos_2")
    assert [one.code for one in design.notices] == ["LOW_POINTS", "COLLINEAR"]
    assert "A term of the seasons (sin_2) cannot be told apart" in design.notices[1].message


def test_a_pulse_masks_the_pandemic_and_adds_a_level_and_a_slope() -> None:
    design = build(monthly("2022-07", seasonality="none"), months("2018-01", 72))
    assert design.terms[4:] == ("covid_level", "covid_slope")
    masked = [label for label, why in zip(design.grid, design.why, strict=True) if why == PANDEMIC]
    assert masked == list(range(month("2020-03"), month("2021-03") + 1))
    assert not design.used[26:39].any()
    assert design.used[[25, 39]].all()
    assert column(design, "covid_level") == [0] * 39 + [1] * 33
    assert column(design, "covid_slope") == [0] * 39 + list(range(33))
    assert design.segments == (26 + 15, 18)


def test_month_dummies_keep_the_masked_months_with_a_term_each() -> None:
    asked = monthly("2022-07", seasonality="none", covid="month_dummies")
    design = build(asked, months("2018-01", 72))
    assert design.used.all()
    assert design.terms[6:] == tuple(f"covid_{number}" for number in range(1, 14))
    assert np.flatnonzero(column(design, "covid_1")).tolist() == [26]
    assert design.segments == (41, 18)


def test_a_series_without_time_before_the_pandemic_begins_in_july_2021() -> None:
    design = build(monthly("2022-07"), months("2019-10", 60))
    assert design.pandemic.option == "baseline_2021_07"
    assert design.grid[design.used][0] == month("2021-07")
    assert "COVID_BASELINE" in [one.code for one in design.notices]
    assert "there are 5" in design.notices[0].message


def test_the_baseline_can_be_asked_for() -> None:
    design = build(monthly("2022-07", covid="baseline_2021_07"), months("2015-01", 120))
    assert design.grid[design.used][0] == month("2021-07")
    assert (design.pandemic.option, design.segments) == ("baseline_2021_07", (12, 30))
    assert design.why[0] == "outside the stretch read because of the pandemic"


@pytest.mark.parametrize(("first", "number"), [("2012-01", 90), ("2021-07", 48)])
def test_a_series_that_does_not_touch_the_pandemic_is_left_alone(first: str, number: int) -> None:
    """The first ends in June 2019, the second begins in July 2021."""
    at = month(first) + number // 2
    design = build(Specification(MONTHS, (at,)), months(first, number))
    assert design.used.all()
    assert design.pandemic.option == "none"
    assert not [term for term in design.terms if term.startswith("covid")]


def test_a_series_that_ends_soon_after_the_pandemic_ends_before_it() -> None:
    design = build(monthly("2018-01", seasonality="none"), months("2016-01", 68))
    assert design.last == month("2020-02")
    assert [one.code for one in design.notices] == ["COVID_BASELINE"]


@pytest.mark.parametrize(
    ("entry", "terms"),
    [
        ("2021-10", ("covid_level", "covid_slope")),
        ("2021-09", ("covid_level",)),
        ("2021-07", ("covid_level",)),
    ],
)
def test_a_line_after_the_pandemic_takes_six_points_before_entry(
    entry: str, terms: tuple[str, ...]
) -> None:
    """Three points would set a slope that swings the counterfactual out of sight."""
    design = build(monthly(entry, seasonality="none"), months("2017-01", 84))
    assert design.terms[4:] == terms
    codes = [one.code for one in design.notices]
    assert codes == ([] if len(terms) == 2 else ["COVID_SHORT"])


def test_entry_too_soon_after_the_pandemic_is_refused_with_the_reason() -> None:
    with pytest.raises(NotFitted) as refused:
        build(monthly("2021-05"), months("2017-01", 84))
    assert refused.value.notice.code == "TOO_FEW_POINTS"
    assert "from Apr 2021 to the next interruption and there is 1, so " in str(refused.value)
    assert "There are no months with a value before entry" in str(refused.value)


def test_quarters_of_the_pandemic() -> None:
    start = QUARTERS.of_month(2015, 1)
    asked = Specification(QUARTERS, (QUARTERS.of_month(2023, 1),), seasonality="none")
    design = build(asked, np.arange(start, start + 40))
    masked = [
        QUARTERS.label(int(at))
        for at, why in zip(design.grid, design.why, strict=True)
        if why == PANDEMIC
    ]
    assert masked == ["2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4", "2021-Q1"]


def test_a_change_of_definition_has_a_level_of_its_own() -> None:
    design = numbers(36, 20, breaks=(10, 99))
    assert design.terms[-1] == "break_1"
    assert column(design, "break_1") == [0] * 9 + [1] * 27
    assert [one.code for one in design.notices] == ["SERIES_BREAK"]
    assert "changed in 10." in design.notices[0].message


def test_or_the_series_is_cut_there() -> None:
    design = numbers(48, 20, breaks=(5, 40), break_rule="truncate")
    assert np.flatnonzero(design.used).tolist() == list(range(4, 39))
    assert "break_1" not in design.terms


def test_a_change_of_definition_at_an_interruption_is_refused() -> None:
    with pytest.raises(NotFitted, match="so the two cannot be told apart") as refused:
        numbers(36, 20, breaks=(20,))
    assert refused.value.notice.code == "SERIES_BREAK"


def test_a_change_of_definition_within_the_pandemic_is_part_of_its_level() -> None:
    asked = monthly("2022-07", breaks=(month("2020-08"),), seasonality="none")
    design = build(asked, months("2018-01", 72))
    assert design.dropped == ("break_1",)
    assert [one.code for one in design.notices] == ["SERIES_BREAK"]


@pytest.mark.parametrize(
    ("day", "monthly_label", "quarterly_label"),
    [
        (date(2021, 7, 1), "2021-07", "2021-Q3"),
        (date(2021, 7, 15), "2021-07", "2021-Q3"),
        (date(2021, 7, 16), "2021-08", "2021-Q3"),
        (date(2021, 8, 15), "2021-08", "2021-Q3"),
        (date(2021, 8, 16), "2021-09", "2021-Q4"),
        (date(2021, 12, 31), "2022-01", "2022-Q1"),
    ],
)
def test_the_first_period_exposed(day: date, monthly_label: str, quarterly_label: str) -> None:
    assert MONTHS.label(MONTHS.first_exposed(day)) == monthly_label
    assert QUARTERS.label(QUARTERS.first_exposed(day)) == quarterly_label
