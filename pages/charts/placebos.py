"""One organisation's change among those that others would have shown in its place: how clear each is."""

from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.formats import IndicatorText
from pages.charts.layers.values import one_row
from pages.charts.theme import Tokens

_HEIGHT = 64
_SIGNS = ["blue diamond: the organisation that entered", "grey: its comparators in its place"]
_HOVER = {"name": "Organisation", "shown": "Change", "clearness": "In its standard errors"}


def draw_placebos(rows: pd.DataFrame, text: IndicatorText, tokens: Tokens) -> alt.LayerChart:
    """A strip of changes by their standard errors, the quantity that is ranked; 0 is a thin rule.

    `rows`: `name, estimate, t, is_own`. `text` is of changes: its `shown` writes a figure with its sign.
    """
    ready = rows.assign(
        shown=[text.shown(one) for one in rows["estimate"]],
        clearness=[f"{one:+.1f}".replace("-", "−") for one in rows["t"]],
    )
    reach = 1.1 * max(1.0, rows["t"].abs().max())
    across = alt.X(
        "t:Q",
        title="change by its own standard error",
        axis=alt.Axis(tickCount=8),
        scale=alt.Scale(domain=[-reach, reach], nice=False),
    )
    zero = alt.Chart(one_row(t=0)).mark_rule(color=tokens.muted, strokeDash=[3, 3])
    layers: list[Layer] = [zero.encode(x=across)]
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in _HOVER.items()]
    grey: dict[str, Any] = {"color": tokens.comparators, "shape": "circle", "size": 70}
    blue: dict[str, Any] = {"color": tokens.accent, "shape": "diamond", "size": 170}
    for is_own, mark in ((False, grey), (True, blue)):
        points = alt.Chart(ready[ready["is_own"] == is_own])
        drawn = points.mark_point(filled=True, opacity=0.85, **mark)
        layers.append(drawn.encode(x=across, tooltip=tooltip))
    return finish(layers, "", _SIGNS, _HEIGHT, tokens)
