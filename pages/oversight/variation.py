"""Variation: how programme experience differs by place and kind, and which sites would show the range."""

from html import escape

from pages.parts.frame import page_head
from pages.parts.spells import all_spells, lead_sentence

page_head("How does intensive support vary?", escape(lead_sentence(all_spells())))
