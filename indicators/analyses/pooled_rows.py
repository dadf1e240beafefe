"""The series and spells that the analysis `pooled` is given, and how a person's own file is read as such."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from indicators.analyses.own_data import OwnData
from indicators.analyses.own_panel import GivenPanel, read_panel
from indicators.analyses.own_periods import Periods
from indicators.analyses.refusal import Refusal
from indicators.stats.pooled.panel import Event, Panel, Spell, entry_cells, exit_cells
from indicators.stats.rows import refuse_first

YEARS = {"month": 12, "quarter": 4, "whole number": 12}
"""Periods in a year; whole numbers are taken as months."""
UNEXPOSED = "unexposed"
"""The controls that stand beside an entry only while no neighbour of theirs is in a programme (METHODS 9)."""
NOT_ASKED = "it is of another programme than the one asked for"
OUTSIDE = "its {event} lies outside the months with figures"
_LAST_OF_ENTRY = 15
"""A day up to this one counts for its own month, a later one for the next."""


@dataclass(frozen=True)
class Stretch:
    """Time inside of one unit, by counts of periods.

    `first` is the first exposed (None: too vague for an event), `left` the first no longer (None: open or too
    vague). It may have lasted from `begins` up to `ends`, None: no end is known. It was inside for sure in
    the periods of `sure` (the second not inclusive), None: from `first` to `left`. `entered`, `exited`: as
    written. `why_not`: by event, `entry`, `programme` or `exit`, the reason for which it is left out.
    `programmes`: into which kind its `entry` was, and from which its `exit` (empty: not known).
    """

    unit: str
    first: int | None
    left: int | None
    begins: int
    ends: int | None
    entered: str
    exited: str | None
    why_not: Mapping[str, str] = field(default_factory=dict)
    sure: tuple[int, int] | None = None
    programmes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PooledRows:
    """`series` of all units, their `stretches` inside, and who may stand beside: sets of units by name.

    `kinds`: of each unit, one only being compared with its own. `usual`: fields that hold where the document
    does not say otherwise. `exposed`: of those in `controls`, when a neighbour may be inside. `names` of
    units. `notices`: what has to be told of the series, as (code, sentence).
    """

    series: GivenPanel
    stretches: tuple[Stretch, ...]
    controls: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, str]
    usual: Mapping[str, str]
    year: int
    exposed: tuple[Stretch, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[tuple[str, str], ...] = ()

    @cached_property
    def units(self) -> list[str]:
        """All units, in the order in which they are first named."""
        return self.series.units

    @cached_property
    def table(self) -> pd.DataFrame:
        """Values of units by count of periods, none missing in between."""
        frame = self.series.series.frame
        wide = frame.pivot_table(index="series", columns="count", values="value")
        first, last = int(wide.columns.min()), int(wide.columns.max())
        return wide.reindex(index=self.units, columns=range(first, last + 1))


def read_pooled(data: OwnData) -> PooledRows:
    """The rows `unit, period, value, entered, left` of a file: entered and left blank for who never did.

    `entered`: the first period inside, `left` the first no longer; with months it may be a day too, of which
    one after the 15th counts for the month that follows. A unit that was inside twice has rows with either
    pair.
    """
    data.need("unit", "period", "value", "entered", "left")
    panel = read_panel(data)
    unit = panel.periods.unit
    if unit not in YEARS:
        text = "pooled effects take months, quarters or whole numbers as periods, not days"
        raise Refusal("BAD_DATA", f"{data.name}: {text}.")
    inside = _inside(data, panel.periods)
    pairs = inside.dropna(subset="first").drop_duplicates(["unit", "first", "left"])
    stretches = tuple(_stretch(row) for row in pairs.to_dict("records"))
    entered = {stretch.unit for stretch in stretches}
    never = tuple(one for one in panel.units if one not in entered)
    controls = {"never": never, "not_yet": tuple(panel.units)}
    kinds = dict.fromkeys(panel.units, "")
    usual = {"controls": "never", "improvement": "neutral"}
    return PooledRows(panel, stretches, controls, kinds, usual, YEARS[unit])


def _inside(data: OwnData, periods: Periods) -> pd.DataFrame:
    frame = pd.DataFrame({"unit": data.text("unit")})
    for column, name in (("entered", "first"), ("left", "left")):
        text = data.text(column)
        known = {cell: count_of(periods, str(cell)) for cell in text.dropna().unique()}
        frame[f"{column}_written"] = text
        frame[name] = text.map(known).astype(float)
        odd = (text.notna() & frame[name].isna()).to_numpy(dtype=bool)
        refuse_first([(column, odd, f"is not written as the periods are ({periods.unit})")])
    alone = (frame["left"].notna() & frame["first"].isna()).to_numpy(dtype=bool)
    before = (frame["left"] <= frame["first"]).to_numpy(dtype=bool)
    refuse_first(
        [
            ("left", alone, "stands without a period of entry"),
            ("left", before, "is not after entry"),
        ]
    )
    return frame


def count_of(periods: Periods, text: str) -> int | None:
    """The count of a period, or of the first month exposed to an event on a day; None if it is neither."""
    count = periods.count_of(text)
    if count is None and periods.unit == "month":
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        return 12 * day.year + day.month + (day.day > _LAST_OF_ENTRY)
    return count


def _stretch(row: dict[Any, Any]) -> Stretch:
    first = int(row["first"])
    left = None if pd.isna(row["left"]) else int(row["left"])
    exited = None if left is None else str(row["left_written"])
    return Stretch(str(row["unit"]), first, left, first, left, str(row["entered_written"]), exited)


@dataclass(frozen=True)
class Built:
    """A panel beside what its rows and events are: `units` (N,), `stretches` by (row, first column)."""

    panel: Panel
    units: list[str]
    stretches: Mapping[tuple[int, int], Stretch]
    left_out: list[tuple[Stretch, str]]


def panel_of(rows: PooledRows, event: str, controls: str) -> Built:
    """The units by period, with the events asked for; those that cannot be placed are left out, and why."""
    low = int(rows.table.columns[0])
    row_of = {unit: row for row, unit in enumerate(rows.units)}
    value = rows.table.to_numpy(dtype=np.float64)
    beside = rows.exposed if controls == UNEXPOSED else ()
    known = [one for one in (*rows.stretches, *beside) if one.unit in row_of]
    spells = [_spell(one, row_of[one.unit], low, value.shape[1]) for one in known]
    entries = entry_cells(value.shape, spells, rows.year)
    untreated, events = exit_cells(value.shape, spells) if event == "exit" else entries
    at = {
        (spell.row, spell.end if event == "exit" else spell.first): one
        for spell, one in zip(spells, known, strict=True)
    }
    stretches = {(one.row, one.first): at[one.row, one.first] for one in events}
    if event == "programme":
        events = tuple(_ending(one, stretches[one.row, one.first], low) for one in events)
    kept = tuple(one for one in events if event not in stretches[one.row, one.first].why_not)
    kind = np.unique([rows.kinds[unit] for unit in rows.units], return_inverse=True)[1]
    may = _may_control(rows, event, controls)
    panel = Panel(value, untreated, may, kind.astype(np.int64), kept, rows.year)
    told = [
        (one, _why_not(one, event, row_of))
        for one in rows.stretches
        if one.why_not.get(event) != NOT_ASKED
    ]
    judged = {id(stretches[one.row, one.first]) for one in kept}
    left_out = [(one, why) for one, why in told if id(one) not in judged]
    return Built(panel, rows.units, stretches, left_out)


def _may_control(rows: PooledRows, event: str, controls: str) -> np.ndarray:
    """Beside an exit stand all who are still inside."""
    inside = [one.unit for one in rows.stretches]
    chosen = set(inside if event == "exit" else rows.controls[controls])
    return np.array([unit in chosen for unit in rows.units], dtype=bool)


def _ending(event: Event, one: Stretch, low: int) -> Event:
    """Inside for sure: to the exit, or as long as a source places it there."""
    ends = one.left if one.left is not None or one.sure is None else one.sure[1]
    return (
        event if ends is None else replace(event, end=min(event.end, max(event.first, ends - low)))
    )


def _spell(one: Stretch, row: int, low: int, periods: int) -> Spell:
    ends = low + periods if one.ends is None else one.ends
    first = None if one.first is None else one.first - low
    left = None if one.left is None else one.left - low
    sure = None if one.sure is None else (one.sure[0] - low, one.sure[1] - low)
    return Spell(row, first, left, one.begins - low, ends - low, sure)


def _why_not(one: Stretch, event: str, row_of: Mapping[str, int]) -> str:
    if event in one.why_not:
        return one.why_not[event]
    if one.unit not in row_of:
        return "there is no figure of it"
    if event == "exit" and one.left is None:
        return "no source gives an exit to the month"
    return OUTSIDE.format(event="exit" if event == "exit" else "entry")
