"""Classes from a kept screen: as they were, and as other thresholds would have them."""

from dataclasses import replace

from indicators.screening.judged import judged
from indicators.stats.screen.thresholds import DEFAULTS
from tests.unit.indicators.screening.made_document import (
    CLASSES,
    ROWS,
    discrimination,
    row,
    scored,
)


def classes(**changes: float) -> list[str]:
    return [one.decision.name for one in judged(ROWS, replace(DEFAULTS, **changes))]


def test_the_usual_thresholds_give_the_five_classes() -> None:
    assert classes() == CLASSES


def test_a_lower_gate_lets_an_indicator_through_to_its_profile() -> None:
    """Beds have a reliability of 0.55; its excess was not tested, so that its class is not known then."""
    assert classes(reliability_gate=0.5)[3] == "not assessable"


def test_stricter_thresholds_take_the_class_away() -> None:
    assert classes(discrimination=0.62)[0] == "not assessable"
    assert classes(stability=0.95)[0] == "not supported"
    assert classes(false_discoveries=0.005)[0] == "context"
    assert set(classes(months=61)) == {"not assessable"}


def test_grades_follow_the_thresholds_that_may_change() -> None:
    usual, strict = (
        judged(ROWS, replace(DEFAULTS, **changes))[0]
        for changes in ({}, {"discrimination": 0.62, "months": 61})
    )
    assert [usual.of(name).grade for name in ("discrimination", "coverage")] == ["adequate"] * 2
    assert [strict.of(name).grade for name in ("discrimination", "coverage")] == ["weak"] * 2


def test_what_feeds_the_segment_rule_counts_neither_way() -> None:
    told = discrimination(scored((0.9, 0.8, 0.95), "strong"), is_circular=True)
    (one,) = judged([row("nof_score", discrimination=told)], DEFAULTS)
    assert one.of("discrimination").is_circular
    assert one.decision.name == "not assessable"
