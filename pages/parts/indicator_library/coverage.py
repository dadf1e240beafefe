"""The coverage of an indicator: of which periods each organisation has a figure, and why not of others."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.coverage import Coverage, coverage_of
from indicators.definition import Indicator
from pages.charts.coverage import STATE_WORDS, TYPE_ORDER, describe_coverage, draw_coverage
from pages.charts.layers.formats import format_span
from pages.parts.frame import (
    Look,
    look_now,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    tokens_of,
)
from pages.parts.indicators import catalogue, text_of
from pages.parts.sources import title_of
from pages.parts.specs import spec_of
from pages.parts.store import ask

_READING = (
    "Each thin row is one organisation, under its type and in order of names; pointing at a row names it and "
    "the reason for a gap. Blue bars are periods with a figure. Orange ones are periods "
    "of which a figure could be expected, but there is none. Grey ones are periods in which the "
    "organisation had nothing to measure; they do not count. Nothing is drawn before an organisation first "
    "stands in the files, or opened, and after it closed."
)


def show_coverage(indicator: Indicator, places: Sequence[DeltaGenerator]) -> str:
    """The picture, its table and source; returns the takeaway. It has no controls of its own."""
    spec, takeaway, coverage = _drawn(indicator.indicator_id, look_now())
    show_chart(spec, f"{indicator.short_title}: {takeaway}", "coverage")
    reading_aid(_READING)
    show_table(
        lambda: _table(coverage, indicator.step_months),
        f"coverage-{indicator.indicator_id}",
        "Coverage by organisation",
        {"Figures (%)": st.column_config.NumberColumn(format="%.1f")},
    )
    show_table(
        lambda: _stretches(coverage, indicator.step_months),
        f"stretches-{indicator.indicator_id}",
        "Every stretch, with its reason",
    )
    never = (
        f"{coverage.never} more organisations stand in the files without ever having a figure."
        if coverage.never
        else "Every organisation in the files has at least one figure."
    )
    source_line(
        [title_of(indicator.measures.source)],
        f"{len(coverage.organisations)} organisations",
        never,
        "Regions and England are left out.",
    )
    return takeaway


@st.cache_data(max_entries=64, show_spinner="Working out the coverage")
def _drawn(indicator_id: str, look: Look) -> tuple[dict[str, Any], str, Coverage]:
    indicator = catalogue()[indicator_id]
    coverage = coverage_of(ask("indicator_coverage", indicator=indicator_id), indicator.step_months)
    text = text_of(indicator)
    chart = draw_coverage(coverage, text, tokens_of(look.theme))
    return spec_of(chart), describe_coverage(coverage), coverage


def _table(coverage: Coverage, step: int) -> pd.DataFrame:
    rows = coverage.organisations
    return pd.DataFrame(
        {
            "Organisation": rows["org_name"],
            "Type": rows["org_type"].fillna("unknown").map(TYPE_ORDER),
            "First": [format_span(day, step) for day in rows["first"]],
            "Last": [format_span(day, step) for day in rows["last"]],
            "With a figure": rows["published"],
            "Missing": rows["missing"],
            "Nothing to measure": rows["nothing"],
            "Figures (%)": rows["share"],
            "Why there is none": rows["reasons"],
        }
    )


def _stretches(coverage: Coverage, step: int) -> pd.DataFrame:
    rows = coverage.runs
    last = rows["ends"] - pd.DateOffset(months=step)
    return pd.DataFrame(
        {
            "Organisation": rows["org_name"],
            "From": [format_span(day, step) for day in rows["begins"]],
            "To": [format_span(day, step) for day in last],
            "Periods": rows["periods"],
            "What there is": rows["state"].map(STATE_WORDS),
            "Reason": rows["reason"],
        }
    )
