"""How much of what an indicator shows is the organisation, and how much noise (METHODS 8.2, 8.7)."""

from dataclasses import dataclass

import numpy as np

from indicators.stats.reliability import Reliability, spearman_brown
from indicators.stats.screen.resampling import (
    Estimate,
    FloatArray,
    Grade,
    Scored,
    not_assessable,
    organisation_weights,
    quotient,
    with_interval,
)
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds

BASELINE = 3
"""Periods of the mean whose reliability is graded (R_3)."""
FEWEST_ENTRANTS = 5
"""Entrants below which a ratio of changes has no interval."""


@dataclass(frozen=True)
class Signal:
    """`reliability` of the mean of three periods, graded; the rest says what it is made of.

    `icc`: reliability of one period. `alike`: R_3 where neighbouring periods repeat each other (AR(1)
    corrected). `needed`, `needed_alike`: periods for 0.7, both ways (None: never). `movability`: share of the
    movement within organisations that is not counting noise; None where cases are not counted.
    """

    reliability: Scored
    icc: Estimate
    alike: float
    needed: int | None
    needed_alike: int | None
    movability: float | None


def signal(found: Reliability, thresholds: Thresholds = DEFAULTS) -> Signal:
    """Grades of an estimated reliability. The interval of R_3 is that of the ICC, by the same formula.

    Strong and adequate by R_3 = 3·ICC / (1 + 2·ICC).
    """
    three = found.of(BASELINE)
    ends = (spearman_brown(icc, BASELINE) for icc in (found.ci_low, found.ci_high))
    return Signal(
        Scored(Estimate(three, *ends), _grade(three, thresholds)),
        Estimate(found.icc, found.ci_low, found.ci_high),
        found.alike(BASELINE),
        found.needed,
        found.needed_alike,
        None if found.noise is None else 1 - found.noise,
    )


def _grade(reliability: float, thresholds: Thresholds) -> Grade:
    if reliability >= thresholds.reliability_strong:
        return "strong"
    return "adequate" if reliability >= thresholds.reliability_adequate else "weak"


@dataclass(frozen=True)
class Changes:
    """Of each entrant: `unit`, its organisation numbered from 0, `observed` and `expected` change.

    Changes after entry (E,), oriented so that more is better.
    """

    unit: np.ndarray
    observed: FloatArray
    expected: FloatArray


@dataclass(frozen=True)
class Susceptibility:
    """`share` of a three-period baseline's distance from the mean that comes back by itself (1 − R_3).

    `ratio`: expected rebound / observed rebound, with its interval; None where nothing was observed.
    """

    share: Scored
    ratio: Estimate | None


def susceptibility(
    found: Signal, changes: Changes | None, thresholds: Thresholds = DEFAULTS
) -> Susceptibility:
    """How far an improvement after a low point is to be expected of an indicator without any support.

    Strong (little) to weak (much) as the grade of R_3, but weak where half the improvement seen or more was
    to be expected.
    """
    three = found.reliability.estimate
    if three is None:
        return Susceptibility(not_assessable(found.reliability.reason), None)
    ratio = None if changes is None else _ratio(changes)
    much = ratio is not None and ratio.value >= thresholds.rebound_share
    grade = "weak" if much else found.reliability.grade
    low, high = (None if end is None else 1 - end for end in (three.high, three.low))
    return Susceptibility(Scored(Estimate(1 - three.value, low, high), grade), ratio)


def _ratio(changes: Changes) -> Estimate | None:
    """Σ expected / Σ observed; None unless organisations improved, for then it is no share of anything."""
    if len(changes.observed) == 0 or changes.observed.sum() <= 0:
        return None
    whole = float(changes.expected.sum() / changes.observed.sum())
    units = int(changes.unit.max()) + 1
    if units < FEWEST_ENTRANTS:
        return Estimate(whole)
    weights = organisation_weights(units)[:, changes.unit]
    draws = quotient(weights @ changes.expected, weights @ changes.observed)
    return with_interval(whole, draws)
