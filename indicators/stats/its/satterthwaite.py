"""Degrees of freedom of a contrast when the variance itself is estimated (Satterthwaite), two parameters.

With v the variance of the contrast, g its slope by the parameters (atanh phi, log of the error variance) and
H the second derivatives of the unprofiled REML −log-likelihood there: df = 2v² / (g'H⁻¹g), held to
[2, n − p].
"""

from dataclasses import dataclass

import numpy as np

from indicators.stats.its.fit import BoolArray, FloatArray

APPROX_DF = "APPROX_DF"
"""The likelihood has no peak at the estimate: 2 degrees of freedom are taken, the fewest."""
FEWEST = 2.0


@dataclass(frozen=True)
class Satterthwaite:
    """Degrees of freedom of contrasts of one fit, or of m fits at once (arrays with m in front).

    `covariance` (…, p, p) of the coefficients, `slope` its derivative by atanh phi; `information` (…, 2, 2)
    the second derivatives, of which the second parameter's own is (n − p)/2; `most` is n − p. `at_bound` (…)
    is whether phi stopped at the bound of its search: there the likelihood still slopes, so its curvature
    says nothing of how well phi is known.
    """

    covariance: FloatArray
    slope: FloatArray
    information: FloatArray
    most: float
    at_bound: BoolArray

    @property
    def is_approximate(self) -> BoolArray:
        """Whether phi is at its bound, or the second derivatives are not positive definite (…)."""
        is_flat = (self.information[..., 0, 0] <= 0) | (self._determinant() <= 0)
        return np.asarray(is_flat | self.at_bound)

    def degrees(self, c: FloatArray) -> FloatArray:
        """Degrees of freedom (…) of the contrast c (p,), from 2 to n − p inclusive."""
        variance, slope = c @ (self.covariance @ c)[..., None], c @ (self.slope @ c)[..., None]
        variance, slope = variance[..., 0], slope[..., 0]
        (h11, h12), h22 = (
            np.moveaxis(self.information[..., 0, :], -1, 0),
            self.information[..., 1, 1],
        )
        across = h22 * slope**2 - 2 * h12 * slope * variance + h11 * variance**2
        with np.errstate(divide="ignore", invalid="ignore"):
            df = 2 * variance**2 * self._determinant() / across
        df = np.where(self.is_approximate, FEWEST, np.where(np.isnan(df), self.most, df))
        return np.clip(df, FEWEST, self.most)

    def __call__(self, c: FloatArray) -> float:
        """Degrees of freedom of the contrast c (p,) of one fit."""
        return float(self.degrees(c))

    def _determinant(self) -> FloatArray:
        h = self.information
        return np.asarray(h[..., 0, 0] * h[..., 1, 1] - h[..., 0, 1] ** 2)
