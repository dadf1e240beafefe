"""Minimum detectable effects: by hand, by known errors, and by simulation with an estimator handed in."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from indicators.stats.its.fit import FloatArray, IntArray
from indicators.stats.its.power import (
    Errors,
    Estimator,
    Plan,
    detectable,
    is_underpowered,
    known_error,
    known_power,
    made_errors,
    pooled_detectable,
    simulate,
)
from indicators.stats.its.reml import fit_reml_batch

TERMS = ("intercept", "time", "level_1", "slope_1")


def plan(n_pre: int, n_post: int, contrast: list[float], time: IntArray | None = None) -> Plan:
    at = np.arange(1, n_pre + n_post + 1) if time is None else time
    after = (np.arange(len(at)) >= n_pre).astype(float)
    slope = (at - at[n_pre]) * after
    x = np.column_stack([np.ones(len(at)), at, after, slope])
    return Plan(x, at, np.array(contrast, dtype=float))


@dataclass(frozen=True)
class Ends:
    ci_low: FloatArray
    ci_high: FloatArray


def known(of: Plan, errors: Errors) -> Estimator:
    """A stand-in for an estimator: generalised least squares with the correlation known."""
    gap = np.abs(of.time[:, None] - of.time[None, :])
    inverse = np.linalg.inv(errors.phi**gap)
    weights = of.contrast @ np.linalg.solve(of.x.T @ inverse @ of.x, of.x.T @ inverse)
    half = float(stats.norm.isf(0.025)) * known_error(of, errors)
    return lambda y: Ends(y @ weights - half, y @ weights + half)


def test_the_error_of_a_difference_of_two_means_by_hand() -> None:
    """Four and six independent values with SD 3: 3·√(1/4 + 1/6)."""
    x = np.column_stack([np.ones(10), np.arange(10) >= 4]).astype(float)
    means = Plan(x, np.arange(10), np.array([0.0, 1.0]))
    assert known_error(means, Errors(0.0, 3.0)) == pytest.approx(3 * np.sqrt(1 / 4 + 1 / 6))


@given(st.floats(-0.9, 0.95), st.floats(0.1, 10), st.integers(0, 1000))
def test_the_error_is_that_of_the_whole_matrix_with_gaps(
    phi: float, sigma: float, seed: int
) -> None:
    time = np.sort(np.random.default_rng(seed).choice(40, 20, replace=False))
    time[0] = time[1] - 1
    given_plan = plan(12, 8, [0, 0, 1, 12], np.sort(time))
    gap = np.abs(time[:, None] - time[None, :])
    middle = given_plan.x.T @ np.linalg.inv(phi**gap) @ given_plan.x
    variance = given_plan.contrast @ np.linalg.solve(middle, given_plan.contrast)
    expected = sigma * np.sqrt(variance)
    assert known_error(given_plan, Errors(phi, sigma)) == pytest.approx(expected, rel=1e-6)


def test_effect_and_power_go_together() -> None:
    assert detectable(1.0) == pytest.approx(1.959964 + 0.841621, abs=1e-6)
    assert known_power(detectable(2.0), 2.0) == pytest.approx(0.8, abs=1e-5)
    assert known_power(0, 2.0) == pytest.approx(0.05)
    assert known_power(-3, 2.0) == known_power(3, 2.0)
    assert known_power(detectable(1.0, 0.01, 0.5), 1.0, 0.01) == pytest.approx(0.5, abs=1e-5)


def test_the_mean_of_many_by_hand() -> None:
    """τ 3 and mean standard error 4 are 5 together; of 25 entrants 1."""
    assert pooled_detectable(3, 4, 25) == pytest.approx(detectable(1.0))


def test_underpowered_is_more_than_the_whole_gap() -> None:
    assert is_underpowered(2.01, -2)
    assert not is_underpowered(2, -2)
    assert not is_underpowered(1, 2)


def test_made_errors_are_as_asked_for_across_gaps() -> None:
    time = np.array([0, 1, 3, 4, 10])
    made = made_errors(time, Errors(0.7, 2.0), 60_000, seed=1)
    expected = 4 * 0.7 ** np.abs(time[:, None] - time[None, :])
    assert np.cov(made.T) == pytest.approx(expected, abs=0.1)
    assert made.mean(axis=0) == pytest.approx(np.zeros(5), abs=0.05)


@pytest.mark.parametrize("phi", [0.0, 0.4, 0.6])
def test_with_known_errors_simulation_comes_to_the_closed_form(phi: float) -> None:
    """20,000 series; the detectable effect has a standard error of about 0.01 of the estimator's own."""
    for contrast in ([0, 0, 1, 0], [0, 0, 1, 12]):
        asked, errors = plan(24, 12, contrast), Errors(phi, 1.5)
        found = simulate(asked, errors, known(asked, errors), reps=20_000)
        se = known_error(asked, errors)
        assert found.detectable == pytest.approx(detectable(se), abs=0.05 * se)
        assert found.power_at(0) == pytest.approx(0.05, abs=0.007)
        for effect in (se, -3 * se):
            assert found.power_at(effect) == pytest.approx(known_power(effect, se), abs=0.015)


def test_the_detectable_effect_is_the_smallest_that_is_shown_often_enough() -> None:
    asked, errors = plan(24, 12, [0, 0, 1, 0]), Errors(0.4)
    found = simulate(asked, errors, known(asked, errors), reps=500)
    assert found.power_at(found.detectable) >= 0.8
    assert found.power_at(found.detectable - 1e-6) < 0.8
    again = simulate(asked, errors, known(asked, errors), reps=500)
    assert (again.detectable, again.seed, again.reps) == (found.detectable, found.seed, 500)


def test_an_effect_moves_the_intervals_of_reml_and_nothing_else() -> None:
    """So fits without an effect are enough for every effect: the same as fitting series that have it."""
    asked = plan(18, 12, [0, 0, 1, 0])
    series = made_errors(asked.time, Errors(0.5), 30, seed=2)

    def judge(y: FloatArray) -> FloatArray:
        return fit_reml_batch(y, asked.x, asked.time, TERMS).contrast(asked.contrast).ci_low

    assert judge(series + 3 * asked.x[:, 2]) == pytest.approx(judge(series) + 3, abs=1e-6)


def test_reml_needs_more_than_the_closed_form_and_scales_with_the_unit() -> None:
    asked = plan(24, 12, [0, 0, 1, 0])

    def judge(y: FloatArray) -> object:
        return fit_reml_batch(y, asked.x, asked.time, TERMS).contrast(asked.contrast)

    found = simulate(asked, Errors(0.4), judge, reps=400)  # type: ignore[arg-type]
    closed = detectable(known_error(asked, Errors(0.4)))
    assert closed < found.detectable < 2 * closed
    assert found.power_at(0) == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 400))
    scaled = simulate(asked, Errors(0.4, 10.0), judge, reps=400)  # type: ignore[arg-type]
    assert scaled.detectable == pytest.approx(10 * found.detectable, rel=1e-6)


def test_the_example_of_the_page() -> None:
    """docs/methods/regression_to_the_mean.md: 24 before, 12 after, 0.4, the effect at 12 months."""
    asked = plan(24, 12, [0, 0, 1, 12])

    def judge(y: FloatArray) -> object:
        return fit_reml_batch(y, asked.x, asked.time, TERMS).contrast(asked.contrast)

    assert detectable(known_error(asked, Errors(0.4))) == pytest.approx(3.86, abs=0.01)
    assert simulate(asked, Errors(0.4), judge).detectable == pytest.approx(5.9, abs=0.05)  # type: ignore[arg-type]
