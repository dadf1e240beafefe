"""The Timelines page: what its bars show, how a link narrows them, and what it says where nothing fits."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import all_rows, charts_of, specs, text_of, titles


def test_timelines_draws_every_spell_and_names_its_sources(open_page) -> None:
    app = open_page("timelines", **{"from": "2013"})
    spec = json.loads(charts_of(app)[0].proto.spec)
    assert "99 spells" in charts_of(app)[0].proto.alt
    assert spec["title"]["text"]
    assert any(
        "The 99 spells of these organisations as a table" in box.label for box in app.expander
    )


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (
            {"org_type": "ambulance", "from": "2013"},
            "6 spells of intensive support at 4 organisations",
        ),
        # London's ambulance service left special measures in 2018, before the days the page opens with.
        ({"org_type": "ambulance"}, "5 spells of intensive support at 3 organisations"),
        ({"programme": "pip"}, "3 spells"),
        (
            {"region": "London", "programme": "rsp"},
            "spells of intensive support at 2 organisations",
        ),
    ],
)
def test_timelines_filters_by_link(open_page, link: dict[str, str], words: str) -> None:
    assert words in charts_of(open_page("timelines", **link))[0].proto.alt


def test_the_page_opens_with_all_who_may_have_been_inside_since_the_rsp_began(open_page) -> None:
    """36 of the RSP and 3 of its successors alone; of these organisations all spells are in the table."""
    app = open_page("timelines")
    assert "67 spells of intensive support at 39 organisations" in charts_of(app)[0].proto.alt
    assert "67 of 99 spells on record, 39 organisations" in text_of(app)
    assert "Shown:" not in text_of(app)


def bars(app: AppTest) -> list[str]:
    """The titles of the timelines on the page, without the chart of its completeness."""
    return [title for title in titles(app) if "Solid: dates known." in title]


def headings(app: AppTest) -> list[str]:
    texts = [row["words"] for row in all_rows(specs(app)[0]) if "words" in row and "row" in row]
    return [words for words in dict.fromkeys(texts) if "organisation" in words]


def test_groups_are_pathways_or_what_the_link_says(open_page) -> None:
    assert headings(open_page("timelines")) == [
        "Entered, no exit established: 26 organisations",
        "Transferred from special measures, no exit established: 1 organisation",
        "Left: 12 organisations",
    ]
    assert "London: 2 organisations" in headings(open_page("timelines", by="region"))
    assert headings(open_page("timelines", by="none")) == []


def test_the_search_finds_former_names_codes_and_boards(open_page) -> None:
    find = next(box for box in open_page("timelines").multiselect if box.label == "Find")
    assert any("Ipswich Hospital" in words and "RDE" in words for words in find.options)
    assert any("University Hospitals Sussex" in words and "RXH" in words for words in find.options)
    assert any("RXW" in words and "Shropshire, Telford" in words for words in find.options)


def test_a_link_finds_organisations_and_the_sentence_answers_for_them(open_page) -> None:
    app = open_page("timelines", orgs=["RXW", "RYD"], **{"from": "2013"})
    assert "4 spells of intensive support at 2 organisations" in charts_of(app)[0].proto.alt
    assert "Shown: 2 organisations" in text_of(app)
    assert "The latest spell of 2 is known to have ended; for 0" in text_of(app)


def test_an_end_before_the_beginning_is_left_out_with_a_note(open_page) -> None:
    app = open_page("timelines", **{"from": "2023", "to": "2020"})
    assert "an end before the beginning" in app.info[0].value
    assert bars(app)


def test_a_moment_that_is_none_is_dropped_with_a_note(open_page) -> None:
    app = open_page("timelines", **{"from": "soon"})
    assert "“soon”, which is not among the choices here" in app.info[0].value
    assert "from" not in app.query_params


def kinds(app: AppTest) -> set[str]:
    found = {row["kind"] for row in all_rows(specs(app)[0]) if "kind" in row}
    return found - {"change"}


def test_marks_are_on_unless_the_link_leaves_them_out(open_page) -> None:
    assert "cqc" in kinds(open_page("timelines"))
    assert kinds(open_page("timelines", marks="none")) == set()
    assert kinds(open_page("timelines", marks="leadership")) == set()


def test_every_mark_is_in_a_table_and_its_kind_explained(open_page) -> None:
    app = open_page("timelines", orgs=["RXW"], marks="cqc")
    assert any(box.label.startswith("The one mark") for box in app.expander)
    assert "I inadequate" in text_of(app)


def test_the_page_says_that_no_changes_of_leadership_are_on_record(open_page) -> None:
    assert "holds no changes of leadership" in text_of(open_page("timelines"))


def test_timelines_without_a_match_says_so(open_page) -> None:
    app = open_page("timelines", region="London", programme="irp")
    assert bars(app) == []
    assert "No spell on record fits" in app.info[0].value


def test_completeness_says_who_is_placed_not_ruled_out_and_missing(open_page) -> None:
    """5 December 2024: nine placed (six trusts, three ICBs), fourteen trusts not ruled out."""
    app = open_page("timelines")
    assert (
        "20 providers and 3 ICBs were in segment 4 on 5 December 2024. The ledger can place 9 of these 23 by "
        "name; 14 more organisations cannot be ruled out."
    ) in text_of(app)
    named = app.dataframe[-1].value
    assert (named["class"] == "Placed").sum() == 9
    assert named["class"].str.startswith("Not ruled out").sum() == 14
    assert named["source_urls"].map(len).min() > 0


def test_dates_on_which_sources_disagree_are_told_with_the_choice(open_page) -> None:
    app = open_page("timelines")
    label = "The 17 dates on which sources disagree, both sides with the choice and its reason"
    assert label in [box.label for box in app.expander]
    app.session_state["table.date-disagreements"] = True
    told = app.run().dataframe[-1].value
    east_kent = told[(told["org_code"] == "RVV") & (told["what"] == "entry")]
    assert east_kent["date"].tolist() == ["Aug 2014", "Sep 2014"]
    assert east_kent["use"].tolist() == ["used", "kept beside it"]
    assert "nearest to the decision" in east_kent["reason"].iloc[0]


def test_completeness_of_another_count_by_link(open_page) -> None:
    text = text_of(open_page("timelines", count="2023-02-13"))
    assert "18 trusts and 5 ICBs were in segment 4 on 13 February 2023" in text


def test_the_ledger_as_known_on_a_day_lacks_later_exits_and_says_so(open_page) -> None:
    """Shrewsbury and Telford left in March 2026: in 2023 nobody could know."""
    app = open_page("timelines", orgs=["RXW"], known_on="2023-06-30")
    assert "The ledger as it could have been known on 30 June 2023 leaves out" in text_of(app)
    assert "The latest spell of 0 is known to have ended; for 1 no source" in text_of(app)


def test_the_lead_gives_the_figures_of_that_day_not_of_today(open_page) -> None:
    lead = text_of(open_page("timelines", known_on="2023-06-30"))
    assert "36 organisations are on record" not in lead
    assert (
        "On 30 June 2023 it could have been known that 31 organisations had been in the Recovery"
        in lead
    )
    assert "and that 5 of them had left. For 26 no source then gave an exit" in lead
    before = text_of(open_page("timelines", known_on="2015-06-30"))
    assert "had been in special measures" in before
    assert "Recovery Support Programme and that" not in before


def test_a_day_that_is_none_is_dropped_with_a_note(open_page) -> None:
    app = open_page("timelines", known_on="2023-02-30")
    assert "which is not among the choices here" in app.info[0].value
    assert "known_on" not in app.query_params


def test_on_paper_are_all_rows_the_key_and_a_line_on_completeness(open_page) -> None:
    app = open_page("timelines", print="1")
    assert len(bars(app)) == 2
    assert len(app.table[0].value) == 67
    assert "Printed " in text_of(app)
    assert "Marks: " in text_of(app)
    assert "How complete the ledger is: 20 providers and 3 ICBs were in segment 4" in text_of(app)


def test_an_organisation_taken_over_stands_beside_what_it_became(open_page) -> None:
    app = open_page("timelines", orgs=["RYR"], **{"from": "2013"})
    rows = {
        row["org_code"]: row["row"]
        for row in all_rows(specs(app)[0])
        if {"row", "org_code"} <= row.keys()
    }
    assert rows["RXH"] + 1 == rows["RYR"]
    assert "became part of University Hospitals Sussex, Apr 2021" in str(specs(app)[0])


def test_the_organisation_page_tells_of_spells_at_those_taken_over(open_page) -> None:
    app = open_page("organisation", org="RYR")
    assert "Before that, marked * below: Brighton and Sussex University Hospitals" in text_of(app)
    assert "QSM*" in str(specs(app)[0])
