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
_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}\s+(20\d{{2}})(?!\d)", re.IGNORECASE
)


def month_after(start: date) -> date:
    """First day of the month after `start`: the exclusive end of a monthly period."""
    return date(start.year + start.month // 12, start.month % 12 + 1, 1)


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
