"""Synthetic control: one organisation beside a weighted mean of others that were never in a programme."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from indicators.analyses.synthetic_before import SyntheticBefore, before_synthetic
from pages.charts.layers.formats import format_span
from pages.parts.frame import reading_aid, show_chart, show_table
from pages.parts.its.bench import show_bench
from pages.parts.its.choice import Choice, pick
from pages.parts.its.design import Ahead, Asked, Design, WriteHead
from pages.parts.its.notes import note
from pages.parts.its.series import day_of, interruptions_of
from pages.parts.its.subject import Subject
from pages.parts.its.synthetic_drawn import drawn_before
from pages.parts.its.synthetic_names import earlier_stays, named
from pages.parts.its.synthetic_result import METHOD, show_synthetic_result
from pages.parts.its.synthetic_words import (
    FORM_WORDS,
    before_sentences,
    earlier_stay_sentence,
    left_out_sentence,
)
from pages.parts.store import version

_READING = (
    "These are the figures before any weights are chosen: the organisation, and the plain mean of all "
    "that can be donors. The run chooses weights on the time before entry so that their mean runs as the "
    "organisation did, and reads the time from entry on only if it does. Fix the specification first: what "
    "is changed after a result was seen is marked as such for good."
)


def show_synthetic(write_head: WriteHead, places: Sequence[Any]) -> None:
    """The view below the row of controls."""
    show_bench(SYNTHETIC, write_head, places)


def _question(subject: Subject) -> str:
    return f"{subject.name}: {subject.measure}, had it not entered?"


def _choose_model(_step_months: int) -> dict[str, Any]:
    return {"form": pick("Form", "form", FORM_WORDS, "demeaned")}


def _document(choice: Choice) -> dict[str, Any]:
    """Every choice written out, so that no later default can alter it."""
    entry, left, *_ = (*choice.dates.interruptions, None, None)
    return {
        "analysis": "synthetic_control",
        "indicator": choice.indicator.indicator_id,
        "org": choice.org,
        "lineage": choice.lineage,
        "interruption": entry,
        "left": left,
        "solver": "exact",
        "alpha": 0.05,
        **choice.model,
    }


def _dates_of(document: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(document[name]) for name in ("interruption", "left") if document.get(name))


def _ahead(asked: Asked) -> Ahead:
    before = _before(json.dumps(asked.document), version())
    show = partial(_show_before, before, asked)
    if before.refused is not None:
        return Ahead(show, before.rows, refused=before.refused)
    return Ahead(show, before.rows, before_sentences(before, asked.subject.text))


@st.cache_resource(max_entries=200, show_spinner=False)
def _before(document: str, _version: str) -> SyntheticBefore:
    return before_synthetic(json.loads(document))


def _show_before(before: SyntheticBefore, asked: Asked) -> None:
    """The figures with the rule of entry, who can be a donor, and where the organisation was before."""
    subject, rows = asked.subject, before.rows
    if len(rows) > 1:
        step = subject.text.step_months
        (entry,) = interruptions_of(asked.dates[:1], step)
        first, last = (format_span(day_of(one), step) for one in rows["period"].iloc[[0, -1]])
        alt = (
            f"{subject.measure}, {subject.name} and the mean of {len(before.donors)} donors: {len(rows)} "
            f"figures from {first} to {last}, no model yet."
        )
        show_chart(drawn_before(rows, entry, subject), alt, "synthetic-before")
        reading_aid(_READING)
        show_table(rows, f"{subject.file_name}-data")
    _show_donors(before, subject)
    if len(rows):
        stays = earlier_stays(str(subject.org), str(rows["period"].iloc[0]), asked.dates[0])
        _note(earlier_stay_sentence(stays))
    _note(left_out_sentence(len(before.left_out), subject.text))


def _show_donors(before: SyntheticBefore, subject: Subject) -> None:
    """Everyone who can be a donor, and everyone of the type who cannot."""
    if not before.donors:
        return
    can, cannot = dict.fromkeys(before.donors, "yes"), dict.fromkeys(before.left_out, "no: gaps")
    rows = [{"Organisation": named(code), "Donor": told} for code, told in (can | cannot).items()]
    show_table(pd.DataFrame(rows), f"{subject.file_name}-donors", "Who can be a donor")


def _note(text: str) -> None:
    if text:
        note(text)


SYNTHETIC = Design(
    analysis="synthetic_control",
    question=_question,
    method=METHOD,
    choose_model=_choose_model,
    document=_document,
    dates_of=_dates_of,
    linked=("form",),
    ahead=_ahead,
    show_result=show_synthetic_result,
)
"""One organisation beside its synthetic control."""
