"""The mean below the rows of a forest plot: a diamond as wide as its interval, and one more row."""

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer
from pages.charts.theme import Tokens

_THICK = 15
"""Pixels of the diamond at its widest."""
_HOVER = {"label": "estimate of", "words": "figures"}


@dataclass(frozen=True)
class Mean:
    """An estimate from `low` to `high`; one `further` row is expected from `further_low` to `further_high`.

    `label` and `further` are the names of their rows, `words` and `further_words` their figures.
    """

    label: str
    estimate: float
    low: float
    high: float
    words: str
    further: str
    further_low: float
    further_high: float
    further_words: str


def mean_rows(mean: Mean | None) -> pd.DataFrame:
    """`label, low, high, words` of the mean and of one further row; no rows where there is no mean."""
    names = ["label", "low", "high", "words"]
    if mean is None:
        return pd.DataFrame({name: [] for name in names})
    further = (mean.further, mean.further_low, mean.further_high, mean.further_words)
    return pd.DataFrame([(mean.label, mean.low, mean.high, mean.words), further], columns=names)


def mean_layers(mean: Mean, x: Callable[[str], alt.X], y: alt.Y, tokens: Tokens) -> list[Layer]:
    """The diamond and the dashed line, on the plane whose places across `x` gives and down `y`."""
    hover = [alt.Tooltip(f"{name}:N", title=title) for name, title in _HOVER.items()]
    at, further = mean_rows(mean).iloc[[0]], mean_rows(mean).iloc[[1]]
    corners = pd.DataFrame(
        {
            "label": mean.label,
            "words": mean.words,
            "at": [mean.low, mean.estimate, mean.high],
            "thick": [0, _THICK, 0],
        }
    )
    diamond = alt.Chart(corners).mark_trail(color=tokens.accent)
    # A trail answers to the pointer nowhere but at its corners.
    target = alt.Chart(at).mark_rule(color=tokens.accent, opacity=0, strokeWidth=_THICK)
    line = alt.Chart(further).mark_rule(color=tokens.accent, strokeWidth=2, strokeDash=[5, 4])
    ends = {"x": x("low"), "x2": alt.X2("high:Q"), "y": y, "tooltip": hover}
    thick = alt.Size("thick:Q", scale=None, legend=None)
    return [
        line.encode(**ends),
        diamond.encode(x=x("at"), y=y, size=thick),
        target.encode(**ends),
    ]
