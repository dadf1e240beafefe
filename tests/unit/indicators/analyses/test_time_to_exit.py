"""`time_to_exit` on a person's own file: what comes out, and what is refused in which words."""

from pathlib import Path
from typing import Any

import pytest

from indicators.analyses.refusal import Refusal
from indicators.analyses.running import analyse
from tests.stats.made import from_r, small
from tests.unit.indicators.analyses.files import own

SPEC = {"analysis": "time_to_exit"}
EXACT, INTERVAL = "unit,entry,stop,event", "unit,lo,hi"
# At 2: four at risk, an end of each cause; at 3: one of two ends, by cause 2.
BY_HAND = ("a,0,2,1", "b,0,2,2", "c,0,3,2", "d,0,4,0")


def run(folder: Path, header: str, *lines: str, **fields: Any) -> dict[str, Any]:
    return analyse(SPEC | fields, own(folder, header, *lines))


def codes(result: dict[str, Any]) -> list[str]:
    return [warning["code"] for warning in result["warnings"]]


def values(rows: list[dict[str, Any]], name: str) -> list[Any]:
    return [row[name] for row in rows]


def test_a_small_file_by_hand(tmp_path: Path) -> None:
    result = run(tmp_path, EXACT, *BY_HAND, causes={"1": "improved"})
    assert (result["ok"], result["n"], result["median"]) == (True, 4, 2.5)
    assert list(result["survival"][0]) == ["time", "at_risk", "survival", "ci_low", "ci_high"]
    assert values(result["survival"], "time") == [2, 3]
    assert values(result["survival"], "at_risk") == [4, 2]
    assert values(result["survival"], "survival") == pytest.approx([0.5, 0.25])
    incidence = result["cumulative_incidence"]
    assert list(incidence) == ["improved", "2"]
    assert values(incidence["improved"], "probability") == pytest.approx([0.25, 0.25])
    assert values(incidence["2"], "probability") == pytest.approx([0.25, 0.5])
    assert codes(result) == ["FEW_AT_RISK"]
    assert result["warnings"][0]["message"] == (
        "Fewer than five are at risk at 2 of the 2 times, first at 2: "
        "a single end moves the curve far there."
    )


def test_of_an_end_that_never_came_nothing_is_known_after_the_last_stop_either(
    tmp_path: Path,
) -> None:
    result = run(tmp_path, EXACT, *BY_HAND, times=[4, 4.1], causes={"3": "closed"})
    assert values(result["cumulative_incidence"]["closed"], "probability") == [0, None]


def test_at_given_times_the_curve_is_a_step_and_unknown_after_the_last_stop(tmp_path: Path) -> None:
    result = run(tmp_path, EXACT, *BY_HAND, times=[0, 1.5, 2, 2.9, 4, 4.1])
    survival, second = result["survival"], result["cumulative_incidence"]["2"]
    assert values(survival, "survival") == [1, 1, 0.5, 0.5, 0.25, None]
    assert values(survival, "at_risk") == [4, 4, 4, 2, 1, 0]
    assert values(second, "probability") == [0, 0, 0.25, 0.25, 0.5, None]
    assert survival[0]["ci_low"] is None
    assert survival[2]["ci_low"] < 0.5 < survival[2]["ci_high"]
    assert codes(result)[0] == "BEYOND_LAST_STOP"
    assert result["warnings"][0]["message"] == (
        "Nobody was watched after 4: nothing is known at 4.1."
    )


def test_ends_before_five_were_at_risk_are_pointed_out(tmp_path: Path) -> None:
    late = ("b,2,9,0", "c,2,9,0", "d,3,9,0", "e,3,9,0", "f,3,8,1")
    result = run(tmp_path, EXACT, "a,0,1,1", *late)
    assert values(result["survival"], "survival") == [0, 0]
    assert codes(result) == ["THIN_START", "FEW_AT_RISK"]
    assert result["warnings"][0]["message"] == (
        "Spells ended by 3, while fewer than five were at risk: the whole curve rests on it. "
        "Without the rows that stop by 3 it is the curve of those still in then."
    )
    without = run(tmp_path, EXACT, *late)
    assert values(without["survival"], "survival") == pytest.approx([0.8])
    assert codes(without) == []


def test_a_named_end_that_never_came_stays_at_zero(tmp_path: Path) -> None:
    result = run(tmp_path, EXACT, *BY_HAND, causes={"1": "improved", "2": "merged", "3": "closed"})
    assert list(result["cumulative_incidence"]) == ["improved", "merged", "closed"]
    assert values(result["cumulative_incidence"]["closed"], "probability") == [0, 0]


