"""New signals by indicator: worse to the left, better to the right, what chance would give as ticks."""

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.spell_words import count
from pages.charts.theme import Tokens

ROW_HEIGHT = 15
_LEAST_HEIGHT = 120
_LABEL_WIDTH = {"expr": "min(230, 0.4 * (containerSize()[0] || 1200))"}
_AIR = 1.18
_SIDES = {"worse": -1, "better": 1}
_READING = [
    "Left: series that got worse; right: that got better.",
    "Upright tick: how many would by chance.",
]
_HOVER = {
    "label": "indicator",
    "period": "latest period",
    "told": "series with a new signal",
    "series": "series tested",
    "chance": "expected by chance",
}


def draw_radar(rows: pd.DataFrame, tokens: Tokens) -> alt.LayerChart:
    """Bars of `worse` and `better` for each indicator, in the order of `rows`, with what chance would give.

    `rows`: `label, period` (words), `series, worse, better` (numbers of series), `expected_worse,
    expected_better`; at least one row. A series that signals on both sides is in both bars.
    """
    sides = pd.concat([_side(rows, side) for side in _SIDES], ignore_index=True)
    numbers = ["worse", "better", "expected_worse", "expected_better"]
    reach = max(1.0, float(rows[numbers].to_numpy().max())) * _AIR
    names = _names(rows)
    height = max(_LEAST_HEIGHT, ROW_HEIGHT * len(rows))
    layers: list[Layer] = [
        *(_bars(sides[sides["side"] == side], reach, names, tokens) for side in _SIDES),
        _ticks(sides, reach, names, tokens),
        *(_numbers(sides[sides["side"] == side], reach, names, tokens) for side in _SIDES),
        _middle(tokens),
    ]
    return finish(layers, "", _READING, height, tokens)


def _side(rows: pd.DataFrame, side: str) -> pd.DataFrame:
    words = {"worse": "got worse", "better": "got better"}[side]
    return pd.DataFrame(
        {
            "label": rows["label"],
            "period": rows["period"],
            "side": side,
            "bar": rows[side] * _SIDES[side],
            "tick": rows[f"expected_{side}"] * _SIDES[side],
            "number": rows[side].astype(str),
            "told": rows[side].astype(str) + " " + words,
            "series": rows["series"],
            "chance": rows[f"expected_{side}"].map("{:.1f}".format),
        }
    )


def _names(rows: pd.DataFrame) -> alt.Y:
    axis = alt.Axis(title=None, domain=False, ticks=False, labelLimit=_LABEL_WIDTH, labelPadding=8)
    scale = alt.Scale(domain=list(rows["label"]), paddingInner=0.25)
    return alt.Y("label:N", sort=list(rows["label"]), axis=axis, scale=scale)


def _x(field: str, reach: float) -> alt.X:
    axis = alt.Axis(
        title="← got worse   ·   organisations   ·   got better →",
        orient="top",
        labelExpr="abs(datum.value)",
        format="d",
        tickMinStep=1,
        grid=True,
        domain=False,
    )
    scale = alt.Scale(domain=[-reach, reach], nice=False, zero=True)
    return alt.X(f"{field}:Q", scale=scale, axis=axis)


def _hover() -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in _HOVER.items()]


def _bars(sides: pd.DataFrame, reach: float, names: alt.Y, tokens: Tokens) -> alt.Chart:
    kind = {"worse": "concern", "better": "improvement"}[sides["side"].iloc[0]]
    chart: alt.Chart = (
        alt.Chart(sides)
        .mark_bar(color=tokens.control[kind], stroke=tokens.outline, strokeWidth=0.6)
        .encode(y=names, x=_x("bar", reach), tooltip=_hover())
    )
    return chart


def _ticks(sides: pd.DataFrame, reach: float, names: alt.Y, tokens: Tokens) -> alt.Chart:
    shown = sides[sides["tick"] != 0]
    mark = alt.Chart(shown).mark_tick(orient="vertical", thickness=2.5, size=13, color=tokens.ink)
    chart: alt.Chart = mark.encode(y=names, x=_x("tick", reach), tooltip=_hover())
    return chart


def _numbers(sides: pd.DataFrame, reach: float, names: alt.Y, tokens: Tokens) -> alt.Chart:
    """How many, beyond the end of the bar and of the tick."""
    sign = _SIDES[sides["side"].iloc[0]]
    ends = sides[["bar", "tick"]].abs().max(axis="columns") * sign
    mark = alt.Chart(sides.assign(end=ends)).mark_text(
        align="left" if sign > 0 else "right", dx=5 * sign, fontSize=11, color=tokens.ink
    )
    chart: alt.Chart = mark.encode(y=names, x=_x("end", reach), text=alt.Text("number:N"))
    return chart


def _middle(tokens: Tokens) -> alt.Chart:
    chart: alt.Chart = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=tokens.comparators)
    return chart.encode(x=alt.X("at:Q"))


def describe_radar(rows: pd.DataFrame) -> str:
    """How many series got worse and better in all, what chance would give, and where most did."""
    worse, better = int(rows["worse"].sum()), int(rows["better"].sum())
    chance = rows[["expected_worse", "expected_better"]].to_numpy().sum()
    said = (
        f"New signals by indicator: {worse} series got worse and {better} got better in "
        f"{count(len(rows), 'indicator')}; about {chance:.1f} would by chance."
    )
    top = rows.assign(total=rows["worse"] + rows["better"]).nlargest(1, "total").iloc[0]
    if not top["total"]:
        return said
    return f"{said} Most in {top['label']}: {top['worse']} worse, {top['better']} better."
