"""How many indicators would pass by chance, and how surely those that pass do (METHODS 8.9)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indicators.stats.multiple import adjusted
from indicators.stats.screen.discrimination import Placed, passes_linearised, won
from indicators.stats.screen.resampling import (
    SEED,
    BoolArray,
    Estimate,
    FloatArray,
    IntArray,
)
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds

SHUFFLES = 500


@dataclass(frozen=True)
class Family:
    """Tests made together: probabilities as they are (`p`), adjusted (`q`), and adjusted however tests depend
    on each other (`q_dependent`). `size`: tests made; one that was not made is NaN and not counted.
    """

    p: FloatArray
    q: FloatArray
    q_dependent: FloatArray
    size: int


def family(probability: FloatArray) -> Family:
    """Benjamini and Hochberg's and Benjamini and Yekutieli's adjustment of one family."""
    p = np.asarray(probability, dtype=np.float64)
    return Family(p, adjusted(p), adjusted(p, "by"), int(np.isfinite(p).sum()))


def shuffled_passes(
    placed: Placed, thresholds: Thresholds = DEFAULTS, shuffles: int = SHUFFLES, seed: int = SEED
) -> BoolArray:
    """Whether the indicator would pass on discrimination in each of `shuffles` shuffles (S,).

    Organisations of one type swap their whole history of segments, so that what remains is chance; the rows
    of `placed` must be the same organisations in the same order for every indicator of a type, so that a
    shuffle is one and the same for all. Passing is by the linearised interval.
    """
    random = np.random.default_rng(seed)
    order = np.array([random.permutation(len(placed.value)) for _ in range(shuffles)])
    right, compared = np.zeros(order.shape), np.zeros(order.shape)
    for period in range(placed.value.shape[1]):
        _add_period(placed.value[:, period], placed.segment[:, period][order], right, compared)
    return passes_linearised(right, compared, thresholds.discrimination)


def _add_period(
    value: FloatArray, segment: IntArray, right: FloatArray, compared: FloatArray
) -> None:
    """Add one period's pairs to the sums of each organisation in each shuffle; `segment` (S, N)."""
    here = np.flatnonzero(np.isfinite(value))
    more, shown = won(value[here]), segment[:, here]
    for one in np.unique(shown[shown > 0])[:-1]:
        better, worse = (shown == one).astype(float), (shown > one).astype(float)
        # more[i, j]: i beats j. Sums over the worse ones for each better one, and the other way round.
        right[:, here] += better * (worse @ more.T) + worse * (better @ more)
        compared[:, here] += better * worse.sum(axis=1)[:, None]
        compared[:, here] += worse * better.sum(axis=1)[:, None]


@dataclass(frozen=True)
class ByChance:
    """Indicators that `pass`, how many are `expected` to by chance (range of 95 % of shuffles)."""

    passing: int
    expected: float
    low: float
    high: float
    judged: int


def by_chance(passing: BoolArray, shuffled: FloatArray) -> ByChance:
    """From whether each of I indicators passes (I,), and whether it does in each shuffle (I, S)."""
    counts = shuffled.sum(axis=0) if len(shuffled) else np.zeros(1)
    low, high = np.quantile(counts, (0.025, 0.975))
    return ByChance(int(passing.sum()), float(counts.mean()), float(low), float(high), len(passing))


@dataclass(frozen=True)
class Drawn:
    """A statistic `found`, and in `draws` of organisations (D,); its lower end must exceed the `limit`."""

    found: Estimate
    draws: FloatArray
    limit: float

    @property
    def passes(self) -> BoolArray:
        """In which draws it does, the distance from estimate to lower end being that of the data (D,).

        In none where a lower end is not known.
        """
        if self.found.low is None:
            return np.zeros(len(self.draws), dtype=bool)
        return np.asarray(self.draws - (self.found.value - self.found.low) > self.limit)


def stability(responsive: Drawn, telling: Sequence[Drawn]) -> float:
    """Share of draws in which the indicator passes: responsive, and one of `telling` at least (METHODS 8.9).

    Statistics of one draw come from the same organisations drawn (`organisation_weights` of one seed) or
    from draws that have nothing to do with each other. At least one of `telling` is given.
    """
    tells = np.any([one.passes for one in telling], axis=0)
    return float((responsive.passes & tells).mean())


def rank_interval(draws: FloatArray) -> IntArray:
    """Lowest and highest rank (I, 2) of each indicator's statistic over draws (I, D), best first, 95 %.

    A draw without the statistic counts as worst.
    """
    filled = np.where(np.isfinite(draws), draws, -np.inf)
    rank = 1 + (filled[None, :, :] > filled[:, None, :]).sum(axis=1)
    ends = np.quantile(rank, (0.025, 0.975), axis=1, method="closest_observation")
    return np.asarray(ends.T, dtype=np.int64)


def without_each(effect: FloatArray) -> tuple[float, float]:
    """Least and greatest mean when one entrant (E,) is left out in turn; at least two."""
    means = (effect.sum() - effect) / (len(effect) - 1)
    return float(means.min()), float(means.max())
