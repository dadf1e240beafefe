"""Overview: how many organisations are in intensive support, what moved last, and what the data cover."""

from datetime import date
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.layers.formats import format_day, format_month
from pages.charts.programme_count import describe_programme_count, draw_programme_count
from pages.parts.filters import choose_types
from pages.parts.frame import (
    page_head,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
    today,
    tokens_of,
)
from pages.parts.specs import spec_of
from pages.parts.spells import TYPE_WORDS, all_spells, lead_sentence, written_date
from pages.parts.store import ask, version


def coverage_sentence(indicators: pd.DataFrame) -> str:
    """How many indicators have figures, and the spans of the three that reach furthest back by month."""
    shown = indicators[indicators["organisations"].notna()]
    words = {
        "ae_4h_all": "A&E",
        "rtt_18w": "waiting times for treatment",
        "amb_c2_mean": "ambulances",
    }
    spans = [
        f"{words[row.indicator_id]} from {format_month(row.first_month)} to {format_month(row.last_month)}"
        for row in shown.itertuples()
        if row.indicator_id in words
    ]
    return (
        f"{len(shown)} indicators of {shown['source_id'].nunique()} sources have figures, "
        f"{', '.join(spans)}; a period that was not published stays a gap."
    )


def published_totals() -> pd.DataFrame:
    """Published counts of organisations in segment 4, trusts and boards of one date added up."""
    counts = ask("published_counts")
    rsp = counts[counts["counted"].eq("4") & counts["framework"].str.startswith("NOF 2022/23")]
    both = rsp.groupby("stated_on").filter(lambda rows: len(rows) > 1)
    totals = both.groupby("stated_on")["organisations"].sum().reset_index()
    parts = both.groupby("stated_on").apply(
        lambda rows: " + ".join(f"{row.organisations} {row.level}" for row in rows.itertuples()),
        include_groups=False,
    )
    return totals.assign(label=totals["stated_on"].map(parts)).rename(
        columns={"stated_on": "date", "organisations": "count"}
    )


@st.cache_data(max_entries=16, show_spinner=False)
def count_chart(
    org_types: tuple[str, ...], theme: str, day: date, data_version: str
) -> tuple[dict[str, Any], str, pd.DataFrame] | None:
    """The count over time of some types (none named: all), its takeaway and rows; None without a spell.

    Published totals are of all types together, so they stand only beside all.
    """
    counts = ask("programme_counts", today=day, org_types=list(org_types))
    if counts.empty:
        return None
    totals = published_totals().head(0) if org_types else published_totals()
    groups = counts[counts["programme_group"] != "any programme"]
    chart = draw_programme_count(groups, totals, tokens_of(theme))
    return spec_of(chart), describe_programme_count(groups, totals), counts


def standing_table() -> pd.DataFrame:
    """Organisations by programme and type: ever inside, known to have left, exit not established."""
    standing = ask("standing_by_type")
    repeated = standing["programme_group"].duplicated()
    return standing.assign(
        org_type=standing["org_type"].map(TYPE_WORDS),
        programme_group=standing["programme_group"].mask(repeated, ""),
    ).rename(
        columns={
            "programme_group": "Programme",
            "org_type": "Type",
            "ever": "Ever inside",
            "left_since": "Known to have left",
            "exit_not_established": "Exit not established",
        }
    )


def moves_table() -> pd.DataFrame:
    """The latest entries and exits, dates only as exact as their source."""
    moves = ask("latest_moves", most=12)
    return pd.DataFrame(
        {
            "When": [
                written_date(w, p)
                for w, p in zip(moves["written"], moves["date_precision"], strict=True)
            ],
            "Organisation": moves["org_name"],
            "Type": moves["org_type"].map(TYPE_WORDS),
            "What": moves["move"]
            + " "
            + moves["programme_short"].where(moves["move"] != "moved to the RSP", ""),
            "Confidence": moves["confidence"],
        }
    )


everybody = ask("programme_counts", today=today(), org_types=[])
latest = everybody[everybody["programme_group"] == "any programme"].iloc[-1]
page_head(
    "Who is in intensive support?",
    escape(lead_sentence(all_spells())),
    f"On {format_day(latest['month'])} the register can place {latest['known']} organisations inside a "
    f"programme for certain; for {latest['possible']} more the dates leave it open.",
)
types = choose_types("Type of organisation", "All types")
drawn = count_chart(tuple(types), theme_name(), today(), version())
if drawn is None:
    st.info("No organisation of this type has a spell of intensive support on record.")
else:
    spec, alt, counts = drawn
    show_chart(spec, alt, "programme-count")
    reading_aid(
        "Solid: organisations that a source places inside on that day. Pale: further organisations whose "
        "entry or exit is not known well enough to say. The points are totals that NHS England or evaluators "
        "published for all types together: where they lie above the solid part, members are missing from "
        "the register."
    )
    show_table(counts, "programme-count", "Counts by month")
source_line(
    ["register of programme spells; published national counts"],
    "July 2013 to today",
    "The exits of many spells are not established; see Timelines for each one and its source.",
)

left, right = st.columns([3, 2], gap="large")
with left:
    st.header("Latest entries and exits on record", anchor=False)
    st.table(moves_table(), border="horizontal", hide_index=True)
    st.page_link("pages/oversight/timelines.py", label="All spells on the timeline")
with right:
    st.header("By programme and type", anchor=False)
    st.table(standing_table(), border="horizontal", hide_index=True)
    st.header("What the figures cover", anchor=False)
    st.html(f'<p class="ot-reading">{escape(coverage_sentence(ask("indicators")))}</p>')
