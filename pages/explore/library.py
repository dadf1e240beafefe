"""Library: every indicator of the catalogue, searched and filtered, with a card for the one chosen."""

import streamlit as st

from pages.parts.frame import head_above
from pages.parts.indicator_library.card import show_card
from pages.parts.indicator_library.list import show_list
from pages.parts.indicators import catalogue
from pages.parts.links import linked_select

write_head = head_above()
known = catalogue()
first, *others = st.columns([2.7, 3.5, 1.8, 2.8, 1.6], vertical_alignment="bottom")
with first:
    chosen = linked_select(
        "Open a card",
        "indicator",
        list(known),
        lambda key: known[key].short_title,
        placeholder="Choose an indicator",
    )
if chosen is None:
    show_list(write_head, others)
else:
    show_card(write_head, known[chosen], others)
