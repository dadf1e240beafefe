"""Controlled interrupted series: the difference, placebos in space, the stacked model."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from indicators.stats.its.calendar import Calendar
from indicators.stats.its.controlled import (
    SpaceTest,
    Units,
    changes,
    disagree,
    placebos_in_space,
    space_tests,
)
from indicators.stats.its.design import build
from indicators.stats.its.fit import Contrast, Regression
from indicators.stats.its.fitting import Method, fit_design
from indicators.stats.its.model import Model
from indicators.stats.its.reml import fit_reml
from indicators.stats.its.specification import Specification
from indicators.stats.its.stacked import fit_stacked

SPEC = Specification(Calendar(None), (21,), seasonality="none", covid="none")
REML = Method("reml_ar1")


def made(comparators: int = 5, seed: int = 1, gaps: bool = False) -> Units:
    """40 periods; the one that entered rises by 2 from period 21 on. A shock is common to all."""
    draw = np.random.default_rng(seed)
    own = draw.normal(size=(40, comparators + 1))
    paths = 50 + draw.normal(0, 4, comparators + 1) + own + draw.normal(0, 3, (40, 1))
    paths[20:, 0] += 2
    if gaps:
        paths[[3, 17, 30], [1, 2, 2]] = np.nan
        paths[9, 0] = np.nan
    equal = np.full(comparators, 1 / comparators)
    return Units(np.arange(1, 41), paths[:, 0], paths[:, 1:], equal)


def difference(units: Units) -> Model:
    observed = units.difference()
    return fit_design(build(SPEC, observed.count), observed, REML)


def test_the_line_is_the_weighted_mean_and_does_not_jump_at_a_gap() -> None:
    """Units at 10 and 30, both rising by 1: where the second is missing it is taken as 33, not left out."""
    steps = np.arange(5.0)
    others = np.column_stack([10 + steps, 30 + steps])
    others[3, 1] = np.nan
    units = Units(np.arange(5), np.full(5, 20.0), others, np.array([0.75, 0.25]))
    assert units.line == pytest.approx(15 + steps, abs=1e-9)
    assert units.difference().value == pytest.approx(5 - steps, abs=1e-9)


def test_a_period_in_which_most_comparators_are_missing_has_no_difference() -> None:
    units = made()
    units.others[7, :3] = np.nan
    assert 8 not in units.difference().count
    assert len(units.difference().count) == 39


@pytest.mark.parametrize("gaps", [False, True])
def test_a_shock_common_to_all_changes_nothing(gaps: bool) -> None:
    units = made(gaps=gaps)
    shock = np.random.default_rng(9).normal(0, 50, 40).cumsum()
    shocked = Units(
        units.count, units.entered + shock, units.others + shock[:, None], units.weights
    )
    before, after = changes(difference(units)), changes(difference(shocked))
    for term in ("level_1", "slope_1"):
        assert after[term].estimate == pytest.approx(before[term].estimate, abs=1e-9)
        assert after[term].se == pytest.approx(before[term].se, abs=1e-9)


def test_placebos_are_ranked_by_hand() -> None:
    """Each comparator against the mean of the other four, the one that entered left out."""
    units = made()
    placebos = placebos_in_space(SPEC, units, REML)
    real = changes(difference(units))
    t = []
    for place in range(5):
        rest = np.delete(units.others, place, axis=1).mean(axis=1)
        x = np.column_stack(
            [np.ones(40), units.count, units.count > 20, np.maximum(units.count - 21, 0)]
        ).astype(float)
        fit = fit_reml(Regression(units.others[:, place] - rest, x, units.count, tuple("abcd")))
        found = fit.contrast(np.eye(4)[2])
        assert placebos[place].terms["level_1"].estimate == pytest.approx(found.estimate, abs=1e-9)
        t.append(abs(found.estimate / found.se))
    test = space_tests(real, placebos)[0]
    own = abs(real["level_1"].estimate / real["level_1"].se)
    assert test.p == (1 + sum(one >= own for one in t)) / 6
    assert test.floor == 1 / 6


def test_one_comparator_has_no_placebo() -> None:
    units = made(1)
    assert placebos_in_space(SPEC, units, REML) == ()
    assert space_tests(changes(difference(units)), ()) == ()


@pytest.mark.parametrize(
    ("low", "high", "number", "rank", "is_so"),
    [
        (0.1, 2.0, 10, 1, False),  # clear, and no placebo does as much
        (0.1, 2.0, 10, 2, True),  # clear, yet one of ten does as much
        (0.1, 2.0, 99, 5, False),  # clear, and 5 in 100
        (0.1, 2.0, 99, 6, True),
        (-0.1, 2.0, 99, 40, False),  # neither tells a change
        (-0.1, 2.0, 99, 3, True),  # unclear, yet hardly any placebo does as much
        (-0.1, 2.0, 10, 1, False),  # unclear, and ten placebos cannot say more
    ],
)
def test_when_interval_and_placebos_disagree(
    low: float, high: float, number: int, rank: int, is_so: bool
) -> None:
    contrast = Contrast(1.0, 0.4, 20.0, low, high, 0.03)
    assert disagree(contrast, SpaceTest("level_1", 2.5, number, rank), 0.05) is is_so


def dense(y: np.ndarray, x: np.ndarray, units: int) -> tuple[float, np.ndarray, np.ndarray]:
    """REML with AR(1) within units from whole matrices: phi, estimates, standard errors."""
    n = len(y) // units
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))

    def fit(phi: float) -> tuple[float, np.ndarray, np.ndarray]:
        inverse = np.linalg.inv(np.kron(np.eye(units), phi**apart))
        square = x.T @ inverse @ x
        estimate = np.linalg.solve(square, x.T @ inverse @ y)
        rest = y - x @ estimate
        free = len(y) - x.shape[1]
        variance = rest @ inverse @ rest / free
        size = free * np.log(variance) - np.linalg.slogdet(inverse)[1]
        errors = np.sqrt(variance * np.diag(np.linalg.inv(square)))
        return size + np.linalg.slogdet(square)[1], estimate, errors

    best = minimize_scalar(
        lambda phi: fit(phi)[0], bounds=(-0.9, 0.95), method="bounded", options={"xatol": 1e-10}
    ).x
    return float(best), *fit(best)[1:]


def stack(units: Units) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values of all units, their levels, and the terms of the one that entered but for its own level."""
    number, n = units.others.shape[1] + 1, len(units.count)
    levels = np.repeat(np.eye(number), n, axis=0)
    line = np.column_stack([units.count, units.count > 20, np.maximum(units.count - 21, 0)]).astype(
        float
    )
    own = np.tile(line, (number, 1)) * levels[:, :1]
    return np.column_stack([units.entered, units.others]).T.ravel(), levels, own


