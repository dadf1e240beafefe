"""Programme spells: what contradicts itself, another spell, the programme's life or its sources."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from data_sources.reference_tables import REFERENCE_FOLDER, check_reference, load_reference

SPELL = {
    "spell_id": "qsm-RXW-1",
    "org_code": "RXW",
    "org_name_at_time": "Trust",
    "org_type": "acute",
    "region": "Midlands",
    "programme": "qsm",
    "entered": "2014-08",
    "entered_precision": "month",
    "left": "2017-03",
    "left_precision": "month",
    "left_kind": "left_unspecified",
    "themes": "quality",
    "confidence": "high",
    "source_urls": "https://paper.example/trust-removed-from-special-measures",
    "note": "Monitor took it out.",
    "register_row": "special_measures.csv:1",
}


def spells(folder: Path, *changes: Mapping[str, str]) -> Path:
    """The project's own programmes and sidecars, with spells that differ from SPELL as told."""
    own = load_reference(REFERENCE_FOLDER)
    columns = list(own["programme_spells"].columns)
    own["programmes"].to_csv(folder / "programmes.csv", index=False)
    for name in ("programmes.toml", "programme_spells.toml"):
        (folder / name).write_bytes((REFERENCE_FOLDER / name).read_bytes())
    lines = [",".join(columns)]
    lines += [
        ",".join((SPELL | change).get(column, "") for column in columns) for change in changes
    ]
    (folder / "programme_spells.csv").write_text("\n".join(lines) + "\n")
    return folder


OPEN = {"left": "", "left_precision": "", "left_kind": "not_established"}
SECOND = {"spell_id": "qsm-RXW-2", "entered": "2018", "entered_precision": "year"}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"entered": "2017-04"}, "entered 2017-04 is after left 2017-03."),
        (
            OPEN | {"last_known_in": "2014-07", "last_known_in_precision": "month"},
            "entered 2014-08 is after last_known_in 2014-07.",
        ),
        (
            {"last_known_in": "2017-04", "last_known_in_precision": "month"},
            "last_known_in 2017-04 is after left 2017-03.",
        ),
        (
            OPEN | {"entered": "2021-08"},
            "entered 2021-08 is after qsm ended in 2021-07.",
        ),
        (
            {"entered": "", "entered_precision": "", "left": "2013-06"},
            "left 2013-06 is before qsm began in 2013-07.",
        ),
        (
            {"left": "2021-10"},
            "left 2021-10 is after the last exits from qsm in 2021-09 (wound_up in programmes.csv).",
        ),
        (
            OPEN | {"last_known_in": "2022", "last_known_in_precision": "year"},
            "last_known_in 2022 is after the last exits from qsm in 2021-09",
        ),
        (
            {"entered": "2013-06", "source_date": "2014"},
            "entered 2013-06 is before qsm began in 2013-07.",
        ),
        (
            {"programme": "fsm", "spell_id": "fsm-RXW-1", "entered": "2016-10", "left": "2021-08"},
            "left 2021-08 is after fsm ended in 2021-07.",
        ),
        ({"spell_id": "qsm-RXQ-1"}, "spell_id 'qsm-RXQ-1' is not qsm-RXW- and a number."),
        ({"spell_id": "qsm-RXW-a"}, "spell_id 'qsm-RXW-a' is not qsm-RXW- and a number."),
        (
            {"source_date": "2014-07-31"},
            "source_date 2014-07-31 is before entered 2014-08, which it cannot tell of.",
        ),
        (
            {"source_urls": "secondary: a public log of board papers"},
            "confidence high, but no source of its own: give one, or say medium or low.",
        ),
        ({"source_urls": "tbc"}, "source_urls 'tbc' is no source: give an address, or name"),
        (
            {"last_known_in_source": "press report"},
            "last_known_in_source 'press report' is no source",
        ),
        (
            {"source_date": "2030-01"},
            "source_date 2030-01 is after 2026-11-22, the sidecar's retrieved_on: only what has",
        ),
        (
            {"entered": "August 2014", "entered_precision": ""},
            "entered: 'August 2014' is not a date such as 2021-08-18, 2021-08, 2021-Q3 or 2021.",
        ),
        ({"left_kind": "not_established"}, "left 2017-03 but left_kind not_established."),
        (OPEN | {"left_kind": "left_unspecified"}, "left_kind left_unspecified without a date"),
        (
            {"left_kind": "improved", "left_kind_words": "lifted"},
            "left_kind improved, but left_kind_words 'lifted' stand in no note or source.",
        ),
        (
            {"left_kind": "improved"},
            "left_kind improved, but left_kind_words '' stand in no note or source.",
        ),
        (
            {"left_kind_words": "Monitor took it out"},
            "left_kind_words given for left_unspecified, which claims no reason.",
        ),
        (
            {"left_kind": "transferred", "left_kind_words": "took it out"},
            "transferred, but no spell of RXW is transferred_from QSM.",
        ),
        ({"left_kind": "escaped"}, "left_kind 'escaped' is not one of improved, transferred,"),
    ],
)
def test_a_spell_that_cannot_be_is_named(tmp_path, change, complaint):
    (fault,) = check_reference(spells(tmp_path, change))
    assert fault.startswith(f"programme_spells.csv, row 2: {complaint}")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"left_kind": "improved", "left_kind_words": "Monitor took it out"},
        {"left_kind": "improved", "left_kind_words": "trust-removed-from-special-measures"},
        OPEN,
        OPEN | {"left_kind": "merged_or_dissolved", "left_kind_words": "took it out"},
        {"entered": "2017", "entered_precision": "year"},
        {"left": "2021-09-23", "left_precision": "day"},
        {"entered": "2013", "entered_precision": "year"},
        {"left": "2021", "left_precision": "year"},
        {"source_date": "2014-08-01"},
        {"source_date": "2026-11-22"},
        {"register_row": ""},
        {"source_urls": "https://a.example/b ; secondary: a public log of board papers"},
        {"source_urls": "secondary: a public log of board papers", "confidence": "medium"},
    ],
)
def test_a_spell_that_can_be_is_left_alone(tmp_path, change):
    assert check_reference(spells(tmp_path, change)) == []


