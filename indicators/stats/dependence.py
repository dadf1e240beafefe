"""Whether neighbouring points of a control chart are alike, so that it raises too many alarms.

Limits of a control chart suppose that points vary independently of each other.
"""

import numpy as np
import pandas as pd

from indicators.stats.spc import stack_of

ALIKE = 0.4
"""Neighbouring points are alike above this lag-1 correlation."""


def lag_one(frame: pd.DataFrame) -> pd.Series:
    """Correlation of neighbouring points, by series: Σ e(t)·e(t+1) / Σ e(t)², e from the mean of the phase.

    `frame` has `series`, `phase`, `value`, as for `control_charts`. Pairs across phases are not counted.
    Missing where nothing varies.
    """
    stack = stack_of(frame)
    codes = pd.factorize(frame["series"])[0]
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    away = stack.from_centre(stack.value)
    pairs = np.zeros_like(away)
    pairs[1:] = np.where(stack.phase[1:] == stack.phase[:-1], away[1:] * away[:-1], 0.0)
    squares = np.add.reduceat(away**2, starts)
    share = np.add.reduceat(pairs, starts) / np.where(squares > 0, squares, np.nan)
    return pd.Series(share, pd.Index(frame["series"].iloc[starts], name="series"))
