"""Timelines in a real browser: days by link, search, groups, completeness by name, and paper."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Watched


def chart_words(watched: Watched, link: str) -> str:
    page = watched.open(link)
    svg = page.locator("[data-testid=stVegaLiteChart] svg").first
    svg.wait_for()
    return svg.inner_text() if svg.evaluate("e => e.innerText") else svg.text_content() or ""


def test_a_link_zooms_to_the_days_it_names(watched: Watched) -> None:
    words = chart_words(watched, "/timelines?from=2023-05&to=2024")
    assert "2024" in words
    assert "2019" not in words


def test_one_click_goes_back_to_the_beginning_of_special_measures(watched: Watched) -> None:
    page = watched.open("/timelines")
    page.get_by_role("radio", name="2013").click()
    expect(page).to_have_url(re.compile(r"from=2013"))
    expect(page.get_by_text("99 of 99 spells on record").first).to_be_visible()


def test_a_former_name_finds_the_organisation_of_today(watched: Watched) -> None:
    page = watched.open("/timelines")
    page.get_by_role("combobox", name=re.compile("Find")).click()
    page.keyboard.type("Ipswich Hosp")
    page.get_by_role("option", name=re.compile("East Suffolk")).first.click()
    expect(page).to_have_url(re.compile(r"orgs=RDE"))


def test_groups_are_headings_in_the_chart(watched: Watched) -> None:
    assert "London: 2 organisations" in chart_words(watched, "/timelines?by=region")


def test_completeness_gives_names(watched: Watched) -> None:
    page = watched.open("/timelines?count=2023-02-13")
    expect(page.get_by_role("heading", name="How complete is the ledger?")).to_be_visible()
    expect(
        page.get_by_text(re.compile("18 trusts and 5 ICBs were in segment 4")).first
    ).to_be_visible()
    assert watched.faults == []


def test_the_print_view_fits_paper_and_has_no_controls(watched: Watched) -> None:
    page = watched.open("/timelines?print=1")
    page.locator("[data-testid=stVegaLiteChart] svg").first.wait_for()
    page.emulate_media(media="print")
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.get_by_role("button", name="Back to the page")).to_be_hidden()
    page.set_viewport_size({"width": 1060, "height": 730})
    sheet = page.locator("[data-testid=stVegaLiteChart]").first.bounding_box()
    assert sheet is not None
    assert sheet["y"] + sheet["height"] < 730
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(paper) > 100_000
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) >= 2
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1366, "height": 768})
