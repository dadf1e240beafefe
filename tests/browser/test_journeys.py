"""What people do, in a real browser: open every page, follow links, choose, share, read on a phone."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Playwright, expect

import serve
from tests.browser.conftest import FLAGS, Watched, free_port

LINKS = {
    "/overview": "Who is in intensive support?",
    "/timelines": "Who has been in intensive support, and when?",
    "/timelines?known_on=2023-06-30&by=region&marks=document&marks=cqc": "Who has been in intensive support, "
    "and when?",
    "/timelines?view=strip": "Who has been in intensive support, and when?",
    "/documents?orgs=RXW": "Which public documents tell of intensive support?",
    "/durability?view=relapse": "How long does intensive support last, and does it hold?",
    "/durability?view=transitions": "How long does intensive support last, and does it hold?",
    "/organisation?org=RXW": "Shrewsbury and Telford Hospital",
    "/signals": "Which indicators signal a change, and where?",
    "/signals?view=radar": "What is new in the latest figures?",
    "/explorer?indicator=rtt_18w": "What happened around entry and exit?",
    "/library": "Which indicators are there, and what can they carry?",
    "/library?indicator=rtt_18w": "RTT within 18 weeks",
    "/explorer?view=distribution&orgs=RXW": "How far apart are organisations?",
    "/explorer?view=distribution&display=segments": "Do the segments differ?",
    "/explorer?view=distribution&display=funnel&month=2023-05": "Who differs by more than "
    "chance and size explain?",
    "/explorer?view=distribution&display=ranking&indicator=cancer_62d": "How sure is any rank?",
    "/explorer?view=distribution&display=map": "Where is it high, where low?",
    "/explorer?view=control-chart&org=RXW&indicator=ae_4h_all": "Has it changed by more than chance?",
    "/explorer?indicator=rtt_18w&scale=percent": "What happened around entry and exit?",
    "/explorer?view=trajectory&org=RXW": "Shrewsbury and Telford Hospital: how has A&E within 4 hours moved?",
    "/explorer?view=compare&orgs=RXW&orgs=RWP": "How do these organisations compare?",
    "/explorer?view=multiples": "What became of this indicator at each organisation in the programme?",
    "/variation?measure=left": "How does intensive support vary?",
    "/variation?view=sampling": "Which sites would show the range?",
    "/its?org=RXN&indicator=ae_4h_all": "Lancashire Teaching Hospitals: "
    "did A&E within 4 hours change after entry?",
    "/its?view=controlled&org=RXN&indicator=ae_4h_all": "Lancashire Teaching Hospitals: "
    "did A&E within 4 hours change more than elsewhere?",
    "/its?view=synthetic&org=RXW&indicator=ae_4h_all": "Shrewsbury and Telford Hospital: "
    "A&E within 4 hours, had it not entered?",
    "/its?view=all&indicator=ae_4h_all": "A&E within 4 hours: "
    "what changed after organisations entered a programme?",
    "/key-indicators": "Which indicators show purposeful improvement?",
    "/key-indicators?indicator=beds_occ_kh03&org_type=acute&picture=entry": "G&A bed occupancy (quarterly) "
    "among acute trusts: does it show purposeful improvement?",
    "/pooled": "What did organisations do after entering, beside others?",
    "/pooled?view=exit": "What did organisations do after leaving, beside those still inside?",
    "/pooled?view=readiness&org=RXN": "At which levels did others leave, "
    "and where is Lancashire Teaching Hospitals now?",
    "/data?source=rtt": "What do the figures rest on?",
}


def accessibility_faults(page: Page) -> dict[str, list[str]]:
    """What axe finds on a page: rule, and the first three places."""
    found = Axe().run(page).response["violations"]
    return {rule["id"]: [node["html"][:160] for node in rule["nodes"]][:3] for rule in found}


@pytest.mark.parametrize(("link", "title"), LINKS.items(), ids=LINKS)
def test_every_page_opens_whole_can_be_read_by_all_and_fits_a_phone(
    watched: Watched, link: str, title: str
) -> None:
    page = watched.open(link)
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    if not link.startswith("/data") and link != "/library":
        page.locator("[data-testid=stVegaLiteChart] svg").first.wait_for()
    assert accessibility_faults(page) == {}
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(1_000)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 391
    assert watched.faults == []
    assert watched.foreign == []


@pytest.mark.parametrize("link", LINKS)
def test_every_page_can_be_read_by_all_in_the_dark_theme(watched: Watched, link: str) -> None:
    watched.page.emulate_media(color_scheme="dark")
    assert accessibility_faults(watched.open(link)) == {}


def test_the_bare_address_opens_the_overview(watched: Watched) -> None:
    page = watched.open("/")
    expect(page).to_have_url(re.compile(r"/overview$"))


def test_a_cold_deep_link_runs_the_whole_app(
    browser: BrowserContext, warehouse: Path, address: str
) -> None:
    """On a server nobody has visited, Streamlit could serve a page file without app.py."""
    port = free_port()
    process = serve.start(port)
    try:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/timelines")
        page.locator(".ot-footer").wait_for(timeout=60_000)
        expect(page.get_by_role("link", name="Overview")).to_be_visible()
        assert page.get_by_text("timelines.py").count() == 0
        page.close()
    finally:
        process.terminate()
        process.wait()


def test_the_menu_leads_from_page_to_page_by_keyboard(watched: Watched) -> None:
    page = watched.open("/overview")
    page.get_by_role("button", name="Programme", exact=True).press("Enter")
    page.get_by_role("menuitem", name="Durability").press("Enter")
    expect(page).to_have_url(re.compile(r"/durability"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("How long does intensive support")


def test_choosing_an_organisation_makes_a_link_that_restores_it(watched: Watched) -> None:
    page = watched.open("/organisation")
    page.get_by_role("combobox", name=re.compile("Organisation")).click()
    page.keyboard.type("Barking")
    page.get_by_role("option", name=re.compile("Barking")).first.click()
    expect(page).to_have_url(re.compile(r"org=RF4"))
    shared = page.url.removeprefix(watched.address)
    again = watched.open(shared)
    expect(again.get_by_role("heading", level=1)).to_contain_text("Barking")


def test_the_timeline_leads_to_the_organisation(watched: Watched) -> None:
    page = watched.open("/timelines")
    page.get_by_role("combobox", name=re.compile("Open an organisation")).click()
    page.keyboard.type("Medway")
    page.get_by_role("option", name=re.compile("Medway")).first.click()
    expect(page).to_have_url(re.compile(r"/organisation\?org=RPA"))
    expect(page.get_by_role("heading", name="Medway", level=1)).to_be_visible()


def test_a_click_on_a_bar_opens_its_organisation(watched: Watched) -> None:
    page = watched.open("/timelines?programme=irp")
    chart = page.locator("[data-testid=stVegaLiteChart]").first
    chart.locator("canvas, svg").first.wait_for()
    box = chart.bounding_box()
    assert box is not None
    for share in (0.93, 0.95, 0.91, 0.89):
        page.mouse.click(box["x"] + share * box["width"], box["y"] + 0.62 * box["height"])
        page.wait_for_timeout(700)
        if "/organisation" in page.url:
            break
    expect(page).to_have_url(re.compile(r"/organisation\?org=R"))


def test_filters_live_in_the_address(watched: Watched) -> None:
    page = watched.open("/timelines?region=London&programme=rsp")
    expect(page.get_by_text("3 of 99 spells on record").first).to_be_visible()


def test_a_chart_has_words_for_those_who_cannot_see_it(watched: Watched) -> None:
    page = watched.open("/explorer")
    chart = page.locator("[data-testid=stVegaLiteChart][role=graphics-document]")
    expect(chart).to_have_attribute("aria-label", re.compile("aligned at entry"))


def test_on_a_phone_the_panels_stand_below_each_other(
    playwright: Playwright, chromium_path: str, address: str, tmp_path: Path
) -> None:
    phone = dict(playwright.devices["Pixel 7"])
    del phone["default_browser_type"]
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=chromium_path, args=FLAGS, **phone
    )
    page = context.new_page()
    page.goto(f"{address}/explorer")
    chart = page.locator("[data-testid=stVegaLiteChart] svg").first
    chart.wait_for(timeout=60_000)
    size = chart.bounding_box()
    context.close()
    assert size is not None
    assert size["height"] > 1.5 * size["width"]
