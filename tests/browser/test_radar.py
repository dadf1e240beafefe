"""From new signals to a control chart, and the feed of them, in a real browser."""

import re
from pathlib import Path
from xml.etree import ElementTree

from playwright.sync_api import expect

from tests.browser.conftest import Watched

RADAR = "/signals?view=radar"


def test_a_name_in_the_list_opens_its_control_chart(watched: Watched) -> None:
    page = watched.open(f"{RADAR}&kind=worst_decile")
    page.locator(".ot-radar li a").first.click()
    expect(page).to_have_url(re.compile(r"/explorer\?view=control-chart&indicator=\w+&org=\w+"))


def test_a_choice_lives_in_the_address_and_is_restored(watched: Watched) -> None:
    page = watched.open(RADAR)
    page.get_by_role("radio", name="Organisation").or_(
        page.get_by_role("button", name="Organisation", exact=True)
    ).first.click()
    expect(page).to_have_url(re.compile(r"by=organisation"))
    watched.settle()
    first = page.locator(".ot-radar h2").first.inner_text()
    again = watched.open(page.url.removeprefix(watched.address))
    expect(again.locator(".ot-radar h2").first).to_have_text(first)


def test_the_feed_can_be_taken_away_and_leads_back_here(watched: Watched, tmp_path: Path) -> None:
    page = watched.open(f"{RADAR}&org_type=ambulance")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="New signals as an Atom feed").click()
    waiting.value.save_as(tmp_path / "signals.atom")
    feed = ElementTree.parse(tmp_path / "signals.atom").getroot()
    entry = "{http://www.w3.org/2005/Atom}entry"
    links = [
        link.attrib["href"] for found in feed.iter(entry) for link in found if "href" in link.attrib
    ]
    assert links
    assert all(link.startswith(f"{watched.address}/explorer?view=control-chart&") for link in links)


def test_the_chart_is_seen_without_scrolling(watched: Watched) -> None:
    page = watched.open(RADAR)
    box = page.locator("[data-testid=stVegaLiteChart]").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 768 + 40
