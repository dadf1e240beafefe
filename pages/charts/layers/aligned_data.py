"""Months counted from entry or exit, made ready to draw: gaps kept, medians where enough, hovers in words."""

from math import isnan, nan
from statistics import median
from typing import Any, Literal

import pandas as pd

from pages.charts.layers.formats import IndicatorText, format_span, format_value
from pages.charts.layers.rows import as_texts, rows_of

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
DRAWN = [
    *("event", "spell_id", "org_code", "org_name", "programme_short", "month"),
    *("period_start", "value", "numerator", "denominator"),
]
"""What is drawn of a series; other columns are not carried along."""


def every_period(frame: pd.DataFrame, step: int) -> pd.DataFrame:
    """The rows with an empty one for each period of `step` months between first and last that has none."""
    months = range(frame["month"].min(), frame["month"].max() + 1, step)
    return frame.set_index("month").reindex(months).reset_index()


def of_event(frame: pd.DataFrame, event: Event) -> pd.DataFrame:
    """The rows of one event in order of month."""
    return frame[frame["event"] == event].sort_values("month", ignore_index=True)


def lines_of_spells(series: pd.DataFrame, event: Event, text: IndicatorText) -> pd.DataFrame:
    """One row per spell and period between its first and last figure, with the words of its hover.

    A period without a figure keeps a row without a value, so that no line bridges it.
    """
    rows = of_event(series, event).dropna(subset="value")
    ready = {name: rows[name].to_list() for name in ("month", "spell_id", "org_code", "value")}
    return _without_holes(ready | _hover(rows, event, text), text.step_months)


def _hover(rows: pd.DataFrame, event: Event, text: IndicatorText) -> dict[str, list[Any]]:
    step = text.step_months
    placed = zip(rows["month"].to_list(), rows["period_start"].to_list(), strict=True)
    return {
        "organisation": rows["org_name"].to_list(),
        "programme": rows["programme_short"].to_list(),
        "when": [
            f"{_distance(month, event, text)} ({format_span(start, step)})"
            for month, start in placed
        ],
        "shown": [text.shown(value) for value in rows["value"].to_list()],
        "above": [_amount(amount) for amount in rows["numerator"].to_list()],
        "below": [_amount(amount) for amount in rows["denominator"].to_list()],
    }


def _distance(month: int, event: Event, text: IndicatorText) -> str:
    if month == 0:
        return f"{text.period_noun} of {event}"
    months = "1 month" if abs(month) == 1 else f"{abs(month)} months"
    return f"{months} {'before' if month < 0 else 'after'} {event}"


def _amount(amount: float) -> str:
    return "none" if pd.isna(amount) else format_value(amount, "count")


def _without_holes(ready: dict[str, list[Any]], step: int) -> pd.DataFrame:
    """Every spell's rows, which are in order of month, in one pass: a frame for each would take longer than
    all that is drawn.
    """
    spells, months = ready["spell_id"], ready["month"]
    found = {place: row for row, place in enumerate(zip(spells, months, strict=True))}
    last = dict(zip(spells, months, strict=True))
    first = dict(zip(reversed(spells), reversed(months), strict=True))
    codes = dict(zip(spells, ready["org_code"], strict=True))
    places = [(key, at) for key in sorted(last) for at in range(first[key], last[key] + 1, step)]
    rows = [found.get(place) for place in places]
    words = {word: ["" if at is None else ready[word][at] for at in rows] for word in HOVER}
    return pd.DataFrame(
        {
            "month": [month for _, month in places],
            "spell_id": as_texts([spell for spell, _ in places]),
            "org_code": as_texts([codes[spell] for spell, _ in places]),
            "value": [nan if at is None else ready["value"][at] for at in rows],
            **{word: as_texts(texts) for word, texts in words.items()},
        }
    )


def medians(
    series: pd.DataFrame, counts: pd.DataFrame, event: Event, step: int = 1
) -> pd.DataFrame:
    """Median by `month`, every `step` of them: `firm` of at least five organisations, else `thin`.

    `thin` also holds the firm neighbours of a thin month, so that the two lines meet.
    """
    values, found = _by_month(series, event, "value"), _by_month(counts, event, "n")
    if not values:
        return pd.DataFrame({"month": [], "median": [], "n": [], "firm": [], "thin": []})
    months = range(min(values), max(values) + 1, step)
    middle = [median(values[month]) if month in values else nan for month in months]
    n = [sum(found.get(month, [])) for month in months]
    firm = [number >= ENOUGH for number in n]
    is_drawn_thin = [not all(firm[max(at - 1, 0) : at + 2]) for at in range(len(firm))]
    return pd.DataFrame(
        {
            "month": months,
            "median": middle,
            "n": n,
            "firm": [at if is_firm else nan for at, is_firm in zip(middle, firm, strict=True)],
            "thin": [at if thin else nan for at, thin in zip(middle, is_drawn_thin, strict=True)],
        }
    )


def _by_month(frame: pd.DataFrame, event: Event, column: str) -> dict[int, list[Any]]:
    """The figures of an event by month; grouping a frame takes ten times as long."""
    figures: dict[int, list[Any]] = {}
    rows = (frame[name].to_list() for name in ("event", "month", column))
    for of, month, figure in zip(*rows, strict=True):
        if of == event and not isnan(figure):
            figures.setdefault(month, []).append(figure)
    return figures


def figure_at(frame: pd.DataFrame, month: int) -> Any:
    """The row of one month, or None where it has no median."""
    rows = (row for row in rows_of(frame) if row.month == month and not isnan(row.median))
    return next(rows, None)
