"""One interrupted series: its data and what it could show, then a fixed specification, then its result."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from indicators.analyses.its_before import Before, before_run
from indicators.analyses.own_data import OwnData
from indicators.analyses.refusal import Refusal
from indicators.chance_words import power_warnings
from pages.charts.layers.formats import format_span
from pages.parts.frame import (
    reading_aid,
    show_chart,
    show_table,
    unmarked,
)
from pages.parts.its.choice import choose
from pages.parts.its.drawn import drawn
from pages.parts.its.notes import note, notes_on_source
from pages.parts.its.own import choose_own, offer_upload, read_upload
from pages.parts.its.result import show_result
from pages.parts.its.runs import fix_and_run, opened_run, parent, stays
from pages.parts.its.series import dated, day_of, interruptions_of
from pages.parts.its.subject import Subject, link_to_control_chart, published_subject
from pages.parts.its.words import (
    GRADE_WORDS,
    formula_sentences,
    points_sentence,
    power_sentence,
)
from pages.parts.organisations import organisations
from pages.parts.store import ask, version

_READING = (
    "These are the figures before any model. The solid rule is the first period exposed to entry, the dashed "
    "one the first after exit; between them the programme is a pale band. Hollow points would be left out of "
    "the fit, and the hover says why. Fix the specification first: what is changed after a result was seen "
    "is marked as such for good."
)
_YEAR = 12


@dataclass(frozen=True)
class Asked:
    """What the controls ask for: `data` are the rows of a person's own file, `notes` are on ledger dates."""

    subject: Subject
    document: dict[str, Any]
    notes: tuple[str, ...] = ()
    data: OwnData | None = None


def show_one(write_head: Callable[..., None], places: Sequence[Any]) -> None:
    """The view below the row of controls."""
    # The place to give a file stands last on the page, and is read first.
    body = st.container()
    file = offer_upload()
    with body:
        # A run opened by its link puts its own choices into the address, which the controls then read.
        run = opened_run()
        asked = _published(places) if file is None else _own(write_head, places, file)
        if asked is None:
            return
        if run is not None and stays(run, asked.document, asked.data):
            show_result(write_head, run, asked.subject, asked.data)
        else:
            _show_before(write_head, asked)


def _published(places: Sequence[Any]) -> Asked:
    choice = choose(places)
    subject = published_subject(choice.indicator, choice.org)
    return Asked(subject, choice.document, choice.dates.notes)


def _own(write_head: Callable[..., None], places: Sequence[Any], file: Any) -> Asked | None:
    try:
        own = read_upload(file)
    except Refusal as refusal:
        write_head("What can be read of your file?", "It cannot be read as one series.")
        st.warning(unmarked(refusal))
        return None
    subject, document = choose_own(own, places)
    return Asked(subject, document, data=own.data)


def _show_before(write_head: Callable[..., None], asked: Asked) -> None:
    subject = asked.subject
    if not asked.document["interruptions"]:
        write_head(subject.title, "Choose the month of entry to see what this series could show.")
        _notes(asked)
        return
    before = _before_of(asked)
    if before.refused is not None:
        write_head(subject.title, "This specification cannot be run.")
        st.warning(unmarked(before.refused))
        link_to_control_chart(subject)
    else:
        told = f"{points_sentence(before.segments, subject.text)}: {GRADE_WORDS[before.grade]}."
        power = power_sentence(before, subject.text, asked.document["phase_in"])
        write_head(subject.title, power, told)
        if st.button("Fix this specification and run it", type="primary"):
            fix_and_run(asked.document, asked.data)
    _show_data(before, asked)
    for told in (*formula_sentences(before, subject.text), *_underpowered(before, subject)):
        note(told)
    _notes(asked)
    notes_on_source(subject, before.rows)


def _notes(asked: Asked) -> None:
    for told in asked.notes:
        note(told)
    if parent() is not None:
        note(
            f"You have seen the result of run {parent()}. A run fixed now is kept as changed after results "
            "were seen."
        )


def _before_of(asked: Asked) -> Before:
    # Rows of one's own are in no cache, which others share.
    if asked.data is not None:
        return before_run(asked.document, asked.data)
    return _before(json.dumps(asked.document), version())


@st.cache_resource(max_entries=200, show_spinner=False)
def _before(document: str, _version: str) -> Before:
    return before_run(json.loads(document))


def _show_data(before: Before, asked: Asked) -> None:
    """The published figures with the rules of entry and exit."""
    if before.rows["value"].notna().sum() < 2:
        return
    subject = asked.subject
    step = subject.text.step_months
    asked_for = interruptions_of(before.starts, asked.document["interruptions"])
    starts = dated(before.rows)["period_start"]
    first, last = (format_span(day, step) for day in starts.iloc[[0, -1]])
    known = before.rows["value"].notna().sum()
    alt = (
        f"{subject.measure}, {subject.name}: {known} figures from {first} to {last}, no model yet."
    )
    show_chart(drawn(before.rows, asked_for, subject), alt, "its-before")
    reading_aid(_READING)
    show_table(before.rows, f"{subject.file_name}-data")


def _underpowered(before: Before, subject: Subject) -> list[str]:
    """`UNDERPOWERED` where even the whole gap to its peers' median could not have been shown."""
    gap = _gap(before, subject)
    if before.refused is not None or gap is None:
        return []
    smallest = before.detectable[-1][1]
    return [one["message"] for one in power_warnings(smallest, gap, subject.unit)]


def _gap(before: Before, subject: Subject) -> float | None:
    """Its mean less that of the median of its type, over the last year used before entry."""
    if subject.indicator is None or before.refused is not None:
        return None
    rows = dated(before.rows)
    used = rows[rows["used"] & (rows["period_start"] < day_of(before.starts[0]))]
    last = used.tail(_YEAR // subject.text.step_months)
    peers = ask("indicator_peers", indicator=subject.indicator.indicator_id, by_region=False)
    mine = peers[peers["org_type"] == organisations().loc[subject.org, "org_type"]]
    both = last[["period_start", "value"]].merge(mine[["period_start", "median"]])
    gap = (both["value"].astype(float) - both["median"].astype(float)).mean()
    return None if pd.isna(gap) else float(gap)
