"""What is refused before a model of interruptions is fitted, each with a series made for it (METHODS 1.9)."""

from typing import Any

import numpy as np
import pytest

from indicators.stats.its.design import build
from indicators.stats.its.grade import grade_of
from indicators.stats.its.notices import NotFitted
from indicators.stats.its.observed import Observed
from indicators.stats.its.one import Asked, fit_interrupted
from indicators.stats.its.refusals import check_rolling
from indicators.stats.its.specification import Specification
from tests.stats.made_its import QUARTERS, bare, monthly, months, noisy, numbers


def refusal(action: Any, *given: Any) -> tuple[str, str]:
    with pytest.raises(NotFitted) as refused:
        action(*given)
    return refused.value.notice.code, refused.value.notice.message


@pytest.mark.parametrize(("n", "at"), [(18, 8), (10, 9), (5, 3), (20, 40), (20, -3)])
def test_too_few_points(n: int, at: int) -> None:
    code, message = refusal(lambda: numbers(n, at))
    assert code == "TOO_FEW_POINTS"
    before = min(max(at - 1, 0), n)
    after = n - before
    told = f"There are {before or 'no'} periods with a value before entry and {after or 'none'} after; "
    assert message.startswith(f"{told}at least 8 before and 3 after are needed. Choose ")
    assert ("reaches further back" in message) == (before < 8)
    assert ("wait for more data" in message) == (before >= 8)


def test_what_is_left_out_before_entry_is_told_with_the_points() -> None:
    code, message = refusal(build, bare(10, anticipation=2), np.arange(1, 31))
    assert code == "TOO_FEW_POINTS"
    told = "There are 7 periods with a value before entry (without the 2 left out as anticipation)"
    assert message.startswith(f"{told} and 21 after;")


def test_the_floor_itself_is_fitted() -> None:
    assert numbers(11, 9).segments == (8, 3)
    start = QUARTERS.of_month(2012, 1)
    asked = Specification(QUARTERS, (start + 6,))
    assert build(asked, np.arange(start, start + 8)).segments == (6, 2)


def test_a_short_last_stretch_is_too_few() -> None:
    code, message = refusal(lambda: numbers(30, 13, 29))
    assert code == "TOO_FEW_POINTS"
    assert "12 periods with a value before entry, then 16 and 2 after the interruptions;" in message


@pytest.mark.parametrize(
    ("segments", "grade"),
    [
        ((12, 12), "standard"),
        ((11, 40), "exploratory"),
        ((40, 8), "exploratory"),
        ((40, 7), "descriptive"),
        ((40, 12, 3), "descriptive"),
    ],
)
def test_the_smaller_side_decides_the_grade(segments: tuple[int, ...], grade: str) -> None:
    assert grade_of(segments) == grade


@pytest.mark.parametrize(
    ("before", "after", "is_low"), [(12, 6, False), (11, 20, True), (20, 5, True)]
)
def test_low_points(before: int, after: int, is_low: bool) -> None:
    design = numbers(before + after, before + 1)
    assert [one.code for one in design.notices] == ["LOW_POINTS"] * is_low


def test_more_than_a_fifth_missing() -> None:
    every = np.arange(1, 41)
    kept = every[~np.isin(every, np.arange(2, 10))]
    assert build(bare(20), kept).segments == (11, 21)
    code, message = refusal(build, bare(20), every[~np.isin(every, np.arange(2, 11))])
    assert code == "TOO_MANY_GAPS"
    assert message.startswith("9 of the 40 periods have no value, more than a fifth, so ")


def test_months_left_out_on_purpose_are_no_gaps() -> None:
    design = build(monthly("2022-07"), months("2018-01", 72))
    assert (~design.used).sum() == 13


@pytest.mark.parametrize("value", [[], [5.0] * 30])
def test_no_variation(value: list[float]) -> None:
    observed = Observed(np.arange(1, len(value) + 1), np.array(value))
    code, message = refusal(fit_interrupted, observed, bare(15), Asked("ols"))
    assert code == "NO_VARIATION"
    assert "30 values are the same (5)" in message if value else "all are missing" in message


def test_one_value_is_too_few_and_not_the_same_as_others() -> None:
    observed = Observed(np.array([4]), np.array([5.0]))
    assert refusal(fit_interrupted, observed, bare(4), Asked("ols"))[0] == "TOO_FEW_POINTS"


