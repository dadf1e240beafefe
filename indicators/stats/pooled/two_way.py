"""Effects of unit and period fitted to untreated cells of a panel, and what follows from them linearly."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import bmat, csr_array
from scipy.sparse.csgraph import connected_components

from indicators.stats.pooled.panel import BoolArray, FloatArray, IntArray

_NOTHING = 1e-10
"""An eigenvalue this small beside the largest is 0: one level can move from units to periods in each part."""


@dataclass(frozen=True)
class TwoWay:
    """Least squares y = a_unit + g_period on the `cells` (N, P) marked; solved by eliminating the units.

    A cell outside can be imputed where its unit and its period hang together by cells of the fit
    (`can_impute`): else nothing ties their levels.
    """

    cells: BoolArray
    _per_unit: FloatArray
    _inverse: FloatArray
    can_impute: BoolArray

    @property
    def rank(self) -> int:
        """Numbers fitted: units and periods with a cell, less one for each part that hangs together."""
        units, periods = self.cells.any(axis=1), self.cells.any(axis=0)
        parts = len(np.unique(self.can_impute[units][:, periods], axis=0))
        return int(units.sum() + periods.sum()) - parts

    def solve(self, by_unit: FloatArray, by_period: FloatArray) -> FloatArray:
        """The sum a + g (N, P) from the normal equations with these right-hand sides, (N,) and (P,)."""
        weight = self.cells / self._per_unit[:, None]
        period = self._inverse @ (by_period - weight.T @ by_unit)
        unit = (by_unit - self.cells @ period) / self._per_unit
        return np.asarray(unit[:, None] + period[None, :])

    def fitted(self, value: FloatArray) -> FloatArray:
        """The level without treatment (N, P), NaN where it cannot be imputed."""
        given = np.where(self.cells, value, 0.0)
        level = self.solve(given.sum(axis=1), given.sum(axis=0))
        return np.where(self.can_impute, level, np.nan)

    def weights(self, wanted: FloatArray) -> FloatArray:
        """The weights v (N, P) of the fitted cells, so that Σ wanted·(y − fitted) = Σ wanted·y + Σ v·y."""
        reach = self.solve(wanted.sum(axis=1), wanted.sum(axis=0))
        return np.asarray(-np.where(self.cells, reach, 0.0))


def fit_two_way(cells: BoolArray) -> TwoWay:
    """The fit on these cells (N, P)."""
    per_unit = np.maximum(cells.sum(axis=1), 1).astype(float)
    number = cells.astype(float)
    products = np.diag(number.sum(axis=0)) - (number / per_unit[:, None]).T @ number
    unit, period = _components(cells)
    can = unit[:, None] == period[None, :]
    return TwoWay(cells, per_unit, np.linalg.pinv(products, rcond=_NOTHING, hermitian=True), can)


def _components(cells: BoolArray) -> tuple[IntArray, IntArray]:
    """Which units (N,) and periods (P,) hang together by cells."""
    links = csr_array(cells.astype(np.int8))
    _, found = connected_components(bmat([[None, links], [links.T, None]]), directed=False)
    return found[: cells.shape[0]].astype(np.int64), found[cells.shape[0] :].astype(np.int64)
