"""What a control chart says, in sentences: its last point, the standard, and what to bear in mind."""

import pandas as pd

from indicators.charted import CHARTED_FROM, target_of
from indicators.definition import Indicator
from indicators.stats.control_chart import LEAST_POINTS
from indicators.stats.dependence import ALIKE
from indicators.stats.withheld import TOO_FEW
from indicators.writing import rule_words
from pages.charts.icons import VARIATION_WORDS
from pages.charts.layers.formats import format_month, format_span, format_value
from pages.charts.layers.spell_words import count
from pages.parts.control.choice import CHART_WORDS, RULE_SET_WORDS, Choice
from pages.parts.control.data import OneChart
from pages.parts.organisations import listed

REBOUND = "Organisations enter at their worst; some rebound follows without support."
"""Stands beside improvement after entry."""


def lead(name: str, indicator: Indicator, chart: OneChart, choice: Choice) -> list[str]:
    """The last point, its icon and since when; then what the standard's icon says, if there is one."""
    when = format_span(chart.last.period_start, indicator.step_months)
    figure = format_value(chart.last.value, indicator.unit)
    first = f"{name}, {indicator.short_title}, {figure} in {when}"
    if chart.variation == "empty":
        told = [f"{first}.", _no_icon(chart)]
    else:
        told = [f"{first}: {_state(chart, indicator, choice)}", _assured(chart, indicator)]
    return [sentence for sentence in [*told, _small(chart, indicator)] if sentence]


def _no_icon(chart: OneChart) -> str:
    """Why there is no icon, and that no rule is judged."""
    if chart.why_empty == TOO_FEW:
        needed = f"of the {LEAST_POINTS} that are needed for an icon"
        return f"{count(len(chart.measured), 'point')} {needed}: the limits are trial limits."
    why = f"{chart.why_empty[0].upper()}{chart.why_empty[1:]}"
    return f"{why}: no rule is judged there, and there is no icon."


def _small(chart: OneChart, indicator: Indicator) -> str:
    """How many values are left out since they are of too few cases."""
    if not chart.small:
        return ""
    verb = "is" if chart.small == 1 else "are"
    return (
        f"{count(chart.small, 'value')} of fewer than {indicator.quality.min_denominator} cases {verb} left "
        "out: chance alone moves them too far."
    )


def _state(chart: OneChart, indicator: Indicator, choice: Choice) -> str:
    """The icon in words, since when points have been so, and every rule that the last one breaks."""
    run = _run(chart.measured)
    since = format_span(run["period_start"].iloc[0], indicator.step_months)
    words = rule_words(choice.options.run_length)
    broken = f", {listed([words[rule] for rule in chart.rules])}" if chart.rules else ""
    icon = VARIATION_WORDS[chart.variation]
    return f"{icon[0].lower()}{icon[1:]}, since {since}{broken}."


def _run(measured: pd.DataFrame) -> pd.DataFrame:
    """The unbroken run of points, up to the last and under its limits, that are of the last one's kind."""
    same = (measured["kind"] == measured["kind"].iloc[-1]) & (
        measured["phase"] == measured["phase"].iloc[-1]
    )
    return measured[same[::-1].cummin()[::-1]]


def _assured(chart: OneChart, indicator: Indicator) -> str:
    held_to = target_of(indicator, chart.last.period_start)
    if held_to is None:
        return "No standard applies."
    if chart.assurance == "empty":
        return ""
    if chart.last.lower == chart.last.upper:
        met = {"pass": "met", "fail": "missed"}.get(chart.assurance, "just reached")
        return f"Nothing varies: the {held_to.label} is {met} throughout."
    standard = f"{held_to.label[0].upper()}{held_to.label[1:]}"
    met = {"pass": "consistently met", "fail": "consistently missed"}
    return f"{standard} {met.get(chart.assurance, 'met or missed by chance')}."


def rebound_caution(chart: OneChart, spells: pd.DataFrame) -> str:
    """A caution where the chart shows improvement after entry into a programme; else nothing."""
    entered = spells["entered_earliest"].min()
    after = chart.measured["period_end"] > entered
    has_improved = (after & (chart.measured["kind"] == "improvement")).any()
    return REBOUND if has_improved else ""


def not_the_grid(choice: Choice) -> str:
    """That the icons shown are not those of the grid, where the reader chose otherwise; else nothing."""
    if choice.is_usual:
        return ""
    return f"These icons are not those of the grid (usual rules, from {format_month(CHARTED_FROM)} on)."


def dependence_words(alike: float | None, is_seasonal: bool) -> list[str]:
    """Warnings where points do not vary independently, as limits suppose."""
    told = []
    if alike is not None:
        told.append(
            f"Neighbouring points are alike (correlation {alike:.2f}, above {ALIKE:g}): rules are broken "
            "more often here than by chance alone, so a signal says less."
        )
    if is_seasonal:
        told.append(
            "The time of year matters here: a point that breaks a rule may be the season. More options has "
            "the seasonally adjusted chart."
        )
    return told


def settings_line(chart: OneChart, indicator: Indicator, choice: Choice) -> str:
    """Rule set, run length, screening, what limits rest on, number of points and stretch."""
    options = choice.options
    first, last = (
        format_span(chart.measured["period_start"].iloc[end], indicator.step_months)
        for end in (0, -1)
    )
    return "; ".join(
        [
            f"Rule set {RULE_SET_WORDS[options.rules]}",
            f"shift or trend of {options.run_length} points",
            *_made(choice),
            f"{count(len(chart.measured), 'point')}, {first} to {last}",
        ]
    )


def _made(choice: Choice) -> list[str]:
    """How the limits are made."""
    if choice.is_frozen:
        ranges = "left out" if choice.options.is_screened else "kept"
        return [f"large moving ranges {ranges}", "limits frozen before entry"]
    if choice.is_proportion:
        return [CHART_WORDS["p_prime"].lower(), "limits from all points of a phase"]
    ranges = "left out" if choice.options.is_screened else "kept"
    fix = choice.options.fix_after
    rest_on = "all points of a phase" if fix is None else f"the first {fix} points of a phase"
    adjusted = ["seasonally adjusted"] if choice.is_adjusted else []
    return [*adjusted, f"large moving ranges {ranges}", f"limits from {rest_on}"]
