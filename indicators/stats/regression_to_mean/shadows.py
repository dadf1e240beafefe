"""Shadow entrants: never in a programme, but with a year like that of an entrant before it (METHODS 6.2)."""

from dataclasses import dataclass

import numpy as np

from indicators.stats.regression_to_mean.windows import BoolArray, FloatArray

CLOSE = 0.25
"""A shadow is this near, in standard deviations of all that could be one, in level and in slope."""
MONTHS, LAST = 12, 3
_ENOUGH = 0.75


@dataclass(frozen=True)
class Shadows:
    """`is_shadow` (M,) of those that could be; `path` (T,) their mean by period, NaN without a shadow.

    NaN too where under three quarters of them have a value, so that no step comes of who is missing.
    """

    is_shadow: BoolArray
    path: FloatArray


def level_and_slope(year: FloatArray) -> FloatArray:
    """Mean of the last 3 months, and slope a month of all 12 (least squares): (n, 12) to (n, 2)."""
    steps = np.arange(MONTHS) - (MONTHS - 1) / 2
    slope = year @ (steps / (steps**2).sum())
    return np.column_stack([year[:, -LAST:].mean(axis=1), slope])


def shadows_beside(entrant: FloatArray, others: FloatArray, first: int) -> Shadows:
    """Shadows of one entrant among those never in a programme, in the same calendar months.

    `entrant` (T,), `others` (M, T) by month, NaN where missing; `first` the first month inside. Near is
    within 0.25 standard deviations (of all others with a whole year) in level and in slope.
    """
    begins = first - MONTHS
    if begins < 0:
        return Shadows(np.zeros(len(others), bool), np.full(len(entrant), np.nan))
    theirs = level_and_slope(others[:, begins:first])
    mine = level_and_slope(entrant[None, begins:first])
    known = np.isfinite(theirs).all(axis=1)
    spread = theirs[known].std(axis=0, ddof=1) if known.sum() > 1 else np.zeros(2)
    # A comparison with what is missing is never true.
    is_shadow = np.asarray((np.abs(theirs - mine) <= CLOSE * spread).all(axis=1))
    return Shadows(is_shadow, _mean_path(others[is_shadow]))


def _mean_path(paths: FloatArray) -> FloatArray:
    known = np.isfinite(paths)
    count = known.sum(axis=0)
    total = np.where(known, paths, 0.0).sum(axis=0)
    is_enough = count >= max(1, int(np.ceil(_ENOUGH * len(paths))))
    return np.where(is_enough, total / np.maximum(count, 1), np.nan)
