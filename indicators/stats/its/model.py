"""A fitted model of one series: its design, its fit, and differences in the unit of the series."""

from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from indicators.stats.its.design import Design
from indicators.stats.its.fit import Contrast, Fit, FloatArray
from indicators.stats.its.scale import Scale


@dataclass(frozen=True)
class Model:
    """What was fitted, on which scale; `fit` has the terms of the design, in the same order."""

    design: Design
    fit: Fit
    scale: Scale

    def mean(self, x: FloatArray) -> FloatArray:
        """Expected values (r,) of rows `x` (r, p), in the unit of the series."""
        return self.scale.back(x @ self.fit.estimate)

    def gradient(self, x: FloatArray) -> FloatArray:
        """How these move with the coefficients (r, p)."""
        return self.scale.steepness(x @ self.fit.estimate)[:, np.newaxis] * x

    def interval_of_mean(self, row: FloatArray, alpha: float) -> tuple[float, float]:
        """The interval of the expected value of one row (p,): made on the model's scale and brought back."""
        found = self.fit.contrast(row, alpha)
        low, high = self.scale.back(np.array([found.ci_low, found.ci_high]))
        return float(low), float(high)

    def around(self, value: float, gradient: FloatArray, alpha: float) -> Contrast:
        """A quantity with its interval by the delta method; `gradient` (p,) is by the coefficients."""
        found = self.fit.contrast(gradient, alpha)
        half = (found.ci_high - found.ci_low) / 2
        p = float(2 * stats.t.sf(abs(value) / found.se, found.df)) if found.se > 0 else found.p
        return replace(found, estimate=value, ci_low=value - half, ci_high=value + half, p=p)
