"""What the mean of the first year withstands if both sides would have drifted apart anyway.

Rambachan and Roth 2023, smoothness: the drift may change its pace by up to M from one step to the next; M = 0
is a straight line carried on. Steps are measured from one reference step on both sides: the leads of
the imputation are not, so a bend between them and what follows would be of our own making (Roth 2024).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indicators.stats.pooled.panel import BoolArray, FloatArray, Panel
from indicators.stats.pooled.rebound import each_gap_path
from indicators.stats.pooled.smoothness import Given, smooth_interval
from indicators.stats.pooled.units import UnitEffect

FEWEST = 8
"""Events with every step that an interval needs; and twice as many as leads and the reference."""
QUARTERS = 4
"""Steps in a year."""
_BEFORE = 2 * QUARTERS
_CLOSE, _ROUNDING = 0.005, 1e-9


@dataclass(frozen=True)
class Steps:
    """Quarters around events: `each` (E, leads + posts), distance from those beside less the reference's.

    `leads` steps come before the reference, the others after it; `weight` of those after (sum 1) gives the
    mean asked for. `reference`: quarters from the event.
    """

    each: FloatArray
    leads: int
    weight: FloatArray
    reference: int

    @property
    def estimate(self) -> FloatArray:
        """The mean of each step."""
        return np.asarray(self.each.mean(axis=0))

    @property
    def free(self) -> int:
        """Degrees of freedom: the weights of the leads are chosen from the data, so each lead takes one."""
        return len(self.each) - 1 - self.leads

    @cached_property
    def covariance(self) -> FloatArray:
        """Of the means, from how events differ, larger by what choosing weights for the leads takes.

        As in a regression on as many: the variance left has n − 1 − L degrees of freedom, and the fitted
        weights add (n − 2)/(n − 2 − L) of it.
        """
        number = len(self.each)
        larger = (number - 1) / self.free * (number - 2) / (number - 2 - self.leads)
        return np.asarray(np.cov(self.each, rowvar=False) / number * larger)

    @property
    def can_differ(self) -> bool:
        """Whether events differ enough before for the weights of leads to be chosen."""
        before = self.covariance[: self.leads, : self.leads]
        least = (_ROUNDING * np.abs(self.each).max()) ** 2
        return bool(np.linalg.eigvalsh(before).min() > least)

    @property
    def largest_before(self) -> float:
        """The largest change of pace between two steps up to the reference; NaN with fewer than two leads."""
        path = np.append(self.estimate[: self.leads], 0.0)
        turns = np.abs(np.diff(path, n=2))
        return float(turns.max()) if len(turns) else np.nan


def steps_of(panel: Panel, effects: Sequence[UnitEffect], anticipation: int) -> Steps | None:
    """Quarters from as long before as enough events have, to the end of the first year; None of too few.

    The reference is the last quarter before the `anticipation` (periods), which counts as time after with
    weight 0: it may bend already.
    """
    if panel.year % QUARTERS:
        return None
    width = panel.quarter
    ahead = -(-anticipation // width)
    reference = _BEFORE - 1 - ahead
    quarters = _quarters(panel, effects, width)
    for leads in range(reference, 0, -1):
        part = quarters[:, reference - leads : _BEFORE + QUARTERS]
        whole = part[np.isfinite(part).all(axis=1)]
        if len(whole) >= max(FEWEST, 2 * (leads + 1)):
            apart = np.delete(whole - whole[:, [leads]], leads, axis=1)
            weight = np.append(np.zeros(ahead), np.full(QUARTERS, 1 / QUARTERS))
            found = Steps(apart, leads, weight, -1 - ahead)
            return found if found.can_differ else None
    return None


def _quarters(panel: Panel, effects: Sequence[UnitEffect], width: int) -> FloatArray:
    """Mean distance by quarter (E, 16), NaN where fewer than half of its figures are known."""
    paths = each_gap_path(panel, effects, (-panel.year, -1))
    paths = np.where(_clear(panel, effects), paths, np.nan)
    parts = paths.reshape(len(effects), -1, width)
    known = np.isfinite(parts).sum(axis=2)
    total = np.where(np.isfinite(parts), parts, 0.0).sum(axis=2)
    return np.asarray(np.where(known >= width / 2, total / np.maximum(known, 1), np.nan))


def _clear(panel: Panel, effects: Sequence[UnitEffect]) -> BoolArray:
    """The periods of the paths (E, 4·year) from an event on, or before it and untreated."""
    time = np.arange(-2 * panel.year, 2 * panel.year)
    last = panel.value.shape[1] - 1
    rows = [
        panel.untreated[one.event.row, (one.event.first + time).clip(0, last)] for one in effects
    ]
    return np.asarray(np.array(rows) | (time >= 0))


@dataclass(frozen=True)
class Withstood:
    """`breakdown`: the largest M at which the interval still leaves 0 out; None if it never does.

    `intervals`: by M, in order.
    """

    breakdown: float | None
    intervals: dict[float, tuple[float, float]]


def withstood(steps: Steps, alpha: float) -> Withstood:
    """Intervals for a straight line, and for changes of pace of half, once and twice the largest before."""
    largest = steps.largest_before
    asked = [0.0] if not largest > 0 else [0.0, largest / 2, largest, 2 * largest]
    found = {m: interval_of(steps, m, alpha) for m in asked}
    return Withstood(_breakdown(steps, found[0.0], alpha), found)


def _breakdown(steps: Steps, line: tuple[float, float], alpha: float) -> float | None:
    """By halving, to half a per cent."""
    if _holds_zero(line):
        return None
    low, high = 0.0, max(abs(line[0]), abs(line[1]))
    while high - low > _CLOSE * high:
        middle = (low + high) / 2
        if _holds_zero(interval_of(steps, middle, alpha)):
            high = middle
        else:
            low = middle
    return low


def _holds_zero(interval: tuple[float, float]) -> bool:
    return not (interval[0] > 0 or interval[1] < 0)


def interval_of(steps: Steps, m: float, alpha: float) -> tuple[float, float]:
    """The interval of the mean asked for if the drift changes its pace by up to `m` a step."""
    return smooth_interval(
        Given(steps.estimate, steps.covariance, steps.leads, steps.weight, steps.free), m, alpha
    )