def test_the_small_spells_are_those_of_r(tmp_path: Path) -> None:
    rows = small("segment_spells")[["id", "entry", "stop", "event"]]
    result = run(tmp_path, EXACT, *rows.astype(str).agg(",".join, axis=1))
    expected, competing = from_r("kaplan_meier"), from_r("aalen_johansen")
    assert values(result["survival"], "time") == expected["time"]
    assert values(result["survival"], "at_risk") == expected["at_risk"]
    assert values(result["survival"], "survival") == pytest.approx(expected["survival"], abs=1e-12)
    bounds = values(result["survival"], "ci_low")
    assert bounds == pytest.approx(expected["loglog"]["ci_low"], abs=1e-12)
    found = [result["median"], result["median_ci_low"], result["median_ci_high"]]
    assert found == expected["median_loglog"]
    for cause in ("1", "2"):
        ours = values(result["cumulative_incidence"][cause], "probability")
        assert ours == pytest.approx(competing[f"cause_{cause}"]["probability"], abs=1e-12)


def test_the_small_intervals_are_those_of_r(tmp_path: Path) -> None:
    rows = small("segment_interval").map(str).replace("nan", "")
    result = run(tmp_path, INTERVAL, *rows.agg(",".join, axis=1), causes={"1": "left"})
    expected = from_r("turnbull")
    survival = values(result["survival"], "survival")
    assert values(result["survival"], "time") == expected["time"]
    assert survival == pytest.approx(expected["survival"], abs=1e-5)
    left = result["cumulative_incidence"]["left"]
    assert values(left, "probability") == pytest.approx([1 - share for share in survival])
    assert left[3]["ci_low"] == pytest.approx(1 - result["survival"][3]["ci_high"])


def test_within_an_interval_both_bounds_are_told(tmp_path: Path) -> None:
    """(0, 3] twice, (3, 6] once, and one still in at 5: none of three falls before 3, so 1/2 at 3."""
    lines = ("a,0,3", "b,0,3", "c,3,6", "d,6,")
    result = run(tmp_path, INTERVAL, *lines, times=[0, 2, 3, 6, 7])
    survival = result["survival"]
    assert values(survival, "survival") == pytest.approx([1, 1, 0.5, 0.25, None])
    assert values(survival, "at_risk") == pytest.approx([4, 4, 4, 2, 0])
    assert codes(result) == ["BEYOND_LAST_STOP", "WITHIN_INTERVAL", "FEW_AT_RISK"]
    assert result["warnings"][1]["message"] == (
        "At 2 survival lies between 0.500 and 1.000: when within (0, 3] it falls is not known; "
        "the higher is given."
    )


@pytest.mark.parametrize(("header", "line"), [(EXACT, "a,0,5,0"), (INTERVAL, "a,5,")])
def test_a_file_in_which_nobody_leaves(tmp_path: Path, header: str, line: str) -> None:
    result = run(tmp_path, header, line, times=[3])
    assert result["survival"][0]["survival"] == 1
    assert (result["median"], result["median_ci_low"], result["median_ci_high"]) == (None,) * 3
    assert codes(result)[0] == "NO_EVENTS"


@pytest.mark.parametrize(
    ("header", "line", "problem"),
    [
        (EXACT, "b,3,3,1", "column stop: '3' is not after entry"),
        (EXACT, "b,0,x,1", "column stop: 'x' is not a number. Write digits alone, such as 1234.5"),
        (
            EXACT,
            "b,0,inf,1",
            "column stop: 'inf' is not a number. Write digits alone, such as 1234.5",
        ),
        (EXACT, "b,0,,1", "column stop: is blank"),
        (
            EXACT,
            "b,0,3,0.5",
            "column event: '0.5' is not 0, 1, 2 or another whole number from 0 up",
        ),
        (EXACT, ",0,3,1", "column unit: is blank"),
        (INTERVAL, "b,3,2", "column hi: '2' is below lo"),
        (INTERVAL, "b,-1,2", "column lo: '-1' is below 0"),
        (INTERVAL, "b,,2", "column lo: is blank"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, header: str, line: str, problem: str) -> None:
    good = "a,0,2,1" if header == EXACT else "a,0,2"
    with pytest.raises(Refusal) as refusal:
        run(tmp_path, header, good, "", line)
    assert refusal.value.as_result() == {
        "ok": False,
        "code": "BAD_DATA",
        "message": f"own.csv, row 4, {problem}.",
    }


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"causes": {"1": "x", "2": "x"}}, "causes: two ends have the same name."),
        ({"causes": {"1": "2"}}, "causes: two ends have the same name."),
    ],
)
def test_two_ends_need_two_names(tmp_path: Path, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(Refusal) as refusal:
        run(tmp_path, EXACT, *BY_HAND, **fields)
    assert (refusal.value.code, refusal.value.message) == ("BAD_SPEC", message)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("unit,entry,stop", "no column 'event'; needed are unit, entry, stop, event."),
        ("unit,lo,other", "no column 'hi'; needed are unit, lo, hi."),
        (
            "unit,entry,lo,hi",
            "has both lo, hi and entry, stop, event: keep the columns of one kind.",
        ),
    ],
)
def test_the_columns_are_of_one_kind_and_complete(
    tmp_path: Path, header: str, message: str
) -> None:
    line = ",".join("1" * (header.count(",") + 1))
    with pytest.raises(Refusal) as refusal:
        run(tmp_path, header, line)
    assert refusal.value.message == f"own.csv, row 1: {message}"
