"""A few organisations' lines of one indicator over the months, beside the peers they share."""

from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, Span, break_rules, covid_band, finish, footnotes
from pages.charts.layers.beside import comparison_layers, drawn_periods
from pages.charts.layers.end_labels import EndLabel, end_labels, place
from pages.charts.layers.formats import IndicatorText, format_span, format_value
from pages.charts.layers.rows import last_known, rows_of
from pages.charts.layers.standards import in_force, last_of_each_kind, standard_layers
from pages.charts.layers.top_labels import top_labels
from pages.charts.layers.trajectory_scene import Scene, within
from pages.charts.theme import Tokens

__all__ = ["IndicatorText", "draw_compare", "footnotes"]

_NEAR_THE_END = 0.15
_HOVER = {
    "organisation": "Organisation",
    "when": "Period",
    "shown": "Value",
    "index": "Index",
    "above": "Numerator",
    "below": "Denominator",
    "file_name": "Source",
}
_NOBODY = pd.DataFrame({"period_start": [], "value": [], "org_name": []})


def draw_compare(
    lines: pd.DataFrame,
    beside: dict[str, pd.DataFrame],
    indicator: IndicatorText,
    peers_name: str,
    tokens: Tokens,
    span: Span,
) -> alt.LayerChart:
    """The organisations of `lines` in the months [span): the first four each in a colour, the rest grey.

    `lines`: org_code, org_name, period_start, value (as drawn), shown (the figure in words), index (in words,
    or ""), numerator, denominator, file_name. `beside`: `peers` (period_start, median, p10, p90; no rows
    where the organisations share none), `standards` and `breaks`, as for a trajectory.
    """
    shown, peers = within(lines, span), within(beside["peers"], span)
    scene = Scene(
        series=shown,
        peers=peers,
        england=_NOBODY,
        spells=[],
        standards=in_force(beside["standards"], span),
        breaks=beside["breaks"],
        indicator=indicator,
        focus_name="",
        peers_name=peers_name,
        tokens=tokens,
        span=span,
        is_compact=False,
        predecessors=_NOBODY,
        events=None,
    )
    colours = line_colours(list(shown["org_code"].unique()), tokens)
    layers = _layers(scene, colours)
    return finish(layers, indicator.title, _subtitle(scene), scene.height, tokens)


def line_colours(codes: list[str], tokens: Tokens) -> dict[str, str]:
    """A colour for each of the first four organisations, grey for the others."""
    spare = [tokens.muted] * max(0, len(codes) - len(tokens.lines))
    return dict(zip(codes, [*tokens.lines, *spare], strict=False))


def _subtitle(scene: Scene) -> list[str]:
    if scene.peers.empty:
        return []
    band = "" if scene.peers["p10"].isna().all() else " and middle 80 %"
    return [f"grey: median{band} of {scene.peers_name}"]


def _layers(scene: Scene, colours: dict[str, str]) -> list[Layer]:
    return [
        *covid_band(scene.span, scene.tokens),
        *break_rules(scene.breaks, scene.span, scene.tokens),
        *comparison_layers(scene),
        *standard_layers(scene.standards, scene.extent, scene.span, scene.y, scene.tokens.muted),
        *_lines(scene, colours),
        _names(scene, colours),
        *(
            [top_labels(scene.labels, scene.span, scene.x("on"), scene.tokens)]
            if scene.labels
            else []
        ),
        *scene.foot_note(),
    ]


def _lines(scene: Scene, colours: dict[str, str]) -> list[alt.Chart]:
    """Grey lines first, so that none covers a coloured one; then points that answer to the pointer."""
    x, y = scene.x("period_start"), scene.y("value")
    paths = []
    for code, colour in reversed(colours.items()):
        rows = scene.series[scene.series["org_code"] == code]
        is_grey = colour == scene.tokens.muted
        line = alt.Chart(drawn_periods(rows, "value")).mark_line(
            color=colour,
            strokeWidth=1.4 if is_grey else 2.2,
            strokeCap="round",
            strokeJoin="round",
        )
        paths.append(line.encode(x=x, y=y))
    points = alt.Chart(_hovers(scene)).mark_circle(opacity=0, size=110, color=scene.tokens.accent)
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in _HOVER.items()]
    return [*paths, points.encode(x=x, y=y, tooltip=tooltip)]


def _hovers(scene: Scene) -> pd.DataFrame:
    rows, step = scene.series.dropna(subset="value"), scene.indicator.step_months
    told = rows.assign(
        organisation=rows["org_name"],
        when=[format_span(day, step) for day in rows["period_start"]],
        above=[_amount(amount) for amount in rows["numerator"]],
        below=[_amount(amount) for amount in rows["denominator"]],
    )
    return told[["period_start", "value", *_HOVER]]


def _amount(amount: float) -> str:
    return "none" if pd.isna(amount) else format_value(amount, "count")


def _names(scene: Scene, colours: dict[str, str]) -> Layer:
    near = scene.end - _NEAR_THE_END * (scene.end - pd.Timestamp(scene.span[0]))
    ends = [*_own_names(scene, colours), *_names_beside(scene)]
    return end_labels(place(ends, scene.end, near, scene.rise), scene.x, scene.y, scene.tokens)


def _own_names(scene: Scene, colours: dict[str, str]) -> list[EndLabel]:
    last = _last(scene.series.groupby("org_code", sort=False), "value")
    return [
        EndLabel(
            row.period_start,
            row.value,
            row.org_name,
            colours[row.org_code],
            scene.indicator.shown(row.value),
            is_bold=colours[row.org_code] != scene.tokens.muted,
        )
        for row in last
    ]


def _last(grouped: Any, column: str) -> list[Any]:
    return [row for _, rows in grouped for row in last_known(rows, column)]


def _names_beside(scene: Scene) -> list[EndLabel]:
    muted = scene.tokens.muted
    standards = [
        EndLabel(scene.end, row.value, row.label, muted)
        for row in last_of_each_kind(scene.standards, scene.extent, scene.span)
    ]
    peers = rows_of(scene.peers.dropna(subset="median").tail(1))
    name = f"median of {scene.peers_name}"
    return standards + [EndLabel(row.period_start, row.median, name, muted) for row in peers]
