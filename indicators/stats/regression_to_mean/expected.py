"""What organisations like the ones that entered went on to without a programme."""

from dataclasses import dataclass

import numpy as np

from indicators.stats.regression_to_mean.windows import FloatArray, IntArray, Windows


@dataclass(frozen=True)
class Regression:
    """Free windows of some `periods`, and sums of them, from which a fit follows for any weights of
    organisations.

    Outcome on base, earlier base and type, with an effect of each period (METHODS 6, item 1).
    """

    periods: IntArray
    count: FloatArray
    regressors: FloatArray
    outcome: FloatArray
    products: FloatArray
    joint: FloatArray

    @property
    def organisations(self) -> int:
        """How many have a free window."""
        return int((self.count.sum(axis=1) > 0).sum())


@dataclass(frozen=True)
class Fits:
    """One fit per row of weights: `slopes` (D, K), `level` (D, P) of `periods`, NaN without a window."""

    periods: IntArray
    slopes: FloatArray
    level: FloatArray

    def expected(self, regressors: FloatArray, periods: IntArray) -> FloatArray:
        """Expected outcomes (D, E) of E windows: `regressors` (E, K) of each, and its period, one of ours."""
        places = np.searchsorted(self.periods, periods)
        return np.asarray(self.level[:, places] + self.slopes @ regressors.T)


def regressors_of(windows: Windows, kind: IntArray) -> FloatArray:
    """Base, earlier base and one column per type but the first: (N, T, K)."""
    types = np.unique(kind)[1:]
    is_type = (kind[:, None] == types).astype(float)
    repeated = np.broadcast_to(is_type[:, None, :], (*windows.base.shape, len(types)))
    return np.concatenate([windows.base[..., None], windows.earlier[..., None], repeated], axis=2)


def prepare(windows: Windows, regressors: FloatArray, at: IntArray) -> Regression:
    """The sums over windows that end in the periods `at`; those that are not free count for nothing."""
    periods = np.unique(at)
    free = windows.is_free[:, periods]
    given = np.where(free[..., None], regressors[:, periods], 0.0)
    outcome = np.where(free, windows.outcome[:, periods], 0.0)
    return Regression(
        periods,
        free.astype(float),
        given,
        outcome,
        np.einsum("ntk,ntl->nkl", given, given),
        np.einsum("ntk,nt->nk", given, outcome),
    )


def fit(regression: Regression, weights: FloatArray) -> Fits:
    """Least squares for each row of `weights` (D, N): how often each organisation counts."""
    draws, organisations = weights.shape
    _, periods, columns = regression.regressors.shape
    count = weights @ regression.count
    flat = regression.regressors.reshape(organisations, -1)
    total = (weights @ flat).reshape(draws, periods, columns)
    outcome = weights @ regression.outcome
    each = np.maximum(count, 1.0)
    products = np.tensordot(weights, regression.products, axes=1)
    products -= np.einsum("dtk,dtl,dt->dkl", total, total, 1 / each)
    joint = weights @ regression.joint - np.einsum("dtk,dt->dk", total, outcome / each)
    slopes = np.einsum("dkl,dl->dk", np.linalg.pinv(products, hermitian=True), joint)
    level = (outcome - np.einsum("dtk,dk->dt", total, slopes)) / each
    return Fits(regression.periods, slopes, np.where(count > 0, level, np.nan))
