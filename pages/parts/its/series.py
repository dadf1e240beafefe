"""A run's series made ready to draw: days for periods, and the months it spans."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from indicators.stats.its.calendar import Calendar
from pages.charts.interrupted import Interruption
from pages.charts.layers.backdrop import Span


def day_of(period: str) -> pd.Timestamp:
    """The first day of `2024-04` or `2024-Q2`; a day as it is."""
    return pd.Period(period.replace("-Q", "Q")).start_time


def dated(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `period_start` in place of `period`."""
    starts = [day_of(str(one)) for one in rows["period"]]
    return rows.drop(columns="period").assign(period_start=pd.to_datetime(starts))


def span_of(rows: pd.DataFrame, step_months: int) -> Span:
    """The months of the rows, [from, to)."""
    first, last = rows["period_start"].min(), rows["period_start"].max()
    end = last + pd.DateOffset(months=step_months)
    return date(first.year, first.month, 1), date(end.year, end.month, 1)


def interruptions_of(asked: Sequence[Any], step_months: int) -> tuple[Interruption, ...]:
    """Entry, exit, entry again … as the chart draws them: at the first period exposed to each day asked for.

    Two that are read as one change, as they lie close together, are both drawn.
    """
    calendar, days = Calendar(12 // step_months), [day_of(str(one)) for one in asked]
    return tuple(
        Interruption(
            day_of(calendar.label(calendar.first_exposed(day.date()))), number % 2 == 0, day
        )
        for number, day in enumerate(days)
    )
