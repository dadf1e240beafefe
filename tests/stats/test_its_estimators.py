"""Least squares, Newey–West, Prais–Winsten and ARMA errors: by hand, against statsmodels, and with gaps."""

import pickle
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.regression.linear_model import OLS
from statsmodels.tsa.statespace.sarimax import SARIMAX

from indicators.stats.its import prais_winsten
from indicators.stats.its.arima import ArimaFit, fit_arima
from indicators.stats.its.estimators import METHODS, fit_series
from indicators.stats.its.fit import Fit, FloatArray, IntArray, Regression, SameDegrees
from indicators.stats.its.least_squares import default_lag
from tests.stats.its_made import TERMS, autocorrelated, correlation, design

LEVEL = np.array([0.0, 0, 1, 0])
seeds = st.integers(0, 10_000)


def made(seed: int, time: IntArray, phi: float = 0.4) -> tuple[FloatArray, FloatArray]:
    x = design(time, int(time[-1]) // 2)
    whole = autocorrelated((1, int(time[-1]) + 1), phi, seed)[0]
    return x @ [70, -0.2, 2, 0.3] + whole[time], x


def with_gaps(seed: int, n: int = 40) -> IntArray:
    kept = np.random.default_rng([seed, 1]).random(n) > 0.3
    kept[[0, 1, n - 1]] = True
    return np.flatnonzero(kept)


@given(seeds, st.integers(0, 6))
def test_least_squares_and_newey_west_are_those_of_statsmodels(seed: int, lag: int) -> None:
    y, x = made(seed, np.arange(30))
    ols = fit_series("ols", y, x, np.arange(30), TERMS)
    theirs = OLS(y, x).fit()
    assert ols.estimate == pytest.approx(theirs.params, rel=1e-9, abs=1e-9)
    assert ols.covariance.ravel() == pytest.approx(theirs.cov_params().ravel(), rel=1e-8, abs=1e-10)
    assert ols.log_likelihood == pytest.approx(theirs.llf, rel=1e-10)
    assert ols.sigma == pytest.approx(np.sqrt(theirs.scale), rel=1e-10)
    options = {"maxlags": lag, "use_correction": True}
    robust = OLS(y, x).fit(cov_type="HAC", cov_kwds=options)
    ours = fit_series("newey_west", y, x, np.arange(30), TERMS, lag=lag)
    assert ours.estimate.tolist() == ols.estimate.tolist()
    flat = robust.cov_params().ravel()
    assert ours.covariance.ravel() == pytest.approx(flat, rel=1e-7, abs=1e-10)


def test_default_lags() -> None:
    """4(n/100)^(2/9): 1.57 at 1.5 points; 2.40 at 10, 3.20 at 37, 4 at 100."""
    found = [default_lag(n) for n in (1, 10, 27, 28, 37, 99, 100, 273)]
    assert found == [1, 2, 2, 3, 3, 3, 4, 5]


def test_newey_west_leaves_out_pairs_with_a_missing_period() -> None:
    """Residuals 1, −1, 3, −3 from the mean at months 0, 1, 3, 4; lag 1 has two pairs, lag 2 one.

    Γ0 = 20, Γ1 = −1 − 9 = −10, Γ2 = (−1)·3 = −3 (months 1 and 3). With lag 2:
    20 − 2·10·2/3 − 2·3·1/3 = 4⅔; times n/(n − p) = 4/3, over n² = 16.
    """
    y, time = np.array([1.0, -1, 3, -3]), np.array([0, 1, 3, 4])
    found = fit_series("newey_west", y, np.ones((4, 1)), time, ("intercept",), lag=2)
    assert found.covariance.item() == pytest.approx((20 - 40 / 3 - 2) * 4 / 3 / 16)


def test_a_lag_longer_than_the_series() -> None:
    y, x = made(1, np.arange(12))
    found = fit_series("newey_west", y, x, np.arange(12), TERMS, lag=50)
    assert np.isfinite(found.contrast(LEVEL).se)


def test_prais_winsten_by_whole_matrices() -> None:
    """At its rho the estimate is that of generalised least squares, and rho is that of its own residuals."""
    for time in (np.arange(30), with_gaps(1), with_gaps(2)):
        y, x = made(3, time)
        found = fit_series("prais_winsten", y, x, time, TERMS)
        inverse = np.linalg.inv(correlation(found.phi, time))
        spread = np.linalg.inv(x.T @ inverse @ x)
        assert found.estimate == pytest.approx(spread @ x.T @ inverse @ y, rel=1e-9)
        rest = y - x @ found.estimate
        variance = rest @ inverse @ rest / (len(y) - 4)
        assert found.covariance.ravel() == pytest.approx((variance * spread).ravel(), rel=1e-9)
        assert found.sigma == pytest.approx(np.sqrt(variance), rel=1e-9)
        near = np.flatnonzero(np.diff(time) == 1)
        rho = rest[near + 1] @ rest[near] / (rest[near] @ rest[near])
        assert found.phi == pytest.approx(rho, abs=1e-6)
        assert found.contrast(LEVEL).df == len(y) - 4


def test_prais_winsten_keeps_the_first_point() -> None:
    """Two terms and rho 1/2 by hand would need every digit; a first point far off must move the line."""
    time = np.arange(20)
    y, x = made(4, time)
    moved = y.copy()
    moved[0] += 5
    ours, theirs = (fit_series("prais_winsten", each, x, time, TERMS) for each in (y, moved))
    assert abs(theirs.estimate[0] - ours.estimate[0]) > 0.5


def test_prais_winsten_that_does_not_settle_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    time = np.arange(20)
    monkeypatch.setattr(prais_winsten, "MOST_STEPS", 2)
    found = fit_series("prais_winsten", *made(4, time), time, TERMS)
    assert found.codes == ("NO_CONVERGENCE",)


def test_prais_winsten_needs_neighbouring_periods() -> None:
    time = np.array([0, 2, 5, 7, 10, 12])
    with pytest.raises(ValueError, match="no two neighbouring periods"):
        fit_series("prais_winsten", np.arange(6.0) ** 2, np.ones((6, 1)), time, ("intercept",))


def their_likelihood(found: ArimaFit, data: Regression) -> float:
    """That of statsmodels' Kalman filter at our coefficients, missing periods filled with nothing."""
    place = data.time - data.time[0]
    y = np.full(place[-1] + 1, np.nan)
    x = np.zeros((place[-1] + 1, data.x.shape[1]))
    y[place], x[place] = data.y, data.x
    model = SARIMAX(y, exog=x, order=(found.order[0], 0, found.order[1]))
    return float(model.loglike([*found.estimate, *found.ar, *found.ma, found.innovation**2]))


@settings(max_examples=12)
@given(
    seeds,
    st.sampled_from([(0, 0), (1, 0), (0, 1), (2, 0), (0, 2), (1, 1), (2, 1), (2, 2)]),
    st.booleans(),
)
def test_the_likelihood_of_arma_errors_is_that_of_statsmodels(
    seed: int, order: tuple[int, int], gaps: bool
) -> None:
    time = with_gaps(seed) if gaps else np.arange(30)
    data = Regression(*made(seed, time), time, TERMS)
    found = fit_arima(data, order)
    assert found.log_likelihood == pytest.approx(their_likelihood(found, data), abs=1e-6)
    assert (len(found.ar), len(found.ma)) == order
    assert (found.phi is None) == (order != (1, 0))


@pytest.mark.parametrize("order", [(1, 0), (0, 1), (2, 0)])
def test_no_higher_likelihood_is_found_by_statsmodels(order: tuple[int, int]) -> None:
    time = np.arange(48)
    y, x = made(8, time)
    found = fit_arima(Regression(y, x, time, TERMS), order)
    model = SARIMAX(y, exog=x, order=(order[0], 0, order[1]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = model.fit(disp=0, maxiter=500)
    assert found.log_likelihood > theirs.llf - 1e-6
    assert theirs.llf > found.log_likelihood - 1e-2


def test_standard_errors_allow_for_the_coefficients_of_the_errors() -> None:
    """The inverse of the observed information of statsmodels, by its own differences."""
    time = np.arange(60)
    y, x = made(5, time, 0.6)
    found = fit_arima(Regression(y, x, time, TERMS), (1, 0))
    model = SARIMAX(y, exog=x, order=(1, 0, 0))
    at = np.array([*found.estimate, *found.ar, found.innovation**2])
    covariance = np.linalg.inv(-model.hessian(at, approx_complex_step=True) * len(y))[:4, :4]
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx(
        np.sqrt(np.diag(covariance)), rel=1e-3
    )


def test_orders_are_chosen_by_the_corrected_criterion() -> None:
    time = np.arange(80)
    data = Regression(*made(7, time, 0.6), time, TERMS)
    chosen = fit_arima(data)

    def corrected(found: ArimaFit) -> float:
        count = 4 + sum(found.order) + 1
        assert found.log_likelihood is not None
        return -2 * found.log_likelihood + 2 * count * 80 / (80 - count - 1)

    every = [fit_arima(data, (p, q)) for p in range(3) for q in range(3)]
    best = min(every, key=corrected)
    assert chosen.order == best.order
    assert corrected(chosen) == pytest.approx(corrected(best), abs=1e-3)


def test_orders_with_too_many_coefficients_for_the_criterion_are_not_chosen() -> None:
    """Seven points, four terms and the variance leave room for no further coefficient."""
    time = np.arange(7)
    found = fit_arima(Regression(*made(3, time), time, TERMS))
    assert found.order == (0, 0)


def test_arma_errors_go_by_the_normal_distribution() -> None:
    time = np.arange(30)
    found = fit_series("arima", *made(2, time), time, TERMS, order=(1, 0)).contrast(LEVEL)
    assert found.df == np.inf
    assert found.ci_high - found.estimate == pytest.approx(1.959964 * found.se, rel=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_what_every_estimator_hands_back(method: str) -> None:
    time = with_gaps(5)
    y, x = made(5, time)
    found = fit_series(method, y, x, time, TERMS)
    assert (found.method, found.terms, found.n) == (method, TERMS, len(y))
    assert found.fitted == pytest.approx(x @ found.estimate)
    assert found.residuals == pytest.approx(y - found.fitted)
    assert found.covariance.shape == (4, 4)
    assert found.codes == ()
    effect = found.contrast(LEVEL)
    assert effect.estimate == found.estimate[2]
    assert effect.se**2 == pytest.approx(found.covariance[2, 2])
    assert effect.ci_low < effect.estimate < effect.ci_high
    kept = pickle.loads(pickle.dumps(found))
    assert kept.contrast(LEVEL) == effect


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=5)
@given(seeds, st.floats(-100, 100), st.floats(0.1, 50))
def test_units_of_the_series_do_not_matter(
    method: str, seed: int, shift: float, scale: float
) -> None:
    time = with_gaps(seed, 30)
    y, x = made(seed, time)
    options = {"order": (1, 0)} if method == "arima" else {}
    ours = fit_series(method, y, x, time, TERMS, **options).contrast(LEVEL)
    theirs = fit_series(method, shift + scale * y, x, time + 7, TERMS, **options).contrast(LEVEL)
    wanted = [scale * getattr(ours, field) for field in ("estimate", "se", "ci_low", "ci_high")]
    found = [getattr(theirs, field) for field in ("estimate", "se", "ci_low", "ci_high")]
    assert found == pytest.approx(wanted, rel=1e-4, abs=1e-4 * scale)


@pytest.mark.parametrize("method", METHODS)
def test_a_series_on_the_line_has_no_error_to_judge_by(method: str) -> None:
    time = np.arange(24)
    x = design(time, 12)
    for y in (x @ [5, 0.1, 2, 0.3], np.zeros(24)):
        found = fit_series(method, y, x, time, TERMS)
        assert "NO_VARIATION" in found.codes
        assert found.log_likelihood is None
        assert found.sigma == pytest.approx(0, abs=1e-12)
        assert found.fitted == pytest.approx(y, abs=1e-12)


def test_p_values_by_hand() -> None:
    """1 by 1 standard error at 1 degree of freedom (Cauchy): p = 1/2; nothing by nothing: p = 1."""
    found = simple(estimate=1, variance=1, df=1).contrast(np.ones(1), alpha=0.5)
    assert (found.p, found.ci_low, found.ci_high) == pytest.approx((0.5, 0, 2))
    sure = simple(estimate=1, variance=0, df=1).contrast(np.ones(1))
    assert (sure.p, sure.ci_low, sure.ci_high) == (0, 1, 1)
    assert simple(estimate=0, variance=0, df=1).contrast(np.ones(1)).p == 1


def simple(estimate: float, variance: float, df: float) -> Fit:
    nothing = np.zeros(1)
    return Fit(
        method="made",
        terms=("a",),
        estimate=np.array([estimate]),
        covariance=np.array([[variance]]),
        n=3,
        sigma=1.0,
        phi=None,
        fitted=nothing,
        residuals=nothing,
        log_likelihood=None,
        degrees=SameDegrees(df),
        codes=(),
    )


BAD = [
    ("too few", np.arange(4), np.eye(4), TERMS),
    ("not independent", np.arange(6), np.column_stack([np.ones(6), 2 * np.ones(6)]), ("a", "b")),
    ("not independent", np.arange(6), np.column_stack([np.ones(6), np.zeros(6)]), ("a", "b")),
    ("2 columns of the design, but 1 names", np.arange(6), np.eye(6)[:, :2], ("a",)),
    ("missing or infinite", np.arange(6), np.full((6, 1), np.nan), ("a",)),
    ("one finite value per row", np.arange(5), np.ones((6, 1)), ("a",)),
    ("one finite value per row", np.array([1, 2, np.nan, 4, 5, 6]), np.ones((6, 1)), ("a",)),
]


@pytest.mark.parametrize(("problem", "y", "x", "terms"), BAD)
def test_rows_that_cannot_be_are_refused(
    problem: str, y: FloatArray, x: FloatArray, terms: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match=problem):
        fit_series("ols", y.astype(float), x, np.arange(len(x)), terms)


def test_an_option_of_another_method_is_refused() -> None:
    time = np.arange(12)
    with pytest.raises(TypeError, match="unit"):
        fit_series("ols", *made(1, time), time, TERMS, unit=np.zeros(12))
    with pytest.raises(TypeError, match="lag"):
        fit_series("reml_ar1", *made(1, time), time, TERMS, lag=3)


def test_terms_of_very_different_size_are_told_apart() -> None:
    time = np.arange(20)
    x = np.column_stack([np.ones(20), 1e-6 * time, 1e6 * (time >= 10)])
    y = made(1, time)[0]
    scaled = fit_series("ols", y, x * [1, 1e6, 1e-6], time, ("a", "b", "c"))
    found = fit_series("ols", y, x, time, ("a", "b", "c"))
    assert found.estimate * [1, 1e-6, 1e6] == pytest.approx(scaled.estimate)
