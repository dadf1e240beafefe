"""Groups of spells compared: counts as bars, rates and times as points with their intervals."""

from dataclasses import dataclass
from typing import Literal

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import finish
from pages.charts.theme import Tokens

LEAST_HEIGHT, MOST_HEIGHT = 240, 390
_MOST_ROW, _LEAST_ROW = 40, 15
_LABEL_WIDTH = {"expr": "min(260, 0.34 * (containerSize()[0] || 1200))"}
_WORDS_WIDTH = 190
_PALE = 0.3
_DOT = 90
_LEAST_REACH, _AIR = 12.0, 1.08


@dataclass(frozen=True)
class BreakdownText:
    """What a breakdown shows: its title, what the axis counts, its unit, and how to read it."""

    title: str
    axis_title: str
    unit: Literal["percent", "months"]
    reading: tuple[str, ...]


def draw_counts(rows: pd.DataFrame, text: BreakdownText, tokens: Tokens) -> alt.LayerChart:
    """A bar for each group (`label`) of `k` organisations, in front of a pale one of the `n` there were.

    `rows` in the order in which they are drawn, at least one; `n` is blank where there is no such number.
    `words` stand beside the bar.
    """
    shown = rows.assign(k=rows["k"].astype(float), n=rows["n"].astype(float))
    reach = max(1.0, shown[["k", "n"]].max().max())
    axis = alt.Axis(
        format="d", tickMinStep=1, tickCount=6, title=text.axis_title, orient="top", grid=True
    )
    names = _names(shown, tokens)
    there = shown.dropna(subset="n")
    layers = [_bar(shown, "k", reach, names, axis, tokens.accent), _beside(shown, tokens)]
    if len(there):
        pale = _bar(there, "n", reach, names, axis, tokens.comparators)
        layers.insert(0, pale.encode(opacity=alt.OpacityValue(_PALE)))
    return finish(layers, text.title, text.reading, _height(len(shown)), tokens)


def _bar(
    rows: pd.DataFrame, field: str, reach: float, names: alt.Y, axis: alt.Axis, colour: str
) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_bar(color=colour, height={"band": 0.62})
        .encode(
            y=names,
            x=alt.X(f"{field}:Q", scale=_scale(reach), axis=axis),
            tooltip=_hover(),
        )
    )
    return chart


def draw_rates(rows: pd.DataFrame, text: BreakdownText, tokens: Tokens) -> alt.LayerChart:
    """A point with its interval for each group that has an `estimate`; for the others only `words`.

    `rows` in the order in which they are drawn, at least one: `label`, `n`, `estimate`, `low`, `high` (shares
    as per cent; a blank `high` is an open interval, drawn as an arrow), `is_few` (a hollow point), `is_all`
    (the row of everything, which is ruled through the chart too) and `words`, written at the right.
    """
    reach = _reach(rows, text)
    axis = alt.Axis(title=text.axis_title, orient="top", grid=True, tickCount=6)
    x = alt.X("low:Q", scale=_scale(reach), axis=axis)
    layers = [
        _ground(rows, x, tokens),
        *_drawn_layers(rows, x, reach, tokens),
        _beside(rows, tokens),
    ]
    return finish(layers, text.title, text.reading, _height(len(rows)), tokens)


def _drawn_layers(rows: pd.DataFrame, x: alt.X, reach: float, tokens: Tokens) -> list[alt.Chart]:
    """The layers of what has a figure; a layer without a mark would be a picture without words."""
    drawn = rows[rows["estimate"].notna()]
    drawn = drawn.assign(end=drawn["high"].fillna(reach))
    overall, open_ended = drawn[drawn["is_all"]], drawn[drawn["high"].isna()]
    names = _names(rows, tokens)
    layers = []
    if len(overall):
        layers.append(_overall(overall, reach, tokens))
    if len(drawn):
        layers.append(_intervals(drawn, x, names, tokens))
    if len(open_ended):
        layers.append(_arrows(open_ended, reach, names, tokens))
    if len(drawn):
        layers.append(_points(drawn, reach, names, tokens))
    return layers


