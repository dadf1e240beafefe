"""The strip in a real browser: sorted by its link, a row that leads to the organisation, readable by all."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Watched

LINK = "/timelines?view=strip"


def chart_of(page: Page) -> Locator:
    chart = page.locator("[data-testid=stVegaLiteChart]").first
    chart.locator("svg").first.wait_for(timeout=60_000)
    return chart


def first_name(page: Page) -> Locator:
    """The name beside the uppermost row."""
    return chart_of(page).locator("svg .role-axis-label text").first


def test_a_link_sorts_the_strip_and_choosing_another_order_changes_the_link(
    watched: Watched,
) -> None:
    page = watched.open(f"{LINK}&sort=move")
    expect(first_name(page)).to_have_text("Hull University Teaching Hospitals")
    page.get_by_role("combobox", name=re.compile("Sorted by")).click()
    page.get_by_role("option", name="Months in programmes").click()
    expect(page).not_to_have_url(re.compile("sort="))
    expect(page).to_have_url(re.compile("view=strip"))
    expect(first_name(page)).to_have_text("East Kent Hospitals University", timeout=30_000)
    assert watched.faults == []


def test_a_click_on_a_row_opens_the_organisation(watched: Watched) -> None:
    page = watched.open(f"{LINK}&org_type=ambulance")
    chart = chart_of(page)
    name = chart.get_by_text("East of England Ambulance Service", exact=True).bounding_box()
    plot = chart.bounding_box()
    assert name is not None and plot is not None
    page.mouse.click(plot["x"] + 0.6 * plot["width"], name["y"] + name["height"] / 2)
    expect(page).to_have_url(re.compile(r"/organisation\?org=RYC"))


def test_without_a_mouse_a_list_leads_to_the_organisation(watched: Watched) -> None:
    page = watched.open(LINK)
    page.get_by_role("combobox", name=re.compile("Open an organisation")).click()
    page.keyboard.type("Medway")
    page.get_by_role("option", name=re.compile("Medway")).first.click()
    expect(page).to_have_url(re.compile(r"/organisation\?org=RPA"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_fault(watched: Watched, scheme: str) -> None:
    watched.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = watched.open(LINK)
    chart_of(page)
    found = Axe().run(page).response["violations"]
    assert {rule["id"]: [node["html"][:160] for node in rule["nodes"]][:3] for rule in found} == {}


def test_a_phone_needs_no_sideways_scrolling_and_numbers_stay(watched: Watched) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = watched.open(LINK)
    expect(chart_of(page).get_by_text("4", exact=True).first).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 391


def test_all_rows_are_drawn_in_good_time(watched: Watched) -> None:
    """The browser's own work on the chart of some 225 rows: what it takes once the page has it."""
    page = watched.open(LINK)
    chart_of(page)
    page.evaluate(
        "window.busy = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "entry => window.busy += entry.duration)).observe({type: 'longtask'})"
    )
    page.get_by_role("combobox", name=re.compile("Rows")).click()
    page.get_by_role("option", name=re.compile("All with a segment")).click()
    page.get_by_text("Alder Hey Children's", exact=True).wait_for(timeout=60_000)
    page.wait_for_timeout(500)
    assert page.evaluate("window.busy") < 4_000
