"""The distribution in a real browser: its displays by click, within a screen, and to take away."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched

TITLES = {
    "Segments": "Do the segments differ?",
    "Funnel": "Who differs by more than chance and size explain?",
    "Ranks": "How sure is any rank?",
    "Map": "Where is it high, where low?",
    "Spread": "How far apart are organisations?",
}


def test_the_displays_are_a_click_away_and_in_the_address(watched: Watched) -> None:
    page = watched.open("/explorer?view=distribution")
    for name, title in TITLES.items():
        page.get_by_role("radio", name=name, exact=True).click()
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        watched.settle()
        page.locator("[data-testid=stVegaLiteChart] svg").first.wait_for()
    page.get_by_role("radio", name="Funnel", exact=True).click()
    expect(page).to_have_url(re.compile(r"display=funnel"))
    assert watched.faults == []


@pytest.mark.parametrize("display", ["band", "segments", "funnel", "map"])
def test_the_chart_is_seen_without_scrolling_past_it(watched: Watched, display: str) -> None:
    page = watched.open(f"/explorer?view=distribution&display={display}")
    page.set_viewport_size({"width": 1366, "height": 768})
    chart = page.locator("[data-testid=stVegaLiteChart] svg").first
    chart.wait_for()
    box = chart.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 830


def test_a_click_on_a_point_opens_the_organisation(watched: Watched) -> None:
    page = watched.open(
        "/explorer?view=distribution&display=funnel&org_type=ambulance&indicator=amb_ho_60"
    )
    point = page.locator("[data-testid=stVegaLiteChart] svg .mark-symbol path").first
    point.wait_for()
    point.click(force=True)
    expect(page).to_have_url(re.compile(r"/organisation\?org="), timeout=30_000)


def test_the_funnel_can_be_taken_away(watched: Watched) -> None:
    page = watched.open("/explorer?view=distribution&display=funnel&month=2023-05")
    page.get_by_text("Run this analysis yourself").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Analysis as JSON").click()
    document = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert document["analysis"] == "funnel"
    assert download.value.suggested_filename == "funnel-ae_4h_all-acute-2023-05.json"
