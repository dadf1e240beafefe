"""What small charts share, and time in the programme behind the lines of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.formats import IndicatorText
from pages.charts.layers.multiples_grid import Grid
from pages.charts.layers.rows import rows_of
from pages.charts.layers.spell_bands import DrawnSpell, drawn_spell
from pages.charts.theme import Tokens, fade

_BAND_OPACITY = 0.13
_DATED = ["kind", "cell", "programme", "on"]
_FADES = {"fade_in": "left", "fade_out": "right", "torn": "right"}

PlacedSpell = tuple[int, DrawnSpell]
"""A spell and the number of the small chart that it lies in."""


@dataclass(frozen=True)
class Small:
    """Everything that small charts share; `cells` has a row each: org_code, name, note, variation, words."""

    cells: pd.DataFrame
    lines: pd.DataFrame
    spells: pd.DataFrame
    indicator: IndicatorText
    tokens: Tokens
    grid: Grid


def spells_of(small: Small) -> list[PlacedSpell]:
    """The spells to be drawn, each with its cell, in order of the cells."""
    cells = dict(zip(small.cells["org_code"], small.cells["cell"], strict=True))
    rows = rows_of(small.spells[small.spells["org_code"].isin(list(cells))])
    drawn = [(cells[row.org_code], drawn_spell(row, small.grid.span)) for row in rows]
    return sorted([(cell, spell) for cell, spell in drawn if spell], key=itemgetter(0))


def bands(small: Small, spells: Sequence[PlacedSpell]) -> list[alt.Chart]:
    """Time in the programme: a layer for every colour and every way of fading."""
    pieces = pd.DataFrame(
        [
            (cell, spell.programme_short.lower(), piece.part, piece.begins, piece.ends)
            for cell, spell in spells
            for piece in spell.pieces
        ],
        columns=["cell", "programme", "part", "begins", "ends"],
    )
    grid = small.grid
    placed = grid.frame_of(pieces["cell"]).assign(
        begins=grid.across(pieces["cell"], pieces["begins"]),
        ends=grid.across(pieces["cell"], pieces["ends"]),
        programme=pieces["programme"],
        part=pieces["part"],
    )
    inside = placed[placed["begins"] < placed["ends"]]
    return [
        _band(rows, str(programme), str(part), small)
        for (programme, part), rows in inside.groupby(["programme", "part"])
    ]


def _band(rows: pd.DataFrame, programme: str, part: str, small: Small) -> alt.Chart:
    colour, grid = small.tokens.programmes[programme], small.grid
    fill: Any = fade(colour, _FADES[part]) if part in _FADES else colour  # type: ignore[arg-type]
    rects = alt.Chart(rows[["begins", "ends", "upper", "lower"]]).mark_rect(
        color=fill, opacity=_BAND_OPACITY, tooltip=None
    )
    drawn: alt.Chart = rects.encode(
        x=grid.x("begins"), x2=alt.X2("ends:Q"), y=grid.y("upper"), y2=alt.Y2("lower:Q")
    )
    return drawn


def rules(small: Small, spells: Sequence[PlacedSpell]) -> list[alt.Chart]:
    """Entries solid, exits dashed, where the months shown hold them."""
    dated = [
        ("entry", cell, spell.programme_short.lower(), spell.entered_on) for cell, spell in spells
    ]
    dated += [
        ("exit", cell, spell.programme_short.lower(), spell.left_on) for cell, spell in spells
    ]
    begin, end = map(pd.Timestamp, small.grid.span)
    shown = [item for item in dated if item[3] is not None and begin <= item[3] < end]
    return [_rules(pd.DataFrame(shown, columns=_DATED), small)] if shown else []


def _rules(dates: pd.DataFrame, small: Small) -> alt.Chart:
    placed = small.grid.frame_of(dates["cell"]).assign(
        x=small.grid.across(dates["cell"], dates["on"]),
        colour=dates["programme"].map(small.tokens.programmes),
        kind=dates["kind"],
    )
    dash = alt.Scale(domain=["entry", "exit"], range=[[1, 0], [5, 3]])
    marks = alt.Chart(placed.drop(columns=["left", "right"])).mark_rule(strokeWidth=1.5)
    drawn: alt.Chart = marks.encode(
        x=small.grid.x("x"),
        y=small.grid.y("upper"),
        y2=alt.Y2("lower:Q"),
        color=alt.Color("colour:N", scale=None),
        strokeDash=alt.StrokeDash("kind:N", scale=dash, legend=None),
    )
    return drawn
