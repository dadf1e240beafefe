"""Indicator definitions as charts and controls need them."""

import json
from dataclasses import replace

import pandas as pd
import streamlit as st

from indicators.definition import Indicator
from pages.charts.layers.formats import IndicatorText
from pages.parts.store import ask, version

UNIT_TITLES = {
    "percent": "per cent",
    "signed_percent": "per cent",
    "points": "percentage points",
    "count": "number",
    "seconds": "minutes and seconds",
    "days": "days",
    "ratio": "ratio",
    "score": "score",
    "per_1000": "per 1,000",
    "per_100000": "per 100,000",
}


GROUP_WORDS = {
    "urgent": "Urgent care",
    "ambulance": "Ambulance",
    "elective": "Elective care",
    "cancer": "Cancer and diagnostics",
    "beds": "Beds and discharge",
    "community": "Community and mental health",
    "outcomes": "Outcomes and experience",
    "people": "People",
    "finance": "Finance",
    "oversight": "Oversight framework",
}
"""The groups of indicators, as the folders of the catalogue have them, in words."""


def catalogue() -> dict[str, Indicator]:
    """The indicators of this run's data version, by id."""
    return _catalogue(version())


def with_data() -> dict[str, Indicator]:
    """The indicators of which this run's data version has a value, by id."""
    return _with_data(version())


@st.cache_resource(max_entries=2, show_spinner=False)
def _with_data(data_version: str) -> dict[str, Indicator]:
    known = ask("indicators")
    published, every = known.loc[known["organisations"].notna(), "indicator_id"], catalogue()
    return {key: every[key] for key in published}


@st.cache_resource(max_entries=2)
def _catalogue(data_version: str) -> dict[str, Indicator]:
    definitions = ask("indicators")["definition"]
    loaded = [Indicator.model_validate(json.loads(text)) for text in definitions]
    return {indicator.indicator_id: indicator for indicator in loaded}


def text_of(indicator: Indicator) -> IndicatorText:
    """What a chart says about the indicator."""
    return IndicatorText(
        title=indicator.short_title,
        unit=indicator.unit,
        better=indicator.better,
        unit_title=UNIT_TITLES[indicator.unit],
        step_months=indicator.step_months,
    )


def untitled_text_of(indicator: Indicator) -> IndicatorText:
    """The same for a chart whose page names the indicator in a control right above it."""
    return replace(text_of(indicator), title="")


def standard_frame(indicator: Indicator) -> pd.DataFrame:
    """Its standards and ambitions: on, value, label, kind."""
    rows = [standard.model_dump() for standard in indicator.standards]
    return pd.DataFrame(rows, columns=["on", "value", "label", "kind"])


def break_frame(indicator: Indicator) -> pd.DataFrame:
    """Its breaks in definition: on, label."""
    return pd.DataFrame([item.model_dump() for item in indicator.breaks], columns=["on", "label"])
