"""Statements of a segment as numbered cells: one way of drawing them, wherever they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer
from pages.charts.layers.contrast import readable_fill, readable_text, text_on
from pages.charts.layers.formats import format_day
from pages.charts.layers.lanes import assign_lanes, lane_edges
from pages.charts.layers.layered import laid_over
from pages.charts.layers.spell_frame import Places
from pages.charts.layers.spell_words import NOT_STATED
from pages.charts.theme import Tokens

_NOT_PUBLISHED, _THE_SAME = "not published", "the same"
_DRAWN_AT_LEAST = pd.Timedelta(days=60)
"""So that a statement of a single day can be seen and its number read."""
_A_QUARTER_AT_MOST = 92
_FAINT = 0.25
_DAY = pd.Timedelta(days=1)
_HOVER = {
    "segment": "segment",
    "before_override": "segment before an override",
    "framework": "framework",
    "stated_as": "date as stated",
}
_CELL_HOVER = {
    "first_day": "speaks of the time from",
    "last_day": "to",
    "source_url": "source",
}


@dataclass(frozen=True)
class CellLook:
    """How cells are drawn: the largest number in pixels, the gap between two, and what else a hover tells."""

    largest: int = 16
    gap: float = 1.5
    hover: Mapping[str, str] = field(default_factory=lambda: _CELL_HOVER)


def lay_out_cells(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements with what `cell_layers` draws each by: `begins`, `ends`, `top`, `bottom` and so on.

    A statement is drawn over [effective_from, effective_to), at least over 60 days from its first; one
    without an end only over those. Statements that would cover each other share the height.
    """
    ordered = statements.sort_values("effective_from", kind="stable")
    begins = ordered["effective_from"]
    least = begins + _DRAWN_AT_LEAST
    ends = ordered["effective_to"].where(ordered["effective_to"] > least, least)
    lanes = assign_lanes(list(zip(begins, ends, strict=True)))
    edges = [lane_edges(lane, there) for lane, there in lanes]
    last_days = ordered["effective_to"] - _DAY
    return ordered.assign(
        begins=begins,
        ends=ends,
        centre=begins + (ends - begins) / 2,
        length=(ends - begins).dt.days,
        lanes=[there for _, there in lanes],
        top=[top for top, _ in edges],
        bottom=[bottom for _, bottom in edges],
        is_loose=is_loose(ordered),
        first_day=[format_day(day) for day in begins],
        last_day=[NOT_STATED if pd.isna(day) else format_day(day) for day in last_days],
    )


def is_loose(statements: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a statement says no nearer than more than a quarter when its segment was so."""
    length = statements["effective_to"] - statements["effective_from"]
    return length.dt.days > _A_QUARTER_AT_MOST


def cell_layers(
    cells: pd.DataFrame, places: Places, tokens: Tokens, look: CellLook | None = None
) -> list[Layer]:
    """A coloured cell per row with the number of the segment in it; a corner marks an override.

    `cells` carries `segment`, `segment_before_override`, `framework`, `stated_as` and the columns that
    `lay_out_cells` adds. A loose statement is only outlined.
    """
    look = look or CellLook()
    words = _HOVER | dict(look.hover)
    told = [alt.Tooltip(f"{column}:N", title=title) for column, title in words.items()]
    drawn = _in_colour(cells, tokens)
    layers = [_cells(places, look, told), _numbers(places, look, told)]
    if drawn["is_override"].any():
        layers.append(_corners(places, look, told))
    return [laid_over(*layers, data=drawn)]


def _in_colour(cells: pd.DataFrame, tokens: Tokens) -> pd.DataFrame:
    colours = [tokens.segments[int(segment) - 1] for segment in cells["segment"]]
    paints = [
        _paint(colour, loose, tokens)
        for colour, loose in zip(colours, cells["is_loose"], strict=True)
    ]
    before = cells["segment_before_override"]
    changed = before.notna() & (before != cells["segment"])
    return cells.assign(
        fill=[fill for fill, _, _ in paints],
        edge=[edge for _, edge, _ in paints],
        text_colour=[text for _, _, text in paints],
        middle=(cells["top"] + cells["bottom"]) / 2,
        is_override=changed,
        before_override=[
            _NOT_PUBLISHED if pd.isna(was) else str(int(was)) if differs else _THE_SAME
            for was, differs in zip(before, changed, strict=True)
        ],
    )


def _paint(colour: str, loose: bool, tokens: Tokens) -> tuple[str, str, str]:
    """Fill, edge and text of a cell."""
    if loose:
        faint = f"{colour}{round(255 * _FAINT):02X}"
        return faint, colour, text_on(colour, tokens, _FAINT)
    return readable_fill(colour, tokens), tokens.background, readable_text(colour, tokens)


def _cells(places: Places, look: CellLook, told: list[alt.Tooltip]) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart()
        .mark_rect(strokeWidth=look.gap)
        .encode(
            x=places.stretch("begins"),
            x2=alt.X2("ends"),
            y=places.down("top"),
            y2=alt.Y2("bottom"),
            color=alt.Color("fill:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
            tooltip=told,
        )
    )
    return chart


def _numbers(places: Places, look: CellLook, told: list[alt.Tooltip]) -> alt.Chart:
    size = alt.ExprRef(
        f"clamp(0.9 * datum.length * width / {places.length}, 7, "
        f"{look.largest} / sqrt(datum.lanes))"
    )
    chart: alt.Chart = (
        alt.Chart()
        .mark_text(fontWeight="bold", fontSize=size)
        .encode(
            x=places.time("centre"),
            y=places.down("middle"),
            text=alt.Text("segment:N"),
            color=alt.Color("text_colour:N", scale=None),
            tooltip=told,
        )
    )
    return chart


def _corners(places: Places, look: CellLook, told: list[alt.Tooltip]) -> alt.Chart:
    """A small triangle in the upper right of the cells whose segment an override changed."""
    side = look.largest / 3
    chart: alt.Chart = (
        alt.Chart()
        .transform_filter("datum.is_override")
        .mark_point(
            shape="triangle-up", angle=45, size=side**2, opacity=1, xOffset=-side, yOffset=side
        )
        .encode(
            x=places.time("ends"),
            y=places.down("top"),
            fill=alt.Fill("text_colour:N", scale=None),
            stroke=alt.Stroke("text_colour:N", scale=None),
            tooltip=told,
        )
    )
    return chart
