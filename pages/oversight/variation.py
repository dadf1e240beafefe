"""Variation: how programme experience differs by place and kind, and which sites would show the range."""

from collections.abc import Callable
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.frame import page_head
from pages.parts.links import linked_choice
from pages.parts.variation.breakdown import show_breakdown
from pages.parts.variation.site_sampling import show_sampling

# A view puts its controls into the first and says its finding with the second.
Show = Callable[[DeltaGenerator, Callable[[str], None]], None]
VIEWS: dict[str, tuple[str, str, Show]] = {
    "breakdown": ("Breakdown", "How does intensive support vary?", show_breakdown),
    "sampling": ("Sampling", "Which sites would show the range?", show_sampling),
}

head = st.container()
switch, controls = st.columns([2, 7], vertical_alignment="bottom")
with switch:
    view = linked_choice("View", "view", list(VIEWS), lambda name: VIEWS[name][0], "breakdown")
_, title, show = VIEWS[view]


def say(sentence: str) -> None:
    """Lead the page with what the view found."""
    with head:
        page_head(title, escape(sentence))


show(controls, say)
