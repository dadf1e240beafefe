"""One interrupted series: its data and what it could show, then a fixed specification, then its result."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from indicators.analyses.its_before import Before, before_run
from indicators.chance_words import power_warnings
from pages.charts._formats import format_span
from pages.charts.interrupted import draw_interrupted
from pages.parts.frame import (
    Look,
    look_now,
    reading_aid,
    show_chart,
    show_table,
    tokens_of,
    unmarked,
)
from pages.parts.its_choice import Choice, choose
from pages.parts.its_notes import note, notes_on_source
from pages.parts.its_result import show_result
from pages.parts.its_runs import fix_and_run, opened_run, parent, stays
from pages.parts.its_series import dated, day_of, interruptions_of, span_of
from pages.parts.its_subject import Subject, link_to_control_chart, published_subject
from pages.parts.its_words import points_sentence, power_sentence
from pages.parts.organisations import organisations
from pages.parts.specs import spec_of
from pages.parts.store import ask, version

_READING = (
    "These are the figures before any model. The solid rule is the first period exposed to entry, the dashed "
    "one the first after exit; between them the programme is a pale band. Hollow points would be left out of "
    "the fit, and the hover says why. Fix the specification first: what is changed after a result was seen "
    "is marked as such for good."
)
_YEAR = 12


def show_one(write_head: Callable[..., None], places: Sequence[Any]) -> None:
    """The view below the row of controls."""
    run = opened_run()
    choice = choose(places)
    subject = published_subject(choice.indicator, choice.org)
    if run is not None and stays(run, choice.document):
        show_result(write_head, run, subject)
    else:
        _show_before(write_head, choice, subject)


def _show_before(write_head: Callable[..., None], choice: Choice, subject: Subject) -> None:
    if not choice.dates.interruptions:
        write_head(subject.title, "Choose the month of entry to see what this series could show.")
        _notes(choice)
        return
    before = _before(json.dumps(choice.document), version())
    if before.refused is not None:
        write_head(subject.title, "This specification cannot be run.")
        st.warning(unmarked(before.refused))
        link_to_control_chart(subject)
    else:
        told = f"{points_sentence(before.segments, subject.text)}: a {before.grade} run."
        write_head(
            subject.title, power_sentence(before, subject.text, choice.model["phase_in"]), told
        )
        if st.button("Fix this specification and run it", type="primary"):
            fix_and_run(choice.document)
    _show_data(before, subject)
    for warning in _underpowered(before, choice):
        note(warning)
    _notes(choice)
    notes_on_source(subject, before.rows)


def _notes(choice: Choice) -> None:
    for told in choice.dates.notes:
        note(told)
    if parent() is not None:
        note(
            f"You have seen the result of run {parent()}. A run fixed now is kept as changed after results "
            "were seen."
        )


@st.cache_resource(max_entries=200, show_spinner=False)
def _before(document: str, _version: str) -> Before:
    return before_run(json.loads(document))


def _show_data(before: Before, subject: Subject) -> None:
    """The published figures with the rules of entry and exit."""
    if before.rows["value"].notna().sum() < 2:
        return
    spec, alt = _drawn(before.rows, before.starts, subject, look_now())
    show_chart(spec, alt, "its-before")
    reading_aid(_READING)
    show_table(before.rows, f"{subject.file_name}-data")


@st.cache_data(max_entries=64, show_spinner=False)
def _drawn(
    rows: pd.DataFrame, starts: tuple[str, ...], subject: Subject, look: Look
) -> tuple[dict[str, Any], str]:
    step = subject.text.step_months
    series = dated(rows)
    span = span_of(series, step)
    chart = draw_interrupted(
        series, interruptions_of(starts), subject.text, tokens_of(look.theme), span
    )
    first, last = (format_span(day, step) for day in series["period_start"].iloc[[0, -1]])
    known = series["value"].notna().sum()
    alt = (
        f"{subject.measure}, {subject.name}: {known} figures from {first} to {last}, no model yet."
    )
    return spec_of(chart), alt


def _underpowered(before: Before, choice: Choice) -> list[str]:
    """`UNDERPOWERED` where even the whole gap to its peers' median could not have been shown."""
    if before.refused is not None:
        return []
    gap = _gap(before, choice)
    if gap is None:
        return []
    smallest = before.detectable[-1][1]
    unit = published_subject(choice.indicator, choice.org).unit
    return [one["message"] for one in power_warnings(smallest, gap, unit)]


def _gap(before: Before, choice: Choice) -> float | None:
    """Its mean less that of the median of its type, over the last year used before entry."""
    rows = dated(before.rows)
    used = rows[rows["used"] & (rows["period_start"] < day_of(before.starts[0]))]
    last = used.tail(_YEAR // choice.indicator.step_months)
    peers = ask("indicator_peers", indicator=choice.indicator.indicator_id, by_region=False)
    mine = peers[peers["org_type"] == organisations().loc[choice.org, "org_type"]]
    both = last[["period_start", "value"]].merge(mine[["period_start", "median"]])
    gap = (both["value"].astype(float) - both["median"].astype(float)).mean()
    return None if pd.isna(gap) else float(gap)
