"""How far figures have moved since entry, in words."""

from typing import Any

import pandas as pd

from indicators.changes import Windows
from indicators.definition import Indicator, Unit
from pages.charts.layers.formats import format_month, format_span, format_value
from pages.parts.organisations import PEERS

NO_EFFECT = (
    "Organisations enter at their worst, so some of a change would have come without support: this "
    "describes and shows no effect."
)
_SPECIAL = ("QSM", "FSM", "QSM+FSM")


def spans_of(windows: Windows, step_months: int) -> tuple[str, str]:
    """Both sides of a change in words: `Apr to Jun 2021` and `Mar to May 2026`."""
    before, now = (
        format_span(side[0], step_months * len(side)) for side in (windows.before, windows.now)
    )
    return before, now


def change_words(value: float, unit: Unit) -> str:
    """A change with its sign: `+6.2 points`, `−1,204`, `+0:35`, `±0.0 points`."""
    shown, nothing = _size(abs(value), unit), _size(0.0, unit)
    sign = "±" if shown == nothing else "−" if value < 0 else "+"
    return f"{sign}{shown}"


def mean_words(value: float, unit: Unit) -> str:
    """A mean of three figures; of counts to the nearest whole."""
    return f"{value:,.0f}" if unit == "count" else format_value(value, unit)


def _size(value: float, unit: Unit) -> str:
    if unit in ("percent", "signed_percent", "points"):
        return f"{value:,.1f} points"
    return mean_words(value, unit)


def change_sentence(row: Any, indicator: Indicator) -> str:
    """One organisation's change since its last entry (a row of `since_entry`), or why there is none."""
    programme = row.programme_short
    if pd.isna(row.month_zero):
        return (
            f"No source gives the month it entered {programme}, so no change since then is given."
        )
    since = f"Since it entered {programme} in {format_month(row.entered_on)}{_moved_over(row)}"
    if pd.isna(row.change):
        return f"{since}: no change is given, as {_missing(row, indicator)}."
    unit, mean = indicator.unit, "mean of " if indicator.step_months == 1 else ""
    return (
        f"{since}: {change_words(row.change, unit)}, from {mean_words(row.before, unit)} ({mean}"
        f"{row.before_on}, before the first month exposed) to {mean_words(row.now, unit)} "
        f"({mean}{row.now_on}); {_peers_words(row, indicator)}."
    )


def _moved_over(row: Any) -> str:
    """That the programme took it over from special measures, so that it was supported before."""
    return " (moved over from special measures)" if row.transferred_from in _SPECIAL else ""


def _missing(row: Any, indicator: Indicator) -> str:
    if not row.before_on:
        return "there are too few figures since then"
    each = {1: "months", 3: "quarters", 12: "years"}[indicator.step_months]
    return f"not all {each} of {row.before_on} and {row.now_on} have a figure"


def _peers_words(row: Any, indicator: Indicator) -> str:
    kind = PEERS[row.org_type]
    if pd.isna(row.peers_change):
        return (
            f"fewer than five {kind} never in a programme on record have a change to set beside it"
        )
    return (
        f"over the same {'months' if indicator.step_months == 1 else 'periods'} the median change of "
        f"{row.peers_number:.0f} {kind} never in a programme on record is "
        f"{change_words(row.peers_change, indicator.unit)}"
    )