def test_a_transfer_leads_to_a_spell_that_says_where_it_came_from(tmp_path):
    moved = {"left": "2021-07", "left_kind": "transferred", "left_kind_words": "rsp-RXW-1: moved"}
    heir = OPEN | {
        "spell_id": "rsp-RXW-1",
        "programme": "rsp",
        "entered": "2021-07",
        "transferred_from": "QSM+FSM",
        "note": "moved over",
    }
    assert check_reference(spells(tmp_path, moved, heir)) == []


FSM = {"spell_id": "fsm-RXW-1", "programme": "fsm"}
OTHER = {"spell_id": "qsm-RXX-1", "org_code": "RXX"}


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ({}, SECOND | OPEN, False),
        ({}, SECOND | OPEN | {"entered": "2017"}, False),
        ({}, SECOND | OPEN | {"entered": "2016"}, True),
        ({}, SECOND | OPEN | OTHER | {"entered": "2016"}, False),
        ({}, SECOND | OPEN | FSM | {"entered": "2016"}, False),
        (
            OPEN | {"last_known_in": "2019", "last_known_in_precision": "year"},
            SECOND | OPEN,
            True,
        ),
    ],
)
def test_spells_of_one_programme_do_not_surely_overlap(tmp_path, first, second, overlap):
    faults = check_reference(spells(tmp_path, first, second))
    assert [fault.partition(" (")[0] for fault in faults] == (
        ["programme_spells.csv, row 3: overlaps qsm-RXW-1"] if overlap else []
    )


DAY = {"entered_precision": "day", "left_precision": "day"}


@pytest.mark.parametrize(("entered", "overlap"), [("2017-03-01", True), ("2017-03-02", False)])
def test_a_spell_may_begin_on_the_day_on_which_the_one_before_it_ended(tmp_path, entered, overlap):
    first = DAY | {"entered": "2014-08-05", "left": "2017-03-02"}
    second = DAY | {"spell_id": "qsm-RXW-2", "entered": entered, "left": "2018-01-01"}
    told = (
        "programme_spells.csv, row 3: overlaps qsm-RXW-1 (entered 2014-08-05, left 2017-03-02): "
        "one of them must end before the other begins."
    )
    assert check_reference(spells(tmp_path, first, second)) == ([told] if overlap else [])


UNKNOWN = OPEN | {"entered": "", "entered_precision": ""}


@pytest.mark.parametrize(
    ("first", "second", "row", "told"),
    [
        (OPEN, SECOND | OPEN, 2, "qsm-RXW-2 (entered 2018, left not established)"),
        (SECOND | OPEN, OPEN, 3, "qsm-RXW-2 (entered 2018, left not established)"),
        (OPEN, OPEN | {"spell_id": "qsm-RXW-2"}, 2, "qsm-RXW-2 (entered 2014-08, left not"),
        (UNKNOWN, SECOND | UNKNOWN, 2, "qsm-RXW-2 (entered not established, left not"),
        (
            {"entered": "", "entered_precision": ""},
            SECOND | OPEN | {"entered": "2016"},
            3,
            "qsm-RXW-1 (entered not established, left 2017-03)",
        ),
        (UNKNOWN, SECOND | OPEN, 3, "qsm-RXW-1 (entered not established, left not"),
        (OPEN, SECOND | OPEN | {"note": "qsm-RXW-1 ended before"}, None, ""),
        (OPEN, SECOND | OPEN | {"note": "It ended before"}, 2, "qsm-RXW-2 (entered 2018"),
        (OPEN | {"note": "No exit found: see qsm-RXW-2."}, SECOND | OPEN, None, ""),
        (SECOND | OPEN, {"spell_id": "qsm-RXW-1"}, None, ""),
        (OPEN, SECOND | OPEN | OTHER, None, ""),
    ],
)
def test_a_spell_left_open_before_another_is_explained(tmp_path, first, second, row, told):
    faults = check_reference(spells(tmp_path, first, second))
    if row is None:
        assert faults == []
    else:
        (fault,) = faults
        begins = f"programme_spells.csv, row {row}: no exit, although {told}"
        assert fault.startswith(begins)
        assert fault.endswith("give left, or name one of the two in the other's note.")


def test_a_spell_identifier_is_given_once(tmp_path):
    faults = check_reference(spells(tmp_path, {}, {"entered": "2018-01", "left": "2019-01"}))
    assert faults == ["programme_spells.csv, row 3: spell_id qsm-RXW-1 as in row 2."]
