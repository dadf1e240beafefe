"""KH03: which zeros are believed, and which beds."""

import pytest

from tests.unit.sql.models import Row, figure, run, snapshot

BOOKS = {
    month: snapshot(f"book-{month}", "kh03", period_start=f"{month}-01", period_end=f"{end}-01")
    for month, end in (("2024-07", "2024-10"), ("2024-10", "2025-01"), ("2025-01", "2025-04"))
}
BEFORE, NOW, LATER = BOOKS
ENDS = {"2024-07": "2024-10-01", "2024-10": "2025-01-01", "2025-01": "2025-04-01"}
ZERO = "zero after more than 50 beds in the quarter before"
EMPTY = "no bed occupied of more than ten available"
DOUBLED = "more than twice the beds of the quarter before, without the patients"


def beds(month: str, available: str, occupied: str, sector: str = "general_acute") -> list[Row]:
    """Both figures of a trust's quarter."""
    cells = {f"{sector}_available": available, f"{sector}_occupied": occupied}
    return [
        figure(BOOKS[month], measure, value, month=month, period_end=ENDS[month])
        for measure, value in cells.items()
    ]


def judged(rows: list[Row], month: str = NOW) -> list[object]:
    """Amounts, or reasons, of what is available and what is occupied in a quarter."""
    found = run("intermediate.int_kh03__measures", snapshots=list(BOOKS.values()), figures=rows)
    assert len(found) == len(rows)
    assert (found["amount"].isna() == found["missing_reason"].notna()).all()
    mine = found[found["period_start"] == f"{month}-01"].sort_values("measure")
    amounts = mine["amount"].astype(float)
    return amounts.astype(object).where(amounts.notna(), mine["missing_reason"]).to_list()


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (("56.4", "38.3"), ("0", "0"), [ZERO, 0]),
        (("60", "51"), ("0", "0"), [ZERO, ZERO]),
        (("50", "50"), ("0", "0"), [0, 0]),
        (("0", "0"), ("0", "0"), [0, 0]),
        (("28", "19.6"), ("27.8", "0"), [27.8, EMPTY]),
        (("11", "9"), ("10", "0"), [10, 0]),
        (("196", "150"), ("1181.26", "162"), [DOUBLED, 162]),
        (("196", "150"), ("392", "162"), [392, 162]),
        # Two trusts that merge have twice the patients too.
        (("196", "150"), ("393", "225"), [393, 225]),
        (("50", "40"), ("300", "41"), [300, 41]),
        (("60", "-"), ("-", "*"), ["not published", "not published"]),
    ],
)
def test_a_quarter_is_held_against_the_one_before(before, now, expected) -> None:
    assert judged([*beds(BEFORE, *before), *beds(NOW, *now)]) == expected


def test_without_the_quarter_before_a_zero_stands() -> None:
    assert judged(beds(NOW, "0", "0")) == [0, 0]


def test_only_the_quarter_directly_before_counts() -> None:
    assert judged([*beds(BEFORE, "60", "51"), *beds(LATER, "0", "0")], LATER) == [0, 0]


def test_sectors_are_judged_apart() -> None:
    rows = [*beds(BEFORE, "60", "55"), *beds(NOW, "0", "0", sector="mental_illness")]
    assert judged(rows) == [0, 0]


def test_england_is_as_printed() -> None:
    england = {"org_code": "ENG", "level": "england"}
    rows = [*beds(BEFORE, "60", "55"), *beds(NOW, "0", "0")]
    assert judged([row | england for row in rows]) == [0, 0]


def test_a_flag_of_estimated_returns_stays_a_flag() -> None:
    row = figure(BOOKS[NOW], "estimated_for_trust", "1", month=NOW, period_end=ENDS[NOW])
    assert judged([row]) == [1]
