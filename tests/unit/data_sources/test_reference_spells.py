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
    "source_urls": "https://paper/trust-removed-from-special-measures",
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


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ({}, SECOND | OPEN, False),
        ({}, SECOND | OPEN | {"entered": "2017"}, False),
        ({}, SECOND | OPEN | {"entered": "2016"}, True),
        ({}, SECOND | OPEN | {"entered": "2016", "org_code": "RXX"}, False),
        ({}, SECOND | OPEN | {"entered": "2016", "programme": "fsm"}, False),
        (OPEN, SECOND | OPEN, False),
        (
            OPEN | {"last_known_in": "2019", "last_known_in_precision": "year"},
            SECOND | OPEN,
            True,
        ),
        ({"entered": "", "entered_precision": ""}, SECOND | OPEN | {"entered": "2016"}, False),
    ],
)
def test_spells_of_one_programme_do_not_surely_overlap(tmp_path, first, second, overlap):
    told = "programme_spells.csv, row 3: overlaps qsm-RXW-1 in row 2."
    assert check_reference(spells(tmp_path, first, second)) == ([told] if overlap else [])


def test_a_spell_identifier_is_given_once(tmp_path):
    faults = check_reference(spells(tmp_path, {}, {"entered": "2018-01", "left": "2019-01"}))
    assert faults == ["programme_spells.csv, row 3: spell_id qsm-RXW-1 as in row 2."]
