"""Base periods, the dip before entry, and shadow entrants, by hand."""

import numpy as np
import pytest

from indicators.stats.regression_to_mean.baselines import (
    base_sensitivity,
    entry_dip,
)
from indicators.stats.regression_to_mean.shadows import level_and_slope, shadows_beside


def before(dip: float = 0.0, months: int = 24) -> np.ndarray:
    """50 with a wave that sums to nothing over two months; the last half year `dip` higher or lower."""
    values = 50 + np.tile([0.5, -0.5], months // 2)
    values[-6:] += dip
    return values


def test_base_periods_by_hand() -> None:
    """Before: 10, then three months of 6, the last 4 in place of 6. After: 11."""
    values = np.array([10.0] * 21 + [6, 6, 4])
    found = base_sensitivity(values, np.array([11.0] * 12 + [99]), better=1)
    assert [e.effect for e in found.effects] == pytest.approx([7, 11 - 16 / 3, 1, 1])
    assert [(e.begins, e.ends) for e in found.effects][:2] == [(-1, -1), (-3, -1)]
    assert found.shrinkage == pytest.approx(6 / 7)
    assert found.is_likely


@pytest.mark.parametrize(
    ("last", "after", "better", "is_likely"),
    [
        (0, 4.1, 1, False),  # 4.1 against 2.1: shrinks by 0.49
        (0, 3.9, 1, True),  # 3.9 against 1.9: by 0.51
        (0, 1, 1, True),  # turns
        (4, 1, 1, False),  # unfavourable
        (4, 1, -1, True),
        (4, 1, 0, True),
        (1, 1, 1, False),  # no effect at all
    ],
)
def test_an_effect_that_shrinks_by_half_is_told(
    last: float, after: float, better: int, is_likely: bool
) -> None:
    values = np.full(24, 2.0)
    values[-1] = last
    assert base_sensitivity(values, np.full(12, after), better).is_likely is is_likely


def test_base_periods_that_the_series_does_not_reach_are_unknown() -> None:
    found = base_sensitivity(np.array([1.0, np.nan]), np.array([3.0]), 1)
    effects = [e.effect for e in found.effects]
    assert effects == pytest.approx([np.nan, 2, np.nan, np.nan], nan_ok=True)
    assert not found.is_likely


@pytest.mark.parametrize(
    ("dip", "better", "is_dip"),
    [(-3, 1, True), (3, 1, False), (3, -1, True), (-3, -1, False), (3, 0, True), (0, 1, False)],
)
def test_a_dip_is_unfavourable_and_beyond_chance(dip: float, better: int, is_dip: bool) -> None:
    found = entry_dip(before(dip), better)
    assert found is not None
    assert found.size == pytest.approx(dip)
    assert found.is_flat
    assert found.is_dip is is_dip
    # Six and six values with variance 0.3 each: 0.3162 is the standard error, 2.228 its t with 10.
    half = 2.2281 * np.sqrt(0.3 / 3)
    assert (found.ci_low, found.ci_high) == pytest.approx((dip - half, dip + half), abs=1e-3)


def test_a_fall_that_began_long_before_is_no_dip() -> None:
    found = entry_dip(before(-3) - np.arange(24), 1)
    assert found is not None
    assert (found.is_flat, found.is_dip) == (False, False)


def test_a_dip_needs_values() -> None:
    values = before(-3)
    values[-3:] = np.nan
    assert entry_dip(values, 1) is None
    assert entry_dip(before(-3)[-17:], 1) is None
    assert entry_dip(before(-3)[-18:], 1) is not None


def test_level_and_slope_by_hand() -> None:
    found = level_and_slope(np.array([np.arange(12.0), np.full(12, 4.0)]))
    assert found == pytest.approx(np.array([[10, 1], [4, 0]]))


def test_shadows_are_near_in_level_and_in_slope() -> None:
    """Levels 10 and slopes 1 but for one other each; the spread of five is 4.47 in level, 0.447 in slope."""
    entrant = np.concatenate([np.arange(12.0), [0, 0]])
    others = np.tile(entrant, (5, 1))
    others[:, 12:] = np.arange(5)[:, None]
    others[3, :12] += 10
    others[4, :12] = 10 + 2 * (np.arange(12.0) - 10)
    found = shadows_beside(entrant, others, 12)
    assert found.is_shadow.tolist() == [True, True, True, False, False]
    assert found.path[12:].tolist() == [1, 1]
    assert found.path[:12] == pytest.approx(np.arange(12.0))
    gap = others.copy()
    gap[0, 4] = np.nan
    assert shadows_beside(entrant, gap, 12).is_shadow.tolist() == [False, True, True, False, False]


def test_without_a_whole_year_before_there_is_no_shadow() -> None:
    found = shadows_beside(np.arange(14.0), np.tile(np.arange(14.0), (3, 1)), 11)
    assert not found.is_shadow.any()
    assert np.isnan(found.path).all()


def test_the_mean_path_needs_three_quarters_of_the_shadows() -> None:
    """Four shadows at 0, 1, 2 and 3 after entry: three make a mean, two none."""
    entrant = np.concatenate([np.arange(12.0), [0, 0]])
    others = np.tile(entrant, (5, 1))
    others[:, 12:] = np.arange(5)[:, None]
    others[4, :12] += 10
    others[0, 12] = others[0, 13] = others[1, 13] = np.nan
    found = shadows_beside(entrant, others, 12)
    assert found.is_shadow.tolist() == [True, True, True, True, False]
    assert found.path[12] == 2
    assert np.isnan(found.path[13])
