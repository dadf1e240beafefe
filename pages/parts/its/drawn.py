"""The chart of an interrupted series as the browser draws it, before a result and with one."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.interrupted import HEIGHT, Interruption, Room, draw_interrupted
from pages.parts.frame import Look, look_now, tokens_of
from pages.parts.its.choice import has_own_row
from pages.parts.its.series import dated, span_of
from pages.parts.its.subject import Subject
from pages.parts.specs import spec_of

_OWN_ROW = 80
"""Pixels that the row of own months takes."""


def height_below_controls(document: dict[str, Any], usual: int = HEIGHT) -> int:
    """The height that ends the chart on a small screen, with the row of own months above it or without."""
    return usual - _OWN_ROW * has_own_row(document)


def drawn(
    rows: pd.DataFrame,
    interruptions: tuple[Interruption, ...],
    subject: Subject,
    height: int = HEIGHT,
) -> dict[str, Any]:
    """The specification of the chart, kept for others where the series is a published one."""
    # Rows of a person's own go into no cache, which all visits share.
    draw = _draw if subject.indicator is None else _kept
    return draw(rows, interruptions, subject, look_now(), height)


def _draw(
    rows: pd.DataFrame,
    interruptions: tuple[Interruption, ...],
    subject: Subject,
    look: Look,
    height: int,
) -> dict[str, Any]:
    series = dated(rows)
    room = Room(span_of(series, subject.text.step_months), height)
    tokens = tokens_of(look.theme)
    return spec_of(draw_interrupted(series, interruptions, subject.text, tokens, room))


_kept = st.cache_data(max_entries=64, show_spinner=False)(_draw)
