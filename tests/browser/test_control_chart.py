"""The control chart in a browser: within one screen, limits recalculated and restored by keyboard."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from indicators.rebases import FILE_NAME
from tests.browser.conftest import Watched

LINK = "/explorer?view=control-chart&org=RXW&indicator=ae_4h_all"
CHART = "[data-testid=stVegaLiteChart] svg"


@pytest.fixture
def own_record(warehouse: Path) -> Iterator[Path]:
    """Where the server keeps recalculations, emptied afterwards: other tests share the server."""
    record = warehouse / FILE_NAME
    yield record
    record.unlink(missing_ok=True)


def test_the_chart_and_its_icons_are_seen_without_scrolling_past_them(watched: Watched) -> None:
    page = watched.open(LINK)
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(page.locator(".ot-lead")).to_contain_text("common cause variation, no clear change")
    expect(page.get_by_text("Standard consistently missed", exact=True)).to_be_visible()
    chart = page.locator(CHART).first
    chart.wait_for()
    box = chart.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 782
    assert watched.faults == []


def test_limits_are_frozen_by_a_click_and_the_link_says_so(watched: Watched) -> None:
    page = watched.open(LINK.replace("RXW", "RXL"))
    page.get_by_role("radio", name="Frozen before entry").click()
    expect(page).to_have_url(re.compile(r"limits=frozen"))
    expect(page.locator(".ot-lead").first).to_contain_text("Limits are frozen before entry into")
    assert watched.faults == []


def test_the_period_is_moved_by_keyboard(watched: Watched) -> None:
    page = watched.open(LINK)
    page.get_by_role("slider").first.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"from=2021-08"))
    expect(page.get_by_text("58 points, Aug 2021 to May 2026")).to_be_visible()
    assert watched.faults == []


def put_on_record(watched: Watched) -> Page:
    page = watched.open(LINK)
    page.locator("summary", has_text="Recalculate limits").press("Enter")
    start = page.get_by_role("combobox", name="Limits begin anew from")
    start.wait_for()
    # The run that the opened box asks for begins a moment later, and would close a list opened before it.
    page.wait_for_timeout(1_000)
    watched.settle()
    start.press("ArrowDown")
    page.get_by_role("option", name="Jul 2023").wait_for()
    page.keyboard.type("Jul 2023")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Preview, nothing is stored yet")).to_be_visible()
    watched.settle()
    page.get_by_label("Reason").press_sequentially("A new <i>unit</i> opened")
    page.keyboard.press("Tab")
    page.keyboard.type("A. Analyst")
    page.keyboard.press("Enter")
    return page


def test_limits_are_recalculated_and_restored_by_keyboard(
    watched: Watched, own_record: Path
) -> None:
    page = put_on_record(watched)
    expect(
        page.get_by_text("Limits are recalculated from Jul 2023, for everybody.")
    ).to_be_visible()
    expect(page.locator(CHART).first).to_contain_text("limits recalculated from Jul 2023")
    expect(page.get_by_text("A new <i>unit</i> opened (A. Analyst, ")).to_be_visible()
    watched.settle()
    found = Axe().run(page).response["violations"]
    assert {rule["id"]: [node["html"][:160] for node in rule["nodes"]][:3] for rule in found} == {}
    page.get_by_label("Why it is taken back").press_sequentially("It opened in 2024")
    page.keyboard.press("Tab")
    page.keyboard.type("B. Reader")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The recalculation was taken back.")).to_be_visible()
    expect(page.get_by_text("Taken back: It opened in 2024 (B. Reader, ")).to_be_visible()
    expect(page.locator(CHART).first).not_to_contain_text("limits recalculated")
    assert len(own_record.read_text().splitlines()) == 2
    assert watched.faults == []
    assert watched.foreign == []
