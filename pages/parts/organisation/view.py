"""The profile on an organisation's page: what moved, the table by theme, its rows, what to bear in mind."""

from html import escape

import streamlit as st

from pages.parts.frame import reading_aid, show_table, source_line, theme_name, tokens_of
from pages.parts.indicators import catalogue
from pages.parts.organisation.profile import ANCHORS, Line, Stay, profile_of, stay_of
from pages.parts.organisation.table import profile_rows, profile_table
from pages.parts.organisation.words import moved_sentence
from pages.parts.sources import title_of
from pages.parts.store import version

_CAUTION = (
    "Organisations enter a programme at their worst, so part of a change since entry is rebound that "
    "would have come without support: what moved says nothing about what moved it."
)
_READING = (
    "A name leads to its control chart. Variation: the state of the last point by Making Data Count’s "
    "rules, limits from July 2021 on; assurance: whether the limits are sure to meet the standard. "
    "Changes are of means of three months: the latest three less the three before the first month exposed "
    "(that of entry, or of exit, up to its 15th, else the next), or less the three before them; of quarterly "
    "and yearly figures one period each. No season is taken out. Peers: the median change over the same "
    "months of organisations of its type never in "
    "a programme on record. Better and worse say which way the figure moved, not why. Position counts "
    "from the most favourable value among all organisations of its type in that period; where the "
    "figure is a share of patients or events, the interval says where it could lie by chance alone (95 "
    "%). It is for reading, not a league table."
)


def show_profile(org: str) -> None:
    """Sentences, table, data, reading aid and sources of the organisation's indicators."""
    st.html(_drawn(org, theme_name(), version()))
    lines, stay = profile_of(org, version()), stay_of(org, version())
    reading_aid(escape(_READING))
    show_table(profile_rows(lines, stay), f"profile-{org}", "The data behind this table")
    source_line(
        sorted({title_of(line.indicator.measures.source) for line in lines}),
        f"{len(lines)} of {len(catalogue())} indicators have a value",
        *_notes(lines),
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _drawn(org: str, theme: str, data_version: str) -> str:
    """What moved, and the table, as HTML."""
    lines, stay = profile_of(org, data_version), stay_of(org, data_version)
    moved = [words for anchor in ANCHORS if (words := moved_sentence(anchor, lines, stay))]
    items = "".join(f"<li>{escape(words)}</li>" for words in moved)
    table = profile_table(org, lines, stay, tokens_of(theme))
    caution = f'<p class="ot-reading">{escape(_caution(stay))}</p>'
    return f'<ul class="ot-reading">{items}</ul>{caution}{table}'


def _caution(stay: Stay) -> str:
    gaps = [
        f"No change since {event} is told: {why}."
        for event, why in (("entry", stay.why_no_entry), ("exit", stay.why_no_exit))
        if why and stay.programme
    ]
    return " ".join([*([_CAUTION] if stay.entered_on else []), *gaps])


def _notes(lines: list[Line]) -> list[str]:
    """What the signs in the table mean."""
    between = dict.fromkeys(
        f"{line.indicator.short_title}: {note}"
        for line in lines
        for change in line.changes.values()
        for note in change.notes
    )
    notes = [f"† Between the two lies a change, {escape('; '.join(between))}."] if between else []
    if any("outside England" in line.latest["basis"] for line in lines):
        notes.append(
            "‡ A compiled table that also counts patients of commissioners outside England; see the page "
            "Data."
        )
    return notes
