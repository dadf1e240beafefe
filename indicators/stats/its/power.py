"""How large an effect a series of this length and kind would show: minimum detectable effect and power."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from scipy import stats

from indicators.stats.its.ar1 import steps_of, whiten
from indicators.stats.its.fit import FloatArray, IntArray

REPS, SEED = 2000, 20210
USUAL_POWER = 0.8
_HALVINGS = 60


@dataclass(frozen=True)
class Errors:
    """Errors about the line: correlation `phi` of neighbours, above −1 and below 1; their SD `sigma`."""

    phi: float
    sigma: float = 1.0


@dataclass(frozen=True)
class Plan:
    """What is to be fitted: `x` (n, p) of full rank, `time` (n,) in whole periods, gaps allowed, and a
    `contrast` (p,).

    The contrast is the effect in question: 1 for the level's term alone, or 1 and k for the effect after k
    periods.
    """

    x: FloatArray
    time: IntArray
    contrast: FloatArray


class Intervals(Protocol):
    """What an estimator gives for m series: both ends (m,) of the interval of the contrast (inclusive)."""

    @property
    def ci_low(self) -> FloatArray:
        """The lower ends."""

    @property
    def ci_high(self) -> FloatArray:
        """The upper ends."""


Estimator = Callable[[FloatArray], Intervals]
"""Intervals of the contrast from series (m, n). It must move with the effect: what is added to a series along
the design is added to the estimate, and nothing else changes. Every estimator of a linear model does so."""


def known_error(plan: Plan, errors: Errors) -> float:
    """Standard error of the contrast where phi and sigma of the errors are known: σ·√(c'(X'Ω⁻¹X)⁻¹c)."""
    white = whiten(plan.x, errors.phi, steps_of(plan.time))
    # The triangle of a QR decomposition keeps digits that X'Ω⁻¹X would square away.
    _, triangle = np.linalg.qr(white)
    half = np.linalg.solve(triangle.T, plan.contrast)
    return errors.sigma * float(np.sqrt(half @ half))


def detectable(se: float, alpha: float = 0.05, power: float = USUAL_POWER) -> float:
    """The effect that a two-sided test with a known standard error shows with this power: (z + z)·se."""
    return float(stats.norm.isf(alpha / 2) + stats.norm.ppf(power)) * se


def known_power(effect: float, se: float, alpha: float = 0.05) -> float:
    """Chance that the interval of an `effect` with a known standard error excludes 0, on either side."""
    ends = stats.norm.isf(alpha / 2) - effect / se, stats.norm.isf(alpha / 2) + effect / se
    return float(stats.norm.sf(ends).sum())


def pooled_detectable(tau: float, mean_se: float, entrants: int) -> float:
    """The same of the mean of so many entrants whose effects have SD `tau`: (z + z)·√((τ² + s̄²)/N)."""
    return detectable(float(np.hypot(tau, mean_se) / np.sqrt(entrants)))


def is_underpowered(effect: float, gap: float) -> bool:
    """`UNDERPOWERED`: the detectable effect is larger than the whole gap to the national median."""
    return effect > abs(gap)


@dataclass(frozen=True)
class Simulated:
    """Fits of made series without an effect, from which power at any effect can be read.

    `detectable` is the smallest effect shown in at least `power` of the `reps` series. A share near 0.8 of
    2,000 has a standard error of 0.009.
    """

    reps: int
    seed: int
    power: float
    detectable: float
    low: FloatArray = field(repr=False)
    high: FloatArray = field(repr=False)

    def power_at(self, effect: float) -> float:
        """Share of series with this effect whose interval excludes 0, either side; at 0 that is the size."""
        return _share(self.low, self.high, effect)


def simulate(
    plan: Plan, errors: Errors, estimator: Estimator, reps: int = REPS, seed: int = SEED
) -> Simulated:
    """Power of an estimator by `reps` made series (METHODS 10), and the effect shown in 80 % of them by
    bisection.

    The estimator judges series of errors alone once: an effect moves estimate and interval by itself.
    """
    return read_power(estimator(made_errors(plan.time, errors, reps, seed)), seed)


def read_power(judged: Intervals, seed: int) -> Simulated:
    """Power from the intervals of series without an effect that were made from this seed."""
    low, high = np.asarray(judged.ci_low), np.asarray(judged.ci_high)
    return Simulated(len(low), seed, USUAL_POWER, _bisect(low, high, USUAL_POWER), low, high)


def made_errors(time: IntArray, errors: Errors, reps: int, seed: int) -> FloatArray:
    """Normal errors (reps, n) on the calendar `time` (n,): correlation phi^(periods between)."""
    random = np.random.default_rng(seed)
    made = errors.sigma * random.standard_normal((reps, len(time)))
    likeness = errors.phi ** steps_of(time).gap
    for row, q in enumerate(likeness, start=1):
        made[:, row] = q * made[:, row - 1] + np.sqrt(1 - q**2) * made[:, row]
    return made


def _share(low: FloatArray, high: FloatArray, effect: float) -> float:
    return float(((low + effect > 0) | (high + effect < 0)).mean())


def _bisect(low: FloatArray, high: FloatArray, power: float) -> float:
    """The smallest effect above 0 that enough intervals show, as they do at the largest distance to 0."""
    below, above = 0.0, 2 * float(np.abs(low).max())
    for _ in range(_HALVINGS):
        middle = (below + above) / 2
        if _share(low, high, middle) < power:
            below = middle
        else:
            above = middle
    return above
