"""One organisation's months made ready to draw: no month left out, and every hover in words."""

from typing import Any

import pandas as pd

from indicators.definition import Unit
from pages.charts._formats import IndicatorText, format_span, format_value
from pages.charts._rows import rows_of

NOT_FOUND = "no figure found"
"""Said of a month between two published ones for which there is no row at all."""


def with_every_period(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in order of `period_start`, with an empty row for each period between two that has none.

    The shortest distance between two rows is taken to be one period, so that quarters stay quarters.
    """
    ordered = frame.sort_values("period_start", ignore_index=True)
    starts = pd.DatetimeIndex(ordered["period_start"])
    months = 12 * starts.year + starts.month
    steps = months[1:] - months[:-1]
    step = int(min(steps, default=1))
    if (steps == step).all():
        return ordered
    every = pd.date_range(starts[0], starts[-1], freq=pd.DateOffset(months=step))
    return pd.DataFrame({"period_start": every.union(starts)}).merge(ordered, how="left")


def with_hover(series: pd.DataFrame, peers: pd.DataFrame, text: IndicatorText) -> pd.DataFrame:
    """Every period with its value and the words of its hover.

    Those are `month`, `shown` (the figure, or why there is none), `above` and `below` (numerator and
    denominator), `beside` (the peers) and `source`.
    """
    joined = with_every_period(series).merge(peers, on="period_start", how="left")
    rows = rows_of(joined)
    return joined[["period_start", "value"]].assign(
        month=[format_span(row.period_start, text.step_months) for row in rows],
        shown=[_shown(row, text.unit) for row in rows],
        above=[_amount(row.numerator) for row in rows],
        below=[_amount(row.denominator) for row in rows],
        beside=[_beside(row, text.unit) for row in rows],
        source=[_source(row) for row in rows],
    )


def _shown(row: Any, unit: Unit) -> str:
    if not pd.isna(row.value):
        return format_value(row.value, unit)
    return NOT_FOUND if pd.isna(row.missing_reason) else str(row.missing_reason)


def _amount(amount: float) -> str:
    return "none" if pd.isna(amount) else format_value(amount, "count")


def _beside(row: Any, unit: Unit) -> str:
    if pd.isna(row.median):
        return "no figure"
    low, high = format_value(row.p10, unit), format_value(row.p90, unit)
    return f"median {format_value(row.median, unit)}, middle 80 % {low} to {high}, n = {row.n:.0f}"


def _source(row: Any) -> str:
    parts = [row.source_title, row.file_name, row.basis]
    return ", ".join(str(part) for part in parts if not pd.isna(part)) or "none"
