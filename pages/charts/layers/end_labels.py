"""Names at the ends of lines, pushed apart where they would overlap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.layered import laid_over
from pages.charts.layers.once import OWN_COLOUR, TEXT
from pages.charts.theme import Tokens

_LINE_HEIGHT, _AIR, _LETTERS = 14, 4, 17
_NEAR = 5
"""A label moved by no more pixels than this needs no lead back to its line."""
_WORDS: dict[str, Any] = {
    "align": "left",
    "dx": 8,
    "dy": alt.ExprRef("datum.lift"),
    "baseline": "middle",
    "lineBreak": "\n",
    "lineHeight": _LINE_HEIGHT,
    "fontWeight": alt.ExprRef("datum.weight"),
}


@dataclass(frozen=True)
class EndLabel:
    """Words for a line whose last point lies at (`x`, `value`); `note` goes on a line of its own."""

    x: Any
    value: float
    name: str
    colour: str
    note: str = ""
    is_bold: bool = False

    @property
    def lines(self) -> list[str]:
        """The words, cut into short lines."""
        return [*wrap(self.name, _LETTERS), *([self.note] if self.note else [])]


@dataclass(frozen=True)
class Rise:
    """How a value becomes a height: `low` lies at pixel `bottom`, `high` at pixel `top` (down is more)."""

    low: float
    high: float
    bottom: float
    top: float

    def pixel(self, value: float) -> float:
        """Height of a value."""
        return self.bottom - (value - self.low) * self._pixels

    def value(self, pixel: float) -> float:
        """Value at a height."""
        return self.low + (self.bottom - pixel) / self._pixels

    @property
    def _pixels(self) -> float:
        return (self.bottom - self.top) / (self.high - self.low)


def spread(
    wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Middles of labels so that none overlap, in the given order from `top` down.

    `wanted` (the middles they would like) ascends. Labels that crowd move apart evenly, and stay within
    [top, bottom] as long as they fit there.
    """
    down = _pushed_down(wanted, heights, float("-inf"))
    up = _pushed_up(wanted, heights, float("inf"))
    middles = [(below + above) / 2 for below, above in zip(down, up, strict=True)]
    return _pushed_up(_pushed_down(middles, heights, top), heights, bottom)


def _pushed_down(wanted: Sequence[float], heights: Sequence[float], top: float) -> list[float]:
    placed: list[float] = []
    for middle, height in zip(wanted, heights, strict=True):
        placed.append(max(middle, top + height / 2))
        top = placed[-1] + height / 2
    return placed


def _pushed_up(wanted: Sequence[float], heights: Sequence[float], bottom: float) -> list[float]:
    turned = _pushed_down([-middle for middle in reversed(wanted)], heights[::-1], -bottom)
    return [-middle for middle in reversed(turned)]


def place(labels: Sequence[EndLabel], end: Any, near: Any, rise: Rise) -> pd.DataFrame:
    """One row per label, with the end of its line (`x`, `value`) and its place (`label_x`, `label_value`).

    Labels of lines that reach `near` stand in a column at `end`, with a lead (`is_led`) where they were
    moved or the line stops short; those of lines that end earlier stand at the line's last point.
    """
    column = _placed([label for label in labels if label.x >= near], rise)
    inside = _placed([label for label in labels if label.x < near], rise)
    led = [row | {"label_x": end, "is_led": row["is_moved"] or row["x"] != end} for row in column]
    return pd.DataFrame([*led, *(row | {"is_led": False} for row in inside)])


def _placed(labels: Sequence[EndLabel], rise: Rise) -> list[dict[str, Any]]:
    ordered = sorted(labels, key=lambda label: -label.value)
    heights = [_LINE_HEIGHT * len(label.lines) + _AIR for label in ordered]
    wanted = [rise.pixel(label.value) for label in ordered]
    middles = spread(wanted, heights, rise.top - _LINE_HEIGHT, rise.bottom + _LINE_HEIGHT)
    return [
        {
            "x": label.x,
            "value": label.value,
            "label_x": label.x,
            "label_value": rise.value(middle),
            "is_moved": abs(middle - wish) > _NEAR,
            "text": "\n".join(label.lines),
            "lift": -_LINE_HEIGHT * (len(label.lines) - 1) / 2,
            "colour": label.colour,
            "weight": "bold" if label.is_bold else "normal",
        }
        for label, middle, wish in zip(ordered, middles, wanted, strict=True)
    ]


def end_labels(
    placed: pd.DataFrame,
    x: Callable[[str], alt.X],
    y: Callable[[str], alt.Y],
    tokens: Tokens,
) -> alt.LayerChart | alt.FacetChart:
    """One layer of the words and their leads; `x` and `y` put a field on the chart's axes."""
    leads = (
        alt.Chart()
        .transform_filter("datum.is_led")
        .mark_rule(strokeDash=[1, 2], opacity=0.8, x2Offset=5, aria=False)
        .encode(
            x=x("x"), x2=alt.X2("label_x"), y=y("value"), y2=alt.Y2("label_value"), color=OWN_COLOUR
        )
    )
    chart = alt.Chart().encode(x=x("label_x"), y=y("label_value"), text=TEXT)
    ground = tokens.background
    halo = chart.mark_text(
        **_WORDS, color=ground, stroke=ground, strokeWidth=3, strokeOpacity=0.7, strokeJoin="round"
    )
    words = chart.mark_text(**_WORDS).encode(color=OWN_COLOUR)
    return laid_over(leads, halo, words, data=placed)