def test_the_stacked_model_of_few_is_that_of_whole_matrices() -> None:
    """A level for every unit; line, level and slope in common and again of the one that entered."""
    units = made(5)
    y, levels, own = stack(units)
    common = np.tile(own[:40], (6, 1))
    phi, estimate, errors = dense(y, np.hstack([own, levels, common]), 6)
    found = fit_stacked(units, difference(units).design)
    assert not found.has_periods
    assert found.fit.phi == pytest.approx(phi, abs=1e-6)
    assert found.difference.fit.estimate[1:] == pytest.approx(estimate[:3], abs=1e-6)
    assert np.sqrt(np.diag(found.difference.fit.covariance))[1:] == pytest.approx(
        errors[:3], rel=1e-6
    )


def test_the_stacked_model_of_many_is_that_with_a_term_for_every_period() -> None:
    units = made(10)
    y, levels, own = stack(units)
    periods = np.tile(np.eye(40)[:, 1:], (11, 1))
    phi, estimate, errors = dense(y, np.hstack([own, levels, periods]), 11)
    found = fit_stacked(units, difference(units).design)
    assert found.has_periods
    assert found.fit.phi == pytest.approx(phi, abs=1e-6)
    assert found.difference.fit.estimate[1:] == pytest.approx(estimate[:3], abs=1e-6)
    assert np.sqrt(np.diag(found.difference.fit.covariance))[1:] == pytest.approx(
        errors[:3], rel=1e-6
    )


def test_many_with_gaps_in_too_many_periods_are_stacked_on_common_lines() -> None:
    units = made(10)
    units.others[np.arange(9), np.arange(9)] = np.nan
    assert not fit_stacked(units, difference(units).design).has_periods


def test_many_whose_common_periods_do_not_reach_past_entry_are_stacked_on_common_lines() -> None:
    """Nobody has a value in all of the last three periods, which are those after entry."""
    units = made(10)
    late = replace(SPEC, interruptions=(38,), slope_change=False)
    units.others[37:, 0] = np.nan
    found = fit_stacked(units, build(late, units.difference().count))
    assert not found.has_periods
    assert found.difference.fit.terms == ("intercept", "time", "level_1")
