"""Workforce: growth over twelve months, and when there is none."""

import pytest

from tests.unit.sql.models import Row, figure, run, snapshot

BOOK = snapshot(
    "book",
    "workforce",
    layout="england_and_organisation_workbook",
    period_start="2023-04-01",
    period_end="2024-07-01",
)
MONTHS = [f"{2023 + (3 + at) // 12}-{(3 + at) % 12 + 1:02}" for at in range(15)]
"""April 2023 to June 2024: the last three have a month twelve months before."""

NEW, CLOSED = "no staff twelve months before", "no staff any more"
MERGED = "merged or split within the twelve months"
STEPPED = "over a tenth of the staff came or went within one month"


def staff(org: str, *values: float | None, level: str = "provider") -> list[Row]:
    """Staff from April 2023 on, the last value in every later month; None is a month without a row."""
    filled = [*values, *[values[-1]] * (len(MONTHS) - len(values))]
    return [
        figure(BOOK, "fte", str(value), org, month, level=level)
        for month, value in zip(MONTHS, filled, strict=True)
        if value is not None
    ]


def growth(rows: list[Row], **raw: list[Row]) -> dict[tuple[str, str], object]:
    """Change and staff before by organisation and month, or the reason there is none."""
    found = run("intermediate.int_workforce__measures", snapshots=[BOOK], figures=rows, **raw)
    assert (found["amount"].isna() == found["missing_reason"].notna()).all()
    assert (found["snapshot_id"].eq("book") & found["basis"].eq("published")).all()
    assert ((found["period_end"] - found["period_start"]).dt.days < 32).all()
    answers: dict[tuple[str, str], object] = {}
    for (org, month), rows_of in found.groupby(["org_code", "period_start"]):
        amounts = rows_of.set_index("measure").astype({"amount": "float"})
        pair = amounts["amount"][["fte_change_12_months", "fte_12_months_before"]]
        reason = amounts["missing_reason"].iloc[0]
        answers[org, f"{month:%Y-%m}"] = tuple(pair) if pair.notna().all() else reason
    return answers


def test_change_is_told_against_the_same_month_of_the_year_before() -> None:
    rows = staff("RAA", 100, 101, 102, *[102] * 9, 105, 106.5, 101)
    assert growth(rows) == {
        ("RAA", "2024-04"): (5, 100),
        ("RAA", "2024-05"): (5.5, 101),
        ("RAA", "2024-06"): (-1, 102),
    }


def test_england_grows_as_published() -> None:
    rows = staff("ENG", 1000, *[1050] * 14, level="england")
    assert growth(rows)["ENG", "2024-04"] == (50, 1000)


def test_a_new_organisation_has_no_growth_until_it_is_a_year_old() -> None:
    found = growth([*staff("RAA", 100), *staff("RBB", None, 500)])
    assert [found["RBB", month] for month in MONTHS[-3:]] == [NEW, (0, 500), (0, 500)]


def test_a_closed_organisation_has_none_for_a_year_and_then_no_row() -> None:
    closed = staff("RBB", 500, *[None] * 14)
    found = growth([*staff("RAA", 100), *closed])
    assert {key: value for key, value in found.items() if key[0] == "RBB"} == {
        ("RBB", "2024-04"): CLOSED
    }


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-04-30", [(4, 100), (4, 100), (4, 100)]),
        ("2023-05-01", [MERGED, (4, 100), (4, 100)]),
        ("2023-06-01", [MERGED, MERGED, (4, 100)]),
        ("2024-06-01", [(4, 100), MERGED, MERGED]),
        ("2024-07-01", [(4, 100), (4, 100), MERGED]),
        ("2024-07-02", [(4, 100), (4, 100), (4, 100)]),
    ],
)
@pytest.mark.parametrize("side", ["predecessor_code", "successor_code"])
def test_a_merger_within_the_twelve_months_is_no_growth(
    side: str, day: str, expected: list[object]
) -> None:
    """One on the first of the following month counts: files show it at the end of the month before."""
    other = {"predecessor_code": "successor_code", "successor_code": "predecessor_code"}[side]
    move: Row = {side: "RAA", other: "RBB", "happened_on": day}
    found = growth(staff("RAA", 100, 100, 100, *[104] * 12), successions=[move])
    assert [found["RAA", month] for month in MONTHS[-3:]] == expected


def test_a_merger_that_only_the_reference_table_knows_is_no_growth_either() -> None:
    change: Row = {"predecessor_code": "RBB", "successor_code": "RAA", "date": "2024-01-01"}
    found = growth(staff("RAA", 100), reference_org_changes=[change])
    assert found["RAA", "2024-04"] == MERGED


def test_a_new_name_is_no_merger() -> None:
    same: Row = {
        "predecessor_code": "RAA",
        "successor_code": "RAA",
        "happened_on": "2024-01-01",
    }
    assert growth(staff("RAA", 100), successions=[same])["RAA", "2024-04"] == (0, 100)


@pytest.mark.parametrize(
    ("after", "expected"), [(110, (10, 100)), (110.5, STEPPED), (90, (-10, 100)), (89.5, STEPPED)]
)
def test_a_step_of_over_a_tenth_in_one_month_is_no_growth(after: float, expected: object) -> None:
    rows = staff("RAA", *[100] * 6, after)
    assert growth(rows)["RAA", "2024-04"] == expected


def test_a_step_of_the_month_that_is_compared_with_lies_before_the_twelve_months() -> None:
    found = growth(staff("RAA", 100, 200, 200))
    assert [found["RAA", month] for month in MONTHS[-3:]] == [STEPPED, (0, 200), (0, 200)]


def test_many_small_steps_are_growth() -> None:
    rows = staff("RAA", *[100 + 5 * at for at in range(15)])
    assert growth(rows)["RAA", "2024-04"] == (60, 100)


def test_a_care_boards_own_staff_are_not_its_system() -> None:
    board: Row = {"icb_code": "QMJ", "icb_name": "North Central London"}
    found = growth([*staff("RAA", 100), *staff("QMJ", 50)], icbs=[board])
    assert {org for org, _ in found} == {"RAA"}


def test_the_two_measures_are_the_sources_only_ones() -> None:
    found = run("intermediate.int_measures", snapshots=[BOOK], figures=staff("RAA", 100))
    assert set(found["source_id"]) == {"workforce"}
    assert set(found["measure"]) == {"fte_change_12_months", "fte_12_months_before"}
