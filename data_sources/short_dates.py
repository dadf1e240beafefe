"""Shortened dates: which days `2021-08-18`, `2021-07`, `2021-Q3` and `2021` can mean."""

import re
from datetime import date, timedelta

from data_sources.periods import month_after
from data_sources.source import SourceError

_FORMS = {
    "day": r"\d{4}-\d{2}-\d{2}",
    "month": r"\d{4}-\d{2}",
    "quarter": r"\d{4}-Q[1-4]",
    "year": r"\d{4}",
}
_ANY_FORM = "date such as 2021-08-18, 2021-08, 2021-Q3 or 2021"
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


def precision_of(text: str) -> str | None:
    """How exactly `text` is written: day, month, quarter or year; None if it is no shortened date."""
    return next((name for name, form in _FORMS.items() if re.fullmatch(form, text, re.A)), None)


def bounds(text: str, precision: str) -> tuple[date, date] | None:
    """First and last day, both inclusive, that a shortened date can mean; None where it is blank.

    `precision` is day, month, quarter (of the calendar year) or year; a text that is not written so, or
    names no real day, is a SourceError.
    """
    if not text:
        return None
    try:
        if precision_of(text) != precision:
            raise ValueError(precision)
        first = _first_day(text, precision)
        return first, _last_day(first, precision)
    except ValueError as error:
        wanted = f"{precision} in the calendar" if precision else _ANY_FORM
        raise SourceError(f"{text!r} is not a {wanted}.") from error


def days_meant(text: str) -> tuple[date, date] | None:
    """First and last day, both inclusive, that a date can mean as written; None if blank or no date."""
    try:
        return bounds(text, precision_of(text) or "")
    except SourceError:
        return None


def _first_day(text: str, precision: str) -> date:
    year, _, rest = text.partition("-")
    if precision == "day":
        return date.fromisoformat(text)
    if precision == "quarter":
        return date(int(year), 3 * int(rest[1]) - 2, 1)
    return date(int(year), int(rest or 1), 1)


def _last_day(first: date, precision: str) -> date:
    if precision == "day":
        return first
    after = first
    for _ in range(_MONTHS_IN[precision]):
        after = month_after(after)
    return after - timedelta(days=1)
