"""Interrupted time series: what changed at entry and exit, for one alone or beside others, or for all."""

import streamlit as st

from pages.parts.frame import head_above
from pages.parts.its.all import show_all
from pages.parts.its.controlled import show_controlled
from pages.parts.its.one import show_one
from pages.parts.its.synthetic import show_synthetic
from pages.parts.links import linked_select

VIEWS = {
    "one": show_one,
    "controlled": show_controlled,
    "synthetic": show_synthetic,
    "all": show_all,
}
NAMES = {
    "one": "One series",
    "controlled": "Beside others",
    "synthetic": "Synthetic control",
    "all": "All",
}

write_head = head_above()
places = st.columns([2, 2.9, 2.7, 3, 1.5], vertical_alignment="bottom")
with places[0]:
    # Side by side their names would take half of the row.
    view = linked_select("View", "view", list(VIEWS), NAMES.__getitem__, "one") or "one"
VIEWS[view](write_head, places[1:])
