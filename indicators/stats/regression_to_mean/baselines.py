"""How the effect changes with the months it is measured from, and the dip before entry."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from indicators.stats.regression_to_mean.windows import FloatArray

BASELINES = ((-1, -1), (-3, -1), (-12, -4), (-24, -13))
"""Months before entry, both inclusive; −1 is the last before it."""
SHRINKS = 0.5
"""The effect shrinks by more than this share from the first baseline to the third: `RTM_LIKELY`."""
BEFORE_DIP = (-12, -7)
_DIP, _EARLIER = (-6, -1), (-24, -7)
_FEWEST, _FEWEST_EARLIER = 4, 12
_MISS = 0.05


@dataclass(frozen=True)
class BaseEffect:
    """`effect`: mean of the year from entry on less that of the months `begins` to `ends` (negative)."""

    begins: int
    ends: int
    effect: float


@dataclass(frozen=True)
class BaseSensitivity:
    """`effects` in the order of BASELINES, NaN where no value is known; `shrinkage` from the first to the
    third.

    `is_likely`: a favourable effect that shrinks by more than half, or turns (`RTM_LIKELY`).
    """

    effects: tuple[BaseEffect, ...]
    shrinkage: float
    is_likely: bool


def base_sensitivity(before: FloatArray, after: FloatArray, better: int) -> BaseSensitivity:
    """From values before entry (the last stands last) and from entry on, NaN where missing (METHODS 6, item
    3).

    The first twelve values from entry on count. `better`: 1 if higher is better, −1 if lower, 0 if neither:
    then a shrinking effect of either sign is told.
    """
    level = _mean(after[:12])
    effects = tuple(BaseEffect(*span, level - _mean_of(before, span)) for span in BASELINES)
    first, third = effects[0].effect, effects[2].effect
    shrinkage = 1 - third / first if first else np.nan
    is_favourable = first * better > 0 or not better
    return BaseSensitivity(effects, shrinkage, bool(is_favourable and shrinkage > SHRINKS))


@dataclass(frozen=True)
class EntryDip:
    """`size`: mean of months −6 to −1 less that of −12 to −7, with its 95 % interval (both ends inclusive).

    `is_flat`: months −24 to −7 show no trend (the 95 % interval of their slope holds 0). `is_dip`: an
    unfavourable `size` whose interval excludes 0, after flat months (`ENTRY_DIP`): take −12 to −7 as the base
    period.
    """

    size: float
    ci_low: float
    ci_high: float
    is_flat: bool
    is_dip: bool


def entry_dip(before: FloatArray, better: int) -> EntryDip | None:
    """Whether values fall just before entry and were level until then (METHODS 4.3); None where too few are
    known.

    `before`: one organisation's values less those of its comparators, or leads of an event study; the last
    before entry stands last, NaN where missing. At least four values in each half year, and twelve of the
    months −24 to −7. Neighbouring months are taken as independent: with months that are alike, dips are found
    too often.
    """
    dip, base = _known(_span(before, _DIP)), _known(_span(before, BEFORE_DIP))
    earlier = _span(before, _EARLIER)
    if min(len(dip), len(base)) < _FEWEST or np.isfinite(earlier).sum() < _FEWEST_EARLIER:
        return None
    test = stats.ttest_ind(dip, base).confidence_interval(1 - _MISS)
    size, low, high = float(dip.mean() - base.mean()), float(test.low), float(test.high)
    is_worse = high < 0 if better > 0 else low > 0 if better < 0 else not low <= 0 <= high
    is_flat = _is_flat(earlier)
    return EntryDip(size, low, high, is_flat, is_worse and is_flat)


def _is_flat(values: FloatArray) -> bool:
    known = np.isfinite(values)
    line = stats.linregress(np.flatnonzero(known), values[known])
    half = stats.t.isf(_MISS / 2, known.sum() - 2) * line.stderr
    return bool(abs(line.slope) <= half)


def _mean_of(before: FloatArray, span: tuple[int, int]) -> float:
    return _mean(_span(before, span))


def _span(before: FloatArray, span: tuple[int, int]) -> FloatArray:
    """The values of months `span`, both inclusive; those the series does not reach are not there."""
    begins, ends = (len(before) + month for month in span)
    return before[max(0, begins) : max(0, ends + 1)]


def _known(values: FloatArray) -> FloatArray:
    return values[np.isfinite(values)]


def _mean(values: FloatArray) -> float:
    known = _known(values)
    return float(known.mean()) if len(known) else np.nan
