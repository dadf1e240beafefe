"""The control-chart view of the Explorer: one organisation, its limits, rules broken and icons."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.definition import Indicator
from indicators.rebases import Recalculation, read_record
from pages.charts.control_chart import footnotes
from pages.parts.charted import rebases_of
from pages.parts.control.choice import Choice, choose_chart
from pages.parts.control.data import OneChart, is_seasonal, neighbours_alike, one_chart
from pages.parts.control.drawn import breaks_of, drawn, rebase_frame, show_icons
from pages.parts.control.frozen_view import show_frozen
from pages.parts.control.rebase_form import show_recalculation
from pages.parts.control.table import offer, show_points
from pages.parts.control.words import (
    dependence_words,
    lead,
    not_the_grid,
    rebound_caution,
    settings_line,
)
from pages.parts.frame import (
    Look,
    look_now,
    method_note,
    reading_aid,
    show_chart,
    source_line,
    tokens_of,
)
from pages.parts.history import spells_of
from pages.parts.indicators import catalogue
from pages.parts.organisations import organisations
from pages.parts.sources import compiled_notes, title_of
from settings import Settings

TITLE = "Has it changed by more than chance?"


@dataclass(frozen=True)
class View:
    """What the view shows of one choice: the chart, its sentences and its rows."""

    spec: dict[str, Any]
    chart: OneChart
    lead: tuple[str, ...]
    warnings: tuple[str, ...]


def show_control_chart(write_head: Callable[..., None], indicator: Indicator) -> None:
    """The whole view below the row of view and indicator."""
    choice = choose_chart(indicator)
    known = tuple(read_record(Settings().data_dir).of(indicator.indicator_id, choice.org))
    view = _view(indicator.indicator_id, choice, known, look_now())
    if isinstance(view, str):
        write_head(TITLE, view)
    else:
        _show(write_head, view, indicator, choice)
    if choice.is_frozen:
        show_frozen(indicator, choice.lineage, choice.org, choice.options)
    else:
        show_recalculation(indicator, choice.org)


def _show(
    write_head: Callable[..., None], view: View, indicator: Indicator, choice: Choice
) -> None:
    """Head, icons, chart and what is below it."""
    write_head(TITLE, *view.lead)
    show_icons(
        view.chart.variation,
        view.chart.assurance,
        tokens_of(look_now().theme),
        not_the_grid(choice),
        view.chart.why_empty,
    )
    show_chart(view.spec, " ".join(view.lead), "control-chart")
    _below(view, indicator, choice)


@st.cache_resource(max_entries=64, show_spinner=False)
def _view(
    indicator_id: str, choice: Choice, known: tuple[Recalculation, ...], look: Look
) -> View | str:
    """Chart and sentences; a sentence alone where there is no chart to draw."""
    indicator, name = catalogue()[indicator_id], organisations().loc[choice.org, "short_name"]
    chart = one_chart(indicator, choice)
    if isinstance(chart, str):
        return f"{name}, {indicator.short_title}. {chart}"
    # Frozen limits hold whatever was recalculated since.
    rebases = rebase_frame(() if choice.is_frozen else known)
    begins = chart.points["period_start"].iloc[0].date() if choice.is_frozen else choice.shown[0]
    span = (begins, choice.shown[1])
    spec = drawn(chart.points, indicator, choice.org, rebases, (tokens_of(look.theme), span))
    told = lead(name, indicator, chart, choice)
    caution = rebound_caution(chart, spells_of(choice.org))
    seasonal = not choice.is_adjusted and is_seasonal(chart, indicator)
    # Where no rule is judged there is none that dependence could break too often.
    warnings = [] if chart.why_empty else dependence_words(neighbours_alike(chart), seasonal)
    return View(spec, chart, tuple(filter(None, [*told, chart.told, caution])), tuple(warnings))


def _below(view: View, indicator: Indicator, choice: Choice) -> None:
    if view.warnings:
        told = " ".join(view.warnings)
        st.html(f'<p class="ot-reading"><strong>Bear in mind.</strong> {escape(told)}</p>')
    reading_aid(
        "A point within the limits that breaks no rule is common cause variation: what this process does "
        "by itself, and no reason to act on one month. A filled mark is special cause variation, more than "
        "chance, by the rules named when the point is hovered and in the table. The first icon is that of "
        "the last point; the second says whether the standard lies beyond the limits, so that it is met or "
        "missed for certain as long as nothing changes. Limits are recalculated only by a person, with a "
        "reason; entering a programme is not one."
    )
    name = f"control-chart-{indicator.indicator_id}-{choice.org}"
    show_points(view.chart, name)
    offer(indicator, choice, view.chart, rebases_of(indicator.indicator_id))
    _sources(view, indicator, choice)


def _sources(view: View, indicator: Indicator, choice: Choice) -> None:
    measured = view.chart.points.dropna(subset="value")
    notes = footnotes(_shown(breaks_of(indicator, choice.org), choice))
    source_line(
        [title_of(indicator.measures.source)],
        escape(settings_line(view.chart, indicator, choice)),
        *compiled_notes(measured.assign(kind=measured["file_kind"])),
        *(f"{escape(note)}." for note in notes),
    )
    method_note(escape(indicator.method), [escape(caveat) for caveat in indicator.caveats])


def _shown(breaks: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The breaks numbered on the chart, which numbers all of them: those before the end."""
    return breaks[pd.to_datetime(breaks["on"]) < pd.Timestamp(choice.shown[1])]
