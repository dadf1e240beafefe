"""Organisations of the timeline under headings: pathway, place and kind."""

import pandas as pd
import pytest

from pages.parts.timelines.groups import NOT_KNOWN, in_groups, latest_spells
from pages.parts.timelines.window import Window, window_of
from pages.parts.timelines.words import selection_sentence
from tests.unit.pages.made_spells import spell, spells

REGISTER = spells(
    spell("RAA", "qsm", entered="2014-01-01", pathway="left", region="London"),
    spell("RAA", "rsp", entered="2021-07-01", pathway="transferred", region="London"),
    spell("RBB", "rsp", entered="2022-01-01", pathway="entered", icb_name="Devon ICB"),
    spell("RCC", "rsp", entered="2021-08-01", pathway="left", org_type="icb"),
    spell("RDD", "rsp", entered="2021-07-01", pathway="left"),
    spell("RDD", "irp", pathway="entered"),
)
ROWS = REGISTER.assign(row_order=[0, 0, 3, 2, 1, 1], family=REGISTER["org_code"])
ROWS = ROWS.sort_values("row_order", kind="stable", ignore_index=True)


def layout(by: str) -> list[tuple[str, str, int]]:
    rows = in_groups(ROWS, by).drop_duplicates("org_code")
    return list(zip(rows["heading"], rows["org_code"], rows["row_order"], strict=True))


def test_the_latest_spell_is_that_of_the_latest_programme_even_without_an_entry() -> None:
    latest = latest_spells(ROWS).set_index("org_code")["programme"].to_dict()
    assert latest == {"RAA": "rsp", "RBB": "rsp", "RCC": "rsp", "RDD": "irp"}


def test_of_two_spells_in_one_programme_the_one_entered_last_is_the_latest() -> None:
    twice = spells(
        spell("RAA", entered="2024-01-01", confidence="low"), spell("RAA", entered="2021-07-01")
    )
    assert latest_spells(twice)["confidence"].tolist() == ["low"]


def test_by_pathway_an_organisation_stands_where_its_latest_spell_puts_it() -> None:
    assert layout("pathway") == [
        ("Entered, no exit established: 2 organisations", "RDD", 0),
        ("Entered, no exit established: 2 organisations", "RBB", 1),
        ("Transferred from special measures, no exit established: 1 organisation", "RAA", 2),
        ("Left: 1 organisation", "RCC", 3),
    ]


def test_by_icb_those_without_one_stand_last() -> None:
    assert [heading for heading, _, _ in layout("icb")] == [
        "Devon ICB: 1 organisation",
        *[f"{NOT_KNOWN}: 3 organisations"] * 3,
    ]


def test_by_region_and_type_the_order_within_is_by_entry() -> None:
    assert [org for _, org, _ in layout("region")] == ["RAA", "RDD", "RCC", "RBB"]
    assert [org for _, org, _ in layout("org_type")] == ["RAA", "RDD", "RBB", "RCC"]


def test_without_groups_there_is_no_heading() -> None:
    assert "heading" not in in_groups(ROWS, "none")


@pytest.mark.parametrize("by", ["none", "pathway", "region", "icb", "org_type"])
def test_grouping_keeps_every_spell_and_numbers_organisations_from_zero(by: str) -> None:
    rows = in_groups(ROWS, by)
    assert sorted(rows["spell_id"]) == sorted(ROWS["spell_id"])
    assert sorted(set(rows["row_order"])) == [0, 1, 2, 3]


def test_the_sentence_counts_organisations_by_their_latest_spell() -> None:
    assert selection_sentence(ROWS, window_of("2021-07", None)) == (
        "Shown: 4 organisations with a spell that may lie in the time from Jul 2021. The latest spell of 1 "
        "is known to have ended; for 3 no source gives an exit."
    )


def test_the_sentence_names_the_end_of_the_window() -> None:
    one = ROWS[ROWS["org_code"] == "RBB"]
    window = Window(pd.Timestamp("2022-01-01").date(), pd.Timestamp("2024-12-31").date())
    assert selection_sentence(one, window).startswith(
        "Shown: 1 organisation with a spell that may lie in the time from Jan 2022 to Dec 2024."
    )
