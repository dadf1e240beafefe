"""Moves from one segment to another: counts in every cell, coloured by share where a row has enough."""

import altair as alt
import pandas as pd

from indicators.stats.transitions import FEW, Transitions
from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.contrast import text_on
from pages.charts.layers.risk_plane import interval, percent
from pages.charts.theme import Tokens

_ROW = 46
_MOST_STATES = 5
_PALE = 0.12
_HOVER = {
    "before": "segment before",
    "after": "segment in the next quarter",
    "n": "moves or stays",
    "total": "all from that segment",
    "told": "share",
    "within": "95 % interval (Wilson)",
}


def matrix_cells(found: Transitions) -> pd.DataFrame:
    """One row per pair of states: `before, after, n, total, share, ci_low, ci_high, is_few`.

    Shares are those counted, missing in a row without any; `is_few` marks rows of fewer than ten.
    """
    total = found.counts.sum(axis=1)
    rows = [
        {
            "before": before,
            "after": after,
            "n": int(found.counts.loc[before, after]),
            "total": int(total[before]),
            "share": found.probabilities.loc[before, after],
            "ci_low": found.ci_low.loc[before, after],
            "ci_high": found.ci_high.loc[before, after],
            "is_few": bool(total[before] < FEW),
        }
        for before in found.states
        for after in found.states
    ]
    return pd.DataFrame(rows)


def draw_matrix(cells: pd.DataFrame, era: str, tokens: Tokens) -> alt.LayerChart:
    """The cells of `matrix_cells` (at least one) as a table: before down the side, after along the top."""
    drawn = _in_words(cells, tokens)
    base = alt.Chart(drawn).encode(x=_x(), y=_y())
    boxes = base.mark_rect(stroke=tokens.comparators, strokeWidth=1, strokeOpacity=0.6).encode(
        color=alt.Color("fill:N", scale=None),
        fillOpacity=alt.FillOpacity("strength:Q", scale=None),
        tooltip=[alt.Tooltip(f"{name}:N", title=words) for name, words in _HOVER.items()],
    )
    counts = base.mark_text(
        fontSize=16, fontWeight="bold", dy=alt.ExprRef("datum.is_few ? 0 : -7")
    ).encode(text=alt.Text("n:N"), color=alt.Color("ink:N", scale=None))
    shares = base.mark_text(fontSize=11, dy=11).encode(
        text=alt.Text("below:N"), color=alt.Color("ink:N", scale=None)
    )
    states = cells["before"].nunique()
    layers: list[Layer] = [boxes, counts, shares]
    subtitle = [
        f"{era}, within this framework only.",
        "Numbers are organisations.",
        f"No share or colour where a row has fewer than {FEW}.",
    ]
    return finish(
        layers, "Moves from quarter to quarter", subtitle, _ROW * min(states, _MOST_STATES), tokens
    )


def _x() -> alt.X:
    axis = alt.Axis(
        orient="top",
        labelAngle=0,
        title="segment in the next quarter",
        titleAnchor="end",
        domain=False,
    )
    return alt.X("after:O", axis=axis)


def _y() -> alt.Y:
    return alt.Y("before_words:N", sort=None, axis=alt.Axis(title="before", titleY=-24))


def _in_words(cells: pd.DataFrame, tokens: Tokens) -> pd.DataFrame:
    coloured = ~cells["is_few"] & (cells["n"] > 0)
    strength = (_PALE + (1 - _PALE) * cells["share"]).where(coloured, 0.0).astype(float)
    inks = [text_on(tokens.accent, tokens, value) if value else tokens.ink for value in strength]
    return cells.assign(
        before_words=[
            f"{b} (n = {t})" for b, t in zip(cells["before"], cells["total"], strict=True)
        ],
        told=cells["share"].map(percent),
        within=[interval(*pair) for pair in zip(cells["ci_low"], cells["ci_high"], strict=True)],
        below=cells["share"].map(percent).where(~cells["is_few"], ""),
        fill=tokens.accent,
        strength=strength,
        ink=inks,
    )
