"""When a control chart raises too many alarms: neighbouring points are alike, or the year has seasons.

Limits of a control chart suppose that points vary independently of each other; both ways in which they do not
are measured here for many series at once.
"""

import numpy as np
import pandas as pd
from scipy import stats

from indicators.stats.spc import Floats, Ints, Stack, stack_of

ALIKE = 0.4
"""Neighbouring points are alike above this lag-1 correlation."""
SEASONAL = 0.01
"""There are seasons where the test's probability is below this."""
LEAST_FOR_SEASONS = 24
_LEAST_FOR_TWO_PAIRS = 36


def lag_one(frame: pd.DataFrame) -> pd.Series:
    """Correlation of neighbouring points, by series: Σ e(t)·e(t+1) / Σ e(t)², e from the mean of the phase.

    `frame` has `series`, `phase`, `value`, as for `control_charts`. Pairs across phases are not counted. Missing
    (NaN) where nothing varies.
    """
    stack = stack_of(frame)
    away = _within_phase(stack, stack.value)
    pairs = np.zeros_like(away)
    pairs[1:] = np.where(stack.phase[1:] == stack.phase[:-1], away[1:] * away[:-1], 0.0)
    sums = pd.DataFrame({"pairs": pairs, "squares": away**2}).groupby(_codes(frame)).sum()
    share = (sums["pairs"] / sums["squares"].where(sums["squares"] > 0)).to_numpy()
    return pd.Series(share, pd.Index(frame["series"].unique(), name="series"), name="lag_one")


def seasonality(frame: pd.DataFrame, per_year: int) -> pd.Series:
    """Probability, by series, of seasons as large as these if there were none (F test of harmonics).

    `frame` has `series`, `phase`, `value` and `period`, a whole number that counts quarters (`per_year` 4) or
    months (12). Against a mean per phase and one straight line, sine and cosine of the place in the calendar
    year: one pair from 24 months on, two from 36; all three that quarters can have from 24 quarters on.
    Missing (NaN) for fewer points, where nothing is left to vary, or where the seasons cannot be told apart.
    """
    stack, codes = stack_of(frame), _codes(frame)
    number = np.bincount(codes)
    result = np.full(len(number), np.nan)
    for least, most, waves in _designs(per_year):
        chosen = (number >= least) & (number < most)
        if chosen.any():
            result[chosen] = _test(frame[chosen[codes]], waves)
    del stack
    return pd.Series(result, pd.Index(frame["series"].unique(), name="series"), name="p")
