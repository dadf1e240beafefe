"""How fresh an indicator's figures are: the last period, when it was published, when the next is due."""

from datetime import date

import pandas as pd

COLUMNS = (
    "indicator_id",
    "last_start",
    "last_end",
    "published_on",
    "retrieved_at",
    "next_due",
    "is_overdue",
)


def freshness(rows: pd.DataFrame, today: date) -> pd.DataFrame:
    """COLUMNS, one row per row of the question `indicator_freshness`, in its order.

    The last period is [last_start, last_end). `published_on` and `retrieved_at` are missing where no file
    gives them. `next_due` is the end of the next period plus the indicator's usual lag in days; it is missing
    for a retired indicator, which expects nothing more. `is_overdue` from the day after `next_due` on: either
    the publisher is late or the figures were not fetched, which the warehouse cannot tell apart.
    """
    next_due = _next_ends(rows) + pd.to_timedelta(rows["lag_days"], unit="D")
    next_due = next_due.mask(rows["status"] == "retired")
    return rows.assign(next_due=next_due, is_overdue=next_due < pd.Timestamp(today))[list(COLUMNS)]


def _next_ends(rows: pd.DataFrame) -> pd.Series:
    """Ends of the next periods: those of rolling windows too move by a step, not by the window's length."""
    ends = [
        end + pd.DateOffset(months=step)
        for end, step in zip(rows["last_end"], rows["step_months"], strict=True)
    ]
    return pd.Series(ends, rows.index, dtype="datetime64[us]")
