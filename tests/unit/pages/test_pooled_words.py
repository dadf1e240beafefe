"""The pooled evidence in sentences, on made results: which interval is told, and what if one is missing."""

from typing import Any

import pytest

from indicators.registry import load_all
from pages.parts.pooled.answer import Answer
from pages.parts.pooled.checks import honest_sentence
from pages.parts.pooled.choice import Asked, describe_base
from pages.parts.pooled.words import (
    changed,
    direction,
    excess_of,
    figures,
    lead_sentences,
    mean_of,
    reasons_of,
    sustained,
    warning_sentences,
    written_date,
)
from settings import Settings

CATALOGUE = load_all(Settings().catalogue_dir)
ASKED = Asked(CATALOGUE["ae_4h_all"], "entry", {})
LISTS = Asked(CATALOGUE["rtt_wl"], "entry", {})
REGRESSION = {"n": 7, "excess": 1.0, "ci_low": -1.0, "ci_high": 3.0}
SHADOWS = {"n": 3, "excess": {"estimate": 2.0, "ci_low": 1.0, "ci_high": 3.0, "n": 3}}


def made(*codes: str, **more: Any) -> dict[str, Any]:
    return {
        "pooled": {"n": 9, "estimate": 2.0, "ci_low": 0.5, "ci_high": 3.5},
        "shared_controls": {"se": 1.0, "ci_low": -0.5, "ci_high": 4.5},
        "rebound": {"regression": REGRESSION, "shadows": SHADOWS},
        "warnings": [{"code": code, "message": f"Said of {code}."} for code in codes],
    } | more


def test_the_interval_that_allows_for_shared_controls_is_always_the_one_told() -> None:
    assert figures(mean_of(made()), ASKED) == (
        "uncertain, 95 % interval −0.5 points to +4.5 points"
    )


def test_a_neighbours_entry_may_go_along_with_support_or_with_a_drain() -> None:
    both = {"ci_low": -1.0, "ci_high": 1.0}
    assert direction(both, ASKED).startswith("That tells neither")
    better = {"ci_low": 1.0, "ci_high": 2.0}
    assert "shared the support" in direction(better, ASKED)
    assert "drained them" in direction(better, LISTS)


def test_what_the_mean_withstands_in_words() -> None:
    line = {"estimate": 2.0, "ci_low": 1.0, "ci_high": 3.0}
    found = {"n": 9, "line": line, "breakdown": 0.24, "largest_before": 0.5, "refused": None}
    told = honest_sentence({"honest": found}, ASKED)
    assert "would be +2.0 points, 95 % interval +1.0 points to +3.0 points (of 9" in told
    assert "bends by no more than 0.2 points a quarter" in told
    assert told.endswith("before, it bent by up to 0.5 points.")
    refused = {"honest": {"refused": "It cannot be told."}}
    assert honest_sentence(refused, ASKED) == "It cannot be told."


def test_whether_an_exit_lasted_is_told_or_why_not() -> None:
    late = {"n": 8, "estimate": 1.0, "ci_low": -1.0, "ci_high": 3.0}
    told = sustained({"sustained": late}, ASKED)
    assert told.startswith("In months 10 to 12 after it was +1.0 points: uncertain")
    nothing = {"sustained": late | {"estimate": None}}
    assert "cannot be said" in sustained(nothing, ASKED)


def test_lower_is_better_for_a_waiting_list() -> None:
    assert figures({"ci_low": -300.4, "ci_high": -20.0}, LISTS) == (
        "clear improvement, 95 % interval −300 to −20"
    )


@pytest.mark.parametrize(
    ("rebound", "told"),
    [
        ({"regression": REGRESSION, "shadows": SHADOWS}, (7, 1.0, -1.0)),
        ({"regression": None, "shadows": SHADOWS}, (3, 2.0, 1.0)),
        ({"regression": None, "shadows": None}, None),
        (None, None),
    ],
)
def test_the_excess_is_the_regression_s_or_else_that_over_shadows(
    rebound: dict[str, Any] | None, told: tuple[float, ...] | None
) -> None:
    found = excess_of(made(rebound=rebound))
    assert (found and (found["n"], found["estimate"], found["ci_low"])) == told


def test_warnings_of_the_lead_are_not_said_twice_and_fields_become_places() -> None:
    result = made("EXIT_DESCRIPTIVE", "TOO_FEW_ENTRANTS", "DEFINITION_CHANGED")
    result["warnings"].append(
        {"code": "RTM_LIKELY", "message": "It. Read rebound before the effect."}
    )
    assert warning_sentences(result) == [
        "Said of DEFINITION_CHANGED.",
        "It. Read what was to be expected anyway before the effect.",
    ]


def test_exits_that_may_not_have_happened_do_not_count() -> None:
    left_out = [
        {"left": "2022-03", "reason": "too late"},
        {"left": None, "reason": "no date"},
        {"left": None, "reason": "no date"},
    ]
    answer, asked = Answer(None, left_out), Asked(CATALOGUE["ae_4h_all"], "exit", {})
    told = lead_sentences(answer, asked)
    assert told[0].startswith("None of 1 exits known to the month can be judged")
    assert told[1] == "The most frequent reason (1): too late."
    assert "no effect of leaving" in told[2]
    assert reasons_of(left_out) == [("no date", 2), ("too late", 1)]


def test_figures_that_are_not_there_are_named_as_such() -> None:
    answer = Answer(None, [], "NEEDS_DATA", "indicator: there is no value of ae_4h_all.")
    assert lead_sentences(answer, ASKED) == [
        "This cannot be judged.",
        "No figures of A&E within 4 hours are published for those asked for.",
    ]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2017-03-22", "22 March 2017"),
        ("2013-11", "Nov 2013"),
        ("2022-Q4", "Oct to Dec 2022"),
        ("2023", "2023"),
        ("", "not known"),
        (None, "not known"),
    ],
)
def test_dates_are_told_to_the_precision_they_are_known(written: str | None, words: str) -> None:
    assert written_date(written, "not known") == words


@pytest.mark.parametrize(
    ("base", "step", "words"),
    [
        ((-12, -1), 1, "the year before"),
        ((-4, -1), 3, "the year before"),
        ((-4, -3), 3, "months 12 to 7 before"),
        ((-24, -13), 1, "the year before that"),
        ((-3, -1), 1, "months 3 to 1 before"),
    ],
)
def test_the_time_before_in_words(base: tuple[int, int], step: int, words: str) -> None:
    assert describe_base(base, step) == words


def test_large_counts_have_no_tenths() -> None:
    assert changed(-2159.4, "count") == "−2,159"
    assert changed(12.5, "count") == "+12.5"
    assert changed(-0.04, "percent") == "0.0 points"
