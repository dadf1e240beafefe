"""The charts of one organisation beside others as the browser draws them."""

from typing import Any

import pandas as pd
import streamlit as st

from indicators.analyses.controlled_result import LINES
from pages.charts.controlled import HEIGHT, Beside, draw_controlled
from pages.charts.interrupted import Interruption, Room
from pages.parts.frame import Look, look_now, tokens_of
from pages.parts.its.design import Asked
from pages.parts.its.drawn import height_below_controls
from pages.parts.its.series import dated, span_of
from pages.parts.specs import spec_of


def drawn_beside(
    rows: pd.DataFrame,
    interruptions: tuple[Interruption, ...],
    asked: Asked,
    comparators: int,
) -> dict[str, Any]:
    """Both lines of a series (`period, entered, comparators …`), and that without entry where it is known."""
    subject, ready = asked.subject, dated(lines_drawn(rows))
    span = span_of(ready, subject.text.step_months)
    room = Room(span, height_below_controls(asked.document, HEIGHT))
    beside = Beside(subject.name, comparators, interruptions, subject.text, room)
    return _kept(ready, beside, look_now())


def lines_drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """Its own figures as `value`; `expected`: the comparators' line plus its distance to them as before."""
    shown = rows[["period", "used", "why", *LINES]].rename(columns={"entered": "value"})
    if "counterfactual" not in rows:
        return shown
    return shown.assign(
        expected=rows["comparators"].astype(float) + rows["counterfactual"].astype(float)
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _kept(rows: pd.DataFrame, beside: Beside, look: Look) -> dict[str, Any]:
    return spec_of(draw_controlled(rows, beside, tokens_of(look.theme)))
