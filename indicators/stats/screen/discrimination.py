"""Whether an indicator tells the segments of one era apart (METHODS 8.4)."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from indicators.stats.screen.resampling import (
    BoolArray,
    Estimate,
    FloatArray,
    Grade,
    IntArray,
    Scored,
    not_assessable,
    organisation_weights,
    quotient,
    with_interval,
)
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds

FEWEST_UNITS, FEWEST_OUTSIDE = 20, 5
"""Organisations to compare, and those of them that must at some time be outside the commonest segment. With
fewer, samples that always order them rightly are likely, and an interval from draws says too much."""
_Z = 1.959964


@dataclass(frozen=True)
class Placed:
    """Figures of one era beside the segments of the same periods: organisations by period, all (N, T).

    `value`: oriented so that more is better, NaN where missing. `segment`: 1 (best) to 4 or 5, 0 where
    missing. Periods are those in which segments were published.
    """

    value: FloatArray
    segment: IntArray

    @property
    def known(self) -> BoolArray:
        """Where both are known."""
        return np.isfinite(self.value) & (self.segment > 0)


@dataclass(frozen=True)
class Pairs:
    """Of each two organisations (N, N): in how many periods they are compared, and how often rightly.

    Not symmetrical: the first of the two is in the better segment. `right` counts ties as a half.
    """

    right: FloatArray
    all: FloatArray

    def share(self, weights: FloatArray) -> FloatArray:
        """Share of pairs in the right order for each row of weights of organisations (D, N)."""
        return quotient(_both(self.right, weights), _both(self.all, weights))


def _both(pairs: FloatArray, weights: FloatArray) -> FloatArray:
    return np.asarray(((weights @ pairs) * weights).sum(axis=1))


@dataclass(frozen=True)
class Discrimination:
    """`ordinal`: share of pairs from different segments in the right order, graded.

    `worst`: AUC of the worst segments (4, and 5) against the rest; `lower_half`: of 3 and over against 2 and
    under; None where one side is empty. `jonckheere`: the middle of the periods' z. `violations`:
    neighbouring segments whose medians stand the wrong way round, of `steps`. `is_circular`: the indicator
    feeds the segment rule of the era, so that it is no evidence.
    """

    ordinal: Scored
    worst: Estimate | None
    lower_half: Estimate | None
    jonckheere: float
    violations: int
    steps: int
    is_circular: bool


def discrimination(
    placed: Placed, is_circular: bool, thresholds: Thresholds = DEFAULTS
) -> Discrimination:
    """How far better figures go with better segments, only within periods of the one era given.

    Organisations are compared within a period, so that no national movement counts; an organisation is drawn
    with all its periods. 0.5 is chance.
    """
    weights = organisation_weights(len(placed.value))
    violations, steps = _violations(placed)
    return Discrimination(
        _ordinal(placed, weights, thresholds),
        _auc(placed, 4, weights),
        _auc(placed, 3, weights),
        _middle_z(placed),
        violations,
        steps,
        is_circular,
    )


def pairs_of(placed: Placed, order: IntArray | None = None) -> Pairs:
    """All pairs of organisations in different classes, over all periods.

    `order` (N, T): the classes, more is worse; the segments if not given.
    """
    order = placed.segment if order is None else order
    known = placed.known
    number = len(order)
    right, compared = np.zeros((number, number)), np.zeros((number, number))
    for period in range(order.shape[1]):
        here = np.flatnonzero(known[:, period])
        place = np.ix_(here, here)
        better = order[here, period][:, None] < order[here, period][None, :]
        right[place] += np.where(better, won(placed.value[here, period]), 0.0)
        compared[place] += better
    return Pairs(right, compared)


def won(value: FloatArray) -> FloatArray:
    """1 where the first of two is more, a half where they tie, 0 where it is less: (n, n)."""
    return (1 + np.sign(value[:, None] - value[None, :])) / 2


def _ordinal(placed: Placed, weights: FloatArray, thresholds: Thresholds) -> Scored:
    pairs = pairs_of(placed)
    compared = (pairs.all + pairs.all.T).any(axis=1)
    if compared.sum() < FEWEST_UNITS:
        why = f"organisations to compare across segments: {int(compared.sum())}"
        return not_assessable(f"{why}, at least {FEWEST_UNITS} are needed")
    outside = _outside_commonest(placed)
    if outside < FEWEST_OUTSIDE:
        why = f"organisations outside the commonest segment: {outside}"
        return not_assessable(f"{why}, at least {FEWEST_OUTSIDE} are needed")
    found = _estimated(pairs, weights)
    return Scored(found, grade_of_share(found, thresholds))


def _outside_commonest(placed: Placed) -> int:
    segment = np.where(placed.known, placed.segment, 0)
    commonest = np.bincount(segment[segment > 0]).argmax()
    return int(((segment > 0) & (segment != commonest)).any(axis=1).sum())


def _estimated(pairs: Pairs, weights: FloatArray) -> Estimate:
    whole = float(pairs.right.sum() / pairs.all.sum())
    return with_interval(whole, pairs.share(weights))


def grade_of_share(found: Estimate, thresholds: Thresholds) -> Grade:
    """Of a share of pairs in the right order (an AUC is one): by the lower end of its interval.

    Adequate above the limit of discrimination, strong if above that of strong discrimination too.
    """
    if found.low is None:
        return "not assessable"
    if found.low <= thresholds.discrimination:
        return "weak"
    return "strong" if found.low > thresholds.discrimination_strong else "adequate"


def _auc(placed: Placed, worst_from: int, weights: FloatArray) -> Estimate | None:
    pairs = pairs_of(placed, (placed.segment >= worst_from).astype(np.int64))
    return _estimated(pairs, weights) if pairs.all.any() else None


def _middle_z(placed: Placed) -> float:
    """The middle of the z of single periods: those of several are no independent evidence."""
    known = placed.known
    found = [
        jonckheere(placed.value[here, period], placed.segment[here, period])
        for period, here in enumerate(known.T)
    ]
    usable = [z for z in found if np.isfinite(z)]
    return float(np.median(usable)) if usable else float("nan")


def jonckheere(value: FloatArray, segment: IntArray) -> float:
    """The z of Jonckheere and Terpstra, allowing for ties in both; above 0 where better segments have more.

    Variance after Hollander, Wolfe and Chicken 2014, equation 6.19. NaN with fewer than two segments, or
    where all values tie.
    """
    number = len(value)
    group, same = (np.unique(one, return_counts=True)[1] for one in (segment, value))
    if len(group) < 2 or len(same) < 2:
        return float("nan")
    better = segment[:, None] < segment[None, :]
    statistic = float(won(value)[better].sum())
    expected = (number**2 - float((group**2).sum())) / 4
    return float((statistic - expected) / np.sqrt(_variance(number, group, same)))


def _variance(number: int, group: IntArray, same: IntArray) -> float:
    def first(n: FloatArray) -> float:
        return float((n * (n - 1) * (2 * n + 5)).sum())

    def second(n: FloatArray) -> float:
        return float((n * (n - 1) * (n - 2)).sum())

    def third(n: FloatArray) -> float:
        return float((n * (n - 1)).sum())

    whole, groups, ties = (np.asarray(n, dtype=np.float64) for n in ([number], group, same))
    found = (first(whole) - first(groups) - first(ties)) / 72
    if number > 2:
        found += second(groups) * second(ties) / (36 * second(whole))
    return found + third(groups) * third(ties) / (8 * third(whole))


def _violations(placed: Placed) -> tuple[int, int]:
    """Neighbouring segments in the wrong order by the medians of figures less their period's median."""
    known = placed.known
    value = np.where(known, placed.value, np.nan)[:, known.any(axis=0)]
    segment = np.where(known, placed.segment, 0)[:, known.any(axis=0)]
    if not value.size:
        return 0, 0
    left = value - np.nanmedian(value, axis=0)
    middles = [float(np.median(left[segment == one])) for one in np.unique(segment[segment > 0])]
    return sum(a < b for a, b in pairwise(middles)), len(middles) - 1


def passes_linearised(right: FloatArray, compared: FloatArray, limit: float) -> BoolArray:
    """Whether the lower end of a share of pairs exceeds `limit`, of many shares at once (D,).

    `right`, `compared` (D, N): sums over the pairs an organisation takes part in. The interval is the
    linearised one (each organisation's influence on the share), as used where draws within draws would be
    needed.
    """
    share = quotient(right.sum(axis=1), compared.sum(axis=1))
    influence = 2 * (right - share[:, None] * compared) / compared.sum(axis=1)[:, None]
    return np.asarray(share - _Z * np.sqrt((influence**2).sum(axis=1)) > limit)
