"""One organisation beside others of its type: who is compared and what could be shown, then a run."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from indicators.analyses.controlled_before import ControlledBefore, before_controlled
from indicators.analyses.numbers import records
from pages.parts.frame import reading_aid, show_chart, show_table
from pages.parts.its.bench import show_bench
from pages.parts.its.choice import choose_method, choose_terms, pick
from pages.parts.its.comparators import show_comparators
from pages.parts.its.controlled_drawn import drawn_beside
from pages.parts.its.controlled_result import METHOD, show_controlled_result
from pages.parts.its.controlled_words import FORM_WORDS, MATCHING_WORDS, in_words, pool_sentence
from pages.parts.its.design import (
    Ahead,
    Asked,
    Design,
    WriteHead,
    dates_interrupted,
    interrupted_document,
)
from pages.parts.its.notes import note
from pages.parts.its.series import interruptions_of
from pages.parts.its.subject import Subject
from pages.parts.its.words import GRADE_WORDS, points_sentence, power_sentence
from pages.parts.links import linked_number
from pages.parts.store import version

_READING = (
    "Blue is the organisation, grey the mean of those it would be compared with and the middle 80 % of them, "
    "before any model. The solid rule is the first period exposed to entry, the dashed one the first after "
    "exit. Hollow points would be left out of the fit, and the hover says why. Comparators are chosen on the "
    "time before entry alone. Fix the specification first: what is changed after a result was seen is marked "
    "as such for good."
)


def show_controlled(write_head: WriteHead, places: Sequence[Any]) -> None:
    """The view below the row of controls."""
    show_bench(CONTROLLED, write_head, places)


def _question(subject: Subject) -> str:
    return f"{subject.name}: did {subject.measure} change more than elsewhere?"


def _choose_model(step_months: int) -> dict[str, Any]:
    """Whom to compare with, and the model; the stacked form has one estimator alone."""
    matching = pick("Comparators", "matching", MATCHING_WORDS, "level_slope")
    nearest = linked_number("How many of the nearest", "nearest", 5, 20, 10)
    form = pick("Compare by", "form", FORM_WORDS, "difference")
    method = "reml_ar1" if form == "stacked" else choose_method()
    chosen = {"matching": matching, "nearest": nearest, "form": form, "method": method}
    return chosen | choose_terms(step_months, "none")


def _ahead(asked: Asked) -> Ahead:
    found = _found(json.dumps(asked.document), version())
    before, text = found.before, asked.subject.text
    show = partial(_show_before, found, asked)
    if before.refused is not None:
        return Ahead(show, before.rows, refused=before.refused)
    sentences = (
        pool_sentence(found, asked.subject.name, asked.document["matching"]),
        power_sentence(before, text, asked.document["phase_in"]),
        f"{points_sentence(before.segments, text)}: {GRADE_WORDS[before.grade]}.",
    )
    return Ahead(show, before.rows, sentences)


@st.cache_resource(max_entries=100, show_spinner="Looking for comparators")
def _found(document: str, _version: str) -> ControlledBefore:
    return before_controlled(json.loads(document))


def _show_before(found: ControlledBefore, asked: Asked) -> None:
    subject = asked.subject
    if len(found.before.rows):
        _show_data(found, asked)
    if len(found.judged):
        show_comparators(records(found.judged), records(found.balance), subject)
    for told in found.notices:
        note(in_words(told))
    if len(found.before.rows):
        show_table(found.before.rows, f"{subject.file_name}-data")


def _show_data(found: ControlledBefore, asked: Asked) -> None:
    """The published figures beside the comparators’ mean, with the rules of entry and exit."""
    subject, before = asked.subject, found.before
    happened = interruptions_of(asked.dates, subject.text.step_months)
    alt = f"{subject.measure}: {subject.name} and the mean of {found.chosen} comparators, no model yet."
    show_chart(drawn_beside(before.rows, happened, asked, found.chosen), alt, "controlled-before")
    reading_aid(_READING)


CONTROLLED = Design(
    analysis="controlled_its",
    question=_question,
    method=METHOD,
    choose_model=_choose_model,
    document=interrupted_document("controlled_its"),
    dates_of=dates_interrupted,
    linked=(
        *("matching", "nearest", "form"),
        *("method", "seasonality", "covid", "phase_in", "anticipation"),
    ),
    ahead=_ahead,
    show_result=show_controlled_result,
)
"""One organisation beside comparators of its type."""
