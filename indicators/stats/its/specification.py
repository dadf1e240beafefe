"""What is asked of an interrupted time series: where it is interrupted and which model is fitted."""

from dataclasses import dataclass
from typing import Literal

from indicators.stats.its.calendar import Calendar
from indicators.stats.its.fit import FloatArray

Seasonality = Literal["none", "fourier1", "fourier2", "month_dummies", "quarter_dummies", "auto"]
Covid = Literal["none", "pulse", "baseline_2021_07", "month_dummies"]
PhaseIn = Literal["exclude", "ramp"]
BreakRule = Literal["term", "truncate"]


@dataclass(frozen=True)
class Specification:
    """The model of one series. Periods are counts of `calendar`.

    `interruptions` are in order of time: entry, exit, entry again … and each is the first period exposed.
    `slope_origin` is what the slope term is in the first exposed period (0 or 1). Around each *entry*
    `phase_in` periods from it on are left out (or, as a `ramp`, taken up gradually), and `anticipation`
    periods before it. `trend` false leaves out the line of time, `slope_change` false every change of slope.
    `breaks` are the first periods of new definitions, given a level of their own (`term`), or the series is
    cut there (`truncate`).
    """

    calendar: Calendar
    interruptions: tuple[int, ...]
    slope_origin: int = 0
    seasonality: Seasonality = "auto"
    covid: Covid = "pulse"
    phase_in: int = 0
    phase_in_form: PhaseIn = "exclude"
    anticipation: int = 0
    trend: bool = True
    slope_change: bool = True
    breaks: tuple[int, ...] = ()
    break_rule: BreakRule = "term"


@dataclass(frozen=True)
class Columns:
    """Some terms of a design: their names and a column (n,) of values for each."""

    names: tuple[str, ...] = ()
    values: tuple[FloatArray, ...] = ()


NO_TERMS = Columns()
