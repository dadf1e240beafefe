"""Segments told apart: small cases by hand, others against pairs counted one by one."""

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.metrics import roc_auc_score

from indicators.stats.screen.discrimination import (
    Placed,
    discrimination,
    grade_of_share,
    jonckheere,
    pairs_of,
    passes_linearised,
)
from indicators.stats.screen.resampling import Estimate, organisation_weights
from indicators.stats.screen.thresholds import Thresholds


def made(units: int = 40, periods: int = 6, shift: float = 1.0, seed: int = 1) -> Placed:
    random = np.random.default_rng(seed)
    segment = np.repeat(random.integers(1, 5, units)[:, None], periods, axis=1)
    own = random.normal(0, 1, units)[:, None]
    value = own - shift * segment + random.normal(0, 0.5, segment.shape) + np.arange(periods) * 50
    value[random.random(value.shape) < 0.1] = np.nan
    segment[random.random(value.shape) < 0.1] = 0
    return Placed(value, segment)


def counted(placed: Placed, often: np.ndarray) -> float:
    """The ordinal share, pair by pair of organisations drawn `often`."""
    right = compared = 0.0
    rows = np.repeat(np.arange(len(often)), often.astype(int))
    for period in range(placed.value.shape[1]):
        for i in rows:
            for j in rows:
                if not (placed.known[i, period] and placed.known[j, period]):
                    continue
                if placed.segment[i, period] < placed.segment[j, period]:
                    compared += 1
                    a, b = placed.value[i, period], placed.value[j, period]
                    right += 1.0 if a > b else 0.5 if a == b else 0.0
    return right / compared


def test_ties_count_a_half() -> None:
    """Segments 1, 2, 4 with 5, 3, 3: pairs (1,2) and (1,4) right, (2,4) tied."""
    placed = Placed(np.array([[5.0], [3.0], [3.0]]), np.array([[1], [2], [4]]))
    assert pairs_of(placed).share(np.ones((1, 3)))[0] == pytest.approx(2.5 / 3)


def test_draws_are_those_of_organisations_drawn_anew() -> None:
    placed = made(units=9, periods=3)
    weights = organisation_weights(9, draws=6)
    expected = [counted(placed, often) for often in weights]
    assert pairs_of(placed).share(weights).tolist() == pytest.approx(expected)


def test_areas_are_those_of_the_library() -> None:
    placed = made(periods=1)
    known = placed.known[:, 0]
    value, segment = placed.value[known, 0], placed.segment[known, 0]
    found = discrimination(placed, is_circular=False)
    assert found.worst is not None and found.lower_half is not None
    assert found.worst.value == pytest.approx(roc_auc_score(segment >= 4, -value))
    assert found.lower_half.value == pytest.approx(roc_auc_score(segment >= 3, -value))


def test_national_movement_does_not_count() -> None:
    """Fifty points a period drown a difference of one between segments, unless periods stand alone."""
    found = discrimination(made(), is_circular=True)
    assert found.ordinal.estimate is not None
    assert found.ordinal.estimate.value > 0.75
    assert found.ordinal.grade in ("strong", "adequate")
    assert found.is_circular
    assert (found.violations, found.steps) == (0, 3)
    assert found.jonckheere > 2


def test_chance_is_weak_and_the_wrong_way_round_is_not_turned() -> None:
    assert discrimination(made(shift=0.0), False).ordinal.grade == "weak"
    wrong = discrimination(made(shift=-1.0), False)
    assert wrong.ordinal.grade == "weak"
    assert wrong.ordinal.estimate is not None
    assert wrong.ordinal.estimate.value < 0.3
    assert wrong.violations == 3


def test_too_few_are_not_assessable() -> None:
    placed = Placed(np.arange(19.0)[:, None], (1 + np.arange(19) % 4)[:, None])
    found = discrimination(placed, False).ordinal
    assert (found.grade, "19" in found.reason) == ("not assessable", True)


def test_a_few_outside_the_commonest_are_not_assessable_however_well_they_are_told() -> None:
    """Four of forty always ranked last would give an interval of no width."""
    segment = np.where(np.arange(40) < 4, 4, 1)[:, None]
    found = discrimination(Placed(np.arange(40.0)[:, None], segment), False).ordinal
    assert (found.grade, "segment: 4" in found.reason) == ("not assessable", True)
    segment[4] = 2
    assert (
        discrimination(Placed(np.arange(40.0)[:, None], segment), False).ordinal.grade == "strong"
    )


def test_one_segment_tells_nothing() -> None:
    one = Placed(np.arange(9.0)[:, None], np.ones((9, 1), dtype=np.int64))
    found = discrimination(one, False)
    assert found.ordinal.grade == "not assessable"
    assert found.worst is None


def test_jonckheere_by_hand() -> None:
    """Groups 2, 2, 2 in perfect order: J = 12, mean 6, variance (36·15 − 3·4·7) / 72 … without ties."""
    value, segment = np.array([6.0, 5.0, 4.0, 3.0, 2.0, 1.0]), np.array([1, 1, 2, 2, 3, 3])
    variance = (6 * 5 * 17 - 3 * 2 * 1 * 9) / 72
    assert jonckheere(value, segment) == pytest.approx(6 / np.sqrt(variance))
    assert np.isnan(jonckheere(value, np.ones(6)))


def test_jonckheere_with_ties_keeps_its_level() -> None:
    random = np.random.default_rng(5)
    segment = np.repeat([1, 2, 3, 4], [10, 12, 9, 4])
    z = [jonckheere(random.integers(0, 4, 35).astype(float), segment) for _ in range(2000)]
    assert np.mean(np.abs(z) > norm.isf(0.025)) == pytest.approx(0.05, abs=0.012)


def test_the_linearised_interval_is_near_the_drawn_one() -> None:
    placed = made(units=80)
    pairs = pairs_of(placed)
    low = np.quantile(pairs.share(organisation_weights(80, 4000)), 0.025)
    right = (pairs.right.sum(axis=1) + pairs.right.sum(axis=0))[None]
    compared = (pairs.all.sum(axis=1) + pairs.all.sum(axis=0))[None]
    assert passes_linearised(right, compared, low - 0.015)[0]
    assert not passes_linearised(right, compared, low + 0.015)[0]


@pytest.mark.parametrize(
    ("low", "limit", "grade"),
    [
        (0.55, 0.55, "weak"),
        (0.56, 0.55, "adequate"),
        (0.65, 0.55, "adequate"),
        (0.66, 0.55, "strong"),
        # A stricter limit is a limit for the strong, too.
        (0.66, 0.70, "weak"),
        (None, 0.55, "not assessable"),
    ],
)
def test_grades_by_the_lower_end(low: float | None, limit: float, grade: str) -> None:
    found = Estimate(0.8, low, None if low is None else 0.9)
    assert grade_of_share(found, Thresholds(discrimination=limit)) == grade
