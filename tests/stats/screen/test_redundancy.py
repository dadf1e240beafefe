"""Clusters of indicators by hand and by property; against R in tests/published."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from indicators.stats.screen.redundancy import (
    correlation_interval,
    less_period,
    redundancy,
    representatives,
)
from indicators.stats.screen.thresholds import Thresholds

RANDOM = np.random.default_rng(8)


def made() -> np.ndarray:
    """0 and 2 go together (2 the other way round), 1 and 3 alone."""
    one, two, three = RANDOM.normal(0, 1, (3, 200))
    return np.column_stack([one, two, -one + RANDOM.normal(0, 0.2, 200), three])


def test_what_goes_together_whichever_way_is_one_cluster() -> None:
    found = redundancy(made())
    assert found.cluster.tolist() == [1, 2, 1, 3]
    assert found.rank_correlation[0, 2] < -0.9
    assert found.heights[0] == pytest.approx(1 + found.rank_correlation[0, 2])


def test_the_cut_can_be_moved() -> None:
    assert redundancy(made(), Thresholds(cluster_cut=0.001)).cluster.tolist() == [1, 2, 3, 4]
    assert redundancy(made(), Thresholds(cluster_cut=1.0)).cluster.tolist() == [1, 1, 1, 1]


def test_hardly_shared_is_far_apart() -> None:
    residuals = np.full((30, 2), np.nan)
    residuals[:20, 0], residuals[11:, 1] = np.arange(20.0), np.arange(19.0)
    found = redundancy(residuals)
    assert found.rank_correlation[0, 1] == 0.0
    assert found.cluster.tolist() == [1, 2]


def test_period_means_are_taken_out_where_values_are() -> None:
    found = less_period(np.array([[1.0], [3.0], [10.0], [np.nan]]), np.array([0, 0, 1, 1]))
    assert found[:3, 0].tolist() == [-1.0, 1.0, 0.0]
    assert np.isnan(found[3, 0])


def test_the_most_reliable_stands_for_a_cluster_then_the_soonest() -> None:
    found = representatives(
        np.array([1, 1, 2, 2, 3]),
        np.array([0.7, 0.9, 0.8, 0.8, np.nan]),
        np.array([10.0, 90.0, 60.0, 30.0, np.nan]),
    )
    assert found == {1: 1, 2: 3, 3: 4}


def test_interval_of_a_correlation_allows_for_organisations() -> None:
    """Figures of an organisation that repeat themselves are no further evidence."""
    once = RANDOM.normal(0, 1, (2, 40))
    first, second = once[0], once[0] + once[1]
    alone = correlation_interval(first, second, range(40))
    repeated = correlation_interval(
        *(np.repeat(one, 10) for one in (first, second)), np.repeat(np.arange(40), 10).tolist()
    )
    assert alone.value == pytest.approx(spearmanr(first, second).statistic)
    assert repeated.value == pytest.approx(alone.value)
    assert (repeated.low, repeated.high) == pytest.approx((alone.low, alone.high), abs=1e-6)
    assert np.isnan(correlation_interval(first[:9], second[:9], range(9)).value)
