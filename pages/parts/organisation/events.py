"""What happened at an organisation, as far as on record: ratings, leadership, mergers, entry and exit."""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.layers.formats import format_month
from pages.parts.documents import safe_link
from pages.parts.history import spells_of
from pages.parts.lineage import predecessors_of
from pages.parts.store import ask, version
from pages.parts.timelines.marks import marks_of

_COLUMNS = ["day", "when", "words", "source"]
_KINDS = ["cqc", "leadership"]


def events_of(org: str) -> pd.DataFrame:
    """The dated events of an organisation, latest first: `day, when, words, source` ("" for none)."""
    marks = marks_of(_KINDS)
    marks = marks[marks["org_code"] == org]
    others = pd.DataFrame([*_spell_events(org), *_mergers(org)], columns=_COLUMNS)
    both = pd.concat(
        [
            marks[_COLUMNS].astype({"day": "datetime64[us]"}),
            others.astype({"day": "datetime64[us]"}),
        ]
    )
    return both.sort_values("day", ascending=False, kind="stable", ignore_index=True)


def _spell_events(org: str) -> list[dict[str, Any]]:
    found = []
    for spell in spells_of(org).itertuples():
        source = next(iter(spell.source_urls), "")
        ends = [
            (spell.entered_earliest, spell.entered_label, "entered"),
            (spell.left_earliest, spell.left_label, _ENDED.get(spell.ending, "ended")),
        ]
        found += [
            {
                "day": day,
                "when": when,
                "words": f"{verb} {spell.programme_label}",
                "source": source,
            }
            for day, when, verb in ends
            if pd.notna(day)
        ]
    return found


_ENDED = {"left": "left", "transferred": "transferred from"}


def _mergers(org: str) -> list[dict[str, Any]]:
    taken = [
        (row.passed_on, f"took over {'a part of ' if row.is_part else ''}{row.short_name}")
        for row in predecessors_of(org).itertuples()
    ]
    own = ask("organisations").set_index("org_code").loc[org]
    if pd.notna(own["closed_on"]):
        taken.append((own["closed_on"], "closed"))
    return [
        {
            "day": day,
            "when": format_month(day),
            "words": words,
            "source": "",
        }
        for day, words in taken
    ]


def show_events(org: str, documents: int) -> None:
    """The events as a list with their sources, and how many documents bear on the organisation."""
    st.header("Events", anchor=False)
    beside = (
        f'<a href="documents?orgs={org}" target="_self">Documents that bear on it</a>: {documents} on record.'
        if documents
        else "No public document on record bears on it."
    )
    st.html(
        f'{_listed(org, version())}<p class="ot-reading" style="margin-top:0.6rem">{beside}</p>'
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _listed(org: str, data_version: str) -> str:
    items = "".join(f"<li>{_item(row)}</li>" for row in events_of(org).itertuples())
    none = "No event of it is on record, which does not mean that there was none."
    return f'<ul class="ot-reading">{items}</ul>' if items else f'<p class="ot-reading">{none}</p>'


def _item(row: Any) -> str:
    link = safe_link(row.source or None)
    words = f"{escape(row.when)}: {escape(row.words)}"
    if not link:
        return f"{words}."
    return f'{words} (<a href="{escape(link)}" target="_blank" rel="noopener">source</a>).'
