"""Cancer waiting times as counts: patients, some of them shared between two providers as halves."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from data_sources._cancer_waits_layouts import AFTER, TOTAL, WITHIN
from data_sources.layouts import read_code
from data_sources.periods import find_month, read_month
from data_sources.source import SourceError
from data_sources.tables import Sheet

UNKNOWN = "UNKNOWN"
"""Code and name of the patients whose organisation is not known; England's figures count them."""

Figure = tuple[str, str, str, str, str, str, int]
"""Level, code and name of an organisation, a measure with its text, and the sheet and row of the cell."""

_AMOUNT = re.compile(r"\d+(\.[05]0*)?")
_YEAR = r"(20\d{2})[-/](\d{2})"
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_IN_YEAR = re.compile(rf"{_YEAR}[-\s]+{_MONTH}(?:[-\s–]+{_MONTH})?(?![a-z0-9])", re.IGNORECASE)
_TO = re.compile(r"[-\s_]to[-\s_]", re.IGNORECASE)


def amount(text: str) -> Decimal | None:
    """A count of patients, whole or with a half; None for anything else."""
    return Decimal(text) if _AMOUNT.fullmatch(text) else None


def organisation(sheet: Sheet, row: int, code: int, name: int) -> tuple[str, str]:
    """Code and name in these columns of a row; a cell that can be no organisation's is LayoutChanged."""
    if sheet.cell(row, code) == sheet.cell(row, name) == UNKNOWN:
        return UNKNOWN, UNKNOWN
    return read_code(sheet, row, code), sheet.cell(row, name)


def refuse_unequal_parts(values: Mapping[str, str], where: str) -> None:
    """Refuse a row whose patients within and after the standard are not its total; `where` names it."""
    for measure in (one for one in values if one.endswith(f"_{TOTAL}")):
        stem = measure.removesuffix(TOTAL)
        total, within, after = (amount(values[stem + part]) for part in (TOTAL, WITHIN, AFTER))
        if None not in (total, within, after) and total != (within or 0) + (after or 0):
            raise SourceError(
                f"{where}: {values[stem + WITHIN]} within and {values[stem + AFTER]} after "
                f"the standard are not {values[measure]} in all."
            )


def refuse_unequal_sums(rows: Iterable[Figure], england: Iterable[Figure], file_name: str) -> None:
    """Refuse organisations that do not add up to England exactly, as those of every known file do."""
    sums: dict[str, Decimal] = {}
    for *_, measure, text, _sheet, _row in rows:
        sums[measure] = sums.get(measure, Decimal(0)) + (amount(text) or 0)
    for *_, measure, text, sheet, row in england:
        added, stated = sums.get(measure, Decimal(0)), amount(text)
        if added != stated:
            raise SourceError(
                f"{file_name}, sheet {sheet!r}, row {row}: {measure} of England is {text}, "
                f"but its organisations add up to {plain(added)}."
            )


def plain(number: Decimal) -> str:
    """A count as published files write it: 52.5, but 62 rather than 62.0."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def financial_month(year: str, month: str) -> date:
    """First day of a month of the financial year that begins in April of `year`: January is of the next."""
    found = read_month(f"{month} {year}", month)
    return found.replace(year=found.year + 1) if found.month < 4 else found


def named_months(text: str) -> tuple[date | None, date | None]:
    """First and last month that a name or link claims: `2025-26-Apr-Sep-…`, `Apr-2025-to-Jul-2025-…`,
    `SEPTEMBER-2025-…` (one month twice); None and None where it names none.
    """
    within = _IN_YEAR.search(text)
    if within:
        year, first = within[1], within[3]
        return financial_month(year, first), financial_month(year, within[4] or first)
    parts = [month for part in _TO.split(text) if (month := find_month(part))]
    return (parts[0], parts[-1]) if parts else (None, None)
