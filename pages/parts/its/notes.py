"""Notes, sources and caveats below an interrupted time series."""

from html import escape

import pandas as pd
import streamlit as st

from pages.charts.layers.formats import format_span
from pages.parts.frame import kept_together, method_note, source_line
from pages.parts.its.series import day_of
from pages.parts.its.subject import Subject
from pages.parts.sources import title_of

METHOD = (
    "A straight line with a change of level and of slope at each interruption, seasons, and errors that "
    "depend on the error before. Without entry the line of before is carried on; its interval is that of the "
    "mean. Neighbouring organisations, other changes at the same time and selection at a low point are not "
    "in the model: an estimate alone shows no effect of support."
)
"""How an interrupted time series of one alone is worked out."""


def note(text: str) -> None:
    """One plain sentence below the chart."""
    st.html(f'<p class="ot-reading">{kept_together(escape(text))}</p>')


def notes_on_source(subject: Subject, rows: pd.DataFrame, method: str) -> None:
    """Where the figures come from, what they cover (the `period`s of the rows), and how to take them."""
    indicator = subject.indicator
    if rows.empty:
        return
    step = subject.text.step_months
    first, last = (format_span(day_of(str(one)), step) for one in rows["period"].iloc[[0, -1]])
    if indicator is None:
        source_line([escape(f"your own file {subject.name}")], f"{first} to {last}")
        method_note(method, [])
        return
    source_line([title_of(indicator.measures.source)], f"{first} to {last}")
    caveats = [escape(indicator.method), *(escape(caveat) for caveat in indicator.caveats)]
    method_note(method, caveats)
