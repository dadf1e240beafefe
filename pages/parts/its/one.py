"""One interrupted series: its data and what it could show, then a fixed specification, then its result."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from indicators.analyses.its_before import Before, before_run
from indicators.chance_words import power_warnings
from pages.charts.layers.formats import format_span
from pages.parts.frame import reading_aid, show_chart, show_table
from pages.parts.its.bench import show_bench
from pages.parts.its.choice import choose_model
from pages.parts.its.design import (
    Ahead,
    Asked,
    Design,
    WriteHead,
    dates_interrupted,
    interrupted_document,
)
from pages.parts.its.drawn import drawn, height_below_controls
from pages.parts.its.notes import METHOD, note
from pages.parts.its.result import show_result
from pages.parts.its.series import dated, day_of, interruptions_of
from pages.parts.its.subject import Subject
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
_WARNING = 40
"""Pixels that a refusal of three lines takes more than the button to run."""


def show_one(write_head: WriteHead, places: Sequence[Any]) -> None:
    """The view below the row of controls."""
    show_bench(ONE, write_head, places)


def _question(subject: Subject) -> str:
    return f"{subject.name}: did {subject.measure} change after entry?"


def _ahead(asked: Asked) -> Ahead:
    subject, before = asked.subject, _before_of(asked)
    show = partial(_show_before, before, asked)
    if before.refused is not None:
        return Ahead(show, before.rows, refused=before.refused)
    told = f"{points_sentence(before.segments, subject.text)}: {GRADE_WORDS[before.grade]}."
    power = power_sentence(before, subject.text, asked.document["phase_in"])
    return Ahead(show, before.rows, (power, told))


def _show_before(before: Before, asked: Asked) -> None:
    _show_data(before, asked)
    subject = asked.subject
    formula = formula_sentences(before, subject.text)
    for told in (*before.notices, *formula, *_underpowered(before, subject)):
        note(told)


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
    asked_for = interruptions_of(asked.dates, step)
    starts = dated(before.rows)["period_start"]
    first, last = (format_span(day, step) for day in starts.iloc[[0, -1]])
    known = before.rows["value"].notna().sum()
    alt = (
        f"{subject.measure}, {subject.name}: {known} figures from {first} to {last}, no model yet."
    )
    show_chart(drawn(before.rows, asked_for, subject, _height(before, asked)), alt, "its-before")
    reading_aid(_READING)
    show_table(before.rows, f"{subject.file_name}-data")


def _height(before: Before, asked: Asked) -> int:
    """Lower by what a refusal takes, so that the chart ends on a small screen."""
    return height_below_controls(asked.document) - _WARNING * (before.refused is not None)


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


ONE = Design(
    analysis="its",
    question=_question,
    method=METHOD,
    choose_model=choose_model,
    document=interrupted_document("its"),
    dates_of=dates_interrupted,
    linked=("method", "seasonality", "covid", "phase_in", "anticipation"),
    ahead=_ahead,
    show_result=show_result,
    takes_file=True,
)
"""An interrupted time series of one alone."""
