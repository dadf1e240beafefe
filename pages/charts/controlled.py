"""One organisation beside its comparators: their mean and middle 80 %, and its line without entry."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import altair as alt
import pandas as pd

from pages.charts.interrupted import Interruption, Room, inside_bands, labels_above, rule_of
from pages.charts.layers.backdrop import Layer, covid_band, finish
from pages.charts.layers.end_labels import EndLabel, end_labels, place
from pages.charts.layers.formats import IndicatorText, format_span
from pages.charts.layers.layered import laid_over
from pages.charts.layers.rows import last_known, rows_of
from pages.charts.layers.scales import Extent, extent_of
from pages.charts.layers.top_labels import TopLabel, top_labels
from pages.charts.layers.trajectory_data import with_every_period
from pages.charts.layers.value_plane import ValuePlane
from pages.charts.theme import Tokens

HEIGHT = 304
"""Pixels between the axes, with the views above it in a row of their own."""
WITHOUT = "without entry"
_NEAR_THE_END = 0.15
_FIGURES = ("value", "comparators", "comparators_low", "comparators_high", "expected")
_HOVER = {
    "month": "Period",
    "shown": "Organisation",
    "mean": "Comparators’ mean",
    "middle": "Middle 80 % of them",
    "apart": "Difference to their mean",
    "without": "Without entry",
    "left_out": "Used in the fit",
}


@dataclass(frozen=True)
class Beside:
    """Of whom the chart is (`name`), beside how many comparators, around what, and in which room."""

    name: str
    comparators: int
    interruptions: tuple[Interruption, ...]
    text: IndicatorText
    room: Room


@dataclass(frozen=True)
class Scene(ValuePlane):
    """Both lines in the months shown."""

    series: pd.DataFrame
    beside: Beside

    @cached_property
    def extent(self) -> Extent:
        """The value axis for every line and the whole band."""
        values = [float(value) for name in _FIGURES for value in self.series[name]]
        return extent_of(values, self.indicator.unit)

    @cached_property
    def labels(self) -> list[TopLabel]:
        """The words above the data."""
        return labels_above(self.beside.interruptions, self.span)

    @property
    def height(self) -> int:
        """Pixels between the axes."""
        return self.beside.room.height

    @property
    def has_result(self) -> bool:
        """Whether there is a line without entry, or the data alone."""
        return bool(self.series["expected"].notna().any())


def draw_controlled(series: pd.DataFrame, beside: Beside, tokens: Tokens) -> alt.LayerChart:
    """An organisation's figures (`period_start, value, used, why`) with `comparators`, the mean of others.

    `comparators_low` and `comparators_high` are the ends of their middle 80 %. With a result also `expected`:
    where the organisation would have gone without entry, the comparators' mean and its own distance to them
    as before. Missing values leave a gap.
    """
    scene = Scene(beside.text, tokens, beside.room.span, _ready(series, beside.text), beside)
    return finish(_layers(scene), beside.text.title, _signs(scene), scene.height, tokens)


def _ready(series: pd.DataFrame, text: IndicatorText) -> pd.DataFrame:
    """Every period, with the words of its hover."""
    named = series if "expected" in series else series.assign(expected=float("nan"))
    floats = {name: named[name].astype(float) for name in _FIGURES}
    full = with_every_period(named.assign(**floats))
    full = full.assign(used=full["used"].eq(True))
    rows, change = rows_of(full), replace(text, is_change=True)
    return full.assign(
        month=[format_span(row.period_start, text.step_months) for row in rows],
        shown=[_figure(row.value, text) for row in rows],
        mean=[_figure(row.comparators, text) for row in rows],
        middle=[_middle(row.comparators_low, row.comparators_high, text) for row in rows],
        apart=[_figure(row.value - row.comparators, change) for row in rows],
        without=[_figure(row.expected, text, "not drawn here") for row in rows],
        left_out=[_left_out(row.used, row.why) for row in rows],
    )


def _figure(value: float, text: IndicatorText, otherwise: str = "no figure") -> str:
    return otherwise if pd.isna(value) else text.shown(value)


def _middle(low: float, high: float, text: IndicatorText) -> str:
    return "no figure" if pd.isna(low) else f"{text.shown(low)} to {text.shown(high)}"


def _left_out(used: bool, why: object) -> str:
    if used:
        return "yes"
    return f"no: {why}" if isinstance(why, str) else "no: no value"


def _layers(scene: Scene) -> list[Layer]:
    interruptions = scene.beside.interruptions
    return [
        *covid_band(scene.span, scene.tokens),
        *inside_bands(interruptions, scene),
        mean_and_middle(scene.series, scene),
        *(rule_of(one, scene) for one in interruptions),
        *_without_entry(scene),
        _own(scene),
        *scene.missing_ticks(scene.series, _tooltips()),
        *_words(scene),
    ]


def mean_and_middle(series: pd.DataFrame, plane: ValuePlane) -> Layer:
    """The middle 80 % of others as a pale band, their mean as a line, of the columns `comparators …`."""
    x, grey = plane.x("period_start"), plane.tokens.comparators
    chart = alt.Chart()
    band = chart.mark_area(color=grey, opacity=0.25)
    mean = chart.mark_line(color=grey, strokeWidth=2)
    ends = {"y": plane.y("comparators_low"), "y2": alt.Y2("comparators_high:Q")}
    both = [band.encode(x=x, **ends), mean.encode(x=x, y=plane.y("comparators"))]
    drawn: alt.LayerChart = laid_over(*both, data=series)
    return drawn


def _without_entry(scene: Scene) -> list[Layer]:
    if not scene.has_result:
        return []
    after = scene.series[scene.series["expected"].notna()]
    line = alt.Chart(after).mark_line(color=scene.tokens.muted, strokeWidth=2, strokeDash=[6, 4])
    return [line.encode(x=scene.x("period_start"), y=scene.y("expected"))]


def _own(scene: Scene) -> Layer:
    """Its line, with points along it that answer to the pointer; those left out of the fit are hollow."""
    x, y, accent = scene.x("period_start"), scene.y("value"), scene.tokens.accent
    hollow = alt.condition("datum.left_out == 'yes'", alt.value(0), alt.value(0.9))
    chart = alt.Chart()
    line = chart.mark_line(color=accent, strokeWidth=2.2).encode(x=x, y=y)
    open_points = chart.mark_point(filled=False, color=accent, size=30)
    targets = chart.mark_point(filled=True, opacity=0, size=70, color=accent)
    drawn: alt.LayerChart = laid_over(
        line,
        open_points.encode(x=x, y=y, opacity=hollow),
        targets.encode(x=x, y=y, tooltip=_tooltips()),
        data=scene.series,
    )
    return drawn


def _tooltips() -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in _HOVER.items()]


def _words(scene: Scene) -> list[Layer]:
    near = scene.end - _NEAR_THE_END * (scene.end - pd.Timestamp(scene.span[0]))
    placed = place(_ends(scene), scene.end, near, scene.rise)
    return [
        end_labels(placed, scene.x, scene.y, scene.tokens),
        top_labels(scene.labels, scene.span, scene.x("on"), scene.tokens),
        *scene.foot_note(),
    ]


def _ends(scene: Scene) -> Sequence[EndLabel]:
    tokens, beside = scene.tokens, scene.beside
    named = (
        ("value", beside.name, tokens.accent),
        ("comparators", f"mean of {beside.comparators} comparators", tokens.muted),
        ("expected", WITHOUT, tokens.muted),
    )
    return [
        EndLabel(row.period_start, getattr(row, field), words, colour, is_bold=field == "value")
        for field, words, colour in named
        for row in last_known(scene.series, field)
    ]


def _signs(scene: Scene) -> list[str]:
    has_hollow = bool((scene.series["left_out"].ne("yes") & scene.series["value"].notna()).any())
    verb = "left out of the fit" if scene.has_result else "would be left out of the fit"
    return [
        "grey: comparators’ mean and middle 80 %",
        *(["dashed: without entry"] * scene.has_result),
        *([f"hollow: {verb}"] * has_hollow),
    ]
