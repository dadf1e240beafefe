"""Library: every indicator of the catalogue, searched and filtered, with a card for the one chosen."""

from pages.parts.frame import page_head

page_head("Which indicators are there?")
