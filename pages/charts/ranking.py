"""Where each organisation could stand: the interval of every rank, ordered for reading only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.contrast import own_or_ink
from pages.charts.layers.layered import laid_over
from pages.charts.theme import Tokens

__all__ = ["RankingText", "describe_ranking", "draw_ranking"]

ROW = 13
_NAME = 200
_GAP = 22
_FEW = 30
"""Organisations that still fit under each other."""
_COLUMNS = 3
_LETTERS = 34
_SHORT = {"University": "Univ", "Hospitals": "Hosps", "Teaching": "Tchg", " and ": " & "}
_SURE = 0.95


@dataclass(frozen=True)
class RankingText:
    """What is ranked: organisations as a plural, the period, the rankability (0 to 1), and what rank 1 is."""

    peers: str
    period: str
    rankability: float
    first: str


@dataclass(frozen=True)
class _Column:
    """One of the columns side by side: its place, and how many there are."""

    place: int
    columns: int
    number: int
    rows: int

    @property
    def left(self) -> str:
        """Left edge in pixels, as an expression, because the width is known only where it is shown."""
        return f"{self.place} * (width + {_GAP}) / {self.columns}"

    @property
    def x(self) -> alt.Scale:
        right = f"({self.place + 1}) * (width + {_GAP}) / {self.columns} - {_GAP}"
        ends = [alt.ExprRef(f"{self.left} + {_NAME}"), alt.ExprRef(right)]
        return alt.Scale(domain=[0.5, self.number + 0.5], range=ends, nice=False)

    def at(self, field: str) -> alt.X:
        ticks = [1, *(round(self.number * share) for share in (0.25, 0.5, 0.75)), self.number]
        axis = alt.Axis(
            orient="top", values=ticks, grid=True, domain=False, ticks=False, title=None, format="d"
        )
        return alt.X(f"{field}:Q", scale=self.x, axis=axis)

    def down(self, field: str) -> alt.Y:
        scale = alt.Scale(domain=[-0.5, self.rows - 0.5], range=[0, self.rows * ROW], nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=None)


def draw_ranking(
    ranks: pd.DataFrame,
    highlighted: Sequence[str],
    text: RankingText,
    tokens: Tokens,
    *,
    narrow: bool = False,
) -> alt.LayerChart:
    """A bar per organisation from its best to its worst rank in 95 % of draws, a tick at the middle one.

    `ranks`: `org_code, org_name, told` (value in words), `inside` (programmes, missing for none),
    `rank_low, rank_mid, rank_high, p_top, p_bottom`, at least one row; drawn in order of the middle rank, in
    three columns where there are many and the page is not `narrow`.
    """
    columns = 1 if narrow or len(ranks) <= _FEW else _COLUMNS
    rows = ceil(len(ranks) / columns)
    colours = dict(zip(highlighted, (*tokens.lines[1:], tokens.lines[0]), strict=False))
    shown = _ordered(ranks, colours, rows, tokens)
    parts: list[Layer] = [
        laid_over(*_column(shown, _Column(place, columns, len(ranks), rows), tokens))
        for place in range(columns)
    ]
    reading = [
        "Bar: where the rank could lie (95 %); tick: middle.",
        f"Rank 1: {text.first}. The order is for reading only.",
    ]
    if ranks["inside"].notna().any():
        reading.append("Blue: known to be in a programme.")
    chart = finish(parts, "", reading, rows * ROW, tokens)
    whole: alt.LayerChart = chart.resolve_scale(x="independent")
    return whole


def _ordered(
    ranks: pd.DataFrame, colours: Mapping[str, str], rows: int, tokens: Tokens
) -> pd.DataFrame:
    """The rows in order of the middle of their draws, each with its column, place and colours."""
    ordered = ranks.sort_values(
        ["rank_mid", "rank_low", "rank_high", "org_name"], ignore_index=True
    )
    inside = ordered["inside"].notna()
    usual = inside.map({True: tokens.accent, False: tokens.comparators})
    own = ordered["org_code"].map(colours)
    is_own = own.notna()
    return ordered.assign(
        column=ordered.index // rows,
        down=ordered.index % rows,
        low=ordered["rank_low"] - 0.5,
        high=ordered["rank_high"] + 0.5,
        colour=own.where(is_own, usual),
        text_colour=[
            own_or_ink(colour, tokens) if mine else tokens.ink
            for colour, mine in zip(own, is_own, strict=True)
        ],
        weight=is_own.map({True: "bold", False: "normal"}),
        short=[_shortened(name) for name in ordered["org_name"]],
        inside=ordered["inside"].fillna("not known to be in one"),
        could=[
            f"{low} to {high} of {len(ordered)}"
            for low, high in zip(ordered["rank_low"], ordered["rank_high"], strict=True)
        ],
        top=[f"{100 * share:.0f} %" for share in ordered["p_top"]],
        bottom=[f"{100 * share:.0f} %" for share in ordered["p_bottom"]],
    )


def _shortened(name: str) -> str:
    """The name as far as it fits; the whole of it is in the hover and the table."""
    if len(name) > _LETTERS:
        for word, short in _SHORT.items():
            name = name.replace(word, short)
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1].rstrip(" ,") + "…"


def _column(shown: pd.DataFrame, column: _Column, tokens: Tokens) -> list[alt.Chart]:
    rows = shown[shown["column"] == column.place]
    drawn = ["org_code", "org_name", "down", "low", "high", "rank_mid", "colour", "text_colour"]
    told = ["weight", "short", "told", "could", "top", "bottom", "inside"]
    base = alt.Chart(rows[[*drawn, *told]]).encode(y=column.down("down"), tooltip=_hover())
    colour = alt.Color("colour:N", scale=None)
    bars = base.mark_rule(strokeWidth=9, opacity=0.55)
    ticks = base.mark_tick(color=tokens.ink, thickness=2, size=9, orient="vertical")
    names = base.mark_text(
        align="left", baseline="middle", fontSize=10.5, fontWeight=alt.ExprRef("datum.weight")
    )
    return [
        bars.encode(x=column.at("low"), x2=alt.X2("high:Q"), color=colour),
        ticks.encode(x=column.at("rank_mid")),
        names.encode(
            x=alt.XValue(alt.ExprRef(column.left)),
            text=alt.Text("short:N"),
            color=alt.Color("text_colour:N", scale=None),
        ),
    ]


def _hover() -> list[alt.Tooltip]:
    titles = {
        "org_name": "organisation",
        "told": "value",
        "could": "rank could be",
        "rank_mid": "middle rank",
        "top": "in the first quarter of ranks",
        "bottom": "in the last quarter of ranks",
        "inside": "programme",
    }
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]


def describe_ranking(ranks: pd.DataFrame, highlighted: Sequence[str], text: RankingText) -> str:
    """Where those chosen (or else the one in the middle) could stand, and of how many a quarter is sure."""
    own = ranks[ranks["org_code"].isin(list(highlighted))]
    ordered = ranks.sort_values(["rank_mid", "rank_low", "rank_high", "org_name"])
    told = own if len(own) else ordered.iloc[[len(ordered) // 2]]
    number = len(ranks)
    could = "; ".join(
        f"{row.org_name} could lie anywhere from {row.rank_low} to {row.rank_high} of {number}"
        for row in told.itertuples()
    )
    first, last = (int((ranks[name] >= _SURE).sum()) for name in ("p_top", "p_bottom"))
    wide = int((ranks["rank_high"] - ranks["rank_low"] + 1).median())
    return (
        f"{text.period}: {could}. Half of the {number} {text.peers} could be on any of {wide} ranks or more; "
        f"{first} are in the first quarter and {last} in the last with 95 % certainty or more. Of the spread "
        f"between them {100 * text.rankability:.0f} % is more than chance (rankability)."
    )
