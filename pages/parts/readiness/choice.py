"""Whom exit readiness is about: one of those on record inside a programme."""

import streamlit as st

from pages.parts.links import linked_select
from pages.parts.organisations import organisations
from pages.parts.readiness.figures import stays_inside


def choose_inside() -> str:
    """The code of the organisation chosen; the last that is known to have entered without a link."""
    stays, names = stays_inside(), organisations()["short_name"]
    usual = max(stays, key=lambda code: (stays[code].begins, code))
    words = {code: f"{names[code]} ({code})" for code in stays}
    return linked_select("Organisation", "org", list(words), words.__getitem__, usual) or usual


def show_readiness_link(org: str) -> None:
    """The way to exit readiness, of an organisation on record inside."""
    if org in stays_inside():
        link = f'<a href="pooled?view=readiness&org={org}" target="_self">Beside earlier exits</a>'
        words = "where its indicators stand now and where those of others did when they left"
        st.html(f'<p class="ot-reading">{link}: {words}.</p>')
