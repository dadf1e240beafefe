"""Models of counts against statsmodels, and the switches laid down beforehand (METHODS 1.6, 0.3, 1.7)."""

from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm

from indicators.stats.its.counts import Counted, fit_counts
from indicators.stats.its.notices import NotFitted
from indicators.stats.its.observed import Observed, family_of
from indicators.stats.its.one import Asked, fit_interrupted
from tests.stats.made_its import bare, column, numbers

N = 40
TERMS = ("intercept", "time", "level_1", "slope_1")


def x_of() -> np.ndarray:
    return numbers(N, 21).x


def counts(seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """More scattered than binomial: the share itself varies."""
    rng = np.random.default_rng(seed)
    below = rng.integers(200, 400, N).astype(float)
    share = 1 / (1 + np.exp(-(0.4 + 0.3 * (np.arange(N) >= 20) + rng.normal(0, 0.3, N))))
    return rng.binomial(below.astype(int), share).astype(float), below


def reference(family: Any, lag: int | None = None) -> Any:
    above, below = counts()
    if family == "binomial":
        # Shares with weights: from two columns of counts statsmodels takes its dispersion without weights.
        model = sm.GLM(above / below, x_of(), sm.families.Binomial(), var_weights=below)
    else:
        model = sm.GLM(above, x_of(), sm.families.Poisson(), exposure=below)
    if lag is None:
        return model.fit(scale="X2", tol=1e-12)
    return model.fit(cov_type="HAC", cov_kwds={"maxlags": lag, "use_correction": True}, tol=1e-12)


@pytest.mark.parametrize("family", ["binomial", "poisson"])
def test_estimates_and_errors_are_those_of_statsmodels(family: Any) -> None:
    above, below = counts()
    fit = fit_counts(Counted(family, above, below, np.arange(1, N + 1)), x_of(), TERMS, lag=3)
    plain, robust = reference(family), reference(family, 3)
    assert fit.estimate == pytest.approx(plain.params, rel=1e-7)
    assert fit.dispersion == pytest.approx(plain.scale, rel=1e-7)
    assert fit.dispersion > 2
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(plain.bse, rel=1e-6)
    assert np.sqrt(np.diag(fit.robust)) == pytest.approx(robust.bse, rel=1e-6)
    for row, (one, other) in enumerate(zip(plain.bse, robust.bse, strict=True)):
        found = fit.contrast(np.eye(4)[row])
        assert found.se == pytest.approx(max(one, other), rel=1e-6)
        assert found.df == N - 4


def test_dispersion_below_one_narrows_nothing() -> None:
    below = np.full(N, 1000.0)
    above = np.round(below * 0.6)
    above[::2] += 1
    fit = fit_counts(
        Counted("binomial", above, below, np.arange(1, N + 1)), x_of(), TERMS, "dispersion"
    )
    assert fit.dispersion < 0.01
    weight = 1000 * 0.6005 * 0.3995
    by_hand = np.linalg.inv(weight * x_of().T @ x_of())
    assert fit.covariance == pytest.approx(by_hand, rel=1e-3)


def test_only_periods_really_apart_are_paired() -> None:
    """Scores of periods 1, 2 and 5 with lag 2: the pair 1–2 counts by 2/3, no pair is two apart."""
    above, below = counts()
    time = np.arange(1, N + 1)
    kept = ~np.isin(time, np.arange(10, 17))
    fit = fit_counts(
        Counted("binomial", above[kept], below[kept], time[kept]), x_of()[kept], TERMS, lag=1
    )
    share = 1 / (1 + np.exp(-x_of()[kept] @ fit.estimate))
    score = x_of()[kept] * (above[kept] - below[kept] * share)[:, None]
    rows = {int(at): score[i] for i, at in enumerate(time[kept])}
    meat = score.T @ score
    for at in rows:
        if at - 1 in rows:
            product = np.outer(rows[at], rows[at - 1])
            meat = meat + 0.5 * (product + product.T)
    bread = np.linalg.inv((x_of()[kept].T * (below[kept] * share * (1 - share))) @ x_of()[kept])
    n = int(kept.sum())
    assert fit.robust == pytest.approx(bread @ meat @ bread * n / (n - 4), rel=1e-8)


def test_a_stretch_without_events_does_not_settle() -> None:
    above, below = counts()
    above[20:] = 0
    with pytest.raises(NotFitted) as refused:
        fit_counts(Counted("binomial", above, below, np.arange(1, N + 1)), x_of(), TERMS)
    assert refused.value.notice.code == "NOT_CONVERGED"


def shares(share: np.ndarray, below: float = 5000.0) -> Observed:
    denominator = np.full(len(share), below)
    numerator = np.round(denominator * share)
    value = 100 * numerator / denominator
    count = np.arange(1, len(share) + 1)
    return Observed(count, value, numerator, denominator, 100.0, True, 0.0, 100.0)


@pytest.mark.parametrize(
    ("lowest", "below", "family"),
    [(0.2, 5000, "gaussian"), (0.05, 5000, "binomial"), (0.2, 90, "binomial")],
)
def test_the_family_of_shares_by_rule(lowest: float, below: float, family: str) -> None:
    share = np.full(30, 0.5)
    share[3] = lowest
    assert family_of(shares(share, below)) == family


def test_the_family_of_rates_and_plain_values() -> None:
    above, below = counts()
    count = np.arange(1, N + 1)
    assert family_of(Observed(count, above / below, above, below)) == "poisson"
    assert family_of(Observed(count, above)) == "gaussian"


def wandering(seed: int = 4) -> Observed:
    rng = np.random.default_rng(seed)
    logit = np.zeros(60)
    for t in range(1, 60):
        logit[t] = 0.8 * logit[t - 1] + rng.normal(0, 0.1)
    return shares(1 / (1 + np.exp(-(0.5 + logit))))


def test_counts_whose_neighbours_agree_are_fitted_on_the_logit_and_told() -> None:
    found = fit_interrupted(wandering(), bare(31), Asked("reml_ar1", "binomial"))
    assert (found.model.fit.method, found.model.scale.link) == ("reml_ar1", "logit")
    assert [one.code for one in found.notices] == ["COUNTS_AUTOCORRELATED"]
    assert "above 0.3" in found.notices[0].message
    stays = fit_interrupted(wandering(), bare(31), Asked("newey_west", "binomial"))
    assert (stays.model.fit.method, stays.notices) == ("quasi_binomial", ())


def test_a_counterfactual_beyond_what_is_possible_forces_the_logit() -> None:
    rng = np.random.default_rng(7)
    share = np.where(np.arange(48) < 24, 0.9 - 0.025 * np.arange(48), 0.35)
    found = fit_interrupted(
        shares(share + rng.normal(0, 0.01, 48)), bare(25), Asked("ols", "gaussian")
    )
    assert found.family == "binomial"
    assert [one.code for one in found.notices] == ["CF_OUT_OF_RANGE"]
    assert "the line would run from −29.3 to 29.1" in found.notices[0].message
    values = found.model.mean(found.model.design.without(1))
    assert values.min() > 0


def test_without_bounds_or_counts_it_is_only_told() -> None:
    rng = np.random.default_rng(7)
    falling = np.where(np.arange(48) < 24, 90 - 3.5 * np.arange(48), 20) + rng.normal(0, 1, 48)
    observed = Observed(np.arange(1, 49), falling)
    found = fit_interrupted(observed, bare(25), Asked("ols"))
    assert (found.family, [one.code for one in found.notices]) == ("gaussian", ["CF_OUT_OF_RANGE"])
    bounded = Observed(np.arange(1, 49), falling, lowest=0.0)
    forced = fit_interrupted(bounded, bare(25), Asked("reml_ar1"))
    assert (forced.model.scale.link, forced.model.fit.method) == ("log", "reml_ar1")
    free = Observed(np.arange(1, 49), falling, lowest=-np.inf)
    assert fit_interrupted(free, bare(25), Asked("ols")).notices == ()


def test_percentages_without_counts_are_held_below_a_hundred_by_a_logit() -> None:
    rng = np.random.default_rng(7)
    rising = np.where(np.arange(48) < 24, 60 + 1.5 * np.arange(48), 95) + rng.normal(0, 1, 48)
    observed = Observed(np.arange(1, 49), rising, lowest=0.0, highest=100.0)
    found = fit_interrupted(observed, bare(25), Asked("reml_ar1"))
    assert (found.family, found.model.scale.link) == ("gaussian", "logit")
    assert [one.code for one in found.notices] == ["CF_OUT_OF_RANGE"]
    without = found.model.mean(found.model.design.without(1))
    assert 95 < without.max() < 100
    y = np.log(rising / (100 - rising))
    assert found.model.fit.fitted + found.model.fit.residuals == pytest.approx(y)


def test_the_flat_model_has_no_line_before() -> None:
    found = fit_interrupted(wandering(), bare(31), Asked("ols", "gaussian"))
    assert found.flat is not None
    assert found.flat.fit.terms == ("intercept", "level_1", "slope_1")
    before = wandering().value[:30].mean()
    flat = found.flat.mean(found.flat.design.without(1))
    assert flat.tolist() == pytest.approx([before] * 60)
    assert column(found.flat.design, "slope_1")[31] == 1
    level = fit_interrupted(wandering(), bare(31, trend=False), Asked("ols", "gaussian"))
    assert level.flat is None
