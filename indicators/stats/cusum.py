"""Cumulative sums (CUSUM) of many series at once: when a series has left the level it had.

Constants and the way a sum begins anew follow OpenPrescribing, whose authors call them an educated guess; how
often they raise a false alarm is measured (`cusum_alarms.py`). Formulas: `docs/methods/signals.md`.
"""

from dataclasses import dataclass, fields

import numpy as np

from indicators.stats.spc import Bools, Floats, Ints, Signs

WINDOW = 12
"""The level and spread of a series are those of so many points."""
THRESHOLD = 5.0
"""A sum strictly beyond so many standard deviations is an alarm."""
SLACK = 0.5
"""Standard deviations from the level that do not count towards the sum."""
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Cusum:
    """What the sums say at each point; all of the shape of the values (series, points).

    `alarm`: 1 where the series has risen, −1 where it has fallen, 0 for neither. `began`: the place of the
    first point since the sum that alarms was last 0. `level` and `spread`: mean and standard deviation (of
    the population) that the point is held to.
    """

    alarm: Signs
    began: Ints
    level: Floats
    spread: Floats


@dataclass
class _Running:
    """The sums of every series up to a point, upwards and downwards, and where each last left 0."""

    level: Floats
    spread: Floats
    up: Floats
    down: Floats
    up_from: Ints
    down_from: Ints

    def step(self, value: Floats, place: int) -> "_Running":
        """The sums with one point more."""
        slack = SLACK * self.spread
        up = np.maximum(0.0, self.up + value - self.level - slack)
        down = np.minimum(0.0, self.down + value - self.level + slack)
        up_from = np.where(self.up > 0, self.up_from, place)
        down_from = np.where(self.down < 0, self.down_from, place)
        return _Running(self.level, self.spread, up, down, up_from, down_from)

    @property
    def alarm(self) -> Signs:
        """1 above the threshold, −1 below it, else 0; a series that did not vary raises none."""
        beyond = THRESHOLD * self.spread + _ROUNDING
        found = (self.up > beyond).astype(np.int8) - (self.down < -beyond).astype(np.int8)
        return np.where(self.spread > _ROUNDING, found, 0).astype(np.int8)

    def where(self, chosen: Bools, other: "_Running") -> "_Running":
        """These sums for the chosen series, the others' for the rest."""
        parts = [field.name for field in fields(self)]
        mixed = [np.where(chosen, getattr(self, name), getattr(other, name)) for name in parts]
        return _Running(*mixed)


def cusum(values: Floats, least_spread: Floats | float = 0.0) -> Cusum:
    """Alarms of the `values` (series, points), each series in order of time, blanks (NaN) only at its end.

    Level m and spread s are those of the first WINDOW points; up = max(0, up + x − m − s/2), down = min(0,
    down + x − m + s/2), an alarm where up > 5 s or down < −5 s. At the point after an alarm m is that of the
    WINDOW points before it; a sum that goes on growing keeps its spread and goes on, else s is that of those
    points too and both sums begin anew. s is never below `least_spread` (of all series or of each). Series of
    fewer than WINDOW points never alarm, nor do those whose first WINDOW points are all equal while it is 0.
    """
    series, points = values.shape
    result = _silence(values.shape)
    if points < WINDOW:
        return result
    least = np.broadcast_to(np.asarray(least_spread, dtype=float), series)
    now = _fresh(values[:, :WINDOW], least, 0)
    alarm = np.zeros(series, np.int8)
    for place in range(points):
        if alarm.any():
            fresh = _fresh(values[:, place - WINDOW : place], least, place)
            now = _after(now, fresh, alarm, values[:, place])
        now = now.step(values[:, place], place)
        alarm = now.alarm
        result.alarm[:, place] = alarm
        result.began[:, place] = np.where(alarm > 0, now.up_from, now.down_from)
        result.level[:, place], result.spread[:, place] = now.level, now.spread
    return result


def _silence(shape: tuple[int, ...]) -> Cusum:
    """No alarm anywhere, and nothing that a point could be held to."""
    blank = np.full(shape, np.nan)
    return Cusum(np.zeros(shape, np.int8), np.zeros(shape, np.int64), blank, blank.copy())


def _fresh(window: Floats, least: Floats, place: int) -> _Running:
    """Sums that begin at a place, held to the points of a window."""
    zeros, places = np.zeros(len(window)), np.full(len(window), place)
    spread = np.maximum(window.std(axis=1), least)
    return _Running(window.mean(axis=1), spread, zeros, zeros, places, places)


def _after(before: _Running, fresh: _Running, alarm: Signs, value: Floats) -> _Running:
    """What the point after an alarm is held to; series without one go on as they were.

    No alarm can stand among the first WINDOW points: the sum of what exceeds their own mean by half their own
    standard deviation stays below four of these.
    """
    parts = {
        name: getattr(before, name) for name in ("spread", "up", "down", "up_from", "down_from")
    }
    kept = _Running(level=fresh.level, **parts)
    ahead = kept.step(value, 0)
    grows = ((alarm > 0) & (ahead.up > before.up)) | ((alarm < 0) & (ahead.down < before.down))
    return before.where(alarm == 0, kept.where(grows, fresh))
