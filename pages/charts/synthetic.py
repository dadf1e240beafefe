"""One organisation beside its synthetic control, and below it the gap among those of its placebos."""

from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil

import altair as alt
import pandas as pd

from pages.charts.interrupted import Interruption, inside_bands, rule_of
from pages.charts.layers.backdrop import Layer, Span, covid_band, covid_label, finish
from pages.charts.layers.end_labels import EndLabel, end_labels, place
from pages.charts.layers.formats import IndicatorText, format_span
from pages.charts.layers.layered import laid_over
from pages.charts.layers.lower_panel import LowerPanel
from pages.charts.layers.rows import last_known, rows_of
from pages.charts.layers.scales import Extent, extent_of
from pages.charts.layers.top_labels import TopLabel, top_labels
from pages.charts.layers.trajectory_data import with_every_period, with_every_period_each
from pages.charts.layers.value_plane import ValuePlane
from pages.charts.theme import Tokens

HEIGHT = 360
"""Pixels between the axes of both panels; the plane of values takes the upper part."""
ALONE = 320
"""The same of the plane of values alone."""
MOST_PLACEBO_ROWS = 4_000
"""Rows of placebos drawn at most, so that with all else a chart stays below 5,000 marks."""
_UPPER, _CEILING = 200, 244
_NEAR_THE_END = 0.15
_HOVER = {"month": "Period", "shown": "Value", "beside": "Synthetic control", "apart": "Gap"}
_BEFORE = {"month": "Period", "shown": "Value", "beside": "Mean of the donors"}


@dataclass(frozen=True)
class Drawing:
    """What the chart is of: the organisation's `name`, its indicator, its entry and the months shown."""

    name: str
    text: IndicatorText
    gap_text: IndicatorText
    entry: Interruption
    span: Span


@dataclass(frozen=True)
class Scene(ValuePlane):
    """The organisation's values and the line beside them (`beside`), with the entry."""

    series: pd.DataFrame
    drawing: Drawing
    pixels: int
    beside: str

    @cached_property
    def extent(self) -> Extent:
        """The value axis for both lines."""
        both = [*self.series["value"], *self.series["other"]]
        return extent_of([float(value) for value in both], self.indicator.unit)

    @cached_property
    def labels(self) -> list[TopLabel]:
        """The words above the data."""
        entry = self.drawing.entry
        on = max(entry.on, pd.Timestamp(self.span[0]))
        return [*covid_label(self.span), TopLabel(on, entry.words, "left")]

    @property
    def height(self) -> int:
        """Pixels of the plane of values."""
        return self.pixels


def draw_synthetic(
    series: pd.DataFrame, placebos: pd.DataFrame, drawing: Drawing, tokens: Tokens
) -> alt.LayerChart:
    """Above, values and synthetic control; below, their gap, thin and grey those of the placebos.

    `series`: `period_start, value, synthetic, gap`; where the control is not to be read it is missing.
    `placebos`: `name, period_start, gap`, none or as many as are counted; of more than 4,000 rows every
    second period is drawn, or every third and so on.
    """
    scene = _scene(series, "synthetic", drawing, tokens, _UPPER)
    thinned, step = _thinned(placebos, drawing)
    gaps = pd.concat([scene.series["gap"], thinned["gap"]]).astype(float)
    panel = LowerPanel(drawing.gap_text, tokens, drawing.span, _CEILING, HEIGHT, gaps)
    signs = ["dashed: synthetic control", *_placebo_sign(placebos, step, drawing.text)]
    layers: list[Layer] = [
        *_behind(scene),
        laid_over(*_values(scene, _HOVER)),
        laid_over(*_gaps(panel, scene.series, thinned)),
        rule_of(drawing.entry, scene),
        _above(scene),
    ]
    chart = finish(layers, "", signs, HEIGHT, tokens)
    whole: alt.LayerChart = chart.resolve_scale(y="independent")
    return whole


def draw_donors(series: pd.DataFrame, drawing: Drawing, tokens: Tokens) -> alt.LayerChart:
    """Before any result: values and the mean of all donors; `series`: `period_start, value, donors`."""
    scene = _scene(series, "donors", drawing, tokens, ALONE)
    layers = [
        *_behind(scene),
        *_values(scene, _BEFORE),
        rule_of(drawing.entry, scene),
        _above(scene),
    ]
    mean = ["dashed: mean of all donors, each as much as any other"]
    signs = ["no model yet", *(mean if series["donors"].notna().any() else [])]
    return finish(layers, "", signs, ALONE, tokens)


def _scene(
    series: pd.DataFrame, other: str, drawing: Drawing, tokens: Tokens, pixels: int
) -> Scene:
    words = {"synthetic": "synthetic control", "donors": "mean of the donors"}[other]
    ready = _ready(series.rename(columns={other: "other"}), drawing)
    return Scene(drawing.text, tokens, drawing.span, ready, drawing, pixels, words)


