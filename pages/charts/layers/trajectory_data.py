"""One organisation's months made ready to draw: no month left out, and every hover in words."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from indicators.definition import Unit
from pages.charts.layers.formats import IndicatorText, format_span, format_value
from pages.charts.layers.rows import rows_of

NOT_FOUND = "no figure found"
"""Said of a month between two published ones for which there is no row at all."""
_NO_ROW = -1
_OF_ITS_OWN = [
    *("period_start", "value", "numerator", "denominator", "missing_reason"),
    *("source_title", "file_name", "basis"),
]
_OF_PEERS = ["period_start", "median", "p10", "p90", "n"]


def with_every_period(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in order of `period_start`, with an empty row for each period between two that has none.

    Periods begin on the first of a month. The shortest distance between two rows is taken to be one period,
    so that quarters stay quarters.
    """
    ordered = frame.sort_values("period_start", ignore_index=True)
    return _filled(ordered, [(0, len(ordered))])


def with_every_period_each(frame: pd.DataFrame, series: str) -> pd.DataFrame:
    """The same for each of many series, which the column `series` names, one after the other."""
    ordered = frame.sort_values([series, "period_start"], ignore_index=True)
    names = ordered[series].to_numpy(object)
    begins = np.flatnonzero(np.append(True, names[1:] != names[:-1]))
    stretches = list(pairwise([*begins, len(names)]))
    filled = _filled(ordered, stretches)
    return filled.assign(**{series: filled[series].ffill()})


def _filled(ordered: pd.DataFrame, stretches: Sequence[tuple[int, int]]) -> pd.DataFrame:
    """The rows of each stretch [first, end) in order of time, none left out between its first and last."""
    months = ordered["period_start"].to_numpy().astype("datetime64[M]")
    every = [_every(months[first:end]) for first, end in stretches]
    rows = np.concatenate(
        [
            np.where(
                np.isin(all_of, months[first:end]),
                first + np.searchsorted(months[first:end], all_of),
                _NO_ROW,
            )
            for all_of, (first, end) in zip(every, stretches, strict=True)
        ]
    )
    rest = ordered.columns.drop("period_start")
    if len(rows) == len(ordered):
        return ordered[["period_start", *rest]]
    filled = ordered[rest].reindex(rows).reset_index(drop=True)
    filled.insert(0, "period_start", np.concatenate(every).astype("datetime64[us]"))
    return filled


def _every(months: np.ndarray) -> np.ndarray:
    """The first of every period from the first to the last of these months."""
    numbers = months.astype(int)
    step = min(np.diff(numbers), default=1)
    return np.union1d(np.arange(numbers[0], numbers[-1] + 1, step), numbers).astype("datetime64[M]")


def with_hover(series: pd.DataFrame, peers: pd.DataFrame, text: IndicatorText) -> pd.DataFrame:
    """Every period with its value and the words of its hover.

    Those are `month`, `shown` (the figure, or why there is none), `above` and `below` (numerator and
    denominator), `beside` (the peers) and `source`.
    """
    joined = with_every_period(series[_OF_ITS_OWN]).merge(
        peers[_OF_PEERS], on="period_start", how="left"
    )
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