def _intervals(drawn: pd.DataFrame, x: alt.X, names: alt.Y, tokens: Tokens) -> alt.Chart:
    chart: alt.Chart = alt.Chart(drawn).mark_rule(color=tokens.ink, strokeWidth=1.5)
    return chart.encode(y=names, x=x, x2=alt.X2("end:Q"), tooltip=_hover())


def _height(rows: int) -> int:
    fitted = max(LEAST_HEIGHT, min(MOST_HEIGHT, rows * _MOST_ROW))
    return max(fitted, rows * _LEAST_ROW)


def _reach(rows: pd.DataFrame, text: BreakdownText) -> float:
    ends = rows[["estimate", "low", "high"]].max().max()
    if text.unit == "percent":
        return min(100.0, _LEAST_REACH if pd.isna(ends) else max(_LEAST_REACH, ends * _AIR))
    return _LEAST_REACH if pd.isna(ends) else float(ends) * _AIR


def _scale(reach: float) -> alt.Scale:
    """The words beside the rows need room of their own, whatever the width of the page."""
    room = alt.ExprRef(f"max(width - {_WORDS_WIDTH}, 0.45 * width)")
    return alt.Scale(domain=[0, reach], range=[0, room], nice=False, zero=True)


def _names(rows: pd.DataFrame, tokens: Tokens) -> alt.Y:
    bold = "datum.value === 'All'"
    axis = alt.Axis(
        labelLimit=_LABEL_WIDTH,
        labelOverlap=False,
        labelPadding=6,
        labelColor=tokens.ink,
        labelFontWeight=alt.condition(bold, alt.value("bold"), alt.value("normal")),
        title=None,
    )
    return alt.Y("label:N", scale=alt.Scale(domain=list(rows["label"])), axis=axis)


def _hover() -> list[alt.Tooltip]:
    return [alt.Tooltip("label:N", title="group"), alt.Tooltip("hover:N", title="on record")]


def _ground(rows: pd.DataFrame, x: alt.X, tokens: Tokens) -> alt.Chart:
    """A line for every group, drawn or not, so that words find their row."""
    chart: alt.Chart = (
        alt.Chart(rows.assign(low=0.0))
        .mark_point(opacity=0)
        .encode(y=_names(rows, tokens), x=x, tooltip=_hover())
    )
    return chart


def _overall(overall: pd.DataFrame, reach: float, tokens: Tokens) -> alt.Chart:
    """The figure of all, ruled through the rows; its own row names it."""
    rule: alt.Chart = alt.Chart(overall).mark_rule(color=tokens.muted, strokeDash=[4, 3])
    return rule.encode(x=alt.X("estimate:Q", scale=_scale(reach)))


def _arrows(open_ended: pd.DataFrame, reach: float, names: alt.Y, tokens: Tokens) -> alt.Chart:
    chart: alt.Chart = alt.Chart(open_ended.assign(end=reach)).mark_point(
        shape="triangle-right", filled=True, color=tokens.ink, size=60, opacity=1
    )
    return chart.encode(y=names, x=alt.X("end:Q", scale=_scale(reach)), tooltip=_hover())


def _points(drawn: pd.DataFrame, reach: float, names: alt.Y, tokens: Tokens) -> alt.Chart:
    """Filled where enough stand behind a figure, hollow where few do."""
    hollow = alt.condition("datum.is_few", alt.value(tokens.background), alt.value(tokens.accent))
    chart: alt.Chart = alt.Chart(drawn).mark_point(
        size=_DOT, filled=True, stroke=tokens.accent, strokeWidth=2, opacity=1
    )
    x = alt.X("estimate:Q", scale=_scale(reach))
    return chart.encode(y=names, x=x, fill=hollow, tooltip=_hover())


def _beside(rows: pd.DataFrame, tokens: Tokens) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_text(align="right", fontSize=11.5, color=tokens.muted, limit=_WORDS_WIDTH)
        .encode(y=_names(rows, tokens), x=alt.XValue("width"), text=alt.Text("words:N"))
    )
    return chart


def describe_breakdown(rows: pd.DataFrame, text: BreakdownText) -> str:
    """The chart in words: its title, and each group's words."""
    parts = [f"{label}: {words}" for label, words in zip(rows["label"], rows["words"], strict=True)]
    return f"{text.title}. {'; '.join(parts)}."
