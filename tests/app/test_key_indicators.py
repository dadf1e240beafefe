"""The key-indicator page on a screen made by hand: its answer, scorecard, picture, card and address."""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from indicators.runs.record import load_run
from pages.parts.key_indicators import result
from tests.app.conftest import Open, all_rows, lead, specs, text_of
from tests.unit.indicators.screening.made_document import DOCUMENT
from tests.unit.indicators.screening.made_record import RECORD


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The real screen takes a minute: five pairs stand in, and nothing of them is kept."""
    st.cache_resource.clear()
    monkeypatch.setattr(result, "kept_document", lambda place, progress: DOCUMENT)
    monkeypatch.setattr(result, "kept_record", lambda place: RECORD)
    yield
    st.cache_resource.clear()


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


def test_the_card_tells_what_decided(open_page: Open) -> None:
    page = open_page("key-indicators", indicator="cancer_62d", org_type="acute")
    assert [error.message for error in page.exception] == []
    assert "among acute trusts: does it show purposeful improvement?" in page.title[0].value
    assert "the data cannot tell" in lead(page)
    facts = page.table[1].value.set_index("Fact")
    assert facts.loc["Improvement beyond rebound (SD)", "Met"] == "unknown"
    assert "3, at least 8" in facts.loc["Improvement beyond rebound (SD)", "Why"]
    assert facts.loc["Reliability", "Found (95 % interval)"] == "0.850 (0.800 to 0.900)"
    assert facts.loc["Reliability", "Met"] == "met"
    assert len(page.table[0].value) == 8
    assert "5 more entrants with figures before and after" in text_of(page)
    assert "left out in turn" not in text_of(page)
    assert "pooled?indicator=cancer_62d" in text_of(page)


def test_a_class_is_chosen_by_the_address_and_unknown_values_are_dropped(open_page: Open) -> None:
    page = open_page("key-indicators", **{"class": "context", "org_type": "hospice"})
    text = text_of(page)
    assert ">RTT within 18 weeks</a>" in text
    assert ">Sickness absence</a>" not in text
    assert "hospice" in " ".join(note.value for note in page.info)


def test_nothing_that_fits_is_told(open_page: Open) -> None:
    page = open_page("key-indicators", org_type="icb")
    assert "No pair of indicator and type fits" in page.info[0].value


def test_the_card_shows_the_segments_and_says_where_the_rest_is(open_page: Open) -> None:
    page = open_page("key-indicators", indicator="cancer_62d", org_type="acute")
    assert len(specs(page)) == 1
    text = text_of(page)
    assert "R2" not in lead(page)
    assert "Feeds the rule that makes the segment" in text or "Not known to feed" in text
    assert f"of run {RECORD.run_id} of 27 November 2026" in text
    assert f"python -m indicators replay run-{RECORD.run_id}.json" in text
    labels = [button.proto.label for button in page.get("download_button")]
    files = ["Run record of this screen (JSON)", "This card (CSV)", "This card (JSON)"]
    assert [label for label in labels if label in files] == files


def test_after_entry_too_few_are_told_in_a_sentence_and_no_chart_is_empty(open_page: Open) -> None:
    page = open_page("key-indicators", indicator="cancer_62d", org_type="acute", picture="entry")
    assert [error.message for error in page.exception] == []
    text = text_of(page)
    assert "can be judged" in text
    assert "No event study: it needs the mean" in text or "None of" in text
    assert all(all_rows(one) for one in specs(page))
    assert "pooled?indicator=cancer_62d&amp;org_type=acute" in text


def test_a_run_of_the_card_alone_is_made_on_demand_and_saved(
    open_page: Open, warehouse: Path
) -> None:
    page = open_page("key-indicators", indicator="sickness", org_type="acute", stability="95")
    runs = warehouse / "runs"
    before = set(runs.glob("*.json"))
    next(one for one in page.button if one.label == "Run this card alone").click().run(timeout=60)
    assert [error.message for error in page.exception] == []
    (path,) = set(runs.glob("*.json")) - before
    run = load_run(path)
    document = {"analysis": "screen", "indicator": "sickness", "org_type": "acute"}
    assert run.document == document | {"thresholds": {"stability": 0.95}, "seed": 20211}
    assert f"Run {run.run_id} of this pair alone has" in text_of(page)
    path.unlink()
