"""Behind the strip: rows with their names and headings, what a row tells, and rows without a segment."""

import json
from collections.abc import Sequence

import altair as alt
import pandas as pd

from pages.charts.layers.spell_frame import Columns
from pages.charts.layers.strip_grid import MIDDLE
from pages.charts.layers.strip_panels import Panel
from pages.charts.theme import Tokens

SELECTION = "org"
"""Name of the selection: a click anywhere in a row selects the row's `org_code`."""

_LABEL_WIDTH = {"expr": "min(220, 0.28 * (containerSize()[0] || 1200))"}
_PHONE = 500
_HOVER = {
    "org_full_name": "organisation",
    "type_label": "type",
    "region": "region",
    "icb_name": "integrated care board",
    "months_label": "time in programmes",
    "move_label": "latest move between segments",
}


def stripes(
    rows: pd.DataFrame, panels: Sequence[Panel], columns: Columns, tokens: Tokens
) -> alt.Chart:
    """Every other row of every panel shaded; carries the names of the rows, as `arrange` gives them."""
    shaded = pd.DataFrame(
        [
            {"begins": panel.left, "ends": panel.right, "slot": slot, "below": slot + 1}
            for slot in rows.loc[~rows["is_heading"], "slot"]
            if slot % 2
            for panel in panels
        ],
        columns=["begins", "ends", "slot", "below"],
    )
    chart: alt.Chart = (
        alt.Chart(shaded)
        .mark_rect(color=tokens.surface)
        .encode(
            x=columns.stretch("begins"),
            x2=alt.X2("ends"),
            y=_names(rows, columns, tokens),
            y2=alt.Y2("below"),
        )
    )
    return chart


def _names(rows: pd.DataFrame, columns: Columns, tokens: Tokens) -> alt.Y:
    of_organisations = rows[~rows["is_heading"]]
    middles = of_organisations["slot"] + 0.5
    names = dict(zip(middles.astype(str), of_organisations["label"], strict=True))
    axis = alt.Axis(
        values=list(middles),
        labelExpr=f"{json.dumps(names)}[format(datum.value, '.1f')]",
        labelColor=tokens.ink,
        labelFontSize=11,
        labelLimit=_LABEL_WIDTH,
        labelOverlap=False,
        grid=False,
        title=None,
    )
    return alt.Y("slot:Q", scale=columns.rows, axis=axis)


def headings(rows: pd.DataFrame, columns: Columns, tokens: Tokens) -> list[alt.Chart]:
    """The name of a group of rows, in a row of its own."""
    groups = rows[rows["is_heading"]]
    if groups.empty:
        return []
    limit = alt.ExprRef("width - 8")
    chart: alt.Chart = (
        alt.Chart(groups.assign(middle=groups["slot"] + 0.5)[["middle", "label"]])
        .mark_text(align="left", dx=4, fontSize=11, fontWeight="bold", limit=limit)
        .encode(
            x=alt.XValue(0),
            y=columns.down("middle"),
            text=alt.Text("label:N"),
            color=alt.ColorValue(tokens.ink),
        )
    )
    return [chart]


def click_areas(rows: pd.DataFrame, columns: Columns) -> alt.Chart:
    """Nothing to see: the ground on which a row tells what is known of it, and takes a click."""
    click = alt.selection_point(name=SELECTION, fields=["org_code"], on="click")
    areas = rows[~rows["is_heading"]]
    told = areas[list(_HOVER)].astype(object).fillna("not stated")
    areas = told.assign(org_code=areas["org_code"], slot=areas["slot"], below=areas["slot"] + 1)
    chart: alt.Chart = (
        alt.Chart(areas)
        .mark_rect(color="transparent")
        .encode(
            x=alt.XValue(0),
            x2=alt.X2Value("width"),
            y=columns.down("slot"),
            y2=alt.Y2("below"),
            tooltip=[alt.Tooltip(f"{name}:N", title=title) for name, title in _HOVER.items()],
        )
        .add_params(click)
    )
    return chart


def unsegmented_words(places: pd.DataFrame, columns: Columns, tokens: Tokens) -> list[alt.Chart]:
    """Words in the rows (`slot`) of organisations that a framework did not segment, from `at` on."""
    if places.empty:
        return []
    words = f"width < {_PHONE} ? 'no segment' : 'not segmented under this framework'"
    chart: alt.Chart = (
        alt.Chart(places.assign(middle=places["slot"] + MIDDLE))
        .transform_calculate(shown=words)
        .mark_text(align="left", dx=4, fontSize=9, fontStyle="italic", color=tokens.muted)
        .encode(x=columns.time("at"), y=columns.down("middle"), text=alt.Text("shown:N"))
    )
    return [chart]
