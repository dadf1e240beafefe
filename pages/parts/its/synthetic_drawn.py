"""The chart of a synthetic control as the browser draws it, before a result and with one."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.interrupted import Interruption
from pages.charts.synthetic import Drawing, draw_donors, draw_synthetic, gap_text_of
from pages.parts.frame import Look, look_now, tokens_of
from pages.parts.its.series import dated, day_of, span_of
from pages.parts.its.subject import Subject
from pages.parts.its.synthetic_names import named
from pages.parts.specs import spec_of


def drawn_before(rows: pd.DataFrame, entry: Interruption, subject: Subject) -> dict[str, Any]:
    """The organisation and the mean of its donors; `rows`: `period, value, donors`."""
    return _before(rows, entry, subject, look_now())


def drawn_result(result: dict[str, Any], entry: Interruption, subject: Subject) -> dict[str, Any]:
    """The organisation, its control and their gap among those of the placebos that are counted."""
    return _result(read_rows(result), _placebos(result), entry, subject, look_now())


def read_rows(result: dict[str, Any]) -> pd.DataFrame:
    """`period, value, synthetic, gap`; of a fit that does not pass the last two before entry alone."""
    rows = pd.DataFrame(result["series"])
    if result["fit"]["passes"]:
        return rows
    is_before = pd.Series(range(len(rows))) < result["n_pre"]
    return rows.assign(**{name: rows[name].where(is_before) for name in ("synthetic", "gap")})


def _placebos(result: dict[str, Any]) -> pd.DataFrame:
    periods = [day_of(one["period"]) for one in result["series"]]
    counted = [one for one in result["placebos"]["units"] if one["kept"]]
    rows = [
        (named(one["unit"]), start, gap)
        for one in (counted if result["fit"]["passes"] else [])
        for start, gap in zip(periods, one["gap"], strict=True)
    ]
    return pd.DataFrame(rows, columns=["name", "period_start", "gap"])


@st.cache_data(max_entries=64, show_spinner=False)
def _before(
    rows: pd.DataFrame, entry: Interruption, subject: Subject, look: Look
) -> dict[str, Any]:
    series = dated(rows)
    return spec_of(draw_donors(series, _drawing(series, entry, subject), tokens_of(look.theme)))


@st.cache_data(max_entries=64, show_spinner=False)
def _result(
    rows: pd.DataFrame,
    placebos: pd.DataFrame,
    entry: Interruption,
    subject: Subject,
    look: Look,
) -> dict[str, Any]:
    series = dated(rows)
    drawing = _drawing(series, entry, subject)
    return spec_of(draw_synthetic(series, placebos, drawing, tokens_of(look.theme)))


def _drawing(series: pd.DataFrame, entry: Interruption, subject: Subject) -> Drawing:
    text = subject.text
    span = span_of(series, text.step_months)
    return Drawing(subject.name, text, gap_text_of(text, subject.unit), entry, span)
