"""Models of counts: quasi-binomial and quasi-Poisson, whose errors may depend on each other."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from indicators.stats.its.fit import Contrast, Fit, FloatArray, SameDegrees
from indicators.stats.its.least_squares import default_lag, long_run
from indicators.stats.its.notices import refuse

CountFamily = Literal["binomial", "poisson"]
Errors = Literal["dispersion", "robust", "larger"]
_STEPS = 100
_SETTLED = 1e-10
_RUNAWAY = 25.0
"""Logits and logarithms of rates, against the overall one, beyond this mean that estimates run away."""


@dataclass(frozen=True, kw_only=True)
class CountFit(Fit):
    """A fit on the scale of logits or logarithms; `fitted` are shares or rates, `residuals` Pearson's.

    `covariance` is by Pearson's `dispersion` (never below 1), `robust` by the scores' autocovariances up to
    `lag`; `errors` says which gives the standard error of a contrast, `larger` being the larger of both.
    """

    dispersion: float
    robust: FloatArray
    lag: int
    errors: Errors

    def contrast(self, c: FloatArray, alpha: float = 0.05) -> Contrast:
        """As of every fit, with the standard error that `errors` names."""
        both = {"dispersion": self.covariance, "robust": self.robust}
        chosen = both.values() if self.errors == "larger" else (both[self.errors],)
        found = [Fit.contrast(replace(self, covariance=v), c, alpha) for v in chosen]
        return max(found, key=lambda one: one.se)


@dataclass(frozen=True)
class Counted:
    """Numerators out of denominators (or per exposure), both (n,), at calendar periods `time` (n,)."""

    family: CountFamily
    numerator: FloatArray
    denominator: FloatArray
    time: npt.NDArray[np.int64]


def fit_counts(
    counted: Counted,
    x: FloatArray,
    terms: tuple[str, ...],
    errors: Errors = "larger",
    lag: int | None = None,
) -> CountFit:
    """The model of numerators on `x` (n, p): logit of the share, or logarithm of the rate with an offset.

    Standard errors of `dispersion` are the model's times the root of Pearson's X²/(n − p), at least 1; robust
    ones are Newey and West's of the scores with n/(n − p) (METHODS 1.6). Intervals by Student's t with n − p.
    Raises NotFitted `NOT_CONVERGED` where estimates run away, as where a stretch has no events at all.
    """
    estimate = _estimate(counted, x)
    mean, weight = _mean_and_weight(counted, x @ estimate)
    n, p = x.shape
    pearson = (counted.numerator - mean) / np.sqrt(weight)
    dispersion = float(pearson @ pearson) / (n - p)
    bread = np.linalg.inv((x.T * weight) @ x)
    used_lag = default_lag(n) if lag is None else lag
    scores = x * (counted.numerator - mean)[:, np.newaxis]
    return CountFit(
        method=f"quasi_{counted.family}",
        terms=terms,
        estimate=estimate,
        covariance=bread * max(1.0, dispersion),
        n=n,
        sigma=float(np.sqrt(dispersion)),
        phi=None,
        fitted=mean / counted.denominator,
        residuals=pearson,
        log_likelihood=None,
        degrees=SameDegrees(float(n - p)),
        codes=(),
        dispersion=dispersion,
        robust=bread @ long_run(scores, counted.time, used_lag) @ bread,
        lag=used_lag,
        errors=errors,
    )


def _estimate(counted: Counted, x: FloatArray) -> FloatArray:
    """Coefficients by iteratively reweighted least squares."""
    linear = _first_guess(counted)
    estimate: FloatArray = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        mean, weight = _mean_and_weight(counted, linear)
        working = linear + (counted.numerator - mean) / weight
        root = np.sqrt(weight)
        found = np.linalg.lstsq(x * root[:, np.newaxis], working * root, rcond=None)[0]
        moved = float(np.abs(x @ (found - estimate)).max())
        estimate = np.asarray(found, dtype=np.float64)
        linear = np.asarray(x @ estimate, dtype=np.float64)
        if moved < _SETTLED:
            return estimate
        if np.abs(_log_odds(counted, linear)).max() > _RUNAWAY:
            break
    raise refuse(
        "NOT_CONVERGED",
        "The model of counts does not settle: in some stretch there is no event, or nothing else. "
        "Choose family gaussian, or combine the periods into quarters.",
    )


def _log_odds(counted: Counted, linear: FloatArray) -> FloatArray:
    if counted.family == "binomial":
        return linear
    overall = counted.numerator.sum() / counted.denominator.sum()
    return np.asarray(linear - np.log(overall))


def _first_guess(counted: Counted) -> FloatArray:
    above = counted.numerator + 0.5
    if counted.family == "binomial":
        return np.asarray(np.log(above / (counted.denominator - counted.numerator + 0.5)))
    return np.asarray(np.log(above / counted.denominator))


def _mean_and_weight(counted: Counted, linear: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Expected numerators, and their variances under the model without dispersion."""
    if counted.family == "poisson":
        mean = counted.denominator * np.exp(np.minimum(linear, 700.0))
        return mean, np.maximum(mean, np.finfo(float).tiny)
    share = 1 / (1 + np.exp(-linear))
    weight = counted.denominator * share * (1 - share)
    return counted.denominator * share, np.maximum(weight, np.finfo(float).tiny)
