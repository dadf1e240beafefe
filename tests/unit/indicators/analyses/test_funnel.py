"""`funnel` on a person's own file: what comes out, and what is refused in which words."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from tests.unit.indicators.analyses.files import own

SHARES, RATIOS = "unit,numerator,denominator", "unit,observed,expected"


def run(folder: Path, header: str, *lines: str, **fields: Any) -> dict[str, Any]:
    return analyse({"analysis": "funnel"} | fields, own(folder, header, *lines))


def codes(result: dict[str, Any]) -> list[str]:
    return [warning["code"] for warning in result["warnings"]]


def test_shares_by_hand(tmp_path: Path) -> None:
    """25 and 75 of 100 about a half: z ∓5π/3; both 10 % ends drawn in to 80 % of that, and phi (4π/3)²."""
    result = run(tmp_path, SHARES, "a,25,100", "b,75,100", overdispersion="none", sizes=[100])
    z = 5 * np.pi / 3
    assert result["target"] == pytest.approx(0.5)
    assert result["phi"] == pytest.approx((0.8 * z) ** 2)
    assert result["tau2"] == pytest.approx((2 * (0.8 * z) ** 2 - 1) / 400)
    assert result["units"] == [
        {
            "unit": name,
            "value": value,
            "z": pytest.approx(sign * z),
            "z_adjusted": pytest.approx(sign * z),
            "flag": flag,
        }
        for name, value, sign, flag in (("a", 0.25, -1, "low"), ("b", 0.75, 1, "high"))
    ]
    assert (result["n"], result["outside"], result["expected_outside"]) == (2, 2, 0.004)
    names = ["size", "lower_95", "upper_95", "lower_998", "upper_998"]
    assert [list(row) for row in result["limits"]] == [names]
    assert codes(result) == ["FEW_UNITS"]


@pytest.mark.parametrize(("how", "widened"), [("additive", True), ("multiplicative", True)])
def test_overdispersion_widens(tmp_path: Path, how: str, widened: bool) -> None:
    lines = [f"u{place},{400 + 20 * place},1000" for place in range(11)]
    plain = run(tmp_path, SHARES, *lines, overdispersion="none")
    result = run(tmp_path, SHARES, *lines, overdispersion=how)
    assert (result["limits"][0]["upper_998"] > plain["limits"][0]["upper_998"]) == widened
    assert result["outside"] < plain["outside"]
    assert [row["size"] for row in result["limits"]] == [1000]
    assert codes(result) == []


def test_ratios_and_their_trim(tmp_path: Path) -> None:
    lines = [f"u{place},{80 + 4 * place},100" for place in range(11)]
    result = run(tmp_path, RATIOS, *lines)
    assert result["target"] == 1
    assert result["units"][0]["z"] == pytest.approx(10 * np.log(0.8))
    root = run(tmp_path, RATIOS, *lines, transform="sqrt")
    assert root["units"][0]["z"] == pytest.approx(2 * (80**0.5 - 10))
    assert run(tmp_path, RATIOS, *lines, trim="truncate")["phi"] < result["phi"]
    assert codes(result) == []


def test_events_that_are_not_those_expected_over_all_are_pointed_out(tmp_path: Path) -> None:
    result = run(tmp_path, RATIOS, *[f"u{place},110,100" for place in range(10)])
    assert result["warnings"] == [
        {
            "code": "OVERALL_NOT_ONE",
            "message": "Observed events are 1.100 times those expected in all of these units; "
            "each is judged against 1.",
        }
    ]


@pytest.mark.parametrize(
    ("header", "line", "told"),
    [
        (SHARES, "a,1,2", "row 3, column unit: 'a' stands there a second time."),
        (SHARES, ",1,2", "row 3, column unit: is blank."),
        (SHARES, "b,,2", "row 3, column numerator: is blank."),
        (SHARES, "b,3,2", "row 3, column numerator: '3' is above its denominator."),
        (SHARES, "b,-1,2", "row 3, column numerator: '-1' is below 0."),
        (SHARES, "b,0,0", "row 3, column denominator: '0' is not above 0."),
        (RATIOS, "b,1,0", "row 3, column expected: '0' is not above 0."),
        (
            RATIOS,
            "b,0,2",
            "row 3, column observed: '0' has no logarithm: take the transform sqrt.",
        ),
        ("unit,numerator,expected", "b,1,2", "row 1: has both numerator, denominator and observed"),
        ("unit,numerator", "b,1", "row 1: no column 'denominator'; needed are unit, numerator, "),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, header: str, line: str, told: str) -> None:
    first = ",".join(["a", "1", "2"][: len(header.split(","))])
    with pytest.raises(Refusal) as refusal:
        run(tmp_path, header, first, line)
    assert refusal.value.code == "BAD_DATA"
    assert told in refusal.value.message


@pytest.mark.parametrize(
    ("header", "fields", "told"),
    [
        (SHARES, {"transform": "log"}, "transform: log is not for numerator, denominator."),
        (RATIOS, {"transform": "arcsine"}, "transform: arcsine is not for observed, expected."),
        (SHARES, {"transform": "score"}, "transform: "),
        (SHARES, {"sizes": [0]}, "sizes.0: "),
        (SHARES, {"trim": "none"}, "trim: "),
    ],
)
def test_a_faulty_field_is_named(tmp_path: Path, header: str, fields: dict[str, Any], told: str):
    with pytest.raises(Refusal) as refusal:
        run(tmp_path, header, "a,1,2", **fields)
    assert refusal.value.code == "BAD_SPEC"
    assert refusal.value.message.startswith(told)


def test_none_observed_is_well_under_the_square_root(tmp_path: Path) -> None:
    result = run(tmp_path, RATIOS, "a,0,20", "b,20,20", transform="sqrt", overdispersion="none")
    assert [unit["flag"] for unit in result["units"]] == ["low", None]
