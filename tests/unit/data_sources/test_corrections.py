"""Corrections: the row to send, and that it brings the faults it says it brings, no more and no fewer."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_sources.corrections import Correction, correct, csv_line
from data_sources.reference_tables import REFERENCE_FOLDER, check_reference, read_tables
from data_sources.tables import read_delimited

TABLES, _ = read_tables(REFERENCE_FOLDER)
SPELLS = TABLES["programme_spells"]
COLUMNS = tuple(SPELLS.sidecar.columns)
COMPILED = SPELLS.sidecar.retrieved_on
NEW = {
    "programme": "rsp",
    "org_code": "RXK",
    "org_name_at_time": "Sandwell and West Birmingham Hospitals NHS Trust",
    "org_type": "acute",
    "region": "Midlands",
    "entered": "2023-Q2",
    "left_kind": "not_established",
    "themes": "quality; finance",
    "confidence": "medium",
    "source_urls": "https://paper.example/entered ; https://board.example/papers.pdf",
    "source_date": "2023-06-01",
    "note": 'The paper says "this spring", the board nothing.',
}


def old_line(spell_id: str) -> str:
    """The row of a spell as it stands in the file."""
    path = REFERENCE_FOLDER / "programme_spells.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line.startswith(f"{spell_id},")]
    return line


def put_in(folder: Path, correction: Correction) -> list[str]:
    """Faults of a copy of the reference folder in which somebody followed the correction."""
    path = folder / "programme_spells.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[correction.number - 1 : correction.number] = [correction.line]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    if correction.retrieved_on:
        sidecar = folder / "programme_spells.toml"
        told = sidecar.read_text().replace(
            f"retrieved_on = {COMPILED}", f"retrieved_on = {correction.retrieved_on}"
        )
        sidecar.write_text(told)
    return check_reference(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REFERENCE_FOLDER, tmp_path / "reference"))


def test_a_new_spell_is_one_line_with_the_next_identifier():
    correction = correct(TABLES, NEW, COMPILED)
    assert correction.line == (
        "rsp-RXK-1,RXK,Sandwell and West Birmingham Hospitals NHS Trust,acute,Midlands,rsp,2023-Q2,"
        "quarter,,,not_established,,,,,,,quality; finance,medium,https://paper.example/entered ; "
        'https://board.example/papers.pdf,2023-06-01,"The paper says ""this spring"", the board '
        'nothing.",'
    )
    assert (correction.number, correction.replaced, correction.retrieved_on) == (101, None, None)
    assert correction.sentences() == []


@pytest.mark.parametrize(
    ("programme", "org_code", "spell_id"),
    [
        ("rsp", "RJZ", "rsp-RJZ-3"),
        ("qsm", "RJZ", "qsm-RJZ-1"),
        ("qsm", "RXW", "qsm-RXW-2"),
        ("", "", "--1"),
    ],
)
def test_identifiers_are_numbered_by_programme_and_organisation(programme, org_code, spell_id):
    correction = correct(TABLES, {"programme": programme, "org_code": org_code}, COMPILED)
    assert correction.row["spell_id"] == spell_id


def test_a_number_once_given_is_not_given_again():
    rows = [row for row in SPELLS.rows if row["spell_id"] != "rsp-RJZ-1"]
    assert len(rows) == len(SPELLS.rows) - 1
    without = {**TABLES, "programme_spells": type(SPELLS)(SPELLS.file_name, rows, SPELLS.sidecar)}
    assert correct(without, NEW | {"org_code": "RJZ"}, COMPILED).row["spell_id"] == "rsp-RJZ-3"


def test_every_spell_unchanged_is_its_own_line_and_brings_no_fault():
    for number, row in SPELLS.numbered():
        correction = correct(TABLES, row, COMPILED, row["spell_id"])
        assert correction.changes_nothing
        assert correction.number == number
        assert correction.line == old_line(row["spell_id"])
        assert correction.faults == ()


def test_a_change_leaves_the_other_columns_as_they_are():
    changed = {"left": "2025-11-26", "left_kind": "improved"}
    correction = correct(TABLES, changed, COMPILED, "rsp-RXV-1")
    assert correction.line == old_line("rsp-RXV-1").replace("2025-11-27,day", "2025-11-26,day", 1)
    assert not correction.changes_nothing
    assert correction.sentences() == []


def test_the_precision_of_a_date_follows_its_writing():
    cells = {"entered": "2021-07-13", "left": "2026", "last_known_in": "2025-Q1"}
    row = correct(TABLES, cells, COMPILED, "rsp-RXW-1").row
    exact = [row[f"{name}_precision"] for name in ("entered", "left", "last_known_in")]
    assert exact == ["day", "year", "quarter"]
    row = correct(TABLES, {"left": ""}, COMPILED, "rsp-RXW-1").row
    assert row["left_precision"] == ""


def test_what_is_typed_becomes_one_line():
    correction = correct(TABLES, {"note": " Left\nin  \u200bMarch\xa02025.\r\n"}, COMPILED)
    assert correction.row["note"] == "Left in March 2025."


@pytest.mark.parametrize("cells", [{"colour": "red"}, {"left": "2025", "exit": "2025"}])
def test_a_column_that_the_table_lacks_is_refused(cells):
    with pytest.raises(KeyError):
        correct(TABLES, cells, COMPILED)


def test_a_spell_that_is_not_on_record_is_refused():
    with pytest.raises(KeyError):
        correct(TABLES, {}, COMPILED, "rsp-RXW-9")


@pytest.mark.parametrize(
    ("spell_id", "cells", "sentences"),
    [
        ("rsp-RXW-1", {"left": "2021-05"}, ["entered 2021-07 is after left 2021-05."]),
        (
            "rsp-RXW-1",
            {"left": "March 2026"},
            ["left: 'March 2026' is not a date such as 2021-08-18, 2021-08, 2021-Q3 or 2021."],
        ),
        (
            "rsp-RXW-1",
            {"transferred_from": ""},
            ["qsm-RXW-1: transferred, but no spell of RXW is transferred_from QSM."],
        ),
        (
            "rsp-RJZ-1",
            {"left": "", "left_kind": "not_established", "left_kind_words": ""},
            [
                "no exit, although rsp-RJZ-2 (entered 2024, left not established) is another spell "
                "in rsp: give left, or name one of the two in the other's note."
            ],
        ),
        (None, NEW | {"org_code": "RZX"}, ["org_code 'RZX' is not known; did you mean"]),
        (None, NEW | {"source_urls": "tbc"}, ["source_urls 'tbc' is no source: give an address"]),
        (None, NEW | {"themes": "", "left_kind": ""}, ["left_kind is blank.", "themes is blank."]),
    ],
)
def test_faults_are_those_of_the_table_with_the_row_in_it(folder, spell_id, cells, sentences):
    correction = correct(TABLES, cells, COMPILED, spell_id)
    told = correction.sentences()
    assert [text[: len(wanted)] for text, wanted in zip(told, sentences, strict=False)] == sentences
    assert [str(fault) for fault in correction.faults] == put_in(folder, correction) != []


@pytest.mark.parametrize("spell_id", [None, "rsp-RYE-1"])
def test_a_row_without_fault_passes_the_check_once_put_in(folder, spell_id):
    cells = {"note": "Looked at again."} if spell_id else NEW
    assert put_in(folder, correct(TABLES, cells, COMPILED, spell_id)) == []
    assert len(read_tables(folder)[0]["programme_spells"].rows) == 99 + (spell_id is None)


def test_a_row_later_than_the_table_moves_the_day_on_which_it_was_compiled(folder):
    cells = {"left": "2026-12", "left_kind": "left_unspecified"}
    assert correct(TABLES, cells, date(2026, 11, 30), "rsp-RYE-1").sentences() == [
        "left 2026-12 is after 2026-11-22, the sidecar's retrieved_on: only what has happened "
        "belongs here."
    ]
    correction = correct(TABLES, cells, date(2026, 12, 24), "rsp-RYE-1")
    assert correction.retrieved_on == date(2026, 12, 24)
    assert put_in(folder, correction) == list(correction.faults) == []


def test_a_fault_that_the_table_had_before_is_not_the_rows_doing():
    broken = [{**SPELLS.rows[0], "themes": ""}, *SPELLS.rows[1:]]
    tables = {**TABLES, "programme_spells": type(SPELLS)(SPELLS.file_name, broken, SPELLS.sidecar)}
    assert correct(tables, NEW, COMPILED).faults == ()
    own = correct(tables, {"region": "South West"}, COMPILED, "qsm-R1F-1")
    assert own.sentences() == ["themes is blank."]


DATES = st.sampled_from(["", "2014-02", "2021-07", "2021-Q3", "2023", "2025-13", "2026-09-01", "x"])
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "programme": st.sampled_from(["qsm", "rsp", "pip", "xyz"]),
        "org_code": st.sampled_from(["RXW", "RJZ", "RXK", "QOC", "RZX", "rxw", ""]),
        "org_type": st.sampled_from(["acute", "icb", "hospital"]),
        "region": st.sampled_from(["London", "Wales"]),
        "entered": DATES,
        "left": DATES,
        "last_known_in": DATES,
        "source_date": DATES,
        "left_kind": st.sampled_from(["improved", "transferred", "not_established", ""]),
        "left_kind_words": st.sampled_from(["", "closed", "taken out"]),
        "transferred_from": st.sampled_from(["", "none", "QSM", "FSM"]),
        "confidence": st.sampled_from(["high", "low"]),
        "source_urls": st.sampled_from(["", "tbc", "https://a.example/taken out", "secondary: x"]),
        "note": st.text(max_size=30),
    },
)
SPELL_IDS = st.sampled_from([None, "qsm-RXW-1", "rsp-RXW-1", "rsp-RJZ-1", "rsp-RJZ-2"])


@given(cells=CELLS, spell_id=SPELL_IDS)
@settings(max_examples=60)
def test_any_row_brings_the_faults_it_tells(cells, spell_id):
    correction = correct(TABLES, cells, COMPILED, spell_id)
    with tempfile.TemporaryDirectory() as name:
        for table in ("programme_spells", "programmes", "org_types"):
            for ending in ("csv", "toml"):
                shutil.copy(REFERENCE_FOLDER / f"{table}.{ending}", name)
        assert sorted(put_in(Path(name), correction)) == sorted(map(str, correction.faults))


@given(cells=st.dictionaries(st.sampled_from(COLUMNS), st.text(), max_size=8), spell_id=SPELL_IDS)
def test_the_line_read_back_is_the_row(cells, spell_id):
    correction = correct(TABLES, cells, COMPILED, spell_id)
    assert "\n" not in correction.line
    header = csv_line(dict(zip(COLUMNS, COLUMNS, strict=True)))
    sheet = read_delimited(f"{header}\n{correction.line}\n".encode(), "sent.csv")
    assert sheet.rows == [list(COLUMNS), list(correction.row.values())]
