"""The result of one run: what changed, drawn, and told beside what chance and rebound would have given."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from indicators.its_all_rows import far_words
from indicators.runs.record import RunRecord
from pages.parts.frame import (
    reading_aid,
    show_chart,
)
from pages.parts.its.chance import show_chance
from pages.parts.its.design import Asked, WriteLead
from pages.parts.its.drawn import drawn, height_below_controls
from pages.parts.its.files import show_files
from pages.parts.its.notes import METHOD, note, notes_on_source
from pages.parts.its.runs import status_of
from pages.parts.its.sensitivity import show_sensitivity
from pages.parts.its.series import interruptions_of
from pages.parts.its.subject import Subject
from pages.parts.its.tables import show_diagnostics, show_tables
from pages.parts.its.words import effect_sentence, headline, model_sentence

_READING = (
    "The blue line is the model. The dashed line carries on what was before entry, and the grey band holds "
    "the mean of that line with 95 % confidence, not single figures; the thin line does the same without a "
    "slope. Hollow points were left out, and the hover says why. The model takes no account of what changed "
    "elsewhere at the same time."
)


def show_result(write_lead: WriteLead, run: RunRecord, asked: Asked) -> None:
    """The page of a run, from its sentence to its files."""
    result, subject = run.result, asked.subject
    rows = pd.DataFrame(result["series"])
    write_lead(*_lead(result, subject))
    note(status_of(run))
    happened = interruptions_of(asked.dates, subject.text.step_months)
    alt = f"{subject.measure}, {subject.name}. {_lead(result, subject)[0]}"
    height = height_below_controls(run.document)
    show_chart(drawn(rows, happened, subject, height), alt, "its-result")
    show_chance(run, subject)
    reading_aid(_READING)
    show_warnings([*furthest_words(rows), *(one["message"] for one in result["warnings"])])
    show_tables(result, subject)
    show_diagnostics(result, subject)
    show_sensitivity(run, subject, asked.data)
    show_files(run, rows, subject, asked.data)
    notes_on_source(subject, rows, METHOD)


def _lead(result: dict[str, Any], subject: Subject) -> tuple[str, ...]:
    effect = headline(result, subject.text.step_months)
    first = (
        "No effect can be read at the horizons asked for: none was observed."
        if effect is None
        else effect_sentence(effect, subject.text, is_phased(result))
    )
    return first, *_not_apart(result), model_sentence(result, subject.text)


def _not_apart(result: dict[str, Any]) -> tuple[str, ...]:
    """Said beside the effect, where it is that of two interruptions together."""
    if all(one["code"] != "INTERRUPTIONS_CLOSE" for one in result["warnings"]):
        return ()
    return (
        "Interruptions this close are read as one change, so it is the effect of neither alone.",
    )


def is_phased(result: dict[str, Any]) -> bool:
    """Whether periods from entry on were left out of the fit."""
    first = result["interruptions"][0]
    return bool(first["start"] != first["first_exposed"])


def show_warnings(told: Sequence[str]) -> None:
    """What has to be known before a result is believed, a sentence or two each, if anything."""
    if not told:
        return
    st.header("What to bear in mind", anchor=False)
    for text in told:
        note(text)


def furthest_words(rows: pd.DataFrame) -> list[str]:
    """A caution where the line without entry, or without exit, is carried on far beyond all figures used."""
    used = rows.loc[rows["used"].astype(bool), "value"].dropna().to_list()
    # A run without an exit has no second line.
    lines = rows.reindex(columns=["counterfactual", "never_exited"]).melt()["value"].dropna()
    if lines.empty:
        return []
    middle = (min(used) + max(used)) / 2
    far = far_words(max(lines, key=lambda value: abs(value - middle)), used)
    return [far] if far else []
