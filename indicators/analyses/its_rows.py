"""The series an interrupted-time-series analysis is given, and what its document makes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from indicators.analyses.its_spec import Choices
from indicators.analyses.own_data import OwnData
from indicators.analyses.own_periods import PER_YEAR, Periods
from indicators.analyses.own_series import GivenSeries, read_series
from indicators.analyses.refusal import Refusal
from indicators.counted import why_not_counted
from indicators.definition import BELOW_ZERO, Indicator
from indicators.stats.its.calendar import Calendar
from indicators.stats.its.notices import Notice
from indicators.stats.its.observed import Family, Observed
from indicators.stats.its.specification import Specification

RATES = ("poisson", "negative_binomial")
"""Families of events per exposure."""
_PERCENT = 100.0
_MOST_TOLD = 40


@dataclass(frozen=True)
class InterruptedRows:
    """One series (`given.frame`: `period`, `count`, `value`, perhaps `numerator` and `denominator`).

    A published one has its `indicator`; `notices` are what has to be told of it, such as mergers.
    """

    given: GivenSeries
    indicator: Indicator | None = None
    notices: tuple[Notice, ...] = ()


class SeriesRefused(Refusal):
    """The refusal of a series that is known: its `rows` can still be looked at."""

    def __init__(self, code: str, message: str, rows: InterruptedRows) -> None:
        super().__init__(code, message)
        self.rows = rows


def read_rows(data: OwnData) -> InterruptedRows:
    """The rows `period, value` or `period, numerator, denominator` of a file: one series."""
    for column in ("value", "numerator"):
        if column in data.rows and (data.rows[column] == "").all():
            text = f"{data.name}: no row has a {column}, so all are missing or suppressed."
            raise Refusal("NO_VARIATION", f"{text} Choose another measure, or fill in the figures.")
    given = read_series(data)
    names = given.frame["series"].unique()
    if len(names) > 1:
        text = f"{data.name}: there are {len(names)} series, and one is analysed at a time"
        raise Refusal("BAD_DATA", f"{text}. Keep the rows of one.")
    return InterruptedRows(given)


def calendar_of(rows: InterruptedRows, choices: Choices) -> Calendar:
    """The calendar of the periods; refused where they are days, or not of the `frequency` asked for."""
    unit = rows.given.periods.unit
    if unit not in PER_YEAR:
        text = "period: an interrupted series takes months or quarters, and these are days"
        raise Refusal("BAD_DATA", f"{text}. Combine them into months.")
    if choices.frequency is not None and choices.frequency != unit:
        text = f"frequency: {choices.frequency} is asked for, and the periods are {unit}s"
        raise Refusal("BAD_SPEC", f"{text}. Leave frequency out, or give periods of that kind.")
    return Calendar(PER_YEAR[unit])


def specification_of(rows: InterruptedRows, choices: Choices) -> Specification:
    """The document's model in counts of the calendar; refuses interruptions that are not in order."""
    calendar = calendar_of(rows, choices)
    places = _Places(rows.given.periods, calendar)
    interruptions = places.of("interruptions", choices.interruptions)
    if list(interruptions) != sorted(set(interruptions)):
        text = "interruptions: each has to come after the one before it (entry, exit, entry again)"
        raise Refusal("BAD_SPEC", f"{text}.")
    return Specification(
        calendar=calendar,
        interruptions=interruptions,
        slope_origin=choices.slope_origin,
        seasonality=choices.seasonality,
        covid=choices.covid,
        phase_in=choices.phase_in,
        phase_in_form=choices.phase_in_form,
        anticipation=choices.anticipation,
        trend=choices.trend,
        slope_change=choices.slope_change,
        breaks=_breaks(rows, choices, places),
        break_rule=choices.breaks,
    )


@dataclass(frozen=True)
class _Places:
    """Periods written in a document as counts of the data's calendar."""

    periods: Periods
    calendar: Calendar

    def of(self, field: str, texts: Iterable[object]) -> tuple[int, ...]:
        return tuple(self._count(field, str(text)) for text in texts)

    def _count(self, field: str, text: str) -> int:
        count = self.periods.exposed_from(text)
        if count is None:
            wanted = f"a {self.periods.unit}, as the periods of the data are"
            raise Refusal("BAD_SPEC", f"{field}: {text[:_MOST_TOLD]!r} is not {wanted}.")
        return count


