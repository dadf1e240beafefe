"""What the strip asks: every statement with its organisation, and the latest move within one era."""

from typing import Any

import pytest

from tests.unit.sql.models import Row, answer, trust

ERAS: list[Row] = [
    {"era_id": "R1", "short_name": "NOF 2022/23", "starts_on": "2021-07", "ends_on": "2025-06-26"},
    {"era_id": "R2", "short_name": "NOF 2025/26", "starts_on": "2025-06-26", "ends_on": ""},
]


def said(on: str, segment: int, framework: str = "NOF 2022/23", era: str = "R1") -> Row:
    return {
        "org_code": "RAA",
        "era_id": era,
        "snapshot_date": on,
        "segment": str(segment),
        "framework": framework,
        "source_url": "https://a.example/1",
        "confidence": "high",
    }


def asked(question: str, *rows: Row) -> list[dict[Any, Any]]:
    frame = answer(
        question,
        {},
        reference_framework_eras=ERAS,
        reference_org_types=[trust("RAA")],
        reference_segment_snapshots=list(rows),
    )
    return frame.to_dict("records")


def moves(*rows: Row) -> list[tuple[int, int, str]]:
    return [
        (row["from_segment"], row["to_segment"], f"{row['to_first_day']:%Y-%m-%d}")
        for row in asked("latest_segment_moves", *rows)
    ]


def test_every_statement_comes_with_its_organisation() -> None:
    (row,) = asked("segment_strip", said("2023-12", 4))
    assert (row["org_code"], row["org_type"], row["era_id"]) == ("RAA", "acute", "R1")
    assert (row["segment"], row["source_url"]) == (4, "https://a.example/1")
    assert row["org_full_name"]


def test_the_latest_of_several_moves_is_given() -> None:
    assert moves(said("2022-02", 4), said("2022-08", 3), said("2023-03", 2)) == [
        (3, 2, "2023-03-31")
    ]


def test_the_same_segment_again_is_no_move() -> None:
    assert moves(said("2022-02", 4), said("2022-08", 3), said("2023-03", 3)) == [
        (4, 3, "2022-08-31")
    ]
    assert moves(said("2022-02", 4), said("2022-08", 4)) == []


def test_nothing_is_a_move_across_an_era() -> None:
    assert moves(said("2025-03", 4), said("2025-12-31", 2, "NOF 2025/26 Q3", "R2")) == []


@pytest.mark.parametrize("written", ["2023", "2023-03"])
def test_statements_of_the_same_time_are_no_move(written: str) -> None:
    assert moves(said(written, 4), said("2023-03-15", 3)) == []
