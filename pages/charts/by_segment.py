"""One indicator's values by segment of the oversight framework, in one quarter: points and quartiles."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from indicators.by_segment import by_segment
from pages.charts._backdrop import finish
from pages.charts._formats import IndicatorText, axis_format, format_value
from pages.charts._rows import rows_of
from pages.charts._scales import NOT_FROM_ZERO, Extent, extent_of
from pages.charts.theme import Tokens

__all__ = ["FEW", "describe_by_segment", "draw_by_segment"]

FEW = 10
"""With fewer organisations than this a segment's median says little, and the chart says so."""
_FEWEST_BOXED = 5
_HEIGHT = 350
_PHONE = 500
_HALF, _SPREAD = 0.3, 0.26
_GOLDEN = 0.618033988749895
_HOVER = {"org_name": "organisation", "segment": "segment", "told": "value", "type": "type"}


def draw_by_segment(
    rows: pd.DataFrame, text: IndicatorText, subtitle: Sequence[str], tokens: Tokens
) -> alt.LayerChart:
    """A point per organisation, spread within its segment for reading only; quartiles and median behind.

    `rows` (`org_name, type, segment, value`), at least one. `subtitle`: of when, and what to bear in mind.
    """
    table = by_segment(rows)
    extent = extent_of(rows["value"], text.unit)
    note = () if extent.starts_at_zero else (f"The {NOT_FROM_ZERO}.",)
    plane = _Plane(table, extent, text)
    layers = [
        *_boxes(table, plane, tokens),
        _points(_spread(rows, text), plane, tokens),
        _medians(table, plane, tokens),
        _median_words(table, plane, text, tokens),
    ]
    return finish(layers, "", (*subtitle, *note), _HEIGHT, tokens)


class _Plane:
    """The axes that all layers share: segments along, values up."""

    def __init__(self, table: pd.DataFrame, extent: Extent, text: IndicatorText) -> None:
        self._table, self._extent, self._text = table, extent, text

    def along(self, field: str) -> alt.X:
        low, high = self._table["segment"].min() - 0.5, self._table["segment"].max() + 0.5
        words = " : ".join(
            f"datum.value === {row.segment} ? (width < {_PHONE} ? ['{row.segment}', 'n {row.n}'] : "
            f"['Segment {row.segment}', '{_number_words(row.n)}'])"
            for row in rows_of(self._table)
        )
        axis = alt.Axis(
            values=list(self._table["segment"]),
            labelExpr=f"{words} : ''",
            labelFontSize=12,
            labelOverlap=False,
            ticks=False,
            title=None,
        )
        return alt.X(f"{field}:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis)

    def up(self, field: str) -> alt.Y:
        scale = alt.Scale(domain=[self._extent.low, self._extent.high], nice=False, zero=False)
        axis = alt.Axis(
            values=list(self._extent.ticks),
            title=self._text.axis_title,
            **axis_format(self._text.unit),
        )
        return alt.Y(f"{field}:Q", scale=scale, axis=axis)


def _number_words(number: int) -> str:
    return f"{number} organisation{'s' * (number != 1)}{', few' * (number < FEW)}"


def _spread(rows: pd.DataFrame, text: IndicatorText) -> pd.DataFrame:
    """Points of a segment side by side where their values are near, always in the same way."""
    ordered = rows.sort_values(["segment", "value", "org_name"], ignore_index=True)
    place = ordered.groupby("segment").cumcount()
    aside = ((place * _GOLDEN) % 1 - 0.5) * 2 * _SPREAD
    told = [format_value(value, text.unit) for value in ordered["value"]]
    return ordered.assign(x=ordered["segment"] + aside, told=told)


def _boxes(table: pd.DataFrame, plane: _Plane, tokens: Tokens) -> list[alt.Chart]:
    boxed = table[table["n"] >= _FEWEST_BOXED]
    if boxed.empty:
        return []
    ends = boxed.assign(left=boxed["segment"] - _HALF, right=boxed["segment"] + _HALF)
    chart: alt.Chart = (
        alt.Chart(ends[["left", "right", "q25", "q75"]])
        .mark_rect(color=tokens.comparators, opacity=0.3, tooltip=None)
        .encode(x=plane.along("left"), x2="right", y=plane.up("q25"), y2="q75")
    )
    return [chart]


def _points(rows: pd.DataFrame, plane: _Plane, tokens: Tokens) -> alt.Chart:
    present = sorted(rows["segment"].unique())
    fills = alt.Scale(domain=present, range=[tokens.segments[number - 1] for number in present])
    chart: alt.Chart = (
        alt.Chart(rows[["x", "value", *_HOVER]])
        .mark_circle(size=42, opacity=0.9, stroke=tokens.muted, strokeWidth=0.7)
        .encode(
            x=plane.along("x"),
            y=plane.up("value"),
            fill=alt.Fill("segment:O", scale=fills, legend=None),
            tooltip=[alt.Tooltip(f"{name}:N", title=title) for name, title in _HOVER.items()],
        )
    )
    return chart


def _medians(table: pd.DataFrame, plane: _Plane, tokens: Tokens) -> alt.Chart:
    ends = table.assign(left=table["segment"] - _HALF, right=table["segment"] + _HALF)
    chart: alt.Chart = (
        alt.Chart(ends[["left", "right", "median"]])
        .mark_rule(color=tokens.ink, strokeWidth=2.5)
        .encode(x=plane.along("left"), x2="right", y=plane.up("median"))
    )
    return chart


def _median_words(
    table: pd.DataFrame, plane: _Plane, text: IndicatorText, tokens: Tokens
) -> alt.Chart:
    words = table.assign(
        right=table["segment"] + _HALF,
        told=[format_value(value, text.unit) for value in table["median"]],
    )
    chart: alt.Chart = (
        alt.Chart(words[["right", "median", "told"]])
        .mark_text(align="left", dx=4, fontSize=12, fontWeight="bold", color=tokens.ink)
        .encode(x=plane.along("right"), y=plane.up("median"), text="told:N")
    )
    return chart


def describe_by_segment(rows: pd.DataFrame, text: IndicatorText) -> str:
    """The takeaway: the median and number of every segment."""
    parts = [
        f"segment {row.segment} {format_value(row.median, text.unit)} ({row.n}"
        f"{', few' * (row.n < FEW)})"
        for row in rows_of(by_segment(rows))
    ]
    return f"Median by segment (number of organisations): {'; '.join(parts)}."
