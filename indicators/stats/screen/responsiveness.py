"""Whether an indicator moves when an organisation enters or leaves the programme (METHODS 8.3)."""

from dataclasses import dataclass

import numpy as np

from indicators.stats.screen.resampling import (
    Estimate,
    FloatArray,
    IntArray,
    Scored,
    not_assessable,
    organisation_weights,
    quotient,
    with_interval,
)
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds


@dataclass(frozen=True)
class PooledEffect:
    """A pooled effect as METHODS 4.2 iii gives it, in the indicator's unit, oriented so that more is better.

    `se`: standard error; it and the interval hold that entrants share controls, so that they are never
    narrower than Knapp and Hartung's. `tau`: standard deviation of effects between the `units` effects.
    `favourable`: share of them whose own interval is favourable.
    """

    estimate: Estimate
    se: float
    tau: float
    favourable: float
    units: int


@dataclass(frozen=True)
class Effect:
    """What `entrants` did: their `pooled` effect and the `excess` of their change over the expected rebound.

    The excess is in the indicator's unit, oriented, with its bootstrap interval. Either is None where it
    could not be judged.
    """

    entrants: int
    excess: Estimate | None
    pooled: PooledEffect | None = None


@dataclass(frozen=True)
class Standardised:
    """A pooled effect in standard deviations between organisations; `z` = effect / its standard error."""

    effect: Estimate
    z: float
    tau: float
    favourable: float
    units: int


@dataclass(frozen=True)
class Responsiveness:
    """`excess` over the expected rebound, in standard deviations between organisations, graded.

    `pooled`: the pooled effect in the same unit, None where there is none. `srm`: standardised response mean,
    None where fewer than three entrants have both windows.
    """

    excess: Scored
    pooled: Standardised | None
    entrants: int
    srm: Estimate | None


def responsiveness(
    effect: Effect, spread: float, srm: Estimate | None = None, thresholds: Thresholds = DEFAULTS
) -> Responsiveness:
    """Grades of an effect; `spread` is the standard deviation between organisations.

    Strong: the excess interval lies above 0. Adequate: that of the pooled effect does, and the excess is
    above 0 but its interval is not. Weak: neither. Not assessable: no excess, under eight entrants, or no
    spread to measure by.
    """
    return Responsiveness(
        _graded(effect, spread, thresholds),
        standardised(effect.pooled, spread),
        effect.entrants,
        srm,
    )


def standardised(one: PooledEffect | None, spread: float) -> Standardised | None:
    """A pooled effect in units of `spread`; None where there is none, or nothing to measure it by."""
    if one is None or spread <= 0 or one.se <= 0:
        return None
    z = one.estimate.value / one.se
    tau = one.tau / spread
    return Standardised(scaled(one.estimate, spread), z, tau, one.favourable, one.units)


def scaled(estimate: Estimate, spread: float) -> Estimate:
    """An estimate in units of `spread`."""
    ends = (None if end is None else end / spread for end in (estimate.low, estimate.high))
    return Estimate(estimate.value / spread, *ends)


def _graded(effect: Effect, spread: float, thresholds: Thresholds) -> Scored:
    if effect.entrants < thresholds.entrants:
        return not_assessable(
            f"entrants that can be judged: {effect.entrants}, at least {thresholds.entrants} are needed"
        )
    if effect.excess is None:
        return not_assessable("the expected rebound could not be estimated")
    if spread <= 0:
        return not_assessable("organisations do not differ, so there is nothing to measure it by")
    excess = scaled(effect.excess, spread)
    if _is_above_0(effect.excess):
        return Scored(excess, "strong")
    is_clear = effect.pooled is not None and _is_above_0(effect.pooled.estimate)
    return Scored(excess, "adequate" if is_clear and effect.excess.value > 0 else "weak")


def _is_above_0(estimate: Estimate) -> bool:
    return estimate.low is not None and estimate.low > 0


def standardised_response(change: FloatArray, unit: IntArray | None = None) -> Estimate | None:
    """Mean change / standard deviation of changes (n − 1), and its interval; None with under three changes.

    `change` (E,): months 7–12 after entry less months 12–4 before it, oriented; `unit` (E,): the organisation
    of each, numbered from 0, each its own if not given. Also None where all changes are the same.
    """
    if len(change) < 3 or np.ptp(change) == 0:
        return None
    unit = np.arange(len(change)) if unit is None else unit
    weights = organisation_weights(int(unit.max()) + 1)[:, unit]
    value = float(change.mean() / change.std(ddof=1))
    return with_interval(value, _response_draws(change, weights))


def _response_draws(change: FloatArray, weights: FloatArray) -> FloatArray:
    number = weights.sum(axis=1)
    mean = quotient(weights @ change, number)
    squares = (weights * (change - mean[:, None]) ** 2).sum(axis=1)
    # A draw of one entrant over and over has no spread but for rounding.
    spread = np.sqrt(quotient(squares, number - 1))
    return quotient(mean, np.where(spread > 1e-9 * np.ptp(change), spread, 0.0))
