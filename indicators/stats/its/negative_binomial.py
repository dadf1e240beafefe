"""How much more counts scatter than Poisson's: the shape of the negative binomial by maximum likelihood."""

import numpy as np
from scipy import optimize, special

from indicators.stats.its.fit import FloatArray

_LEAST, _MOST = -12.0, 10.0
"""Logarithms of 1/shape looked at: from counts that are nearly all 0 to such as are Poisson's."""


def best_shape(count: FloatArray, mean: FloatArray) -> float:
    """The shape a ≥ 0 of variances mean + a·mean² that fits counts (n,) about their means (n,) best.

    0 (Poisson) where counts scatter no more than that.
    """

    def slope(log_inverse: float) -> float:
        """The derivative of the log-likelihood by 1/a; its only root is where that is highest."""
        inverse = float(np.exp(log_inverse))
        grown = special.digamma(count + inverse) - special.digamma(inverse)
        apart = np.log1p(mean / inverse) + (count - mean) / (mean + inverse)
        return float((grown - apart).sum())

    if float(((count - mean) ** 2 - count).sum()) <= 0 or slope(_MOST) >= 0:
        return 0.0
    return float(np.exp(-optimize.brentq(slope, _LEAST, _MOST, xtol=1e-13)))
