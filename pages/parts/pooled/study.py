"""The event study of the pooled evidence as the browser draws it."""

import json
from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.event_study import StudyText, describe_study, draw_study
from pages.parts.frame import show_chart, theme_name, tokens_of
from pages.parts.pooled.choice import Asked
from pages.parts.pooled.words import text_of_changes
from pages.parts.specs import spec_of
from pages.parts.store import version

_HAPPENED = {
    "entry": "entered",
    "programme": "entered",
    "exit": "left",
    "exposure": "neighbour entered",
}


def study_points(result: dict[str, Any]) -> pd.DataFrame:
    """The bins of the event study, numbers missing where too few units are in them."""
    frame = pd.DataFrame(result["event_study"])
    numbers = ("estimate", "se", "ci_low", "ci_high", "band_low", "band_high")
    return frame.assign(**{name: frame[name].astype(float) for name in numbers})


def study_text(asked: Asked) -> StudyText:
    """The words of the event study."""
    event = "entry" if asked.event == "programme" else asked.event
    return StudyText(text_of_changes(asked), event, _HAPPENED[asked.event])


def show_study(result: dict[str, Any], asked: Asked) -> None:
    """The event study; the points need at least one estimate."""
    points, text = study_points(result), study_text(asked)
    spec = _study(json.dumps(asked.document), theme_name(), version(), points, text)
    show_chart(spec, describe_study(points, text), "pooled.study")


@st.cache_data(max_entries=64, show_spinner=False)
def _study(
    document: str, theme: str, data_version: str, _points: pd.DataFrame, _text: StudyText
) -> dict[str, Any]:
    return spec_of(draw_study(_points, _text, tokens_of(theme)))
