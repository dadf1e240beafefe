"""The profile of an organisation in a browser: its icons have names, and its names lead to control charts."""

import re

from playwright.sync_api import expect

from pages.charts.icons import ASSURANCE_WORDS, VARIATION_WORDS
from tests.browser.conftest import Watched


def test_an_indicator_leads_to_its_control_chart(watched: Watched) -> None:
    page = watched.open("/organisation?org=RXW")
    table = page.get_by_role("region", name="Indicators by theme")
    table.get_by_role("link", name="RTT within 18 weeks").press("Enter")
    expect(page).to_have_url(re.compile(r"/explorer\?.*view=control-chart"))
    expect(page).to_have_url(re.compile("org=RXW"))
    expect(page).to_have_url(re.compile("indicator=rtt_18w"))


def test_every_icon_has_its_name_in_words(watched: Watched) -> None:
    page = watched.open("/organisation?org=RXW")
    table = page.get_by_role("region", name="Indicators by theme")
    icons = table.locator("img")
    assert icons.count() > 30
    assert all(icons.evaluate_all("all => all.map(one => one.naturalWidth > 0)"))
    told = set(icons.evaluate_all("all => all.map(one => one.alt)"))
    assert told <= {*VARIATION_WORDS.values(), *ASSURANCE_WORDS.values()}
    expect(table.get_by_role("img", name="Standard consistently missed").first).to_be_visible()
    assert watched.faults == []


def test_on_a_phone_the_table_moves_in_its_own_box_and_sentences_stay_whole(
    watched: Watched,
) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = watched.open("/organisation?org=RXW")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 391
    sentence = page.locator(".ot-theme div").first.bounding_box()
    assert sentence is not None and sentence["x"] + sentence["width"] <= 390
