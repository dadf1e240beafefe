"""Rows with their names at the left and their figures in words at the right of an axis that stands above."""

from typing import Any

import altair as alt
import pandas as pd

from pages.charts.theme import Tokens

WORDS = 165
"""Pixels that figures with their interval need."""
WIDE = 640
"""Pixels of plot from which on the figures stand beside it."""


def across(column: str, domain: tuple[float, float], reserved: int, **axis: Any) -> alt.X:
    """A column against the axis above; where there is room, `reserved` pixels are left right of it."""
    room = alt.ExprRef(f"width > {WIDE} ? width - {reserved} : width - 8")
    scale = alt.Scale(domain=list(domain), range=[0, room], nice=False, zero=False)
    above = alt.Axis(orient="top", grid=True, domain=False, **axis)
    return alt.X(f"{column}:Q", scale=scale, axis=above)


def down(labels: list[str], most: int, share: float, tokens: Tokens) -> alt.Y:
    """The names of the rows, at most `most` pixels wide and this share of the width there is."""
    axis = alt.Axis(
        title=None,
        labelLimit={"expr": f"min({most}, {share} * (containerSize()[0] || 1200))"},
        labelOverlap=False,
        labelPadding=8,
        labelColor=tokens.ink,
    )
    return alt.Y("label:N", scale=alt.Scale(domain=labels), axis=axis)


def written(
    rows: pd.DataFrame, heading: str, rows_down: alt.Y, tokens: Tokens, from_right: int = 0
) -> list[alt.Chart]:
    """The figures of `rows` (`label` and one column of words) under their heading, where there is room."""
    (name,) = rows.columns.drop("label")
    at = alt.XValue(alt.ExprRef(f"width - {from_right}"))
    look: dict[str, Any] = {
        "align": "right",
        "fontSize": 11,
        "opacity": alt.ExprRef(f"width > {WIDE} ? 1 : 0"),
    }
    words = alt.Chart(rows).mark_text(color=tokens.ink, **look)
    heads = alt.Chart(pd.DataFrame({"heading": [heading]}))
    head = heads.mark_text(color=tokens.muted, baseline="bottom", **look)
    return [
        words.encode(x=at, y=rows_down, text=alt.Text(f"{name}:N")),
        head.encode(x=at, y=alt.YValue(-6), text=alt.Text("heading:N")),
    ]
