"""What became of organisations, on the timeline: side by side, joined and in words."""

import pandas as pd

from pages.parts.timelines.lineage import (
    change_marks,
    families_of,
    in_families,
    taken_over,
    took_over_words,
)
from pages.parts.timelines.print import sheets
from tests.unit.pages.made_spells import spell, spells

PASSED = pd.DataFrame(
    {
        "org_code": ["ROLD", "RSPLIT", "RSPLIT", "RDIM"],
        "short_name": ["Old Town", "Split", "Split", "Dim"],
        "current_code": ["RNEW", "RNEW", "ROTHER", "RNEW"],
        "current_name": ["New City", "New City", "Other", "New City"],
        "passed_on": pd.to_datetime(["2021-04-01", "2019-10-01", "2019-10-01", None]),
    }
)
ROWS = spells(
    spell("ROLD", "qsm", entered="2014-01-01", entered_label="Jan 2014", left_label="2016"),
    spell("RAAA", "rsp", entered="2015-01-01"),
    spell("RNEW", "rsp", entered="2022-01-01"),
).assign(row_order=[0, 1, 2])


def test_what_passed_on_stands_above_what_it_passed_into_at_the_earlier_ones_place() -> None:
    rows = in_families(ROWS, PASSED)
    assert list(zip(rows["org_code"], rows["family"], rows["row_order"], strict=True)) == [
        ("ROLD", "RNEW", 0),
        ("RNEW", "RNEW", 1),
        ("RAAA", "RAAA", 2),
    ]


def test_without_the_successor_on_the_page_an_organisation_stands_alone() -> None:
    rows = in_families(ROWS[ROWS["org_code"] != "RNEW"], PASSED)
    assert list(rows["family"]) == ["ROLD", "RAAA"]


def test_a_search_brings_along_what_was_taken_over_and_what_it_became() -> None:
    assert families_of(["ROLD"], PASSED) == {"ROLD", "RNEW", "RSPLIT", "RDIM"}
    assert families_of(["RAAA"], PASSED) == {"RAAA"}


def test_a_change_says_what_it_became_part_of_and_when() -> None:
    marks = change_marks(ROWS, PASSED).to_dict("records")
    assert [(row["org_code"], row["words"], row["into"]) for row in marks] == [
        ("ROLD", "became part of New City, Apr 2021", "RNEW")
    ]


def test_a_divided_organisation_names_both() -> None:
    split = spells(spell("RSPLIT", "qsm", entered="2014-01-01"))
    assert change_marks(split, PASSED)["words"].tolist() == [
        "became part of New City and Other, Oct 2019"
    ]


def test_the_spells_of_those_taken_over_are_told_in_words_and_drawn_starred() -> None:
    words = took_over_words(ROWS, PASSED)
    assert words.to_dict() == {
        "RNEW": "Old Town (part of it since Apr 2021): QSM, entered Jan 2014, left 2016"
    }
    drawn = taken_over("RNEW", ROWS, PASSED)
    assert drawn[["org_code", "programme_short"]].to_numpy().tolist() == [["RNEW", "QSM*"]]


def test_where_nobody_was_taken_over_there_are_no_words() -> None:
    assert took_over_words(ROWS[ROWS["org_code"] == "RAAA"], PASSED).empty


def test_a_sheet_holds_so_many_rows_and_repeats_a_heading_that_goes_on() -> None:
    many = spells(*(spell(f"R{n}", entered="2020-01-01") for n in range(5)))
    rows = many.assign(row_order=range(5), heading=["a", "a", "a", "b", "b"])
    assert [list(part["org_code"]) for part in sheets(rows, 3)] == [
        ["R0", "R1"],
        ["R2"],
        ["R3", "R4"],
    ]
    plain = many.assign(row_order=range(5))
    assert [len(part) for part in sheets(plain, 3)] == [3, 2]
