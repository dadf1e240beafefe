"""How complete the ledger is: published counts against the organisations it can place, by name."""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from data_sources.short_dates import precision_of
from pages.charts.completeness import describe_completeness, draw_completeness
from pages.parts.frame import (
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
    tokens_of,
)
from pages.parts.links import linked_select
from pages.parts.specs import spec_of
from pages.parts.spells import TYPE_WORDS, written_date
from pages.parts.store import ask, version

USUAL = "2024-12-05"
"""The count the section opens with: the last that covers trusts."""
PLACEMENTS = {
    "placed": "Placed",
    "entered_before": "Not ruled out: no exit by then",
    "undated": "Not ruled out: entry undated",
    "missing": "Missing",
}
TABLE = {
    "org_name": "Organisation",
    "class": st.column_config.TextColumn("Class", width="medium"),
    "reason": st.column_config.TextColumn("Why", width="large"),
    "source_urls": st.column_config.ListColumn("Sources", width="medium"),
    "confidence": "Confidence",
    "org_code": "Code",
    "type": "Type",
}


def counts_on(stated_as: str) -> pd.DataFrame:
    """The published counts of one day or month, with a `label` for each."""
    counts = ask("completeness")
    counts = counts[counts["stated_as"] == stated_as].sort_values("counts_level", ascending=False)
    levels = counts["level"].str.replace(r"\s*\(.*", "", regex=True)
    return counts.assign(
        label=[f"{n} {level}" for n, level in zip(counts["published"], levels, strict=True)]
    )


def moment_words(stated_as: str) -> str:
    """A count's date after its preposition: `on 5 December 2024`, `in Nov 2024`."""
    precision = precision_of(stated_as)
    return f"{'on' if precision == 'day' else 'in'} {written_date(stated_as, precision)}"


def completeness_sentence(stated_as: str) -> str:
    """What was published for a day or month, and how much of it the ledger can place."""
    counts = counts_on(stated_as)
    inside = f"{' and '.join(counts['label'])} were in {state_words(counts['counted'].iloc[0])}"
    return f"{inside} {moment_words(stated_as)}. {describe_completeness(counts)}"


def state_words(counted: str) -> str:
    """What a count counted: `segment 4`, `special measures`."""
    return f"segment {counted}" if counted.isdigit() else counted


def option_words(stated_as: str) -> str:
    """A published count as one chooses it: its date and what it counted."""
    counts = counts_on(stated_as)
    day = written_date(stated_as, precision_of(stated_as))
    return f"{day}: {' and '.join(counts['label'])} in {state_words(counts['counted'].iloc[0])}"


def placements_on(counts: pd.DataFrame) -> pd.DataFrame:
    """Every organisation that is placed or not ruled out, and a line for the members that must be missing."""
    found = pd.concat([ask("count_placements", count=key) for key in counts["count_id"]])
    order = {name: place for place, name in enumerate(PLACEMENTS)}
    named = found.assign(
        type=found["org_type"].map(TYPE_WORDS), source_urls=found["source_urls"].map(list)
    ).sort_values("placement", key=lambda column: column.map(order), kind="stable")
    rows = pd.concat([named, _nameless(counts)], ignore_index=True)
    return rows.assign(**{"class": rows["placement"].map(PLACEMENTS)})


def _nameless(counts: pd.DataFrame) -> pd.DataFrame:
    lacking = counts[counts["missing_at_least"] > 0]
    return pd.DataFrame(
        {
            "placement": "missing",
            "org_name": [f"{number} not known by name" for number in lacking["missing_at_least"]],
            "reason": [
                f"{label} were published; the ledger has too few, even if all not ruled out were inside."
                for label in lacking["label"]
            ],
            "source_urls": [[url] for url in lacking["source_url"]],
        }
    )


@st.cache_data(max_entries=64, show_spinner=False)
def chart_of(stated_as: str, theme: str, data_version: str) -> dict[str, Any]:
    """The bars of one day's counts."""
    return spec_of(draw_completeness(counts_on(stated_as), tokens_of(theme)))


def show_completeness() -> None:
    """Choose a published count, and see in a sentence, a bar and by name how far the ledger fills it."""
    st.header("How complete is the ledger?", anchor=False)
    days = list(dict.fromkeys(ask("completeness")["stated_as"]))[::-1]
    words = {day: option_words(day) for day in days}
    asked = linked_select("Published count", "count", days, words.__getitem__, USUAL) or USUAL
    counts = counts_on(asked)
    takeaway = describe_completeness(counts)
    st.html(f'<p class="ot-reading">{escape(completeness_sentence(asked))}</p>')
    show_chart(chart_of(asked, theme_name(), version()), takeaway, "completeness")
    reading_aid(
        "The whole bar is the published count. The solid part is the organisations that the ledger places "
        "inside on that day, each with a source. The pale part may be filled by organisations that it cannot "
        "rule out; there may be more of them than places. The dashed part is missing even if all of those "
        "were inside."
    )
    rows = placements_on(counts)
    show_table(
        rows[list(TABLE)], f"completeness-{asked}", "Who they are, and why", TABLE, is_open=True
    )
    source_line(
        list(dict.fromkeys(escape(url) for url in counts["source_url"])),
        f"Count {moment_words(asked)}, {escape(counts['framework'].iloc[0])}",
        *(f"{escape(note)}." for note in dict.fromkeys(counts["note"].dropna())),
    )
