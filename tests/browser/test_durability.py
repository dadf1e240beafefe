"""Durability in a real browser: the views by click and by link, the chart within one screen, the files."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched


def test_the_views_are_a_click_away_and_in_the_address(watched: Watched) -> None:
    page = watched.open("/durability")
    expect(page.locator(".ot-lead")).to_contain_text("Half had left within")
    page.get_by_role("radio", name="Return").click()
    expect(page).to_have_url(re.compile(r"view=relapse"))
    expect(page.locator(".ot-lead")).to_contain_text("exits from the RSP")
    page.get_by_role("radio", name="Segment moves").click()
    expect(page).to_have_url(re.compile(r"view=transitions"))
    expect(page.locator(".ot-lead")).to_contain_text("neighbouring quarters")
    assert watched.faults == []


@pytest.mark.parametrize("view", ["time-to-exit", "relapse"])
def test_the_chart_is_seen_without_scrolling_past_it(watched: Watched, view: str) -> None:
    page = watched.open(f"/durability?view={view}")
    page.set_viewport_size({"width": 1366, "height": 768})
    chart = page.locator("[data-testid=stVegaLiteChart] svg").first
    chart.wait_for()
    box = chart.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 780


def test_the_analysis_on_screen_can_be_taken_away(watched: Watched) -> None:
    page = watched.open("/durability?programme=special-measures")
    page.get_by_text("Run this analysis yourself").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Analysis as JSON").click()
    document = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert document["analysis"] == "time_to_exit"
    assert document["causes"] == {"1": "left"}
    assert download.value.suggested_filename == "time-to-exit-special-measures-inside.json"
