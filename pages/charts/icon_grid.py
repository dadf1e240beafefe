"""A row per organisation, a column per indicator, in each cell the icons of a control chart's last point."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import altair as alt
import pandas as pd

from pages.charts.icons import (
    ASSURANCE_WORDS,
    VARIATION_WORDS,
    as_address,
    assurance_svg,
    variation_svg,
)
from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.grid_places import LEAST_ICON, Slots, slots_of
from pages.charts.layers.layered import laid_over
from pages.charts.layers.spell_frame import independent_rows
from pages.charts.theme import Tokens

SELECTION = "cell"
"""Name of the selection: a click on an icon selects its `org_code` and `indicator_id`."""
HOVER = {
    "organisation": "organisation",
    "indicator": "indicator",
    "last_period": "last figure of",
    "shown_value": "value",
    "variation_words": "variation",
    "rules_words": "rules broken there",
    "assurance_words": "assurance",
    "shown_mean": "mean",
    "shown_limits": "limits",
    "points": "points since July 2021",
    "of_organisation": "all of this organisation",
    "of_indicator": "all of this indicator shown",
}
"""Columns that a cell's hover shows, and what it calls them."""

_ROW, _HEAD, _LARGEST = 23, 136, 24
_FAINT = 0.5
_TOTALS = "Signals"


@dataclass(frozen=True)
class Grid:
    """What the grid shows; rows and columns in their order.

    `organisations`: `org_code, label, total` (what stands at the end of the row). `indicators`:
    `indicator_id, title, group, has_assurance` (its cells have room for the second icon). `cells`: a row for
    each organisation and indicator with figures, `org_code, indicator_id, variation, assurance, is_old` (its
    last figure is long ago, or it has closed: drawn faint) and the columns of HOVER.
    """

    organisations: pd.DataFrame
    indicators: pd.DataFrame
    cells: pd.DataFrame

    @property
    def without_figures(self) -> pd.DataFrame:
        """The pairs of organisation and indicator that no cell is about."""
        known = set(zip(self.cells["org_code"], self.cells["indicator_id"], strict=True))
        pairs = product(self.organisations["org_code"], self.indicators["indicator_id"])
        absent = [pair for pair in pairs if pair not in known]
        return pd.DataFrame(absent, columns=["org_code", "indicator_id"])


def draw_icon_grid(grid: Grid, tokens: Tokens) -> alt.LayerChart:
    """The grid of at least one row and one column; a click on an icon selects the cell under SELECTION.

    A dashed ring is a series without an icon, for the reason in its hover, a dot a pair without figures, a
    faint icon one whose last figure is long ago.
    """
    slots = slots_of(grid.indicators)
    rows = {code: place for place, code in enumerate(grid.organisations["org_code"])}
    layers: list[Layer] = [
        _stripes(grid.organisations, slots, tokens),
        *_headings(slots, tokens),
        *_dots(_placed(grid.without_figures, slots, rows), len(rows), slots, tokens),
        *_icons(_placed(grid.cells, slots, rows), len(rows), slots, tokens),
        _totals(grid.organisations, slots, tokens),
    ]
    return independent_rows(finish(layers, "", [""], _HEAD + _ROW * len(rows), tokens))


def least_width(indicators: pd.DataFrame) -> int:
    """Pixels between the axes that the columns need for icons of at least 18 pixels."""
    return round(slots_of(indicators).length * LEAST_ICON)


def _down(field: str, rows: int, axis: alt.Axis | None = None) -> alt.Y:
    reach = [_HEAD, _HEAD + _ROW * rows]
    scale = alt.Scale(domain=[0, rows], range=reach, nice=False, zero=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=axis)


def _placed(pairs: pd.DataFrame, slots: Slots, rows: dict[str, int]) -> pd.DataFrame:
    """The pairs with their places: `across`, `across_assurance` (the second icon) and `down`."""
    first = pairs["indicator_id"].map(slots.columns).astype(float)
    return pairs.assign(
        across=first + 0.5,
        across_assurance=first + 1.5,
        down=pairs["org_code"].map(rows).astype(float) + 0.5,
    )


