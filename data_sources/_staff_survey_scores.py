"""The five Staff Survey scores that are read, what a score and its base can be, and the survey year named."""

import re
from datetime import date

from data_sources.source import SourceError
from data_sources.tables import Sheet

MEASURES = (
    "engagement",
    "morale",
    "raising_concerns",
    "burnout",
    "compassionate_inclusive",
)
"""Scores from 0 to 10, higher always better: a high `burnout` score means little burnout."""

SUPPRESSED_BELOW = 10
"""Responses below which a score is not displayed."""

MISSING = ("", "-", "*", "<10", "<11", "NA", "N/A", "n/a")
_NUMBER = re.compile(r"\d+(\.\d+)?(E-?\d+)?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)|NSS[ _-]?(\d{2})(?!\d)", re.IGNORECASE)


def read_score(sheet: Sheet, row: int, column: int, base_column: int) -> tuple[str, str]:
    """The texts of a score and its base, as published; anything that cannot be the two is refused."""
    score, base = sheet.cell(row, column), sheet.cell(row, base_column)
    if score not in MISSING and not (_NUMBER.fullmatch(score) and float(score) <= 10):
        raise sheet.complain(row, column, "a score from 0 to 10")
    if base not in MISSING and not base.isdecimal():
        raise sheet.complain(row, base_column, "a whole number of responses")
    if score not in MISSING and (base in MISSING or int(base) < SUPPRESSED_BELOW):
        expected = f"at least {SUPPRESSED_BELOW} responses behind the score beside it"
        raise sheet.complain(row, base_column, expected)
    return score, base


def survey_year(year: int) -> tuple[date, date]:
    """The calendar year `[start, end)` in which a survey was held: its fieldwork is in the autumn."""
    return date(year, 1, 1), date(year + 1, 1, 1)


def year_named(text: str) -> int | None:
    """The last survey year a name claims: `2021-2025` is 2025, `NSS24` is 2024; None without one."""
    years = _YEAR.findall(text)
    if not years:
        return None
    full, short = years[-1]
    return int(full) if full else 2000 + int(short)


def check_claimed_year(file_name: str, found: int) -> None:
    """Refuse a file whose own survey year contradicts the one in its name."""
    claimed = year_named(file_name)
    if claimed is not None and claimed != found:
        raise SourceError(f"{file_name}: the name says {claimed} but the file says {found}.")
