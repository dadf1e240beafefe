"""How many organisations were in intensive support: what the register knows beside published totals."""

from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import finish
from pages.charts.layers.contrast import readable_fill
from pages.charts.layers.formats import format_day, format_month
from pages.charts.layers.group_labels import label_layer
from pages.charts.layers.month_plane import Plane
from pages.charts.layers.month_steps import GROUPS, MONTH, by_month, stack
from pages.charts.layers.published_flags import flag_layers, lay_out_flags
from pages.charts.layers.spell_words import count
from pages.charts.theme import Tokens

HEIGHT = 340

_TITLE = "Organisations in intensive support"
_READING = [
    "Solid: certainly inside on the first of the month.",
    "Pale: further ones whose dates leave it open.",
    "Points: published totals; dashed: the register's shortfall.",
]
_Y_TITLE = "number of organisations"
_PALE = 0.3
_PROGRAMME_OF = dict(zip(GROUPS, ("qsm", "rsp", "pip"), strict=True))


def draw_programme_count(
    counts: pd.DataFrame, published: pd.DataFrame, tokens: Tokens
) -> alt.LayerChart:
    """Organisations inside by month and programme, stacked, with published totals as labelled points.

    `counts` (at least one row) says for the first of each `month` and for each `programme_group` how many
    organisations are `known` to be inside and how many more are `possible`; a month without any row is a
    gap. `published` holds `date`, `count` (organisations) and `label` (what was counted, without the date),
    and may be empty.
    """
    flags = lay_out_flags(counts, published)
    plane = _plane(counts, flags)
    steps = stack(counts)
    colours = {group: tokens.programmes[code] for group, code in _PROGRAMME_OF.items()}
    layers = [
        *_areas(steps, plane, colours, tokens),
        _months(by_month(counts), plane),
        label_layer(steps, plane, colours, tokens),
        *flag_layers(flags, plane, tokens),
    ]
    return finish(layers, _TITLE, _READING, HEIGHT, tokens)


def _plane(counts: pd.DataFrame, flags: pd.DataFrame) -> Plane:
    return Plane(
        first=min([*counts["month"], *flags["month"]]),
        end=max([*counts["month"], *flags["month"]]) + MONTH,
        peak=max([*by_month(counts)["at_most"], *flags["count"]]),
        flag_rows=max([lane + 1 for lane in flags["lane"]], default=0),
        height=HEIGHT,
        title=_Y_TITLE,
    )


def _areas(
    steps: pd.DataFrame, plane: Plane, colours: dict[str, str], tokens: Tokens
) -> list[alt.Chart]:
    solid = {group: readable_fill(colour, tokens) for group, colour in colours.items()}
    known, possible = (steps[steps["certainty"] == name] for name in ("known", "possible"))
    return [_area(known, solid, 1, plane), _area(possible, colours, _PALE, plane)]


def _area(steps: pd.DataFrame, colours: dict[str, str], opacity: float, plane: Plane) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(steps.assign(fill=steps["programme_group"].map(colours)))
        .mark_area(interpolate="step-after", fillOpacity=opacity, strokeWidth=0)
        .encode(
            x=plane.time("month"),
            y=plane.up("lower"),
            y2=alt.Y2("upper:Q"),
            color=alt.Color("fill:N", scale=None),
            detail=alt.Detail("stretch:N"),
        )
    )
    return chart


def _months(months: pd.DataFrame, plane: Plane) -> alt.Chart:
    """Nothing to see: the ground on which a month tells its figures."""
    shown = months.assign(
        until=months["month"] + MONTH, zero=0, name=[format_day(day) for day in months["month"]]
    )
    titles = {"name": "on", "known": "certainly inside", "possible": "further, dates open"}
    titles |= {group: group for group in GROUPS}
    chart: alt.Chart = (
        alt.Chart(shown)
        .mark_rect(color="transparent")
        .encode(
            x=plane.stretch("month"),
            x2=alt.X2("until:T"),
            y=plane.up("zero"),
            y2=alt.Y2("at_most:Q"),
            tooltip=[alt.Tooltip(f"{column}:N", title=title) for column, title in titles.items()],
        )
    )
    return chart


def describe_programme_count(counts: pd.DataFrame, published: pd.DataFrame) -> str:
    """The register's latest month, and how far it falls short of the latest published total."""
    latest = by_month(counts).iloc[-1]
    register = (
        f"On {format_day(latest['month'])} the register has "
        f"{count(latest['known'], 'organisation')} certainly in intensive support and "
        f"{latest['possible']} more whose dates leave it open."
    )
    flags = lay_out_flags(counts, published).dropna(subset="known").sort_values("date")
    return f"{register} {_describe_shortfall(flags.iloc[-1])}" if len(flags) else register


def _describe_shortfall(flag: "pd.Series[Any]") -> str:
    return (
        f"Of the {count(flag['count'], 'organisation')} published for {format_month(flag['date'])} it has "
        f"{int(flag['known'])} for certain and {int(flag['possible'])} more as possible."
    )
