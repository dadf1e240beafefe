"""Models of counts: quasi-binomial, quasi-Poisson, negative binomial; errors may depend on each other."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from indicators.stats.its.fit import Contrast, Fit, FloatArray, SameDegrees
from indicators.stats.its.least_squares import default_lag, long_run
from indicators.stats.its.negative_binomial import best_shape
from indicators.stats.its.notices import refuse

CountFamily = Literal["binomial", "poisson", "negative_binomial"]
Errors = Literal["dispersion", "robust", "larger"]
_STEPS, _ROUNDS = 100, 100
_SETTLED = 1e-10
_RUNAWAY = 25.0
"""Logits and logarithms of rates, against the overall one, beyond this mean that estimates run away."""


@dataclass(frozen=True, kw_only=True)
class CountFit(Fit):
    """A fit on the scale of logits or logarithms; `fitted` are shares or rates, `residuals` Pearson's.

    `covariance` is by Pearson's `dispersion` (never below 1), `robust` by the scores' autocovariances up to
    `lag`; `errors` says which gives the standard error of a contrast, `larger` being the larger of both.
    `shape` is a in the negative binomial's variance mean + a·mean², 0 for the others.
    """

    dispersion: float
    robust: FloatArray
    lag: int
    errors: Errors
    shape: float

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
    estimate, shape = _estimate(counted, x)
    here = _expected(counted, x @ estimate, shape)
    n, p = x.shape
    pearson = (counted.numerator - here.mean) / np.sqrt(here.variance)
    dispersion = float(pearson @ pearson) / (n - p)
    bread = np.linalg.inv((x.T * here.weight) @ x)
    used_lag = default_lag(n) if lag is None else lag
    news = (counted.numerator - here.mean) * here.slope / here.variance
    is_quasi = counted.family != "negative_binomial"
    return CountFit(
        method=f"quasi_{counted.family}" if is_quasi else counted.family,
        terms=terms,
        estimate=estimate,
        covariance=bread * max(1.0, dispersion),
        n=n,
        sigma=float(np.sqrt(dispersion)),
        phi=None,
        fitted=here.mean / counted.denominator,
        residuals=pearson,
        log_likelihood=None,
        degrees=SameDegrees(float(n - p)),
        codes=(),
        dispersion=dispersion,
        robust=bread @ long_run(x * news[:, np.newaxis], counted.time, used_lag) @ bread,
        lag=used_lag,
        errors=errors,
        shape=shape,
    )


def _estimate(counted: Counted, x: FloatArray) -> tuple[FloatArray, float]:
    """Coefficients, and the shape; of the negative binomial in turns, until neither moves."""
    estimate, shape = _coefficients(counted, x, _first_guess(counted), 0.0), 0.0
    rounds = _ROUNDS if counted.family == "negative_binomial" else 0
    for _ in range(rounds):
        found = best_shape(counted.numerator, _expected(counted, x @ estimate, shape).mean)
        moved, shape = abs(found - shape), found
        estimate = _coefficients(counted, x, x @ estimate, shape)
        if moved <= _SETTLED * max(shape, 1.0):
            break
    return estimate, shape


def _coefficients(counted: Counted, x: FloatArray, linear: FloatArray, shape: float) -> FloatArray:
    """Coefficients by iteratively reweighted least squares, from a first guess of what they give."""
    estimate: FloatArray = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        here = _expected(counted, linear, shape)
        working = linear + (counted.numerator - here.mean) / here.slope
        root = np.sqrt(here.weight)
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


@dataclass(frozen=True)
class _Expected:
    """Expected numerators, how they move with the linear part, and their variances without dispersion."""

    mean: FloatArray
    slope: FloatArray
    variance: FloatArray

    @property
    def weight(self) -> FloatArray:
        return self.slope * (self.slope / self.variance)


def _expected(counted: Counted, linear: FloatArray, shape: float) -> _Expected:
    tiny = np.finfo(float).tiny
    if counted.family == "binomial":
        share = 1 / (1 + np.exp(-linear))
        spread = np.maximum(counted.denominator * share * (1 - share), tiny)
        return _Expected(counted.denominator * share, spread, spread)
    mean = counted.denominator * np.exp(np.minimum(linear, 700.0))
    slope = np.maximum(mean, tiny)
    return _Expected(mean, slope, slope + shape * mean**2)
