"""Time to an end that is only known to lie in an interval (Turnbull's estimate)."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.stats.rows import check_intervals
from indicators.stats.steps import Numbers
from indicators.stats.survival import Curve, median

DRAWS = 200
SEED = 20161001
TOLERANCE = 1e-9
MOST_ROUNDS = 200_000


def turnbull(intervals: pd.DataFrame, alpha: float = 0.05) -> Curve:
    """Survival from `lo, hi`, one row per spell: it ended after `lo` and at or before `hi`, (lo, hi].

    A blank `hi` means that it had not ended at `lo`; `lo` equal to `hi` is an exact time. The estimate is
    the nonparametric maximum of the likelihood (Turnbull 1976), found by self-consistency until no mass
    can raise it. It can move only inside the innermost intervals; there is a row for each of these that has
    mass, `after` being its left end (open; equal to `time` where the time is exact) and `time` its right end,
    from which `survival` holds. **Inside an innermost interval survival is not determined**: it lies anywhere
    between the value before and the value after. `at_risk` and `events` are expected numbers.

    `se`, `ci_low` and `ci_high` come from drawing spells with replacement 200 times with a fixed seed: the
    standard deviation and the percentiles at alpha/2 and 1 − alpha/2. Raises BadRow for impossible rows.
    """
    check_intervals(intervals)
    ends = intervals[["lo", "hi"]].astype(float).fillna({"hi": np.inf})
    patterns = ends.groupby(["lo", "hi"], as_index=False).size()
    innermost = _innermost(patterns)
    holds = _holds(patterns, innermost)
    weights = patterns["size"].to_numpy(dtype=float)
    mass = _maximise(holds, weights[np.newaxis])[0]
    draws = _bootstrap(holds, weights)
    table = _table(innermost, mass, draws, (len(ends), alpha))
    finite = ends.where(np.isfinite(ends))
    return Curve(table, median(table), 0.0, float(finite.max().max()))


def _innermost(patterns: pd.DataFrame) -> pd.DataFrame:
    """Left ends directly followed by a right end: `after, time`, in the order of time.

    At one and the same time an exact time begins first, then intervals end (closed), then others begin
    (open): so (3, 6] and (6, 9] have nothing in common.
    """
    lo, hi = patterns["lo"], patterns["hi"]
    begins = pd.DataFrame({"at": lo, "rank": np.where(lo == hi, 0, 2), "is_left": True})
    finishes = pd.DataFrame({"at": hi, "rank": 1, "is_left": False})
    ends = pd.concat([begins, finishes]).drop_duplicates().sort_values(["at", "rank"])
    left, at = ends["is_left"].to_numpy(), ends["at"].to_numpy()
    pairs = left[:-1] & ~left[1:]
    return pd.DataFrame({"after": at[:-1][pairs], "time": at[1:][pairs]})


def _holds(patterns: pd.DataFrame, innermost: pd.DataFrame) -> Numbers:
    """1 where the interval of a row holds the innermost interval of a column, else 0."""
    lo, hi = (patterns[[name]].to_numpy() for name in ("lo", "hi"))
    after, time = innermost["after"].to_numpy(), innermost["time"].to_numpy()
    # Of an exact innermost time only what begins before it, or is that time itself, can hold it.
    begins_before = np.where(after == time, (lo < time) | (lo == hi), lo <= after)
    return (begins_before & (lo <= after) & (time <= hi)).astype(float)


def _maximise(holds: Numbers, weights: Numbers) -> Numbers:
    """Mass of each innermost interval (columns) for each set of row weights (rows), by self-consistency.

    Done when no column's mean share, Σ w·holds/likelihood over Σ w, exceeds 1 by more than the tolerance:
    the condition for a maximum.
    """
    share = weights / weights.sum(axis=1, keepdims=True)
    mass = np.full((len(weights), holds.shape[1]), 1 / holds.shape[1])
    for _ in range(MOST_ROUNDS):
        likelihood = mass @ holds.T
        gain = np.divide(share, likelihood, out=np.zeros_like(share), where=share > 0) @ holds
        mass = mass * gain
        if gain.max() < 1 + TOLERANCE:
            break
    return mass


def _bootstrap(holds: Numbers, weights: Numbers) -> Numbers:
    """Survival after each innermost interval in each of the draws."""
    number = int(weights.sum())
    drawn = np.random.default_rng(SEED).multinomial(number, weights / number, size=DRAWS)
    return np.clip(1 - np.cumsum(_maximise(holds, drawn.astype(float)), axis=1), 0, 1)


def _table(
    innermost: pd.DataFrame, mass: Numbers, draws: Numbers, size: tuple[int, float]
) -> pd.DataFrame:
    number, alpha = size
    survival = np.clip(1 - np.cumsum(mass), 0, 1)
    before = np.concatenate([[1.0], survival[:-1]])
    low, high = np.quantile(draws, [alpha / 2, 1 - alpha / 2], axis=0)
    table = innermost.assign(at_risk=number * before, events=number * mass, survival=survival)
    table = table.assign(se=draws.std(axis=0, ddof=1), ci_low=low, ci_high=high)
    has_mass: NDArray[np.bool_] = (mass > 1e-7) & np.isfinite(innermost["time"].to_numpy())
    return table[has_mass].reset_index(drop=True)
