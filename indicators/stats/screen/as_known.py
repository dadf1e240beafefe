"""What an indicator showed on a day, from the figures that were published by then (METHODS 8.5)."""

from dataclasses import dataclass

import numpy as np

from indicators.stats.regression_to_mean.windows import trailing_mean
from indicators.stats.screen.resampling import FloatArray, IntArray, quotient

RUN, FEWEST_POINTS = 7, 13
_NATURAL = 2.66


@dataclass(frozen=True)
class Known:
    """Organisations by day asked about, all (N, D), NaN where it was not known.

    `level`: mean of the last three months published; `change`: that less the same a year before; `state`: 1
    where the last point is special cause for the better on a control chart of what was known, −1 for the
    worse, 0 neither.
    """

    level: FloatArray
    change: FloatArray
    state: FloatArray


def known_on(value: FloatArray, published: FloatArray, days: FloatArray, year: int = 12) -> Known:
    """What was `published` on or before each of `days` (D,).

    `value` (N, T): organisations by period without a gap between periods, more is better, NaN where missing.
    `published` (T,): day on which each period's figures came out, on the same scale as `days`, NaN where
    not known (then they count as never published). `year`: periods in a year.
    """
    base = trailing_mean(value, year // 4)
    last = np.array([_last(published, day) for day in days], dtype=np.int64)
    level, before = _at(base, last), _at(base, last - year)
    states = [_state(value[:, : end + 1]) for end in last]
    state = np.column_stack(states) if states else np.empty((len(value), 0))
    return Known(level, level - before, state)


def _last(published: FloatArray, day: float) -> int:
    """The last period whose figures were out; −1 where none was. Not known compares as false."""
    out = np.flatnonzero(published <= day)
    return int(out[-1]) if len(out) else -1


def _at(value: FloatArray, columns: IntArray) -> FloatArray:
    picked = value[:, np.maximum(columns, 0)]
    return np.where(columns >= 0, picked, np.nan)


def _state(seen: FloatArray) -> FloatArray:
    """Special cause of the last point, outside the limits or seventh on one side: individuals and ranges.

    A subset of the rules of METHODS 5.1, of all organisations at once; 13 points or more, no rebase.
    """
    known = np.isfinite(seen)
    number = known.sum(axis=1)
    enough = (number >= FEWEST_POINTS) & (known[:, -1] if seen.shape[1] else number > 0)
    middle = quotient(np.where(known, seen, 0.0).sum(axis=1), number.astype(float))
    steps = np.abs(np.diff(seen, axis=1))
    moved = np.isfinite(steps)
    range_ = quotient(np.where(moved, steps, 0.0).sum(axis=1), moved.sum(axis=1).astype(float))
    side = np.sign(seen[:, -RUN:] - middle[:, None])
    far = np.abs(seen[:, -1] - middle) > _NATURAL * range_ if seen.shape[1] else enough
    run = np.abs(side.sum(axis=1)) == RUN
    found = np.where(far | run, side[:, -1] if seen.shape[1] else 0.0, 0.0)
    return np.where(enough, found, np.nan)