def _breaks(rows: InterruptedRows, choices: Choices, places: _Places) -> tuple[int, ...]:
    """The first periods of new definitions: the document's and the catalogue's, each once, in order."""
    asked = places.of("series_breaks", choices.series_breaks)
    known: list[date] = [] if rows.indicator is None else [one.on for one in rows.indicator.breaks]
    if places.calendar.per_year is None:
        return tuple(sorted(set(asked)))
    return tuple(sorted({*asked, *(places.calendar.first_exposed(day) for day in known)}))


def observed_of(rows: InterruptedRows, choices: Choices, calendar: Calendar) -> Observed:
    """The series as statistics take it; counts only where figures are counted one by one."""
    frame = rows.given.frame
    if rows.indicator is not None:
        return _published(frame, rows.indicator)
    if "numerator" in frame:
        return _own_counts(frame, choices.family)
    if choices.family in RATES and calendar.per_year is not None:
        return _counts_by_days(frame, calendar)
    return Observed(_numbers(frame, "count").astype(np.int64), _numbers(frame, "value"))


def _numbers(frame: pd.DataFrame, column: str) -> np.ndarray:
    return frame[column].to_numpy(dtype=np.float64)


def _own_counts(frame: pd.DataFrame, family: Family | None) -> Observed:
    """Shares in per cent; events per exposure as they are. Half people, as in shared pathways, count."""
    count = _numbers(frame, "count").astype(np.int64)
    above, below = _numbers(frame, "numerator"), _numbers(frame, "denominator")
    is_asked = family not in (None, "gaussian")
    if not is_asked and not ((above >= 0).all() and (2 * above % 1 == 0).all()):
        return Observed(count, above / below)
    if (above < 0).any():
        text = "numerator: a number below 0 cannot be counted. Choose family gaussian"
        raise Refusal("BAD_DATA", f"{text}, or correct it.")
    is_part = bool((above <= below).all())
    if family == "binomial" and not is_part:
        text = "numerator: it is above the denominator somewhere, so it is no part of it"
        raise Refusal("BAD_DATA", f"{text}. Choose family poisson, or correct it.")
    is_share = is_part and family not in RATES
    unit = _PERCENT if is_share else 1.0
    highest = _PERCENT if is_share else None
    return Observed(count, unit * above / below, above, below, unit, is_share, 0.0, highest)


def _counts_by_days(frame: pd.DataFrame, calendar: Calendar) -> Observed:
    """Events without a denominator: a rate with the days of each period as exposure (METHODS 0.3).

    Values are for a period of average length.
    """
    events = _numbers(frame, "value")
    if (events < 0).any():
        raise Refusal(
            "BAD_DATA", "value: a number below 0 cannot be counted. Choose family gaussian."
        )
    count = frame["count"].to_numpy(dtype=np.int64)
    starts = pd.PeriodIndex(
        [calendar.label(int(one)).replace("-Q", "Q") for one in count],
        freq="M" if calendar.per_year == 12 else "Q",
    )
    days = (starts.end_time.normalize() - starts.start_time.normalize()).days.to_numpy() + 1.0
    unit = float(days.mean())
    return Observed(count, unit * events / days, events, days, unit, lowest=0.0)


def _published(frame: pd.DataFrame, indicator: Indicator) -> Observed:
    count = frame["count"].to_numpy(dtype=np.int64)
    value = _numbers(frame, "value")
    lowest = -np.inf if indicator.unit in BELOW_ZERO else 0.0
    highest = None
    if indicator.unit == "percent":
        highest = _PERCENT if indicator.quality.range is None else indicator.quality.range[1]
    plain = Observed(count, value, lowest=lowest, highest=highest)
    if why_not_counted(indicator, frame) or not _adds_up(frame, indicator.measures.scale):
        return plain
    above, below = _numbers(frame, "numerator"), _numbers(frame, "denominator")
    return Observed(count, value, above, below, indicator.measures.scale, True, lowest, highest)


def _adds_up(frame: pd.DataFrame, scale: float) -> bool:
    """Whether every value is `scale` times a numerator that is part of its denominator."""
    above, below, value = (_numbers(frame, name) for name in ("numerator", "denominator", "value"))
    with np.errstate(divide="ignore", invalid="ignore"):
        is_same = np.isclose(scale * above / below, value, rtol=1e-6, atol=1e-9)
    return bool((is_same & (above >= 0) & (above <= below)).all())
