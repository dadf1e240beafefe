"""Icons: each is well-formed, named, and told from every other without colour."""

import re
from xml.etree import ElementTree

import pytest

from indicators.stats.icons import ASSURANCE, NO_ICON, VARIATION
from pages.charts.icons import (
    ASSURANCE_WORDS,
    VARIATION_WORDS,
    as_address,
    assurance_svg,
    variation_svg,
)
from pages.charts.theme import DARK, LIGHT, Tokens

DRAWN = [
    *((variation_svg, name) for name in VARIATION_WORDS),
    *((assurance_svg, name) for name in ASSURANCE_WORDS),
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("draw", "name"), DRAWN)
def test_an_icon_is_well_formed_and_says_its_name(draw, name: str, tokens: Tokens) -> None:
    root = ElementTree.fromstring(draw(name, tokens))
    words = VARIATION_WORDS[name] if draw is variation_svg else ASSURANCE_WORDS[name]
    assert root.attrib["aria-label"] == words
    assert root[0].text == words


def test_every_icon_of_the_statistics_is_drawn() -> None:
    assert set(VARIATION_WORDS) == {*VARIATION, NO_ICON}
    assert set(ASSURANCE_WORDS) == {*ASSURANCE, NO_ICON}


@pytest.mark.parametrize(
    ("draw", "names"), [(variation_svg, VARIATION_WORDS), (assurance_svg, ASSURANCE_WORDS)]
)
def test_no_two_icons_differ_by_colour_alone(draw, names: dict[str, str]) -> None:
    grey = {
        re.sub(r'#[0-9A-F]{6}|aria-label="[^"]*"|<title>.*</title>', "", draw(name, LIGHT))
        for name in names
    }
    assert len(grey) == len(names)


def test_an_icon_becomes_an_address_without_a_file() -> None:
    assert as_address("<svg/>") == "data:image/svg+xml;base64,PHN2Zy8+"


def test_the_dark_hue_has_a_light_edge_of_a_pixel_on_a_dark_ground_however_small_it_is() -> None:
    edge = ElementTree.fromstring(variation_svg("neutral_high", DARK, 18))[2].attrib
    assert edge["stroke"] == DARK.outline
    assert float(edge["stroke-width"]) * 18 / 32 >= 1
