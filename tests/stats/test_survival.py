"""Kaplan–Meier: by hand, against R (reference.R), and what must hold of any curve."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from indicators.stats.rows import BadRow
from indicators.stats.steps import at_risk, read_steps
from indicators.stats.survival import (
    Estimate,
    kaplan_meier,
    restricted_mean,
    start_where_enough,
)
from tests.stats.made import from_r, small, spells, times

# At 2: three at risk (the one who enters at 2 is not), one ends. At 5: two at risk, one ends, one stays in.
BY_HAND = times((0, 2, 1), (0, 4, 0), (1, 5, 1), (2, 5, 0))


def test_delayed_entry_by_hand() -> None:
    curve = kaplan_meier(BY_HAND)
    assert curve.table[["time", "at_risk", "events"]].to_numpy().tolist() == [[2, 3, 1], [5, 2, 1]]
    assert curve.table["survival"].tolist() == pytest.approx([2 / 3, 1 / 3])
    greenwood = [2 / 3 * math.sqrt(1 / 6), 1 / 3 * math.sqrt(1 / 6 + 1 / 2)]
    assert curve.table["se"].tolist() == pytest.approx(greenwood)
    assert (curve.start, curve.end) == (0, 5)
    assert curve.median.estimate == 5


def test_the_loglog_interval_by_hand() -> None:
    low, high = kaplan_meier(BY_HAND).table.loc[0, ["ci_low", "ci_high"]]
    power = math.exp(1.959963984540054 * math.sqrt(1 / 6) / math.log(2 / 3))
    assert (low, high) == pytest.approx(((2 / 3) ** (1 / power), (2 / 3) ** power))
    assert low < 2 / 3 < high


def test_every_column_is_that_of_r() -> None:
    expected = from_r("kaplan_meier")
    ends = small("segment_spells").assign(event=lambda rows: rows["event"].clip(upper=1))
    for kind in ("loglog", "log"):
        curve = kaplan_meier(ends, ci=kind)
        for name in ("time", "at_risk", "events", "survival", "se"):
            assert curve.table[name].tolist() == pytest.approx(expected[name], abs=1e-12)
        for name in ("ci_low", "ci_high"):
            assert curve.table[name].tolist() == pytest.approx(expected[kind][name], abs=1e-12)
        median = curve.median
        found = [median.estimate, median.ci_low, median.ci_high]
        assert found == expected[f"median_{kind}"]
    mean = restricted_mean(curve, 24)
    assert [mean.estimate, mean.se] == pytest.approx(expected["restricted_mean_24"], abs=1e-12)


@given(spells())
def test_survival_only_falls_and_stays_a_share(made: pd.DataFrame) -> None:
    table = kaplan_meier(made).table
    survival = table["survival"].to_numpy()
    assert ((survival >= 0) & (survival <= 1)).all()
    assert (np.diff(survival) <= 0).all()
    known = table.dropna()
    assert (known["ci_low"] <= known["survival"]).all()
    assert (known["survival"] <= known["ci_high"]).all()


@given(spells(least_event=1))
def test_without_censoring_or_late_entry_it_is_the_empirical_survivor_function(
    made: pd.DataFrame,
) -> None:
    table = kaplan_meier(made.assign(entry=0)).table
    shares = [(made["stop"] > time).mean() for time in table["time"]]
    assert table["survival"].tolist() == pytest.approx(shares)


@given(spells())
def test_entries_before_every_end_change_nothing(made: pd.DataFrame) -> None:
    early = kaplan_meier(made.assign(entry=0)).table
    earlier = kaplan_meier(made.assign(entry=-made.index.to_numpy(dtype=float))).table
    pd.testing.assert_frame_equal(early, earlier)


@given(spells(), st.randoms())
def test_the_order_of_rows_changes_nothing(made: pd.DataFrame, chance: object) -> None:
    mixed = made.sample(frac=1, random_state=chance.randrange(1000))
    pd.testing.assert_frame_equal(kaplan_meier(made).table, kaplan_meier(mixed).table)


@given(spells())
def test_a_second_witness_agrees(made: pd.DataFrame) -> None:
    """statsmodels keeps no exact zero after an early one, hence the tolerance."""
    table = kaplan_meier(made).table
    if not len(table):
        return
    with np.errstate(all="ignore"):
        other = SurvfuncRight(made["stop"], made["event"], entry=made["entry"])
    assert other.n_risk.tolist() == table["at_risk"].tolist()
    assert table["survival"].tolist() == pytest.approx(other.surv_prob.tolist(), abs=1e-12)


def test_an_early_end_of_the_only_one_at_risk_is_zero_for_good_without_an_interval() -> None:
    table = kaplan_meier(times((0, 1, 1), (2, 4, 1), (2, 5, 0))).table
    assert table["survival"].tolist() == [0, 0]
    assert table[["se", "ci_low", "ci_high"]].isna().all(axis=None)


def test_the_log_interval_does_not_exceed_one() -> None:
    assert kaplan_meier(BY_HAND, ci="log").table["ci_high"].iloc[0] == 1


def test_a_median_is_unknown_where_half_have_not_ended() -> None:
    assert kaplan_meier(times((0, 1, 1), (0, 2, 0), (0, 3, 0))).median.estimate is None


def test_a_curve_flat_at_one_half_has_its_median_in_the_middle() -> None:
    assert kaplan_meier(times((0, 2, 1), (0, 6, 1))).median.estimate == 4


def test_a_curve_that_ends_at_one_half_has_its_median_there() -> None:
    assert kaplan_meier(times((0, 2, 1), (0, 6, 0))).median.estimate == 2


def test_without_an_end_or_a_row_nothing_falls() -> None:
    curve = kaplan_meier(times((0, 3, 0)))
    assert curve.table.empty
    assert curve.median == Estimate(None, None, None)
    assert restricted_mean(curve, 2).estimate == 2
    empty = kaplan_meier(BY_HAND.iloc[:0])
    assert empty.table.empty
    assert restricted_mean(empty, 2) == Estimate(None, None, None)


def test_the_restricted_mean_by_hand() -> None:
    """1 up to 2, then 2/3 up to 4: 2 + 4/3; its variance (4/3)² · 1/(3·2)."""
    mean = restricted_mean(kaplan_meier(BY_HAND), 4)
    assert (mean.estimate, mean.se) == pytest.approx((10 / 3, 4 / 3 / math.sqrt(6)))
    assert mean.ci_high - mean.ci_low == pytest.approx(2 * 1.959963984540054 * mean.se)


def test_a_restricted_mean_beyond_the_last_stop_is_known_only_if_all_have_ended() -> None:
    assert restricted_mean(kaplan_meier(BY_HAND), 6) == Estimate(None, None, None)
    all_ended = restricted_mean(kaplan_meier(times((0, 2, 1), (0, 4, 1))), 6)
    assert all_ended.estimate == 3


def test_the_start_is_where_enough_are_at_risk() -> None:
    made = times((0, 1, 1), (0, 9, 0), (2, 4, 1), (3, 9, 1), (3, 8, 1))
    conditional = start_where_enough(made, least=4)
    assert conditional.index.tolist() == [1, 2, 3, 4]
    assert conditional["entry"].tolist() == [3, 3, 3, 3]
    assert kaplan_meier(conditional).start == 3
    assert start_where_enough(made, least=5).empty
    pd.testing.assert_frame_equal(start_where_enough(made, least=1), made)
    assert made["entry"].tolist() == [0, 0, 2, 3, 3]


def test_at_risk_leaves_out_who_enters_then_and_counts_who_stops_then() -> None:
    assert at_risk(BY_HAND, [0, 1, 2, 3, 5, 6]).tolist() == [0, 2, 3, 3, 2, 0]


def test_a_step_holds_from_its_own_time_on_and_nothing_is_known_after_the_end() -> None:
    table = pd.DataFrame({"time": [2.0, 5.0], "survival": [0.5, 0.25]})
    read = read_steps(table, [0, 2, 4.9, 5, 7, 7.1], {"survival": 1.0}, 7)
    assert read["survival"].tolist()[:5] == [1, 0.5, 0.5, 0.25, 0.25]
    assert math.isnan(read["survival"].iloc[5])


@pytest.mark.parametrize(
    ("bad", "column", "problem"),
    [
        ((3, 3, 1), "stop", "is not after entry"),
        ((None, 3, 1), "entry", "is blank"),
        ((0, None, 1), "stop", "is blank"),
        ((0, 3, None), "event", "is blank"),
        ((0, math.inf, 0), "stop", "is infinite"),
        ((0, 3, -1), "event", "is not 0, 1, 2 or another whole number from 0 up"),
        ((0, 3, 0.5), "event", "is not 0, 1, 2 or another whole number from 0 up"),
        ((0, 3, 2), "event", "is above 1"),
    ],
)
def test_an_impossible_row_is_named(
    bad: tuple[float, float, int], column: str, problem: str
) -> None:
    with pytest.raises(BadRow) as fault:
        kaplan_meier(times((0, 2, 1), bad, (5, 4, 7)))
    assert (fault.value.position, fault.value.column, fault.value.problem) == (1, column, problem)
    assert str(fault.value) == f"row 2 of the data, column {column}: {problem}"
