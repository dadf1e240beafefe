"""Matching comparators on the time before entry by level, slope and size, and their balance (METHODS 2)."""

from dataclasses import dataclass

import numpy as np

from indicators.stats.its.fit import FloatArray, IntArray

CALIPER = 0.25
"""Standard deviations of the pool that a comparator's slope may be from that of the one that entered."""
BALANCED = 0.25
"""Standardised difference below which a trait counts as balanced."""
FEWEST = 5
"""Comparators that are taken even where fewer lie within the caliper."""
_LEAST_FILLED = 0.5


@dataclass(frozen=True)
class Matched:
    """`places` (from 0) in the pool, nearest first; which of the pool (J,) are `near`, within the caliper.

    `is_wide`: fewer than five were, so that the five nearest by slope were taken in their place.
    """

    places: tuple[int, ...]
    near: np.ndarray
    is_wide: bool


def before_entry(
    values: FloatArray, count: IntArray, entry: int, per_year: int
) -> tuple[FloatArray, FloatArray]:
    """Level and slope per period of each series (n, J) before entry; NaN where too few values are known.

    The last quarter of a year before entry is left out of both, as organisations enter at a low point. The
    level is the mean of the rest of the last year (of half of it at least), the slope that of a straight line
    over two whole years, or what there is of them: five months or three quarters at least.
    """
    last = entry - per_year // 4
    year = values[(count >= entry - per_year) & (count < last)]
    level = np.array([_mean(series, per_year - per_year // 4) for series in year.T])
    inside = (count >= last - 2 * per_year) & (count < last)
    slope = np.array([_slope(one, count[inside], 3 + per_year // 6) for one in values[inside].T])
    return level, slope


def _mean(series: FloatArray, expected: int) -> float:
    known = series[~np.isnan(series)]
    return float(known.mean()) if len(known) >= _LEAST_FILLED * expected else np.nan


def _slope(series: FloatArray, count: IntArray, least: int) -> float:
    known = ~np.isnan(series)
    if known.sum() < least:
        return np.nan
    return float(np.polyfit(count[known] - count[0], series[known], 1)[0])


def match(own: FloatArray, pool: FloatArray, slope: int, number: int) -> Matched:
    """The `number` nearest of the pool (J, k) to `own` (k,) by Mahalanobis distance, within the caliper.

    `slope` is the column of the slope. Where two are as near the earlier in the pool is taken.
    """
    apart = np.abs(pool[:, slope] - own[slope])
    near = apart <= CALIPER * pool[:, slope].std(ddof=1)
    is_wide = int(near.sum()) < min(FEWEST, len(pool))
    if is_wide:
        near = np.isin(np.arange(len(pool)), np.argsort(apart, kind="stable")[:FEWEST])
    gaps = pool - own
    spread = np.atleast_2d(np.cov(pool, rowvar=False))
    distance = np.sqrt(np.einsum("jk,kl,jl->j", gaps, np.linalg.pinv(spread), gaps))
    order = np.argsort(np.where(near, distance, np.inf), kind="stable")
    places = tuple(int(place) for place in order[: min(number, int(near.sum()))])
    return Matched(places, near, is_wide)


def standardised_differences(own: FloatArray, pool: FloatArray, chosen: FloatArray) -> FloatArray:
    """`own` (k,) less the mean of the chosen (m, k), in standard deviations of the pool (J, k).

    NaN where all of the pool are the same.
    """
    spread = pool.std(axis=0, ddof=1)
    apart = own - chosen.mean(axis=0)
    found = np.divide(apart, spread, out=np.full(len(own), np.nan), where=spread > 0)
    return np.asarray(found, dtype=np.float64)
