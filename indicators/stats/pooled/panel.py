"""Units by period, who is untreated when, and the events (entries or exits) whose effect is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]
Span = tuple[int, int]
"""Periods from an event, both inclusive: 0 is the first exposed, −1 the last before."""
ENOUGH = 0.75
"""Share of the periods of a stretch that have to be known for a mean of it."""
CARRY_OVER = 6
"""Months after an exit that are neither treated nor untreated (METHODS 4.3)."""


@dataclass(frozen=True)
class Event:
    """One entry (or exit) of the unit in `row`: periods `first` up to `end` (not inclusive) are treated."""

    row: int
    first: int
    end: int


@dataclass(frozen=True)
class Panel:
    """`value` (N, T), NaN where missing; periods follow one another without a gap, `year` of them in a year.

    `untreated` (N, T): the unit is not treated then, and nothing of an earlier event carries over.
    `may_control` (N,): the unit may stand for others while it is untreated, for those of its `kind` (N,), a
    whole number.
    """

    value: FloatArray
    untreated: BoolArray
    may_control: BoolArray
    kind: IntArray
    events: tuple[Event, ...]
    year: int = 12

    @property
    def known(self) -> BoolArray:
        """Where there is a value."""
        return np.isfinite(self.value)

    @property
    def without_event(self) -> BoolArray:
        """The units (N,) that have no event."""
        none = np.ones(len(self.value), dtype=bool)
        none[[event.row for event in self.events]] = False
        return none

    @property
    def takes_part(self) -> BoolArray:
        """The units (N,) that have an event or may control; others are told of nowhere."""
        return np.asarray(self.may_control | ~self.without_event)

    @property
    def quarter(self) -> int:
        """Periods in a quarter of a year; at least one."""
        return max(1, self.year // 4)


@dataclass(frozen=True)
class Spell:
    """Time inside of the unit in `row`: columns `first` (None: too vague for an event) to `end`, not in it.

    It may have begun as early as `begins` and ended as late as `ends` (not inclusive), and was inside beyond
    doubt in the columns of `sure` (the second not inclusive; None: from `first` to its end). Columns may lie
    outside the panel. `end` is None where it is open or too vague.
    """

    row: int
    first: int | None
    end: int | None
    begins: int
    ends: int
    sure: tuple[int, int] | None = None


def entry_cells(
    shape: tuple[int, int], spells: Sequence[Spell], year: int = 12
) -> tuple[BoolArray, tuple[Event, ...]]:
    """`untreated` and the events of entries: untreated is outside, and half a year or more after an exit."""
    untreated = np.ones(shape, dtype=bool)
    drop = CARRY_OVER * year // 12
    for spell in spells:
        untreated[spell.row, _cut(spell.begins) : _cut(spell.ends + drop)] = False
    events = [
        Event(spell.row, spell.first, min(_end_of(spell), shape[1]))
        for spell in spells
        if spell.first is not None and 0 < spell.first < shape[1]
    ]
    return untreated, tuple(events)


def exit_cells(
    shape: tuple[int, int], spells: Sequence[Spell]
) -> tuple[BoolArray, tuple[Event, ...]]:
    """The same of exits: untreated is inside for sure, treated is outside until the next spell may begin."""
    inside = np.zeros(shape, dtype=bool)
    events = []
    for spell in spells:
        begins, ends = spell.sure or (spell.first, _end_of(spell))
        if begins is not None:
            inside[spell.row, _cut(begins) : _cut(ends)] = True
        if spell.end is not None and 0 < spell.end < shape[1]:
            later = [
                other.begins
                for other in spells
                if other.row == spell.row and other.begins >= spell.end
            ]
            events.append(Event(spell.row, spell.end, min([*later, shape[1]])))
    return inside, tuple(events)


def _end_of(spell: Spell) -> int:
    return spell.ends if spell.end is None else spell.end


def _cut(column: int) -> int:
    """A column before the panel is its first; NumPy takes a negative one from the end."""
    return max(0, column)
