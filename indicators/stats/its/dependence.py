"""Tests of whether the residuals of a regression depend on those of periods before (METHODS 1.8)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from indicators.stats.its.fit import FloatArray

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class LagTest:
    """A test of the residuals up to `lag`: its statistic, chi-squared with as many degrees if independent."""

    lag: int
    statistic: float
    p: float


def longest_lag(n: int) -> int:
    """How far the tests look back: 12 periods, or a quarter of the points where that is less."""
    return max(1, min(12, n // 4))


def lagged(residuals: FloatArray, time: Counts, lag: int) -> FloatArray:
    """For each period (n,) the residual `lag` periods of the calendar before; NaN where there is none."""
    found = np.full(len(time), np.nan)
    place = np.searchsorted(time, time - lag)
    is_there = time[np.minimum(place, len(time) - 1)] == time - lag
    found[is_there] = residuals[place[is_there]]
    return found


def autocorrelations(residuals: FloatArray, time: Counts, lags: int) -> FloatArray:
    """Autocorrelations (lags,) at 1, 2 … periods apart, from pairs of periods that are there."""
    from_mean = residuals - residuals.mean()
    total = float(from_mean @ from_mean)
    pairs = [np.nansum(from_mean * lagged(from_mean, time, lag)) for lag in range(1, lags + 1)]
    return np.array(pairs, dtype=np.float64) / total


def partial_autocorrelations(correlations: FloatArray) -> FloatArray:
    """Partial autocorrelations (k,) of autocorrelations (k,), by Durbin and Levinson's recursion."""
    found: list[float] = []
    weights = np.empty(0)
    for place, correlation in enumerate(correlations):
        earlier = correlations[:place]
        last = (correlation - weights @ earlier[::-1]) / (1 - weights @ earlier)
        weights = np.append(weights - last * weights[::-1], last)
        found.append(float(last))
    return np.array(found)


def ljung_box(residuals: FloatArray, time: Counts, lag: int) -> LagTest:
    """Ljung and Box's Q up to a lag."""
    n = len(residuals)
    squares = autocorrelations(residuals, time, lag) ** 2
    statistic = float(n * (n + 2) * (squares / (n - np.arange(1, lag + 1))).sum())
    return LagTest(lag, statistic, float(stats.chi2.sf(statistic, lag)))


def breusch_godfrey(residuals: FloatArray, x: FloatArray, time: Counts, lag: int) -> LagTest:
    """Breusch and Godfrey's LM = n·R² of residuals (n,) on x (n, p) and residuals before, unknown ones 0."""
    before = [np.nan_to_num(lagged(residuals, time, k)) for k in range(1, lag + 1)]
    design = np.column_stack([x, *before])
    left = residuals - design @ np.linalg.lstsq(design, residuals, rcond=None)[0]
    statistic = len(residuals) * (1 - float(left @ left) / float(residuals @ residuals))
    return LagTest(lag, statistic, float(stats.chi2.sf(statistic, lag)))


def durbin_watson(residuals: FloatArray, time: Counts) -> float:
    """Durbin and Watson's statistic: 2 under independence, from neighbouring periods."""
    steps = residuals - lagged(residuals, time, 1)
    return float(np.nansum(steps**2) / (residuals @ residuals))
