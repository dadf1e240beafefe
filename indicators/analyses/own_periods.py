"""The periods of a person's own rows as whole numbers that count in the unit they are written in."""

import re
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data_sources.short_dates import days_meant, precision_of
from indicators.analyses.own_data import OwnData
from indicators.stats.its.calendar import Calendar

PER_YEAR = {"month": 12, "quarter": 4, "whole number": None}
"""How many periods of a unit make a year; days, of which it is no whole number, are not among them."""
FORMS = "a whole number, a month 2024-04, a quarter 2024-Q2 or a date 2024-04-30"


@dataclass(frozen=True)
class Periods:
    """`count`, a whole number per row, and the `unit` it counts in: whole number, month, quarter or day."""

    count: pd.Series
    unit: str

    def count_of(self, text: str) -> int | None:
        """The count of a period written elsewhere; None for one that is not written in this unit."""
        form = _form_of(text)
        first_of_month = self.unit == "month" and form == "day" and text.endswith("-01")
        return _count(text, self.unit) if form == self.unit or first_of_month else None

    def exposed_from(self, text: str) -> int | None:
        """`count_of`; of a day or month in longer periods the first exposed to it (METHODS 0.2)."""
        days = days_meant(text) if precision_of(text) in ("day", "month") else None
        count, per_year = self.count_of(text), PER_YEAR.get(self.unit)
        if count is None and days is not None and per_year is not None:
            return Calendar(per_year).first_exposed(days[0])
        return count

    def label(self, count: int) -> str:
        """A count as the periods are written."""
        if self.unit == "day":
            return date.fromordinal(count).isoformat()
        return Calendar(PER_YEAR[self.unit]).label(count)


def read_periods(data: OwnData, column: str = "period") -> Periods:
    """Whole numbers for `3`, `2024-04`, `2024-Q2` or `2024-04-30`: one apart means neighbours.

    Whole numbers stay; months count as months, quarters as quarters, dates as days (as months where every
    date is the first of one). A file has to keep to one way of writing. Blank cells stay missing.
    """
    text = data.text(column)
    # Each text once, where it first stands: a file of many series has the same periods in all of them.
    firsts = text.dropna().drop_duplicates()
    forms = [_form(data, row, cell) for row, cell in firsts.items()]
    for row, form in zip(firsts.index, forms, strict=True):
        if form != forms[0]:
            found = (
                f"{text[row]!r} is a {form}, and rows above have a {forms[0]}. Write all in one way"
            )
            raise data.refuse(int(row), column, found)
    is_monthly = forms[:1] == ["day"] and all(cell.endswith("-01") for cell in firsts)
    unit = "month" if is_monthly else "".join(forms[:1])
    counts = {cell: _count(cell, unit) for cell in firsts}
    count = text.map(counts).astype("Int64")
    return Periods(count, unit)


def _form(data: OwnData, row: object, text: str) -> str:
    form = _form_of(text)
    if form is None:
        raise data.refuse(int(str(row)), "period", f"{text!r} is not {FORMS}")
    return form


def _form_of(text: str) -> str | None:
    """How a period is written; None where it is no period, or no day of the calendar."""
    if re.fullmatch(r"-?\d{1,9}", text, re.A):
        return "whole number"
    return precision_of(text) if days_meant(text) else None


def _count(text: str, unit: str) -> int:
    if unit == "whole number":
        return int(text)
    if unit == "day":
        return date.fromisoformat(text).toordinal()
    year, part = int(text[:4]), text[5:]
    return 4 * year + int(part[1]) if unit == "quarter" else 12 * year + int(part[:2])
