"""From organisations on a page to the page of one of them."""

from typing import Any

import pandas as pd
import streamlit as st


def open_picked(event: Any) -> None:
    """Go to the organisation that was selected in a chart, if one was (selection `org`)."""
    picked = (event.selection.get("org") or [{}])[0].get("org_code")
    if picked:
        _open(picked)


def offer_to_open(rows: pd.DataFrame, name: str) -> None:
    """A list of the organisations of `rows` in their order, named by column `name`; choosing one opens it."""
    chosen = st.selectbox(
        "Open an organisation",
        rows["org_code"].drop_duplicates(),
        format_func=rows.set_index("org_code")[name].to_dict().__getitem__,
        index=None,
        placeholder="Choose one of those shown",
    )
    if chosen:
        _open(chosen)


def _open(org: str) -> None:
    st.switch_page("pages/explore/organisation.py", query_params={"org": org})
