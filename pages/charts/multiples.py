"""Many organisations, a small chart each on the same axes, as one chart that answers to the pointer as one.

They are marks of one plane, not charts in a grid: only a single view can be as wide as its place, and only
one view can show the month under the pointer in every small chart at once.
"""

from math import isnan
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.icons import as_address, variation_svg
from pages.charts.layers.backdrop import Layer, Span, finish
from pages.charts.layers.formats import IndicatorText, format_span, format_value
from pages.charts.layers.multiples_grid import NOTE_AT, TITLE_AT, YEARS_AT, Grid
from pages.charts.layers.multiples_spells import Small, bands, rules, spells_of
from pages.charts.layers.scales import NOT_FROM_ZERO, extent_of
from pages.charts.layers.trajectory_data import with_every_period_each
from pages.charts.theme import Tokens

__all__ = ["IndicatorText", "draw_multiples"]

_HOVER = {
    "organisation": "Organisation",
    "when": "Period",
    "shown": "Value",
    "parts": "Numerator and denominator",
    "beside": "Peers' median",
}


def draw_multiples(
    cells: pd.DataFrame,
    lines: pd.DataFrame,
    spells: pd.DataFrame,
    indicator: IndicatorText,
    tokens: Tokens,
    span: Span,
    *,
    columns: int,
) -> alt.LayerChart:
    """A small chart for each row of `cells`, in their order, of the months [span).

    `cells`: org_code, name, note, variation (a key of VARIATION_WORDS), words (its name). `lines`: org_code,
    period_start, value, median (of its peers), numerator, denominator; only organisations of `cells`, and at
    least one value. `spells` as for a trajectory, with org_code. A click near a line sets the parameter `org`
    to its `org_code`; the pointer shows the same period in every chart.
    """
    numbered = cells.assign(cell=range(len(cells)))
    values = [float(value) for value in pd.concat([lines["value"], lines["median"]])]
    grid = Grid(len(cells), columns, extent_of(values, indicator.unit), span)
    small = Small(numbered, lines, spells, indicator, tokens, grid)
    inside = spells_of(small)
    layers = [
        *_grid_lines(small),
        *bands(small, inside),
        *rules(small, inside),
        *_lines(small),
        *_heads(small),
        *_years(small),
    ]
    chart = finish(layers, indicator.title, _subtitle(small), grid.height, tokens)
    whole: alt.LayerChart = chart.properties(data=_points(small))
    return whole


def _subtitle(small: Small) -> list[str]:
    note = [] if small.grid.extent.starts_at_zero else [NOT_FROM_ZERO]
    return [
        small.indicator.axis_title,
        "; ".join(["the same axes in every chart", *note]),
        "blue: organisation; grey: median of its type",
        "pale band: time in the programme",
    ]


def _points(small: Small) -> pd.DataFrame:
    """One row per organisation and period, with an empty one where none was published."""
    columns = ["org_code", "period_start", "value", "median", "numerator", "denominator"]
    placed = with_every_period_each(small.lines[columns], "org_code")
    of = small.cells.set_index("org_code").loc[placed["org_code"]].reset_index()
    grid, text, days = small.grid, small.indicator, placed["period_start"]
    spans = {day: format_span(day, text.step_months) for day in days.unique()}
    return pd.DataFrame(
        {
            "org_code": placed["org_code"],
            "x": grid.across(of["cell"], days).round(4),
            "y": grid.down(of["cell"], placed["value"]),
            "middle": grid.down(of["cell"], placed["median"]),
            "organisation": of["name"],
            "when": days.map(spans),
            "shown": [_figure(value, text) for value in placed["value"].to_list()],
            "parts": _parts(placed),
            "beside": [_figure(value, text) for value in placed["median"].to_list()],
        }
    )


def _figure(value: float, text: IndicatorText) -> str:
    return "no figure" if isnan(value) else text.shown(value)


def _parts(placed: pd.DataFrame) -> list[str]:
    """Numerators of denominators, `300 of 1,000`."""
    above, below = ([_amount(one) for one in placed[name]] for name in ("numerator", "denominator"))
    return [" of ".join(both) for both in zip(above, below, strict=True)]


def _amount(amount: float) -> str:
    return "none" if isnan(amount) else format_value(amount, "count")


def _grid_lines(small: Small) -> list[alt.Chart]:
    grid, tokens = small.grid, small.tokens
    crossed = small.cells[["cell"]].merge(pd.DataFrame({"tick": grid.ticks}), how="cross")
    edges = grid.frame_of(crossed["cell"]).assign(y=grid.down(crossed["cell"], crossed["tick"]))
    rules = alt.Chart(edges[["left", "right", "y"]]).mark_rule(color=tokens.grid)
    is_first = crossed["cell"] % grid.columns == 0
    labels = pd.DataFrame(
        {
            "left": edges["left"],
            "y": edges["y"],
            "words": [_tick_words(tick, small.indicator) for tick in crossed["tick"]],
        }
    )
    words = alt.Chart(labels[is_first]).mark_text(
        align="right", dx=-4, fontSize=10, color=tokens.muted
    )
    return [
        rules.encode(x=grid.x("left"), x2=alt.X2("right:Q"), y=grid.y("y")),
        words.encode(x=grid.x("left"), y=grid.y("y"), text=alt.Text("words:N")),
    ]


