"""What the view beside others says: comparators, effects, placebos, balance and warnings in plain words."""

import pandas as pd
import pytest

from indicators.analyses.controlled_before import ControlledBefore
from indicators.analyses.its_before import Before
from pages.charts.layers.formats import IndicatorText
from pages.parts.its.comparators import balance_table, candidates_table
from pages.parts.its.controlled_drawn import lines_drawn
from pages.parts.its.controlled_result import placebos_frame, sets_frame
from pages.parts.its.controlled_words import (
    balance_words,
    form_sentence,
    gap_sentence,
    in_words,
    pool_sentence,
    space_sentence,
)

TEXT = IndicatorText("", "percent", "higher", "per cent")
FOUND = ControlledBefore(Before(pd.DataFrame()), pool=50, chosen=10)
EFFECT = {
    "horizon": 12,
    "period": "2022-07",
    "estimate": -1.24,
    "ci_low": -4.6,
    "ci_high": 2.1,
    "evidence": "uncertain",
}
TESTS = [{"term": "level_1", "t": -1.0, "number": 4, "rank": 2, "p": 0.4, "floor": 0.2}]
RESULT = {
    "form": "difference",
    "matching": "slope",
    "comparators": [{"unit": "A", "name": "Upton"}, {"unit": "B", "name": "Lowe"}],
    "coefficients": [{"term": "level_1", "estimate": -2.0}],
    "beside": {"form": "stacked", "coefficients": [{"term": "level_1", "estimate": 9.0}]},
    "placebo_in_space": {
        "tests": TESTS,
        "units": [
            {"unit": "A", "term": "level_1", "estimate": 0.5, "t": 0.2},
            {"unit": "A", "term": "slope_1", "estimate": 7.0, "t": 7.0},
            {"unit": "B", "term": "level_1", "estimate": 3.0, "t": 2.5},
        ],
    },
    "estimates": [
        {"matching": "unmatched", "comparators": 50, "effects": [EFFECT]},
        {"matching": "slope", "comparators": 10, "effects": []},
    ],
}


def test_who_would_be_compared_is_counted():
    assert pool_sentence(FOUND, "Mid Town", "level_slope") == (
        "50 organisations can be compared with Mid Town, and the 10 nearest in level, slope and size "
        "before entry are."
    )
    assert "the 10 nearest in slope before entry are." in pool_sentence(FOUND, "Mid Town", "slope")
    assert pool_sentence(FOUND, "Mid Town", "unmatched").endswith("Mid Town, and all are.")


def test_an_effect_is_told_against_the_comparators():
    assert gap_sentence(EFFECT, TEXT, False, 10) == (
        "12 months after entry (Jul 2022) its fitted line stood 1.2 points lower against the mean of 10 "
        "comparators than its course before entry led to expect: uncertain, 95 % interval −4.6 points to "
        "+2.1 points."
    )
    assert "12 months after the phase-in" in gap_sentence(EFFECT, TEXT, True, 10)


def test_the_other_form_is_named():
    change = {"term": "level_1", "estimate": 0.5, "ci_low": -1.0, "ci_high": 2.0}
    told = form_sentence({"beside": {"form": "stacked", "coefficients": [change]}}, TEXT)
    assert told == (
        "With all series in one model the level at entry is 0.5 points higher "
        "(95 % interval −1.0 points to +2.0 points)."
    )


def test_placebos_are_counted_with_the_least_p():
    assert space_sentence({"tests": TESTS}) == (
        "Placebo in space: each of 4 comparators was put in its place, against the others. 1 of them would "
        "have shown a change in level as clear as its own or clearer (rank 2 of 5, p 0.400; the least "
        "possible is 0.200)."
    )
    assert "None of them" in space_sentence({"tests": [TESTS[0] | {"rank": 1, "p": 0.2}]})
    assert "too few comparators" in space_sentence(None)


