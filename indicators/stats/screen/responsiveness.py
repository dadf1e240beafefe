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
class Effect:
    """A pooled effect as METHODS 4.2 iii gives it, in the indicator's unit, oriented so that more is better.

    `se`: standard error; the interval is Knapp and Hartung's. `excess`: what is left of the entrants' change
    once the expected rebound is taken off, with its bootstrap interval; None where it could not be judged
    (and always for exits). `tau`: standard deviation of effects between entrants. `favourable`: share of
    entrants whose own interval is favourable. `entrants`: how many are pooled.
    """

    estimate: Estimate
    se: float
    tau: float
    favourable: float
    entrants: int
    excess: Estimate | None = None


@dataclass(frozen=True)
class Responsiveness:
    """`excess` over the expected rebound, in standard deviations between organisations, graded.

    `standardised`: the pooled effect in the same unit; `z` = effect / its standard error. `srm`: standardised
    response mean, None where fewer than three entrants have both windows.
    """

    excess: Scored
    standardised: Estimate
    z: float
    tau: float
    favourable: float
    entrants: int
    srm: Estimate | None


def responsiveness(
    effect: Effect, spread: float, srm: Estimate | None = None, thresholds: Thresholds = DEFAULTS
) -> Responsiveness:
    """Grades of a pooled effect; `spread` > 0 is the standard deviation between organisations.

    Strong: the excess interval lies above 0. Adequate: that of the pooled effect does, and the excess is
    above 0 but its interval is not. Weak: neither. Not assessable: no excess, or under eight entrants.
    """
    return Responsiveness(
        _graded(effect, spread, thresholds),
        scaled(effect.estimate, spread),
        effect.estimate.value / effect.se if effect.se > 0 else float("nan"),
        effect.tau / spread,
        effect.favourable,
        effect.entrants,
        srm,
    )


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
    excess = scaled(effect.excess, spread)
    if _is_above_0(effect.excess):
        return Scored(excess, "strong")
    is_adequate = _is_above_0(effect.estimate) and effect.excess.value > 0
    return Scored(excess, "adequate" if is_adequate else "weak")


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
