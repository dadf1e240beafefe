"""Which of several are not outdone by another on every count at once (METHODS 8.10)."""

import numpy as np

from indicators.stats.screen.resampling import BoolArray, FloatArray


def undominated(values: FloatArray) -> BoolArray:
    """Of each row of `values` (n, k), more is better, whether none is as good in all and better in one."""
    as_good = np.all(values[None, :, :] >= values[:, None, :], axis=2)
    better = np.any(values[None, :, :] > values[:, None, :], axis=2)
    return np.asarray(~np.any(as_good & better, axis=1))
