"""One indicator by segment, in one quarter of one framework: a point per organisation, and medians."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from indicators.stats.medians import Median, median_of
from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.contrast import own_or_ink
from pages.charts.layers.formats import IndicatorText, axis_format, format_value
from pages.charts.layers.scales import NOT_FROM_ZERO, Extent, extent_of
from pages.charts.theme import Tokens

__all__ = ["IndicatorText", "describe_by_segment", "draw_by_segment", "medians_of"]

_ROW, _COMPACT_ROW = 76, 64
_SPREAD = 0.46
"""Share of a row over which its points are strewn, so that equal values do not hide each other."""
_GOLDEN = 0.618034
_NEAR_EDGE = 0.15


@dataclass(frozen=True)
class _Plane:
    """Where the rows of segments and the values lie, and in which colours."""

    extent: Extent
    indicator: IndicatorText
    segments: tuple[int, ...]
    row: int
    tokens: Tokens

    def x(self, field: str) -> alt.X:
        scale = alt.Scale(domain=[self.extent.low, self.extent.high], nice=False, zero=False)
        axis = alt.Axis(
            values=list(self.extent.ticks),
            grid=True,
            domain=False,
            ticks=False,
            title=self.indicator.axis_title,
            **axis_format(self.indicator.unit),
        )
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    @property
    def y(self) -> alt.Y:
        axis = alt.Axis(
            title=None, labelExpr="'segment ' + datum.value", labelPadding=8, labelFontSize=13
        )
        return alt.Y("segment:O", scale=alt.Scale(domain=list(self.segments)), axis=axis)

    @property
    def strewn(self) -> alt.YOffset:
        reach = self.row * _SPREAD / 2
        ends = [self.row / 2 - reach, self.row / 2 + reach]
        return alt.YOffset("strewn:Q", scale=alt.Scale(domain=[-0.5, 0.5], range=ends))

    def side(self, value: float) -> str:
        """Towards which side of a point its name runs, so that it stays on the chart."""
        share = (value - self.extent.low) / (self.extent.high - self.extent.low)
        return "left" if share < _NEAR_EDGE else "right" if share > 1 - _NEAR_EDGE else "center"


def medians_of(values: pd.DataFrame) -> dict[int, Median]:
    """The median and its 95 % interval by `segment`, in their order, from `value`."""
    segments = values["segment"].to_numpy(dtype=np.int64)
    figures = values["value"].to_numpy(dtype=np.float64)
    return {int(which): median_of(figures[segments == which]) for which in np.unique(segments)}


def draw_by_segment(
    values: pd.DataFrame,
    highlighted: Sequence[str],
    indicator: IndicatorText,
    tokens: Tokens,
    *,
    compact: bool = False,
) -> alt.LayerChart:
    """A point per organisation, strewn over the row of its segment; bars are medians with their intervals.

    `values`: `org_code, org_name, segment, value`, at least one row, no value missing. A click sets the
    parameter `org`. Up to four organisations `highlighted` are named, each in a colour of its own.
    `compact` is for cards: lower.
    """
    medians = medians_of(values)
    extent = extent_of(values["value"].astype(float), indicator.unit)
    row = _COMPACT_ROW if compact else _ROW
    plane = _Plane(extent, indicator, tuple(medians), row, tokens)
    shown = _strewn(values, indicator)
    layers: list[Layer] = [
        _points(shown, plane),
        *_bars(medians, plane),
        *_named(shown, highlighted, plane),
    ]
    return finish(layers, "", _reading(extent, medians), row * len(medians), tokens)


def _strewn(values: pd.DataFrame, indicator: IndicatorText) -> pd.DataFrame:
    """Values in their order with `strewn` in [-½, ½), the same for the same values."""
    ordered = values.sort_values(["segment", "value", "org_code"], ignore_index=True)
    place = ordered.groupby("segment").cumcount().to_numpy(dtype=np.float64)
    told = [format_value(float(value), indicator.unit) for value in ordered["value"]]
    columns = ["org_code", "org_name", "segment", "value"]
    return ordered[columns].assign(strewn=(place * _GOLDEN) % 1 - 0.5, told=told)


def _points(shown: pd.DataFrame, plane: _Plane) -> alt.Chart:
    chosen = alt.selection_point(name="org", fields=["org_code"], on="click")
    colours = dict(enumerate(plane.tokens.segments, start=1))
    filled = shown.assign(colour=shown["segment"].astype(int).map(colours))
    chart: alt.Chart = (
        alt.Chart(filled)
        .mark_circle(size=46, opacity=0.85, stroke=plane.tokens.outline, strokeWidth=0.6)
        .encode(
            x=plane.x("value"),
            y=plane.y,
            yOffset=plane.strewn,
            color=alt.Color("colour:N", scale=None),
            tooltip=_hover(),
        )
        .add_params(chosen)
    )
    return chart


def _hover() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("org_name:N", title="organisation"),
        alt.Tooltip("segment:O", title="segment"),
        alt.Tooltip("told:N", title="value"),
    ]


def _bars(medians: dict[int, Median], plane: _Plane) -> list[alt.Chart]:
    rows, ink = _median_rows(medians, plane.indicator), plane.tokens.ink
    base = alt.Chart(rows).encode(y=plane.y)
    median = base.mark_tick(color=ink, thickness=3, size=plane.row * _SPREAD)
    words = base.mark_text(
        align="left", baseline="top", dy=-0.46 * plane.row, fontSize=11.5, color=ink
    )
    layers = [
        median.encode(x=plane.x("value")),
        words.encode(x=alt.XValue(4), text=alt.Text("words:N")),
    ]
    with_interval = rows.dropna(subset="low")
    # A layer without a mark would be a picture without words.
    if len(with_interval):
        rule = alt.Chart(with_interval).mark_rule(color=ink, strokeWidth=3)
        layers.insert(0, rule.encode(x=plane.x("low"), y=plane.y, x2=alt.X2("high:Q")))
    return layers


def _median_rows(medians: dict[int, Median], indicator: IndicatorText) -> pd.DataFrame:
    rows = [
        {
            "segment": segment,
            "value": median.value,
            "low": median.low,
            "high": median.high,
            "words": f"{_organisations(median.number)}, median {_told(median, indicator)}",
        }
        for segment, median in medians.items()
    ]
    return pd.DataFrame(rows).astype({"low": float, "high": float})


def _told(median: Median, indicator: IndicatorText) -> str:
    figure = format_value(median.value, indicator.unit)
    if median.low is None or median.high is None:
        return f"{figure} (too few for an interval)"
    ends = [format_value(end, indicator.unit) for end in (median.low, median.high)]
    return f"{figure} ({ends[0]} to {ends[1]})"


def _organisations(number: int) -> str:
    return "1 organisation" if number == 1 else f"{number} organisations"


def _named(shown: pd.DataFrame, highlighted: Sequence[str], plane: _Plane) -> list[alt.Chart]:
    """The chosen ones in colours of their own, named."""
    own = shown[shown["org_code"].isin(list(highlighted))]
    if own.empty:
        return []
    lines = plane.tokens.lines
    colours = dict(zip(highlighted, (*lines[1:], lines[0]), strict=False))
    named = own.assign(
        colour=own["org_code"].map(colours),
        text_colour=[own_or_ink(colours[code], plane.tokens) for code in own["org_code"]],
        side=[plane.side(float(value)) for value in own["value"]],
    )
    base = alt.Chart(named).encode(
        x=plane.x("value"), y=plane.y, yOffset=plane.strewn, tooltip=_hover()
    )
    point = base.mark_circle(size=150, opacity=1, stroke=plane.tokens.ink, strokeWidth=1.2)
    placed: dict[str, Any] = {"dy": 17, "fontWeight": "bold", "fontSize": 11.5}
    words = base.encode(text=alt.Text("org_name:N"))
    side, ground = alt.ExprRef("datum.side"), plane.tokens.background
    halo = words.mark_text(align=side, color=ground, stroke=ground, strokeWidth=3, **placed)
    name = words.mark_text(align=side, **placed)
    return [
        point.encode(color=alt.Color("colour:N", scale=None)),
        halo,
        name.encode(color=alt.Color("text_colour:N", scale=None)),
    ]


def _reading(extent: Extent, medians: dict[int, Median]) -> list[str]:
    lines = ["Each point is an organisation.", "Bars: median with its 95 % interval."]
    if not extent.starts_at_zero:
        lines.append(f"The {NOT_FROM_ZERO}.")
    if any(median.low is None for median in medians.values()):
        lines.append("No interval below six organisations.")
    return lines


def describe_by_segment(values: pd.DataFrame, indicator: IndicatorText) -> str:
    """The medians by segment with their intervals, and `n`, the organisations behind each."""
    parts = [
        f"segment {segment}: {_told(median, indicator)}, n = {median.number}"
        for segment, median in medians_of(values).items()
    ]
    return f"Median by segment: {'; '.join(parts)}."
