"""Matching on the time before entry, by hand."""

import numpy as np
import pytest

from indicators.stats.matching import before_entry, match, standardised_differences


def test_level_and_slope_leave_the_last_quarter_out() -> None:
    """Entry in month 40: the level is of 28 to 36, the slope of 13 to 36; 37 to 39 are the fall."""
    count = np.arange(1, 61)
    rising = 2.0 * count
    rising[36:39] = -500.0
    rising[39:] = 900.0
    gaps = rising.copy()
    gaps[28:36] = np.nan
    level, slope = before_entry(np.column_stack([rising, gaps]), count, 40, 12)
    assert level == pytest.approx([64.0, np.nan], nan_ok=True)
    assert slope == pytest.approx([2.0, 2.0])


def test_the_nearest_within_the_caliper() -> None:
    """Slopes 0 to 4 beside 0; the caliper is a quarter of their standard deviation, 1.581."""
    pool = np.column_stack(
        [[0.0, 0.1, -0.2, 0.3, 0.35, 0.38, 4.0, 4.0], [5.0, 1, 2, 3, 4, 6, 0, 0]]
    )
    found = match(np.zeros(2), pool, 0, 3)
    near = np.abs(pool[:, 0]) <= 0.25 * pool[:, 0].std(ddof=1)
    assert found.near.tolist() == near.tolist()
    inverse = np.linalg.inv(np.cov(pool.T))
    apart = np.array([np.sqrt(row @ inverse @ row) for row in pool])
    order = sorted(np.flatnonzero(near), key=lambda place: apart[place])
    assert list(found.places) == order[:3]
    assert not found.is_wide


def test_too_few_within_the_caliper_gives_the_five_nearest_by_slope() -> None:
    pool = np.array([[5.0], [1.0], [2.0], [3.0], [4.0], [6.0]])
    found = match(np.zeros(1), pool, 0, 10)
    assert found.is_wide
    assert found.places == (1, 2, 3, 4, 0)


def test_differences_are_in_standard_deviations_of_the_pool() -> None:
    pool = np.array([[1.0], [2.0], [3.0]])
    assert standardised_differences(np.array([4.0]), pool, pool[:2]) == pytest.approx([2.5])
    same = np.ones((3, 1))
    assert np.isnan(standardised_differences(np.array([4.0]), same, same)).all()
