"""One organisation around its entry, beside others that had a year like the one before it."""

from dataclasses import dataclass
from functools import cached_property

import altair as alt
import pandas as pd

from pages.charts.controlled import mean_and_middle
from pages.charts.interrupted import Interruption, Room, rule_of
from pages.charts.layers.backdrop import Layer, covid_band, covid_label, finish
from pages.charts.layers.end_labels import EndLabel, end_labels, place
from pages.charts.layers.formats import IndicatorText, format_month
from pages.charts.layers.layered import laid_over
from pages.charts.layers.rows import last_known, rows_of
from pages.charts.layers.scales import Extent, extent_of
from pages.charts.layers.top_labels import TopLabel, top_labels
from pages.charts.layers.value_plane import ValuePlane
from pages.charts.theme import Tokens

HEIGHT = 200
ENOUGH_FOR_MIDDLE = 10
"""Shadows from which their middle 80 % is drawn in place of each."""
_NEAR_THE_END = 0.15
_FIGURES = ("value", "comparators", "comparators_low", "comparators_high")
_HOVER = {"month": "Month", "shown": "Organisation", "mean": "Mean of the others"}


@dataclass(frozen=True)
class BesideShadows:
    """Of whom the chart is (`name`), beside how many `shadows`, around which entry, in which room."""

    name: str
    shadows: int
    entry: Interruption
    text: IndicatorText
    room: Room

    @property
    def has_middle(self) -> bool:
        """Whether the shadows are drawn as a band, or a line each."""
        return self.shadows >= ENOUGH_FOR_MIDDLE


@dataclass(frozen=True)
class Scene(ValuePlane):
    """All lines in the months shown."""

    series: pd.DataFrame
    each: pd.DataFrame
    beside: BesideShadows

    @cached_property
    def extent(self) -> Extent:
        """The value axis for every line and the whole band."""
        values = [float(value) for name in _FIGURES for value in self.series[name]]
        return extent_of([*values, *map(float, self.each["value"])], self.indicator.unit)

    @cached_property
    def labels(self) -> list[TopLabel]:
        """The words above the data."""
        entry = self.beside.entry
        return [*covid_label(self.span), TopLabel(entry.on, entry.words, "left")]

    @property
    def height(self) -> int:
        """Pixels between the axes."""
        return self.beside.room.height


def draw_shadows(
    series: pd.DataFrame, each: pd.DataFrame, beside: BesideShadows, tokens: Tokens
) -> alt.LayerChart:
    """An organisation's figures by month (`period_start, value`) with `comparators`, the mean of its shadows.

    `comparators_low` and `comparators_high` are the ends of their middle 80 %. `each`: `name, period_start,
    value` of every shadow, drawn where they are fewer than ten, in place of that. Missing values leave a gap.
    """
    if not beside.has_middle:
        series = series.assign(comparators_low=float("nan"), comparators_high=float("nan"))
    shown = each.iloc[:0] if beside.has_middle else each
    scene = Scene(beside.text, tokens, beside.room.span, _ready(series, beside.text), shown, beside)
    return finish(_layers(scene), beside.text.title, _signs(beside), scene.height, tokens)


def _ready(series: pd.DataFrame, text: IndicatorText) -> pd.DataFrame:
    """The months with the words of their hover."""
    rows = rows_of(series)
    return series.assign(
        month=[format_month(row.period_start) for row in rows],
        shown=[_figure(row.value, text) for row in rows],
        mean=[_figure(row.comparators, text, "too few figures") for row in rows],
    )


def _figure(value: float, text: IndicatorText, otherwise: str = "no figure") -> str:
    return otherwise if pd.isna(value) else text.shown(value)


def _layers(scene: Scene) -> list[Layer]:
    near = scene.end - _NEAR_THE_END * (scene.end - pd.Timestamp(scene.span[0]))
    placed = place(_ends(scene), scene.end, near, scene.rise)
    return [
        *covid_band(scene.span, scene.tokens),
        *_each(scene),
        mean_and_middle(scene.series, scene),
        rule_of(scene.beside.entry, scene),
        _own(scene),
        *scene.missing_ticks(scene.series, _tooltips()),
        end_labels(placed, scene.x, scene.y, scene.tokens),
        top_labels(scene.labels, scene.span, scene.x("on"), scene.tokens),
        *scene.foot_note(),
    ]


def _each(scene: Scene) -> list[Layer]:
    """A thin line for each shadow, where they are few."""
    if scene.each.empty:
        return []
    line = alt.Chart(scene.each).mark_line(
        color=scene.tokens.comparators, strokeWidth=1, opacity=0.6
    )
    hover = alt.Tooltip("name:N", title="Organisation")
    x, y = scene.x("period_start"), scene.y("value")
    return [line.encode(x=x, y=y, detail=alt.Detail("name:N"), tooltip=hover)]


def _own(scene: Scene) -> Layer:
    """Its line, with points along it that answer to the pointer."""
    x, y, accent = scene.x("period_start"), scene.y("value"), scene.tokens.accent
    chart = alt.Chart()
    line = chart.mark_line(color=accent, strokeWidth=2.2)
    targets = chart.mark_point(filled=True, opacity=0, size=70, color=accent)
    drawn: alt.LayerChart = laid_over(
        line.encode(x=x, y=y), targets.encode(x=x, y=y, tooltip=_tooltips()), data=scene.series
    )
    return drawn


def _tooltips() -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in _HOVER.items()]


def _ends(scene: Scene) -> list[EndLabel]:
    beside, tokens = scene.beside, scene.tokens
    named = (
        ("value", beside.name, tokens.accent),
        ("comparators", f"mean of {beside.shadows} others", tokens.muted),
    )
    return [
        EndLabel(row.period_start, getattr(row, field), words, colour, is_bold=field == "value")
        for field, words, colour in named
        for row in last_known(scene.series, field)
    ]


def _signs(beside: BesideShadows) -> list[str]:
    if beside.has_middle:
        return ["grey: mean of the others and the middle 80 % of them"]
    return ["grey: mean of the others", "thin: each of them"]
