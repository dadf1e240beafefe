"""Timelines: who has been in intensive support, and when, one view at a time."""

from collections.abc import Callable
from html import escape

import pandas as pd
import streamlit as st

from pages.parts.completeness import show_completeness
from pages.parts.correction import suggest_correction
from pages.parts.disagreements import show_disagreements
from pages.parts.frame import page_head
from pages.parts.links import linked_choice
from pages.parts.printing import apply_print_style, is_printing
from pages.parts.spells import all_spells, lead_sentence
from pages.parts.timeline_bars import show_bars
from pages.parts.timeline_strip import show_strip, strip_lead

VIEWS: dict[str, Callable[[pd.DataFrame], None]] = {"bars": show_bars, "strip": show_strip}
LEADS: dict[str, Callable[[pd.DataFrame], str]] = {"bars": lead_sentence, "strip": strip_lead}
VIEW_WORDS = {"bars": "Bars", "strip": "Strip"}

apply_print_style()
spells = all_spells()
head, views = st.columns([5, 1], vertical_alignment="center")
with views:
    view = linked_choice("View", "view", list(VIEWS), VIEW_WORDS.__getitem__, "bars")
with head:
    page_head("Who has been in intensive support, and when?", escape(LEADS[view](spells)))
VIEWS[view](spells)
if not is_printing():
    show_completeness()
    show_disagreements()
    suggest_correction(spells)
