"""An indicator's values by segment of the oversight framework: one quarter of one era, eras never pooled."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.by_segment import FEWEST_STATED, SegmentQuarter, by_segment, quarters_by_era
from indicators.definition import Indicator
from pages.charts._formats import format_span
from pages.charts.by_segment import FEW, describe_by_segment, draw_by_segment
from pages.parts.filters import choose_types, only
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
from pages.parts.links import linked_select
from pages.parts.sources import SEGMENT_REGISTER, title_of
from pages.parts.spells import TYPE_WORDS
from pages.parts.store import ask, version

CIRCULAR = (
    "This indicator feeds the rule that makes the segment in this framework, so a gradient is by "
    "construction."
)
MARK = "Feeds the segment rule: a gradient is by construction."
_READING = (
    "Each dot is one organisation; dots stand beside each other only so that all can be seen. The thick line "
    "is the median of the segment, the pale box holds the middle half of its organisations (from five on). "
    f"Where fewer than {FEW} organisations stand in a segment its median says little. The segment is the one "
    "stated for that quarter; it rests on figures of earlier quarters, and on the place among organisations "
    "of the same type, so types are better looked at one at a time. Segments of different frameworks mean "
    "different things and are never put together."
)


def show_segments(indicator: Indicator, places: Sequence[DeltaGenerator]) -> str:
    """The picture of the era and types chosen in two `places`, its table and source; returns the takeaway."""
    found = _quarters(indicator.indicator_id, version())
    if not found:
        return _nothing()
    names = ask("eras").set_index("era_id")["short_name"]
    latest = list(found)[-1]
    with places[0]:
        era = linked_select("Framework", "era", list(found), names.__getitem__, latest) or latest
    with places[1]:
        types = choose_types()
    rows = _rows(found[era], types)
    if rows.empty:
        st.info("No organisation of this type has both a segment and a value in that quarter.")
        return "No organisation of this type has both a segment and a value in that quarter."
    spec, takeaway = _drawn(indicator.indicator_id, era, tuple(types), look_now())
    show_chart(spec, f"{indicator.short_title}. {takeaway}", "segments")
    _below(rows, indicator)
    return f"{takeaway} {CIRCULAR if era in indicator.in_segment_formula else ''}".strip()


def _nothing() -> str:
    words = (
        f"In no quarter have {FEWEST_STATED} organisations both a segment on record and a value of this "
        "indicator, so there is nothing to compare."
    )
    st.info(words)
    return words


@st.cache_data(max_entries=64, show_spinner=False)
def _quarters(indicator_id: str, data_version: str) -> dict[str, SegmentQuarter]:
    panels = {era: ask("segment_panel", era=era) for era in ask("eras")["era_id"]}
    values = ask("lineage_values", indicator=indicator_id, lineage="as_was")
    return quarters_by_era(panels, values)


def _rows(found: SegmentQuarter, types: list[str]) -> pd.DataFrame:
    names = ask("organisations").set_index("org_code")[["org_name", "org_type"]]
    rows = only(found.rows.join(names, on="org_code"), {"org_type": types})
    return rows.assign(type=rows["org_type"].map(TYPE_WORDS))


@st.cache_data(max_entries=64, show_spinner=False)
def _drawn(
    indicator_id: str, era: str, types: tuple[str, ...], look: Look
) -> tuple[dict[str, Any], str]:
    indicator = catalogue()[indicator_id]
    found = _quarters(indicator_id, look.data_version)[era]
    rows, text = _rows(found, list(types)), text_of(indicator)
    period = format_span(found.period, indicator.step_months)
    when = f"Values of {period}, segments stated for {format_span(found.quarter, 3)}."
    mark = (MARK,) if era in indicator.in_segment_formula else ()
    chart = draw_by_segment(rows, text, (when, *mark), tokens_of(look.theme))
    return chart.to_dict(), f"{describe_by_segment(rows, text)} {when}"


def _below(rows: pd.DataFrame, indicator: Indicator) -> None:
    reading_aid(_READING)
    key = indicator.indicator_id
    show_table(by_segment(rows), f"segments-{key}", "Number and quartiles by segment")
    named = rows[["org_name", "type", "segment", "value"]].sort_values(["segment", "value"])
    show_table(named, f"segment-values-{key}", "Values by organisation")
    source_line(
        [title_of(indicator.measures.source), SEGMENT_REGISTER],
        f"{len(rows)} organisations with both a segment on record and a value that quarter",
        "Segments of many organisations are not on record here, and those that are were not drawn at random.",
    )
