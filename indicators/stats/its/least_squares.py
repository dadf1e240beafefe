"""Ordinary least squares, and the same line with Newey and West's errors that allow for autocorrelation."""

import numpy as np

from indicators.stats.its.ar1 import positions
from indicators.stats.its.fit import (
    NO_VARIATION,
    Fit,
    FloatArray,
    IntArray,
    Regression,
    SameDegrees,
    exact,
)


def fit_ols(data: Regression) -> Fit:
    """Least squares: V = s²(X'X)⁻¹, t with n − p degrees of freedom; independent errors of equal variance.

    The log-likelihood is the maximised one of normal errors, variance RSS/n.
    """
    return _fit("ols", data, None)


def fit_newey_west(data: Regression, lag: int | None = None) -> Fit:
    """Least squares with Newey and West's 1987 covariance, Bartlett weights, t with n − p degrees of freedom.

    V = n/(n − p) · (X'X)⁻¹[Γ0 + Σ (1 − l/(L + 1))(Γl + Γl')](X'X)⁻¹ over l = 1 … L, with
    Γl = Σ x(t)e(t)e(t − l)x(t − l)', no prewhitening. L is `lag`, 0 or more; if None `default_lag`. Lags are
    of calendar periods: pairs with a missing period are left out of the sums.
    """
    return _fit("newey_west", data, default_lag(len(data.y)) if lag is None else lag)


def default_lag(n: int) -> int:
    """Lag of Newey and West for n points: the whole part of 4(n/100)^(2/9), at least 1."""
    return max(1, int(4 * (n / 100) ** (2 / 9)))


def _fit(method: str, data: Regression, lag: int | None) -> Fit:
    y, x = data.y, data.x
    free = len(y) - x.shape[1]
    q, r = np.linalg.qr(x)
    estimate = np.linalg.solve(r, q.T @ y)
    back = np.linalg.inv(r)
    fitted = x @ estimate
    residual = y - fitted
    variance = float(residual @ residual) / free
    none_left = bool(exact(residual, y))
    core = variance * np.eye(len(r))
    if lag is not None:
        core = long_run(q * residual[:, None], data.time, lag)
    return Fit(
        method=method,
        terms=data.terms,
        estimate=estimate,
        covariance=back @ core @ back.T,
        n=len(y),
        sigma=float(np.sqrt(variance)),
        phi=None,
        fitted=fitted,
        residuals=residual,
        log_likelihood=None if none_left else _log_likelihood(residual),
        degrees=SameDegrees(float(free)),
        codes=(NO_VARIATION,) if none_left else (),
    )


def long_run(score: FloatArray, time: IntArray, lag: int) -> FloatArray:
    """The sum in brackets of Newey and West, of scores (n, p) at `time` (n,), with its factor n/(n − p)."""
    n, p = score.shape
    place = positions(time)
    calendar = np.zeros((place[-1] + 1, p))
    calendar[place] = score
    total = calendar.T @ calendar
    for distance in range(1, min(lag, len(calendar) - 1) + 1):
        apart = calendar[distance:].T @ calendar[:-distance]
        total += (1 - distance / (lag + 1)) * (apart + apart.T)
    return np.asarray(n / (n - p) * total)


def _log_likelihood(residual: FloatArray) -> float:
    n = len(residual)
    return float(-0.5 * n * (np.log(2 * np.pi * (residual @ residual) / n) + 1))
