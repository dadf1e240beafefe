"""One series around its interruptions: the fitted line, and the line it would have run on without entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, Span, band, covid_band, covid_label, finish
from pages.charts.layers.end_labels import EndLabel, end_labels, place
from pages.charts.layers.formats import IndicatorText, format_month, format_span
from pages.charts.layers.layered import laid_over
from pages.charts.layers.rows import last_known, rows_of
from pages.charts.layers.scales import Extent, extent_of
from pages.charts.layers.top_labels import TopLabel, top_labels
from pages.charts.layers.value_plane import ValuePlane
from pages.charts.layers.values import one_row
from pages.charts.theme import Tokens

HEIGHT = 360
WITHOUT = "mean of the line without entry"
FLAT = "the same without a slope"
_NEAR_THE_END = 0.15
_BAND = 0.13
_LINES = ("fitted", "counterfactual", "counterfactual_low", "counterfactual_high")
_ALL = ("value", *_LINES, "counterfactual_flat")
_HOVER = {
    "month": "Period",
    "shown": "Value",
    "above": "Numerator",
    "below": "Denominator",
    "line": "Fitted",
    "without": "Without entry",
    "left_out": "Used in the fit",
}


@dataclass(frozen=True)
class Interruption:
    """An entry or (not `is_entry`) an exit of the day `happened`, drawn at the first day exposed, `on`."""

    on: pd.Timestamp
    is_entry: bool
    happened: pd.Timestamp

    @property
    def words(self) -> str:
        """What stands on its rule: `entered Aug 2021`, `left Mar 2022`."""
        return f"{'entered' if self.is_entry else 'left'} {format_month(self.happened)}"

    @property
    def hover(self) -> str:
        """The same with the first period exposed."""
        return f"{self.words}; first exposed from {format_month(self.on)}"


def labels_above(interruptions: Sequence[Interruption], span: Span) -> list[TopLabel]:
    """The words above the data in the months [span): the pandemic's, and those of each interruption."""
    begin = pd.Timestamp(span[0])
    dated = [
        TopLabel(max(one.on, begin), one.words, "left" if one.is_entry else "right")
        for one in interruptions
    ]
    return [*covid_label(span), *dated]


@dataclass(frozen=True)
class Room:
    """The months shown, [span), and the pixels between the axes."""

    span: Span
    height: int = HEIGHT


@dataclass(frozen=True)
class Scene(ValuePlane):
    """A series in the months shown, with its interruptions in order of time."""

    series: pd.DataFrame
    interruptions: tuple[Interruption, ...]
    pixels: int

    @cached_property
    def extent(self) -> Extent:
        """The value axis for values, lines and the whole ribbon."""
        values = [float(value) for name in _ALL for value in self.series[name]]
        return extent_of(values, self.indicator.unit)

    @cached_property
    def labels(self) -> list[TopLabel]:
        """The words above the data."""
        return labels_above(self.interruptions, self.span)

    @property
    def height(self) -> int:
        """Pixels between the axes."""
        return self.pixels

    @property
    def is_fitted(self) -> bool:
        """Whether there is a result to draw, or the data alone."""
        return bool(self.series["fitted"].notna().any())


def draw_interrupted(
    series: pd.DataFrame,
    interruptions: tuple[Interruption, ...],
    indicator: IndicatorText,
    tokens: Tokens,
    room: Room,
) -> alt.LayerChart:
    """A series (`period_start, value, used, why`) around its interruptions.

    With a result also `fitted`, `counterfactual` with the ends of the interval of its mean (`_low`, `_high`),
    and `counterfactual_flat`; a missing column is not drawn. `numerator` and `denominator` are for hovers.
    """
    full = _ready(series, indicator)
    scene = Scene(indicator, tokens, room.span, full, interruptions, room.height)
    return finish(_layers(scene), indicator.title, _signs(scene), scene.height, tokens)


def _ready(series: pd.DataFrame, text: IndicatorText) -> pd.DataFrame:
    columns = [*_ALL, "numerator", "denominator"]
    empty = {name: float("nan") for name in columns if name not in series}
    full = series.assign(**empty)
    full = full.assign(**{name: full[name].astype(float) for name in columns})
    rows = rows_of(full)
    return full.assign(
        month=[format_span(row.period_start, text.step_months) for row in rows],
        shown=[_figure(row.value, text, "no figure") for row in rows],
        above=[_amount(row.numerator) for row in rows],
        below=[_amount(row.denominator) for row in rows],
        line=[_figure(row.fitted, text, "not fitted") for row in rows],
        without=[_without(row, text) for row in rows],
        left_out=["yes" if row.used else f"no: {_reason(row)}" for row in rows],
    )


def _reason(row: Any) -> str:
    return "no value" if pd.isna(row.why) else str(row.why)


def _figure(value: float, text: IndicatorText, otherwise: str) -> str:
    return otherwise if pd.isna(value) else text.shown(value)


def _amount(amount: float) -> str:
    return "none" if pd.isna(amount) else f"{amount:,.0f}"


def _without(row: Any, text: IndicatorText) -> str:
    if pd.isna(row.counterfactual):
        return "not drawn here"
    low, high = (text.shown(end) for end in (row.counterfactual_low, row.counterfactual_high))
    return f"{text.shown(row.counterfactual)} ({low} to {high})"


