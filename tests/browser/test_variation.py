"""Choosing what to compare and which sites to see makes links that restore it; charts fit the screen."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched


def choose(page: Page, control: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(control)).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_what_is_compared_lives_in_the_address(watched: Watched) -> None:
    page = watched.open("/variation")
    choose(page, "Measure", "Share known to have left")
    expect(page).to_have_url(re.compile(r"measure=left"))
    expect(page.get_by_text("16 of 38 spells in the Recovery Support Programme")).to_be_visible()
    choose(page, "By", "Type of organisation")
    expect(page).to_have_url(re.compile(r"by=org_type"))
    again = watched.open(page.url.removeprefix(watched.address))
    chart = again.locator("[data-testid=stVegaLiteChart][role=graphics-document]")
    expect(chart).to_have_attribute("aria-label", re.compile("by type of organisation"))
    assert watched.faults == []


def test_the_seed_and_a_site_asked_for_live_in_the_address(watched: Watched) -> None:
    page = watched.open("/variation?view=sampling")
    seed = page.get_by_role("spinbutton", name="Seed")
    seed.fill("5")
    seed.press("Enter")
    expect(page).to_have_url(re.compile(r"seed=5"))
    page.get_by_role("combobox", name=re.compile("Must include")).click()
    page.keyboard.type("Medway")
    page.get_by_role("option", name=re.compile("Medway")).first.click()
    expect(page).to_have_url(re.compile(r"must=RPA"))
    assert watched.faults == []


def test_quotas_are_changed_under_more_options(watched: Watched) -> None:
    page = watched.open("/variation?view=sampling")
    page.get_by_role("button", name="More options").click()
    boards = page.get_by_role("spinbutton", name="Integrated care boards, at least")
    boards.fill("7")
    boards.press("Enter")
    expect(page).to_have_url(re.compile(r"least_boards=7"))
    expect(page.get_by_text(re.compile("Not every quota can be kept"))).to_be_visible()


def test_the_settings_can_be_kept(watched: Watched) -> None:
    page = watched.open("/variation?view=sampling&n=7&must=RPA&exclude=RVV")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download the settings as JSON").click()
    settings = json.loads(waited.value.path().read_text(encoding="utf-8"))
    assert settings["design"]["size"] == 7
    assert settings["design"]["must"] == ["RPA"]
    assert settings["design"]["exclude"] == ["RVV"]
    assert "RPA" in settings["sites"]
    assert len(settings["sites"]) == 7
    assert settings["left_out_because_closed"] == ["QMM", "R1C"]


@pytest.mark.parametrize("link", ["/variation", "/variation?view=sampling"])
def test_the_chart_fits_a_laptop_screen(watched: Watched, link: str) -> None:
    page = watched.open(link)
    chart = page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas")
    chart.first.wait_for()
    box = chart.first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 800
