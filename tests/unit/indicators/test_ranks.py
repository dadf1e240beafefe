"""Ranks with intervals: certain where values are far apart, open where they are not; the same every time."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from indicators.stats.ranks import rank_intervals, rankability, share_errors


def series(values) -> pd.Series:
    return pd.Series(
        list(values), index=[f"R{place:02}" for place in range(len(values))], dtype=float
    )


def test_values_far_apart_have_one_rank_each() -> None:
    found = rank_intervals(series([10, 40, 30, 20]), series([0.1] * 4))
    assert found["unit"].tolist() == ["R00", "R01", "R02", "R03"]
    for column in ("rank_low", "rank_mid", "rank_high"):
        assert found[column].tolist() == [4, 1, 2, 3]
    assert found["p_top"].tolist() == [0, 1, 0, 0]
    assert found["p_bottom"].tolist() == [1, 0, 0, 0]


def test_less_is_better_where_it_is() -> None:
    found = rank_intervals(series([10, 40, 30, 20]), series([0.1] * 4), better="lower")
    assert found["rank_mid"].tolist() == [1, 4, 3, 2]


@pytest.mark.parametrize("error", [0.0, 3.0])
def test_equal_values_could_stand_anywhere(error: float) -> None:
    found = rank_intervals(series([70] * 32), series([error] * 32))
    assert set(found["rank_low"]) == {1}
    assert set(found["rank_high"]) == {32}
    assert found["rank_mid"].between(15, 18).all()
    assert found["p_top"].to_numpy() == pytest.approx(0.25, abs=0.02)
    assert found["p_bottom"].to_numpy() == pytest.approx(0.25, abs=0.02)


def test_two_units_change_places_as_often_as_the_normal_distribution_says() -> None:
    """P(y₁ > y₂) = Φ((1 − 0) / √2) = 0.7602 for means 1 and 0 with errors of 1; the other two are apart."""
    found = rank_intervals(series([1, 0, -100, -200]), series([1.0] * 4)).set_index("unit")
    assert found.loc["R00", "p_top"] == pytest.approx(0.7602, abs=0.013)
    assert (found.loc["R00", "rank_low"], found.loc["R00", "rank_high"]) == (1, 2)


def test_an_uncertain_unit_has_the_widest_interval() -> None:
    found = rank_intervals(series(range(20)), series([0.5] * 10 + [30] + [0.5] * 9))
    width = found["rank_high"] - found["rank_low"]
    assert width.idxmax() == 10
    assert width[10] >= 18


def test_the_same_data_give_the_same_numbers() -> None:
    values, errors = series([5, 6, 7, 8, 9]), series([1, 2, 1, 2, 1])
    pd.testing.assert_frame_equal(rank_intervals(values, errors), rank_intervals(values, errors))
    moved = rank_intervals(values * 1000 + 7, errors * 1000)
    assert moved["rank_mid"].tolist() == rank_intervals(values, errors)["rank_mid"].tolist()


@given(
    some.lists(some.tuples(some.integers(-50, 50), some.integers(1, 20)), min_size=4, max_size=12),
    some.integers(1, 60),
)
def test_a_better_value_never_makes_a_worse_rank(units, gain) -> None:
    values, errors = (series(column) for column in zip(*units, strict=True))
    before = rank_intervals(values, errors, draws=2000).iloc[0]
    better = values.copy()
    better.iloc[0] += gain
    after = rank_intervals(better, errors, draws=2000).iloc[0]
    # The draws are the same; only the rounding of single numbers differs.
    assert after["p_top"] >= before["p_top"] - 0.002
    assert after["p_bottom"] <= before["p_bottom"] + 0.002
    assert after["rank_mid"] <= before["rank_mid"] + 1


@given(
    some.lists(some.tuples(some.integers(-50, 50), some.integers(0, 20)), min_size=1, max_size=30)
)
def test_intervals_are_in_order_and_within_the_number_of_units(units) -> None:
    values, errors = (series(column) for column in zip(*units, strict=True))
    found = rank_intervals(values, errors, draws=500)
    assert (found["rank_low"] >= 1).all()
    assert (found["rank_low"] <= found["rank_mid"]).all()
    assert (found["rank_mid"] <= found["rank_high"]).all()
    assert (found["rank_high"] <= len(units)).all()
    quarter = len(units) // 4
    assert found["p_top"].sum() == pytest.approx(quarter)
    assert found["p_bottom"].sum() == pytest.approx(quarter)


def test_rankability_is_the_share_of_the_spread_that_is_not_chance() -> None:
    """Variance of 1, 2, 3, 4, 5 is 2.5; less the mean of s² = 0.5 leaves τ² = 2; 2 / (2 + 0.5) = 0.8."""
    values, errors = series([1, 2, 3, 4, 5]), series([np.sqrt(0.5)] * 5)
    assert rankability(values, errors) == pytest.approx(0.8)
    assert rankability(values, errors * 3) == 0.0
    assert rankability(values, errors * 0) == 1.0
    assert rankability(values * 0, errors) == 0.0


def test_the_median_error_counts_in_rankability() -> None:
    """s² = 0, 0, 3: mean 1, median 0; variance of 0, 3, 6 is 9, so τ² = 8 and all of it is kept."""
    assert rankability(series([0, 3, 6]), series([0, 0, np.sqrt(3)])) == 1.0


def test_errors_of_shares_count_two_more_on_each_side() -> None:
    """(48 + 2) / (96 + 4) = ½, so √(¼ / 100) = 0.05; none of five: p = 2/9, √(2/9 · 7/9 / 9)."""
    found = share_errors(series([48, 0]), series([96, 5]))
    assert found.tolist() == pytest.approx([0.05, np.sqrt(2 / 9 * 7 / 9 / 9)])
