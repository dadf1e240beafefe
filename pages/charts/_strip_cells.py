"""Statements of a segment as numbered cells, and the eras of the framework above them."""

import altair as alt
import pandas as pd

from pages.charts._contrast import readable_fill, readable_text
from pages.charts._formats import format_day
from pages.charts._lanes import assign_lanes, lane_edges
from pages.charts._spell_frame import Frame
from pages.charts._spell_words import NOT_STATED
from pages.charts.theme import Tokens

_DRAWN_AT_LEAST = pd.Timedelta(days=60)
"""So that a statement of a single day can be seen and its number read."""
_DAY = pd.Timedelta(days=1)


def lay_out_cells(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements with the rectangle that draws each: `begins`, `ends`, `top`, `bottom`, `days`, `lanes`.

    A statement is drawn over [effective_from, effective_to), at least over 60 days from its first; one
    without an end only over those. Statements that would cover each other share the height.
    """
    ordered = statements.sort_values("effective_from", kind="stable")
    begins = ordered["effective_from"]
    least = begins + _DRAWN_AT_LEAST
    ends = ordered["effective_to"].where(ordered["effective_to"] > least, least)
    lanes = assign_lanes(list(zip(begins, ends, strict=True)))
    edges = [lane_edges(lane, there) for lane, there in lanes]
    return ordered.assign(
        begins=begins,
        ends=ends,
        days=(ends - begins).dt.days,
        lanes=[there for _, there in lanes],
        top=[top for top, _ in edges],
        bottom=[bottom for _, bottom in edges],
    )


def cell_layers(statements: pd.DataFrame, frame: Frame, tokens: Tokens) -> list[alt.Chart]:
    """A coloured cell per statement with the number of the segment in it."""
    cells = _in_words(lay_out_cells(statements), tokens)
    return [_cells(cells, frame, tokens), _numbers(cells, frame)]


def _in_words(cells: pd.DataFrame, tokens: Tokens) -> pd.DataFrame:
    colours = [tokens.segments[int(segment) - 1] for segment in cells["segment"]]
    last_days = cells["effective_to"] - _DAY
    return cells.assign(
        fill=[readable_fill(colour, tokens) for colour in colours],
        text_colour=[readable_text(colour, tokens) for colour in colours],
        middle=(cells["top"] + cells["bottom"]) / 2,
        centre=cells["begins"] + (cells["ends"] - cells["begins"]) / 2,
        first_day=[format_day(day) for day in cells["effective_from"]],
        last_day=[NOT_STATED if pd.isna(day) else format_day(day) for day in last_days],
    )


def _hover() -> list[alt.Tooltip]:
    titles = {
        "segment": "segment",
        "framework": "framework",
        "stated_as": "date as stated",
        "first_day": "speaks of the time from",
        "last_day": "to",
        "source_url": "source",
    }
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in titles.items()]


def _cells(cells: pd.DataFrame, frame: Frame, tokens: Tokens) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(cells)
        .mark_rect(stroke=tokens.background, strokeWidth=1.5)
        .encode(
            x=frame.stretch("begins"),
            x2="ends:T",
            y=frame.down("top"),
            y2="bottom:Q",
            color=alt.Color("fill:N", scale=None),
            tooltip=_hover(),
        )
    )
    return chart


def _numbers(cells: pd.DataFrame, frame: Frame) -> alt.Chart:
    days = (frame.ends - frame.begins).days
    size = alt.ExprRef(f"clamp(0.9 * datum.days * width / {days}, 7, 16 / sqrt(datum.lanes))")
    chart: alt.Chart = (
        alt.Chart(cells)
        .mark_text(fontWeight="bold", fontSize=size)
        .encode(
            x=frame.time("centre"),
            y=frame.down("middle"),
            text="segment:N",
            color=alt.Color("text_colour:N", scale=None),
            tooltip=_hover(),
        )
    )
    return chart
