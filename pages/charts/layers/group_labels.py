"""The programmes' names written onto the stacked areas of organisations inside."""

from collections.abc import Iterator
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.contrast import own_or_ink, readable_text
from pages.charts.layers.month_plane import Plane
from pages.charts.layers.month_steps import GROUPS
from pages.charts.theme import Tokens

_SHORT = dict(zip(GROUPS, ("special measures", "RSP", "successors"), strict=True))
_HIGH_ENOUGH = 4
"""Organisations that make an area high enough for a line of text."""


def place_labels(steps: pd.DataFrame) -> pd.DataFrame:
    """Where each group's name goes: `month`, `at` (count), `is_inside`; none for a group that is all 0.

    Inside its solid area in the middle of its best months where that is high enough, else as high as its
    area reaches, at the end of the chart.
    """
    return pd.DataFrame(
        [label for group in GROUPS for label in _label(group, steps)],
        columns=["programme_group", "short", "month", "at", "is_inside"],
    )


def _label(group: str, steps: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    some = steps[(steps["programme_group"] == group) & (steps["organisations"] > 0)]
    known = some[some["certainty"] == "known"]
    if known["organisations"].max() >= _HIGH_ENOUGH:
        best = known[known["organisations"] >= known["organisations"].max() / 2]
        middle = best.iloc[len(best) // 2]
        yield group, _SHORT[group], middle["month"], (middle["lower"] + middle["upper"]) / 2, True
    elif len(some):
        yield group, _SHORT[group], steps["month"].max(), some["upper"].max(), False


def label_layer(
    steps: pd.DataFrame, plane: Plane, colours: dict[str, str], tokens: Tokens
) -> alt.Chart:
    """The names, short ones on a narrow screen; `colours` are those of the groups' areas."""
    labels = place_labels(steps)
    text_colours = [
        readable_text(colours[group], tokens) if inside else own_or_ink(colours[group], tokens)
        for group, inside in zip(labels["programme_group"], labels["is_inside"], strict=True)
    ]
    chart: alt.Chart = (
        alt.Chart(labels.assign(colour=text_colours))
        .transform_calculate(shown="width < 600 ? datum.short : datum.programme_group")
        .mark_text(
            fontWeight="bold",
            align=alt.ExprRef("datum.is_inside ? 'center' : 'right'"),
            baseline=alt.ExprRef("datum.is_inside ? 'middle' : 'bottom'"),
            dy=alt.ExprRef("datum.is_inside ? 0 : -4"),
        )
        .encode(
            x=plane.time("month"),
            y=plane.up("at"),
            text=alt.Text("shown:N"),
            color=alt.Color("colour:N", scale=None),
        )
    )
    return chart
