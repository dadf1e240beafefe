"""Segment histories within an era: what moved, between which days, and what cannot be told."""

import pytest

from tests.unit.sql.ledger import ledger, spell, statement
from tests.unit.sql.models import Row, answer, run


def quarter_release(number: int, segment: int, org: str = "RAA", day: str = "2026-11-01") -> Row:
    """A segment stated for a quarter of 2025/26 as a whole."""
    return statement(day, segment, org, framework=f"NOF 2025/26 Q{number}", era_id="R2")


def moves(*spells: Row, statements: tuple[Row, ...] = ()) -> list[tuple[object, ...]]:
    """(from, to, last day, first day, kind) of one organisation, in order."""
    found = run("marts.fct_segment_move", **ledger(*spells, statements=statements))
    found = found.sort_values(["era_id", "from_last_day"])
    return [
        (
            row.from_segment,
            row.to_segment,
            f"{row.from_last_day:%Y-%m-%d}",
            f"{row.to_first_day:%Y-%m-%d}",
            row.kind,
        )
        for row in found.itertuples()
    ]


def only_move(*spells: Row, statements: tuple[Row, ...] = ()) -> dict[str, object]:
    (row,) = run("marts.fct_segment_move", **ledger(*spells, statements=statements)).to_dict(
        "records"
    )
    return {str(name): value for name, value in row.items()}


def test_a_change_lies_between_the_days_two_statements_speak_of() -> None:
    found = (statement("2023-03-31", 4), statement("2022-04-25", 3))
    assert moves(statements=found) == [(3, 4, "2022-04-25", "2023-03-31", "moved")]


def test_a_month_is_some_day_of_it_so_the_change_may_lie_in_either_month() -> None:
    found = (statement("2022-11", 3), statement("2023-12", 4))
    assert moves(statements=found) == [(3, 4, "2022-11-01", "2023-12-31", "moved")]


def test_a_release_for_a_quarter_speaks_of_all_of_it() -> None:
    found = (quarter_release(1, 3), quarter_release(2, 4), quarter_release(3, 4, day="2026-11-02"))
    assert moves(statements=found) == [
        (3, 4, "2025-06-30", "2025-07-01", "moved"),
        (4, 4, "2025-09-30", "2025-10-01", "stayed"),
    ]


def test_neighbouring_quarters_are_adjacent_and_others_are_not() -> None:
    near = only_move(statements=(quarter_release(1, 3), quarter_release(2, 4)))
    assert (near["quarters_apart"], near["is_adjacent"]) == (1, True)
    far = only_move(statements=(quarter_release(1, 3), quarter_release(3, 4)))
    assert (far["quarters_apart"], far["is_adjacent"]) == (2, False)
    same = only_move(statements=(statement("2023-01-05", 4), statement("2023-03-31", 3)))
    assert (same["quarters_apart"], same["is_adjacent"]) == (0, False)


def test_no_move_crosses_from_one_era_into_another() -> None:
    found = (statement("2025-06-01", 4), quarter_release(1, 3))
    assert moves(statements=found) == []


def test_statements_that_overlap_or_repeat_are_one() -> None:
    found = (
        statement("2023-12", 4),
        statement("2023-12-07", 4, source_url="https://b.example"),
        statement("2024-11", 3),
    )
    assert moves(statements=found) == [(4, 3, "2023-12-07", "2024-11-30", "moved")]


def test_statements_that_contradict_each_other_are_no_known_move() -> None:
    row = only_move(statements=(quarter_release(1, 3), quarter_release(1, 4, day="2026-11-02")))
    assert (row["is_contradicted"], row["is_adjacent"]) == (True, False)
    row = only_move(statements=(statement("2023-12", 3), statement("2023-12-07", 4)))
    assert row["is_contradicted"]


def test_a_spell_in_the_programme_stands_for_its_segment_and_narrows_the_change() -> None:
    """Norfolk and Suffolk: inside until February 2025, stated in segment 3 in February 2025."""
    spells = [spell(entered="2021-07", left="2025-02")]
    row = only_move(*spells, statements=(statement("2021", 4), statement("2025-02", 3)))
    assert (row["from_segment"], row["to_segment"], row["basis"]) == (4, 3, "programme")
    assert [f"{row[name]:%Y-%m-%d}" for name in ("from_last_day", "to_first_day")] == [
        "2025-01-31",
        "2025-02-28",
    ]


def test_an_entry_from_a_stated_segment_is_a_move_and_as_doubtful_as_the_spell() -> None:
    spells = [spell(entered="2024", confidence="low")]
    row = only_move(*spells, statements=(statement("2023-12", 3),))
    assert (row["from_segment"], row["to_segment"], row["basis"]) == (3, 4, "programme")
    assert row["confidence"] == "low"
    assert [f"{row[name]:%Y-%m-%d}" for name in ("from_last_day", "to_first_day")] == [
        "2023-12-01",
        "2024-12-31",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("moved 4 to 3", [(4, 3, "2023-12-31", "2024-01-31", "moved")]),
        ("Exit letter to SOF3", [(4, 3, "2023-12-31", "2024-01-31", "moved")]),
        ("ambulance-service-out-of-special-measures", []),
        ("", []),
    ],
)
def test_an_exit_is_a_move_only_where_its_words_name_the_segment(
    words: str, expected: list[tuple[object, ...]]
) -> None:
    spells = [spell(entered="2022-01", left="2024-01", left_kind_words=words)]
    assert moves(*spells) == expected


