"""How an indicator spreads over organisations of a type, period by period, with some of them named."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import (
    Layer,
    break_rules,
    covid_band,
    finish,
)
from pages.charts.layers.band_scene import HEIGHT, TENTHS, BandScene, BandText
from pages.charts.layers.contrast import own_or_ink
from pages.charts.layers.end_labels import EndLabel, end_labels, place
from pages.charts.layers.formats import IndicatorText, format_span, format_value
from pages.charts.layers.layered import laid_over
from pages.charts.layers.rows import rows_of
from pages.charts.layers.scales import NOT_FROM_ZERO
from pages.charts.layers.top_labels import top_labels
from pages.charts.layers.trajectory_data import with_every_period
from pages.charts.theme import COVID, Tokens

__all__ = ["BandText", "IndicatorText", "describe_band", "draw_band"]

_BOX = 44
_SMALL, _LARGE = 12, 60
"""Sizes of a point on a line, and of one that stands alone."""
_NEAR_THE_END = 0.15
_INSIDE = "median inside the RSP"


def draw_band(
    bands: pd.DataFrame,
    lines: pd.DataFrame,
    breaks: pd.DataFrame,
    text: BandText,
    tokens: Tokens,
) -> alt.LayerChart:
    """The middle 80 % and the middle half of organisations, their median, and that of those inside the RSP.

    `bands`: `period_start, p10, p25, median, p75, p90, n, inside_median, inside_n`, at least one row; a
    missing `inside_median` is not drawn. `lines`: `org_code, org_name, period_start, value` of at most four
    organisations, in the order of their colours. `breaks`: `on, label`.
    """
    codes = list(dict.fromkeys(lines["org_code"]))
    # The first colour is that of the programme: it is the last to be given to an organisation.
    colours = dict(zip(codes, (*tokens.lines[1:], tokens.lines[0]), strict=False))
    starts = {"period_start": pd.to_datetime(bands["period_start"])}
    scene = BandScene(bands.assign(**starts), _in_view(bands, lines), breaks, colours, text, tokens)
    layers: list[Layer] = [
        *covid_band(scene.span, tokens),
        *break_rules(breaks, scene.span, tokens),
        *_bands(scene),
        *_inside(scene),
        *_chosen(scene),
        _targets(scene),
        _names(scene),
        *([top_labels(scene.labels, scene.span, scene.x("on"), tokens)] if scene.labels else []),
    ]
    return finish(layers, "", _reading(scene), HEIGHT, tokens)


def _in_view(bands: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    starts = pd.to_datetime(lines["period_start"])
    is_in = starts.between(bands["period_start"].min(), bands["period_start"].max())
    return lines.assign(period_start=starts)[is_in]


def _bands(scene: BandScene) -> list[Layer]:
    grey, muted = scene.tokens.comparators, scene.tokens.muted
    every = with_every_period(scene.bands)[["period_start", *TENTHS]]
    base = alt.Chart().encode(x=scene.x("period_start"))
    if scene.is_single:
        # An area and a line need two periods; one is a box, left of the points and names at its date.
        box: dict[str, Any] = {"size": _BOX, "xOffset": -_BOX / 2}
        wide, half = (base.mark_bar(color=grey, opacity=dark, **box) for dark in (0.22, 0.4))
        middle = base.mark_tick(color=muted, thickness=2, **box)
    else:
        wide, half = (base.mark_area(color=grey, opacity=dark) for dark in (0.22, 0.4))
        middle = base.mark_line(color=muted, strokeWidth=2)
    tenths = wide.encode(y=scene.y("p10"), y2=alt.Y2("p90:Q"))
    quarters = half.encode(y=scene.y("p25"), y2=alt.Y2("p75:Q"))
    return [laid_over(tenths, quarters, middle.encode(y=scene.y("median")), data=every)]


def _inside(scene: BandScene) -> list[Layer]:
    if scene.bands["inside_median"].isna().all():
        return []
    every = with_every_period(scene.bands)[["period_start", "inside_median"]]
    colour = scene.tokens.programmes["rsp"]
    base = alt.Chart(every).encode(x=scene.x("period_start"), y=scene.y("inside_median"))
    size = _LARGE if scene.is_single else _SMALL
    return [
        base.mark_line(color=colour, strokeWidth=2.4),
        base.mark_circle(color=colour, size=size),
    ]


def _chosen(scene: BandScene) -> list[Layer]:
    layers: list[Layer] = []
    size = _LARGE if scene.is_single else _SMALL
    for code, colour in scene.colours.items():
        own = scene.lines[scene.lines["org_code"] == code]
        if own.empty:
            continue
        every = with_every_period(own)[["period_start", "value"]]
        base = alt.Chart(every).encode(x=scene.x("period_start"), y=scene.y("value"))
        layers += [
            base.mark_line(color=colour, strokeWidth=1.8),
            base.mark_circle(color=colour, size=size, opacity=1),
        ]
    return layers


def _targets(scene: BandScene) -> alt.Chart:
    """Unseen bars over every period that answer to the pointer."""
    titles = {
        "when": "Period",
        "n": "organisations",
        "middle": "median",
        "half": "middle half",
        "most": "middle 80 %",
        "inside": "inside the RSP",
    }
    told = _told(scene.bands, scene.text.indicator)
    chart: alt.Chart = alt.Chart(told).mark_rect(opacity=0, color=scene.tokens.grid)
    return chart.encode(
        x=scene.x("period_start"),
        x2=alt.X2("ends:T"),
        y=alt.YValue(scene.head),
        y2=alt.Y2Value(HEIGHT),
        tooltip=[alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()],
    )


def _told(bands: pd.DataFrame, indicator: IndicatorText) -> pd.DataFrame:
    """The hover of every period, in words."""
    rows, starts = rows_of(bands), bands["period_start"]
    return bands[["period_start", "n"]].assign(
        ends=starts + pd.DateOffset(months=indicator.step_months),
        when=[format_span(start, indicator.step_months) for start in starts],
        middle=[format_value(row.median, indicator.unit) for row in rows],
        half=[_range(row.p25, row.p75, indicator) for row in rows],
        most=[_range(row.p10, row.p90, indicator) for row in rows],
        inside=[_inside_words(row, indicator) for row in rows],
    )


def _range(low: float, high: float, indicator: IndicatorText) -> str:
    return f"{format_value(low, indicator.unit)} to {format_value(high, indicator.unit)}"


def _inside_words(row: Any, indicator: IndicatorText) -> str:
    if pd.isna(row.inside_median):
        return f"{row.inside_n} known: too few for a median" if row.inside_n else "none known"
    return f"median {format_value(row.inside_median, indicator.unit)} of {row.inside_n}"


def _names(scene: BandScene) -> Layer:
    end = pd.Timestamp(scene.span[1])
    near = end - _NEAR_THE_END * (end - pd.Timestamp(scene.span[0]))
    placed = place(_labels(scene), end, near, scene.rise)
    return end_labels(placed, scene.x, scene.y, scene.tokens)


def _labels(scene: BandScene) -> list[EndLabel]:
    tokens = scene.tokens
    last = rows_of(scene.bands.sort_values("period_start").tail(1))[0]
    labels = [
        EndLabel(last.period_start, last.median, f"median of {scene.text.peers}", tokens.muted)
    ]
    for row in rows_of(scene.bands.dropna(subset="inside_median").tail(1)):
        colour = own_or_ink(tokens.programmes["rsp"], tokens)
        labels.append(EndLabel(row.period_start, row.inside_median, _INSIDE, colour))
    for code, colour in scene.colours.items():
        own = scene.lines[scene.lines["org_code"] == code].sort_values("period_start").tail(1)
        labels += [
            EndLabel(
                row.period_start, row.value, row.org_name, own_or_ink(colour, tokens), "", True
            )
            for row in rows_of(own)
        ]
    return labels


def _reading(scene: BandScene) -> Sequence[str]:
    lines = ["Bands: middle 80 % and middle half."]
    if not scene.bands["inside_median"].isna().all():
        lines.append("Blue: median inside the RSP, if five or more.")
    if not scene.extent.starts_at_zero:
        lines.append(f"The {NOT_FROM_ZERO}.")
    return lines


def describe_band(bands: pd.DataFrame, text: BandText) -> str:
    """The latest spread in words: middle half and 80 %, that five years before, and those inside the RSP."""
    ordered = bands.sort_values("period_start")
    last = rows_of(ordered)[-1]
    indicator = text.indicator
    when = format_span(last.period_start, indicator.step_months)
    half, most = (
        f"{format_value(low, indicator.unit)} and {format_value(high, indicator.unit)}"
        for low, high in ((last.p25, last.p75), (last.p10, last.p90))
    )
    parts = [
        f"{when}: half of {last.n} {text.peers} lay between {half}, four in five between {most}."
    ]
    parts.append(_earlier(ordered, indicator))
    parts.append(_of_inside(ordered, indicator))
    return " ".join(part for part in parts if part)


def _earlier(ordered: pd.DataFrame, indicator: IndicatorText) -> str:
    """How wide the middle half was five years before, where there is such a figure."""
    before = ordered["period_start"].iloc[-1] - pd.DateOffset(years=5)
    rows = rows_of(ordered[ordered["period_start"] == before])
    if not rows:
        return ""
    begins, ends = map(pd.Timestamp, COVID)
    during = ", in the pandemic," if begins <= before < ends else ""
    return f"Five years earlier{during} the middle half was {_range(rows[0].p25, rows[0].p75, indicator)}."


def _of_inside(ordered: pd.DataFrame, indicator: IndicatorText) -> str:
    rows = rows_of(ordered.dropna(subset="inside_median").tail(1))
    if not rows:
        return "In no period have five known to be inside the RSP a figure, so their median is not drawn."
    row = rows[0]
    when = format_span(row.period_start, indicator.step_months)
    last = (
        " (the last period with five)" if row.period_start < ordered["period_start"].max() else ""
    )
    return (
        f"The median of {row.inside_n} known to be inside the RSP in {when}{last} was "
        f"{format_value(row.inside_median, indicator.unit)}, that of all then "
        f"{format_value(row.median, indicator.unit)}."
    )