def test_values_on_the_very_lines_are_filled_in() -> None:
    count = np.arange(1, 31)
    observed = Observed(count, 3.0 * count + 5 * (count >= 16))
    code, message = refusal(fit_interrupted, observed, bare(16), Asked("ols"))
    assert code == "NO_VARIATION"
    assert message.startswith("The values lie exactly on the fitted lines")


def test_small_denominators_are_refused_for_percentages_and_told_for_counts() -> None:
    rng = np.random.default_rng(3)
    below = np.full(30, 40.0)
    below[4] = 19
    above = rng.binomial(below.astype(int), 0.5).astype(float)
    observed = Observed(np.arange(1, 31), 100 * above / below, above, below, 100.0, is_share=True)
    code, message = refusal(fit_interrupted, observed, bare(16), Asked("ols", "gaussian"))
    assert code == "SMALL_DENOM"
    assert message.startswith("The denominator is below 20 in 1 of the 30 periods used.")
    found = fit_interrupted(observed, bare(16), Asked("ols", "binomial"))
    assert [one.code for one in found.notices] == ["SMALL_DENOM"]


def test_close_interruptions_are_read_as_one() -> None:
    design = numbers(40, 15, 20)
    assert [one.at for one in design.interruptions] == [15]
    assert [one.code for one in design.notices] == ["INTERRUPTIONS_CLOSE"]
    assert "The interruptions of 15 and 20 are 5 periods apart" in design.notices[0].message
    assert len(numbers(40, 15, 21).interruptions) == 2


def test_an_entry_after_a_close_pair_stays_an_entry() -> None:
    design = numbers(60, 15, 18, 40)
    assert [(one.at, one.is_entry) for one in design.interruptions] == [(15, True), (40, True)]


def test_rolling_figures() -> None:
    check_rolling(1)
    code, message = refusal(check_rolling, 12)
    assert code == "ROLLING_WINDOW"
    assert message == (
        "This measure is a 12-month rolling figure, so neighbouring points repeat the same data. A step "
        "change is smeared over 12 months and the test is not valid. Use the monthly series."
    )


@pytest.mark.parametrize("at", ["2020-03", "2020-04", "2021-03"])
def test_entry_in_the_pandemic(at: str) -> None:
    code, message = refusal(build, monthly(at), months("2017-01", 84))
    assert code == "COVID_OVERLAP"
    assert message == (
        "Entry falls inside the pandemic window (Mar 2020–Mar 2021). A single-trust ITS cannot separate the "
        "two. Use the comparison with matched trusts."
    )


def test_exit_in_the_pandemic_and_the_choice_to_ignore_it() -> None:
    code, message = refusal(build, monthly("2018-06", "2020-09"), months("2016-01", 96))
    assert (code, message[:11]) == ("COVID_OVERLAP", "Exit falls ")
    told = build(monthly("2020-09", covid="none"), months("2016-01", 96)).notices
    assert [one.code for one in told] == ["COVID_OVERLAP"]


@pytest.mark.parametrize(
    ("seasonality", "n"),
    [("fourier1", 23), ("fourier2", 23), ("month_dummies", 59), ("quarter_dummies", 23)],
)
def test_seasons_need_two_years(seasonality: Any, n: int) -> None:
    asked = monthly("2013-01", seasonality=seasonality)
    code, message = refusal(build, asked, months("2012-01", n))
    assert code == "SEASONALITY_NEEDS_2Y"
    assert message.endswith(
        f"and there are {n}. Choose seasonality none or auto, or take a longer series."
    )
    assert build(asked, months("2012-01", n + 1)).seasonality == seasonality


def test_bare_numbers_have_no_seasons() -> None:
    assert numbers(60, 30).seasonality == "none"
    assert refusal(lambda: numbers(60, 30, seasonality="fourier1"))[0] == "BAD_SPEC"


def test_more_terms_than_points() -> None:
    code, message = refusal(lambda: numbers(12, 9, breaks=(2, 3, 4, 5, 6, 7, 8, 11)))
    assert code == "TOO_FEW_POINTS"
    assert message.startswith("The model has 11 terms and the series 12 points")


def test_fewer_than_twelve_points_are_fitted_by_least_squares_and_told() -> None:
    found = fit_interrupted(noisy(11, at=9), bare(9), Asked("reml_ar1"))
    assert found.method.estimator == "ols"
    assert [one.code for one in found.notices] == ["LOW_POINTS", "OLS_SHORT"]
