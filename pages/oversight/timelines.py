"""Timelines: who has been in intensive support, and when, one view at a time."""

from collections.abc import Callable
from html import escape

import pandas as pd
import streamlit as st

from pages.parts.frame import page_head
from pages.parts.links import linked_choice
from pages.parts.printing import apply_print_style, is_printing
from pages.parts.spells import all_spells
from pages.parts.timelines.bars import show_bars
from pages.parts.timelines.completeness import show_completeness
from pages.parts.timelines.correction import suggest_correction
from pages.parts.timelines.disagreements import show_disagreements
from pages.parts.timelines.strip import show_strip

# A view says its finding with the second.
VIEWS: dict[str, Callable[[pd.DataFrame, Callable[[str], None]], None]] = {
    "bars": show_bars,
    "strip": show_strip,
}
VIEW_WORDS = {"bars": "Bars", "strip": "Strip"}

apply_print_style()
spells = all_spells()
head, views = st.columns([5, 1], vertical_alignment="center")
with views:
    view = linked_choice("View", "view", list(VIEWS), VIEW_WORDS.__getitem__, "bars")


def say(sentence: str) -> None:
    """Lead the page with what the view found."""
    with head:
        page_head("Who has been in intensive support, and when?", escape(sentence))


VIEWS[view](spells, say)
if not is_printing():
    show_completeness()
    show_disagreements()
    suggest_correction(spells)
