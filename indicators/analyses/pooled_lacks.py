"""Why an event of the analysis `pooled` has too few figures: the series ends, a gap, or another stay."""

from dataclasses import replace

import numpy as np

from indicators.analyses.pooled_rows import OUTSIDE, Built, PooledRows, Stretch
from indicators.lack_words import Labels, in_months, lack_words
from indicators.stats.lacking import Known, Lack, lack_of
from indicators.stats.pooled.panel import Event, Span
from indicators.stats.pooled.units import AFTER, BEFORE

_NOT_INSIDE = (
    "no source places it in the programme throughout the months that it needs before its exit"
)


def told_why(
    rows: PooledRows, built: Built, base: Span, event: str, beyond: dict[Event, str]
) -> dict[Event, str]:
    """The reasons, those of too few published figures split by what would mend them; a file's stay."""
    if rows.series.data is not None:
        return beyond
    labels = _labels(rows)
    return {
        one: _words(lack_at(built, one, base), labels, event) or why
        if why in (BEFORE, AFTER)
        else why
        for one, why in beyond.items()
    }


def lack_at(built: Built, event: Event, base: Span) -> Lack | None:
    """The figures that one event lacks over the periods `base` before it and the year from it on."""
    panel, at = built.panel, event.first
    anybody = panel.known[panel.kind == panel.kind[event.row]].any(axis=0)
    time = np.arange(len(anybody)) - at
    clear = panel.untreated[event.row] | (time >= 0)
    known = Known(panel.known[event.row], anybody, clear)
    return lack_of(known, [(at + base[0], at + base[1]), (at, at + panel.year - 1)])


def _words(lack: Lack | None, labels: Labels, event: str) -> str:
    if lack is None:
        return ""
    if event == "exit" and "start" not in lack.causes and "stay" in lack.causes:
        return _NOT_INSIDE
    return lack_words(lack, labels, event)


def told_outside(rows: PooledRows, built: Built, event: str) -> Built:
    """The same, saying of events outside the published figures on which side of them they lie."""
    if rows.series.data is not None:
        return built
    outside, labels = OUTSIDE.format(event=event), _labels(rows)
    left_out = [
        (one, lack_words(_beyond_ends(rows, one, event), labels, event) if why == outside else why)
        for one, why in built.left_out
    ]
    return replace(built, left_out=left_out)


def _beyond_ends(rows: PooledRows, one: Stretch, event: str) -> Lack:
    kind = [rows.kinds[unit] == rows.kinds[one.unit] for unit in rows.units]
    filled = np.flatnonzero(rows.table[kind].notna().any())
    at = (one.left if event == "exit" else one.first) or 0
    is_before = at - int(rows.table.columns[0]) <= filled[0]
    return Lack(("start",) if is_before else ("end",), int(filled[0]), int(filled[-1]), ())


def _labels(rows: PooledRows) -> Labels:
    """Counts of months and quarters begin with 1 in January of the year 0."""
    step = 12 // rows.year
    return in_months((int(rows.table.columns[0]) - 1) * step, step)
