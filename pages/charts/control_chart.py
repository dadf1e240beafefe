"""One organisation's control chart: values, mean and limits, and the points that are more than chance."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from indicators.stats.icons import KINDS
from pages.charts.layers.backdrop import (
    Layer,
    Span,
    band,
    break_rules,
    covid_band,
    finish,
    footnotes,
)
from pages.charts.layers.contrast import own_or_ink
from pages.charts.layers.control_scene import ControlScene
from pages.charts.layers.control_words import (
    KIND_WORDS,
    NO_RULE,
    rules_in_words,
    with_hover,
)
from pages.charts.layers.end_labels import EndLabel, end_labels, place
from pages.charts.layers.formats import IndicatorText, format_value
from pages.charts.layers.layered import laid_over
from pages.charts.layers.rows import rows_of
from pages.charts.layers.spell_bands import drawn_spells, spell_layers, undated_programmes
from pages.charts.layers.standards import in_force, last_of_each_kind, standard_layers
from pages.charts.layers.top_labels import WIDE, top_labels
from pages.charts.layers.trajectory_data import with_every_period
from pages.charts.theme import Tokens

__all__ = [
    "KIND_WORDS",
    "NO_RULE",
    "Behind",
    "draw_control_chart",
    "footnotes",
    "rules_in_words",
]

_NEAR_THE_END = 0.15
_SIGNS = {"common_cause": "○", "improvement": "●", "concern": "◆", "neutral": "■"}
_SHAPES = {
    "common_cause": "circle",
    "improvement": "circle",
    "concern": "diamond",
    "neutral": "square",
}
_LIMIT_DASH, _TRIAL_DASH, _REBASE_DASH = [6, 4], [1, 4], [8, 3, 2, 3]


@dataclass(frozen=True)
class Behind:
    """What stands behind the points.

    `spells` as a trajectory takes them; `standards` (on, value, label, kind), those that the assurance icon
    goes by; `breaks` (on, label); `rebases` (on, words), the recalculations in force with the words of
    their hover.
    """

    spells: pd.DataFrame
    standards: pd.DataFrame
    breaks: pd.DataFrame
    rebases: pd.DataFrame


def draw_control_chart(
    points: pd.DataFrame, behind: Behind, indicator: IndicatorText, tokens: Tokens, span: Span
) -> alt.LayerChart:
    """The points of one organisation in the months [span), at least one of them with a value.

    `points` has of each period, in order, what `chart_values` says (period_start, value, numerator,
    denominator, basis, mean, lower, upper, phase, kind, is_trial), the rules it breaks in words
    (`rules_words`) and its `file_name`; periods without a value have a `missing_reason`. Where `is_baseline`
    marks periods, only these set the limits, which are drawn unchanged past them. Limits are
    broken wherever `phase` changes; a line never bridges a gap.
    """
    scene = ControlScene(
        indicator,
        tokens,
        span,
        with_every_period(points),
        drawn_spells(behind.spells, span),
        in_force(behind.standards, span),
        behind.breaks,
        behind.rebases,
    )
    undated = [f"{name}: no source dates this spell." for name in undated_programmes(behind.spells)]
    return finish(_layers(scene), "", [*_signs(scene), *undated], scene.height, tokens)


def _layers(scene: ControlScene) -> list[Layer]:
    span, tokens = scene.span, scene.tokens
    return [
        *covid_band(span, tokens),
        *spell_layers(scene.spells, span, tokens),
        *_baseline(scene),
        *break_rules(scene.breaks, span, tokens),
        *_rebase_rules(scene),
        *_limits(scene),
        *standard_layers(scene.standards, scene.extent, span, scene.y, tokens.control["target"]),
        *_values(scene),
        *_words(scene),
    ]


def _signs(scene: ControlScene) -> list[str]:
    """What the marks on this chart mean, each that occurs."""
    present = [kind for kind in KINDS if scene.measured["kind"].eq(kind).any()]
    signs = [f"{_SIGNS[kind]} {KIND_WORDS[kind]}" for kind in present]
    is_trial = scene.measured["is_trial"].eq(True)
    limits = [
        *(["dashed: process limits"] if not is_trial.all() else []),
        *(["dotted: trial limits, from too few points"] if is_trial.any() else []),
    ]
    return [*signs, *limits]


def _baseline(scene: ControlScene) -> list[Layer]:
    """A band behind each unbroken stretch of the points that set the limits."""
    if scene.baseline.empty:
        return []
    is_within = scene.measured["is_baseline"].eq(True)
    stretch = (is_within != is_within.shift()).cumsum()[is_within]
    fill, months = scene.tokens.comparators, pd.DateOffset(months=scene.indicator.step_months)
    ends = scene.measured.loc[is_within, "period_start"].groupby(stretch).agg(["first", "last"])
    return [band(row.first, row.last + months, fill, 0.22, scene.span) for row in rows_of(ends)]


def _rebase_rules(scene: ControlScene) -> list[Layer]:
    if scene.shown_rebases.empty:
        return []
    rule = alt.Chart(scene.shown_rebases).mark_rule(
        color=scene.tokens.ink, strokeWidth=1.2, strokeDash=_REBASE_DASH
    )
    tooltip = alt.Tooltip("words:N", title="Recalculated")
    return [rule.encode(x=scene.x("on"), tooltip=tooltip)]


def _limits(scene: ControlScene) -> list[Layer]:
    """Mean and limits of each phase as lines of its own; those that rest on too few points dotted."""
    long = scene.measured.melt(
        ["period_start", "phase", "is_trial"], ["mean", "lower", "upper"], "line", "level"
    )
    is_mean, is_trial = long["line"] == "mean", long["is_trial"].eq(True)
    styles: list[tuple[pd.Series, dict[str, Any]]] = [
        (is_mean, {"strokeWidth": 1.5}),
        (~is_mean & ~is_trial, {"strokeWidth": 1.2, "strokeDash": _LIMIT_DASH}),
        (~is_mean & is_trial, {"strokeWidth": 1.2, "strokeDash": _TRIAL_DASH}),
    ]
    return [_level_lines(long[rows], style, scene) for rows, style in styles if rows.any()]


def _level_lines(rows: pd.DataFrame, style: dict[str, Any], scene: ControlScene) -> alt.Chart:
    # Limits of proportions differ from point to point, and are drawn as steps round their points.
    chart = alt.Chart(rows).mark_line(color=scene.tokens.muted, interpolate="step", **style)
    drawn: alt.Chart = chart.encode(
        x=scene.x("period_start"),
        y=scene.y("level"),
        detail=[alt.Detail("phase:N"), alt.Detail("line:N")],
    )
    return drawn


def _values(scene: ControlScene) -> list[Layer]:
    ready = with_hover(scene.points, scene.indicator)
    at_value = alt.Chart().encode(x=scene.x("period_start"), y=scene.y("value"))
    line = at_value.mark_line(color=scene.tokens.comparators, strokeWidth=1.6)
    marks = _marks(at_value, scene.tokens)
    # Small marks are hard to hit: an unseen larger one answers for each.
    targets = at_value.mark_circle(color=scene.tokens.muted, opacity=0, size=130)
    drawn = [line, marks, targets.encode(tooltip=_hover("Value"))]
    # By another name than the kind of a standard, or Vega-Lite would take both for one scale.
    rows = ready[["period_start", "value", *_HOVER]].assign(point=ready["kind"])
    return [laid_over(*drawn, data=rows), *scene.missing_ticks(rows, _hover("Missing"))]


def _marks(at_value: alt.Chart, tokens: Tokens) -> alt.Chart:
    """A mark of its own shape and colour for each kind, all outlined; common cause is left open."""
    fills = {kind: tokens.control[kind] for kind in KINDS} | {"common_cause": tokens.background}
    names = list(KINDS)

    def scale(values: dict[str, str]) -> alt.Scale:
        return alt.Scale(domain=names, range=[values[name] for name in names])

    mark = at_value.transform_filter("isValid(datum.value)").mark_point(
        filled=True,
        opacity=1,
        stroke=tokens.outline,
        strokeWidth=0.9,
        size=alt.ExprRef(f"width >= {WIDE} ? 70 : 34"),
    )
    drawn: alt.Chart = mark.encode(
        fill=alt.Fill("point:N", scale=scale(fills), legend=None),
        shape=alt.Shape("point:N", scale=scale(_SHAPES), legend=None),
    )
    return drawn


_HOVER = {
    "month": "Period",
    "shown": "",
    "above": "Numerator",
    "below": "Denominator",
    "middle": "Mean",
    "reach": "Limits",
    "rules_words": "Rules broken",
    "is_kind": "Kind",
    "source": "Source",
}


def _hover(shown: str) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N", title=title or shown) for field, title in _HOVER.items()]


def _words(scene: ControlScene) -> list[Layer]:
    near = scene.end - _NEAR_THE_END * (scene.end - pd.Timestamp(scene.span[0]))
    placed = place(_ends(scene), scene.end, near, scene.rise)
    layers: list[Layer] = [end_labels(placed, scene.x, scene.y, scene.tokens)]
    if scene.labels:
        layers.append(top_labels(scene.labels, scene.span, scene.x("on"), scene.tokens))
    return layers + scene.foot_note()


def _ends(scene: ControlScene) -> list[EndLabel]:
    """Names and figures of mean, limits, standards and the last point, at the right."""
    last, muted = rows_of(scene.measured.tail(1))[0], scene.tokens.muted
    limit = "trial limit" if last.is_trial else "limit"
    levels = [("upper " + limit, last.upper), ("mean", last.mean), ("lower " + limit, last.lower)]

    def figure(value: float) -> str:
        return format_value(value, scene.indicator.unit)

    target = own_or_ink(scene.tokens.control["target"], scene.tokens)
    return [
        *(EndLabel(last.period_start, level, name, muted, figure(level)) for name, level in levels),
        EndLabel(
            last.period_start,
            last.value,
            "last",
            scene.tokens.ink,
            figure(last.value),
            is_bold=True,
        ),
        *(
            EndLabel(scene.end, row.value, row.label, target)
            for row in last_of_each_kind(scene.standards, scene.extent, scene.span)
        ),
    ]
