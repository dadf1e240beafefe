"""Text on coloured bars and cells can be read in both themes."""

import pytest

from pages.charts.layers.contrast import (
    READABLE,
    contrast,
    own_or_ink,
    readable_fill,
    readable_strength,
    readable_text,
)
from pages.charts.theme import DARK, LIGHT, Tokens

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def over_background(fill: str, background: str) -> str:
    """The colour a reader sees where `fill` (#RRGGBBAA) lies on the background."""
    share = int(fill[7:], 16) / 255
    seen = (
        round(share * int(fill[at : at + 2], 16) + (1 - share) * int(background[at : at + 2], 16))
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02X}" for channel in seen)


def test_contrast_runs_from_1_to_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#005EB8", "#005EB8") == 1


def test_a_colour_that_carries_text_is_not_touched() -> None:
    assert readable_fill("#005EB8", LIGHT) == "#005EB8FF"
    assert readable_text("#005EB8", LIGHT) == LIGHT.background


def test_a_middling_colour_gives_way_until_text_can_be_read() -> None:
    assert readable_strength("#6B7A8F", LIGHT) < 1
    assert readable_text("#6B7A8F", LIGHT) == LIGHT.ink


@THEMES
def test_text_can_be_read_on_every_ending_programme_and_segment(tokens: Tokens) -> None:
    for colour in (*tokens.programmes.values(), *tokens.segments):
        ground = over_background(readable_fill(colour, tokens), tokens.background)
        assert contrast(readable_text(colour, tokens), ground) >= READABLE


@THEMES
def test_a_colour_too_pale_for_text_falls_back_to_the_ink(tokens: Tokens) -> None:
    assert own_or_ink(tokens.accent, tokens) == tokens.accent
    assert own_or_ink(tokens.surface, tokens) == tokens.ink
