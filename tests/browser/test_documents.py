"""Documents in a real browser: found by a link, chosen by hand, opened only by a click."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Watched

TABLE = re.compile(r"^Table of \d+ documents?, with links$")
ARTICLE = (
    "https://www.shropshirestar.com/news/health/2026/03/05/"
    "shrewsbury-and-telford-hospitals-out-of-special-measures-after-eight-years/"
)


def test_a_link_with_a_search_shows_what_it_finds(watched: Watched) -> None:
    page = watched.open("/documents?q=shropshire+star+2026")
    expect(page.get_by_role("textbox", name="Search")).to_have_value("shropshire star 2026")
    expect(page.get_by_text("Chosen: 1 document, of which 0 undated.")).to_be_visible()
    expect(page.get_by_text("Table of 1 document, with links")).to_be_visible()
    assert watched.faults == []


def test_a_search_typed_in_goes_into_the_address(watched: Watched) -> None:
    page = watched.open("/documents")
    expect(page.get_by_text(TABLE)).to_be_visible()
    box = page.get_by_role("textbox", name="Search")
    box.fill("hansard")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]q=hansard"))
    expect(page.get_by_text(re.compile("^Chosen: 1 document"))).to_be_visible()
    page.reload()
    expect(page.get_by_text(re.compile("^Chosen: 1 document"))).to_be_visible()


def test_a_link_of_the_table_opens_a_page_of_its_own_and_only_on_a_click(watched: Watched) -> None:
    """The table is drawn on a canvas: a click goes to a place, and we listen to what the browser is asked."""
    page = watched.open("/documents?q=shropshire+star+2026")
    grid = page.get_by_test_id("stDataFrame")
    grid.scroll_into_view_if_needed()
    expect(grid.locator("td").filter(has_text=ARTICLE)).to_have_count(1)
    page.evaluate(
        "() => { window.asked = []; window.open = (...how) => { window.asked.push(how.map(String)); } }"
    )
    box = grid.bounding_box()
    assert box is not None
    for x in range(20, int(box["width"]) - 20, 20):
        page.mouse.click(box["x"] + x, box["y"] + 52)
    asked = page.evaluate("window.asked")
    assert {tuple(how) for how in asked} == {(ARTICLE, "_blank", "noopener,noreferrer")}
    assert watched.foreign == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_fault_with_the_table_open(watched: Watched, scheme: str) -> None:
    watched.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = watched.open("/documents")
    expect(page.get_by_text(TABLE)).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert {rule["id"]: [node["html"][:160] for node in rule["nodes"]][:3] for rule in found} == {}


def test_the_chart_stands_within_the_first_screen(watched: Watched) -> None:
    watched.page.set_viewport_size({"width": 1366, "height": 768})
    page = watched.open("/documents")
    chart = page.locator("[data-testid=stVegaLiteChart] svg").first
    chart.wait_for()
    page.wait_for_timeout(500)
    box = chart.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 790


def test_on_a_phone_nothing_runs_out_of_the_page(watched: Watched) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = watched.open("/documents")
    page.wait_for_timeout(1_000)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 391
