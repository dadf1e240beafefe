"""The views of the Explorer in a real browser: opened from the row of views, brushed, pointed at, clicked."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Watched

VIEWS = {
    "Trajectory": "how has A&E within 4 hours moved?",
    "Compare": "How do these organisations compare?",
    "All in programme": "What became of this indicator at each organisation in the programme?",
    "Around entry": "What happened around entry and exit?",
}


def chart_of(page: Page) -> Locator:
    chart = page.locator("[data-testid=stVegaLiteChart]").first
    chart.locator("svg").first.wait_for(timeout=60_000)
    return chart


def test_each_view_opens_from_the_row_of_views(watched: Watched) -> None:
    page = watched.open("/explorer?view=compare")
    for name, title in VIEWS.items():
        page.get_by_role("radio", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(title, timeout=60_000)
        watched.settle()
        chart_of(page)
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
    assert watched.faults == []


@pytest.mark.parametrize("view", ["trajectory", "compare", "multiples"])
def test_the_period_is_brushed_by_keyboard_and_kept_in_the_link(
    watched: Watched, view: str
) -> None:
    page = watched.open(f"/explorer?view={view}&from=2022-01")
    chart_of(page)
    begin = page.get_by_role("slider").first
    begin.focus()
    begin.press("ArrowRight")
    expect(page).to_have_url(re.compile("from=2022-02"), timeout=30_000)
    watched.settle()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    again = watched.open(page.url.removeprefix(watched.address))
    expect(again.get_by_role("slider").first).to_have_attribute("aria-valuetext", "Feb 2022")


def name_of(page: Page, words: str) -> Locator:
    """The name above a small chart, by the words of its first line."""
    return chart_of(page).locator("svg text").filter(has_text=words).first


def test_a_click_in_a_small_chart_opens_the_control_chart(watched: Watched) -> None:
    page = watched.open("/explorer?view=multiples&indicator=rtt_18w")
    box = name_of(page, "Shrewsbury").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 60, box["y"] + 80)
    expect(page).to_have_url(re.compile("view=control-chart"), timeout=30_000)
    expect(page).to_have_url(re.compile("org=RXW"))
    expect(page).to_have_url(re.compile("indicator=rtt_18w"))


def test_the_pointer_shows_the_same_month_in_every_small_chart(watched: Watched) -> None:
    page = watched.open("/explorer?view=multiples")
    chart = chart_of(page)
    figures = chart.locator("svg text").filter(has_text=re.compile(r"^\d+\.\d %$"))
    expect(figures).to_have_count(0)
    box = name_of(page, "Medway").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 50, box["y"] + 80)
    page.mouse.move(box["x"] + 60, box["y"] + 82)
    # A figure and its halo in each of 28 charts, all but those without one in that month.
    expect(figures.nth(40)).to_be_attached()


def test_without_a_mouse_a_list_leads_to_the_control_chart(watched: Watched) -> None:
    page = watched.open("/explorer?view=multiples")
    page.get_by_role("combobox", name=re.compile("Open a control chart")).click()
    page.keyboard.type("Medway")
    page.get_by_role("option", name=re.compile("Medway")).first.click()
    expect(page).to_have_url(re.compile("view=control-chart"), timeout=30_000)
    expect(page).to_have_url(re.compile("org=RPA"))


def test_six_organisations_are_compared_by_a_link(watched: Watched) -> None:
    orgs = "&".join(f"orgs={code}" for code in ("RXW", "RYR", "RWP", "RF4", "RAL", "RDE"))
    page = watched.open(f"/explorer?view=compare&{orgs}&values=index")
    chart = chart_of(page)
    expect(chart.get_by_text("Royal Free London").first).to_be_visible()
    expect(page.get_by_text("On the chart 100 is each one's figure")).to_be_visible()
    expect(page.locator("table img")).to_have_count(6)
    assert watched.faults == []
