"""Every class by rule, and the facts that decided it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.stats.screen.classes import classify
from indicators.stats.screen.facts import Evidence
from indicators.stats.screen.measurement import MeasurementRisk
from indicators.stats.screen.quality import Figures, quality
from indicators.stats.screen.resampling import Estimate, Scored, not_assessable
from indicators.stats.screen.thresholds import Thresholds

WHOLE = np.full(10, 30.0)
GOOD = quality(Figures(WHOLE, WHOLE, WHOLE * 0, WHOLE * 0, 30, 0))
POOR = quality(Figures(WHOLE, WHOLE / 2, WHOLE * 0, WHOLE * 0, 30, 0))
LOW = MeasurementRisk("low", "low", (), None)
YES = Scored(Estimate(0.70, 0.60, 0.80), "adequate")
NO = Scored(Estimate(0.56, 0.50, 0.62), "weak")
UNKNOWN = not_assessable("too few")
KEY = Evidence(
    GOOD,
    Scored(Estimate(0.75, 0.7, 0.8), "adequate"),
    Scored(Estimate(0.5, 0.1, 0.9), "strong"),
    0.05,
    YES,
    False,
    UNKNOWN,
    0.8,
    LOW,
)
FLAT = Scored(Estimate(0.1, -0.2, 0.4), "weak")

PROFILE = ["excess", "q", "discrimination", "prediction"]
ALL = [*PROFILE, "stability", "measurement risk"]
CASES: list[tuple[dict[str, Any], str, list[str]]] = [
    ({}, "candidate key indicator", ALL),
    ({"quality": POOR}, "not assessable", ["coverage"]),
    ({"reliability": UNKNOWN}, "not assessable", ["reliability"]),
    ({"reliability": Scored(Estimate(0.59), "weak")}, "not supported", ["reliability"]),
    ({"excess": FLAT}, "context", PROFILE),
    ({"q": 0.11}, "context", PROFILE),
    ({"ordinal": NO, "auc": NO}, "improvement-sensitive", PROFILE),
    ({"ordinal": NO, "auc": YES}, "candidate key indicator", ALL),
    ({"ordinal": NO, "auc": NO, "excess": FLAT}, "not supported", PROFILE),
    # Circular discrimination is no evidence, neither for nor against.
    ({"is_circular": True}, "not assessable", ["discrimination", "prediction"]),
    ({"is_circular": True, "auc": YES}, "candidate key indicator", ALL),
    ({"excess": UNKNOWN, "q": None}, "not assessable", ["excess", "q"]),
    ({"stability": 0.69}, "not supported", ["stability"]),
    ({"stability": None}, "not assessable", ["stability"]),
    ({"risk": MeasurementRisk("high", "high", (), None)}, "not supported", ["measurement risk"]),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "name", "because"), CASES)
def test_every_class_and_why(changed: dict[str, Any], name: str, because: list[str]) -> None:
    found = classify(replace(KEY, **changed))
    assert found.name == name
    assert [fact.criterion for fact in found.because] == because
    assert len(found.facts) == 9


def test_a_fact_carries_the_number_its_interval_and_the_limit() -> None:
    excess = classify(KEY).because[0]
    assert (excess.value, excess.low, excess.high, excess.limit) == (0.5, 0.1, 0.9, 0.0)
    prediction = classify(KEY).because[3]
    assert (prediction.is_met, prediction.why) == (None, "too few")


def test_thresholds_decide_and_changes_are_listed() -> None:
    strict = Thresholds(stability=0.9, false_discoveries=0.01)
    assert classify(KEY, strict).name == "context"
    assert strict.changes() == (("false_discoveries", 0.1, 0.01), ("stability", 0.7, 0.9))
    assert Thresholds().changes() == ()


GRADED = st.sampled_from([YES, NO, UNKNOWN])


@given(GRADED, GRADED, st.sampled_from([KEY.excess, FLAT, UNKNOWN]), st.booleans())
def test_nothing_unknown_ever_makes_a_candidate(
    ordinal: Scored, auc: Scored, excess: Scored, is_circular: bool
) -> None:
    """A candidate needs a clear excess and one clear, non-circular way of telling."""
    evidence = replace(KEY, ordinal=ordinal, auc=auc, excess=excess, is_circular=is_circular)
    is_candidate = classify(evidence).name == "candidate key indicator"
    tells = (ordinal == YES and not is_circular) or auc == YES
    assert is_candidate == (excess == KEY.excess and tells)
