"""How well an indicator tells organisations apart: reliability of the mean of one or several periods.

Formulas: `docs/methods/library.md` (intraclass correlation, Spearman and Brown's formula).
"""

from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd

from indicators.stats.spc import Floats, Ints
from indicators.stats.variance_components import Components, bootstrap_icc, components_of

WANTED = 0.7
"""Reliability from which a difference between organisations can be used."""
FEWEST_UNITS, FEWEST_PERIODS = 5, 6
"""With fewer, variances are not estimated."""
_DRAWS, _SEED = 500, 20211
_ENDS = (0.025, 0.975)
_LEAST_ICC = 1e-6
_MOST_LIKE = 0.99


class TooLittle(ValueError):
    """Too few organisations or periods, or no variation: the message says so to a reader."""


@dataclass(frozen=True)
class Reliability:
    """Reliability of an indicator among `units` over `periods`, from `points` values.

    `icc` with its 95 % interval (`ci_low`, `ci_high`) is the reliability of one period. `likeness` is the
    correlation of neighbouring periods within units, from 0 to 0.99. `trend` is the share of the variation
    within units that lies on straight lines of their own. `noise` is the share of it that chance alone makes
    in counting cases; None where the indicator is no share of cases.
    """

    units: int
    periods: int
    points: int
    icc: float
    ci_low: float
    ci_high: float
    likeness: float
    trend: float
    noise: float | None

    def of(self, k: float) -> float:
        """Reliability of the mean of `k` periods that vary independently: k·ICC / (1 + (k − 1)·ICC)."""
        return spearman_brown(self.icc, k)

    def alike(self, k: float) -> float:
        """The same where neighbouring periods are alike, so that `k` are worth fewer."""
        return spearman_brown(self.icc, self.worth(k))

    def worth(self, k: float) -> float:
        """How many independent periods `k` neighbouring ones are worth: k(1 − φ)/(1 + φ), at least one."""
        return max(1.0, k * self._each)

    @property
    def needed(self) -> int | None:
        """Periods for reliability 0.7, if they vary independently; None where nothing lies between units."""
        return self._periods_for(1.0)

    @property
    def needed_alike(self) -> int | None:
        """The same where neighbouring periods are alike."""
        return self._periods_for(self._each)

    @property
    def _each(self) -> float:
        return (1 - self.likeness) / (1 + self.likeness)

    def _periods_for(self, each: float) -> int | None:
        if self.icc < _LEAST_ICC:
            return None
        count = WANTED * (1 - self.icc) / ((1 - WANTED) * self.icc)
        return 1 if count <= 1 else ceil(count / each - 1e-9)


def spearman_brown(icc: float, k: float) -> float:
    """Reliability of the mean of `k` equally good measurements, each of reliability `icc`."""
    return k * icc / (1 + (k - 1) * icc)


def reliability(values: pd.DataFrame) -> Reliability:
    """Reliability of `unit, period, value` and `chance`, a row per unit and period.

    `period` counts periods as whole numbers, so that neighbours differ by 1. `chance` is the variance of the
    value by chance alone (p(1 − p)/n), blank where there is none. Period means are taken out. Variances
    by REML; the interval from 500 samples of units, percentile. TooLittle below five units or six periods.
    """
    unit = pd.factorize(values["unit"])[0].astype(np.int64)
    period = values["period"].to_numpy(dtype=np.int64)
    value = values["value"].to_numpy(dtype=float)
    units, periods = len(np.unique(unit)), len(np.unique(period))
    _refuse(units, periods, value)
    found = components_of(unit, period, value)
    draws = bootstrap_icc(unit, found.left, periods, _DRAWS, _SEED)
    low, high = np.quantile(draws, _ENDS)
    inner = _inner(unit, found.left)
    return Reliability(
        units,
        periods,
        len(value),
        found.icc,
        float(low),
        float(high),
        _likeness(unit, period, inner),
        _trend(unit, period, inner),
        _noise(values["chance"], found),
    )


def _refuse(units: int, periods: int, value: Floats) -> None:
    if units < FEWEST_UNITS:
        raise TooLittle(f"organisations with values: {units}, at least {FEWEST_UNITS} are needed")
    if periods < FEWEST_PERIODS:
        raise TooLittle(f"periods with values: {periods}, at least {FEWEST_PERIODS} are needed")
    if np.ptp(value) == 0:
        raise TooLittle("all values are the same")


def _inner(unit: Ints, left: Floats) -> Floats:
    """What is left of each value once its unit's mean is taken out too."""
    return np.asarray(left - (np.bincount(unit, left) / np.bincount(unit))[unit])


def _likeness(unit: Ints, period: Ints, inner: Floats) -> float:
    """Σ e(t)·e(t+1) over pairs of neighbours, divided by the mean of their two sums of squares."""
    order = np.lexsort((period, unit))
    unit, period, inner = unit[order], period[order], inner[order]
    pair = (np.diff(unit) == 0) & (np.diff(period) == 1)
    first, second = inner[:-1][pair], inner[1:][pair]
    squares = (first @ first + second @ second) / 2
    return float(np.clip(first @ second / squares, 0.0, _MOST_LIKE)) if squares > 0 else 0.0


def _trend(unit: Ints, period: Ints, inner: Floats) -> float:
    """Share of Σ e² that straight lines over time, one a unit, take up."""
    away = period - (np.bincount(unit, period) / np.bincount(unit))[unit]
    spread, joint = np.bincount(unit, away**2), np.bincount(unit, away * inner)
    taken = (joint**2 / np.where(spread > 0, spread, 1.0))[spread > 0].sum()
    return float(taken / (inner @ inner)) if inner @ inner > 0 else 0.0


def _noise(chance: pd.Series, found: Components) -> float | None:
    if chance.isna().all() or found.within <= 0:
        return None
    return float(min(1.0, chance.mean() / found.within))
