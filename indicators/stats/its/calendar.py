"""Months and quarters as whole numbers of a calendar, and the first of them that an event touches."""

from dataclasses import dataclass
from datetime import date

from indicators.writing import format_span

MIDDLE_OF_MONTH = 15
"""An entry up to this day (inclusive) makes its month the first exposed one; a later entry the next month."""


@dataclass(frozen=True)
class Calendar:
    """How whole numbers count periods: `per_year` 12 for months, 4 for quarters, None for bare numbers.

    A month is 12·year + month with January 1, a quarter 4·year + quarter with January to March 1.
    """

    per_year: int | None

    @property
    def unit(self) -> str:
        """The word for one period: month, quarter or period."""
        return {12: "month", 4: "quarter"}.get(self.per_year or 0, "period")

    def place(self, count: int) -> int:
        """The month (1–12) or quarter (1–4) of the year that a count stands for; bare numbers have none."""
        if self.per_year is None:
            raise ValueError("Bare numbers have no place in a year.")
        return (count - 1) % self.per_year + 1

    def label(self, count: int) -> str:
        """A count as it is written: 2024-04, 2024-Q2, or the number itself."""
        if self.per_year is None:
            return str(count)
        year, place = (count - 1) // self.per_year, self.place(count)
        return f"{year}-{place:02d}" if self.per_year == 12 else f"{year}-Q{place}"

    def words(self, count: int) -> str:
        """A count as sentences have it: `Apr 2024`, `Apr to Jun 2024`, or the number itself."""
        if self.per_year is None:
            return str(count)
        months = 12 // self.per_year
        year, first = (count - 1) // self.per_year, months * (self.place(count) - 1) + 1
        return format_span(date(year, first, 1), months)

    def of_month(self, year: int, month: int) -> int:
        """The count of the month, or of the quarter it lies in."""
        if self.per_year is None:
            raise ValueError("Bare numbers have no months.")
        return self.per_year * year + (month - 1) * self.per_year // 12 + 1

    def first_exposed(self, day: date) -> int:
        """The first period that counts as exposed to something that began on `day` (METHODS 0.2).

        The period of the day if it began in its first half: up to the 15th of a month (inclusive), or of a
        quarter's middle month; else the next.
        """
        step = 12 // (self.per_year or 12)
        months_in = (day.month - 1) % step
        is_early = (months_in, day.day) <= (step // 2, MIDDLE_OF_MONTH)
        return self.of_month(day.year, day.month) + (not is_early)