def _ready(series: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
    """Every period, with the words of its hover."""
    named = series if "gap" in series else series.assign(gap=float("nan"))
    floats = {name: named[name].astype(float) for name in ("value", "other", "gap")}
    full = with_every_period(named.assign(**floats))
    rows, text = rows_of(full), drawing.text
    return full.assign(
        month=[format_span(row.period_start, text.step_months) for row in rows],
        shown=[_figure(row.value, text, "no figure") for row in rows],
        beside=[_figure(row.other, text, "not read here") for row in rows],
        apart=[_figure(row.gap, drawing.gap_text, "not read here") for row in rows],
    )


def _figure(value: float, text: IndicatorText, otherwise: str) -> str:
    return otherwise if pd.isna(value) else text.shown(value)


def _thinned(placebos: pd.DataFrame, drawing: Drawing) -> tuple[pd.DataFrame, int]:
    """Every so many periods counted from entry, so that not too much is drawn; and how many."""
    # Means of periods would look calmer than the organisation's own line, and so make it stand out.
    step = max(1, ceil(len(placebos) / MOST_PLACEBO_ROWS))
    if placebos.empty:
        return placebos, step
    entry = drawing.entry.on
    starts = placebos["period_start"]
    months = 12 * (starts.dt.year - entry.year) + starts.dt.month - entry.month
    chosen = placebos[months % (step * drawing.text.step_months) == 0]
    return with_every_period_each(chosen[["name", "period_start", "gap"]], "name"), step


def _placebo_sign(placebos: pd.DataFrame, step: int, text: IndicatorText) -> list[str]:
    if placebos.empty:
        return ["no effect is read: only the fit before entry is drawn"]
    number = placebos["name"].nunique()
    every = "" if step == 1 else f", a point every {step} {text.period_noun}s"
    return [f"thin grey: gaps of {number} placebo{'s' * (number != 1)}{every}"]


def _behind(scene: Scene) -> list[Layer]:
    return [*covid_band(scene.span, scene.tokens), *inside_bands([scene.drawing.entry], scene)]


def _values(scene: Scene, hover: dict[str, str]) -> list[Layer]:
    """Both lines, and unseen points along the organisation's that answer to the pointer."""
    x, tokens = scene.x("period_start"), scene.tokens
    chart = alt.Chart()
    dashed = chart.mark_line(color=tokens.muted, strokeWidth=2, strokeDash=[6, 4])
    own = chart.mark_line(color=tokens.accent, strokeWidth=2.2)
    lines = laid_over(
        dashed.encode(x=x, y=scene.y("other")),
        own.encode(x=x, y=scene.y("value")),
        _targets(x, scene.y("value"), hover, tokens),
        data=scene.series,
    )
    near = scene.end - _NEAR_THE_END * (scene.end - pd.Timestamp(scene.span[0]))
    placed = place(_ends(scene), scene.end, near, scene.rise)
    return [
        lines,
        *scene.missing_ticks(scene.series, _tooltips(hover)),
        end_labels(placed, scene.x, scene.y, tokens),
        *scene.foot_note(),
    ]


def _targets(x: alt.X, y: alt.Y, hover: dict[str, str], tokens: Tokens) -> alt.Chart:
    points = alt.Chart().mark_point(filled=True, opacity=0, size=70, color=tokens.accent)
    drawn: alt.Chart = points.encode(x=x, y=y, tooltip=_tooltips(hover))
    return drawn


def _tooltips(hover: dict[str, str]) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in hover.items()]


def _ends(scene: Scene) -> list[EndLabel]:
    tokens = scene.tokens
    named = (("value", scene.drawing.name, tokens.accent), ("other", scene.beside, tokens.muted))
    return [
        EndLabel(row.period_start, getattr(row, field), words, colour, is_bold=field == "value")
        for field, words, colour in named
        for row in last_known(scene.series, field)
        # A line that stops at entry would be led to its name across the time that is not read.
        if row.period_start == scene.series["period_start"].iloc[-1]
    ]


def _gaps(panel: LowerPanel, series: pd.DataFrame, placebos: pd.DataFrame) -> list[Layer]:
    x, y, tokens = panel.x("period_start"), panel.y("gap"), panel.tokens
    layers: list[Layer] = []
    if len(placebos):
        thin = alt.Chart(placebos).mark_line(color=tokens.comparators, strokeWidth=1, opacity=0.5)
        name = alt.Tooltip("name:N", title="Placebo")
        layers.append(thin.encode(x=x, y=y, detail=alt.Detail("name:N"), tooltip=name))
    own = alt.Chart().mark_line(color=tokens.accent, strokeWidth=2.2).encode(x=x, y=y)
    lines = laid_over(own, _targets(x, y, _HOVER, tokens), data=series)
    return [*layers, panel.zero(), lines]


def _above(scene: Scene) -> Layer:
    return top_labels(scene.labels, scene.span, scene.x("on"), scene.tokens)


def gap_text_of(text: IndicatorText, unit: str) -> IndicatorText:
    """How differences of an indicator are written: with their sign, `unit` in the title of their axis."""
    return replace(text, is_change=True, better="neither", unit_title=f"gap, {unit}")
