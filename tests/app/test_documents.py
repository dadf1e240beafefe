"""Documents: the register of public documents, searched, filtered and linked."""

from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.documents import one_row_each, safe_link, search
from tests.app.conftest import Open, charts_of, specs, text_of, titles


def table(app: AppTest) -> pd.DataFrame:
    (frame,) = app.dataframe
    return frame.value


def test_the_page_answers_in_its_first_sentence_and_lists_everything(open_page: Open) -> None:
    app = open_page("documents")
    assert not app.exception
    assert [title.value for title in app.title] == [
        "Which public documents tell of intensive support?"
    ]
    rows = table(app)
    undated = (rows["dated_label"] == "undated").sum()
    lead = text_of(app)
    assert f"{len(rows)} public documents of {rows['publisher'].nunique()} publishers" in lead
    assert (
        f"No source dates {undated} of them; the latest of the others is of 5 March 2026." in lead
    )
    assert "None of the kind “Undertaking” is on record." in lead
    assert titles(app) == ["Dated documents, by kind"]


def test_dated_documents_come_first_newest_first_and_undated_ones_last(open_page: Open) -> None:
    dates = table(open_page("documents"))["dated_label"].tolist()
    assert dates[:2] == ["5 March 2026", "25 September 2025"]
    first_undated = dates.index("undated")
    assert set(dates[first_undated:]) == {"undated"}


def test_a_search_in_the_link_finds_rows_with_all_its_words(open_page: Open) -> None:
    app = open_page("documents", q="SHROPSHIRE star 2026")
    assert app.text_input[0].value == "SHROPSHIRE star 2026"
    rows = table(app)
    assert rows["publisher"].tolist() == ["Shropshire Star"]
    assert (
        rows["link"]
        .tolist()[0]
        .startswith("https://www.shropshirestar.com/news/health/2026/03/05/")
    )
    assert "Chosen: 1 document, of which 0 undated." in text_of(app)


def test_a_search_is_kept_in_the_address_and_leaves_it_when_emptied(open_page: Open) -> None:
    app = open_page("documents")
    app.text_input[0].set_value("hansard").run()
    assert app.query_params["q"] == "hansard"
    app.text_input[0].set_value("").run()
    assert "q" not in app.query_params


@pytest.mark.parametrize("asked", ["no such words", "<script>alert(1)</script>"])
def test_a_search_without_a_result_says_so(open_page: Open, asked: str) -> None:
    app = open_page("documents", q=asked)
    assert not app.exception
    assert [note.value for note in app.info] == [
        "No document on record fits these choices. Remove one of them to see more."
    ]
    assert asked not in text_of(app)


def test_one_organisation_has_its_spells_behind_the_marks_and_the_kinds_it_lacks(
    open_page: Open,
) -> None:
    app = open_page("documents", orgs="RXW")
    assert set(table(app)["organisations"]) == {"Shrewsbury and Telford Hospital"}
    assert "For Shrewsbury and Telford Hospital none on record is of the kind" in text_of(app)
    assert "“Board paper”" in text_of(app)
    drawn = str(specs(app)[0])
    assert "'QSM'" in drawn
    assert "'RSP'" in drawn
    two = str(specs(open_page("documents", orgs=["RXW", "RYD"]))[0])
    assert "'QSM'" not in two


def test_a_search_does_not_make_a_kind_missing_that_the_organisation_has(open_page: Open) -> None:
    told = text_of(open_page("documents", orgs="RXW", kind="news", q="shropshire"))
    missing = told.partition("none on record is of the kind ")[2].partition(".")[0]
    assert "Board paper" in missing
    assert "NHS England" not in missing
    assert "Data" not in missing


def test_kind_and_years_choose_and_undated_ones_stay_listed(open_page: Open) -> None:
    everything = table(open_page("documents", kind="cqc_report"))
    assert set(everything["kind_label"]) == {"CQC report or release"}
    of_2017 = table(open_page("documents", **{"kind": "cqc_report", "from": "2017", "to": "2017"}))
    dated = of_2017[of_2017["dated_label"] != "undated"]
    assert len(dated) == 4
    assert dated["dated_label"].str.endswith("2017").all()
    assert (of_2017["dated_label"] == "undated").sum() == (
        everything["dated_label"] == "undated"
    ).sum()


