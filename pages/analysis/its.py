"""Interrupted time series: what changed at entry and exit, for one alone or beside others, or for all."""

import streamlit as st

from pages.parts.frame import head_above
from pages.parts.its.all import show_all
from pages.parts.its.controlled import show_controlled
from pages.parts.its.one import show_one
from pages.parts.its.synthetic import show_synthetic
from pages.parts.links import linked_choice

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
# In a row of their own, without the line of a label: beside the other controls not all of them have room.
view = linked_choice("View", "view", list(VIEWS), NAMES.__getitem__, "one", shows_label=False)
VIEWS[view](write_head, st.columns([2.9, 2.7, 3, 1.5], vertical_alignment="bottom"))
