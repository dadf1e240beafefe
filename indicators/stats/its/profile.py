"""The restricted likelihood of AR(1) errors as a function of phi alone, of many series with the same design.

Minimised over phi: ½[(n − p)·log(RSS/(n − p)) + log|Ω| + log|X'Ω⁻¹X|], where RSS are the generalised squares
about the line. The columns of the design are made orthonormal and each series enters as its ordinary
residuals, scaled to length 1: neither changes phi, both keep the sums exact.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.stats.its.ar1 import Steps, Weights, log_determinant, steps_of, weights_at
from indicators.stats.its.fit import FloatArray, IntArray


@dataclass(frozen=True)
class Design:
    """A design x = q·r (n, p), q orthonormal and r (p, p), with the products of q over each gap."""

    q: FloatArray
    r: FloatArray
    steps: Steps
    rows: FloatArray
    changes: FloatArray

    @property
    def free(self) -> int:
        """Points beyond the terms, n − p."""
        rows, columns = self.q.shape
        return int(rows - columns)

    @property
    def log_scale(self) -> float:
        """Logarithm of |x'x|."""
        return float(2 * np.log(np.abs(np.diag(self.r))).sum())


def design_of(x: FloatArray, time: IntArray, unit: npt.NDArray[np.generic] | None = None) -> Design:
    """The design x (n, p) at `time` (n,); correlation within a `unit` only."""
    q, r = np.linalg.qr(x)
    steps = steps_of(time, unit)
    return Design(q, r, steps, *steps.products(q, q))


@dataclass(frozen=True)
class Residuals:
    """Ordinary residuals of m series at length 1: products with q (m, gaps, p) and their own (m, gaps)."""

    rows: FloatArray
    changes: FloatArray
    own_rows: FloatArray
    own_changes: FloatArray

    def at(self, chosen: IntArray) -> "Residuals":
        """Those of some of the series."""
        return Residuals(
            self.rows[chosen], self.changes[chosen], self.own_rows[chosen], self.own_changes[chosen]
        )


def residuals_of(unit_length: FloatArray, design: Design) -> Residuals:
    """Products of residuals (m, n)."""
    rows, changes = design.steps.products(design.q, unit_length.T)
    own = [_own(unit_length, design.steps, gap) for gap in design.steps.gaps]
    own_rows, own_changes = np.reshape(own, (len(own), 2, len(unit_length))).transpose(1, 2, 0)
    return Residuals(rows.transpose(2, 0, 1), changes.transpose(2, 0, 1), own_rows, own_changes)


def _own(series: FloatArray, steps: Steps, gap: int) -> tuple[FloatArray, FloatArray]:
    chosen = steps.gap == gap
    late, early = series[:, steps.later[chosen]], series[:, steps.earlier[chosen]]
    return (late**2 + early**2).sum(axis=1), ((late - early) ** 2).sum(axis=1)


def profile_on(grid: FloatArray, design: Design, series: Residuals) -> FloatArray:
    """The profile of each series at each phi of the grid (k,), up to a constant: (m, k)."""
    weights = weights_at(grid, design.steps.gaps)
    inverse, log_gram = _inverse(_gram(weights, design, 0))
    cross = np.tensordot(weights.rows[0], series.rows, (1, 1))
    cross = cross + np.tensordot(weights.changes[0], series.changes, (1, 1))
    own = series.own_rows @ weights.rows[0].T + series.own_changes @ weights.changes[0].T
    rss = 1 + own - ((cross @ inverse) * cross).sum(axis=2).T
    log_det = log_determinant(grid, design.steps)[0] + log_gram
    return np.asarray(0.5 * (design.free * np.log(rss) + log_det))


@dataclass(frozen=True)
class Points:
    """The likelihood at one phi per series (m,): the parts that depend on phi, with derivatives by it.

    `rss` and `log_det` (= log|Ω| + log|q'Ω⁻¹q|) are (value, first, second), each (m,); `z` (m, p) the
    coefficients on q; `inverse` (m, p, p) that of q'Ω⁻¹q and `inverse_slope` its derivative.
    """

    rss: tuple[FloatArray, FloatArray, FloatArray]
    log_det: tuple[FloatArray, FloatArray, FloatArray]
    z: FloatArray
    inverse: FloatArray
    inverse_slope: FloatArray

    def profile(self, free: int) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The profile up to a constant, its slope and its curvature, each (m,)."""
        value, first, second = self.rss
        slope = first / value
        return (
            0.5 * (free * np.log(value) + self.log_det[0]),
            0.5 * (free * slope + self.log_det[1]),
            0.5 * (free * (second / value - slope**2) + self.log_det[2]),
        )


def points_at(phi: FloatArray, design: Design, series: Residuals) -> Points:
    """The likelihood of series i at phi (m,)[i]."""
    weights = weights_at(phi, design.steps.gaps)
    gram = [_gram(weights, design, order) for order in range(3)]
    cross = [_cross(weights, series, order) for order in range(3)]
    own = [_own_sum(weights, series, order) for order in range(3)]
    inverse, log_gram = _inverse(gram[0])
    z = _times(inverse, cross[0])
    uneven = cross[1] - _times(gram[1], z)
    rss = (
        1 + own[0] - _dot(cross[0], z),
        own[1] - 2 * _dot(cross[1], z) + _dot(z, _times(gram[1], z)),
        own[2]
        - 2 * _dot(cross[2], z)
        + _dot(z, _times(gram[2], z))
        - 2 * _dot(uneven, _times(inverse, uneven)),
    )
    turned = inverse @ gram[1]
    values, first, second = log_determinant(phi, design.steps)
    log_det = (
        values + log_gram,
        first + np.trace(turned, axis1=1, axis2=2),
        second + _trace(inverse, gram[2]) - _trace(turned, turned),
    )
    return Points(rss, log_det, z, inverse, -turned @ inverse)


def _gram(weights: Weights, design: Design, order: int) -> FloatArray:
    """q'Ω⁻¹q, or its derivative of that order, (…, p, p)."""
    start = np.eye(design.q.shape[1]) if order == 0 else 0.0
    rows = np.tensordot(weights.rows[order], design.rows, 1)
    return np.asarray(start + rows + np.tensordot(weights.changes[order], design.changes, 1))


def _cross(weights: Weights, series: Residuals, order: int) -> FloatArray:
    """q'Ω⁻¹e, or its derivative; at phi = 0 ordinary residuals give 0."""
    rows = weights.rows[order][:, None, :] @ series.rows
    return np.asarray((rows + weights.changes[order][:, None, :] @ series.changes)[:, 0])


def _own_sum(weights: Weights, series: Residuals, order: int) -> FloatArray:
    """e'Ω⁻¹e less 1, or its derivative."""
    rows = _dot(weights.rows[order], series.own_rows)
    return rows + _dot(weights.changes[order], series.own_changes)


def _inverse(gram: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Inverse and logarithm of the determinant of positive definite matrices."""
    return np.asarray(np.linalg.inv(gram)), np.asarray(np.linalg.slogdet(gram)[1])


def _dot(left: FloatArray, right: FloatArray) -> FloatArray:
    return np.asarray((left * right).sum(axis=-1))


def _times(matrix: FloatArray, vector: FloatArray) -> FloatArray:
    return np.asarray((matrix @ vector[..., None])[..., 0])


def _trace(left: FloatArray, right: FloatArray) -> FloatArray:
    """Trace of left·right."""
    return np.asarray((left * right.swapaxes(1, 2)).sum(axis=(1, 2)))