def _tick_words(tick: float, text: IndicatorText) -> str:
    return format_value(tick, text.unit).removesuffix(" %").removesuffix(".0")


def _lines(small: Small) -> list[Layer]:
    """Lines, what the pointer finds on them, and the same period in every chart."""
    grid, tokens = small.grid, small.tokens
    month = alt.selection_point(
        name="month",
        fields=["when"],
        on="pointerover",
        nearest=True,
        clear="pointerout",
        empty=False,
    )
    chosen = alt.selection_point(name="org", fields=["org_code"], on="click", nearest=True)
    chart = alt.Chart().encode(x=grid.x("x"), detail=alt.Detail("org_code:N"))
    style: dict[str, Any] = {"strokeCap": "round", "strokeJoin": "round"}
    middle = chart.mark_line(color=tokens.comparators, strokeWidth=1.4, **style)
    own = chart.mark_line(color=tokens.accent, strokeWidth=1.6, **style)
    at_value = alt.Chart().encode(x=grid.x("x"), y=grid.y("y"))
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in _HOVER.items()]
    found = at_value.transform_filter("isValid(datum.y)")
    targets = found.mark_circle(opacity=0, size=40, color=tokens.accent).encode(tooltip=tooltip)
    return [
        middle.encode(y=grid.y("middle")),
        own.encode(y=grid.y("y")),
        targets.add_params(month, chosen),
        *_at_the_pointer(found.transform_filter(month), tokens),
    ]


def _at_the_pointer(here: alt.Chart, tokens: Tokens) -> list[Layer]:
    """A point and its figure, on a halo, in every chart."""
    ground = tokens.background
    words: dict[str, Any] = {"dy": -9, "fontSize": 10, "fontWeight": "bold"}
    # Without rows until the pointer comes: an empty group of marks is nothing to read out.
    unread: dict[str, Any] = {"tooltip": None, "aria": False}
    halo = here.mark_text(**words, **unread, color=ground, stroke=ground, strokeWidth=3)
    return [
        here.mark_circle(opacity=1, size=36, color=tokens.accent, **unread),
        halo.encode(text=alt.Text("shown:N")),
        here.mark_text(**words, **unread, color=tokens.ink).encode(text=alt.Text("shown:N")),
    ]


def _heads(small: Small) -> list[alt.Chart]:
    """Above each chart its name, a note, and its variation icon with the icon's name on hover."""
    grid, tokens = small.grid, small.tokens
    room = alt.ExprRef(f"0.91 * width / {grid.columns} - 26")
    mark: dict[str, Any] = {"align": "left", "limit": room}
    chart = alt.Chart(_placed_heads(small))
    names = chart.mark_text(
        **mark, baseline="top", lineBreak="\n", fontSize=12, fontWeight="bold", color=tokens.ink
    )
    below_icon = {"limit": alt.ExprRef(f"0.91 * width / {grid.columns}")}
    notes = chart.mark_text(**mark | below_icon, fontSize=11, color=tokens.muted)
    pictures = chart.mark_image(width=20, height=20, align="right", baseline="middle")
    tips = [alt.Tooltip("name:N", title="Organisation"), alt.Tooltip("words:N", title="Variation")]
    return [
        names.encode(x=grid.x("left"), y=grid.y("title_y"), text=alt.Text("title:N"), tooltip=tips),
        notes.encode(x=grid.x("left"), y=grid.y("note_y"), text=alt.Text("note:N"), tooltip=tips),
        pictures.encode(x=grid.x("right"), y=grid.y("icon_y"), url=alt.Url("icon:N"), tooltip=tips),
    ]


def _placed_heads(small: Small) -> pd.DataFrame:
    grid, cells = small.grid, small.cells
    edges, top = grid.frame_of(cells["cell"]), grid.top(cells["cell"])
    return edges[["left", "right"]].assign(
        name=cells["name"],
        title=[_in_two_lines(name, grid.letters) for name in cells["name"]],
        note=cells["note"],
        words=cells["words"],
        icon=[as_address(variation_svg(name, small.tokens, 20)) for name in cells["variation"]],
        title_y=top + TITLE_AT,
        note_y=top + NOTE_AT,
        icon_y=top + TITLE_AT + 12,
    )


def _in_two_lines(name: str, letters: int) -> str:
    """A name over at most two lines, the last one cut where it must be."""
    return "\n".join(wrap(name, letters, max_lines=2, placeholder=" …"))


def _years(small: Small) -> list[alt.Chart]:
    """The first and last month shown, under every chart."""
    grid, muted = small.grid, small.tokens.muted
    edges = grid.frame_of(small.cells["cell"])
    begin, end = small.grid.span
    last = (pd.Timestamp(end) - pd.DateOffset(days=1)).date()
    below = edges[["left", "right"]].assign(
        y=grid.top(small.cells["cell"]) + YEARS_AT,
        first=format_span(begin, 1),
        last=format_span(last, 1),
    )
    chart = alt.Chart(below)
    style: dict[str, Any] = {"fontSize": 10, "color": muted}
    left, right = (
        chart.mark_text(align="left", **style),
        chart.mark_text(align="right", **style),
    )
    return [
        left.encode(x=grid.x("left"), y=grid.y("y"), text=alt.Text("first:N")),
        right.encode(x=grid.x("right"), y=grid.y("y"), text=alt.Text("last:N")),
    ]
