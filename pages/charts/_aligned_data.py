"""Months counted from entry or exit, made ready to draw: gaps kept, medians where enough, hovers in words."""

from typing import Any, Literal

import pandas as pd

from pages.charts._formats import IndicatorText, format_span, format_value
from pages.charts._rows import rows_of

Event = Literal["entry", "exit"]

ENOUGH = 5
"""A median of fewer organisations than this is drawn and written as uncertain."""
HOVER = {
    "organisation": "Organisation",
    "programme": "Programme",
    "when": "When",
    "shown": "Value",
    "above": "Numerator",
    "below": "Denominator",
}
"""The words of a hover: column and title."""


def every_period(frame: pd.DataFrame, step: int) -> pd.DataFrame:
    """The rows with an empty one for each period of `step` months between first and last that has none."""
    months = pd.DataFrame({"month": range(frame["month"].min(), frame["month"].max() + 1, step)})
    return months.merge(frame, how="left")


def of_event(frame: pd.DataFrame, event: Event) -> pd.DataFrame:
    """The rows of one event in order of month."""
    return frame[frame["event"] == event].sort_values("month", ignore_index=True)


def lines_of_spells(series: pd.DataFrame, event: Event, text: IndicatorText) -> pd.DataFrame:
    """One row per spell and period between its first and last figure, with the words of its hover.

    A period without a figure keeps a row without a value, so that no line bridges it.
    """
    rows = of_event(series, event).dropna(subset="value")
    columns = ["spell_id", "org_code", "month", "value"]
    ready = rows[columns].assign(**_hover(rows, event, text))
    filled = [_without_holes(spell, text.step_months) for _, spell in ready.groupby("spell_id")]
    return pd.concat(filled, ignore_index=True) if filled else ready


def _hover(rows: pd.DataFrame, event: Event, text: IndicatorText) -> dict[str, list[str]]:
    each, step = rows_of(rows), text.step_months
    return {
        "organisation": [row.org_name for row in each],
        "programme": [row.programme_short for row in each],
        "when": [
            f"{_distance(row.month, event, text)} ({format_span(row.period_start, step)})"
            for row in each
        ],
        "shown": [text.shown(row.value) for row in each],
        "above": [_amount(row.numerator) for row in each],
        "below": [_amount(row.denominator) for row in each],
    }


def _distance(month: int, event: Event, text: IndicatorText) -> str:
    if month == 0:
        return f"{text.period_noun} of {event}"
    months = "1 month" if abs(month) == 1 else f"{abs(month)} months"
    return f"{months} {'before' if month < 0 else 'after'} {event}"


def _amount(amount: float) -> str:
    return "none" if pd.isna(amount) else format_value(amount, "count")


def _without_holes(spell: pd.DataFrame, step: int) -> pd.DataFrame:
    first = spell.iloc[0]
    whole = every_period(spell, step).assign(spell_id=first["spell_id"], org_code=first["org_code"])
    return whole.assign(**{word: whole[word].fillna("") for word in HOVER})


def medians(
    series: pd.DataFrame, counts: pd.DataFrame, event: Event, step: int = 1
) -> pd.DataFrame:
    """Median by `month`, every `step` of them: `firm` of at least five organisations, else `thin`.

    `thin` also holds the firm neighbours of a thin month, so that the two lines meet.
    """
    values = of_event(series, event).groupby("month")["value"].median().dropna()
    if values.empty:
        return pd.DataFrame({"month": [], "median": [], "n": [], "firm": [], "thin": []})
    months = pd.RangeIndex(values.index.min(), values.index.max() + 1, step, name="month")
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
