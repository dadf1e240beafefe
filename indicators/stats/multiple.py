"""Probabilities of many tests made at once, adjusted for how many there were."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from statsmodels.stats.multitest import multipletests

Floats = NDArray[np.float64]
Method = Literal["bh", "by", "holm"]
_NAMES = {"bh": "fdr_bh", "by": "fdr_by", "holm": "holm"}


def adjusted(probability: Floats, method: Method = "bh") -> Floats:
    """Each probability adjusted, in the order given; at most 1.

    `bh` (Benjamini and Hochberg 1995) and `by` (Benjamini and Yekutieli 2001, however tests depend on each
    other): of the tests at or under a level, at most that share is expected to be false. `holm` (Holm 1979):
    any is false with at most that probability. A missing probability stays missing and is not counted.
    """
    result = np.full(len(probability), np.nan)
    made = ~np.isnan(probability)
    if made.any():
        result[made] = multipletests(probability[made], method=_NAMES[method])[1]
    return result
