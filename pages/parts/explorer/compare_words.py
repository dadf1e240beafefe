"""A few organisations beside each other in words and as a small table."""

from typing import Any

import pandas as pd

from indicators.comparing import closest, last_common_period, standings
from pages.charts.icons import VARIATION_WORDS, as_address, variation_svg
from pages.charts.layers.formats import IndicatorText, format_change, format_span, format_value
from pages.parts.charted import charts_of
from pages.parts.frame import Look, tokens_of
from pages.parts.organisations import listed

MOST_TOLD = 3
"""Of more organisations than these only the highest and the lowest are told in words."""


def compare_sentences(rows: pd.DataFrame, history: pd.DataFrame, text: IndicatorText) -> list[str]:
    """Where each stands in the last period that all have, from the highest down, with its year's change.

    `rows` are those of the months shown, `history` all there are.
    """
    on = last_common_period(rows)
    if on is None:
        return [
            "There is no period in which all of them have a figure; the table gives each one's latest."
        ]
    names = rows.drop_duplicates("org_code").set_index("org_code")["org_name"]
    now = standings(rows[rows["period_start"] <= on], history).sort_values(
        "latest", ascending=False, kind="stable"
    )
    when = format_span(on, text.step_months)
    told = [
        f"{names[row.org_code]} {format_value(row.latest, text.unit)} ({_year(row, text)})"
        for row in now.itertuples()
    ]
    if len(told) > MOST_TOLD:
        told = [f"highest {told[0]}", f"lowest {told[-1]}"]
    return [
        f"{when}, with the change over a year: {listed(told)}.",
        *_closest_words(now, names, text),
    ]


def _year(row: Any, text: IndicatorText) -> str:
    return (
        "no figure a year before" if pd.isna(row.change) else format_change(row.change, text.unit)
    )


def _closest_words(now: pd.DataFrame, names: pd.Series, text: IndicatorText) -> list[str]:
    found = closest(now.set_index("org_code")["latest"])
    if found is None or len(now) < 3:
        return []
    one, other, apart = found
    size = format_change(apart, text.unit).lstrip("+")
    return [f"Closest together: {names[one]} and {names[other]}, {size} apart."]


def compare_table(
    indicator_id: str, rows: pd.DataFrame, history: pd.DataFrame, text: IndicatorText, look: Look
) -> pd.DataFrame:
    """Latest figure, a year before, change, number of periods and variation icon of each organisation."""
    names = rows.drop_duplicates("org_code").set_index("org_code")["org_name"]
    icons = charts_of(indicator_id).icons.set_index("org_code")["variation"]
    return pd.DataFrame(
        [
            {
                "Organisation": names[row.org_code],
                "Latest period": format_span(row.latest_on, text.step_months),
                "Latest": format_value(row.latest, text.unit),
                "A year before": "not published"
                if pd.isna(row.year_before)
                else format_value(row.year_before, text.unit),
                "Change": "not known"
                if pd.isna(row.change)
                else format_change(row.change, text.unit),
                "Periods": row.periods,
                "Variation": _icon(icons.get(row.org_code, "empty"), look),
            }
            for row in standings(rows, history).itertuples()
        ]
    )


def _icon(name: str, look: Look) -> str:
    """The icon as an image in a table's cell, and its name."""
    words = VARIATION_WORDS[name]
    return f"![]({as_address(variation_svg(name, tokens_of(look.theme), 22))}) {words}"
