"""Grades of effects, and the standardised response mean against draws done one by one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.stats.screen.resampling import Estimate, organisation_weights
from indicators.stats.screen.responsiveness import (
    Effect,
    PooledEffect,
    Standardised,
    responsiveness,
    standardised_response,
)
from indicators.stats.screen.thresholds import Thresholds

POOLED = PooledEffect(Estimate(4.0, 1.0, 7.0), 1.5, 2.0, 0.5, 20)
EFFECT = Effect(20, Estimate(2.0, 0.5, 3.5), POOLED)


def test_in_units_of_the_spread() -> None:
    found = responsiveness(EFFECT, 4.0)
    assert found.excess.estimate == Estimate(0.5, 0.125, 0.875)
    assert found.pooled == Standardised(Estimate(1.0, 0.25, 1.75), 4 / 1.5, 0.5, 0.5, 20)


def test_without_a_pooled_effect_the_excess_stands_alone() -> None:
    assert responsiveness(replace(EFFECT, pooled=None), 1.0).excess.grade == "strong"
    unclear = Effect(20, Estimate(2.0, -1.0, 4.0))
    assert responsiveness(unclear, 1.0).excess.grade == "weak"
    assert responsiveness(unclear, 1.0).pooled is None


def test_no_spread_is_nothing_to_measure_by() -> None:
    assert responsiveness(EFFECT, 0.0).excess.grade == "not assessable"


@pytest.mark.parametrize(
    ("effect", "excess", "grade"),
    [
        (Estimate(4.0, 1.0, 7.0), Estimate(2.0, 0.5, 3.5), "strong"),
        # A clear effect whose excess is not clear cannot be strong.
        (Estimate(4.0, 1.0, 7.0), Estimate(2.0, 0.0, 4.0), "adequate"),
        (Estimate(4.0, 1.0, 7.0), Estimate(-0.1, -1.0, 1.0), "weak"),
        (Estimate(4.0, -1.0, 9.0), Estimate(2.0, -1.0, 4.0), "weak"),
        (Estimate(-4.0, -7.0, -1.0), Estimate(-2.0, -3.0, -1.0), "weak"),
        (Estimate(4.0, 1.0, 7.0), None, "not assessable"),
    ],
)
def test_only_the_excess_may_be_strong(
    effect: Estimate, excess: Estimate | None, grade: str
) -> None:
    found = responsiveness(Effect(20, excess, replace(POOLED, estimate=effect)), 1.0)
    assert found.excess.grade == grade


def test_few_entrants_are_not_assessable() -> None:
    few = replace(EFFECT, entrants=7)
    assert responsiveness(few, 1.0).excess.grade == "not assessable"
    assert "7" in responsiveness(few, 1.0).excess.reason
    assert responsiveness(few, 1.0, thresholds=Thresholds(entrants=7)).excess.grade == "strong"


def test_response_mean_by_hand() -> None:
    """Mean 2, standard deviation √((1 + 0 + 1) / 2) = 1."""
    found = standardised_response(np.array([1.0, 2.0, 3.0]))
    assert found is not None
    assert found.value == pytest.approx(2.0)


def test_its_draws_are_those_of_frames_drawn_anew() -> None:
    change = np.array([1.0, 2.0, 4.0, -1.0, 3.0, 0.5, 2.5, 6.0])
    unit = np.array([0, 0, 1, 2, 3, 4, 5, 6])
    found = standardised_response(change, unit)
    by_hand = []
    for often in organisation_weights(7).astype(int):
        drawn = np.repeat(change, often[unit])
        by_hand.append(drawn.mean() / drawn.std(ddof=1))
    assert found is not None
    assert (found.low, found.high) == pytest.approx(
        tuple(np.nanquantile(by_hand, (0.025, 0.975))), rel=1e-9
    )


@given(st.floats(0.1, 100), st.integers(0, 5))
def test_the_unit_of_measurement_does_not_matter(scale: float, seed: int) -> None:
    change = np.random.default_rng(seed).normal(1, 2, 12)
    one, other = standardised_response(change), standardised_response(change * scale)
    assert one is not None and other is not None
    assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))


def test_too_little_has_none() -> None:
    assert standardised_response(np.array([1.0, 2.0])) is None
    assert standardised_response(np.array([1.0, 1.0, 1.0])) is None
