"""Every page renders with real figures, deep links restore views, and the designed empty states appear."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from sql.publish import read_current
from tests.app.conftest import FILES, ROOT, all_rows, charts_of, specs, text_of, titles


@pytest.mark.parametrize("name", FILES)
def test_every_page_renders_without_an_exception(open_page, name: str) -> None:
    app = open_page(name)
    assert [error.message for error in app.exception] == []
    assert app.title[0].value
    assert "Open Government Licence" in text_of(app)


def test_the_bare_address_leads_to_the_overview(open_page) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert app.title[0].value == "Who is in intensive support?"


def test_overview_says_what_is_known_and_what_is_not(open_page) -> None:
    text = text_of(open_page("overview"))
    assert "36 organisations are on record in the Recovery Support Programme" in text
    assert "14 are known to have left it" in text
    assert "does not mean that they are still inside" in text
    assert "A&amp;E from Apr 2016 to May 2026" in text


def test_overview_counts_one_type_of_organisation(open_page) -> None:
    app = open_page("overview", org_type="ambulance")
    assert len(app.exception) == 0
    assert "18 trusts" not in charts_of(app)[0].proto.spec
    assert "18 trusts" in charts_of(open_page("overview"))[0].proto.spec


def test_overview_of_a_type_without_spells_says_so(open_page) -> None:
    app = open_page("overview", org_type="specialist")
    assert "No organisation of this type" in app.info[0].value


def test_an_unknown_value_in_a_link_is_dropped_with_a_note(open_page) -> None:
    app = open_page("organisation", org="NOPE")
    assert "“NOPE”, which is not among the choices here" in app.info[0].value
    assert "org" not in app.query_params
    assert app.title[0].value


@pytest.mark.parametrize(("page", "view"), [("explorer", "everything"), ("timelines", "ribbon")])
def test_a_view_that_does_not_exist_yet_is_dropped_with_a_note(
    open_page, page: str, view: str
) -> None:
    app = open_page(page, view=view)
    assert f"“{view}”, which is not among the choices here" in app.info[0].value
    assert "view" not in app.query_params
    assert charts_of(app)


@pytest.mark.parametrize(
    ("page", "view"), [("explorer", "aligned"), ("timelines", "bars"), ("timelines", "strip")]
)
def test_the_view_there_is_may_be_named(open_page, page: str, view: str) -> None:
    assert len(open_page(page, view=view).info) == 0


def test_a_link_cannot_put_markup_on_the_page(open_page) -> None:
    app = open_page("organisation", org="[sign in](https://example.org)<b>")
    assert "“sign inhttpsexample.orgb”" in app.info[0].value


def test_organisation_shows_type_segment_spells_and_indicators(open_page) -> None:
    app = open_page("organisation", org="RXW")
    text = text_of(app)
    assert app.title[0].value == "Shrewsbury and Telford Hospital"
    assert "acute trust, Midlands, Shropshire, Telford and Wrekin ICB" in text
    assert "Recovery Support Programme, entered Jul 2021, left Mar 2026" in text
    assert titles(app)[1:] == [
        "A&E within 4 hours",
        "A&E type 1 within 4 hours",
        "12-hour waits for a bed",
    ]
    assert "RTT within 18 weeks" in titles(open_page("organisation", org="RXW", group="elective"))


def test_an_ambulance_trust_has_response_times_and_no_a_and_e(open_page) -> None:
    app = open_page("organisation", org="RYC")
    assert "Category 2 mean response" in str(titles(app))
    assert "A&E within 4 hours" not in titles(app)


def test_a_board_is_an_organisation_too(open_page) -> None:
    app = open_page("organisation", org="QOC")
    assert "ICB" in app.title[0].value
    assert "A&E within 4 hours" in titles(app)


def drawn_values(app: AppTest, title: str) -> list[float]:
    """The organisation's own values on the chart of that title, in order of time."""
    by_title = dict(zip(titles(app), specs(app), strict=True))
    rows = [row for row in all_rows(by_title[title]) if "organisation" in row and "shown" in row]
    return [row["value"] for row in rows if row["value"] is not None]


def test_a_merged_trusts_history_is_as_published_added_up_or_cut(open_page) -> None:
    """Royal Free (RAL) took over North Middlesex (RAP) on 1 January 2025."""
    link = {"org": "RAL", "group": "elective"}
    waiting = "RTT waiting list"
    as_was = drawn_values(open_page("organisation", **link), waiting)
    current = drawn_values(open_page("organisation", lineage="current", **link), waiting)
    cut = drawn_values(open_page("organisation", lineage="break", **link), waiting)
    assert current[0] > as_was[0]
    assert current[-1] == as_was[-1] == cut[-1]
    assert len(cut) < 20 < len(as_was)
    assert "Took over North Middlesex University Hospital (Jan 2025)" in text_of(
        open_page("organisation", **link)
    )


