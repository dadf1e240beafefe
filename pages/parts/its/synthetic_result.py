"""The result of a synthetic control: its fit, the gap among placebos, and what speaks for or against it."""

import pandas as pd
import streamlit as st

from indicators.runs.record import RunRecord
from pages.parts.frame import reading_aid, show_chart
from pages.parts.its.chance import LowPoint, show_low_point
from pages.parts.its.design import Asked, WriteLead
from pages.parts.its.files import show_files
from pages.parts.its.notes import note, notes_on_source
from pages.parts.its.runs import status_of
from pages.parts.its.series import interruptions_of
from pages.parts.its.subject import Subject
from pages.parts.its.synthetic_drawn import drawn_result
from pages.parts.its.synthetic_forms import show_forms
from pages.parts.its.synthetic_names import earlier_stays
from pages.parts.its.synthetic_tables import show_donors, show_tables
from pages.parts.its.synthetic_words import (
    earlier_stay_sentence,
    further_sentences,
    left_out_sentence,
    placebo_sentence,
    result_sentences,
)

_READING = (
    "The dashed line is a weighted mean of organisations of the same type that were never in a programme, "
    "with weights chosen on the time before entry alone. It stands for what would have come without entry, "
    "as far as these others can say. Below is the difference. The thin lines are the same for each of them "
    "as if it had entered: a gap that many of these reach is nothing unusual. A placebo counts as as large "
    "or larger if its gaps from entry on are as many times its own gaps before. How close both lines run "
    "before entry decides whether the time after it is read at all."
)
_SAID = ("DONORS_LEFT_OUT", "SC_POOR_FIT")
"""Warnings of a result that the page tells in its own words."""
_SIDES = {"higher": 1, "lower": -1, "neither": 0}


METHOD = (
    "Weights that sum to 1 are chosen so that the mean of the donors runs before entry as the organisation "
    "did; in the demeaned form, the usual one, only movements have to agree, not levels. The gap from entry "
    "on is read only if the gap before entry is at most half of the organisation's own spread, with 24 "
    "months (12 quarters) before entry and ten donors or more. How rare the gap is shows among placebos: "
    "every donor in its place. Selection at a low point is not in the model, and donors of the same system "
    "may be touched by the programme too: an estimate alone shows no effect of support."
)


def show_synthetic_result(write_lead: WriteLead, run: RunRecord, asked: Asked) -> None:
    """The page of a run, from its sentence to its files."""
    result, subject = run.result, asked.subject
    told = result_sentences(result, subject.text)
    write_lead(*told)
    note(status_of(run))
    alt = f"{subject.measure}, {subject.name}. {' '.join(told)}"
    (entry,) = interruptions_of(asked.dates[:1], subject.text.step_months)
    show_chart(drawn_result(result, entry, subject), alt, "synthetic-result")
    _show_chance(run, subject)
    reading_aid(_READING)
    _warnings(run, subject)
    show_tables(result, subject)
    show_donors(result, subject)
    show_forms(run, subject)
    rows = pd.DataFrame(result["series"])
    show_files(run, rows, subject)
    notes_on_source(subject, rows, METHOD)


def _show_chance(run: RunRecord, subject: Subject) -> None:
    result = run.result
    passes = result["fit"]["passes"]
    placebo = (
        placebo_sentence(result) if passes else "No placebo is read, as the fit does not pass."
    )
    low = LowPoint(
        series=pd.DataFrame(result["series"]),
        entry=result["first_exposed"],
        better=_SIDES[subject.text.better],
        placebo=f"{placebo} Placebos did not enter at a low point, so they show none of the rebound.",
    )
    show_low_point(low, subject)
    for told in further_sentences(result, subject.text):
        note(told)


def _warnings(run: RunRecord, subject: Subject) -> None:
    warnings, document = run.result["warnings"], run.document
    first = str(run.result["series"][0]["period"])
    stays = earlier_stays(str(document["org"]), first, str(document["interruption"]))
    told = [
        earlier_stay_sentence(stays),
        *(one["message"] for one in warnings if one["code"] not in _SAID),
        left_out_sentence(len(run.result["left_out"]), subject.text),
    ]
    if not any(told):
        return
    st.header("What to bear in mind", anchor=False)
    for text in filter(None, told):
        note(text)