def _layers(scene: Scene) -> list[Layer]:
    return [
        *covid_band(scene.span, scene.tokens),
        *inside_bands(scene.interruptions, scene),
        *(_without_entry(scene) if scene.is_fitted else []),
        *(rule_of(one, scene) for one in scene.interruptions),
        *_points(scene),
        *(_fitted(scene) if scene.is_fitted else []),
        *scene.missing_ticks(scene.series, _tooltips()),
        *_words(scene),
    ]


def inside_bands(interruptions: Sequence[Interruption], plane: ValuePlane) -> list[Layer]:
    """A pale band from each entry to the exit after it, or to the end where none is drawn."""
    colour = plane.tokens.programmes["rsp"]
    edges = [one.on for one in interruptions] + [plane.end]
    return [
        band(one.on, edges[number + 1], colour, _BAND, plane.span)
        for number, one in enumerate(interruptions)
        if one.is_entry
    ]


def rule_of(one: Interruption, plane: ValuePlane) -> alt.Chart:
    """The rule of an interruption over the whole height: solid for an entry, dashed for an exit."""
    chart = alt.Chart(one_row(on=one.on, words=one.hover))
    dash = [1, 0] if one.is_entry else [5, 3]
    rule = chart.mark_rule(
        color=plane.tokens.programmes["rsp"], strokeWidth=1.5, strokeDash=dash, clip=True
    )
    hover = alt.Tooltip("words:N", title="Interruption")
    drawn: alt.Chart = rule.encode(x=plane.x("on"), tooltip=hover)
    return drawn


def _without_entry(scene: Scene) -> list[Layer]:
    """The line without entry, dashed, with the interval of its mean; and thin, the one without a slope."""
    x, muted = scene.x("period_start"), scene.tokens.muted
    after = scene.series[scene.series["counterfactual"].notna()]
    chart = alt.Chart()
    ribbon = chart.mark_area(color=scene.tokens.comparators, opacity=0.25).encode(
        x=x, y=scene.y("counterfactual_low"), y2=alt.Y2("counterfactual_high:Q")
    )
    dashed = chart.mark_line(color=muted, strokeWidth=2, strokeDash=[6, 4])
    flat = chart.mark_line(color=muted, strokeWidth=1, strokeDash=[2, 2])
    lines = [dashed.encode(x=x, y=scene.y("counterfactual"))]
    if after["counterfactual_flat"].notna().any():
        lines.append(flat.encode(x=x, y=scene.y("counterfactual_flat")))
    return [laid_over(ribbon, *lines, data=after)]


def _points(scene: Scene) -> list[Layer]:
    """Every value; those left out of the fit are hollow and faint. Before a result a thin line joins them."""
    ink = scene.tokens.ink
    x, y = scene.x("period_start"), scene.y("value")
    used = scene.series["used"].astype(bool)
    layers: list[Layer] = []
    if not scene.is_fitted:
        line = alt.Chart(scene.series).mark_line(color=scene.tokens.accent, strokeWidth=1.4)
        layers.append(line.encode(x=x, y=y))
    filled: dict[str, Any] = {"filled": True, "color": ink, "opacity": 0.85, "size": 22}
    hollow: dict[str, Any] = {
        "filled": False,
        "color": scene.tokens.muted,
        "opacity": 0.6,
        "size": 26,
    }
    for chosen, mark in ((used, filled), (~used, hollow)):
        rows = scene.series[chosen & scene.series["value"].notna()]
        if len(rows):
            points = alt.Chart(rows).mark_point(**mark)
            layers.append(points.encode(x=x, y=y, tooltip=_tooltips()))
    return layers


def _fitted(scene: Scene) -> list[Layer]:
    line = alt.Chart(scene.series).mark_line(color=scene.tokens.accent, strokeWidth=2.2)
    return [line.encode(x=scene.x("period_start"), y=scene.y("fitted"))]


def _tooltips() -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in _HOVER.items()]


def _words(scene: Scene) -> list[Layer]:
    layers: list[Layer] = []
    if scene.is_fitted:
        near = scene.end - _NEAR_THE_END * (scene.end - pd.Timestamp(scene.span[0]))
        placed = place(_ends(scene), scene.end, near, scene.rise)
        layers.append(end_labels(placed, scene.x, scene.y, scene.tokens))
    layers.append(top_labels(scene.labels, scene.span, scene.x("on"), scene.tokens))
    return layers + scene.foot_note()


def _ends(scene: Scene) -> list[EndLabel]:
    colours = scene.tokens
    named = (
        ("fitted", "fitted line", colours.accent),
        ("counterfactual", WITHOUT, colours.muted),
        ("counterfactual_flat", FLAT, colours.muted),
    )
    return [
        EndLabel(row.period_start, getattr(row, name), words, colour, is_bold=name == "fitted")
        for name, words, colour in named
        for row in last_known(scene.series, name)
    ]


def _signs(scene: Scene) -> list[str]:
    series = scene.series
    has_hollow = bool((~series["used"].astype(bool) & series["value"].notna()).any())
    if not scene.is_fitted:
        return ["points: figures", *(["hollow: would be left out of the fit"] * has_hollow)]
    hollow = ["hollow: left out of the fit"] * has_hollow
    return ["points: figures", *hollow, "grey: 95 % interval of the mean"]
