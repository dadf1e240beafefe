"""The page of pooled evidence from its lead to its files."""

from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.runs.record import RunRecord
from pages.charts.layers.formats import format_span
from pages.parts.frame import method_note, reading_aid, source_line
from pages.parts.its.files import note_replay, offer_run
from pages.parts.its.notes import note
from pages.parts.pooled.answer import Answer, answer_of
from pages.parts.pooled.checks import show_checks, show_rebound
from pages.parts.pooled.choice import Asked, choose
from pages.parts.pooled.direct import show_direct
from pages.parts.pooled.forest import show_forest
from pages.parts.pooled.study import show_study, study_points
from pages.parts.pooled.tables import show_left_out, show_tables
from pages.parts.pooled.words import TITLES, lead_sentences, warning_sentences
from pages.parts.readiness.view import show_readiness
from pages.parts.sources import SPELL_REGISTER, title_of
from pages.parts.store import ask

_FOREST = (
    "Each row is one event: how much the mean of the year from the event on differs from that before, "
    "less the same of all beside it over the same months. The line is its 95 % interval, from how much those "
    "beside it differ among themselves. The order is that of the months, for reading only."
)
_YEAR, _INSIDE = (
    "of the year from the event on",
    "of all months inside, from entry to exit or the last known,",
)
_DIAMOND = (
    " The diamond is the mean of all with its interval, which allows for real differences between them and "
    "for their sharing those beside them; the "
    "dashed line below is where one more organisation would lie, 95 times of 100."
)
_STUDY = (
    "What the figures lay above or below what their organisation’s level and everybody’s months give, from "
    "months without a programme alone. Hollow points come before the event: were they far from 0, "
    "organisations and those beside them ran apart already. The grey band holds all bins at once. "
    "Who leaves drops out of later bins, so read n beside them."
)
_METHOD = (
    "Effect of one: its change from the time before to the year from the event on, less the mean change of "
    "those beside it in the same calendar months. Mean: random effects, interval by Knapp and Hartung. Event "
    "study: imputation after Borusyak, Jaravel and Spiess. Nothing here shows a cause: who enters is "
    "chosen at a low point, and those beside them are others."
)


def show_pooled(write_head: Callable[..., None]) -> None:
    """The controls, then what can be said, or why nothing can."""
    asked = choose()
    if isinstance(asked, str):
        show_readiness(asked, write_head)
        return
    title = TITLES[asked.event]
    answer = answer_of(asked.document)
    write_head(title, *lead_sentences(answer, asked))
    if answer.run is None:
        show_left_out(answer.left_out, asked)
    else:
        _show_result(answer.run, asked)
    if asked.event == "exposure":
        show_direct(answer, asked)
    _sources(answer, asked)


def _show_result(run: RunRecord, asked: Asked) -> None:
    result = run.result
    show_forest(result, asked)
    forest = _FOREST.replace(_YEAR, _INSIDE) if asked.event == "programme" else _FOREST
    reading_aid(forest + _DIAMOND * (result["pooled"] is not None))
    if result["pooled"] is not None:
        _show_together(result, asked)
    _show_warnings(result)
    st.header("What it rests on", anchor=False)
    show_tables(result, asked)
    show_left_out(result["left_out"], asked)
    offer_run(run, _rows(result), asked.file_name, "Effects (CSV)")
    note_replay(run)


def _show_together(result: dict[str, Any], asked: Asked) -> None:
    if study_points(result)["estimate"].notna().any():
        st.header("When did it differ?", anchor=False)
        show_study(result, asked)
        reading_aid(_STUDY)
    if asked.event in ("entry", "programme"):
        show_rebound(result, asked)
    st.header("Could it be chance?", anchor=False)
    show_checks(result, asked)


def _show_warnings(result: dict[str, Any]) -> None:
    told = warning_sentences(result)
    if not told:
        return
    st.header("What to bear in mind", anchor=False)
    for one in told:
        note(one)


def _rows(result: dict[str, Any]) -> pd.DataFrame:
    """Every event on record: effects in the indicator's own unit, and the reason of those left out."""
    return pd.DataFrame([*result["units"], *result["left_out"]])


def _sources(answer: Answer, asked: Asked) -> None:
    indicator = asked.indicator
    values = ask("lineage_values", indicator=indicator.indicator_id, lineage="as_was")
    starts = values["period_start"]
    first, last = (format_span(one, indicator.step_months) for one in (starts.min(), starts.max()))
    sources = [title_of(indicator.measures.source), SPELL_REGISTER]
    caveat = "Dates known less exactly than to the month are not used."
    source_line(sources, f"{first} to {last}", caveat)
    caveats = [escape(indicator.method), *(escape(caveat) for caveat in indicator.caveats)]
    method_note(_METHOD, caveats)


def reading_of_entries(has_mean: bool) -> tuple[str, str]:
    """How the forest plot of entries, with or without their mean, and their event study are read."""
    return _FOREST + _DIAMOND * has_mean, _STUDY
