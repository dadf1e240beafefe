"""Intervals for a proportion."""

from statistics import NormalDist
from typing import Any

import numpy as np


def normal_quantile(alpha: float) -> float:
    """The z of a two-sided interval that misses with probability `alpha`: 1.96 for 0.05."""
    return NormalDist().inv_cdf(1 - alpha / 2)


def wilson(k: Any, n: Any, alpha: float = 0.05) -> tuple[Any, Any]:
    """Wilson score interval for k out of n, without continuity correction (Wilson 1927).

    Takes numbers or arrays of one shape and gives the bounds in that shape, both within [0, 1]; where n
    is 0 nothing is known and both are missing (nan).
    """
    k, n = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    z2 = normal_quantile(alpha) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        share = k / n
        middle = (share + z2 / (2 * n)) / (1 + z2 / n)
        half = np.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n**2))) / (1 + z2 / n)
    # At none and at all the formula gives 0 and 1 but for rounding.
    low = np.where((k == 0) & (n > 0), 0.0, np.maximum(middle - half, 0))
    high = np.where((k == n) & (n > 0), 1.0, np.minimum(middle + half, 1))
    return low[()], high[()]
