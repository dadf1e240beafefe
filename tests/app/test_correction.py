"""Suggest a correction: a spell's fields are filled in, a change becomes the row to send or its faults."""

import csv
import io
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from settings import Settings
from tests.app.conftest import text_of

RXW = "rsp-RXW-1"
FILE: Path = Settings().reference_dir / "programme_spells.csv"


@pytest.fixture
def part(open_page) -> AppTest:
    """The Timelines page with the part open."""
    app = open_page("timelines")
    app.session_state["correction"] = True
    return app.run()


def choose(app: AppTest, spell: str) -> AppTest:
    return app.selectbox(key="correction.spell").set_value(spell).run()


def fill(app: AppTest, spell: str, **cells: str) -> AppTest:
    """Put texts into the fields of a spell, one after the other."""
    for column, text in cells.items():
        key = f"correction.{spell}.{column}"
        kinds = (app.text_input, app.text_area, app.selectbox)
        (field,) = [one for kind in kinds for one in kind if one.key == key]
        app = field.set_value(text).run()
    return app


def rows() -> list[str]:
    return FILE.read_text(encoding="utf-8").splitlines()


def test_it_is_shut_until_somebody_opens_it(open_page) -> None:
    app = open_page("timelines")
    assert "Suggest a correction" in [box.label for box in app.expander]
    assert [one.label for one in app.selectbox if one.key == "correction.spell"] == []


def test_every_spell_on_record_can_be_chosen_and_one_that_is_missing(part: AppTest) -> None:
    box = part.selectbox(key="correction.spell")
    assert (box.label, box.value, len(box.options)) == ("Spell", None, 100)
    assert box.options[0] == "A spell that is missing"
    assert "Shrewsbury and Telford Hospital: RSP, entered Jul 2021" in box.options
    assert "Devon ICB: RSP, entry not established" in box.options


def test_a_spell_on_record_is_filled_in_and_unchanged_asks_for_nothing(part: AppTest) -> None:
    app = choose(part, RXW)
    text = {one.key: one.value for one in (*app.text_input, *app.text_area)}
    assert text[f"correction.{RXW}.entered"] == "2021-07"
    assert text[f"correction.{RXW}.left"] == "2026-03"
    assert text[f"correction.{RXW}.source_date"] == "2026-03-05"
    assert len(text[f"correction.{RXW}.source_urls"].splitlines()) == 2
    assert app.selectbox(key=f"correction.{RXW}.left_kind").value == "left_unspecified"
    assert app.selectbox(key=f"correction.{RXW}.transferred_from").value == "QSM"
    assert "This is the spell as it stands" in app.info[0].value
    assert len(app.code) == len(app.success) == len(app.warning) == 0


def test_a_change_makes_the_exact_row_to_send(part: AppTest) -> None:
    app = fill(choose(part, RXW), RXW, left="2026-03-05")
    assert app.success[0].value == "This row passes every check."
    assert app.code[0].value == rows()[89].replace("2026-03,month", "2026-03-05,day")
    assert "Replace row 90 of data_sources/reference/programme_spells.csv" in text_of(app)
    assert "whoever maintains this copy; docs/corrections.md" in text_of(app)
    assert "retrieved_on" not in text_of(app)
    assert "Download the row" in [button.proto.label for button in app.get("download_button")]


def test_a_wrong_date_shows_the_faults_and_no_row(part: AppTest) -> None:
    app = fill(choose(part, RXW), RXW, left="2021-05")
    assert app.warning[0].value == "The row does not pass the checks yet:"
    shown = text_of(app)
    assert "<li>entered 2021-07 is after left 2021-05.</li>" in shown
    assert "<li>left 2021-05 is before rsp began in 2021-07.</li>" in shown
    assert len(app.code) == 0
    app = fill(app, RXW, left="<b>spring</b>")
    assert "left: &#x27;&lt;b&gt;spring&lt;/b&gt;&#x27; is not a date such as" in text_of(app)


def test_a_fault_that_falls_on_another_spell_names_it(part: AppTest) -> None:
    app = fill(choose(part, RXW), RXW, transferred_from="none")
    assert "<li>qsm-RXW-1: transferred, but no spell of RXW is" in text_of(app)


def test_a_missing_spell_gets_the_next_identifier_at_the_end_of_the_file(part: AppTest) -> None:
    app = choose(part, "missing")
    assert app.info[0].value == "Choose the organisation and the programme first."
    app = fill(app, "missing", org_code="RJZ", programme="rsp")
    assert "<li>themes is blank.</li>" in text_of(app)
    assert "<li>source_urls is blank.</li>" in text_of(app)
    app = fill(
        app,
        "missing",
        entered="2024-11",
        themes="finance",
        confidence="low",
        source_urls="https://paper.example/a\n\nhttps://paper.example/b\n",
        note="Entered, the paper says.",
    )
    assert "<li>rsp-RJZ-2: no exit, although rsp-RJZ-3 (entered 2024-11, left not" in text_of(app)
    app = fill(app, "missing", note="Perhaps the same as rsp-RJZ-2, the paper says.")
    assert app.success[0].value == "This row passes every check."
    assert next(csv.reader(io.StringIO(app.code[0].value))) == [
        "rsp-RJZ-3",
        "RJZ",
        "King's College Hospital NHS Foundation Trust",
        "acute",
        "London",
        "rsp",
        "2024-11",
        "month",
        "",
        "",
        "not_established",
        *[""] * 6,
        "finance",
        "low",
        "https://paper.example/a ; https://paper.example/b",
        "",
        "Perhaps the same as rsp-RJZ-2, the paper says.",
        "",
    ]
    assert "Add this as a new row at the end of" in text_of(app)


def test_nothing_is_written(part: AppTest) -> None:
    before = FILE.read_bytes()
    fill(choose(part, RXW), RXW, left="2026-03-05")
    assert FILE.read_bytes() == before
