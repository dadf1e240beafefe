"""Prais and Winsten's 1954 regression with AR(1) errors: least squares on innovations, the first point kept.

statsmodels' GLSAR drops the first point, so it is not this.
"""

import numpy as np

from indicators.stats.its.ar1 import Steps, steps_of, whiten
from indicators.stats.its.fit import (
    NO_VARIATION,
    Fit,
    FloatArray,
    Regression,
    SameDegrees,
    exact,
)

NO_CONVERGENCE = "NO_CONVERGENCE"
"""The iterations did not settle: the last estimate is given."""
MOST_STEPS = 500
"""After so many iterations it is given up."""
_CLOSE = 1e-8
_LARGEST = 0.999


def fit_prais_winsten(data: Regression) -> Fit:
    """Iterated until rho moves by less than 1e-8 (at most 500 times), |rho| held to 0.999; t with n − p df.

    rho = Σ e(t)e(t − 1) / Σ e(t − 1)², over all pairs of neighbouring periods. Points g periods apart are
    transformed by e(t) − rho^g·e(t − g), scaled to the variance of the others; a period that is missing
    counts in g and is in no pair. ValueError where no two neighbouring periods have points.
    """
    steps = steps_of(data.time)
    if not (steps.gap == 1).any():
        raise ValueError("no two neighbouring periods have a value")
    none_left = bool(exact(_residual(data, 0.0, steps), data.y))
    rho, settled = (0.0, True) if none_left else _iterate(data, steps)
    estimate, covariance, variance = _transformed(data, rho, steps)
    fitted = data.x @ estimate
    marks = ((NO_CONVERGENCE, not settled), (NO_VARIATION, none_left))
    return Fit(
        method="prais_winsten",
        terms=data.terms,
        estimate=estimate,
        covariance=covariance,
        n=len(data.y),
        sigma=float(np.sqrt(variance)),
        phi=rho,
        fitted=fitted,
        residuals=data.y - fitted,
        log_likelihood=None,
        degrees=SameDegrees(float(len(data.y) - len(data.terms))),
        codes=tuple(code for code, is_so in marks if is_so),
    )


def _iterate(data: Regression, steps: Steps) -> tuple[float, bool]:
    """The rho at which it settles, and whether it did."""
    rho = 0.0
    for _ in range(MOST_STEPS):
        before, rho = rho, _correlation(_residual(data, rho, steps), steps)
        if abs(rho - before) < _CLOSE:
            return rho, True
    return rho, False


def _correlation(residual: FloatArray, steps: Steps) -> float:
    near = steps.gap == 1
    late, early = residual[steps.later[near]], residual[steps.earlier[near]]
    return float(np.clip(late @ early / (early @ early), -_LARGEST, _LARGEST))


def _residual(data: Regression, rho: float, steps: Steps) -> FloatArray:
    """Residuals of the series itself, not of the transformed one."""
    return np.asarray(data.y - data.x @ _transformed(data, rho, steps)[0])


def _transformed(
    data: Regression, rho: float, steps: Steps
) -> tuple[FloatArray, FloatArray, float]:
    """Coefficients, their covariance, and the variance of the errors (of the innovations over 1 − rho²)."""
    white = whiten(np.column_stack([data.x, data.y]), rho, steps)
    q, r = np.linalg.qr(white[:, :-1])
    along = q.T @ white[:, -1]
    residual = white[:, -1] - q @ along
    back = np.linalg.inv(r)
    variance = float(residual @ residual) / (len(q) - len(r))
    return back @ along, variance * (back @ back.T), variance
