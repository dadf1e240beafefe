"""Behind every line over months: the time axis, the pandemic, changes of definition; and the frame."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.formats import format_month
from pages.charts.layers.layered import laid_over
from pages.charts.layers.once import Axis, Scale, X
from pages.charts.layers.rows import rows_of
from pages.charts.layers.top_labels import TopLabel
from pages.charts.layers.values import one_row
from pages.charts.layers.years import year_axis
from pages.charts.theme import CHART_WIDTH, COVID, Tokens, config

Layer = alt.Chart | alt.LayerChart | alt.FacetChart
"""A chart to be laid over others; Altair's types allow for facets, none is made here."""
Span = tuple[date, date]
"""The months a chart shows, [from, to), both the first of a month."""

_COVID_OPACITY = 0.5
_FIRST_FOOTNOTE = 0x2460
_TITLE_LETTERS = 44
_GAP = "\u2003"
"""Between signs that stand in one line, not closed up as other spaces are."""
_LETTER = 6.2
"""Pixels of a letter of a subtitle, generously."""


@lru_cache(maxsize=64)
def month_axis(span: Span) -> alt.Axis:
    """Years along the bottom, or quarters where three years or less are shown."""
    if (span[1] - span[0]).days > 3 * 366:
        return year_axis("bottom")
    return Axis(format="%b %Y", tickCount=alt.TimeIntervalStep("month", 3), title=None)


@lru_cache(maxsize=64)
def _month_scale(span: Span) -> alt.Scale:
    # Expressions (months from 0): Vega-Lite finds plain dates in bands and in lines to be in conflict.
    ends = [alt.ExprRef(f"datetime({day.year}, {day.month - 1}, {day.day})") for day in span]
    return Scale(domain=ends)


@lru_cache(maxsize=256)
def month_x(field: str, span: Span) -> alt.X:
    """A date field on the time axis of the chart."""
    return X(f"{field}:T", scale=_month_scale(span), axis=month_axis(span))


def covid_band(span: Span, tokens: Tokens) -> list[alt.Chart]:
    """The pandemic months as a very light band; nothing where none of them is shown."""
    if COVID[0] >= span[1] or COVID[1] <= span[0]:
        return []
    begins, ends = map(pd.Timestamp, COVID)
    return [band(begins, ends, tokens.grid, _COVID_OPACITY, span)]


def covid_label(span: Span) -> list[TopLabel]:
    """The name of the pandemic band, once."""
    if COVID[0] >= span[1] or COVID[1] <= span[0]:
        return []
    return [TopLabel(max(pd.Timestamp(COVID[0]), pd.Timestamp(span[0])), "COVID-19")]


def band(
    begins: pd.Timestamp, ends: pd.Timestamp, fill: Any, opacity: float, span: Span
) -> alt.Chart:
    """A band over the whole height, [begins, ends); `fill` is a colour or a gradient."""
    chart = alt.Chart(one_row(begins=begins, ends=ends))
    drawn: alt.Chart = chart.mark_rect(color=fill, opacity=opacity, clip=True, tooltip=None).encode(
        x=month_x("begins", span), x2=alt.X2("ends:T")
    )
    return drawn


def break_rules(breaks: pd.DataFrame, span: Span, tokens: Tokens) -> list[alt.Chart]:
    """A thin dotted rule at every change of definition in the months shown."""
    shown = _shown(breaks, span)
    if shown.empty:
        return []
    rule = alt.Chart(shown).mark_rule(color=tokens.muted, strokeDash=[1, 3])
    tooltip = alt.Tooltip("label:N", title="Change of definition")
    return [rule.encode(x=month_x("on", span), tooltip=tooltip)]


def footnotes(breaks: pd.DataFrame) -> list[str]:
    """The changes of definition in order of date, numbered as on the chart: `① Booked … (Aug 2020)`."""
    return [
        f"{row.number} {row.label} ({format_month(row.on)})"
        for row in rows_of(_with_numbers(breaks))
    ]


def _with_numbers(breaks: pd.DataFrame) -> pd.DataFrame:
    dated = breaks.assign(on=pd.to_datetime(breaks["on"]))
    ordered = dated.sort_values("on", ignore_index=True)
    return ordered.assign(number=[chr(_FIRST_FOOTNOTE + place) for place in ordered.index])


def _shown(breaks: pd.DataFrame, span: Span) -> pd.DataFrame:
    numbered = _with_numbers(breaks)
    on = numbered["on"]
    return numbered[(on >= pd.Timestamp(span[0])) & (on < pd.Timestamp(span[1]))]


def break_labels(breaks: pd.DataFrame, span: Span) -> list[TopLabel]:
    """The footnote numbers of the changes of definition in the months shown."""
    return [TopLabel(pd.Timestamp(row.on), row.number) for row in rows_of(_shown(breaks, span))]


def finish(
    layers: Sequence[Layer],
    title: str,
    subtitle: Sequence[str],
    height: int,
    tokens: Tokens,
) -> alt.LayerChart:
    """The layers as one titled chart, as wide as its place and `height` pixels between its axes.

    A chart that needs no title of its own, because its page says the same, has "" and begins with `subtitle`.
    """
    words: dict[str, Any] = {"text": wrap(title, _TITLE_LETTERS), "subtitle": list(subtitle)}
    if not title:
        words = _signs(subtitle) | {"fontSize": 12, "fontWeight": "normal", "color": tokens.muted}
    return laid_over(
        *layers,
        width=CHART_WIDTH,
        height=height,
        title=alt.TitleParams(**words, offset=12),
        # Heights in the layers are pixels between the axes, so only the width may be fitted.
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        config=alt.Config(**config(tokens)),
    )


def _signs(lines: Sequence[str]) -> dict[str, Any]:
    """What the signs of a chart mean, in one line where there is room, else in two, else a line each."""
    half = (len(lines) + 1) // 2
    one, two = _GAP.join(lines), [_GAP.join(part) for part in (lines[:half], lines[half:])]
    chosen = f"{_room(two)} ? {json.dumps(two)} : {json.dumps(list(lines))}"
    return {"text": alt.ExprRef(f"{_room([one])} ? {json.dumps(one)} : {chosen}")}


def _room(lines: Sequence[str]) -> str:
    """Whether the plot is as wide as the longest of the lines."""
    return f"width > {_LETTER * max(map(len, lines)):.0f}"
