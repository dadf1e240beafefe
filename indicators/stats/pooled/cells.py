"""Which cells of a panel are fitted and which are averaged, with event times; kinds of units side by side."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indicators.stats.pooled.panel import BoolArray, Event, FloatArray, IntArray, Panel, Span

_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(frozen=True)
class Cells:
    """The panel with the periods of each kind of unit as columns of their own (P = kinds · T).

    `value`, `fitted` (N, P): values, and the untreated cells that the fit takes. By event (E, P): `time` from
    it, and whether the cell is one of its `leads`, `treated`, or `after` it in the first quarter of a year.
    `row` (E,). `dropped`: events of units with less than a year of untreated periods.
    """

    value: FloatArray
    fitted: BoolArray
    time: IntArray
    leads: BoolArray
    treated: BoolArray
    after: BoolArray
    row: IntArray
    dropped: list[Event]

    def within(self, span: Span) -> BoolArray:
        """Leads or treated cells (E, P) of these event times, both inclusive."""
        inside = (self.time >= span[0]) & (self.time <= span[1])
        return np.asarray(inside & (self.leads | self.treated))


def cells_of(panel: Panel, anticipation: int) -> Cells:
    """The cells; the fit leaves out the `anticipation` periods before each event."""
    fitted = panel.untreated & panel.known & panel.takes_part[:, None]
    for event in panel.events:
        fitted[event.row, max(0, event.first - anticipation) : event.first] = False
    enough = fitted.sum(axis=1) >= panel.year
    fitted &= enough[:, None]
    kept = [event for event in panel.events if enough[event.row]]
    row = np.array([event.row for event in kept], dtype=np.int64)
    column = np.arange(panel.value.shape[1])
    first = np.array([event.first for event in kept], dtype=np.int64)[:, None]
    end = np.array([event.end for event in kept], dtype=np.int64)[:, None]
    since = np.array([_since(event, kept) for event in kept], dtype=np.int64)[:, None]
    kind = panel.kind[row]

    def own(mask: BoolArray) -> BoolArray:
        return _beside(mask & panel.known[row], kind, panel.kind, fill=False)

    return Cells(
        _beside(panel.value, panel.kind, panel.kind, np.nan),
        _beside(fitted, panel.kind, panel.kind, fill=False),
        _beside(column - first, kind, panel.kind, 0),
        own((column >= since) & (column < first) & panel.untreated[row]),
        own((column >= first) & (column < end)),
        own((column >= end) & (column < end + panel.quarter)),
        row,
        [event for event in panel.events if not enough[event.row]],
    )


def _since(event: Event, events: list[Event]) -> int:
    """The end of the unit's event before this one: its leads begin no earlier."""
    return max((e.end for e in events if e.row == event.row and e.first < event.first), default=0)


def _beside(part: NDArray[_Kind], kind: IntArray, kinds: IntArray, fill: float) -> NDArray[_Kind]:
    """Rows (R, T) of each `kind` (R,) moved into the columns of that kind: (R, P)."""
    known = np.unique(kinds)
    place = np.searchsorted(known, kind)
    wide = np.full((len(part), len(known), part.shape[1]), fill, dtype=part.dtype)
    wide[np.arange(len(part)), place] = part
    return wide.reshape(len(part), -1)
