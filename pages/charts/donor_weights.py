"""Which organisations a synthetic control is made of: a bar for each weight, the largest first."""

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.layered import laid_over
from pages.charts.layers.once import WORDS
from pages.charts.theme import Tokens

MOST = 12
"""Bars drawn at most; the others stand in the table."""
_ROW, _NAME = 24, 230


def draw_weights(rows: pd.DataFrame, tokens: Tokens) -> alt.LayerChart:
    """The largest weights, at most twelve; `rows`: `name, weight` (shares that sum to 1, none missing)."""
    largest = rows.sort_values("weight", key=abs, ascending=False, kind="stable").head(MOST)
    ready = largest.assign(words=[weight_words(weight) for weight in largest["weight"]])
    names = ready["name"].to_list()
    up = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=_NAME, ticks=False))
    # Room on the right for the words at the end of the longest bar.
    ends = [min(0.0, *ready["weight"]), max(0.0, *ready["weight"]) * 1.1]
    across = alt.X("weight:Q", axis=None, scale=alt.Scale(domain=ends, nice=False))
    chart = alt.Chart().encode(x=across, y=up)
    tooltip = [alt.Tooltip("name:N", title="Donor"), alt.Tooltip("words:N", title="Weight")]
    bars = chart.mark_bar(color=tokens.comparators, size=14).encode(tooltip=tooltip)
    words = chart.mark_text(align="left", dx=5, color=tokens.ink).encode(text=WORDS)
    layers: list[Layer] = [laid_over(bars, words, data=ready)]
    number = f"the largest {len(ready)} of {len(rows)} weights"
    signs = [number if len(rows) > len(ready) else "weights, which sum to 100 %"]
    return finish(layers, "", signs, _ROW * len(ready), tokens)


def weight_words(weight: float) -> str:
    """`31.2 %`, `−0.4 %`."""
    return f"{100 * weight:.1f} %".replace("-", "−")
