"""Public documents as the pages show them: searched, one row each, with links that lead to the web only."""

from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from pages.charts.documents import KIND_WORDS
from pages.parts.frame import show_table
from pages.parts.spells import written_date
from pages.parts.store import ask, version

UNDATED = "undated"
NATIONAL = "national"
BASIS_WORDS = {
    "stated": "stated in the table of documents",
    "address": "in its address",
    "spell_source": "as noted with the spell it is the only source of",
    "cqc_rating": "day of the rating it reports",
}
"""How a document's date is known."""
TABLE = {
    "dated_label": "Date",
    "organisations": st.column_config.TextColumn("Organisations", width=180),
    "kind_label": "Kind",
    "publisher": st.column_config.TextColumn("Publisher", width=140),
    "link": st.column_config.LinkColumn("Link", display_text="Open", width=60),
    "name": st.column_config.TextColumn("Document", width=260),
    "supports": st.column_config.TextColumn("What it supports here", width="large"),
    "basis_label": "Date known from",
    "note": "Note",
}
_SEARCHED = ["name", "publisher", "kind_label", "org_name", "org_full_name", "supports", "url"]


def safe_link(address: str | None) -> str | None:
    """The address if it leads to a page of the web (http or https), else None."""
    if pd.isna(address) or any(letter.isspace() for letter in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def all_documents() -> pd.DataFrame:
    """A row for each document and organisation it bears on (none: national), newest first, undated last."""
    return _all_documents(version()).copy(deep=False)


@st.cache_resource(max_entries=4, show_spinner=False)
def _all_documents(_version: str) -> pd.DataFrame:
    rows = ask("documents")
    dates = [
        UNDATED if pd.isna(written) else written_date(written, precision)
        for written, precision in zip(rows["dated_written"], rows["dated_precision"], strict=True)
    ]
    return rows.assign(
        dated_label=dates,
        kind_label=rows["kind"].map(KIND_WORDS),
        basis_label=rows["date_basis"].map(BASIS_WORDS),
        link=rows["url"].map(safe_link, na_action="ignore"),
        is_fact=rows["supports"].notna(),
        supports=rows["supports"].fillna("supports no fact here"),
    )


def search(rows: pd.DataFrame, text: str) -> pd.DataFrame:
    """The rows in which every word of `text` occurs, in whatever case, anywhere in what is known of them."""
    told = rows[_SEARCHED].fillna("").agg(" ".join, axis=1).str.casefold()
    for word in text.casefold().split():
        rows = rows[told.loc[rows.index].str.contains(word, regex=False)]
    return rows


def one_row_each(rows: pd.DataFrame) -> pd.DataFrame:
    """The documents of `rows`, once each in the same order, with their organisations in one cell."""
    told = rows.assign(
        who=rows["org_name"].fillna(NATIONAL),
        facts=rows["org_name"].fillna(NATIONAL) + ": " + rows["supports"],
    )
    groups = told.groupby("document_id", sort=False)
    joined = pd.DataFrame({"organisations": groups["who"].agg("; ".join)})
    facts = groups["facts"].agg("; ".join).where(groups.size() > 1, groups["supports"].first())
    first = told.drop(columns="supports").drop_duplicates("document_id").set_index("document_id")
    return first.join(joined).assign(supports=facts).reset_index()


def show_documents(documents: pd.DataFrame, name: str, label: str, is_open: bool = False) -> None:
    """Documents (one row each) as a table with links, to be downloaded as CSV."""
    show_table(documents[list(TABLE)], name, label, TABLE, is_open)
