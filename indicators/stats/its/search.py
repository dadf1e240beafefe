"""The phi at which the restricted likelihood is highest: a grid finds the peak, Newton's method its top."""

import numpy as np

from indicators.stats.its.fit import BoolArray, FloatArray, IntArray
from indicators.stats.its.profile import Design, Residuals, points_at, profile_on

HIGHEST = 0.99
"""phi is looked for from −0.99 to 0.99, both inclusive."""
GRID = np.linspace(-HIGHEST, HIGHEST, 199)
_CLOSE = 1e-11
_MOST_STEPS = 60


def best_phi(design: Design, series: Residuals) -> FloatArray:
    """The phi of each series (m,).

    The profile may have two dips in short series: that of the lowest point of the grid is taken. From there
    the search stays between the point and its neighbour downhill, so it ends in a dip at least as low.
    """
    values = profile_on(GRID, design, series)
    return _Search(design, series, values.argmin(axis=1)).run()


class _Search:
    """Newton's method, halving the bracket wherever it would leave it or is slow.

    `near` slopes down towards `far`; between them lies a minimum not above the profile at `near`.
    """

    def __init__(self, design: Design, series: Residuals, start: IntArray) -> None:
        self.design, self.series = design, series
        self.phi = GRID[start]
        self.value, self.slope, self.bend = self._profile(np.arange(len(start)))
        self.side = -np.sign(self.slope)
        self.near, self.floor = self.phi.copy(), self.value.copy()
        ends = np.clip(start + self.side.astype(int), 0, len(GRID) - 1)
        self.far, self.moved = GRID[ends], np.full(len(start), HIGHEST)

    def run(self) -> FloatArray:
        """The phi of each series; halving alone would take some thirty steps."""
        active, left = np.flatnonzero(self.far != self.near), _MOST_STEPS
        while len(active) and left:
            active, left = active[~self._finished(active)], left - 1
            self._step(active)
        return self.phi

    def _profile(self, rows: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        points = points_at(self.phi[rows], self.design, self.series.at(rows))
        return points.profile(self.design.free)

    def _finished(self, rows: IntArray) -> BoolArray:
        """Newton's step is too small to matter: it is taken and the search ends."""
        step = self._newton(rows)
        done = np.abs(step) < _CLOSE
        self.phi[rows[done]] += step[done]
        return done

    def _newton(self, rows: IntArray) -> FloatArray:
        """Newton's step; infinite where the profile does not curve upwards."""
        curved = self.bend[rows] > 0
        return np.where(curved, -self.slope[rows] / np.where(curved, self.bend[rows], 1), np.inf)

    def _step(self, rows: IntArray) -> None:
        step = self._newton(rows)
        low = np.minimum(self.near[rows], self.far[rows])
        high = np.maximum(self.near[rows], self.far[rows])
        wanted = self.phi[rows] + step
        good = (wanted > low) & (wanted < high) & (np.abs(step) < self.moved[rows] / 2)
        trial = np.where(good, wanted, (low + high) / 2)
        self.moved[rows] = np.abs(trial - self.phi[rows])
        self.phi[rows] = trial
        self.value[rows], self.slope[rows], self.bend[rows] = self._profile(rows)
        self._narrow(rows)

    def _narrow(self, rows: IntArray) -> None:
        """The new point replaces the end it is like."""
        is_near = (-np.sign(self.slope[rows]) == self.side[rows]) & (
            self.value[rows] <= self.floor[rows] + 1e-12 * np.abs(self.floor[rows])
        )
        closer, further = rows[is_near], rows[~is_near]
        self.near[closer], self.floor[closer] = self.phi[closer], self.value[closer]
        self.far[further] = self.phi[further]
