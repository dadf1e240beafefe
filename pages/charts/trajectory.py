"""One organisation's indicator over the months, beside its peers, England and its time in programmes."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, Span, break_rules, covid_band, finish, footnotes
from pages.charts.layers.beside import comparison_layers, drawn_periods
from pages.charts.layers.end_labels import EndLabel, end_labels, place
from pages.charts.layers.formats import IndicatorText, format_span, format_value
from pages.charts.layers.layered import laid_over
from pages.charts.layers.rows import last_known
from pages.charts.layers.spell_bands import drawn_spells, spell_layers, undated_programmes
from pages.charts.layers.standards import in_force, last_of_each_kind, standard_layers
from pages.charts.layers.timeline_marks import draw_marks
from pages.charts.layers.top_labels import top_labels
from pages.charts.layers.trajectory_data import NOT_FOUND, with_hover
from pages.charts.layers.trajectory_scene import Scene, events_within, within
from pages.charts.theme import Tokens

__all__ = ["IndicatorText", "describe_trajectory", "draw_trajectory", "footnotes"]

_NEAR_THE_END = 0.15
_EVENTS_UP = 16
_NOBODY = pd.DataFrame({"period_start": [], "value": [], "org_name": []})


def draw_trajectory(
    series: pd.DataFrame,
    peers: pd.DataFrame,
    england: pd.DataFrame,
    spells: pd.DataFrame,
    standards: pd.DataFrame,
    breaks: pd.DataFrame,
    indicator: IndicatorText,
    focus_name: str,
    peers_name: str,
    tokens: Tokens,
    span: Span,
    *,
    compact: bool = False,
    predecessors: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
) -> alt.LayerChart:
    """One organisation's months [span) against the median and middle 80 % of its peers and against England.

    An indicator titled "" is named by the page, and so is the organisation: the chart repeats neither.

    England is left out of counts: its sum has no place on the axis of one organisation.

    At least one row of `series` must lie in the months shown. `peers_name` is a plural ("acute trusts").
    `entered_label` and `left_label` of the spells are dates in words ("Jul 2021", "2023"), not read where
    no source gives the date: the chart then says so itself. `on` of standards and breaks are days.
    `compact` is for grids of many indicators: lower, and with the fewest words. `predecessors` (period_start,
    value, org_name) are drawn grey: figures of organisations it took over that cannot be added to its own.
    `events` (day, kind, letter and the words of a hover, as on the timeline) are marks at the foot.
    """
    ours, theirs, all_of = (within(frame, span) for frame in (series, peers, england))
    if indicator.unit == "count":
        # The country's own sum would press every organisation flat against the axis.
        all_of = all_of.iloc[:0]
    behind = drawn_spells(spells, span), in_force(standards, span)
    scene = Scene(
        indicator,
        tokens,
        span,
        ours,
        theirs,
        all_of,
        *behind,
        breaks,
        focus_name,
        peers_name,
        compact,
        within(_NOBODY if predecessors is None else predecessors, span),
        None if events is None else events_within(events, span),
    )
    subtitle = _subtitle(undated_programmes(spells), scene)
    return finish(_layers(scene), indicator.title, subtitle, scene.height, tokens)


def _layers(scene: Scene) -> list[Layer]:
    span, tokens = scene.span, scene.tokens
    return [
        *covid_band(span, tokens),
        *spell_layers(scene.spells, span, tokens),
        *break_rules(scene.breaks, span, tokens),
        *comparison_layers(scene),
        *_before(scene),
        *standard_layers(scene.standards, scene.extent, span, scene.y, tokens.muted),
        *_focus(scene),
        *_events(scene),
        *_words(scene),
    ]


def _events(scene: Scene) -> list[alt.Chart]:
    """What happened at the organisation, above the ticks of missing periods."""
    if scene.events is None:
        return []
    place = {"x": scene.x("day"), "y": alt.YValue(scene.height - _EVENTS_UP)}
    return draw_marks(scene.events, place, scene.tokens)


def _before(scene: Scene) -> list[Layer]:
    """The organisations it took over, one grey line each."""
    lines = [
        alt.Chart(drawn_periods(rows, "value"))
        .mark_line(color=scene.tokens.muted, strokeWidth=1.4)
        .encode(x=scene.x("period_start"), y=scene.y("value"))
        for _, rows in scene.predecessors.groupby("org_name")
    ]
    return [*lines]


def _focus(scene: Scene) -> list[Layer]:
    ready = with_hover(scene.series, scene.peers, scene.indicator)
    ready = ready.assign(organisation=scene.focus_name)
    at_value = alt.Chart().encode(x=scene.x("period_start"), y=scene.y("value"))
    accent = scene.tokens.accent
    line = at_value.mark_line(color=accent, strokeWidth=2.2, strokeCap="round", strokeJoin="round")
    points = at_value.mark_circle(color=accent, opacity=1, size=6 if scene.is_compact else 14)
    # Small points are hard to hit: an unseen larger one answers for each.
    targets = at_value.mark_circle(color=accent, opacity=0, size=110)
    figures = [line, points, targets.encode(tooltip=_hover("Value"))]
    return [laid_over(*figures, data=ready), *scene.missing_ticks(ready, _hover("Missing"))]


def _hover(shown: str) -> list[alt.Tooltip]:
    titles = {
        "organisation": "Organisation",
        "month": "Period",
        "shown": shown,
        "above": "Numerator",
        "below": "Denominator",
        "beside": "Peers",
        "source": "Source",
    }
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]


def _words(scene: Scene) -> list[Layer]:
    near = scene.end - _NEAR_THE_END * (scene.end - pd.Timestamp(scene.span[0]))
    layers: list[Layer] = []
    if ends := _ends(scene):
        placed = place(ends, scene.end, near, scene.rise)
        layers.append(end_labels(placed, scene.x, scene.y, scene.tokens))
    if scene.labels:
        layers.append(top_labels(scene.labels, scene.span, scene.x("on"), scene.tokens))
    return layers + scene.foot_note()


def _ends(scene: Scene) -> list[EndLabel]:
    muted = scene.tokens.muted
    labels = [
        EndLabel(scene.end, row.value, row.label, muted)
        for row in last_of_each_kind(scene.standards, scene.extent, scene.span)
    ]
    labels += [_focus_label(row, scene) for row in last_known(scene.series, "value")]
    labels += [
        EndLabel(row.period_start, row.value, str(name), muted)
        for name, rows in scene.predecessors.groupby("org_name")
        for row in last_known(rows, "value")
    ]
    if scene.is_compact:
        return labels
    median = f"median of {scene.peers_name}"
    peers = [
        EndLabel(r.period_start, r.median, median, muted) for r in last_known(scene.peers, "median")
    ]
    all_of = [
        EndLabel(r.period_start, r.value, "England", muted)
        for r in last_known(scene.england, "value")
    ]
    return labels + peers + all_of


def _focus_label(row: Any, scene: Scene) -> EndLabel:
    figure = format_value(row.value, scene.indicator.unit)
    name = "" if scene.is_compact else scene.focus_name
    return EndLabel(row.period_start, row.value, name, scene.tokens.accent, figure, is_bold=True)


def _subtitle(undated: Sequence[str], scene: Scene) -> list[str]:
    if scene.is_compact:
        return []
    # Without a title the chart stands on a page whose own title names the organisation.
    name = [scene.focus_name] if scene.indicator.title else []
    lines = [*name, f"grey band: middle 80 % of {scene.peers_name}"]
    return lines + [f"{programme}: no source dates this spell" for programme in undated]


def describe_trajectory(
    series: pd.DataFrame, peers: pd.DataFrame, indicator: IndicatorText, focus_name: str
) -> str:
    """The latest figure, the one twelve months before and the peers' median, in one sentence.

    A month without a figure is said to have none, with the published reason.
    """
    latest = last_known(series, "value")
    if not latest:
        return f"{focus_name}: no figure in these months."
    month = pd.Timestamp(latest[0].period_start)
    figure = format_value(latest[0].value, indicator.unit)
    earlier = _figure_in(series, "value", month - pd.DateOffset(years=1), indicator)
    median = _figure_in(peers, "median", month, indicator)
    when = format_span(month, indicator.step_months)
    return f"{focus_name}: {figure} in {when}; 12 months earlier {earlier}; peers' median {median}."


def _figure_in(
    frame: pd.DataFrame, column: str, month: pd.Timestamp, indicator: IndicatorText
) -> str:
    rows = frame[pd.to_datetime(frame["period_start"]) == month]
    if rows.empty:
        return NOT_FOUND
    row = rows.iloc[0]
    if not pd.isna(row[column]):
        return format_value(row[column], indicator.unit)
    reason = row.get("missing_reason")
    return NOT_FOUND if pd.isna(reason) else str(reason)
