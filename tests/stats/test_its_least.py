"""The least effects that a fitted series shows: against the closed form, against series with that effect."""

import numpy as np
import pytest

from indicators.stats.its.calendar import Calendar
from indicators.stats.its.least import least_effects
from indicators.stats.its.observed import Observed
from indicators.stats.its.one import Asked, Interrupted, fit_interrupted
from indicators.stats.its.power import Errors, made_errors
from indicators.stats.its.reml import fit_reml_batch
from indicators.stats.its.specification import Specification

BEFORE, AFTER = 24, 12


def series(n_pre: int, n_post: int, seed: int, level: float = 50.0) -> Observed:
    time = np.arange(1, n_pre + n_post + 1)
    return Observed(time, level + made_errors(time, Errors(0.4), 1, seed)[0])


def fitted(observed: Observed, n_pre: int, asked: Asked | None = None) -> Interrupted:
    specification = Specification(Calendar(None), (n_pre + 1,), seasonality="none")
    return fit_interrupted(observed, specification, asked or Asked())


def test_the_formula_is_2_8_standard_errors_of_the_fit() -> None:
    found = fitted(series(BEFORE, AFTER, 3), BEFORE)
    level, late = least_effects(found.model, found.method, (0, 6, 30), 0.05)
    weights = [np.array([0.0, 0.0, 1.0, k]) for k in (0, 6)]
    errors = [found.model.fit.contrast(one).se for one in weights]
    assert [level.known, late.known] == pytest.approx([2.801585 * se for se in errors])
    assert [(one.interruption, one.horizon) for one in (level, late)] == [(1, 0), (1, 6)]


def test_the_simulated_effect_is_shown_by_four_of_five_other_series() -> None:
    """4,000 series of another seed with the phi and sigma of the fit: their share has an error of 0.006."""
    found = fitted(series(BEFORE, AFTER, 3), BEFORE)
    fit, design = found.model.fit, found.model.design
    assert fit.phi is not None
    others = made_errors(design.grid, Errors(fit.phi, fit.sigma), 4_000, seed=77)
    for one in least_effects(found.model, found.method, (0, 6), 0.05):
        assert one.simulated is not None
        assert one.shown == one.simulated > one.known
        path = design.x @ np.array([0.0, 0.0, one.simulated, 0.0])
        batch = fit_reml_batch(others + path, design.x, design.grid, design.terms)
        judged = batch.contrast(np.array([0.0, 0.0, 1.0, one.horizon]))
        shown = (judged.ci_low > 0) | (judged.ci_high < 0)
        assert shown.mean() == pytest.approx(0.8, abs=0.03)


def test_a_long_series_needs_hardly_more_than_the_formula_says() -> None:
    found = fitted(series(300, 300, 5), 300)
    (level,) = least_effects(found.model, found.method, (0,), 0.05)
    assert level.simulated == pytest.approx(level.known, rel=0.05)


def test_it_is_the_same_each_time_and_grows_with_the_spread() -> None:
    plain = series(BEFORE, AFTER, 3)
    wide = Observed(plain.count, 3 * plain.value)
    (once,), (again,), (wider,) = (
        least_effects(found.model, found.method, (0,), 0.05)
        for found in (fitted(plain, BEFORE), fitted(plain, BEFORE), fitted(wide, BEFORE))
    )
    assert once == again
    assert wider.simulated == pytest.approx(3 * once.shown)


@pytest.mark.parametrize("asked", [Asked("ols"), Asked("prais_winsten")])
def test_of_another_estimator_there_is_the_formula_alone(asked: Asked) -> None:
    found = fitted(series(BEFORE, AFTER, 3), BEFORE, asked)
    (level,) = least_effects(found.model, found.method, (0,), 0.05)
    assert level.simulated is None
    assert level.shown == level.known


def test_of_counts_there_is_the_formula_alone() -> None:
    people = np.full(BEFORE + AFTER, 200.0)
    number = np.random.default_rng(1).binomial(200, 0.04, BEFORE + AFTER).astype(float)
    time = np.arange(1, BEFORE + AFTER + 1)
    observed = Observed(time, 100 * number / people, number, people, 100.0, True, 0.0, 100.0)
    found = fitted(observed, BEFORE, Asked(family="binomial"))
    assert found.method.is_counted
    (level,) = least_effects(found.model, found.method, (0,), 0.05)
    assert level.simulated is None
    assert level.known > 0
