"""Months counted from entry or exit, made ready to draw: gaps kept, medians where enough, hovers in words."""

from typing import Any, Literal

import pandas as pd

from indicators.definition import Unit
from pages.charts._formats import format_month, format_value
from pages.charts._rows import rows_of

Event = Literal["entry", "exit"]

ENOUGH = 5
"""A median of fewer organisations than this is drawn and written as uncertain."""
HOVER = {
    "organisation": "Organisation",
    "programme": "Programme",
    "when": "Month",
    "shown": "Value",
    "above": "Numerator",
    "below": "Denominator",
}
"""The words of a hover: column and title."""


def every_month(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with an empty one for each month between the first and last that has none."""
    months = pd.DataFrame({"month": range(frame["month"].min(), frame["month"].max() + 1)})
    return months.merge(frame, how="left")


def of_event(frame: pd.DataFrame, event: Event) -> pd.DataFrame:
    """The rows of one event in order of month."""
    return frame[frame["event"] == event].sort_values("month", ignore_index=True)


def lines_of_spells(series: pd.DataFrame, event: Event, unit: Unit) -> pd.DataFrame:
    """One row per spell and month between its first and last figure, with the words of its hover.

    A month without a figure keeps a row without a value, so that no line bridges it.
    """
    rows = of_event(series, event).dropna(subset="value")
    columns = ["spell_id", "org_code", "month", "value"]
    ready = rows[columns].assign(**_hover(rows, event, unit))
    filled = [_without_holes(spell) for _, spell in ready.groupby("spell_id")]
    return pd.concat(filled, ignore_index=True) if filled else ready


def _hover(rows: pd.DataFrame, event: Event, unit: Unit) -> dict[str, list[str]]:
    each = rows_of(rows)
    return {
        "organisation": [row.org_name for row in each],
        "programme": [row.programme_short for row in each],
        "when": [
            f"{_distance(row.month, event)} ({format_month(row.period_start)})" for row in each
        ],
        "shown": [format_value(row.value, unit) for row in each],
        "above": [_amount(row.numerator) for row in each],
        "below": [_amount(row.denominator) for row in each],
    }


def _distance(month: int, event: Event) -> str:
    if month == 0:
        return f"month of {event}"
    months = "1 month" if abs(month) == 1 else f"{abs(month)} months"
    return f"{months} {'before' if month < 0 else 'after'} {event}"


def _amount(amount: float) -> str:
    return "none" if pd.isna(amount) else format_value(amount, "count")


def _without_holes(spell: pd.DataFrame) -> pd.DataFrame:
    first = spell.iloc[0]
    whole = every_month(spell).assign(spell_id=first["spell_id"], org_code=first["org_code"])
    return whole.assign(**{word: whole[word].fillna("") for word in HOVER})


def medians(series: pd.DataFrame, counts: pd.DataFrame, event: Event) -> pd.DataFrame:
    """Median by `month`: `firm` where at least five organisations have a value, else `thin`.

    `thin` also holds the firm neighbours of a thin month, so that the two lines meet.
    """
    values = of_event(series, event).groupby("month")["value"].median().dropna()
    if values.empty:
        return pd.DataFrame({"month": [], "median": [], "n": [], "firm": [], "thin": []})
    months = pd.RangeIndex(values.index.min(), values.index.max() + 1, name="month")
    n = of_event(counts, event).set_index("month")["n"].reindex(months, fill_value=0)
    median = values.reindex(months)
    is_firm = n >= ENOUGH
    beside_thin = ~(is_firm.shift(1, fill_value=True) & is_firm.shift(-1, fill_value=True))
    firm, thin = median.where(is_firm), median.where(~is_firm | beside_thin)
    return pd.DataFrame({"median": median, "n": n, "firm": firm, "thin": thin}).reset_index()


def figure_at(frame: pd.DataFrame, month: int) -> Any:
    """The row of one month, or None where it has no median."""
    rows = rows_of(frame[(frame["month"] == month) & frame["median"].notna()])
    return rows[0] if rows else None
