"""The library in a real browser: from a search to a card and on to the Explorer."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Watched

LIST = "Which indicators are there, and what can they carry?"


def test_a_search_leads_to_a_card_and_the_card_to_the_explorer(watched: Watched) -> None:
    page = watched.open("/library")
    box = page.get_by_role("textbox", name="Search")
    box.fill("telephone")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]q=telephone"))
    expect(page.get_by_text(re.compile(r"^1 of \d+ indicators\."))).to_be_visible()
    watched.settle()
    # The tick at the left of the only row.
    box_of_list = page.get_by_test_id("stDataFrame").bounding_box()
    assert box_of_list is not None
    page.mouse.click(box_of_list["x"] + 17, box_of_list["y"] + 52)
    heading = page.get_by_role("heading", name="Hear and treat", level=1)
    expect(heading).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]indicator=amb_hear_treat"))
    page.locator("[data-testid=stVegaLiteChart] svg").first.wait_for()
    watched.settle()
    page.get_by_role("link", name="Control chart in the Explorer").click()
    expect(page).to_have_url(re.compile(r"/explorer\?"))
    expect(page).to_have_url(re.compile(r"indicator=amb_hear_treat"))
    expect(page).to_have_url(re.compile(r"view=control-chart"))
    assert watched.faults == []


def test_back_to_the_list_keeps_what_was_searched(watched: Watched) -> None:
    page = watched.open("/library?q=sickness&indicator=sickness")
    page.get_by_role("link", name="Back to all indicators").click()
    expect(page.get_by_role("heading", name=LIST, level=1)).to_be_visible()
    expect(page.get_by_role("textbox", name="Search")).to_have_value("sickness")


def test_pictures_are_chosen_by_hand_and_stand_in_the_address(watched: Watched) -> None:
    page = watched.open("/library?indicator=ae_4h_all")
    page.get_by_role("radio", name="Reliability").click()
    expect(page).to_have_url(re.compile(r"[?&]view=reliability"))
    expect(page.get_by_text(re.compile("^One month tells acute trusts apart"))).to_be_visible()
    page.reload()
    expect(page.get_by_text(re.compile("^One month tells acute trusts apart"))).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("link", ["/library", "/library?indicator=rtt_18w&view=segments"])
def test_no_accessibility_fault(watched: Watched, scheme: str, link: str) -> None:
    watched.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = watched.open(link)
    page.wait_for_timeout(500)
    found = Axe().run(page).response["violations"]
    assert {rule["id"]: [node["html"][:160] for node in rule["nodes"]][:3] for rule in found} == {}


@pytest.mark.parametrize("view", ["coverage", "segments", "reliability"])
def test_the_picture_stands_within_the_first_screen(watched: Watched, view: str) -> None:
    watched.page.set_viewport_size({"width": 1366, "height": 768})
    page = watched.open(f"/library?indicator=rtt_18w&view={view}")
    chart = page.locator("[data-testid=stVegaLiteChart] svg").first
    chart.wait_for()
    page.wait_for_timeout(500)
    box = chart.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 790


@pytest.mark.parametrize(
    "link", ["/library", "/library?indicator=rtt_18w", "/library?indicator=shmi"]
)
def test_on_a_phone_nothing_runs_out_of_the_page(watched: Watched, link: str) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = watched.open(link)
    page.wait_for_timeout(1_000)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 391