def _stripes(organisations: pd.DataFrame, slots: Slots, tokens: Tokens) -> alt.Chart:
    """Every other row shaded; carries the names of the rows."""
    middles = [place + 0.5 for place in range(len(organisations))]
    names = dict(zip(map(str, middles), organisations["label"], strict=True))
    axis = alt.Axis(
        values=middles,
        labelExpr=f"{json.dumps(names)}[format(datum.value, '.1f')]",
        labelColor=tokens.ink,
        labelFontSize=11.5,
        labelLimit=alt.ExprRef("min(178, 0.3 * (containerSize()[0] || 1200))"),
        labelOverlap=False,
        grid=False,
        title=None,
    )
    shaded = pd.DataFrame({"top": range(0, len(organisations), 2)}).assign(
        bottom=lambda frame: frame["top"] + 1, begin=0, end=slots.length
    )
    chart: alt.Chart = (
        alt.Chart(shaded)
        .mark_rect(color=tokens.surface)
        .encode(
            x=slots.across("begin"),
            x2=alt.X2("end"),
            y=_down("top", len(organisations), axis),
            y2=alt.Y2("bottom"),
        )
    )
    return chart


def _headings(slots: Slots, tokens: Tokens) -> list[alt.Chart]:
    """Indicators slanted above their columns; the theme, bold, before those it holds."""
    words = [
        *({"at": at, "words": group, "weight": "bold"} for group, at in slots.groups.items()),
        *({"at": at, "words": title, "weight": "normal"} for title, at in slots.titles.items()),
        {"at": slots.totals, "words": _TOTALS, "weight": "bold"},
    ]
    text = (
        alt.Chart(pd.DataFrame(words))
        .mark_text(
            angle=305,
            align="left",
            baseline="middle",
            fontSize=11.5,
            limit=162,
            color=tokens.ink,
            fontWeight=alt.ExprRef("datum.weight"),
        )
        .encode(x=slots.across("at"), y=alt.YValue(_HEAD - 5), text=alt.Text("words:N"))
    )
    return [text]


def _dots(pairs: pd.DataFrame, rows: int, slots: Slots, tokens: Tokens) -> list[alt.Chart]:
    """A small dot for each pair without figures."""
    if pairs.empty:
        return []
    chart: alt.Chart = (
        alt.Chart(pairs[["across", "down"]])
        .mark_circle(size=5, color=tokens.comparators, opacity=0.8, tooltip=None)
        .encode(x=slots.across("across"), y=_down("down", rows))
    )
    return [chart]


def _icons(cells: pd.DataFrame, rows: int, slots: Slots, tokens: Tokens) -> list[Layer]:
    """Two images a cell: how it varies, and beside it whether the standard is sure to be met."""
    if cells.empty:
        return []
    columns = ["org_code", "indicator_id", "variation", "assurance", "down"]
    shown = cells[[*columns, "across", "across_assurance", *HOVER]]
    shown = shown.assign(opacity=cells["is_old"].map({True: _FAINT, False: 1.0}))
    pictures = {
        "variation": {name: as_address(variation_svg(name, tokens)) for name in VARIATION_WORDS},
        "assurance": {name: as_address(assurance_svg(name, tokens)) for name in ASSURANCE_WORDS},
    }
    click = alt.selection_point(name=SELECTION, fields=["org_code", "indicator_id"], on="click")
    base = alt.Chart().encode(
        y=_down("down", rows),
        opacity=alt.Opacity("opacity:Q", scale=None),
        tooltip=[alt.Tooltip(f"{name}:N", title=title) for name, title in HOVER.items()],
    )
    size = alt.ExprRef(slots.icon_size(_LARGEST))
    first, second = (
        base.transform_calculate(picture=f"{json.dumps(pictures[kind])}[datum.{kind}]")
        .mark_image(width=size, height=size, cursor="pointer")
        .encode(x=slots.across(place), url=alt.Url("picture:N"))
        for kind, place in (("variation", "across"), ("assurance", "across_assurance"))
    )
    judged = second.transform_filter("datum.assurance !== 'empty'")
    return [laid_over(first.add_params(click), judged, data=shown)]


def _totals(organisations: pd.DataFrame, slots: Slots, tokens: Tokens) -> alt.Chart:
    """At the end of each row how many of its series end in a signal."""
    rows = organisations.assign(
        at=slots.totals - 0.5, down=[place + 0.5 for place in range(len(organisations))]
    )
    chart: alt.Chart = (
        alt.Chart(rows[["at", "down", "total"]])
        .mark_text(align="left", baseline="middle", fontSize=11, color=tokens.muted)
        .encode(x=slots.across("at"), y=_down("down", len(organisations)), text=alt.Text("total:N"))
    )
    return chart


def icon_key(
    tokens: Tokens, names: Iterable[str], assurances: Iterable[str]
) -> list[tuple[str, str]]:
    """Icons as addresses, each with its words, for the key beneath the grid."""
    return [
        *((as_address(variation_svg(n, tokens, 22)), VARIATION_WORDS[n]) for n in names),
        *((as_address(assurance_svg(n, tokens, 22)), ASSURANCE_WORDS[n]) for n in assurances),
    ]
