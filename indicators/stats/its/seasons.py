"""The terms of the year's seasons: waves or dummies by calendar month or quarter (METHODS 1.2)."""

import numpy as np
import numpy.typing as npt

from indicators.stats.its.calendar import Calendar
from indicators.stats.its.notices import refuse
from indicators.stats.its.specification import NO_TERMS, Columns, Seasonality

FULL_YEARS = 2
"""Seasons of a series with fewer points than this many years are not asked for."""
_TWO_WAVES = 36
"""Months from which on two waves a year are fitted by `auto`."""
_QUARTERS = 16
"""Quarters from which on `auto` fits dummies."""
_LEAST = {("month_dummies", 12): 60, ("quarter_dummies", 4): _QUARTERS}
"""Points below which dummies would take too much of the data."""


def resolve(asked: Seasonality, n: int, calendar: Calendar) -> Seasonality:
    """The seasons to fit to n points: what is asked, or by the rule of METHODS 1.2 where that is `auto`.

    Raises NotFitted `SEASONALITY_NEEDS_2Y` for seasons asked of too few points. Bare numbers have no seasons.
    """
    if asked == "auto":
        return _by_rule(n, calendar)
    if asked == "none":
        return asked
    if calendar.per_year is None or (asked == "month_dummies" and calendar.per_year == 4):
        text = f"Seasons ({asked}) need the calendar, and these periods are {calendar.unit}s."
        raise refuse("BAD_SPEC", f"{text} Choose seasonality none, or give months.")
    least = _LEAST.get((asked, calendar.per_year), FULL_YEARS * calendar.per_year)
    if n < least:
        text = f"Seasons ({asked}) take {least} {calendar.unit}s with a value, and there are {n}."
        advice = "Choose seasonality none or auto, or take a longer series."
        raise refuse("SEASONALITY_NEEDS_2Y", f"{text} {advice}")
    return asked


def _by_rule(n: int, calendar: Calendar) -> Seasonality:
    if calendar.per_year == 4:
        return "quarter_dummies" if n >= _QUARTERS else "none"
    if calendar.per_year is None or n < FULL_YEARS * calendar.per_year:
        return "none"
    return "fourier2" if n >= _TWO_WAVES else "fourier1"


def season_terms(
    seasonality: Seasonality, count: npt.NDArray[np.int64], calendar: Calendar
) -> Columns:
    """The columns of the seasons at the calendar's place of each count (n,); none for `none`.

    Waves: `sin_1, cos_1, sin_2 …` of 2πk·place/periods a year. Dummies: `month_2 … month_12` or `quarter_2 …
    quarter_4`, against January or the first quarter.
    """
    if seasonality == "none" or calendar.per_year is None:
        return NO_TERMS
    place = (count - 1) % calendar.per_year + 1
    if seasonality == "month_dummies":
        return _dummies("month", place, 12)
    if seasonality == "quarter_dummies":
        return _dummies("quarter", (place - 1) * 4 // calendar.per_year + 1, 4)
    waves = 1 if seasonality == "fourier1" else 2
    angles = [2 * np.pi * wave * place / calendar.per_year for wave in range(1, waves + 1)]
    names = [f"{wave}_{k}" for k in range(1, waves + 1) for wave in ("sin", "cos")]
    return Columns(tuple(names), tuple(f(angle) for angle in angles for f in (np.sin, np.cos)))


def _dummies(name: str, place: npt.NDArray[np.int64], number: int) -> Columns:
    others = range(2, number + 1)
    return Columns(
        tuple(f"{name}_{other}" for other in others),
        tuple((place == other).astype(float) for other in others),
    )
