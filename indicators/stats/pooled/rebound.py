"""The pooled effect beside what was to be expected without the programme (METHODS 6)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indicators.stats.meta import Pooled, pool
from indicators.stats.pooled.panel import FloatArray, Panel, Span
from indicators.stats.pooled.together import Method
from indicators.stats.pooled.units import UnitEffect
from indicators.stats.regression_to_mean.excess import (
    Entry,
    Rebound,
    Settings,
    TooFewWindows,
    rebounds,
)
from indicators.stats.regression_to_mean.shadows import MONTHS, shadows_beside
from indicators.stats.regression_to_mean.windows import Histories


@dataclass(frozen=True)
class BesideShadows:
    """`rebound`: mean change of the shadows of `entrants` beyond that of all their controls. `excess`: of the
    entrants beyond their shadows, pooled. `effect`: of the same entrants beyond all controls, pooled.
    """

    entrants: int
    shadows: float
    rebound: float
    effect: Pooled
    excess: Pooled


def beside_shadows(
    panel: Panel, effects: Sequence[UnitEffect], method: Method, alpha: float
) -> BesideShadows | None:
    """Each entrant against those of its controls whose year before was like its own (METHODS 6, item 2).

    None unless figures are monthly and two entrants have a shadow. The variance of an excess is
    s²(1 + 1/k), s² being that of all controls and k the number of shadows.
    """
    if panel.year != MONTHS:
        return None
    changes = [_of_shadows(panel, one) for one in effects]
    both = [(one, change) for one, change in zip(effects, changes, strict=True) if len(change)]
    if len(both) < 2:
        return None
    own = np.array([one.own for one, _ in both])
    shadow = np.array([change.mean() for _, change in both])
    beside = np.array([one.beside for one, _ in both])
    number = np.array([len(change) for _, change in both])
    all_controls = np.array([one.n_controls for one, _ in both])
    spread = np.array([one.variance for one, _ in both]) / (1 + 1 / all_controls)
    return BesideShadows(
        len(both),
        float(number.mean()),
        float((shadow - beside).mean()),
        pool(own - beside, spread * (1 + 1 / all_controls), method, True, alpha),
        pool(own - shadow, spread * (1 + 1 / number), method, True, alpha),
    )


def _of_shadows(panel: Panel, one: UnitEffect) -> FloatArray:
    """The changes of its shadows among its controls."""
    beside = np.flatnonzero(np.isfinite(one.controls))
    mine, others = panel.value[one.event.row], panel.value[beside]
    found = shadows_beside(mine, others, one.event.first)
    return np.asarray(one.controls[beside[found.is_shadow]])


@dataclass(frozen=True)
class Expected:
    """Mean `together` of `entrants`: observed change, what a regression expected of it, and the excess."""

    entrants: int
    together: Rebound


def expected_rebound(panel: Panel, seed: int, alpha: float) -> Expected | None:
    """Of all events that can be judged, against every unit without a programme (METHODS 6, item 1).

    Change: mean of the year from the event on less that of the quarter before. None where none can be judged.
    """
    histories = Histories(panel.value, ~panel.untreated, panel.kind, panel.year)
    entries = [Entry(event.row, event.first) for event in panel.events]
    try:
        found = rebounds(histories, entries, Settings("mean_of_year", seed=seed, alpha=alpha))
    except TooFewWindows:
        return None
    return Expected(len(found.each), found.together)


def gap_paths(panel: Panel, effects: Sequence[UnitEffect], base: Span) -> FloatArray:
    """Mean distance of entrants from their controls (4·year,): two years before, and two from the event on.

    Each is held against its own mean over `base`; NaN where no value is known.
    """
    paths = each_gap_path(panel, effects, base)
    known = np.isfinite(paths)
    total = np.where(known, paths, 0.0).sum(axis=0)
    return np.where(known.any(axis=0), total / np.maximum(known.sum(axis=0), 1), np.nan)


def each_gap_path(panel: Panel, effects: Sequence[UnitEffect], base: Span) -> FloatArray:
    """The distance of each entrant from the mean of its controls (E, 4·year), as in `gap_paths`."""
    return np.array([_gap_path(panel, one, base) for one in effects])


def _gap_path(panel: Panel, one: UnitEffect, base: Span) -> FloatArray:
    beside = panel.value[np.isfinite(one.controls)]
    known = np.isfinite(beside)
    total = np.where(known, beside, 0.0).sum(axis=0)
    mean = np.where(known.any(axis=0), total / np.maximum(known.sum(axis=0), 1), np.nan)
    gap = panel.value[one.event.row] - mean
    reach = 2 * panel.year
    columns = one.event.first + np.arange(-reach, reach)
    inside = (columns >= 0) & (columns < len(gap))
    path = np.where(inside, gap[columns.clip(0, len(gap) - 1)], np.nan)
    return np.asarray(path - np.nanmean(path[reach + base[0] : reach + base[1] + 1]))
