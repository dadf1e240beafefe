"""The main chart of every view of the Explorer, seen on a small laptop without scrolling past it.

Ranks and All in programme are long by nature, as the grid of Signals is: they begin within the first screen.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched

CONTROL = "/explorer?view=control-chart"
WHOLE = [
    "/explorer?indicator=rtt_18w",
    "/explorer?indicator=rtt_18w&scale=difference&orgs=RXW",
    "/explorer?indicator=rtt_18w&scale=percent",
    "/explorer?view=trajectory&org=RXW",
    "/explorer?view=trajectory&org=RYC&indicator=amb_c2_mean",
    "/explorer?view=trajectory&org=RXW&indicator=beds_occ_kh03",
    f"{CONTROL}&org=RXW&indicator=ae_4h_all",
    f"{CONTROL}&org=RXL&indicator=ae_4h_all&limits=frozen",
    f"{CONTROL}&org=RAL&indicator=rtt_wl",
    "/explorer?view=compare&orgs=RXW&orgs=RAL",
    "/explorer?view=compare&indicator=rtt_wl&values=index&orgs=RXW&orgs=RYR&orgs=RWP&orgs=RF4&orgs=RAL&orgs=RDE",
    "/explorer?view=distribution&orgs=RXW",
    "/explorer?view=distribution&display=segments",
    "/explorer?view=distribution&display=funnel&month=2023-05",
    "/explorer?view=distribution&display=map",
]
LONG = [
    "/explorer?view=multiples",
    "/explorer?view=distribution&display=ranking&indicator=cancer_62d",
    "/signals",
]


@pytest.mark.parametrize("link", WHOLE)
def test_the_chart_ends_within_the_first_screen(watched: Watched, link: str) -> None:
    watched.page.set_viewport_size({"width": 1366, "height": 768})
    chart = watched.open(link).locator("[data-testid=stVegaLiteChart] svg").first
    chart.wait_for()
    watched.page.wait_for_timeout(500)
    box = chart.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 768
    assert box["height"] >= 340


@pytest.mark.parametrize("link", LONG)
def test_a_long_chart_begins_in_the_upper_half(watched: Watched, link: str) -> None:
    watched.page.set_viewport_size({"width": 1366, "height": 768})
    chart = watched.open(link).locator("[data-testid=stVegaLiteChart] svg").first
    chart.wait_for()
    box = chart.bounding_box()
    assert box is not None
    assert box["y"] <= 384


def test_a_period_is_told_in_months_with_names(watched: Watched) -> None:
    page = watched.open("/explorer?view=trajectory&org=RXW&from=2021-07")
    expect(page.get_by_role("slider").first).to_have_attribute("aria-valuetext", "Jul 2021")
