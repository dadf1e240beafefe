"""`transitions` on a person's own file: what comes out, and what is refused in which words."""

from pathlib import Path
from typing import Any

import pytest

from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from tests.stats.made import from_r, small
from tests.unit.indicators.analyses.files import own

SPEC = {"analysis": "transitions"}
HEADER = "unit,period,state"


def run(folder: Path, *lines: str, **fields: Any) -> dict[str, Any]:
    return analyse(SPEC | fields, own(folder, HEADER, *lines))


def test_a_small_file_by_hand(tmp_path: Path) -> None:
    """From 3: one of two to 4, the other stays. Nothing is known from 4; a gap at b is not bridged."""
    result = run(tmp_path, "a,1,3", "a,2,4", "b,1,3", "b,2,3", "b,4,4")
    low, high = 0.09453120573423074, 0.9054687942657692
    assert result == {
        "ok": True,
        "states": [3, 4],
        "counts": [[1, 1], [0, 0]],
        "probabilities": [[0.5, 0.5], [None, None]],
        "intervals": [
            [pytest.approx([low, high]), pytest.approx([low, high])],
            [[None, None], [None, None]],
        ],
        "warnings": [
            {
                "code": "NOT_ADJACENT",
                "message": "Pairs of neighbouring rows not exactly 1 apart, so not counted: 1.",
            },
            {
                "code": "FEW_MOVES",
                "message": "Fewer than 10 moves or stays were counted from: 3, 4.",
            },
        ],
    }


def test_the_small_panel_is_that_of_r(tmp_path: Path) -> None:
    lines = small("segment_panel").astype(str).agg(",".join, axis=1)
    result, expected = run(tmp_path, *lines), from_r("transitions")
    assert result["counts"] == expected["counts"]
    for ours, theirs in zip(result["probabilities"], expected["probabilities"], strict=True):
        assert ours == pytest.approx(theirs, abs=1e-12)
    assert result["intervals"][1][2] == pytest.approx(
        [expected["ci_low"][1][2], expected["ci_high"][1][2]], abs=1e-12
    )
    assert result["warnings"] == []


@pytest.mark.parametrize(
    ("periods", "step"),
    [
        (("9", "10", "12"), 1),
        (("2023-12", "2024-01", "2024-03"), 1),
        (("2023-Q4", "2024-Q1", "2024-Q3"), 1),
        (("2024-02-28", "2024-02-29", "2024-03-02"), 1),
        (("2023-12-01", "2024-01-01", "2024-03-01"), 1),
        (("2023-10", "2024-01", "2024-07"), 3),
    ],
)
def test_periods_count_in_the_unit_they_are_written_in(
    tmp_path: Path, periods: tuple[str, ...], step: int
) -> None:
    """The first two are neighbours, the third is not."""
    lines = [f"a,{period},{state}" for period, state in zip(periods, "343", strict=True)]
    assert run(tmp_path, *lines, period_step=step)["counts"] == [[0, 1], [0, 0]]


def test_states_that_are_not_all_numbers_are_words(tmp_path: Path) -> None:
    result = run(tmp_path, "a,1,4", "a,2,merged")
    assert result["states"] == ["4", "merged"]


def test_a_file_without_neighbours_says_so(tmp_path: Path) -> None:
    result = run(tmp_path, "a,2024-01,3", "a,2024-04,3")
    assert [warning["code"] for warning in result["warnings"]] == [
        "NOT_ADJACENT",
        "NO_MOVES",
        "FEW_MOVES",
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("a,1,4", "column period: '1' stands there a second time for this unit"),
        (",2,4", "column unit: is blank"),
        ("a,,4", "column period: is blank"),
        ("a,2,", "column state: is blank"),
        (
            "a,2024-Q1,4",
            "column period: '2024-Q1' is a quarter, and rows above have a whole number. "
            "Write all in one way",
        ),
        (
            "a,May,4",
            "column period: 'May' is not a whole number, a month 2024-04, a quarter 2024-Q2 "
            "or a date 2024-04-30",
        ),
        (
            "a,2024-13,4",
            "column period: '2024-13' is not a whole number, a month 2024-04, a quarter 2024-Q2 "
            "or a date 2024-04-30",
        ),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, line: str, problem: str) -> None:
    with pytest.raises(Refusal) as refusal:
        run(tmp_path, "a,1,3", line)
    assert refusal.value.as_result() == {
        "ok": False,
        "code": "BAD_DATA",
        "message": f"own.csv, row 3, {problem}.",
    }


def test_periods_that_are_all_blank(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"^own.csv, row 2, column period: is blank.$"):
        run(tmp_path, "a,,3")
