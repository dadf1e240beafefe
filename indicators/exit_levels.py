"""At which levels of an indicator earlier exits happened, what came after them, and where one stands now.

A description, never a score: who leaves is chosen for doing well. Method: `docs/methods/exit_readiness.md`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.changes import FEWEST_PEERS, MONTHS_MEANT
from indicators.charted import BETTER, steady
from indicators.definition import Indicator
from indicators.entry_rebounds import by_period
from indicators.exits_on_record import Exit
from indicators.frozen_entries import PANDEMIC

Means = NDArray[np.float64]

_YEAR = 12
NO_FIGURES = "not all figures of these months are published"
MASKED = "these months reach into those of the pandemic that are left out (Mar 2020 to Mar 2021)"
CHANGED = "the definition changed in these months"
SHARED = "each figure shares data with the ones before, so that a year is no distance between them"
COUNT = "none is told of counts"
FEW = f"fewer than {FEWEST_PEERS} others of its type have figures of these months"
_CADENCES = ("month", "quarter")


@dataclass(frozen=True)
class Level:
    """One organisation's figure: the mean of three months (of quarters one), which end before month `until`.

    `place`: the share (0 to 100) of the `others` of its type whose figure of the same months was less
    favourable, a tie counting half; where neither side is better, of those with a lower one. `value` is None
    for the reason in `why`, `place` for that in `why_no_place`. `definition` numbers the indicator's
    definitions, 0 being the first.
    """

    begins: int
    until: int
    value: float | None
    why: str | None
    place: float | None
    why_no_place: str | None
    others: int
    definition: int


@dataclass(frozen=True)
class AtExit:
    """One exit: its `level`, the same a year `later`, and the `change` between, None for the reason in `why`.

    `beside` is the median change over the same months of the others of its type, None of fewer than five.
    """

    exit: Exit
    level: Level
    later: Level
    change: float | None
    why: str | None
    beside: float | None


class Levels:
    """Figures of one indicator, monthly or quarterly, of all organisations of one type."""

    def __init__(self, values: pd.DataFrame, indicator: Indicator) -> None:
        """`values`: `org_code, period_start, value` (and `denominator`), at least one on a steady base."""
        self.indicator = indicator
        self.step = indicator.step_months
        table = by_period(steady(values, indicator), self.step)
        self._row = {str(code): row for row, code in enumerate(table.index)}
        self._first = int(table.columns[0])
        self._value: Means = table.to_numpy(dtype=np.float64)

    def latest(self, org: str) -> Level | None:
        """The level of the organisation's latest months; None where it has no figure at all."""
        row = self._row.get(org)
        if row is None or np.isnan(self._value[row]).all():
            return None
        last = int(np.flatnonzero(~np.isnan(self._value[row]))[-1])
        return self.before(org, self._first + (last + 1) * self.step)

    def before(self, org: str, month: int) -> Level:
        """The level of the last months (the last quarter) that were over when `month` began."""
        begins, until, means = self._means(month)
        row = self._row.get(org)
        value = np.nan if row is None else float(means[row])
        why = self._why_not(value, begins, until)
        place, others = (None, 0) if why or row is None else self._place(means, row)
        known = None if why else value
        no_place = why or self._why_no_place(others)
        number = int(sum(new <= begins for _, new in self._changes()))
        told = None if no_place else place
        return Level(begins, until, known, why, told, no_place, others, number)

    def around(self, one: Exit, month: int) -> AtExit:
        """The levels of an exit of which `month` is the first no longer inside."""
        org = one.stay.org_code
        level, later = self.before(org, month), self.before(org, month + _YEAR)
        why = self._why_no_change(level, later)
        if why or level.value is None or later.value is None:
            return AtExit(one, level, later, None, why, None)
        change = later.value - level.value
        return AtExit(one, level, later, change, None, self._beside(org, month))

    def _means(self, month: int) -> tuple[int, int, Means]:
        """The months meant, [begins, until), and the mean of every organisation, NaN where one is missing."""
        end = (month - self._first) // self.step
        number = MONTHS_MEANT if self.step == 1 else 1
        begins = end - number
        span = (self._first + begins * self.step, self._first + end * self.step)
        if begins < 0 or end > self._value.shape[1]:
            return *span, np.full(len(self._value), np.nan)
        return *span, self._value[:, begins:end].mean(axis=1)

    def _changes(self) -> list[tuple[int, int]]:
        """Of each change of definition the first month not wholly of the old, and the first of the new."""
        days = [item.on for item in self.indicator.breaks]
        old = [12 * day.year + day.month - 1 for day in days]
        return [(month, month + (day.day > 1)) for month, day in zip(old, days, strict=True)]

    def _is_cut(self, begins: int, until: int) -> bool:
        return any(until > old and begins < new for old, new in self._changes())

    def _why_not(self, value: float, begins: int, until: int) -> str | None:
        if begins < PANDEMIC[1] and until > PANDEMIC[0]:
            return MASKED
        if isnan(value):
            return NO_FIGURES
        return CHANGED if self._is_cut(begins, until) else None

    def _why_no_change(self, level: Level, later: Level) -> str | None:
        if self.indicator.shared_periods:
            return SHARED
        if level.why or later.why:
            return level.why or later.why
        return CHANGED if self._is_cut(level.begins, later.until) else None

    def _why_no_place(self, others: int) -> str | None:
        if self.indicator.unit == "count":
            return COUNT
        return FEW if others < FEWEST_PEERS else None

    def _place(self, means: Means, row: int) -> tuple[float | None, int]:
        others = np.delete(means, row)
        others = others[~np.isnan(others)]
        if not len(others):
            return None, 0
        sign = BETTER[self.indicator.better] or 1
        less, same = sign * others < sign * means[row], others == means[row]
        return float(100 * (less.mean() + same.mean() / 2)), len(others)

    def _beside(self, org: str, month: int) -> float | None:
        changes = self._means(month + _YEAR)[2] - self._means(month)[2]
        known = np.delete(changes, self._row[org])
        known = known[~np.isnan(known)]
        return float(np.median(known)) if len(known) >= FEWEST_PEERS else None


def levels_of(values: pd.DataFrame, indicator: Indicator) -> Levels | None:
    """Levels of `values` of one type; None of a yearly indicator, or where there is no steady figure."""
    if indicator.cadence not in _CADENCES or steady(values, indicator).empty:
        return None
    return Levels(values, indicator)


def at_exits(levels: Levels, exits: Sequence[Exit]) -> list[AtExit]:
    """The levels of every exit dated to the month, in the order given."""
    return [levels.around(one, one.month) for one in exits if one.month is not None]


@dataclass(frozen=True)
class Range:
    """`number` figures: their median, the ends of their middle half and the least and most; None of none."""

    number: int
    low: float | None = None
    lower: float | None = None
    median: float | None = None
    upper: float | None = None
    high: float | None = None


def range_of(figures: Sequence[float | None]) -> Range:
    """The range of the figures that are known; quartiles between two of them are linear."""
    known = [one for one in figures if one is not None]
    if not known:
        return Range(0)
    return Range(len(known), *map(float, np.quantile(known, (0, 0.25, 0.5, 0.75, 1))))
