"""Time to an end that is only known to lie in an interval (Turnbull's estimate)."""

import numpy as np
import pandas as pd
from scipy.optimize import nnls

from indicators.stats.rows import check_intervals
from indicators.stats.steps import Numbers
from indicators.stats.survival import Curve, median

DRAWS = 200
SEED = 20161001
TOLERANCE = 1e-10
MOST_ROUNDS = 100
FRACTIONS = np.append(0.5 ** np.arange(30), 0.0)
LEAST_MASS = 1e-8
COLUMNS = ["after", "time", "at_risk", "events", "survival", "se", "ci_low", "ci_high"]


def turnbull(intervals: pd.DataFrame, alpha: float = 0.05) -> Curve:
    """Survival from `lo, hi`, one row per spell: it ended after `lo` and at or before `hi`, (lo, hi].

    A blank `hi` means that it had not ended at `lo`; `lo` equal to `hi` is an exact time. The estimate is
    the nonparametric maximum of the likelihood (Turnbull 1976). It can fall only inside the innermost
    intervals; `table` has a row for each of these that has mass, `after` being its left end (open; equal to
    `time` where the time is exact) and `time` its right end, from which `survival` holds. **Inside an
    innermost interval survival is not determined**: it lies anywhere between the value before and the value
    after. `at_risk` and `events` are expected numbers, and survival is Π(1 − events/at_risk).

    `se`, `ci_low` and `ci_high` come from drawing spells with replacement 200 times with a fixed seed: the
    standard deviation and the percentiles at alpha/2 and 1 − alpha/2; missing where survival is 0. Without
    rows the curve has no steps. Raises BadRow for a row that cannot be.
    """
    check_intervals(intervals)
    ends = intervals[["lo", "hi"]].astype(float)
    # The last time of which anything is known: the end of an interval, or when a spell was still going.
    last = float(np.fmax.reduce(ends.to_numpy().ravel(), initial=np.nan))
    patterns = ends.fillna({"hi": np.inf}).groupby(["lo", "hi"], as_index=False).size()
    table = _fit(patterns, alpha) if len(patterns) else pd.DataFrame(columns=COLUMNS, dtype=float)
    return Curve(table, median(table), 0.0, last)


def _fit(patterns: pd.DataFrame, alpha: float) -> pd.DataFrame:
    innermost = _innermost(patterns)
    holds = _holds(patterns, innermost)
    weights = patterns["size"].to_numpy(dtype=float)
    mass = _maximise(holds, weights)
    numbers = _expected(patterns, holds, mass, innermost["time"].to_numpy())
    return _table(innermost.join(numbers), mass, _bootstrap(holds, weights), alpha)


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
    """Mass of each innermost interval (columns of `holds`) that makes the rows, so weighted, likeliest.

    Constrained Newton steps (Wang 2008), until no column's gain, Σ w·holds/likelihood over Σ w, exceeds 1
    by more than the tolerance: the condition for a maximum.
    """
    is_drawn = weights > 0
    holds, share = holds[is_drawn], weights[is_drawn] / weights.sum()
    mass = np.full(holds.shape[1], 1 / holds.shape[1])
    for _ in range(MOST_ROUNDS):
        gain = (share / (holds @ mass)) @ holds
        if gain.max() < 1 + TOLERANCE:
            break
        mass = _newton_step(holds, share, mass)
    return mass


def _newton_step(holds: Numbers, share: Numbers, mass: Numbers) -> Numbers:
    """Towards the maximum of the likelihood's quadratic approximation, by the fraction that is likeliest."""
    root = np.sqrt(share)[:, np.newaxis]
    rows = root * (holds / (holds @ mass)[:, np.newaxis] - 2)
    # Masses that add to 1 and make `rows @ goal` shortest: one more row holds the sum (Dax 1990).
    goal = nnls(np.vstack([rows, np.ones(len(mass))]), np.append(np.zeros(len(rows)), 1.0))[0]
    goal /= goal.sum()
    there = mass + FRACTIONS[:, np.newaxis] * (goal - mass)
    with np.errstate(divide="ignore"):
        likelihood = np.log(there @ holds.T) @ share
    return np.asarray(there[likelihood.argmax()])


def _bootstrap(holds: Numbers, weights: Numbers) -> Numbers:
    """Survival after each innermost interval in each of the draws."""
    number = int(weights.sum())
    drawn = np.random.default_rng(SEED).multinomial(number, weights / number, size=DRAWS)
    masses = np.array([_maximise(holds, draw.astype(float)) for draw in drawn])
    return np.asarray(np.clip(1 - np.cumsum(masses, axis=1), 0, 1))


def _expected(patterns: pd.DataFrame, holds: Numbers, mass: Numbers, time: Numbers) -> pd.DataFrame:
    """Expected numbers of ends in each innermost interval, and of those at risk of it.

    A spell still going at `lo` is at risk of what ends by `lo`, and then no longer watched.
    """
    size, is_open = patterns["size"].to_numpy(dtype=float), np.isinf(patterns["hi"].to_numpy())
    ended = np.where(is_open, 0, size / (holds @ mass))
    events = mass * (ended @ holds)
    watched = patterns["lo"].to_numpy()[:, np.newaxis] >= time
    still = (size * is_open) @ watched
    return pd.DataFrame({"at_risk": np.cumsum(events[::-1])[::-1] + still, "events": events})


def _table(innermost: pd.DataFrame, mass: Numbers, draws: Numbers, alpha: float) -> pd.DataFrame:
    low, high = np.quantile(draws, [alpha / 2, 1 - alpha / 2], axis=0)
    # Rounded so that a curve whose mass is spent comes to 0 and not to the rounding of a sum.
    survival = np.clip(np.round(1 - np.cumsum(mass), 12), 0, 1)
    # Where the estimate comes to 0 nearly every draw does: that says nothing of how sure it is.
    spread = pd.DataFrame({"se": draws.std(axis=0, ddof=1), "ci_low": low, "ci_high": high})
    table = innermost.assign(survival=survival).join(spread[survival > 0])
    has_mass = (mass > LEAST_MASS) & np.isfinite(innermost["time"].to_numpy())
    kept: pd.DataFrame = table.loc[has_mass, COLUMNS]
    return kept.reset_index(drop=True)
