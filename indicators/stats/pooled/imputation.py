"""Imputation event study: each treated cell against what its unit and period would have given untreated.

Borusyak, Jaravel and Spiess 2024. Effects are averaged by event time in the standard errors, not by cohort:
with cohorts of one trust the latter cover 51 of 100 times (METHODS 4.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indicators.stats.pooled.cells import Cells, cells_of
from indicators.stats.pooled.panel import BoolArray, Event, FloatArray, Panel, Span
from indicators.stats.pooled.two_way import TwoWay, fit_two_way

FEWEST_UNITS = 5
"""Units an event time needs to be shown (METHODS 4.3)."""


@dataclass(frozen=True)
class Options:
    """`window`: event times, both inclusive. `anticipation`: periods before an event left out of the fit.

    `width`: periods in a bin of event time. Bins begin at multiples of it, 0 being the first exposed period,
    and lie wholly within the window.
    """

    window: Span
    anticipation: int
    width: int

    @property
    def begins(self) -> list[int]:
        """The first event time of each bin."""
        low = -(-self.window[0] // self.width) * self.width
        return list(range(low, self.window[1] - self.width + 2, self.width))


@dataclass(frozen=True)
class Contrast:
    """A mean of imputed effects: `estimate`, and its `score` (N,) by unit, whose squares are the variance.

    `events` and `units`: how many of them have a cell in it. `estimate` is NaN where there is none.
    """

    estimate: float
    score: FloatArray
    events: int
    units: int

    @property
    def se(self) -> float:
        """Standard error, clustered by unit; NaN with fewer than two events."""
        return float(np.sqrt(covariance([self])[0, 0])) if self.events > 1 else np.nan


def covariance(contrasts: Sequence[Contrast]) -> FloatArray:
    """Of estimates with one another, clustered by unit; scores are larger by √(n/(n − 1)), n events."""
    small = np.array([np.sqrt(one.events / max(one.events - 1, 1)) for one in contrasts])
    score = np.vstack([one.score for one in contrasts]) * small[:, None]
    return np.asarray(score @ score.T)


@dataclass(frozen=True)
class Study:
    """`bins`: by the first event time of each bin the mean of its events. `overall`: of all treated cells.

    `year`: of the treated cells of the first year. `after`: of the quarter of a year after the end of an
    event, the carry-over. `residual_sd`: of the untreated cells. `dropped`: events of units with under a year
    of them.
    """

    bins: dict[int, Contrast]
    overall: Contrast
    year: Contrast
    after: Contrast
    residual_sd: float
    dropped: list[Event]


def study(panel: Panel, options: Options) -> Study:
    """Event study of a panel with at least one event.

    Leads are imputed from a fit without the cells of their own bin: so no lead is drawn towards 0 by having
    been fitted, and each says how far its stretch lay from all other untreated periods. Treated cells last as
    long as the event; those beyond the window count for nothing.
    """
    cells = cells_of(panel, options.anticipation)
    fit = _Fit(cells, fit_two_way(cells.fitted))
    masks = {
        begins: cells.within((begins, begins + options.width - 1)) for begins in options.begins
    }
    treated = {begins: mask for begins, mask in masks.items() if begins >= 0}
    return Study(
        {begins: _without(fit, mask).mean_of_events(mask) for begins, mask in masks.items()},
        fit.mean_of_cells(list(treated.values())),
        fit.mean_of_cells([mask for begins, mask in treated.items() if begins < panel.year]),
        fit.mean_of_events(cells.after),
        fit.residual_sd,
        cells.dropped,
    )


def _without(fit: "_Fit", mask: BoolArray) -> "_Fit":
    """The fit without the cells of a bin; the same where it took none of them."""
    own = np.zeros_like(fit.cells.fitted)
    np.logical_or.at(own, fit.cells.row, mask)
    kept = fit.cells.fitted & ~own
    return fit if (kept == fit.cells.fitted).all() else _Fit(fit.cells, fit_two_way(kept))


class _Fit:
    """A fit, and averages of what lies between values and it."""

    def __init__(self, cells: Cells, two_way: TwoWay) -> None:
        self.cells, self.two_way = cells, two_way
        self.gap = cells.value - two_way.fitted(cells.value)

    @property
    def residual_sd(self) -> float:
        left = self.gap[self.two_way.cells]
        free = len(left) - self.two_way.rank
        return float(np.sqrt((left**2).sum() / free)) if free > 0 else np.nan

    def mean_of_events(self, mask: BoolArray) -> Contrast:
        """Each event's mean over its cells (E, P), and the mean of those."""
        can = self._imputed(mask)
        each = can.sum(axis=1, keepdims=True)
        weight = can / np.maximum(each, 1) / max((each > 0).sum(), 1)
        return self._contrast(weight, [can])

    def mean_of_cells(self, masks: list[BoolArray]) -> Contrast:
        """The mean of all cells of some bins; in the standard error each is held against its bin's mean."""
        able = [self._imputed(mask) for mask in masks]
        everything = np.logical_or.reduce(able)
        return self._contrast(everything / max(everything.sum(), 1), able)

    def _imputed(self, mask: BoolArray) -> BoolArray:
        return np.asarray(mask & np.isfinite(self.gap[self.cells.row]))

    def _contrast(self, weight: FloatArray, bins: list[BoolArray]) -> Contrast:
        gap = np.where(weight > 0, self.gap[self.cells.row], 0.0)
        has = (weight > 0).any(axis=1)
        if not has.any():
            return Contrast(np.nan, np.zeros(len(self.gap)), 0, 0)
        left = np.zeros_like(gap)
        for mask in bins:
            total = weight[mask].sum()
            centre = (weight * gap)[mask].sum() / total if total else 0.0
            left[mask] = gap[mask] - centre
        score = self._score(weight, left)
        rows = self.cells.row[has]
        return Contrast(float((weight * gap).sum()), score, len(rows), len(np.unique(rows)))

    def _score(self, weight: FloatArray, left: FloatArray) -> FloatArray:
        """Σ v·residual by unit, v being the weight that each cell has in the estimate."""
        wanted = np.zeros_like(self.gap)
        np.add.at(wanted, self.cells.row, weight)
        reach = self.two_way.weights(wanted)
        residual = np.where(self.two_way.cells, self.gap, 0.0)
        score = (reach * residual).sum(axis=1)
        np.add.at(score, self.cells.row, (weight * left).sum(axis=1))
        return np.asarray(score)
