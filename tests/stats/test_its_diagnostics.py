"""Diagnostics of interrupted series against statsmodels and by hand, gaps included (METHODS 1.8)."""

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.stats.diagnostic import acorr_breusch_godfrey, acorr_ljungbox
from statsmodels.stats.stattools import durbin_watson as reference_dw
from statsmodels.tsa.stattools import pacf as reference_pacf

from indicators.stats.its.dependence import (
    autocorrelations,
    breusch_godfrey,
    durbin_watson,
    lagged,
    ljung_box,
    longest_lag,
    partial_autocorrelations,
)
from indicators.stats.its.diagnostics import Diagnostics, diagnose
from indicators.stats.its.fitting import Method
from indicators.stats.its.observed import Observed
from indicators.stats.its.one import Asked, fit_interrupted
from indicators.stats.its.placebo import Placebo, placebo_in_time
from tests.stats.made_its import bare, noisy, numbers

TIME = np.arange(1, 49)


def residuals_of(seed: int = 1) -> np.ndarray:
    x = numbers(48, 25).x
    y = np.cumsum(np.random.default_rng(seed).normal(0, 1, 48))
    return y - x @ np.linalg.lstsq(x, y, rcond=None)[0]


def test_tests_of_dependence_are_those_of_statsmodels() -> None:
    residuals, x = residuals_of(), numbers(48, 25).x
    found = sm.OLS(residuals, x).fit()
    for lag in (1, 12):
        ours = breusch_godfrey(residuals, x, TIME, lag)
        statistic, p, _, _ = acorr_breusch_godfrey(found, nlags=lag, result_object=False)
        assert (ours.statistic, ours.p) == pytest.approx((statistic, p))
    box = acorr_ljungbox(residuals, lags=[12])
    ours = ljung_box(residuals, TIME, 12)
    assert (ours.statistic, ours.p) == pytest.approx(
        (box["lb_stat"].item(), box["lb_pvalue"].item())
    )
    assert durbin_watson(residuals, TIME) == pytest.approx(reference_dw(residuals))
    partial = partial_autocorrelations(autocorrelations(residuals, TIME, 12))
    assert partial == pytest.approx(reference_pacf(residuals, 12, method="ldb")[1:])


def test_gaps_break_pairs() -> None:
    time, residuals = np.array([1, 2, 4, 5]), np.array([1.0, -1.0, 2.0, -2.0])
    assert lagged(residuals, time, 1).tolist() == pytest.approx([np.nan, 1, np.nan, 2], nan_ok=True)
    assert autocorrelations(residuals, time, 3).tolist() == pytest.approx([-0.5, -0.2, 0.4])
    assert durbin_watson(residuals, time) == pytest.approx((4 + 16) / 10)


@pytest.mark.parametrize(("n", "lag"), [(11, 2), (16, 4), (47, 11), (48, 12), (200, 12), (3, 1)])
def test_how_far_back_tests_look(n: int, lag: int) -> None:
    assert longest_lag(n) == lag


def diagnosed(observed: Observed, at: int) -> Diagnostics:
    found = fit_interrupted(observed, bare(at), Asked("ols"))
    return diagnose(found.model, observed, found.method, 0.05)


def test_an_outlier_is_counted() -> None:
    observed = noisy(48)
    assert diagnosed(observed, 25).outliers == 0
    observed.value[9] += 12
    found = diagnosed(observed, 25)
    assert found.outliers == 1
    assert np.abs(found.standardised).argmax() == 9


def test_standardised_residuals_are_the_studentised_ones_of_statsmodels() -> None:
    observed = noisy(48)
    influence = sm.OLS(observed.value, numbers(48, 25).x).fit().get_influence()
    found = diagnosed(observed, 25).standardised
    assert found == pytest.approx(influence.resid_studentized_internal)


def test_a_curved_time_before_is_told() -> None:
    observed = noisy(48)
    assert diagnosed(observed, 25).notices == ()
    bent = Observed(observed.count, observed.value + 0.05 * (observed.count - 12.0) ** 2)
    found = diagnosed(bent, 25)
    assert found.curvature is not None
    assert found.curvature > 4
    assert [one.code for one in found.notices] == ["CURVED_BASELINE"]


def test_curvature_is_the_difference_of_aicc_by_hand() -> None:
    observed = noisy(48)
    y, t = observed.value[:24], np.arange(24.0)

    def aicc(x: np.ndarray) -> float:
        left = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
        k = x.shape[1] + 1
        return 24 * np.log(left @ left / 24) + 2 * k + 2 * k * (k + 1) / (24 - k - 1)

    line = np.column_stack([np.ones(24), t])
    by_hand = aicc(line) - aicc(np.column_stack([line, t**2]))
    assert diagnosed(observed, 25).curvature == pytest.approx(by_hand)


def test_the_level_without_the_last_three_points_before() -> None:
    observed = noisy(48)
    kept = ~np.isin(TIME, [22, 23, 24])
    by_hand = np.linalg.lstsq(numbers(48, 25).x[kept], observed.value[kept], rcond=None)[0][2]
    found = diagnosed(observed, 25).without_last
    assert found is not None
    assert found.estimate == pytest.approx(by_hand)


def test_more_scatter_after_than_before() -> None:
    rng = np.random.default_rng(3)
    value = 50 + rng.normal(0, 1, 48) * np.where(TIME < 25, 1, 4)
    ratio = diagnosed(Observed(TIME, value), 25).variance_ratio
    assert ratio is not None
    assert 8 < ratio < 30


def placebo(observed: Observed, at: int) -> Placebo | None:
    specification = bare(at)
    found = fit_interrupted(observed, specification, Asked("ols"))
    return placebo_in_time(specification, found.model, observed, found.method)


def test_placebos_have_eight_points_on_each_side_of_the_time_before() -> None:
    found = placebo(noisy(48), 25)
    assert found is not None
    assert found.periods == tuple(range(9, 18))
    assert len(found.t) == 9
    assert placebo(noisy(40), 16) is None


def test_a_placebo_is_the_same_model_in_the_time_before() -> None:
    observed = noisy(48)
    found = placebo(observed, 25)
    before = Observed(observed.count[:24], observed.value[:24])
    model = fit_interrupted(before, bare(12), Asked("ols")).model
    level = model.fit.contrast(np.array([0, 0, 1.0, 0]))
    assert found is not None
    assert found.t[3] == pytest.approx(abs(level.estimate) / level.se)


def test_rank_and_p_of_a_large_step_and_of_none() -> None:
    large = placebo(noisy(48, step=20), 25)
    assert large is not None
    assert (large.rank, large.p) == (1, 1 / 10)
    none = placebo(noisy(48, step=0, seed=6), 25)
    assert none is not None
    larger = sum(t >= none.observed_t for t in none.t)
    assert (none.rank, none.p) == (1 + larger, (1 + larger) / 10)


def test_placebos_of_arima_are_by_reml() -> None:
    observed, specification = noisy(36), bare(19)
    found = fit_interrupted(observed, specification, Asked("arima", order=(1, 0)))
    by_arima = placebo_in_time(specification, found.model, observed, found.method)
    by_reml = placebo_in_time(specification, found.model, observed, Method("reml_ar1"))
    assert by_arima == by_reml
