"""Values by segment as a page shows them: which quarter of which framework, and what to bear in mind."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from indicators.definition import Indicator
from pages.charts.by_segment import describe_by_segment, draw_by_segment
from pages.charts.layers.formats import format_span
from pages.parts.frame import tokens_of
from pages.parts.indicators import catalogue, text_of
from pages.parts.specs import spec_of
from pages.parts.store import ask

INTERVAL_NOTE = (
    "Intervals of medians are from order statistics (binomial): they assume nothing about the spread of "
    "values, cover the median in at least 95 % of samples, and do not exist below six organisations."
)


_SEGMENT = "nof_segment"


@dataclass(frozen=True)
class BySegment:
    """A chart, its takeaway in words, and its rows."""

    spec: dict[str, Any]
    alt: str
    rows: pd.DataFrame


def quarters_with_segments(indicator: str, types: tuple[str, ...] = ()) -> pd.DataFrame:
    """Quarters of one framework each in which organisations have a segment and a value, latest first.

    `key` (`R2-2025Q4`), `era_id`, `quarter_start`, `n` (organisations) and `words`.
    """
    rows = _of_types(ask("segment_values", indicator=indicator), types)
    counted = rows.groupby(["era_id", "quarter_start"]).size().reset_index(name="n")
    ordered = counted.sort_values(["quarter_start", "era_id"], ascending=False, ignore_index=True)
    names = ask("eras").set_index("era_id")["short_name"]
    starts = ordered["quarter_start"]
    quarters = starts.dt.year.astype(str) + "Q" + starts.dt.quarter.astype(str)
    spans = [format_span(start, 3) for start in starts]
    return ordered.assign(
        key=ordered["era_id"] + "-" + quarters,
        words=[
            f"{span}, {names[era]} ({n})"
            for span, era, n in zip(spans, ordered["era_id"], ordered["n"], strict=True)
        ],
    )


def fullest_quarter(quarters: pd.DataFrame) -> str | None:
    """The key of the quarter with most organisations, of several the latest; None where there is none."""
    return None if quarters.empty else str(quarters.loc[quarters["n"].idxmax(), "key"])


def values_in(indicator: str, key: str, types: tuple[str, ...] = ()) -> pd.DataFrame:
    """The values of one of `quarters_with_segments`, of organisations of these types (none named: all)."""
    quarters = quarters_with_segments(indicator, types).set_index("key")
    rows = _of_types(ask("segment_values", indicator=indicator), types)
    quarter = quarters.loc[key]
    is_of = (rows["era_id"] == quarter["era_id"]) & (
        rows["quarter_start"] == quarter["quarter_start"]
    )
    return rows[is_of].reset_index(drop=True)


def _of_types(rows: pd.DataFrame, types: tuple[str, ...]) -> pd.DataFrame:
    return rows[rows["org_type"].isin(types)] if types else rows


@st.cache_data(max_entries=64, show_spinner=False)
def by_segment_of(
    indicator: str,
    key: str,
    types: tuple[str, ...],
    highlighted: tuple[str, ...],
    theme: str,
    compact: bool,
    data_version: str,
) -> BySegment:
    """The chart of one quarter of `quarters_with_segments`, in the types chosen (none named: all)."""
    rows = values_in(indicator, key, types)
    text = text_of(catalogue()[indicator])
    chart = draw_by_segment(rows, highlighted, text, tokens_of(theme), compact=compact)
    return BySegment(spec_of(chart), describe_by_segment(rows, text), rows)


def circularity_note(indicator: Indicator, era: str) -> str | None:
    """A sentence where the segments of an era rest on this very indicator; None where they do not."""
    if indicator.indicator_id == _SEGMENT:
        return "Circular: this indicator is the segment itself."
    if era not in indicator.in_segment_formula:
        return None
    return (
        "Circular: this framework decides segments partly by this very indicator, so they differ in it by "
        "construction."
    )