def test_who_left_the_programme_and_returned_has_not_stayed() -> None:
    spells = [
        spell(entered="2021-07", left="2021-09-23"),
        spell("rsp-RAA-2", entered="2023-05-01", left="2024-01"),
    ]
    assert moves(*spells) == [(4, 4, "2021-09-22", "2023-05-01", "returned")]


def test_a_spell_of_another_programme_or_era_is_no_evidence_of_a_segment() -> None:
    spells = [
        spell("qsm-RAA-1", entered="2017", left="2019"),
        spell(entered="2025-09-01", left="2026-01"),
    ]
    assert moves(*spells, statements=(statement("2023-12", 3),)) == []


def quarters(*spells: Row, statements: tuple[Row, ...] = ()) -> list[tuple[object, ...]]:
    found = run("marts.fct_segment_quarter", **ledger(*spells, statements=statements))
    return [
        (f"{row.quarter_start:%Y-%m}", row.segment, row.basis, row.is_vague, row.is_contradicted)
        for row in found.sort_values("quarter_start").itertuples()
    ]


def test_a_quarter_has_the_last_segment_stated_for_it() -> None:
    found = (statement("2023-01-05", 4), statement("2023-03-31", 3), statement("2023-05", 3))
    assert quarters(statements=found) == [
        ("2023-01", 3, "statements", False, True),
        ("2023-04", 3, "statements", False, False),
    ]


def test_a_statement_about_a_year_is_vague_for_each_of_its_quarters() -> None:
    found = (statement("2021", 4), statement("2021-12-01", 3))
    assert quarters(statements=found) == [
        ("2021-07", 4, "statements", True, False),
        ("2021-10", 3, "statements", False, True),
    ]


def test_quarters_certainly_inside_the_programme_are_filled_by_it_within_its_era() -> None:
    spells = [spell(entered="2024-08-15", left="2025-12")]
    found = quarters(*spells, statements=(statement("2025-02-06", 4),))
    assert found == [
        ("2024-07", 4, "programme", False, False),
        ("2024-10", 4, "programme", False, False),
        ("2025-01", 4, "statements", False, False),
        ("2025-04", 4, "programme", False, False),
    ]


def test_periods_of_the_panel_count_quarters_and_hold_stated_segments_only() -> None:
    raw = ledger(
        spell(entered="2024-01-01", left="2024-12"),
        statements=(statement("2023-12-31", 3), statement("2024-01-01", 4), statement("2022", 3)),
    )
    rows = answer("segment_panel", {"era": "R1"}, **raw)
    assert rows.to_dict("list") == {
        "unit": ["RAA", "RAA"],
        "period": [4 * 2023 + 3, 4 * 2024],
        "state": [3, 4],
        "org_type": ["acute", "acute"],
    }


def three(*statements: Row) -> dict[str, object]:
    (row,) = answer("segment_three", {}, **ledger(statements=statements)).to_dict("records")
    return {str(name): value for name, value in row.items() if value and name != "org_type"}


@pytest.mark.parametrize(
    ("later", "moved"),
    [
        ("2023-03-05", "moved_3_to_4_within_12_months"),
        ("2023-03-06", "moved_3_to_4_within_or_later"),
    ],
)
def test_segment_3_to_4_is_within_a_year_only_where_the_dates_say_so(
    later: str, moved: str
) -> None:
    assert three(statement("2022-03-05", 3), statement(later, 4)) == {
        "era_id": "R1",
        "organisations": 1,
        "in_3": 1,
        "in_3_followed": 1,
        "moved_3_to_4": 1,
        moved: 1,
        "in_4": 1,
        "in_4_not_followed": 1,
    }


def test_segment_3_to_4_is_later_where_it_was_still_3_after_a_year() -> None:
    row = three(statement("2022-01-05", 3), statement("2023-01-05", 3), statement("2023-02-01", 4))
    assert (row["moved_3_to_4"], row["moved_3_to_4_later"]) == (1, 1)


def test_who_is_not_stated_again_cannot_be_followed() -> None:
    row = three(statement("2022-01-05", 3), statement("2022-01-05", 4, "RBB"))
    assert (row["organisations"], row["in_3_not_followed"], row["in_4_not_followed"]) == (2, 1, 1)
    row = three(statement("2022-01-05", 4), statement("2022-05-05", 3), statement("2022-09-05", 2))
    assert (row["moved_4_to_3"], row["entered_3"], row["moved_3_to_2"]) == (1, 1, 1)


def test_moves_of_one_era_come_with_the_organisation() -> None:
    raw = ledger(statements=(statement("2022-01-05", 3), statement("2023-01-05", 4)))
    (row,) = answer("segment_moves", {"era": "R1"}, **raw).to_dict("records")
    assert (row["org_name"], row["org_type"], row["kind"]) == ("Trust RAA", "acute", "moved")
    assert answer("segment_moves", {"era": "R2"}, **raw).empty
    (first, last) = answer("segment_quarters", {}, **raw).to_dict("records")
    assert (first["segment"], last["segment"]) == (3, 4)
