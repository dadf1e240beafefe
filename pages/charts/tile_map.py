"""Boards or regions as tiles of one size in a grid that resembles England, coloured by value."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.contrast import text_on
from pages.charts.layers.formats import IndicatorText, format_value
from pages.charts.layers.layered import laid_over
from pages.charts.layers.rows import rows_of
from pages.charts.theme import Tokens

__all__ = ["IndicatorText", "MapText", "describe_map", "draw_map"]

STRENGTHS = (0.06, 0.18, 0.3, 0.42, 0.55)
"""How strongly the accent is laid on, by fifth of the range: on each, words can be read."""
_TILE_HEIGHT, _FEW_ROWS_HEIGHT = 39, 84
_WIDEST = 118
_WIDEST_OF_FEW = 300
_FEW = 10
_WIDE = 640
_AIR = 0.04


@dataclass(frozen=True)
class MapText:
    """What the map is of: its indicator, its areas as a plural, whose values they are, and the period."""

    indicator: IndicatorText
    areas: str
    whose: str
    period: str


@dataclass(frozen=True)
class _Grid:
    """Columns and rows of tiles, and how large they may become."""

    columns: int
    rows: int
    is_few: bool

    @property
    def across(self) -> alt.Scale:
        widest = self.columns * (_WIDEST_OF_FEW if self.is_few else _WIDEST)
        end = alt.ExprRef(f"min(width, {widest})")
        return alt.Scale(domain=[0, self.columns], range=[0, end])

    @property
    def down(self) -> alt.Scale:
        return alt.Scale(domain=[0, self.rows], reverse=True, nice=False)

    @property
    def height(self) -> int:
        return self.rows * (_FEW_ROWS_HEIGHT if self.is_few else _TILE_HEIGHT)


def draw_map(tiles: pd.DataFrame, text: MapText, tokens: Tokens) -> alt.LayerChart:
    """A tile per area with its name and value; pale and without a number where there is none.

    `tiles`: `area_code, area_name, label, short_label, column_number, row_number, value` (may be missing),
    `beside` (what else the hover tells), at least one row with a value, no two in one place.
    """
    shown = _shaded(tiles, text, tokens)
    columns, rows = (int(tiles[name].max()) + 1 for name in ("column_number", "row_number"))
    grid = _Grid(columns, rows, len(tiles) <= _FEW)
    # Each layer has rows of its own: shared ones would be lifted out and converted on every rerun.
    layers: list[Layer] = [_tiles(shown, grid, tokens), _words(shown.copy(), grid)]
    return finish(layers, "", _reading(tiles, text), grid.height, tokens)


def _tiles(shown: pd.DataFrame, grid: _Grid, tokens: Tokens) -> alt.Chart:
    drawn: alt.Chart = (
        alt.Chart(shown)
        .mark_rect(stroke=tokens.muted, strokeWidth=0.6, cornerRadius=3)
        .encode(
            x=alt.X("left:Q", scale=grid.across, axis=None),
            x2=alt.X2("right:Q"),
            y=alt.Y("top:Q", scale=grid.down, axis=None),
            y2=alt.Y2("bottom:Q"),
            color=alt.Color("colour:N", scale=None),
            opacity=alt.Opacity("strength:Q", scale=None),
            tooltip=_hover(),
        )
    )
    return drawn


def _words(shown: pd.DataFrame, grid: _Grid) -> Layer:
    """The name of each area, short where tiles are narrow, above its figure."""
    middle = alt.Chart().encode(
        x=alt.X("middle:Q", scale=grid.across, axis=None),
        y=alt.Y("centre:Q", scale=grid.down, axis=None),
        color=alt.Color("text_colour:N", scale=None),
        tooltip=_hover(),
    )
    size = 13 if grid.is_few else 10.5
    wide = "datum.label" if grid.is_few else f"width > {_WIDE} ? datum.label : datum.short_label"
    name = middle.transform_calculate(name=wide).mark_text(dy=-7, fontSize=size)
    figure = middle.mark_text(dy=8, fontSize=size + 1.5, fontWeight="bold")
    return laid_over(
        name.encode(text=alt.Text("name:N")), figure.encode(text=alt.Text("figure:N")), data=shown
    )


def _shaded(tiles: pd.DataFrame, text: MapText, tokens: Tokens) -> pd.DataFrame:
    """Tiles with their corners, colours and words."""
    strength = [_strength(value, tiles["value"]) for value in tiles["value"]]
    known = tiles["value"].notna()
    unit = text.indicator.unit
    left, top = tiles["column_number"], tiles["row_number"]
    return tiles[["area_name", "label", "short_label", "beside"]].assign(
        left=left + _AIR,
        right=left + 1 - _AIR,
        middle=left + 0.5,
        top=top + _AIR,
        bottom=top + 1 - _AIR,
        centre=top + 0.5,
        strength=strength,
        colour=known.map({True: tokens.accent, False: tokens.background}),
        text_colour=[text_on(tokens.accent, tokens, share) for share in strength],
        figure=[
            "–" if pd.isna(value) else _short(float(value), text.indicator)
            for value in tiles["value"]
        ],
        told=[
            "no figure" if pd.isna(value) else format_value(float(value), unit)
            for value in tiles["value"]
        ],
    )


def _short(value: float, indicator: IndicatorText) -> str:
    """The figure without its unit, which the line above the chart gives."""
    return format_value(value, indicator.unit).removesuffix(" %").removesuffix(" days")


def _strength(value: float, values: pd.Series) -> float:
    """By fifth of the range from the least value to the greatest."""
    if value != value:
        return STRENGTHS[0]
    low, high = float(values.min()), float(values.max())
    share = (float(value) - low) / (high - low) if high > low else 0.5
    return STRENGTHS[min(int(share * len(STRENGTHS)), len(STRENGTHS) - 1)]


def _hover() -> list[alt.Tooltip]:
    titles = {"area_name": "area", "told": "value", "beside": "based on"}
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]


def _reading(tiles: pd.DataFrame, text: MapText) -> list[str]:
    low, high = (format_value(end, text.indicator.unit) for end in _ends(tiles))
    unit = text.indicator.axis_title
    lines = [
        f"{unit[0].upper()}{unit[1:]}.",
        f"Five even steps from {low} (faint) to {high} (strong).",
    ]
    if tiles["value"].isna().any():
        lines.append("A dash: no figure.")
    return lines


def _ends(tiles: pd.DataFrame) -> tuple[float, float]:
    return float(tiles["value"].min()), float(tiles["value"].max())


def describe_map(tiles: pd.DataFrame, text: MapText) -> str:
    """The lowest and the highest with their areas, the middle one, and how many have no figure."""
    known = tiles.dropna(subset="value").sort_values(["value", "area_code"])
    unit = text.indicator.unit
    lowest, highest = rows_of(known)[0], rows_of(known)[-1]
    absent = len(tiles) - len(known)
    without = f" {absent} of {len(tiles)} have no figure." if absent else ""
    return (
        f"{text.period}, {text.whose} of {len(known)} {text.areas}: from "
        f"{format_value(lowest.value, unit)} in {lowest.area_name} to "
        f"{format_value(highest.value, unit)} in {highest.area_name}; middle "
        f"{format_value(float(known['value'].median()), unit)}.{without}"
    )
