"""When a control chart raises too many alarms: neighbouring points are alike, or the year has seasons.

Limits of a control chart suppose that points vary independently of each other. Both ways in which they do not
are measured here, for many series at once.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from indicators.stats.spc import Floats, Ints, Stack, stack_of

ALIKE = 0.4
"""Neighbouring points are alike above this lag-1 correlation."""
SEASONAL = 0.01
"""There are seasons where the test's probability is below this."""
_PAIRS = {12: ((24, 36, 1), (36, np.inf, 2)), 4: ((24, np.inf, 2),)}
"""By periods a year: from how many points (inclusive) to how many (not) how many waves are fitted."""
_NOTHING = 1e-12
"""Share of the variation below which what is left of it is rounding."""


@dataclass(frozen=True)
class _Sums:
    """Of each series: squares and products of the columns, theirs with the value, and the value's squares."""

    cross: Floats
    with_value: Floats
    squares: Floats
    left_over: Ints


def lag_one(frame: pd.DataFrame) -> pd.Series:
    """Correlation of neighbouring points, by series: Σ e(t)·e(t+1) / Σ e(t)², e from the mean of the phase.

    `frame` has `series`, `phase`, `value`, as for `control_charts`. Pairs across phases are not counted.
    Missing where nothing varies.
    """
    stack, starts = stack_of(frame), _starts(frame)
    away = _within_phase(stack, stack.value)
    pairs = np.zeros_like(away)
    pairs[1:] = np.where(stack.phase[1:] == stack.phase[:-1], away[1:] * away[:-1], 0.0)
    squares = np.add.reduceat(away**2, starts)
    share = np.add.reduceat(pairs, starts) / np.where(squares > 0, squares, np.nan)
    return _by_series(frame, starts, share)


def seasonality(frame: pd.DataFrame, per_year: int) -> pd.Series:
    """Probability, by series, of seasons as large as these if there were none (F test of harmonics).

    `frame` has `series`, `phase`, `value` and `period`, a whole number that counts quarters (`per_year` 4) or
    months (12) of the calendar, 0 a first of the year or a last. Tested against a mean per phase and one
    straight line: waves of the place in the year, one a year from 24 months on, that and one of half a year
    from 36 months on, both from 24 quarters on. Missing for fewer points, where nothing is left to vary, and
    where seasons cannot be told apart from the rest.
    """
    starts = _starts(frame)
    number = np.diff(starts, append=len(frame))
    result = np.full(len(starts), np.nan)
    for least, most, waves in _PAIRS[per_year]:
        chosen = (number >= least) & (number < most)
        if chosen.any():
            result[chosen] = _probabilities(frame[np.repeat(chosen, number)], per_year, waves)
    return _by_series(frame, starts, result)


def _probabilities(frame: pd.DataFrame, per_year: int, waves: int) -> Floats:
    sums = _sums(frame, _waves(frame["period"].to_numpy(), per_year, waves))
    size = sums.cross.shape[1]
    line = sums.with_value[:, 0] ** 2 / np.where(sums.cross[:, 0, 0] > 0, sums.cross[:, 0, 0], 1.0)
    usable = np.linalg.matrix_rank(sums.cross, hermitian=True) == size
    usable &= (sums.left_over > size) & (sums.squares - line > _NOTHING * sums.squares)
    p = np.full(len(usable), np.nan)
    right = sums.with_value[usable]
    solved = np.linalg.solve(sums.cross[usable], right[..., np.newaxis])[..., 0]
    left = np.maximum(sums.squares[usable] - (solved * right).sum(axis=1), 0.0)
    gained = sums.squares[usable] - line[usable] - left
    rest = sums.left_over[usable] - size
    with np.errstate(divide="ignore"):
        p[usable] = stats.f.sf(gained / (size - 1) / (left / rest), size - 1, rest)
    return p


def _sums(frame: pd.DataFrame, waves: list[Floats]) -> _Sums:
    """A straight line and waves, and the value, each from its mean within the phase (so a mean per phase)."""
    stack, starts = stack_of(frame), _starts(frame)
    line = frame["period"].to_numpy(dtype=float)
    columns = [_within_phase(stack, column) for column in (line - line.mean(), *waves)]
    value = _within_phase(stack, stack.value)
    design = np.stack(columns, axis=1)
    first = np.zeros(len(frame), bool)
    first[stack.starts] = True
    return _Sums(
        np.add.reduceat(design[:, :, np.newaxis] * design[:, np.newaxis, :], starts),
        np.add.reduceat(design * value[:, np.newaxis], starts),
        np.add.reduceat(value**2, starts),
        np.add.reduceat(~first, starts, dtype=np.int64),
    )


def _waves(period: Ints, per_year: int, number: int) -> list[Floats]:
    """Cosines and sines of the place in the year; the sine of the fastest wave there can be is always 0."""
    angles = [2 * np.pi * wave * (period % per_year) / per_year for wave in range(1, number + 1)]
    sines = [np.sin(angle) for wave, angle in enumerate(angles, start=1) if 2 * wave < per_year]
    return [*(np.cos(angle) for angle in angles), *sines]


def _within_phase(stack: Stack, values: Floats) -> Floats:
    everywhere = np.ones(len(values), bool)
    return np.asarray(values - stack.repeat(stack.centre_of(values, everywhere)))


def _starts(frame: pd.DataFrame) -> Ints:
    """Where each series begins."""
    codes = pd.factorize(frame["series"])[0]
    return np.flatnonzero(np.diff(codes, prepend=-1)).astype(np.int64)


def _by_series(frame: pd.DataFrame, starts: Ints, values: Floats) -> pd.Series:
    return pd.Series(values, pd.Index(frame["series"].iloc[starts], name="series"))
