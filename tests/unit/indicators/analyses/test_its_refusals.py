"""The analysis `its` on a person's own rows: what it refuses, and in which words."""

from pathlib import Path
from typing import Any

import pytest

from indicators.analyses.refusal import Refusal
from tests.unit.indicators.analyses.made_its import codes, month, rows, run, values

FIVE = rows(values(5))
CASES: dict[str, tuple[list[str], dict[str, Any], str, str]] = {
    "text in a number column": (
        [*rows(values(47)), "2015-12,a lot"],
        {},
        "BAD_DATA",
        "own.csv, row 49, column value: 'a lot' is not a number. Write digits alone, such as 1234.5, and "
        "leave the cell blank where it is missing.",
    ),
    "all missing": (
        ["period,value", *(f"{month(t)}," for t in range(1, 40))],
        {},
        "NO_VARIATION",
        "own.csv: no row has a value, so all are missing or suppressed. Choose another measure, or fill in "
        "the figures.",
    ),
    "a constant": (
        rows([7.0] * 48),
        {},
        "NO_VARIATION",
        "All 48 values are the same (7), so there is no change to measure. Choose a measure that varies.",
    ),
    "five points": (
        FIVE,
        {"interruptions": ["2012-03"]},
        "TOO_FEW_POINTS",
        "There are 2 months with a value before entry and 3 after; at least 8 before and 3 after are "
        "needed. Choose a measure that reaches further back, or read the control chart.",
    ),
    "an empty middle": (
        [line for line in rows(values(60)) if not "2013-01" <= line[:7] <= "2014-02"],
        {},
        "TOO_MANY_GAPS",
        "14 of the 60 months have no value, more than a fifth, so what is missing may be what matters. "
        "Choose a stretch that is better filled, or find the missing figures.",
    ),
    "entry in April 2020": (
        rows(values(60), 2018),
        {"interruptions": ["2020-04"]},
        "COVID_OVERLAP",
        "Entry falls inside the pandemic window (Mar 2020–Mar 2021). A single-trust ITS cannot separate the "
        "two. Use the comparison with matched trusts.",
    ),
    "a rolling figure": (
        rows(values(48)),
        {"rolling_k": 12},
        "ROLLING_WINDOW",
        "This measure is a 12-month rolling figure, so neighbouring points repeat the same data. A step "
        "change is smeared over 12 months and the test is not valid. Use the monthly series.",
    ),
    "seasons of one year": (
        rows(values(20, at=11)),
        {"interruptions": ["2012-11"], "seasonality": "fourier1"},
        "SEASONALITY_NEEDS_2Y",
        "Seasons (fourier1) take 24 months with a value, and there are 20. Choose seasonality none or "
        "auto, or take a longer series.",
    ),
    "a new definition at entry": (
        rows(values(48)),
        {"series_breaks": ["2014-01"]},
        "SERIES_BREAK",
        "The definition of the measure changed in Jan 2014, where an interruption is, so the two cannot be "
        "told apart. Choose another measure, or one definition alone (in a document, breaks: truncate).",
    ),
    "days": (
        ["period,value", "2014-01-02,3", "2014-01-03,4"],
        {},
        "BAD_DATA",
        "period: an interrupted series takes months or quarters, and these are days. Combine them into "
        "months.",
    ),
    "several series": (
        ["series,period,value", "a,2014-01,3", "b,2014-01,4"],
        {},
        "BAD_DATA",
        "own.csv: there are 2 series, and one is analysed at a time. Keep the rows of one.",
    ),
    "another frequency": (
        rows(values(48)),
        {"frequency": "quarter"},
        "BAD_SPEC",
        "frequency: quarter is asked for, and the periods are months. Leave frequency out, or give "
        "periods of that kind.",
    ),
    "no period": (
        rows(values(48)),
        {"interruptions": ["soon"]},
        "BAD_SPEC",
        "interruptions: 'soon' is not a month, as the periods of the data are.",
    ),
    "exit before entry": (
        rows(values(48)),
        {"interruptions": ["2014-01", "2013-01"]},
        "BAD_SPEC",
        "interruptions: each has to come after the one before it (entry, exit, entry again).",
    ),
    "shares of nothing": (
        rows(values(48)),
        {"family": "binomial"},
        "BAD_SPEC",
        "Family binomial takes numerators and denominators, and this series has values alone. Choose family "
        "gaussian, or give the counts.",
    ),
    "more than all": (
        ["period,numerator,denominator", "2014-01,30,20", "2014-02,10,20"],
        {"family": "binomial"},
        "BAD_DATA",
        "numerator: it is above the denominator somewhere, so it is no part of it. Choose family "
        "poisson, or correct it.",
    ),
    "less than none": (
        ["period,value", "2014-01,-3", "2014-02,10"],
        {"family": "poisson"},
        "BAD_DATA",
        "value: a number below 0 cannot be counted. Choose family gaussian.",
    ),
    "fewer than none of some": (
        ["period,numerator,denominator", "2014-01,-3,20", "2014-02,10,20"],
        {"family": "binomial"},
        "BAD_DATA",
        "numerator: a number below 0 cannot be counted. Choose family gaussian, or correct it.",
    ),
    "a lag of nothing": (
        rows(values(48)),
        {"lag": 3},
        "BAD_SPEC",
        "lag: is for method newey_west, and the method is ols.",
    ),
    "an order of nothing": (
        rows(values(48)),
        {"order": [1, 0]},
        "BAD_SPEC",
        "order: is for method arima, and the method is ols.",
    ),
    "no interruption": (
        rows(values(48)),
        {"interruptions": []},
        "BAD_SPEC",
        "interruptions: Tuple should have at least 1 item after validation, not 0.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_refusals_read_well(tmp_path: Path, case: str) -> None:
    lines, fields, code, message = CASES[case]
    with pytest.raises(Refusal) as refused:
        run(tmp_path, *lines, **fields)
    assert (refused.value.code, refused.value.message) == (code, message)


def test_entry_and_exit_four_months_apart_are_read_as_one_change(tmp_path: Path) -> None:
    result = run(tmp_path, *rows(values(48)), interruptions=["2014-01", "2014-05"])
    assert codes(result) == ["INTERRUPTIONS_CLOSE"]
    assert result["warnings"][0]["message"] == (
        "The interruptions of Jan 2014 and May 2014 are 4 months apart, too few to tell two changes from "
        "each other. They are read as one change from Jan 2014 on: do not read it as the effect of either."
    )
    assert result["coefficients"] == run(tmp_path, *rows(values(48)))["coefficients"]
