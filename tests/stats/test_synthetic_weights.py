"""Weights of donors: by hand, by the conditions of an optimum, and against the stopped search."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.stats.synthetic.predictors import predictor_weights
from indicators.stats.synthetic.ridge import best_ridge, ridge_weights
from indicators.stats.synthetic.simplex import FloatArray, exact_weights, searched_weights


def made(seed: int, periods: int, donors: int) -> tuple[FloatArray, FloatArray]:
    draw = np.random.default_rng(seed)
    paths = draw.normal(size=(periods, donors + 1)).cumsum(axis=0)
    return paths[:, 0], paths[:, 1:]


PANELS = st.builds(made, st.integers(0, 10_000), st.integers(2, 40), st.integers(1, 40))


def test_two_donors_by_hand() -> None:
    """Target 1, 2; donors 0, 0 and 4, 4. Least (1 − 4w)² + (2 − 4w)² at w = 3/8."""
    found = exact_weights(np.array([1.0, 2.0]), np.array([[0.0, 4.0], [0.0, 4.0]]))
    assert found == pytest.approx([5 / 8, 3 / 8], abs=1e-12)


def test_a_target_beyond_all_donors_is_the_nearest_of_them() -> None:
    found = exact_weights(np.array([9.0, 9.0]), np.array([[1.0, 2.0, 0.0], [1.0, 3.0, 2.0]]))
    assert found == pytest.approx([0, 1, 0], abs=1e-12)


def test_a_penalty_by_hand() -> None:
    """Donors 1 and −1, target 1, penalty 4: least (1 − (2w − 1))² + 4(w² + (1 − w)²) at w = 2/3."""
    found = exact_weights(np.array([1.0]), np.array([[1.0, -1.0]]), 4.0)
    assert found == pytest.approx([2 / 3, 1 / 3], abs=1e-12)


def test_donors_that_all_meet_the_target_share_alike() -> None:
    found = exact_weights(np.array([1.0, 2.0]), np.array([[1.0, 1.0], [2.0, 2.0]]))
    assert found.tolist() == [0.5, 0.5]


@given(PANELS, st.sampled_from([0.0, 0.1, 10.0]))
@settings(max_examples=150)
def test_no_other_weights_fit_better(panel: tuple[FloatArray, FloatArray], penalty: float) -> None:
    """Karush, Kuhn and Tucker: the slope is the same for all donors in use, and no less for the others."""
    target, donors = panel
    found = exact_weights(target, donors, penalty)
    assert found.sum() == pytest.approx(1, abs=1e-12)
    assert (found >= 0).all()
    distance = donors - target[:, None]
    size = (distance**2).sum(axis=0).mean()
    # With more donors than rows the least penalty is in force.
    used = max(penalty, 1e-8 * size if donors.shape[1] > len(target) else 0.0)
    slope = (distance.T @ (distance @ found) + used * found) / size
    assert np.ptp(slope[found > 0]) < 1e-10
    assert slope.min() > slope[found > 0].max() - 1e-10


@given(PANELS, st.integers(0, 100))
@settings(max_examples=100)
def test_the_order_of_donors_their_unit_and_level_change_nothing(
    panel: tuple[FloatArray, FloatArray], seed: int
) -> None:
    target, donors = panel
    order = np.random.default_rng(seed).permutation(donors.shape[1])
    usual = exact_weights(target, donors)
    assert exact_weights(target, donors[:, order]) == pytest.approx(usual[order], abs=1e-10)
    moved = exact_weights(1000 * target + 5, 1000 * donors + 5)
    assert moved == pytest.approx(usual, abs=1e-8)


@given(PANELS)
@settings(max_examples=20)
def test_the_stopped_search_is_near_and_never_better(
    panel: tuple[FloatArray, FloatArray],
) -> None:
    target, donors = panel
    exact = exact_weights(target, donors, 1.0)
    searched = searched_weights(target, donors, 1.0, noise=0.01)

    def miss(weights: FloatArray) -> float:
        gap = target - donors @ weights
        return float(gap @ gap + weights @ weights)

    assert searched.sum() == pytest.approx(1)
    assert miss(exact) <= miss(searched) * (1 + 1e-9)
    assert miss(searched) <= miss(exact) * 1.05 + 1e-6


def test_ridge_by_hand() -> None:
    """Two donors −1 and 1 about their mean, target 3 over w = (0, 1): (−1, 1)·2/(2 + λ) is added."""
    target, donors = np.array([3.0]), np.array([[-1.0, 1.0]])
    weights = ridge_weights(target, donors, np.array([0.0, 1.0]), ridge=2.0)
    assert weights == pytest.approx([-0.5, 1.5])
    strong = ridge_weights(target, donors, np.array([0.0, 1.0]), ridge=1e12)
    assert strong == pytest.approx([0, 1], abs=1e-9)


@given(PANELS.filter(lambda panel: len(panel[0]) > 3 and panel[1].shape[1] > 1))
@settings(max_examples=20)
def test_the_best_ridge_foretells_left_out_periods_best(
    panel: tuple[FloatArray, FloatArray],
) -> None:
    """The same search written out: every strength, every period left out, the weights by their formula."""
    target, donors = panel
    centred = donors - donors.mean(axis=1, keepdims=True)
    largest = np.linalg.norm(centred, 2) ** 2
    strengths = largest * np.geomspace(1, 1e-8, 20)

    def miss(strength: float) -> float:
        total = 0.0
        for period in range(len(target)):
            rest = np.delete(np.arange(len(target)), period)
            plain = exact_weights(target[rest], donors[rest])
            weights = ridge_weights(target[rest], donors[rest], plain, strength)
            total += (target[period] - donors[period] @ weights) ** 2
        return float(total)

    chosen = best_ridge(target, donors, exact_weights)
    assert np.isclose(strengths, chosen, rtol=1e-9).any()
    assert miss(chosen) <= min(map(miss, strengths)) * (1 + 1e-6)


def test_ridge_where_all_donors_are_the_same() -> None:
    assert best_ridge(np.arange(4.0), np.ones((4, 3)), exact_weights) == 1


def test_the_predictor_that_tells_outcomes_counts() -> None:
    """By the first predictor the target is the mean of two donors, and so it is by outcomes; noise second."""
    treated, donors = np.array([1.0, 0.0]), np.array([[0.0, 2.0, 5.0], [1.0, 0.5, 0.0]])
    outcomes = np.array([[0.0, 2.0, 9.0], [0.0, 4.0, 9.0]])
    found = predictor_weights(treated, donors, np.array([1.0, 2.0]), outcomes)
    assert found.weights == pytest.approx([0.5, 0.5, 0], abs=0.01)
    assert found.importance.sum() == pytest.approx(1)
    assert found.importance[0] > 0.9
