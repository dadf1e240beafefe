"""Limits frozen before an event: by hand, word by word, and what must hold of any series."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.stats.frozen import LEAST, MOST, REACH, Clock, Frozen, freeze
from indicators.stats.rows import BadRow
from indicators.stats.spc import Options
from indicators.stats.spc_rules import RULES
from tests.stats.charts import labels_word_by_word

MONTHLY = Clock()
FLAT = [10.0, 12.0] * 10
"""Twenty figures: their mean is 11, every moving range 2, so limits are 11 ± 5.32, near limits 11 ± 3.547."""


@dataclass(frozen=True)
class Times:
    """When a series is frozen, as months from its first."""

    entry: int = 20
    exit: float = np.inf
    since: float = -np.inf
    until: float = np.inf


def series(values: Sequence[float], times: Times = Times(), **columns: Any) -> pd.DataFrame:
    months = np.arange(len(values))
    given_columns = {"series": "a", "month": months, "improvement": 1} | columns
    return pd.DataFrame({"value": np.array(values, dtype=float)}).assign(
        **given_columns, **times.__dict__
    )


def frozen(values: Sequence[float], times: Times = Times(), clock: Clock = MONTHLY) -> Frozen:
    return freeze(series(values, times), clock)


def signal(values: Sequence[float], times: Times = Times(), clock: Clock = MONTHLY) -> Any:
    return frozen(values, times, clock).signals.iloc[0]


def test_limits_are_those_of_the_points_before_entry_carried_on_unchanged() -> None:
    points = frozen([*FLAT, 11, 30, -5]).points
    assert points["mean"].tolist() == [11] * 23
    assert points["lower"].to_numpy() == pytest.approx(np.full(23, 11 - 2.66 * 2))
    assert points["upper"].to_numpy() == pytest.approx(np.full(23, 11 + 2.66 * 2))
    assert points["is_baseline"].tolist() == [True] * 20 + [False] * 3
    assert points["outside"].tolist() == [0] * 21 + [1, -1]


def test_the_baseline_is_the_last_twenty_points_before_entry_and_points_before_it_are_left_out() -> (
    None
):
    found = frozen([99.0] * 7 + FLAT + [11.0], Times(entry=27))
    assert (found.points["month"].min(), len(found.points)) == (7, 21)
    assert found.signals.loc[0, ["baseline_points", "baseline_from", "baseline_to"]].tolist() == [
        20,
        7,
        26,
    ]


@pytest.mark.parametrize(("before", "problem"), [(11, "few"), (12, "")])
def test_twelve_points_are_needed(before: int, problem: str) -> None:
    found = frozen([*FLAT[:before], *FLAT], Times(entry=before))
    assert found.signals["problem"].tolist() == [problem]
    assert found.signals["baseline_points"].tolist() == [before]
    assert found.points.empty == (problem == "few")


def test_the_first_of_two_points_above_the_limit_is_the_time_to_signal() -> None:
    # Months 0, 1 and 2 lie within the limits, 3 and 4 above 16.32.
    found = signal([*FLAT, 11, 12, 11, 17, 17, 11])
    assert (found["improved_after"], found["last_watched"]) == (3, 5)
    assert np.isnan(found["worsened_after"])


def test_a_single_point_above_the_limit_does_not_last() -> None:
    assert np.isnan(signal([*FLAT, 11, 17, 11, 17, 11])["improved_after"])


def test_a_signal_in_the_first_month_exposed_comes_after_no_month() -> None:
    assert signal([*FLAT, 17, 17])["improved_after"] == 0


def test_a_shift_signals_from_its_first_point() -> None:
    # Seven points above the mean of 11, none beyond a limit, the first after one month.
    assert signal([*FLAT, 10, *[12.0] * 7, 10])["improved_after"] == 1
    assert np.isnan(signal([*FLAT, 10, *[12.0] * 6, 10])["improved_after"])


def test_a_run_that_began_before_entry_begins_anew() -> None:
    # Three points above the mean before entry and six from it on: nine in a row, but no shift since entry.
    before = [*FLAT[:17], 12.0, 12.0, 12.0]
    assert np.isnan(signal([*before, *[13.0] * 6, 5.0])["improved_after"])
    assert signal([*before, *[13.0] * 7, 5.0])["improved_after"] == 0


def test_both_points_have_to_come_before_the_exit() -> None:
    values = [*FLAT, 11, 11, 17, 17, 17, 17]
    assert signal(values, Times(exit=24))["improved_after"] == 2
    late = signal(values, Times(exit=23))
    assert np.isnan(late["improved_after"])
    assert (late["last_watched"], late["watched_points"]) == (2, 3)
    assert len(frozen(values, Times(exit=23)).points) == 26


def test_the_watch_ends_with_the_last_period_before_a_break() -> None:
    values = [*FLAT, 11, 11, 17, 17]
    assert np.isnan(signal(values, Times(until=23))["improved_after"])
    assert signal(values, Times(until=24))["improved_after"] == 2


def test_points_before_the_last_break_set_no_limits() -> None:
    assert signal([*FLAT, 11, 11], Times(since=9))["problem"] == "few"
    found = signal([*FLAT, 11, 11], Times(since=8))
    assert (found["problem"], found["baseline_points"], found["baseline_from"]) == ("", 12, 8)


def test_masked_months_set_no_limits_break_no_rules_and_are_no_neighbours() -> None:
    # Months 5 to 9 are far off. Without them 15 points are left; across the gap 12 → 12 is no moving range,
    # so 13 ranges of 2 are counted and limits stay 2.66 × 2 from the mean of 8 times 10 and 7 times 12.
    values = [*FLAT[:5], *[99.0] * 5, *FLAT[:10], 17, 17]
    found = frozen(values, clock=Clock(1, (5, 10)))
    assert found.signals.loc[0, "baseline_points"] == 15
    mean = (8 * 10 + 7 * 12) / 15
    assert found.points["mean"].iloc[0] == pytest.approx(mean)
    assert found.points["upper"].iloc[0] == pytest.approx(mean + 5.32)
    masked = found.points[found.points["is_masked"]]
    assert masked["month"].tolist() == [5, 6, 7, 8, 9]
    assert (masked[list(RULES)] == 0).all(axis=None)
    assert (masked["kind"] == "common_cause").all()


def test_a_signal_is_not_looked_for_in_masked_months_nor_across_them() -> None:
    values = [*FLAT, 11, 17, 17, 17, 17, 11]
    assert signal(values)["improved_after"] == 1
    across = signal(values, clock=Clock(1, (22, 24)))
    assert np.isnan(across["improved_after"])
    assert across["watched_points"] == 4


def test_a_missing_month_passes_time_but_its_neighbours_stay_neighbours() -> None:
    rows = series([*FLAT, 11, 17, 17, 11]).assign(month=[*range(20), 20, 22, 25, 26])
    found = freeze(rows, MONTHLY).signals.iloc[0]
    assert (found["improved_after"], found["last_watched"]) == (2, 6)


def test_quarters_count_from_the_one_that_holds_the_entry() -> None:
    quarters = series([*FLAT, 17, 17]).assign(month=range(0, 66, 3))
    found = freeze(quarters.assign(entry=62), Clock(step=3))
    assert found.points["since_entry"].tolist()[-3:] == [-3, 0, 3]
    assert found.signals.loc[0, "improved_after"] == 0


def test_a_baseline_reaches_back_no_further_than_forty_periods() -> None:
    rows = series([*FLAT[:12], 11, 11]).assign(month=[*range(12), REACH + 1, REACH + 2])
    at, after = (
        freeze(rows.assign(entry=entry), MONTHLY).signals.iloc[0] for entry in (REACH, REACH + 1)
    )
    assert (at["problem"], at["baseline_points"]) == ("", 12)
    assert (after["problem"], after["baseline_points"]) == ("few", 11)


def test_a_baseline_that_does_not_vary_says_nothing_of_chance() -> None:
    found = frozen([*[0.1] * 20, 5, 5, 5])
    assert found.signals["problem"].tolist() == ["constant"]
    assert np.isnan(found.signals.loc[0, "improved_after"])
    assert (found.points[list(RULES)] == 0).all(axis=None)


def test_ties_with_the_mean_end_a_run() -> None:
    assert np.isnan(signal([*FLAT, *[12.0] * 6, 11, 12, 12])["improved_after"])


def test_fewer_than_two_points_after_entry_are_too_few() -> None:
    assert signal([*FLAT, 17])["problem"] == "short"
    assert signal(FLAT)["problem"] == "short"
    assert signal([*FLAT, 17, 17], Times(exit=21))["problem"] == "short"


def test_lower_is_better_turns_improvement_and_concern_round() -> None:
    found = freeze(series([*FLAT, 11, 17, 17], improvement=-1), MONTHLY).signals.iloc[0]
    assert found["worsened_after"] == 1
    assert np.isnan(found["improved_after"])


def test_where_neither_side_is_better_there_is_no_signal() -> None:
    found = freeze(series([*FLAT, 17, 17], improvement=0), MONTHLY)
    assert found.signals[["improved_after", "worsened_after"]].isna().all(axis=None)
    assert found.points["kind"].tolist()[-2:] == ["neutral", "neutral"]


def test_a_series_is_the_same_alone_and_among_others() -> None:
    one, other = series([*FLAT, 11, 17, 17]), series([5.0, 9.0] * 15, Times(entry=13), series="b")
    both = freeze(pd.concat([other, one], ignore_index=True), MONTHLY)
    assert both.signals["series"].tolist() == ["b", "a"]
    alone = freeze(one, MONTHLY)
    kept = both.points[both.points["series"] == "a"].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, alone.points)


def test_a_blank_value_is_refused() -> None:
    with pytest.raises(BadRow):
        frozen([*FLAT, float("nan"), 11])


def test_nothing_is_frozen_where_there_are_no_rows() -> None:
    found = freeze(series([]), MONTHLY)
    assert (len(found.points), len(found.signals)) == (0, 0)


figures = st.lists(st.integers(-40, 40).map(float), min_size=30, max_size=60)


@given(figures, st.integers(12, 28), st.sampled_from(["mdc", "plotthedots"]))
def test_rules_are_those_word_by_word_of_points_from_entry_on(
    values: list[float], entry: int, rules: Any
) -> None:
    options = Options(rules=rules)
    found = freeze(series(values, Times(entry=entry)), MONTHLY, options)
    points = found.points[found.points["since_entry"] >= 0]
    before = values[max(0, entry - MOST) : entry]
    if len(set(before)) < 2:
        return
    # The baseline in front fixes the limits; a gap of its own keeps its points out of every run.
    told = _labels_after(before, values[entry:], options)
    got = ["" if pd.isna(rule) else rule for rule in points["rule"]]
    assert got == told


def _labels_after(before: list[float], after: list[float], options: Options) -> list[str]:
    """The rules of `after` by limits of `before`, by the plain words of the other tests.

    A point exactly on the mean between the two ends every run but a trend, and two of them end that too.
    """
    mean = sum(before) / len(before)
    held = replace(options, fix_after=len(before))
    told = labels_word_by_word([*before, mean, mean, *after], held)
    return [rule for rule, _ in told[len(before) + 2 :]]


@given(
    figures,
    st.integers(12, 28),
    st.sampled_from([0.5, 4.0, 1024.0]),
    st.integers(-1000, 1000),
)
def test_scaling_and_shifting_change_nothing(
    values: list[float], entry: int, scale: float, shift: int
) -> None:
    plain = frozen(values, Times(entry=entry)).signals
    moved = frozen([scale * value + shift for value in values], Times(entry=entry)).signals
    same = ["improved_after", "worsened_after", "problem", "last_watched"]
    pd.testing.assert_frame_equal(plain[same], moved[same])


@given(figures, st.integers(12, 28))
def test_the_mirror_image_turns_improvement_into_concern(values: list[float], entry: int) -> None:
    plain = frozen(values, Times(entry=entry)).signals
    turned = frozen([-value for value in values], Times(entry=entry)).signals
    assert plain["improved_after"].equals(turned["worsened_after"])
    assert plain["worsened_after"].equals(turned["improved_after"])


@given(st.lists(st.integers(0, 40).map(float), min_size=LEAST, max_size=MOST), st.integers(2, 50))
def test_a_continuation_at_the_mean_never_signals(before: list[float], months: int) -> None:
    mean = sum(before) / len(before)
    found = signal([*before, *[mean] * months], Times(entry=len(before)))
    assert np.isnan(found["improved_after"])
    assert np.isnan(found["worsened_after"])


@given(figures, st.integers(12, 28), st.integers(1, 25))
def test_a_shorter_watch_never_brings_a_signal_forward(
    values: list[float], entry: int, months: int
) -> None:
    whole = signal(values, Times(entry=entry))
    cut = signal(values, Times(entry=entry, exit=entry + months))
    assert cut["last_watched"] < months
    if not np.isnan(cut["improved_after"]):
        assert cut["improved_after"] + 1 <= cut["last_watched"]
        assert whole["improved_after"] <= cut["improved_after"]


def noise(number: int, months: int, likeness: float, seed: int) -> Any:
    """Series that never change, neighbours this alike; a long start is thrown away."""
    shocks = np.random.default_rng(seed).normal(size=(number, months + 50))
    made = np.zeros_like(shocks)
    for month in range(1, months + 50):
        made[:, month] = likeness * made[:, month - 1] + (1 - likeness**2) ** 0.5 * shocks[:, month]
    return made[:, 50:]


def improved(values: Any, entry: int) -> Any:
    """Which of many series signal improvement within 24 months."""
    number, months = values.shape
    frame = pd.DataFrame({"value": values.ravel()}).assign(
        series=np.repeat(np.arange(number), months),
        month=np.tile(np.arange(months), number),
        improvement=1,
        **Times(entry=entry, exit=entry + 24).__dict__,
    )
    return freeze(frame, MONTHLY).signals["improved_after"].notna().to_numpy()


@pytest.mark.parametrize(
    ("likeness", "before", "share"), [(0, 12, 0.17), (0, 20, 0.13), (0.6, 20, 0.56)]
)
def test_chance_alone_signals_as_often_as_the_methods_say(
    likeness: float, before: int, share: float
) -> None:
    found = improved(noise(2000, before + 24, likeness, seed=7), before)
    assert found.mean() == pytest.approx(share, abs=0.04)


def test_those_at_their_worst_signal_more_often_though_nothing_happened() -> None:
    shares = []
    for seed in range(20):
        values = noise(130, 44, 0.6, seed) + 0.5 * np.random.default_rng(seed).normal(size=(130, 1))
        worst = np.zeros(130, bool)
        worst[np.argsort(values[:, 17:20].mean(axis=1))[:13]] = True
        found = improved(values, 20)
        shares.append((found[worst].mean(), found[~worst].mean()))
    entrants, others = np.mean(shares, axis=0)
    assert entrants == pytest.approx(0.69, abs=0.06)
    assert others == pytest.approx(0.54, abs=0.04)
