"""Signals: what changes beyond common cause, for every organisation and indicator, and what is new."""

import streamlit as st

from pages.parts.frame import head_above
from pages.parts.links import linked_choice
from pages.parts.signals.grid import show_grid
from pages.parts.signals.radar import show_radar

VIEWS = {"grid": show_grid, "radar": show_radar}
NAMES = {"grid": "Grid of icons", "radar": "New signals"}

write_head = head_above()
places = st.columns([3, 2.4, 2.4, 2.4, 2.4], vertical_alignment="bottom")
with places[0]:
    view = linked_choice("View", "view", list(VIEWS), NAMES.__getitem__, "grid")
VIEWS[view](write_head, places[1:])
