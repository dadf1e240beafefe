"""Medians and their intervals by order statistics, against the printed table and by simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy import stats

from indicators.stats.medians import median_of


@pytest.mark.parametrize(
    ("number", "rank"), [(6, 1), (8, 1), (9, 2), (11, 2), (12, 3), (20, 6), (25, 8), (50, 18)]
)
def test_the_interval_runs_between_the_ranks_of_the_sign_test_table(number, rank) -> None:
    """Dixon and Mood's critical values of the sign test at 5 %, one more: 5 of 20 gives the 6th."""
    found = median_of(np.arange(1.0, number + 1))
    assert (found.low, found.high) == (rank, number + 1 - rank)
    assert found.number == number


@pytest.mark.parametrize("number", range(1, 6))
def test_five_values_or_fewer_have_no_interval(number) -> None:
    found = median_of(np.arange(float(number)))
    assert (found.value, found.low, found.high) == ((number - 1) / 2, None, None)


def test_no_values_have_no_median() -> None:
    with pytest.raises(ValueError, match="at least one"):
        median_of(np.array([]))


@given(some.integers(6, 400))
def test_the_interval_covers_enough_and_the_next_narrower_one_does_not(number) -> None:
    rank = median_of(np.arange(1.0, number + 1)).low
    assert 2 * stats.binom.cdf(rank - 1, number, 0.5) <= 0.05
    assert 2 * stats.binom.cdf(rank, number, 0.5) > 0.05


@given(some.lists(some.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_the_median_lies_in_its_interval_whatever_the_order(values) -> None:
    found = median_of(np.array(values))
    assert found == median_of(np.array(values[::-1]))
    if found.low is not None:
        assert found.low <= found.value <= found.high
