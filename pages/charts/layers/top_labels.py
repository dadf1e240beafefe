"""Words above a chart's data (programmes, entries, exits, footnote numbers), stacked so that none overlap.

A chart's width is known only where it is shown, so every label has two places: one for a plot as narrow as
a phone's, one for a wide one, and the chart picks by its width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import altair as alt
import pandas as pd

from pages.charts.layers.layered import laid_over
from pages.charts.layers.once import TEXT
from pages.charts.theme import Tokens

Side = Literal["left", "right"]

WIDE = 560
"""Plots at least this many pixels wide get the wide layout."""
_LEAST_WIDTH = {"narrow": 200, "wide": WIDE}
_ROW_HEIGHT, _LETTER, _AIR, _OFFSET = 14, 6.2, 8, 3
_SIGN: dict[Side, int] = {"left": -1, "right": 1}


@dataclass(frozen=True)
class TopLabel:
    """Words that belong to a date: written to its right or left, in `first_row` or below it."""

    on: pd.Timestamp
    text: str
    side: Side = "right"
    first_row: int = 0
    is_bold: bool = False


@dataclass(frozen=True)
class _Spot:
    row: int
    side: Side
    begins: float
    ends: float


def stack(
    labels: Sequence[TopLabel], span: tuple[date, date], width: float
) -> list[tuple[int, Side]]:
    """For each label a row (0 is the top) and a side, so that none overlap in a plot this wide (pixels).

    A label turns to the other side where its own would take it out of the plot.
    """
    spots: list[_Spot] = []
    for label in labels:
        begins, ends, side = _reach(label, span, width)
        row = label.first_row
        while any(_meet(spot, row, begins, ends) for spot in spots):
            row += 1
        spots.append(_Spot(row, side, begins, ends))
    return [(spot.row, spot.side) for spot in spots]


def _reach(label: TopLabel, span: tuple[date, date], width: float) -> tuple[float, float, Side]:
    begin, end = pd.Timestamp(span[0]), pd.Timestamp(span[1])
    x, length = width * ((label.on - begin) / (end - begin)), _LETTER * len(label.text) + _AIR
    side = label.side
    if side == "left" and x < length:
        side = "right"
    if side == "right" and x + length > width and x >= length:
        side = "left"
    return (x - length, x, side) if side == "left" else (x, x + length, side)


def _meet(spot: _Spot, row: int, begins: float, ends: float) -> bool:
    return spot.row == row and begins < spot.ends and spot.begins < ends


def headroom(labels: Sequence[TopLabel], span: tuple[date, date]) -> dict[str, int]:
    """Pixels the labels need above the data, in a `narrow` and in a `wide` plot."""
    return {
        layout: 6 + _ROW_HEIGHT * max((row + 1 for row, _ in stack(labels, span, width)), default=0)
        for layout, width in _LEAST_WIDTH.items()
    }


def top_labels(
    labels: Sequence[TopLabel], span: tuple[date, date], x: alt.X, tokens: Tokens
) -> alt.LayerChart | alt.FacetChart:
    """The labels as a layer, with a halo where they cross a rule; `x` places the field `on`."""
    chart = alt.Chart().encode(x=x, y=alt.YValue(0), text=TEXT)
    mark: dict[str, Any] = {
        "align": _by_width("align"),
        "dx": _by_width("x"),
        "dy": _by_width("y"),
        "fontSize": 11,
        "fontWeight": alt.ExprRef("datum.weight"),
    }
    ground = tokens.background
    halo = chart.mark_text(
        **mark, color=ground, stroke=ground, strokeWidth=3, strokeOpacity=0.7, strokeJoin="round"
    )
    words = chart.mark_text(**mark, color=tokens.ink)
    return laid_over(halo, words, data=_placed(labels, span))


def _placed(labels: Sequence[TopLabel], span: tuple[date, date]) -> pd.DataFrame:
    columns: dict[str, list[Any]] = {
        "on": [label.on for label in labels],
        "text": [label.text for label in labels],
        "weight": ["bold" if label.is_bold else "normal" for label in labels],
    }
    for layout, width in _LEAST_WIDTH.items():
        places = stack(labels, span, width)
        columns[f"{layout}_y"] = [8 + _ROW_HEIGHT * row for row, _ in places]
        columns[f"{layout}_x"] = [_OFFSET * _SIGN[side] for _, side in places]
        # Text runs to the right of its anchor when it is aligned left.
        columns[f"{layout}_align"] = ["right" if side == "left" else "left" for _, side in places]
    return pd.DataFrame(columns)


def _by_width(name: str) -> alt.ExprRef:
    return alt.ExprRef(f"width >= {WIDE} ? datum.wide_{name} : datum.narrow_{name}")