@pytest.mark.parametrize(
    ("smd", "told"),
    [
        (0.249, "alike (0.25)"),
        (-0.25, "below (0.25)"),
        (1.0, "far above (1.00)"),
        (-2.6, "far below (2.60)"),
        (None, "not known"),
    ],
)
def test_balance_in_words(smd, told):
    assert balance_words(smd, 0.25) == told


def test_traits_are_in_their_own_units():
    rows = [
        {"trait": "level", "entered": 70.47, "comparators": 84.9, "smd": -2.6},
        {"trait": "slope", "entered": 0.05, "comparators": -0.1, "smd": 0.3},
        {"trait": "log of size", "entered": 8.517193, "comparators": float("nan"), "smd": None},
    ]
    table = balance_table(rows, TEXT)
    assert table["Organisation"].to_list() == ["70.5 %", "+0.6 points a year", "5,000"]
    assert table["Comparators"].to_list() == ["84.9 %", "−1.2 points a year", "not known"]


def test_candidates_stand_in_first_and_other_types_last():
    rows = [
        {
            "org_code": "C",
            "org_name": "c",
            "is_in": False,
            "reason": "is another type of organisation",
        },
        {"org_code": "B", "org_name": "b", "is_in": False, "reason": "has no figure in this time"},
        {"org_code": "A", "org_name": "a", "is_in": True, "reason": "comparable, and nearest"},
    ]
    table = candidates_table(rows)
    assert table["Code"].to_list() == ["A", "B", "C"]
    assert table["Compared"].to_list() == ["in", "out", "out"]


def test_warnings_name_terms_and_signs_as_readers_do():
    assert in_words(
        "The change level_1 is +0.1 by the difference and -1.5 by the stacked model."
    ) == ("The change in level at entry is +0.1 by the difference and −1.5 by the stacked model.")
    assert in_words("log of size (+0.62) standard deviations apart").startswith("size (+0.62)")
    assert in_words("The interval of slope_2, -3 to 4, holds 0, month-on-month.") == (
        "The interval of the change in slope at exit, −3 to 4, holds 0, month-on-month."
    )


def test_the_line_without_entry_is_the_comparators_plus_the_distance_as_before():
    lines = {"entered": [60.0], "comparators": [80.0], "comparators_low": [75.0]}
    rows = pd.DataFrame(
        {"period": ["2022-01"], "used": [True], "why": [None], "comparators_high": [90.0]} | lines
    )
    assert "expected" not in lines_drawn(rows)
    assert lines_drawn(rows.assign(counterfactual=[-18.0]))["expected"].to_list() == [62.0]


def test_the_set_asked_for_is_marked_and_one_without_the_horizon_is_empty():
    found = sets_frame(RESULT, 12)
    assert found["label"].to_list() == ["All that can be compared (50)", "Nearest in slope (10)"]
    assert found["is_fixed"].to_list() == [False, True]
    assert found["estimate"].to_list() == pytest.approx([-1.24, float("nan")], nan_ok=True)
    own = EFFECT | {"estimate": 2.0}
    stacked = sets_frame(RESULT | {"form": "stacked", "effects": [own]}, 12)
    assert stacked["is_fixed"].to_list() == [False, False, True]
    assert (stacked["label"].iloc[-1], stacked["estimate"].iloc[-1]) == (
        "All series in one model (2)",
        2.0,
    )


def test_placebos_are_of_the_level_at_entry_the_clearest_first():
    found = placebos_frame(RESULT, "Mid Town")
    assert list(zip(found["name"], found["estimate"], found["t"], strict=True)) == [
        ("Lowe", 3.0, 2.5),
        ("Mid Town", -2.0, -1.0),
        ("Upton", 0.5, 0.2),
    ]
    stacked = placebos_frame(RESULT | {"form": "stacked"}, "Mid Town")
    assert stacked.loc[stacked["is_own"], "estimate"].to_list() == [9.0]
