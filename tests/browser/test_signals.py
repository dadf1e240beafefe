"""From the grid of icons to a control chart: by a click, and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched

CHART = re.compile(r"/explorer\?.*view=control-chart")


def test_a_click_on_an_icon_opens_its_control_chart(watched: Watched) -> None:
    page = watched.open("/signals?group=urgent")
    icon = page.locator("[data-testid=stVegaLiteChart] svg image").nth(4)
    icon.wait_for()
    icon.click()
    expect(page).to_have_url(CHART)
    expect(page).to_have_url(re.compile(r"org=R\w\w"))
    expect(page).to_have_url(re.compile(r"indicator=ae_"))
    assert watched.faults == []


def test_two_lists_and_a_button_do_what_a_click_does(watched: Watched) -> None:
    page = watched.open("/signals")
    page.get_by_role("combobox", name=re.compile("Organisation")).click()
    page.keyboard.type("Shrewsbury")
    page.keyboard.press("Enter")
    watched.settle()
    page.get_by_role("combobox", name=re.compile("Indicator")).click()
    page.keyboard.type("RTT within 18")
    page.keyboard.press("Enter")
    watched.settle()
    page.get_by_role("button", name="Open its control chart").press("Enter")
    expect(page).to_have_url(CHART)
    expect(page).to_have_url(re.compile("org=RXW"))
    expect(page).to_have_url(re.compile("indicator=rtt_18w"))


def test_icons_on_a_laptop_have_eighteen_pixels(watched: Watched) -> None:
    page = watched.open("/signals")
    icons = page.locator("[data-testid=stVegaLiteChart] svg image")
    icons.first.wait_for()
    widths = icons.evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert min(widths) >= 18


@pytest.mark.parametrize("link", ["/signals", "/signals?group=cancer"])
def test_the_grid_moves_sideways_in_its_own_box(watched: Watched, link: str) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = watched.open(link)
    icon = page.locator("[data-testid=stVegaLiteChart] svg image").first
    icon.wait_for()
    box = icon.bounding_box()
    assert box is not None and box["width"] >= 17
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 391
