"""Errors that depend on the period before: correlation phi^|s − t| of calendar periods s and t of one unit.

The errors of neighbouring rows, g periods apart, give independent innovations e(t) − phi^g·e(t − g) of
variance 1 − phi^2g; the first row of a unit stands for itself. So what the inverse correlation matrix makes
of any two columns is their plain product and, for each gap, two products that do not depend on phi: with
q = phi^g, −q/(1 + q) times that of the rows of a step themselves and q/(1 − q²) times that of their changes.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.stats.its.fit import FloatArray, IntArray


@dataclass(frozen=True)
class Steps:
    """Rows with the row before them of the same unit (k,); `gap` is how many periods later, 1 or more.

    A period is the longest in which all gaps are whole numbers: one month of monthly figures, a year if only
    every twelfth month is there.
    """

    later: IntArray
    earlier: IntArray
    gap: IntArray

    @property
    def gaps(self) -> IntArray:
        """The gaps that occur, ascending."""
        return np.unique(self.gap)

    def counts(self) -> FloatArray:
        """How often each of `gaps` occurs."""
        return np.unique(self.gap, return_counts=True)[1].astype(float)

    def products(self, left: FloatArray, right: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Products of columns (n, a) and (n, b) by gap, of both rows and of the change: (gaps, a, b) each."""
        rows, changes = [], []
        for gap in self.gaps:
            chosen = self.gap == gap
            late, early = self.later[chosen], self.earlier[chosen]
            rows.append(left[late].T @ right[late] + left[early].T @ right[early])
            changes.append((left[late] - left[early]).T @ (right[late] - right[early]))
        shape = (len(rows), left.shape[1], right.shape[1])
        return np.reshape(rows, shape), np.reshape(changes, shape)


def steps_of(time: IntArray, unit: npt.NDArray[np.generic] | None = None) -> Steps:
    """The steps of rows grouped by unit, `time` rising within each; ValueError where they are not."""
    later = np.arange(1, len(time))
    if unit is not None:
        changes = np.flatnonzero(unit[1:] != unit[:-1]) + 1
        if len(changes) + 1 != len(np.unique(unit)):
            raise ValueError("the rows of a unit do not stand together")
        later = np.setdiff1d(later, changes)
    gap = time[later] - time[later - 1]
    if (gap <= 0).any():
        raise ValueError("time does not rise from row to row")
    return Steps(later, later - 1, gap // max(int(np.gcd.reduce(gap)), 1))


@dataclass(frozen=True)
class Weights:
    """What multiplies the products of each gap, (…, gaps), with first and second derivatives by phi."""

    rows: tuple[FloatArray, FloatArray, FloatArray]
    changes: tuple[FloatArray, FloatArray, FloatArray]


def weights_at(phi: FloatArray, gaps: IntArray) -> Weights:
    """Weights at phi (…,), above −1 and below 1."""
    q, q1, q2 = _powers(phi, gaps)
    left = 1 - q**2
    rows = (-q / (1 + q), -1 / (1 + q) ** 2, 2 / (1 + q) ** 3)
    changes = (q / left, (1 + q**2) / left**2, 2 * q * (3 + q**2) / left**3)
    return Weights(_chained(rows, q1, q2), _chained(changes, q1, q2))


def log_determinant(phi: FloatArray, steps: Steps) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Logarithm of the determinant of the correlation matrix at phi (…,), with two derivatives by phi."""
    q, q1, q2 = _powers(phi, steps.gaps)
    left = 1 - q**2
    terms = _chained((np.log(left), -2 * q / left, -2 * (1 + q**2) / left**2), q1, q2)
    counts = steps.counts()
    return terms[0] @ counts, terms[1] @ counts, terms[2] @ counts


def whiten(columns: FloatArray, phi: float, steps: Steps) -> FloatArray:
    """Columns (n, a) as innovations of variance 1."""
    q = (phi**steps.gap)[:, None]
    white = columns.copy()
    white[steps.later] = (columns[steps.later] - q * columns[steps.earlier]) / np.sqrt(1 - q**2)
    return white


def _powers(phi: FloatArray, gaps: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """phi^gap (…, gaps) and its derivatives; the power that would be negative has the factor 0."""
    base = np.asarray(phi, dtype=float)[..., None]
    first = gaps * base ** (gaps - 1)
    second = gaps * (gaps - 1) * base ** np.maximum(gaps - 2, 0)
    return base**gaps, first, second


def _chained(
    outer: tuple[FloatArray, FloatArray, FloatArray], q1: FloatArray, q2: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """A function of q and its derivatives by q, as ones by phi."""
    value, first, second = outer
    return value, first * q1, second * q1**2 + first * q2


def positions(time: IntArray) -> IntArray:
    """Places (n,) of the rows of a series on its calendar: the first 0, then one per period (see `Steps`)."""
    return np.concatenate([[0], np.cumsum(steps_of(time).gap)])
