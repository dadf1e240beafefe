"""Criteria and facts of the screen in words."""

from indicators.screening.judged import Criterion
from indicators.stats.screen.facts import Fact
from indicators.stats.screen.resampling import Estimate
from pages.parts.key_indicators.words import (
    asked_words,
    estimate_words,
    fact_words,
    found_words,
    grade_words,
    short_estimate,
    some_of,
)


def test_an_estimate_has_the_unit_of_its_criterion() -> None:
    assert estimate_words(Criterion("timeliness", Estimate(42.0), "strong")) == "42 days"
    rebound = Criterion("rebound", Estimate(0.152, 0.1, 0.2), "strong")
    assert estimate_words(rebound) == "15.2 (10.0 to 20.0) %"
    assert short_estimate(rebound) == "15 (10 to 20) %"
    moved = Criterion("responsiveness", Estimate(-0.01, -0.2, 0.17), "weak")
    assert estimate_words(moved) == "−0.01 (−0.20 to +0.17) SD"
    still = Criterion("responsiveness", Estimate(-0.004, -0.01, 0.01), "weak")
    assert estimate_words(still) == "+0.00 (−0.01 to +0.01) SD"
    assert estimate_words(Criterion("reliability", None, "not assessable", "none")) == ""


def test_a_mark_never_stands_without_its_name() -> None:
    assert grade_words(Criterion("measurement risk", None, "medium")) == "◐ medium"
    assert grade_words(Criterion("prediction", None, "not assessable")) == "not assessable"
    circular = Criterion("discrimination", Estimate(0.9), "strong", is_circular=True)
    assert grade_words(circular) == "◌ circular"


def test_a_fact_that_just_misses_its_limit_can_be_told_from_it() -> None:
    fact = Fact("discrimination", False, 0.69, 0.55, 0.5486, 0.83)
    assert found_words(fact) == "0.690 (0.549 to 0.830)"
    assert asked_words(fact) == "lower end above 0.55"
    assert fact_words(fact).endswith("asked for: lower end above 0.55, not met")


def test_an_unknown_fact_says_why_without_a_code() -> None:
    fact = Fact("prediction", None, None, 0.55, why="TOO_FEW_EVENTS: 3 events")
    assert fact_words(fact) == "Foretells entry, AUC is unknown: 3 events"


def test_long_lists_are_cut_and_say_so() -> None:
    assert some_of(["a", "b", "c"]) == "a, b and c"
    assert some_of(["a", "b", "c"], 2) == "a, b and 1 more"
