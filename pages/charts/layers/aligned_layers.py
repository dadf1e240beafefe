"""The layers of one panel of months from entry or exit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.aligned_data import ENOUGH, HOVER, every_period
from pages.charts.layers.backdrop import Layer
from pages.charts.layers.end_labels import EndLabel, end_labels, place
from pages.charts.layers.layered import laid_over
from pages.charts.layers.once import OWN_COLOUR, WORDS
from pages.charts.layers.panels import COUNTS_BELOW, WINDOW, Panel
from pages.charts.layers.rows import as_texts, rows_of
from pages.charts.layers.scales import NOT_FROM_ZERO
from pages.charts.layers.values import one_row
from pages.charts.theme import Tokens

_NEAR_THE_END = WINDOW - 8
_VERB = {"entry": "entered", "exit": "left"}
_WHO = {"entry": "entrants", "exit": "leavers"}
_DASH = {"entry": [1, 0], "exit": [5, 3]}


@dataclass(frozen=True)
class Part:
    """One panel with the rows that belong to it."""

    panel: Panel
    lines: pd.DataFrame
    medians: pd.DataFrame
    band: pd.DataFrame
    counts: pd.DataFrame
    colours: dict[str, str]
    tokens: Tokens


def rows_of_lines(parts: Sequence[Part]) -> pd.DataFrame:
    """The rows behind the lines of both panels, with `event`, `colour` ("" for none), `pixel` (height)."""
    return pd.concat([_rows_of(part) for part in parts if not part.lines.empty], ignore_index=True)


def _rows_of(part: Part) -> pd.DataFrame:
    lines = part.lines
    colour = as_texts([part.colours.get(code, "") for code in lines["org_code"]])
    event = as_texts([part.panel.event] * len(lines))
    pixel = part.panel.rise.pixel
    return lines.assign(
        event=event, colour=colour, pixel=[pixel(value) for value in lines["value"]]
    )


def panel_layers(part: Part, chosen: alt.Parameter) -> list[Layer]:
    """From back to front; words instead of lines where no spell has a figure.

    Layers without data of their own expect the rows of `rows_of_lines`.
    """
    if part.lines.empty:
        return [*_comparators(part), *_title(part), *_nothing(part)]
    return [
        *_comparators(part),
        *_title(part),
        *_rule(part),
        *_scale_note(part),
        *_lines(part, chosen),
        _names(part),
        *_counts(part),
    ]


def _comparators(part: Part) -> list[Layer]:
    if part.band.empty:
        return []
    panel, grey = part.panel, part.tokens.comparators
    chart = alt.Chart().encode(x=panel.x("month"))
    middle = chart.mark_line(color=grey, strokeWidth=2).encode(y=panel.y("median"))
    band = chart.mark_area(color=grey, opacity=0.25).encode(y=panel.y("p10"), y2=alt.Y2("p90:Q"))
    columns = ["month", "median", "p10", "p90"]
    return [
        laid_over(band, middle, data=every_period(part.band, panel.indicator.step_months)[columns])
    ]


def _title(part: Part) -> list[alt.Chart]:
    panel = part.panel
    bold: dict[str, Any] = {"fontSize": 13, "fontWeight": "bold", "color": part.tokens.ink}
    return [panel.words(f"From {panel.event}", -WINDOW, panel.ceiling + 8, align="left", **bold)]


def _rule(part: Part) -> list[alt.Chart]:
    panel, ink = part.panel, part.tokens.ink
    chart = alt.Chart(one_row(month=0))
    rule = chart.mark_rule(color=ink, strokeDash=_DASH[panel.event])
    top = panel.ceiling + 20
    return [
        rule.encode(x=panel.x("month"), y=alt.YValue(top), y2=alt.Y2Value(panel.floor)),
        panel.words(_VERB[panel.event], 0, top + 7, align="left", dx=4, color=ink),
    ]


def _scale_note(part: Part) -> list[alt.Chart]:
    panel, muted = part.panel, part.tokens.muted
    if panel.extent.holds(0):
        return []
    mark: dict[str, Any] = {"align": "left", "dx": 2, "fontSize": 10, "color": muted}
    return [panel.words(NOT_FROM_ZERO, -WINDOW, panel.floor - 9, **mark)]


def _nothing(part: Part) -> list[alt.Chart]:
    panel = part.panel
    words = f"No figures yet for a spell\nwhose {panel.event} is known to the month."
    middle = (panel.ceiling + panel.floor) / 2
    muted = part.tokens.muted
    # An unseen point on the axes: without one the panel, and maybe the whole chart, would have no scale.
    point = alt.Chart(one_row(month=0, value=panel.extent.low))
    unseen = point.mark_point(opacity=0, color=muted).encode(x=panel.x("month"), y=panel.y("value"))
    return [unseen, panel.words(words, 0, middle, color=muted, fontSize=13)]


def _lines(part: Part, chosen: alt.Parameter) -> list[alt.Chart]:
    panel = part.panel
    here = alt.Chart().transform_filter(f"datum.event === '{panel.event}'")
    paths = here.encode(x=panel.x("month"), y=panel.y("value"), detail=alt.Detail("spell_id:N"))
    return [_organisations(paths, part.tokens, chosen), _highlighted(paths), *_median(part)]


def _organisations(paths: alt.Chart, tokens: Tokens, chosen: alt.Parameter) -> alt.Chart:
    is_chosen: dict[str, Any] = {"param": chosen.name, "empty": False}
    thin: alt.Chart = paths.mark_line(color=tokens.accent).encode(
        opacity=alt.OpacityValue(0.25, condition=is_chosen | {"value": 1}),
        strokeWidth=alt.StrokeWidthValue(1, condition=is_chosen | {"value": 2.2}),
    )
    return thin


def _highlighted(paths: alt.Chart) -> alt.Chart:
    bold: alt.Chart = paths.mark_line(strokeWidth=1.8).encode(color=OWN_COLOUR)
    return bold.transform_filter("datum.colour != ''")


def _median(part: Part) -> list[alt.Chart]:
    panel, tokens = part.panel, part.tokens
    chart = alt.Chart(part.medians).encode(x=panel.x("month"))
    style: dict[str, Any] = {"strokeCap": "round", "strokeJoin": "round"}
    thin = chart.mark_line(color=tokens.muted, strokeWidth=2, strokeDash=[4, 3], **style)
    firm = chart.mark_line(color=tokens.accent, strokeWidth=3.5, **style)
    return [thin.encode(y=panel.y("thin")), firm.encode(y=panel.y("firm"))]


def targets(parts: Sequence[Part], chosen: alt.Parameter) -> alt.Chart:
    """Unseen points along the lines of both panels that answer to pointer and click: lines are hard to hit.

    One layer for both, since a parameter belongs to a single layer: hence places instead of scales.
    """
    entry, leaving = (part.panel.across for part in parts)
    points = alt.Chart().transform_filter("isValid(datum.value)")
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in HOVER.items()]
    clickable: alt.Chart = (
        points.mark_circle(
            opacity=0,
            size=70,
            color=parts[0].tokens.accent,
            x=alt.ExprRef(f"datum.event === 'entry' ? {entry} : {leaving}"),
            y=alt.ExprRef("datum.pixel"),
        )
        .encode(tooltip=tooltip)
        .add_params(chosen)
    )
    return clickable


def _names(part: Part) -> Layer:
    panel = part.panel
    placed = place(_end_names(part), WINDOW, _NEAR_THE_END, panel.rise)
    return end_labels(placed, panel.x, panel.y, part.tokens)


def _end_names(part: Part) -> list[EndLabel]:
    tokens, who = part.tokens, _WHO[part.panel.event]
    last = rows_of(part.medians.dropna(subset="median").tail(1))
    names = [
        EndLabel(row.month, row.median, f"median, {who}", _ink_of(row.n, tokens), is_bold=True)
        for row in last
    ]
    for row in rows_of(part.band.tail(1)):
        names.append(EndLabel(row.month, row.median, "median, comparators", tokens.muted))
    named = part.lines[part.lines["org_code"].isin(list(part.colours))]
    for row in rows_of(named.dropna(subset="value").groupby("spell_id").tail(1)):
        names.append(EndLabel(row.month, row.value, row.organisation, part.colours[row.org_code]))
    return names


def _ink_of(n: int, tokens: Tokens) -> str:
    return tokens.accent if n >= ENOUGH else tokens.muted


def _counts(part: Part) -> list[alt.Chart]:
    panel, tokens = part.panel, part.tokens
    shown = part.counts[part.counts["month"].isin(range(-WINDOW, WINDOW + 1, 6))]
    written = shown[["month", "n"]].assign(
        words=[str(n) if n >= ENOUGH else f"({n})" for n in shown["n"]],
        colour=[tokens.ink if n >= ENOUGH else tokens.muted for n in shown["n"]],
    )
    pixel = panel.floor + COUNTS_BELOW
    row = (
        alt.Chart(written)
        .mark_text()
        .encode(
            x=panel.x("month"),
            y=alt.YValue(pixel),
            text=WORDS,
            color=OWN_COLOUR,
        )
    )
    return [row, panel.words("n", -WINDOW, pixel, align="right", dx=-16, color=tokens.muted)]
