"""Above the rows of the strip: the name of each era, its years and quarters; below, where years begin."""

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.spell_frame import Columns
from pages.charts.layers.strip_panels import (
    EARLY,
    Panel,
    financial_quarter,
    financial_year,
    quarter_starts,
)
from pages.charts.theme import Tokens

HEAD = 54
"""Pixels above the first row."""

_NAME, _YEAR, _QUARTER = 10, 29, 45
_ROOM_FOR_QUARTERS = 21


def head_layers(panels: Sequence[Panel], columns: Columns, tokens: Tokens) -> list[alt.Chart]:
    """A band with the name of each panel, and below it the years and quarters; for the latter with room."""
    return [
        _bands(panels, columns, tokens),
        _names(panels, columns, tokens),
        _years(panels, columns, tokens),
        _quarters(panels, columns, tokens),
    ]


def year_rules(panels: Sequence[Panel], columns: Columns, tokens: Tokens) -> alt.Chart:
    """A light rule down the rows where a year begins."""
    years = pd.DataFrame({"at": [year["begins"] for panel in panels for year in years_of(panel)]})
    chart: alt.Chart = (
        alt.Chart(years)
        .mark_rule(color=tokens.grid)
        .encode(x=columns.time("at"), y=alt.YValue(HEAD), y2=alt.Y2Value("height"))
    )
    return chart


def years_of(panel: Panel) -> list[dict[str, Any]]:
    """The years of a panel: `begins`, `length` in columns, `year`, `short`; calendar years before 2021."""
    days = quarter_starts(panel.begins, panel.ends)
    names = [str(day.year) if panel.era_id == EARLY else financial_year(day) for day in days]
    firsts = [
        day for day, name, before in zip(days, names, ["", *names], strict=False) if name != before
    ]
    ends = [*firsts[1:], panel.ends]
    return [
        {
            "begins": panel.place(first),
            "length": panel.place(end) - panel.place(first),
            "year": name,
            "short": f"{name[2:]}",
        }
        for first, end, name in zip(firsts, ends, dict.fromkeys(names), strict=True)
    ]


def _bands(panels: Sequence[Panel], columns: Columns, tokens: Tokens) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(_frame(panels))
        .mark_rect(color=tokens.grid)
        .encode(
            x=columns.stretch("begins"),
            x2=alt.X2("ends"),
            y=alt.YValue(0),
            y2=alt.Y2Value(2 * _NAME),
        )
    )
    return chart


def _frame(panels: Sequence[Panel]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "begins": [panel.left for panel in panels],
            "ends": [panel.right for panel in panels],
            "length": [panel.width for panel in panels],
            "name": [panel.name for panel in panels],
            "short": [panel.short for panel in panels],
        }
    )


def _names(panels: Sequence[Panel], columns: Columns, tokens: Tokens) -> alt.Chart:
    fits = f"datum.length * width / {columns.length} - 6 > 6.6 * length(datum.{{}})"
    chart: alt.Chart = (
        alt.Chart(_frame(panels))
        .transform_calculate(
            shown=f"{fits.format('name')} ? datum.name : {fits.format('short')} ? datum.short : ''"
        )
        .mark_text(align="left", dx=4, fontSize=11, fontWeight="bold")
        .encode(
            x=columns.time("begins"),
            y=alt.YValue(_NAME),
            text=alt.Text("shown:N"),
            tooltip=alt.Tooltip("name:N", title="framework"),
            color=alt.ColorValue(tokens.ink),
        )
    )
    return chart


def _years(panels: Sequence[Panel], columns: Columns, tokens: Tokens) -> alt.Chart:
    years = pd.DataFrame([year for panel in panels for year in years_of(panel)])
    room = f"datum.length * width / {columns.length}"
    shown = (
        f"{room} > 7 * length(datum.year) ? datum.year : "
        f"{room} > 6 * length(datum.short) + 2 ? datum.short : ''"
    )
    chart: alt.Chart = (
        alt.Chart(years)
        .transform_calculate(shown=shown)
        .mark_text(align="left", dx=2, fontSize=11, color=tokens.muted)
        .encode(x=columns.time("begins"), y=alt.YValue(_YEAR), text=alt.Text("shown:N"))
    )
    return chart


def _quarters(panels: Sequence[Panel], columns: Columns, tokens: Tokens) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(list(_quarter_names(panels))))
        .transform_calculate(
            shown=f"width / {columns.length} > {_ROOM_FOR_QUARTERS} ? datum.quarter : ''"
        )
        .mark_text(fontSize=10, color=tokens.muted)
        .encode(x=columns.time("middle"), y=alt.YValue(_QUARTER), text=alt.Text("shown:N"))
    )
    return chart


def _quarter_names(panels: Sequence[Panel]) -> Iterator[dict[str, Any]]:
    for panel in panels:
        if panel.era_id != EARLY:
            for day in quarter_starts(panel.begins, panel.ends):
                middle = panel.place(day) + 0.5
                yield {"middle": round(middle, 3), "quarter": financial_quarter(day)[-2:]}
