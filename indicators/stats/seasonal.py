"""Whether the year has seasons, and values without them: waves of the calendar fitted to many series at once.

A person who reads a control chart of seasonal values sees the season signal. The test says where that is so;
the adjusted values are what is left without the season.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from indicators.stats.spc import Bools, Floats, Ints, stack_of

SEASONAL = 0.01
"""There are seasons where the test's probability is below this."""
LEAST = 24
"""Seasons of a series of fewer points are not looked for."""
_PAIRS = {12: ((LEAST, 36, 1), (36, np.inf, 2)), 4: ((LEAST, np.inf, 2),)}
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


@dataclass(frozen=True)
class _Fit:
    """Of some series (`chosen`): the probability of the test of each, and the season of each of their points.

    The season is missing where the probability is.
    """

    chosen: Bools
    probability: Floats
    season: Floats


def seasonality(frame: pd.DataFrame, per_year: int) -> pd.Series:
    """Probability, by series, of seasons as large as these if there were none (F test of harmonics).

    `frame` has `series`, `phase`, `value` and `period`, a whole number that counts quarters (`per_year` 4) or
    months (12) of the calendar, 0 a first of the year or a last. Tested against a mean per phase and one
    straight line: waves of the place in the year, one a year from 24 months on, that and one of half a year
    from 36 months on, both from 24 quarters on. Missing for fewer points, where nothing is left to vary, and
    where seasons cannot be told apart from the rest.
    """
    starts = _starts(frame)
    result = np.full(len(starts), np.nan)
    for fit in _fits(frame, per_year):
        result[fit.chosen] = fit.probability
    return pd.Series(result, pd.Index(frame["series"].iloc[starts], name="series"))


def adjust(points: pd.DataFrame, per_year: int = 12) -> pd.DataFrame:
    """The rows of `points` with `value` less its season, and `is_adjusted`, the same throughout a series.

    `points` has `series`, `period` and `value`, each series together and in order of time, none missing, and
    perhaps `phase`. `period` is a date, or a whole number of months (`per_year` 12) or quarters (4), as
    `seasonality` has it. The season is the waves of that test's model, fitted beside a mean per phase and one
    straight line, and moved so that the mean of the series stays. Where the test would be missing, values
    stay as they are; whether it finds a season is not asked.
    """
    frame = points.assign(period=_counted(points["period"], per_year))
    frame = frame if "phase" in frame else frame.assign(phase=0)
    number = np.diff(_starts(frame), append=len(frame))
    season = np.full(len(frame), np.nan)
    for fit in _fits(frame, per_year):
        season[np.repeat(fit.chosen, number)] = fit.season
    value = points["value"].to_numpy(dtype=float) - np.nan_to_num(season)
    return points.assign(value=value, is_adjusted=~np.isnan(season))


def _counted(period: pd.Series, per_year: int) -> Ints:
    """Dates as months or quarters counted from the year 0; whole numbers as they are."""
    if pd.api.types.is_datetime64_any_dtype(period):
        period = period.dt.year * per_year + (period.dt.month - 1) * per_year // 12
    return np.asarray(period, dtype=np.int64)


def _fits(frame: pd.DataFrame, per_year: int) -> Iterator[_Fit]:
    """Series of as many waves together; none for those too short."""
    number = np.diff(_starts(frame), append=len(frame))
    for least, most, waves in _PAIRS[per_year]:
        chosen = (number >= least) & (number < most)
        if chosen.any():
            yield _fit(frame[np.repeat(chosen, number)], chosen, (per_year, waves))


def _fit(frame: pd.DataFrame, chosen: Bools, year: tuple[int, int]) -> _Fit:
    waves = _waves(frame["period"].to_numpy(), *year)
    sums = _sums(frame, waves)
    size = sums.cross.shape[1]
    line = sums.with_value[:, 0] ** 2 / np.where(sums.cross[:, 0, 0] > 0, sums.cross[:, 0, 0], 1.0)
    usable = np.linalg.matrix_rank(sums.cross, hermitian=True) == size
    usable &= (sums.left_over > size) & (sums.squares - line > _NOTHING * sums.squares)
    right = sums.with_value[usable]
    solved = np.linalg.solve(sums.cross[usable], right[..., np.newaxis])[..., 0]
    left = np.maximum(sums.squares[usable] - (solved * right).sum(axis=1), 0.0)
    gained = sums.squares[usable] - line[usable] - left
    rest = sums.left_over[usable] - size
    p, heights = np.full(len(usable), np.nan), np.full((len(usable), size - 1), np.nan)
    with np.errstate(divide="ignore"):
        p[usable] = stats.f.sf(gained / (size - 1) / (left / rest), size - 1, rest)
    heights[usable] = solved[:, 1:]
    return _Fit(chosen, p, _season(_starts(frame), np.stack(waves, axis=1), heights))


def _season(starts: Ints, waves: Floats, heights: Floats) -> Floats:
    """Waves of these heights at each point, moved so that each series has a mean of 0."""
    number = np.diff(starts, append=len(waves))
    season = (waves * np.repeat(heights, number, axis=0)).sum(axis=1)
    return np.asarray(season - np.repeat(np.add.reduceat(season, starts) / number, number))


def _sums(frame: pd.DataFrame, waves: list[Floats]) -> _Sums:
    """A straight line and waves, and the value, each from its mean within the phase (so a mean per phase)."""
    stack, starts = stack_of(frame), _starts(frame)
    line = frame["period"].to_numpy(dtype=float)
    columns = [stack.from_centre(column) for column in (line - line.mean(), *waves)]
    value = stack.from_centre(stack.value)
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


def _starts(frame: pd.DataFrame) -> Ints:
    """Where each series begins."""
    codes = pd.factorize(frame["series"])[0]
    return np.flatnonzero(np.diff(codes, prepend=-1)).astype(np.int64)
