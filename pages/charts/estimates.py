"""One effect estimated in several ways: a row per estimator, or a curve over all specifications."""

from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.formats import IndicatorText
from pages.charts.layers.layered import laid_over
from pages.charts.layers.values import one_row
from pages.charts.theme import Tokens

_ROW, _CURVE = 34, 240
_FIXED = "blue diamond: as fixed beforehand"
_SHAPE = alt.condition("datum.is_fixed", alt.value("diamond"), alt.value("circle"))
_SIZE = alt.condition("datum.is_fixed", alt.value(150), alt.value(60))
_INTERVAL = "95 % interval"


def draw_estimators(
    rows: pd.DataFrame, text: IndicatorText, tokens: Tokens, span: str = _INTERVAL
) -> alt.LayerChart:
    """Each estimate with its interval in a row of its own, in the order given; 0 is a thin rule.

    `rows`: `label, estimate, ci_low, ci_high, is_fixed` (the one fixed beforehand, drawn in the accent).
    `text` is of changes: its `shown` writes a figure with its sign. `span`: what reaches from `ci_low` to
    `ci_high`.
    """
    order = rows["label"].to_list()
    up = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=260, ticks=False))
    across = {
        name: alt.X(f"{name}:Q", title=text.unit_title, axis=alt.Axis(**text.axis_format()))
        for name in ("estimate", "ci_low")
    }
    chart = alt.Chart()
    bar = chart.mark_rule(strokeWidth=2).encode(
        x=across["ci_low"], x2="ci_high:Q", y=up, color=_colour(tokens)
    )
    point = chart.mark_point(filled=True, opacity=1).encode(
        x=across["estimate"],
        y=up,
        color=_colour(tokens),
        shape=_SHAPE,
        size=_SIZE,
        tooltip=_tooltips(span),
    )
    zero = alt.Chart(one_row(zero=0)).mark_rule(color=tokens.muted, strokeDash=[3, 3])
    layers: list[Layer] = [
        zero.encode(x=alt.X("zero:Q", title=text.unit_title)),
        laid_over(bar, point, data=_ready(rows, text)),
    ]
    signs = [_FIXED, *([] if span == _INTERVAL else [f"line: {span}"])]
    return finish(layers, "", signs, _ROW * len(rows), tokens)


def draw_curve(rows: pd.DataFrame, text: IndicatorText, tokens: Tokens) -> alt.LayerChart:
    """The estimates from the lowest to the highest with their intervals; `rows` as for `draw_estimators`."""
    ordered = rows.sort_values("estimate", kind="stable", ignore_index=True)
    ready = _ready(ordered, text).assign(place=range(1, len(ordered) + 1))
    across = alt.X(
        "place:Q",
        title=None,
        axis=None,
        scale=alt.Scale(domain=[0, len(ordered) + 1], nice=False),
    )
    axis = alt.Axis(title=text.unit_title, **text.axis_format())
    chart = alt.Chart()
    bar = chart.mark_rule(strokeWidth=2).encode(
        x=across, y=alt.Y("ci_low:Q", axis=axis), y2="ci_high:Q", color=_colour(tokens)
    )
    point = chart.mark_point(filled=True, opacity=1).encode(
        x=across,
        y=alt.Y("estimate:Q", axis=axis),
        color=_colour(tokens),
        shape=_SHAPE,
        size=_SIZE,
        tooltip=_tooltips(_INTERVAL),
    )
    zero = alt.Chart(one_row(zero=0)).mark_rule(color=tokens.ink, strokeWidth=1)
    layers: list[Layer] = [
        laid_over(bar, point, data=ready),
        zero.encode(y=alt.Y("zero:Q", axis=axis)),
    ]
    return finish(layers, "", [_FIXED], _CURVE, tokens)


def _ready(rows: pd.DataFrame, text: IndicatorText) -> pd.DataFrame:
    ends = zip(rows["ci_low"], rows["ci_high"], strict=True)
    return rows.assign(
        shown=[text.shown(one) for one in rows["estimate"]],
        interval=[f"{text.shown(low)} to {text.shown(high)}" for low, high in ends],
    )


def _colour(tokens: Tokens) -> Any:
    return alt.condition("datum.is_fixed", alt.value(tokens.accent), alt.value(tokens.comparators))


def _tooltips(span: str) -> list[alt.Tooltip]:
    titles = {"label": "How", "shown": "Effect", "interval": span[:1].upper() + span[1:]}
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]
