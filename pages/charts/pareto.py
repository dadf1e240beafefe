"""How far indicators tell segments apart and improve after entry, both with intervals: no ranking."""

from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.layered import laid_over
from pages.charts.layers.values import one_row
from pages.charts.theme import Tokens

HEIGHT = 360
SHAPES = {"strong": "circle", "adequate": "diamond", "weak": "triangle-up"}
"""A mark for each grade of timeliness."""
_SIGNS = [
    "filled: outdone by none",
    "circle: published within 45 days",
    "diamond: within 90",
    "triangle: later",
    "lines: 95 % intervals",
    "dashed: what is asked for",
]
_ROOM = alt.ExprRef("width < 500 ? 140 : 400")
"""Pixels for a name: on a phone the rest of it is in the hover."""
_HOVER = {
    "label": "Indicator and type",
    "shown_x": "Tells segments apart",
    "shown_y": "Improves beyond rebound",
    "days": "Published after",
    "class_words": "Class",
}


def draw_pareto(rows: pd.DataFrame, limit: float, tokens: Tokens) -> alt.LayerChart:
    """A mark per pair of indicator and type of which both sides are known.

    `rows`: `label, x, x_low, x_high` (share of pairs in the right order), `y, y_low, y_high` (excess in
    standard deviations between organisations), `timeliness` (grade), `is_front`, and in words `shown_x,
    shown_y, days, class_words`. `limit`: above which the lower end of `x` is asked to lie.
    """
    ends = rows[["x_low", "x_high"]].to_numpy()
    room = [min(0.45, ends.min() - 0.03), max(0.7, ends.max() + 0.12)]
    across = _axis(alt.X, "x", "pairs in the right order (0.5: chance)", room)
    heights = rows[["y_low", "y_high"]].to_numpy()
    reach = [min(-0.2, heights.min() - 0.1), max(0.2, heights.max() + 0.1)]
    up = _axis(alt.Y, "y", "improvement beyond rebound, SD", reach)
    dash: dict[str, Any] = {"color": tokens.muted, "strokeDash": [3, 3]}
    layers: list[Layer] = [
        alt.Chart(one_row(x=limit)).mark_rule(**dash).encode(x=across),
        alt.Chart(one_row(y=0)).mark_rule(**dash).encode(y=up),
        laid_over(*_marks(across, up, tokens), data=rows.assign(name=_two_lines(rows))),
    ]
    return finish(layers, "", _SIGNS, HEIGHT, tokens)


def _two_lines(rows: pd.DataFrame) -> pd.Series:
    """Names with the type of organisation in a line of its own."""
    return rows["label"].str.replace(" among ", "\namong ")


def _axis(kind: Any, field: str, title: str, domain: list[float]) -> Any:
    scale = alt.Scale(domain=[float(end) for end in domain], nice=False)
    return kind(f"{field}:Q", title=title, scale=scale, axis=alt.Axis(format=".2~f", tickCount=8))


def _marks(across: Any, up: Any, tokens: Tokens) -> list[Any]:
    chart = alt.Chart()
    line: dict[str, Any] = {"color": tokens.comparators, "strokeWidth": 1.5}
    flat = chart.mark_rule(**line).encode(x="x_low:Q", x2="x_high:Q", y=up)
    tall = chart.mark_rule(**line).encode(x=across, y="y_low:Q", y2="y_high:Q")
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in _HOVER.items()]
    point = chart.mark_point(size=130, strokeWidth=2, opacity=1, color=tokens.accent).encode(
        x=across,
        y=up,
        shape=alt.Shape(
            "timeliness:N",
            scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())),
            legend=None,
        ),
        fill=alt.condition(
            "datum.is_front", alt.value(tokens.accent), alt.value(tokens.background)
        ),
        tooltip=tooltip,
    )
    label = chart.mark_text(
        align="left", dx=10, dy=-26, lineBreak="\n", limit=_ROOM, color=tokens.ink
    )
    return [flat, tall, point, label.encode(x=across, y=up, text="name:N")]


def describe_pareto(rows: pd.DataFrame) -> str:
    """The picture's takeaway: how many are drawn, and how many are clear of both limits."""
    clear = int((rows["y_low"] > 0).sum())
    verb = "improves" if clear == 1 else "improve"
    improving = (
        f"{clear} of them {verb} clearly beyond the expected rebound"
        if clear
        else ("none of them improves clearly beyond the expected rebound")
    )
    return f"{len(rows)} pairs of indicator and type on both counts; {improving}."
