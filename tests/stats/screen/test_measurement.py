"""Signs of gaming: planted ones are raised, honest figures raise none."""

from datetime import date

import numpy as np
import pytest

from indicators.stats.screen.measurement import (
    Override,
    Sign,
    bunching,
    denominator_change,
    divergence,
    heaping,
    measurement_risk,
    revision_size,
)
from indicators.stats.screen.resampling import Estimate

RANDOM = np.random.default_rng(4)
UNIT = np.repeat(np.arange(40), 50)


def test_bunching_is_found_where_it_was_made() -> None:
    honest = RANDOM.normal(94, 3, len(UNIT))
    pushed = np.where(
        (honest > 94) & (honest < 95) & (RANDOM.random(len(UNIT)) < 0.5), 95.2, honest
    )
    quiet, raised = bunching(honest, UNIT, 95.0), bunching(pushed, UNIT, 95.0)
    assert quiet is not None and raised is not None
    assert not quiet.is_raised
    assert abs(quiet.estimate.value) < 0.02
    assert raised.is_raised


def test_bunching_by_hand() -> None:
    """Two in every bin but ten in the one from the target up: 8 of 48 are beyond."""
    bins = np.arange(-5, 5, 0.5) + 0.25
    value = 95 + np.concatenate([bins, bins, np.full(8, 0.25)])
    found = bunching(np.tile(value, 5), np.repeat(np.arange(5), len(value)), 95.0)
    assert found is not None
    assert found.estimate.value == pytest.approx(8 / 48)
    # Every organisation shows the same: nothing is uncertain but rounding.
    assert found.estimate.low == pytest.approx(8 / 48)


def test_too_little_raises_nothing() -> None:
    assert bunching(np.full(49, 95.0), np.arange(49), 95.0) is None
    assert bunching(np.full(90, 95.0), np.zeros(90, dtype=int), 95.0) is None
    assert denominator_change(np.ones(4), np.ones(90)) is None
    assert divergence(np.ones(4), np.ones(4)) is None
    assert heaping(np.full(90, 99.0), np.arange(90)) is None
    assert revision_size(np.ones(49), np.arange(49), 1.0) is None


def test_denominators_that_move_at_entry() -> None:
    others = RANDOM.normal(0, 0.05, 100)
    same = denominator_change(others[:20], others[20:])
    moved = denominator_change(np.array([0.3, -0.4] * 5), others)
    assert same is not None and moved is not None
    assert not same.is_raised
    assert moved.is_raised
    assert moved.estimate.value == pytest.approx(0.35 - np.abs(others).mean())


def test_improvement_without_its_pair() -> None:
    alone = divergence(RANDOM.normal(1.5, 0.5, 20), RANDOM.normal(0, 0.5, 20))
    together = divergence(RANDOM.normal(1.5, 0.5, 20), RANDOM.normal(1.5, 0.5, 20))
    worse = divergence(RANDOM.normal(-1.5, 0.5, 20), RANDOM.normal(0, 0.5, 20))
    assert alone is not None and together is not None and worse is not None
    assert (alone.is_raised, together.is_raised, worse.is_raised) == (True, False, False)


def test_round_numbers() -> None:
    honest = RANDOM.integers(100, 5000, len(UNIT)).astype(float)
    rounded = np.where(RANDOM.random(len(UNIT)) < 0.5, 10 * np.round(honest / 10), honest)
    quiet, raised = heaping(honest, UNIT), heaping(rounded, UNIT)
    assert quiet is not None and raised is not None
    assert not quiet.is_raised
    assert raised.is_raised
    assert raised.estimate.value == pytest.approx(0.4, abs=0.04)


def test_what_all_do_alike_is_raised() -> None:
    """All numbers round: every draw says the same, so that no standard error divides."""
    found = heaping(np.full(len(UNIT), 250.0), UNIT)
    assert found is not None
    assert found.estimate.value == 0.8
    assert found.is_raised


def test_revisions_in_units_of_what_moves() -> None:
    change = np.tile([0.0, 0.0, 0.0, 2.0], 500)
    large = revision_size(change, UNIT, 1.0)
    small = revision_size(change, UNIT, 2.0)
    assert large is not None and small is not None
    assert large.estimate.value == pytest.approx(0.5)
    assert (large.is_raised, small.is_raised) == (True, False)


def test_levels_and_a_named_override() -> None:
    quiet, raised = (Sign("x", Estimate(0.0), None, is_raised) for is_raised in (False, True))
    assert measurement_risk([quiet, None]).level == "low"
    assert measurement_risk([quiet, raised]).level == "medium"
    assert measurement_risk([raised, raised, raised]).level == "high"
    assert measurement_risk([None, None]).level == "not assessable"
    word = Override("high", "A. Analyst", date(2026, 1, 5), "waiting lists were validated")
    found = measurement_risk([quiet], word)
    assert (found.level, found.found, found.override) == ("high", "low", word)
