"""How many entries on record are left at each step to one that can be judged: a bar within a bar."""

from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import finish
from pages.charts.layers.contrast import readable_fill
from pages.charts.layers.once import Axis, Scale
from pages.charts.theme import Tokens

ROW_HEIGHT = 20
SHOWN = {
    "on_record": "on record",
    "dated": "known to the month",
    "covered": "figures for a year on both sides",
    "judged": "judged",
}
"""The steps that are drawn, the widest bar first."""
_TITLE = "Entries left at each step"
_READING = [
    "Dashed: on record. Palest: known to the month.",
    "Darker: figures for a year on both sides. Solid: judged.",
    "Numbers: judged, in brackets those since July 2021.",
]
_OPACITY = {"dated": 0.14, "covered": 0.42}
_ROOM = 1.3
"""How much wider than the longest bar the plot is, for the numbers at its end."""


def draw_steps(rows: pd.DataFrame, tokens: Tokens) -> alt.LayerChart:
    """A bar per row of `rows` (at least one, in their order): `label`, the counts of SHOWN and `words`."""
    widest = max(1, int(rows["on_record"].max()))
    layers = [_bars(rows, name, widest, tokens) for name in SHOWN if rows[name].gt(0).any()]
    numbers = (
        alt.Chart(rows)
        .mark_text(align="left", dx=6, fontSize=12, color=tokens.ink)
        .encode(x=_across("on_record", widest), y=_down(rows), text="words:N", tooltip=_hover())
    )
    height = ROW_HEIGHT * len(rows)
    return finish([*layers, numbers], _TITLE, _READING, height, tokens)


def _bars(rows: pd.DataFrame, name: str, widest: int, tokens: Tokens) -> alt.Chart:
    looks: dict[str, Any] = {"fill": tokens.accent, "fillOpacity": _OPACITY.get(name, 1)}
    if name == "on_record":
        looks = {"fill": tokens.background, "stroke": tokens.muted, "strokeDash": [3, 3]}
    if name == "judged":
        looks = {"fill": readable_fill(tokens.accent, tokens)}
    chart: alt.Chart = (
        alt.Chart(rows[rows[name] > 0])
        .mark_bar(height=13, **looks)
        .encode(x=_across(name, widest), y=_down(rows), tooltip=_hover())
    )
    return chart


def _across(name: str, widest: int) -> alt.X:
    scale = Scale(domain=[0, widest * _ROOM], nice=False)
    ticks = list(range(0, widest + 1, 10 if widest > 20 else 1))
    return alt.X(
        f"{name}:Q", scale=scale, axis=Axis(title=None, values=ticks, format="d", labelOverlap=True)
    )


def _down(rows: pd.DataFrame) -> alt.Y:
    axis = Axis(title=None, labelLimit=230)
    return alt.Y("label:N", scale=Scale(domain=list(rows["label"])), axis=axis)


def _hover() -> list[alt.Tooltip]:
    counts = [alt.Tooltip(f"{name}:Q", title=words) for name, words in SHOWN.items()]
    since = alt.Tooltip("since:Q", title="judged of those since July 2021")
    return [alt.Tooltip("label:N", title="indicator"), *counts, since]


def describe_steps(rows: pd.DataFrame) -> str:
    """The takeaway: how far the best covered gets, of all entries on record."""
    best = rows.sort_values(["judged", "covered"], ascending=False, kind="stable").iloc[0]
    return (
        f"Best covered is {best['label']}: of {best['on_record']} entries on record {best['dated']} are "
        f"known to the month, {best['covered']} have figures for a year on both sides and "
        f"{best['judged']} can be judged."
    )
