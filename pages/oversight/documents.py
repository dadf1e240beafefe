"""Documents: public documents on organisations in intensive support, by organisation and date."""

from html import escape

from pages.parts.frame import page_head
from pages.parts.spells import all_spells, lead_sentence

page_head("Which public documents tell of intensive support?", escape(lead_sentence(all_spells())))
