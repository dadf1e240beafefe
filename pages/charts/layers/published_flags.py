"""Published totals as points with flags above the chart, and how far the register falls short of them."""

from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.formats import format_month
from pages.charts.layers.lanes import assign_lanes
from pages.charts.layers.month_plane import Plane
from pages.charts.layers.month_steps import by_month
from pages.charts.theme import Tokens

_FLAG_SHARE = 0.21
"""Share of the time axis that a flag takes on a wide screen; a narrow one shows the number alone."""


def lay_out_flags(counts: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """The published totals, each with what the register has for its month.

    Added: `known` and `possible`, missing where `counts` has no such month; `flag`, two lines of text;
    `is_late` for the later half of the months, where flags point left; `lane`, the row of the flag from 0.
    """
    register = by_month(counts)[["month", "known", "possible"]]
    first, last = register["month"].min(), register["month"].max()
    middle = first + (last - first) / 2
    month = published["date"].dt.to_period("M").dt.to_timestamp()
    flags = published.assign(month=month, is_late=published["date"] > middle).merge(
        register, "left", "month"
    )
    # Outermost on top: no pole then crosses the text of another flag.
    flags = flags.sort_values("date", key=lambda days: -(days - middle).abs(), ignore_index=True)
    lanes = assign_lanes([_reach(row, (last - first) * _FLAG_SHARE) for row in flags.itertuples()])
    return flags.assign(
        lane=[lane for lane, _ in lanes], flag=[_flag(row) for row in flags.itertuples()]
    )


def _reach(row: Any, width: pd.Timedelta) -> tuple[pd.Timestamp, pd.Timestamp]:
    return (row.date - width, row.date) if row.is_late else (row.date, row.date + width)


def _flag(row: Any) -> str:
    published = f"{row.label}, {format_month(row.date)}"
    if pd.isna(row.known):
        return f"{published}\nregister: no count for the month"
    return f"{published}\nregister: {int(row.known)} certain, {int(row.possible)} open"


def flag_layers(flags: pd.DataFrame, plane: Plane, tokens: Tokens) -> list[alt.Chart]:
    """Pole, text and point of each published total, and a thick line from it down to what is known."""
    raised = alt.Chart(flags.assign(raised=[plane.flag_height(lane) for lane in flags["lane"]]))
    covered = alt.Chart(flags[flags["known"].notna()])
    x = plane.time("date")
    text: dict[str, Any] = {
        **{"fontSize": 11, "lineHeight": 14, "lineBreak": "\n", "baseline": "top"},
        "align": alt.ExprRef("datum.is_late ? 'right' : 'left'"),
        "dx": alt.ExprRef("datum.is_late ? -5 : 5"),
    }
    return [
        raised.mark_rule(color=tokens.comparators).encode(
            x=x, y=plane.up("raised"), y2=alt.Y2("count:Q")
        ),
        covered.mark_rule(color=tokens.ink, strokeWidth=2, strokeDash=[3, 2]).encode(
            x=x, y=plane.up("known"), y2=alt.Y2("count:Q")
        ),
        raised.transform_calculate(shown="width < 600 ? '' + datum.count : datum.flag")
        .mark_text(color=tokens.ink, **text)
        .encode(x=x, y=plane.up("raised"), text=alt.Text("shown:N")),
        raised.mark_point(
            filled=True, size=70, opacity=1, color=tokens.ink, stroke=tokens.background
        ).encode(x=x, y=plane.up("count"), tooltip=alt.Tooltip("flag:N", title="published")),
    ]