def test_what_cannot_be_added_is_shown_beside(open_page) -> None:
    """Manchester (R0A) took over a part of Pennine (RW6): nobody's figures are its history."""
    app = open_page("organisation", org="R0A", lineage="current")
    assert len(app.exception) == 0
    assert titles(app)[1:]


def test_an_indicator_with_one_period_is_named_and_not_drawn(open_page) -> None:
    app = open_page("organisation", org="RXW", group="people")
    assert "Staff engagement" not in titles(app)
    assert "Fewer than two periods are known of Staff engagement, Staff morale" in text_of(app)
    assert "Staff engagement</a>" in text_of(app)


def test_an_organisation_without_mergers_has_no_choice_of_history(open_page) -> None:
    labels = [control.label for control in open_page("organisation", org="RXW").segmented_control]
    assert labels == ["Group"]


def test_a_merged_trust_names_its_successor(open_page) -> None:
    text = text_of(open_page("organisation", org="RXH"))
    assert "became part of University Hospitals Sussex" in text


def test_an_organisation_without_figures_says_so(open_page) -> None:
    app = open_page("organisation", org="RR1")
    assert app.title[0].value


def test_choosing_an_organisation_changes_the_address(open_page) -> None:
    app = open_page("organisation", org="RXW")
    app.selectbox[0].set_value("RF4").run()
    assert app.query_params["org"] in ("RF4", ["RF4"])
    assert app.title[0].value.startswith("Barking")


def test_explorer_aligns_at_entry_and_exit_and_warns(open_page) -> None:
    app = open_page("explorer", indicator="rtt_18w")
    chart = charts_of(app)[0]
    assert "aligned at entry" in chart.proto.alt
    assert "regression to the mean" in chart.proto.spec
    assert [error.message for error in app.exception] == []


def test_explorer_without_spells_explains(open_page) -> None:
    app = open_page("explorer", indicator="amb_c2_mean", org_type="community")
    assert "No spell with a known month" in text_of(app)
    assert charts_of(app) == []


def test_data_page_shows_reconciliation_and_reasons(open_page) -> None:
    app = open_page("data", source="ae_monthly")
    assert "England figures printed in its files equal the sum" in text_of(app)
    missing = app.table[1].value
    assert missing["Reason"].str.contains("field test").any()


OTHERS_SAY = """
insert into marts.fct_crosscheck
select
    indicator_id, org_code, period_start, period_end, value, value - step, step, step <= 0.2,
    source_id, snapshot_id, 'acute_provider_table', snapshot_id
from marts.fct_indicator
inner join (values ('RXW', 0.1), ('RRK', 1.5)) as steps (org_code, step) using (org_code)
where indicator_id = 'ae_4h_all' and period_start = '2025-03-01'
"""


@pytest.fixture
def with_crosscheck(warehouse: Path, tmp_path: Path) -> Path:
    """A copy of the published folder in which another publication prints two of our values."""
    current = read_current(warehouse)
    assert current is not None
    for name in ("current.json", current.file):
        shutil.copy(warehouse / name, tmp_path / name)
    # Pages keep an open database by its name: a copy needs one of its own.
    copy = f"crosschecked-{current.file}"
    (tmp_path / current.file).rename(tmp_path / copy)
    said = json.loads((tmp_path / "current.json").read_text()) | {"file": copy}
    (tmp_path / "current.json").write_text(json.dumps(said))
    with duckdb.connect(str(tmp_path / copy)) as connection:
        connection.execute(OTHERS_SAY)
    return tmp_path


def test_data_page_says_what_another_publication_prints(
    with_crosscheck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(with_crosscheck))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.switch_page(FILES["data"])
    app.query_params["source"] = "ae_monthly"
    app.run()
    assert [error.message for error in app.exception] == []
    assert (
        "1 of 2 values equal, within 0.2 points, what another publication prints for the same "
        "organisation and period (NHS England, Acute Provider Table)."
    ) in text_of(app)
    assert any(CROSSCHECKS in box.label for box in app.expander)


CROSSCHECKS = "Every value beside what another publication prints, differences first"


def test_data_page_says_nothing_of_other_publications_where_none_is_at_hand(open_page) -> None:
    app = open_page("data", source="ae_monthly")
    assert "another publication prints" not in text_of(app)
    assert CROSSCHECKS not in [box.label for box in app.expander]


def test_nothing_published_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert app.title[0].value == "Nothing has been published yet"
    assert "make run" in app.markdown[0].value
