"""The negative binomial against statsmodels, and where the rule of METHODS 0.3 puts it in Poisson's place."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.stats.sandwich_covariance import S_hac_simple

from indicators.stats.its.calendar import Calendar
from indicators.stats.its.counts import Counted, fit_counts
from indicators.stats.its.negative_binomial import best_shape
from indicators.stats.its.observed import Observed
from indicators.stats.its.one import Asked, Interrupted, fit_interrupted
from indicators.stats.its.specification import Specification

N, START = 60, 30
TERMS = ("intercept", "time", "level_1", "slope_1")
TIME = np.arange(1, N + 1)


def x_of() -> np.ndarray:
    after = (np.arange(N) >= START).astype(float)
    return np.column_stack([np.ones(N), TIME, after, after * (np.arange(N) - START)])


def counts(shape: float, middle: float, seed: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Events per exposure, whose rate halves at the middle."""
    draw = np.random.default_rng(seed)
    exposure = draw.uniform(80, 120, N)
    mean = middle / 100 * exposure * np.where(np.arange(N) >= START, 0.5, 1.0)
    return draw.negative_binomial(1 / shape, 1 / (1 + shape * mean)).astype(float), exposure


@pytest.mark.parametrize(("shape", "middle"), [(0.6, 12), (0.1, 60), (2.0, 4)])
def test_estimates_shape_and_errors_are_those_of_statsmodels(shape: float, middle: float) -> None:
    """Estimates and shape by full maximum likelihood; errors by the GLM with that shape."""
    above, exposure = counts(shape, middle)
    fit = fit_counts(Counted("negative_binomial", above, exposure, TIME), x_of(), TERMS, lag=3)
    x = x_of()
    joint = sm.NegativeBinomial(above, x, loglike_method="nb2", exposure=exposure)
    best = joint.fit(start_params=[*fit.estimate, fit.shape], method="newton", tol=1e-12, disp=0)
    assert best.llf <= joint.loglike(np.array([*fit.estimate, fit.shape])) + 1e-9
    assert fit.estimate == pytest.approx(best.params[:-1], rel=1e-6, abs=1e-8)
    assert fit.shape == pytest.approx(best.params[-1], rel=1e-6)
    family = sm.families.NegativeBinomial(alpha=fit.shape)
    model: Any = sm.GLM(above, x, family, exposure=exposure)
    plain = model.fit(tol=1e-13)
    # Its own robust errors take the observed information; ours the expected, as R's sandwich has it.
    middle_part = S_hac_simple(model.score_obs(plain.params), nlags=3)
    bread = plain.normalized_cov_params
    robust = np.sqrt(np.diag(bread @ middle_part @ bread) * N / (N - 4))
    pearson = plain.pearson_chi2 / (N - 4)
    assert fit.dispersion == pytest.approx(pearson, rel=1e-6)
    widened = plain.bse * np.sqrt(max(1.0, pearson))
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(widened, rel=1e-6)
    assert np.sqrt(np.diag(fit.robust)) == pytest.approx(robust, rel=1e-6)
    assert (fit.method, fit.degrees(np.eye(4)[2])) == ("negative_binomial", N - 4)


def test_counts_that_scatter_as_chance_does_are_poissons() -> None:
    above = np.tile([9.0, 10.0, 11.0], N // 3)
    by_poisson, by_other = (
        fit_counts(Counted(family, above, np.full(N, 100.0), TIME), x_of(), TERMS)
        for family in ("poisson", "negative_binomial")
    )
    assert by_other.shape == 0
    assert by_other.estimate == pytest.approx(by_poisson.estimate)
    assert by_other.covariance == pytest.approx(by_poisson.covariance)


def test_the_shape_of_many_counts_is_that_they_were_made_with() -> None:
    mean = np.full(40_000, 7.0)
    made = np.random.default_rng(4).negative_binomial(2.5, 2.5 / 9.5, 40_000).astype(float)
    assert best_shape(made, mean) == pytest.approx(0.4, rel=0.05)


def fitted(observed: Observed, asked: Asked | None = None) -> Interrupted:
    specification = Specification(Calendar(None), (START + 1,), seasonality="none")
    return fit_interrupted(observed, specification, asked or Asked())


def rates(shape: float, middle: float) -> Observed:
    above, exposure = counts(shape, middle)
    return Observed(TIME, above / exposure, above, exposure, lowest=0.0)


def codes(found: Interrupted) -> set[str]:
    return {one.code for one in found.notices}


def test_few_counts_that_scatter_widely_are_fitted_by_it_and_it_is_told() -> None:
    """A dispersion of about 1 + 1.5 × 12 with 12 and then 6 events a period."""
    observed = rates(1.5, 12)
    assert np.median(observed.numerator) < 20
    found = fitted(observed)
    assert (found.family, found.model.fit.method) == ("negative_binomial", "negative_binomial")
    assert "COUNTS_SCATTERED" in codes(found)
    asked = fitted(observed, Asked(family="poisson"))
    assert (asked.family, asked.model.fit.method) == ("poisson", "quasi_poisson")
    assert "COUNTS_SCATTERED" not in codes(asked)


@pytest.mark.parametrize(("shape", "middle"), [(1.5, 400), (0.05, 12)])
def test_many_counts_and_such_as_scatter_little_stay_poissons(shape: float, middle: float) -> None:
    found = fitted(rates(shape, middle))
    assert found.family == "poisson"
    assert "COUNTS_SCATTERED" not in codes(found)


def test_it_can_be_asked_for_and_its_effect_is_in_the_unit_of_the_rate() -> None:
    """Twice the exposure halves every rate, and its estimates; the offset takes it up."""
    observed = rates(0.05, 12)
    assert observed.denominator is not None
    found = fitted(observed, Asked(family="negative_binomial"))
    double = replace(observed, value=observed.value / 2, denominator=2 * observed.denominator)
    halved = fitted(double, Asked(family="negative_binomial"))
    assert found.family == halved.family == "negative_binomial"
    assert halved.model.fit.estimate[1:] == pytest.approx(found.model.fit.estimate[1:], abs=1e-7)
    grid = found.model.design.x
    assert 2 * halved.model.mean(grid) == pytest.approx(found.model.mean(grid), rel=1e-6)
