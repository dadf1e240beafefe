"""How large a mean effect chance alone gives: the entry dates dealt out among those that never entered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indicators.stats.pooled.panel import BoolArray, FloatArray
from indicators.stats.pooled.units import UnitEffect

DRAWS, SEED = 999, 20212
FEWEST = 20
"""Units without an event among which dates can be dealt out."""


@dataclass(frozen=True)
class Randomised:
    """`p`: share of draws, the real one counted, whose mean effect is as far from 0 as the real `mean`.

    `floor` is the smallest that `draws` can give; in each, `drawn` units without an event were given a date.
    """

    mean: float
    p: float
    floor: float
    draws: int
    drawn: int


def randomise(
    effects: Sequence[UnitEffect], never: BoolArray, draws: int = DRAWS, seed: int = SEED
) -> Randomised | None:
    """Two-sided p of the unweighted mean effect (METHODS 4.2 iv); None with fewer than twenty to deal among.

    In each draw the dates of the real events go to different units without an event (`never`, (N,)), and the
    others of these stand beside them. As many are drawn as there are events, at most half of the units; the
    mean of a draw is scaled so that it strays as far as one of all events beside all units would.
    """
    change = np.vstack([one.controls for one in effects])
    able = never & (np.isfinite(change).mean(axis=0) >= 0.5)
    units, events = int(able.sum()), len(effects)
    if units < FEWEST:
        return None
    drawn = min(events, units // 2)
    scale = np.sqrt((1 / events + 1 / units) / (1 / drawn + 1 / (units - drawn)))
    random = np.random.default_rng(seed)
    made = scale * _dealt(change[:, able], drawn, random.random((2, draws, max(units, events))))
    mean = float(np.mean([one.effect for one in effects]))
    # A draw that ties with the real one but for rounding counts.
    as_far = int((np.abs(made) >= abs(mean) * (1 - 1e-12)).sum())
    return Randomised(mean, (1 + as_far) / (1 + draws), 1 / (1 + draws), draws, drawn)


def _dealt(change: FloatArray, drawn: int, keys: FloatArray) -> FloatArray:
    """The mean effect of each deal; `change` (E, J), NaN where a unit could not stand beside that event.

    `keys` (2, D, max(E, J)), uniform: a deal takes units and dates in the order of its keys.
    """
    events, units = change.shape
    order = keys[0, :, :units].argsort(axis=1)[:, :drawn]
    dates = keys[1, :, :events].argsort(axis=1)[:, :drawn]
    rest = np.ones((len(order), units))
    np.put_along_axis(rest, order, 0.0, axis=1)
    known = np.isfinite(change)
    mean = (rest @ np.where(known, change, 0.0).T) / np.maximum(rest @ known.T, 1)
    made = change[dates, order] - np.take_along_axis(mean, dates, axis=1)
    return np.asarray(np.nanmean(made, axis=1))
