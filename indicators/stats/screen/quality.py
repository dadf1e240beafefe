"""Whether there are figures enough to judge an indicator, and how soon they come (METHODS 8.1)."""

from dataclasses import dataclass

import numpy as np

from indicators.stats.screen.resampling import (
    Estimate,
    FloatArray,
    Scored,
    not_assessable,
    organisation_weights,
    quotient,
    with_interval,
)
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds


@dataclass(frozen=True)
class Figures:
    """What is known of an indicator's figures, organisation by organisation (each array (N,)).

    `eligible`: organisation-periods of which a figure could be expected; `present`: those with one;
    `suppressed`: those withheld by the publisher; `small`: those with a figure whose denominator is below the
    least that is asked for. `months`: from the first period to the end of the last. `breaks`: changes of
    definition in that time.
    """

    eligible: FloatArray
    present: FloatArray
    suppressed: FloatArray
    small: FloatArray
    months: int
    breaks: int


@dataclass(frozen=True)
class Quality:
    """`coverage` and its interval, shares `suppressed` and with a `small` denominator, and the gate."""

    coverage: Scored
    suppressed: float
    small: float
    breaks_a_year: float
    months: int
    passes: bool


def quality(figures: Figures, thresholds: Thresholds = DEFAULTS) -> Quality:
    """Coverage = figures present / organisation-periods eligible, and whether the gate is passed.

    The gate asks for coverage and for months. Figures with small denominators count as absent.
    """
    eligible = float(figures.eligible.sum())
    useful = figures.present - figures.small
    share = _share(useful, eligible)
    passes = share >= thresholds.coverage and figures.months >= thresholds.months
    return Quality(
        _coverage(figures, useful, passes),
        _share(figures.suppressed, eligible),
        _share(figures.small, float(figures.present.sum())),
        12 * figures.breaks / figures.months if figures.months else 0.0,
        figures.months,
        passes,
    )


def _share(part: FloatArray, whole: float) -> float:
    return float(part.sum()) / whole if whole else 0.0


def _coverage(figures: Figures, useful: FloatArray, passes: bool) -> Scored:
    if not figures.eligible.sum():
        return not_assessable("no figure could be expected of any organisation")
    weights = organisation_weights(len(useful))
    draws = quotient(weights @ useful, weights @ figures.eligible)
    found = with_interval(float(useful.sum() / figures.eligible.sum()), draws)
    return Scored(found, "adequate" if passes else "weak")


def timeliness(days: FloatArray, thresholds: Thresholds = DEFAULTS) -> Scored:
    """Median days from the end of a period to its first publication, one number a period.

    No interval: publication days are facts about releases, the same for every organisation. Slower than
    adequate is `weak`; without a known day it is not assessable.
    """
    known = days[np.isfinite(days)]
    if not len(known):
        return not_assessable("no publication date is known")
    middle = float(np.median(known))
    if middle <= thresholds.days_strong:
        return Scored(Estimate(middle), "strong")
    return Scored(Estimate(middle), "adequate" if middle <= thresholds.days_adequate else "weak")
