"""Durability: how long organisations stay in a programme, who returns, and how segments move."""

from html import escape

from pages.parts.frame import page_head
from pages.parts.spells import all_spells, lead_sentence

page_head(
    "How long does intensive support last, and does it hold?", escape(lead_sentence(all_spells()))
)
