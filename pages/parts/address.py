"""What the page's address says, and the choices that go with a reader from page to page."""

import re
from collections.abc import Sequence

import streamlit as st

SHARED = (
    *("org", "orgs", "indicator", "region", "org_type", "icb", "programme"),
    *("from", "to", "lineage"),
)
"""Choices that go with a reader from page to page."""


def begin_visit(page: str) -> None:
    """Note that a run of this page begins: one opened by the menu takes over the reader's last choices.

    A page opened by a link takes none: a link says all that the reader is to see.
    """
    if st.session_state.get("visit.page") != page:
        st.session_state["visit.page"] = page
        # What is recalled once is not recalled again, so that a choice can be cleared.
        st.session_state["visit.to_recall"] = set() if st.query_params.to_dict() else set(SHARED)


def asked_for(name: str, options: Sequence[str]) -> list[str]:
    """What the address says; on a page opened by the menu, the last choice among its options."""
    to_recall = st.session_state.get("visit.to_recall", set())
    kept = st.session_state.setdefault("visit.choices", {})
    if name in to_recall:
        to_recall.discard(name)
        if known := [value for value in kept.get(name, []) if value in options]:
            st.query_params[name] = known
    asked = st.query_params.get_all(name)
    if name in SHARED and asked:
        kept[name] = asked
    return asked


def forget(name: str) -> None:
    """Take a choice out of the address, and out of what goes along to other pages."""
    st.query_params.pop(name, None)
    st.session_state.get("visit.choices", {}).pop(name, None)


def note_unknown(label: str, values: Sequence[str]) -> None:
    """Tell the reader which values of a link are not among the choices here."""
    rest = "is not among the choices here. It was left out."
    if len(values) > 1:
        rest = "are not among the choices here. They were left out."
    st.info(f"The link asked for {label.lower()} {_listed(values)}, which {rest}")


def note_too_many(label: str, values: Sequence[str], most: int) -> None:
    """Tell the reader which values of a link have no room beside the `most` before them."""
    st.info(
        f"The link asked for {label.lower()} {_listed(values)} beyond the {most} that have room: left out."
    )


def _listed(values: Sequence[str]) -> str:
    return ", ".join(f"“{_harmless(value)}”" for value in values)


def _harmless(value: str) -> str:
    """What a link asked for, without anything that could be read as markup of ours."""
    return re.sub(r"[^\w .,'-]", "", value)[:40]
