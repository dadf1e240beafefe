"""Limits and rules of control charts: by hand, against R, word by word, and whatever the data."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.stats.control_chart import control_charts
from indicators.stats.rows import BadRow
from indicators.stats.spc import Options
from tests.stats.charts import (
    LABELS,
    RESULTS,
    SIDES,
    labels,
    labels_word_by_word,
    points,
    series,
)
from tests.stats.made import from_r, small

EDGE = from_r("xmr_edge")
CASES = {name: rows["value"].tolist() for name, rows in small("xmr_edge").groupby("case")}
RULES = ["outside", "trend", "two_of_three", "shift"]
ALL_OPTIONS = [
    Options(rules, screened, length, fix)
    for rules in ("mdc", "plotthedots")
    for screened in (True, False)
    for length in (6, 7)
    for fix in (None, 12)
]


def options_of(case: dict[str, object], rules: str) -> Options:
    return Options(
        rules,  # type: ignore[arg-type]
        case["screen_outliers"],  # type: ignore[arg-type]
        fix_after=case["fix_after_n_points"],  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("rules", ["mdc", "plotthedots"])
@pytest.mark.parametrize("name", EDGE)
def test_edge_cases_are_those_of_the_r_package(name: str, rules: str) -> None:
    given, asked = EDGE[name], EDGE[name]["options"]
    target = np.nan if asked["target"] is None else asked["target"]
    side = SIDES[asked["improvement_direction"]]
    frame = series(CASES[name], improvement=side, target=target)
    charts = control_charts(frame, options_of(asked, rules))
    assert labels(charts.points) == [LABELS[label] for label in given[rules]]
    first = charts.points.iloc[0]
    assert first["mean"] == pytest.approx(given["mean"], rel=1e-8)
    if name != "edge_constant":
        assert [first["lower"], first["upper"]] == pytest.approx(
            [given["lower"], given["upper"]], rel=1e-8
        )
    if len(frame) >= 13:
        assert charts.icons["assurance"].tolist() == [RESULTS[given["assurance"]]]
        assert given["variation"] == charts.icons["variation"].iloc[0] == "common_cause"


@pytest.mark.parametrize("options", ALL_OPTIONS, ids=str)
def test_random_and_edge_series_are_judged_as_the_rules_are_written(options: Options) -> None:
    assert len(CASES) > 30
    for name, values in CASES.items():
        if name != "edge_constant":
            assert labels(points(values, options)) == labels_word_by_word(values, options), name


def test_limits_by_hand() -> None:
    """Mean 15/4; moving ranges 2, 1 and 3, on average 2; 2.66 · 2 = 5.32."""
    found = points([2, 4, 3, 6])
    assert found["mean"].tolist() == [3.75] * 4
    assert found["lower"].tolist() == pytest.approx([3.75 - 5.32] * 4)
    assert found["upper"].tolist() == pytest.approx([3.75 + 5.32] * 4)


def test_a_large_moving_range_is_left_out_once_where_asked_for() -> None:
    """Ranges: 19 of 1, two of 19; mean 57/21 = 2.714, times 3.267 = 8.87: both 19 go, 1 stays."""
    values = [1.0, 2.0] * 5 + [21.0] + [2.0, 1.0] * 5 + [2.0]
    spread = {
        options.rules: points(values, options)["upper"].iloc[0]
        - points(values, options)["mean"].iloc[0]
        for options in (Options("mdc"), Options("plotthedots"))
    }
    ranges = np.abs(np.diff(values))
    assert spread["mdc"] == pytest.approx(2.66 * ranges.mean())
    assert spread["plotthedots"] == pytest.approx(2.66 * ranges[ranges < 8].mean())
    assert Options("mdc", True).is_screened
    assert not Options("plotthedots", False).is_screened


def test_two_of_three_counts_a_point_outside_only_under_mdc() -> None:
    """About a mean of 0, limits ±2.66: in one window 2.7 is outside, 2 beyond two thirds (1.773)."""
    values = [0.5, -0.5] * 6 + [2.7, 0.1, 2.0] + [-0.5, 0.5] * 5
    found = {
        rules: points(values, Options(rules, fix_after=12))  # type: ignore[arg-type]
        for rules in ("mdc", "plotthedots")
    }
    assert found["mdc"]["upper"].iloc[0] == pytest.approx(2.66)
    assert labels(found["mdc"])[12:15] == [("outside", 1), ("", 0), ("two_of_three", 1)]
    assert labels(found["plotthedots"])[12:15] == [("outside", 1), ("", 0), ("", 0)]
    assert found["mdc"]["two_of_three"].iloc[12] == 1


@pytest.mark.parametrize(("length", "hit"), [(6, 6), (7, 0)])
def test_six_points_are_a_shift_only_where_six_are_asked_for(length: int, hit: int) -> None:
    values = [1.0, 2.0] * 6 + [1.0] + [1.6, 1.9] * 3 + [1.0, 2.0] * 3
    found = points(values, Options(run_length=length, fix_after=12))
    assert found["shift"].sum() == hit


def test_a_point_of_two_trends_takes_the_one_that_follows() -> None:
    values = [0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 0]
    assert points(values)["trend"].tolist() == [1] * 6 + [-1] * 7


def test_a_tie_ends_a_trend() -> None:
    assert points([0, 1, 2, 3, 3, 4, 5, 6, 7])["trend"].tolist() == [0] * 9


def test_every_rule_that_is_broken_is_kept_and_the_first_labels() -> None:
    values = [0.0, 1.0] * 8 + [10.0, 11, 12, 13, 14, 15, 16]
    found = points(values, Options(fix_after=12))
    last = found.iloc[-1]
    assert last[RULES].tolist() == [1, 1, 1, 1]
    assert last["rule"] == "outside"
    assert last["kind"] == "improvement"


def test_no_rule_and_no_moving_range_crosses_a_recalculation() -> None:
    values = [1.0, 2.0] * 8 + [11.0, 12.0] * 8
    frame = series(values, phase=[0] * 16 + [1] * 16)
    found = control_charts(frame).points
    assert found["mean"].tolist() == [1.5] * 16 + [11.5] * 16
    assert found["upper"].iloc[-1] == pytest.approx(11.5 + 2.66)
    assert not found[RULES].any(axis=None)
    rising = points([1, 2, 3, 4, 5, 6, 7, 8], phase=[0] * 4 + [1] * 4)
    assert not rising["trend"].any()


def test_limits_are_held_to_the_first_points_of_each_phase() -> None:
    values = [1.0, 2.0] * 6 + [9.0] * 3 + [11.0, 12.0] * 6 + [30.0]
    found = points(values, Options(fix_after=12), phase=[0] * 15 + [1] * 13)
    assert found["mean"].tolist() == [1.5] * 15 + [11.5] * 13
    assert found["outside"].tolist() == [0] * 12 + [1] * 3 + [0] * 12 + [1]


@pytest.mark.parametrize("value", [0.1, 100.0, -7.3, 1 / 3, 0.0])
def test_a_series_without_variation_breaks_no_rule(value: float) -> None:
    for size in (13, 15, 27):
        for rules in ("mdc", "plotthedots"):
            found = points([value] * size, Options(rules))  # type: ignore[arg-type]
            assert (found[["mean", "lower", "upper"]] == value).all(axis=None)
            assert not found[RULES].any(axis=None)
            assert set(found["kind"]) == {"common_cause"}


def test_a_point_on_the_mean_breaks_a_shift_whatever_its_decimals() -> None:
    """Mean of 0.1, 0.2, 0.3 as often as each other: 0.2, but for rounding."""
    values = [0.3] * 3 + [0.2] + [0.3] * 4 + [0.1] * 7
    assert np.mean(values) != 0.2
    assert points(values)["shift"].iloc[:8].tolist() == [0] * 8
    assert points(values)["shift"].iloc[8:].tolist() == [-1] * 7


def test_no_rows_give_no_points_and_no_icons() -> None:
    charts = control_charts(series([]))
    assert len(charts.points) == len(charts.icons) == 0


@pytest.mark.parametrize(
    ("bad", "problem"), [(np.nan, "value: is blank"), (np.inf, "value: is infinite")]
)
def test_a_value_that_is_none_is_refused(bad: float, problem: str) -> None:
    with pytest.raises(BadRow, match=problem):
        points([1, 2, bad])


values_on_a_grid = st.lists(st.integers(-20, 20), min_size=1, max_size=40)
some_options = st.sampled_from(ALL_OPTIONS)


@given(values_on_a_grid, some_options)
def test_any_series_is_judged_as_the_rules_are_written(values: list[int], options: Options) -> None:
    held = values[: options.fix_after]
    # A mean or limit that falls on a value is decided by rounding where numbers are added up naively.
    assume(sum(held) % len(held) != 0 and len(set(held)) > 1)
    assert labels(points(values, options)) == labels_word_by_word(values, options)


@given(
    values_on_a_grid,
    some_options,
    st.floats(-1e4, 1e4),
    st.sampled_from([0.01, 0.1, 0.3, 7.0, 1234.5]),
)
def test_shifting_and_scaling_change_no_flag(
    values: list[int], options: Options, shift: float, scale: float
) -> None:
    before = points(values, options)
    after = points([value * scale + shift * scale for value in values], options)
    assert before[RULES].equals(after[RULES])


@given(values_on_a_grid, some_options)
def test_the_mirror_image_breaks_the_same_rules_on_the_other_side(
    values: list[int], options: Options
) -> None:
    before = points(values, options)
    after = points([-value for value in values], options, improvement=-1)
    assert before[RULES].equals(-after[RULES])
    assert before[["rule", "kind"]].equals(after[["rule", "kind"]])


@given(st.lists(values_on_a_grid, min_size=1, max_size=6), some_options, st.randoms())
def test_a_series_alone_is_what_it_is_among_others(stack, options: Options, random) -> None:
    frames = [
        series(values, series=f"s{place}", target=float(place), phase=np.arange(len(values)) // 15)
        for place, values in enumerate(stack)
    ]
    random.shuffle(frames)
    together = control_charts(pd.concat(frames, ignore_index=True), options)
    alone = [control_charts(frame, options) for frame in frames]
    of_all = pd.concat([charts.points for charts in alone], ignore_index=True)
    pd.testing.assert_frame_equal(together.points, of_all, check_exact=False, rtol=1e-12)
    icons = pd.concat([charts.icons for charts in alone], ignore_index=True)
    pd.testing.assert_frame_equal(together.icons, icons)
