"""Somebody who knows better opens the timelines, changes a date and reads the row to send."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched


def change_an_exit(watched: Watched) -> Page:
    """Open the part, choose a spell, and write another day of exit."""
    page = watched.open("/timelines")
    page.get_by_text("Suggest a correction").click()
    page.get_by_role("combobox", name="Spell").click()
    page.keyboard.type("Shrewsbury and Telford Hospital: RSP")
    page.get_by_role("option").first.click()
    left = page.get_by_role("textbox", name="Left", exact=True)
    expect(left).to_have_value("2026-03")
    left.fill("2026-03-05")
    left.press("Enter")
    expect(page.get_by_text("This row passes every check.")).to_be_visible()
    return page


def test_a_changed_date_gives_the_row_to_send(watched: Watched) -> None:
    page = change_an_exit(watched)
    row = page.locator("[data-testid=stCode]").inner_text()
    assert row.startswith("rsp-RXW-1,RXW,")
    assert ",rsp,2021-07,month,2026-03-05,day,left_unspecified," in row
    expect(page.get_by_text("Replace row 90 of")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the row").click()
    assert download.value.suggested_filename == "rsp-RXW-1.csv"
    assert download.value.path().read_text(encoding="utf-8").strip() == row.strip()
    found = Axe().run(page).response["violations"]
    assert {rule["id"]: [node["html"][:160] for node in rule["nodes"]][:3] for rule in found} == {}
    assert watched.foreign == []


def test_the_part_fits_a_phone(watched: Watched) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = change_an_exit(watched)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 391
