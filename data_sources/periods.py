"""Reading the many ways NHS publications write a month."""

import re
from datetime import date

from data_sources.source import SourceError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_YEAR = re.compile(
    rf"(?<![a-z]){_MONTH}[\s\-_/]*(?:20)?(\d{{2}})(?!\d|st|nd|rd|th)", re.IGNORECASE
)
_QUARTER = re.compile(
    r"(?<![a-z0-9])(?:q([1-4])[\s_-]*(20\d{2})[-/_](?:20)?\d{2}"
    r"|(20\d{2})[-/_](?:20)?\d{2}[\s_-]*q(?:uarter\s*)?([1-4]))(?!\d)",
    re.IGNORECASE,
)
_QUARTER_MONTHS = re.compile(rf"{_MONTH}\s+to\s+{_MONTH}\s+(20\d{{2}})", re.IGNORECASE)
_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}\s+(20\d{{2}})(?!\d)", re.IGNORECASE
)


def month_after(start: date) -> date:
    """First day of the month after `start`: the exclusive end of a monthly period."""
    return months_after(start, 1)


def months_after(start: date, months: int) -> date:
    """First day of the month `months` after `start`: the exclusive end of a period of that length."""
    count = 12 * start.year + start.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def read_period(text: str) -> tuple[date, date]:
    """Bounds `[start, end)` of a month `2024-04`, a calendar quarter `2024-Q2`, a quarter of a financial year
    `2025-26 Q3` or a calendar year `2024`.
    """
    if financial := find_financial_quarter(text):
        return financial, months_after(financial, 3)
    year, _, part = text.partition("-")
    if not part:
        return date(int(year), 1, 1), date(int(year) + 1, 1, 1)
    is_quarter = part.startswith("Q")
    start = date(int(year), 3 * int(part[1]) - 2 if is_quarter else int(part), 1)
    return start, months_after(start, 3 if is_quarter else 1)


def find_financial_quarter(text: str) -> date | None:
    """First day of the quarter of a financial year (April to March) named as `Q1-2025-26`, `2025-26 Q1`,
    `Q4 2025/26` or by its months, `April to June 2025`; None where there is none.
    """
    named = _QUARTER.search(text)
    if named:
        quarter, year = named[1] or named[4], named[2] or named[3]
        return months_after(date(int(year), 4, 1), 3 * (int(quarter) - 1))
    months = _QUARTER_MONTHS.search(text)
    if months:
        first, last = _month_number(months[1]), _month_number(months[2])
        if first % 3 == 1 and last == first + 2:
            return date(int(months[3]), first, 1)
    return None


def find_month(text: str) -> date | None:
    """First day of the first month named in `text` (`MSitAE-APRIL-2019`, `April 26`, `Apr24`), or None."""
    match = _MONTH_YEAR.search(text)
    return date(2000 + int(match[2]), _month_number(match[1]), 1) if match else None


def _month_number(name: str) -> int:
    return _MONTHS.index(name.casefold()[:3]) + 1


def read_month(text: str, place: str) -> date:
    """As `find_month`, but a text without a month is an error naming `place` (file, sheet, cell)."""
    month = find_month(text)
    if month is None:
        raise SourceError(
            f"{place}: expected a month and year such as 'April 2024', found {text!r}."
        )
    return month


def find_day(text: str) -> date | None:
    """The last day written in `text` as `13th June 2024` or `13 June 2024`; None if it is no real day."""
    days = _DAY.findall(text)
    if not days:
        return None
    day, month, year = days[-1]
    try:
        return date(int(year), _month_number(month), int(day))
    except ValueError:
        return None


def check_claimed_month(claimed: date | None, found: date, file_name: str) -> None:
    """Refuse a file whose own period contradicts the month in its name or link."""
    if claimed is not None and claimed != found:
        raise SourceError(
            f"{file_name}: the name says {claimed:%B %Y} but the file says {found:%B %Y}."
        )
