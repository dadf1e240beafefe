"""Documents: public documents on organisations in intensive support, by organisation and date."""

from datetime import MAXYEAR, MINYEAR
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.documents import KIND_WORDS, describe_documents, draw_documents
from pages.charts.layers.spell_words import count
from pages.parts.documents import all_documents, one_row_each, search, show_documents
from pages.parts.filters import choose_regions, choose_types, only
from pages.parts.frame import (
    Look,
    look_now,
    page_head,
    reading_aid,
    show_chart,
    source_line,
    tokens_of,
)
from pages.parts.links import linked_multiselect, linked_select, linked_text
from pages.parts.specs import spec_of
from pages.parts.spells import all_spells

READING = (
    "One row of the chart is a kind of document. A document is an address or a named publication that a row "
    "of this dashboard's reference tables rests on. Its date is taken only from that table, its address, or "
    "from the rating it reports, and is left open where none of these tells it. With one organisation "
    "chosen, its time in a programme is the pale band behind the marks."
)
CAVEATS = (
    "What stands under Document is a title only where one is established; else it is words of the address. "
    "Few documents are on record that no fact here rests on, so an absent document says nothing. "
    "Links lead to other people's sites; nothing of them is fetched or kept here."
)


def lead(documents: pd.DataFrame) -> str:
    """How many documents of how many publishers there are, how many undated, and the latest."""
    undated = int(documents["dated_earliest"].isna().sum())
    latest = documents.dropna(subset="dated_earliest").sort_values("dated_latest").iloc[-1]
    missing = missing_kinds(documents)
    without = f" None of the kind {' or '.join(missing)} is on record." if missing else ""
    return (
        f"{len(documents)} public documents of {documents['publisher'].nunique()} publishers are on "
        f"record, and {int(documents['is_fact'].sum())} of them support a fact of this dashboard. "
        f"No source dates {undated} of them; the latest of the others is of {latest['dated_label']}.{without}"
    )


def missing_kinds(documents: pd.DataFrame) -> list[str]:
    """The kinds, in words, of which none of the documents is."""
    present = set(documents["kind"])
    return [f"“{words}”" for kind, words in KIND_WORDS.items() if kind not in present]


def choose(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The controls; the rows they leave, and the organisations chosen."""
    names = rows.dropna(subset="org_name").set_index("org_code")["org_name"].to_dict()
    years = [str(year) for year in range(_year(rows, "min"), _year(rows, "max") + 1)]
    words, org, kind, first, last, more = st.columns(
        [2.1, 2, 1.5, 1, 1, 1.5], vertical_alignment="bottom"
    )
    with words:
        text = linked_text("Search", "q", "Name, publisher, fact")
    with org:
        orgs = linked_multiselect(
            "Organisation", "orgs", sorted(names, key=names.__getitem__), names.__getitem__
        )
    with kind:
        kinds = linked_multiselect("Kind", "kind", list(KIND_WORDS), KIND_WORDS.__getitem__)
    with first:
        since = linked_select("From year", "from", years, placeholder="First")
    with last:
        until = linked_select("To year", "to", years[::-1], placeholder="Latest")
    with more, st.popover("More options", width="stretch"):
        regions, types = choose_regions(rows["region"]), choose_types()
    chosen = only(rows, {"org_code": orgs, "kind": kinds, "region": regions, "org_type": types})
    return search(within(chosen, since, until), text), orgs


def _year(rows: pd.DataFrame, end: str) -> int:
    return int(rows["dated_earliest"].agg(end).year)


def within(rows: pd.DataFrame, since: str | None, until: str | None) -> pd.DataFrame:
    """Documents that may be of the years [since, until], and those that are undated."""
    undated = rows["dated_earliest"].isna()
    begins, reaches = rows["dated_earliest"].dt.year, rows["dated_latest"].dt.year
    return rows[undated | (reaches.ge(int(since or MINYEAR)) & begins.le(int(until or MAXYEAR)))]


def chosen_sentence(documents: pd.DataFrame, orgs: list[str], rows: pd.DataFrame) -> str:
    """What the choice leaves, and of which kinds the organisations have none, however they are searched."""
    undated = int(documents["dated_earliest"].isna().sum())
    sentence = f"Chosen: {count(len(documents), 'document')}, of which {undated} undated."
    if not orgs:
        return sentence
    theirs = rows[rows["org_code"].isin(orgs)]
    missing = missing_kinds(theirs)
    named = escape(" and ".join(theirs["org_name"].unique()))
    return f"{sentence} On record for {named} is no document of the kind {' or '.join(missing)}."


@st.cache_data(max_entries=64, show_spinner=False)
def chart_of(
    _documents: pd.DataFrame,
    shown: tuple[str, ...],
    orgs: tuple[str, ...],
    look: Look,
) -> tuple[dict[str, Any], str]:
    """The chart and its takeaway; `shown` and `look` stand for the frame in the cache."""
    spells = all_spells()
    behind = spells[spells["org_code"].isin(orgs if len(orgs) == 1 else ())]
    chart = draw_documents(_documents, behind, look.day, tokens_of(look.theme))
    return spec_of(chart), describe_documents(_documents)


def show_chosen(documents: pd.DataFrame, orgs: list[str], of_all: int) -> None:
    """Chart, reading aid, table and sources of the chosen documents (at least one) of so many."""
    if documents["dated_earliest"].notna().any():
        shown = tuple(documents["document_id"])
        spec, alt = chart_of(documents, shown, tuple(orgs), look_now())
        show_chart(spec, alt, "documents")
    else:
        st.info("None of these documents is dated, so there is nothing to put on a time axis.")
    reading_aid(READING)
    show_documents(
        documents,
        "documents",
        f"Table of {count(len(documents), 'document')}, with links",
        is_open=True,
    )
    source_line(
        ["the sources of the reference tables, and a table of further documents"],
        f"{len(documents)} of {of_all} documents on record",
        CAVEATS,
    )


rows = all_documents()
everything = one_row_each(rows)
page_head("Which public documents tell of intensive support?", escape(lead(everything)))
chosen_rows, orgs = choose(rows)
documents = one_row_each(chosen_rows)
if documents.empty:
    st.info("No document on record fits these choices. Remove one of them to see more.")
else:
    if len(documents) < len(everything):
        st.html(f'<p class="ot-reading">{chosen_sentence(documents, orgs, rows)}</p>')
    show_chosen(documents, orgs, len(everything))