def test_a_document_dated_to_a_year_is_of_every_month_of_it(open_page: Open) -> None:
    rows = table(open_page("documents", **{"kind": "evaluation", "from": "2023", "to": "2023"}))
    assert "2023" in rows["dated_label"].tolist()


def test_where_nothing_is_dated_there_is_no_chart_and_a_sentence_says_why(open_page: Open) -> None:
    app = open_page("documents", kind="data")
    assert charts_of(app) == []
    assert "None of these documents is dated" in app.info[0].value
    assert len(table(app)) > 0


def test_unknown_choices_in_a_link_are_dropped_with_a_note(open_page: Open) -> None:
    app = open_page("documents", **{"orgs": "XXX", "kind": "gossip", "from": "1066"})
    assert not app.exception
    assert len(app.info) == 3
    assert app.query_params.keys() == set()


def test_region_and_type_are_among_the_further_options(open_page: Open) -> None:
    rows = table(open_page("documents", org_type="ambulance", region="London"))
    assert set(rows["organisations"]) == {"London Ambulance Service"}


def test_only_addresses_of_the_web_are_links(open_page: Open) -> None:
    rows = table(open_page("documents"))
    links = rows["link"].dropna()
    assert links.str.match(r"https?://[^\s/]+").all()
    assert rows.loc[rows["link"].isna(), "name"].str.contains("protocol, 13 February 2023").any()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,<script>1</script>",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "//example.org/a",
        "/documents",
        "https:///a",
        "https://[bad",
        "http://a.example/\nSet-Cookie: x",
        "",
        None,
    ],
)
def test_what_is_no_page_of_the_web_is_no_link(address: str | None) -> None:
    assert safe_link(address) is None


@pytest.mark.parametrize(
    "address", ["https://a.example/b?c=d", "http://a.example", "HTTPS://A.example/"]
)
def test_pages_of_the_web_are_links_as_they_stand(address: str) -> None:
    assert safe_link(address) == address


def made(*rows: tuple[str, str | None, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["document_id", "org_name", "supports"])
    empty: dict[str, Any] = dict.fromkeys(
        ["name", "publisher", "kind_label", "org_full_name", "url"], "x"
    )
    return frame.assign(**empty)


def test_a_document_of_several_organisations_is_one_row_that_tells_whose_fact_is_whose() -> None:
    rows = made(
        ("1", "Trust A", "segment 4"), ("1", None, "a count"), ("2", "Trust B", "segment 3")
    )
    each = one_row_each(rows)[["document_id", "organisations", "supports"]]
    assert each.to_numpy().tolist() == [
        ["1", "Trust A; national", "Trust A: segment 4; national: a count"],
        ["2", "Trust B", "segment 3"],
    ]


def test_words_of_a_search_may_stand_anywhere_in_any_case_and_are_no_patterns() -> None:
    rows = made(("1", "Trust A", "segment 4 (NOF)"), ("2", None, "segment 3"))
    found = {
        text: search(rows, text)["document_id"].tolist() for text in ("TRUST 4", "(nof", ".*", " ")
    }
    assert found == {"TRUST 4": ["1"], "(nof": ["1"], ".*": [], " ": ["1", "2"]}


def test_the_organisation_page_folds_its_documents_at_the_bottom(open_page: Open) -> None:
    app = open_page("organisation", org="RXW")
    labels = [box.label for box in app.expander]
    (mine,) = [label for label in labels if label.startswith("Documents: ")]
    rows = table(open_page("documents", orgs="RXW"))
    undated = (rows["dated_label"] == "undated").sum()
    assert mine == f"Documents: {len(rows)} on record, {undated} of them undated"
    assert labels[-1] == mine
