"""The key-indicator page on a screen made by hand: its answer, scorecard, picture and address."""

import pytest
import streamlit as st

from pages.parts.key_indicators import result
from tests.app.conftest import Open, all_rows, lead, specs, text_of
from tests.unit.indicators.screening.made_document import DOCUMENT, NOBODY, row, steps


def test_the_answer_comes_first(open_page: Open) -> None:
    page = open_page("key-indicators")
    assert [error.message for error in page.exception] == []
    assert page.title[0].value == "Which indicators show purposeful improvement?"
    assert (
        "Of 5 pairs of an indicator and a type of organisation 1 is a candidate key indicator: "
        "A&amp;E within 4 hours among acute trusts; 1 is improvement-sensitive, 1 is for context, "
        "1 is not supported and 1 cannot be assessed today."
    ) in lead(page)
    assert "4 of 5 pass on discrimination" in lead(page)
    assert "0.4 expected by chance (0 to 2)" in lead(page)


def test_the_scorecard_is_in_order_of_classes_with_marks_and_intervals(open_page: Open) -> None:
    text = text_of(open_page("key-indicators"))
    names = ["A&amp;E within 4 hours", "Sickness absence", "RTT within 18 weeks"]
    places = [text.index(f">{name}</a>") for name in names]
    assert places == sorted(places)
    assert "◐ adequate<small>0.70 (0.60 to 0.80)</small>" in text
    assert "● strong<small>+0.40 (+0.20 to +0.60)</small>" in text
    assert "entrants that can be judged: 3, at least 8 are needed" in text
    assert "TOO_FEW_EVENTS" not in text


def test_the_picture_has_only_those_with_both_sides_known(open_page: Open) -> None:
    page = open_page("key-indicators")
    drawn = {row["label"] for row in all_rows(specs(page)[0]) if "label" in row}
    assert len(drawn) == 4
    assert not any("62" in label for label in drawn)
    assert "1 of which improvement is not known" in text_of(page)


def test_what_is_lacking_is_counted(open_page: Open) -> None:
    text = text_of(open_page("key-indicators"))
    assert "1 of 5 pairs lack entrants: 8 are needed" in text
    assert "5 more" in text


def test_changed_thresholds_are_listed_with_the_classes_they_change(open_page: Open) -> None:
    page = open_page("key-indicators", stability="95", order="62")
    (note,) = page.info
    assert "in the right order: lower end above, %: 55 → 62; stability at least, %: 70 → 95" in (
        note.value
    )
    assert "candidate key indicator → not assessable" in note.value
    assert "at the usual limit of 0.55" in lead(page)
    assert page.number_input(key="link.stability").value == 95


def test_a_class_is_chosen_by_the_address_and_unknown_values_are_dropped(open_page: Open) -> None:
    page = open_page("key-indicators", **{"class": "context", "org_type": "hospice"})
    text = text_of(page)
    assert ">RTT within 18 weeks</a>" in text
    assert ">Sickness absence</a>" not in text
    assert "hospice" in " ".join(note.value for note in page.info)


def test_nothing_that_fits_is_told(open_page: Open) -> None:
    page = open_page("key-indicators", org_type="icb")
    assert "No pair of indicator and type fits" in page.info[0].value


def test_who_can_be_judged_is_told_in_the_answer_and_drawn(open_page: Open) -> None:
    page = open_page("key-indicators")
    assert "at most 3 of the 8 needed can be judged" in lead(page)
    drawn = {row["label"]: row for row in all_rows(specs(page)[1]) if "on_record" in row}
    assert drawn["Cancer treated within 62 days"]["judged"] == 3
    text = text_of(page)
    assert "How many entries can be judged, and why not more?" in [one.value for one in page.header]
    assert "Files with the figures of April 2017 to March 2018" in text
    assert "12 entrants, 1 of them since July 2021" in text


def test_a_type_without_any_stay_says_so(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = {"entry": steps(NOBODY, NOBODY), "exit": steps(NOBODY, NOBODY)}
    community = row("ae_4h_all", org_type="community", steps=nobody)
    document = DOCUMENT | {"rows": [*DOCUMENT["rows"], community]}
    monkeypatch.setattr(result, "kept_document", lambda place, progress: document)
    st.cache_resource.clear()
    text = text_of(open_page("key-indicators", org_type="community"))
    st.cache_resource.clear()
    assert "No stay of community trusts in a programme is on record." in text
