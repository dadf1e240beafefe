"""Durability: how long organisations stay in a programme, who returns, and how segments move."""

from html import escape

import streamlit as st

from pages.parts.durability.relapse import show_relapse
from pages.parts.durability.time_to_exit import show_time_to_exit
from pages.parts.durability.transitions import show_transitions
from pages.parts.frame import page_head
from pages.parts.links import linked_choice

VIEWS = {
    "time-to-exit": show_time_to_exit,
    "relapse": show_relapse,
    "transitions": show_transitions,
}
NAMES = {"time-to-exit": "Time to exit", "relapse": "Return", "transitions": "Segment moves"}

head = st.container()


def write_head(sentence: str) -> None:
    """The page's question and the view's answer, above the controls that lead to it."""
    with head:
        page_head("How long does intensive support last, and does it hold?", escape(sentence))


places = st.columns([4.2, 2.4, 2, 1.7, 1.7], vertical_alignment="bottom")
with places[0]:
    view = linked_choice("View", "view", list(VIEWS), NAMES.__getitem__, "time-to-exit")
VIEWS[view](write_head, places[1:])
