"""Regression with ARMA errors by exact maximum likelihood, the orders chosen by AICc: a sensitivity row.

Nothing is differenced: trend and level stand in the design. Intervals go by the normal distribution, which
is too narrow in short series, so this is never the headline.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy import linalg, optimize
from statsmodels.tsa.arima_process import arma_acovf

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

Order = tuple[int, int]
_MOST = 2
_WIDEST = 3.0
_STEP = 1e-3
_LOOSE, _TIGHT = 1e-6, 1e-12
_FLAT = 1e-6
_CORNERS = ((1, 1), (1, -1), (-1, 1), (-1, -1))


@dataclass(frozen=True, kw_only=True)
class ArimaFit(Fit):
    """A `Fit` with the orders (p, q) of its errors e(t) = Σ ar·e(t − i) + u(t) + Σ ma·u(t − i).

    `sigma` is the standard deviation of e, `innovation` that of u; `phi` is the coefficient of order (1, 0)
    and None otherwise.
    """

    order: Order
    ar: tuple[float, ...]
    ma: tuple[float, ...]
    innovation: float


def fit_arima(data: Regression, order: Order | None = None) -> ArimaFit:
    """Errors ARMA of `order` (p, q), each 0, 1 or 2; if None, of all nine the lowest AICc.

    Missing calendar periods are allowed. The covariance is that of the observed information, so it allows for
    the ARMA coefficients being estimates. Degrees of freedom are infinite.
    """
    problem = _problem_of(data)
    if problem.none_left:
        return _as_fit(data, problem, (0, 0), np.empty(0))
    found = _search(problem, order or (_MOST, _MOST))
    best = order or min(found, key=lambda each: _aicc(problem, each, found[each]))
    return _as_fit(data, problem, best, _climb(problem, best, found[best], _TIGHT))


@dataclass(frozen=True)
class _Solved:
    """The line at given ARMA coefficients: `spread` (p, p) is (X'Ω⁻¹X)⁻¹, `own` is var(e)/var(u)."""

    log_likelihood: float
    estimate: FloatArray
    spread: FloatArray
    innovation_variance: float
    own: float


@dataclass(frozen=True)
class _Problem:
    """Ordinary residuals, the design as q·r, and the rows' places on the calendar."""

    residual: FloatArray
    q: FloatArray
    r: FloatArray
    plain: FloatArray
    place: IntArray
    none_left: bool

    def at(self, angles: FloatArray, order: Order) -> _Solved:
        """Errors of unit innovations have covariance Ω at the places there are; line and variance follow."""
        ar, ma = _coefficients(angles, order)
        own = arma_acovf(np.r_[1, -ar], np.r_[1, ma], int(self.place[-1]) + 1)
        root = np.linalg.cholesky(own[np.abs(self.place[:, None] - self.place)])
        solved = linalg.cho_solve(
            (root, True), np.column_stack([self.q, self.residual]), check_finite=False
        )
        inverse = np.linalg.inv(self.q.T @ solved[:, :-1])
        along = self.q.T @ solved[:, -1]
        rss = float(self.residual @ solved[:, -1] - along @ inverse @ along)
        n, back = len(self.place), np.linalg.inv(self.r)
        with np.errstate(divide="ignore"):
            fit = -0.5 * n * (np.log(2 * np.pi * rss / n) + 1) - np.log(np.diag(root)).sum()
        estimate = back @ (self.plain + inverse @ along)
        return _Solved(float(fit), estimate, back @ inverse @ back.T, rss / n, float(own[0]))


def _problem_of(data: Regression) -> _Problem:
    q, r = np.linalg.qr(data.x)
    plain = q.T @ data.y
    residual = data.y - q @ plain
    return _Problem(residual, q, r, plain, positions(data.time), bool(exact(residual, data.y)))


def _coefficients(angles: FloatArray, order: Order) -> tuple[FloatArray, FloatArray]:
    """AR and MA coefficients that are stationary and invertible, from p + q numbers without bounds."""
    partial = np.tanh(angles)
    return _from_partial(partial[: order[0]]), -_from_partial(partial[order[0] :])


def _from_partial(partial: FloatArray) -> FloatArray:
    """AR coefficients from at most two partial autocorrelations."""
    if len(partial) < _MOST:
        return partial
    return np.array([partial[0] * (1 - partial[1]), partial[1]])


def _search(problem: _Problem, largest: Order) -> dict[Order, FloatArray]:
    """The angles of the highest likelihood, nearly, of all orders up to `largest`.

    Each is looked for from the better of the two that are one lower.
    """
    found: dict[Order, FloatArray] = {(0, 0): np.empty(0)}
    for p, q in product(range(largest[0] + 1), range(largest[1] + 1)):
        if (p, q) not in found:
            starts = [np.insert(found[p - 1, q], p - 1, 0.0)] if p else []
            starts += [np.insert(found[p, q - 1], p + q - 1, 0.0)] if q else []
            fits = [problem.at(start, (p, q)).log_likelihood for start in starts]
            found[p, q] = _climb(problem, (p, q), starts[int(np.argmax(fits))], _LOOSE)
    return found


def _climb(problem: _Problem, order: Order, start: FloatArray, tolerance: float) -> FloatArray:
    """The angles of the highest likelihood near `start`."""
    if not len(start):
        return start

    def cost(angles: FloatArray) -> float:
        return -problem.at(angles, order).log_likelihood

    bounds = [(-_WIDEST, _WIDEST)] * len(start)
    end = optimize.minimize(
        cost, start, method="L-BFGS-B", bounds=bounds, options={"ftol": tolerance}
    )
    return np.asarray(end.x)


def _aicc(problem: _Problem, order: Order, angles: FloatArray) -> float:
    """AIC corrected for short series; infinite where there are too many coefficients for it."""
    n, count = len(problem.place), len(problem.r) + sum(order) + 1
    if n - count <= 1:
        return float("inf")
    fit = problem.at(angles, order).log_likelihood
    return float(-2 * fit + 2 * count * n / (n - count - 1))


def _as_fit(data: Regression, problem: _Problem, order: Order, angles: FloatArray) -> ArimaFit:
    solved = problem.at(angles, order)
    ar, ma = _coefficients(angles, order)
    fitted = data.x @ solved.estimate
    return ArimaFit(
        method="arima",
        terms=data.terms,
        estimate=solved.estimate,
        covariance=_covariance(problem, order, angles),
        n=len(data.y),
        sigma=float(np.sqrt(solved.innovation_variance * solved.own)),
        phi=float(ar[0]) if order == (1, 0) else None,
        fitted=fitted,
        residuals=data.y - fitted,
        log_likelihood=None if problem.none_left else solved.log_likelihood,
        degrees=SameDegrees(float("inf")),
        codes=(NO_VARIATION,) if problem.none_left else (),
        order=order,
        ar=tuple(ar.tolist()),
        ma=tuple(ma.tolist()),
        innovation=float(np.sqrt(solved.innovation_variance)),
    )


def _covariance(problem: _Problem, order: Order, angles: FloatArray) -> FloatArray:
    """(X'Ω⁻¹X)⁻¹ times the variance, and what the angles' own uncertainty adds where it is known.

    With J how the line moves with the angles and K the curvature of the profile likelihood: JK⁻¹J', less
    directions in which the likelihood is flat. Together that is the block of the observed information's
    inverse, as R's `arima` has it.
    """
    centre = problem.at(angles, order)
    known = centre.innovation_variance * centre.spread
    if not len(angles):
        return known
    moves = _STEP * np.eye(len(angles))

    def at(shift: FloatArray) -> _Solved:
        return problem.at(angles + shift, order)

    slope = np.array([(at(m).estimate - at(-m).estimate) / (2 * _STEP) for m in moves]).T
    corners = [
        [[at(s * a + t * b).log_likelihood for s, t in _CORNERS] for b in moves] for a in moves
    ]
    bend = -np.array(corners) @ [1, -1, -1, 1] / (4 * _STEP**2)
    curvature, along = np.linalg.eigh(bend)
    inverse = np.divide(1, curvature, out=np.zeros_like(curvature), where=curvature > _FLAT)
    turned = slope @ along
    return np.asarray(known + turned * inverse @ turned.T)
