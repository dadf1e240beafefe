"""NHS workforce statistics: full-time equivalent staff by organisation, each month since September 2009.

The measure is `fte`, the staff in post at the end of a month in full-time equivalents, for every organisation
with staff and for England. The workbook writes 0 for months in which an organisation did not exist: these are
no figures and are left out. One organisation's code is `RYK-X`. A care board's row is about its own staff.
"""

import math
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources._month_pages import files_on, month_pages
from data_sources.discovery import month_claimed
from data_sources.layouts import last_filled, read_code
from data_sources.periods import check_claimed_month, find_month, month_after
from data_sources.source import LayoutChanged, Parsed, Release, Snapshot, Source
from data_sources.tables import Sheet, figures_frame, has_sheets, read_sheet, refuse_duplicates

if TYPE_CHECKING:
    from data_sources.http import Http

SOURCE = Source(
    id="workforce",
    title="NHS Workforce Statistics (HCHS), England and organisations",
    publisher="NHS England",
    cadence="monthly",
    landing_page=(
        "https://digital.nhs.uk/data-and-information/publications/statistical/"
        "nhs-workforce-statistics"
    ),
    layouts=("england_and_organisation_workbook",),
)

SHEET = "5. All Staff, NHSE & Org - FTE"
"""Total staff by organisation since September 2009; the other sheets are headcounts or one month's grades."""

_TITLE = (
    "Table 5: NHS Hospital & Community Health Service (HCHS) monthly workforce statistics: Timeseries of "
    "total HCHS staff by NHS England region, Integrated Care System (ICS) and Organisation - "
    "Full Time Equivalent"
)
_HEADER_ROW, _ENGLAND_ROW = 5, 7
_LABELS = (
    *("NHS England region code", "NHS England region name", "ICS code", "ICS name"),
    *("Organisation name", "Organisation code"),
)
_NAME_COLUMN, _CODE_COLUMN, _FIRST_MONTH_COLUMN = 5, 6, 7

_KINDS = {
    (): "blank",
    (1, 2): "region",
    (3, 4): "system",
    (5, 6): "organisation",
}
"""What a row is by which of its label columns are filled: a region or system stands on its own row only."""

_TOLERANCE = 0.001
"""Figures have five decimals; organisations of the known file add up to England within a billionth."""

_NUMBER = re.compile(r"\d+(\.\d+)?(e-\d+)?")
_DAY = re.compile(r"(20\d{2})-(\d{2})-(\d{2})")
_FILE = r"(england and organisation|trusts and core organisations).*\.xlsx$"


def recognises(path: Path, file_name: str) -> bool:
    """Whether a file is the workbook by organisation, by its fifth table's sheet and title."""
    return has_sheets(path, SHEET) and read_sheet(path, SHEET, file_name).cell(1, 1) == _TITLE


def discover(http: "Http") -> list[Release]:
    """The workbook on the latest month's page: it holds every month before.

    Since September 2025 it is called 'Trusts and core organisations'; its layout is not known here, so that
    it will be refused when it is read. A page without either is a SourceError.
    """
    pages = month_pages(http, SOURCE.landing_page)
    latest = max(pages, key=lambda page: pages[page])
    words = "a workbook 'England and Organisation' or 'Trusts and core organisations'"
    links = files_on(http, latest, _FILE, words)
    return [Release(SOURCE.id, link.text, link.url, month_claimed(link)) for link in links]


def parse(snapshot: Snapshot) -> Parsed:
    """Staff of every month by organisation and for England.

    A SourceError: another title or heading, months with a gap, a row of no known kind, a cell that is no
    number, an organisation twice, organisations that do not add up to England, a last month other than the
    name's.
    """
    sheet = read_sheet(snapshot.path, SHEET, snapshot.file_name)
    months = _months(sheet)
    rows = _rows(sheet, len(months))
    _refuse_unequal_sums(sheet, rows, months)
    check_claimed_month(find_month(snapshot.file_name), months[-1], snapshot.file_name)
    figures = figures_frame(_figures(sheet, rows, months))
    refuse_duplicates(figures, snapshot.file_name)
    return Parsed(SOURCE.layouts[0], {"figures": figures}, months[0], month_after(months[-1]))


def _months(sheet: Sheet) -> list[date]:
    """First day of each column's month, once title, unit and headings are those of the layout."""
    _require(sheet, 1, 1, _TITLE)
    for column, label in enumerate(_LABELS, start=1):
        _require(sheet, _HEADER_ROW, column, label)
    last = last_filled(sheet, _HEADER_ROW)
    _require(sheet, _HEADER_ROW - 1, last, "full time equivalent")
    months = [_month_of(sheet, column) for column in range(_FIRST_MONTH_COLUMN, last + 1)]
    for at, (one, following) in enumerate(pairwise(months)):
        if following != month_after(one):
            column = _FIRST_MONTH_COLUMN + at + 1
            raise sheet.complain(_HEADER_ROW, column, f"the last day of {month_after(one):%B %Y}")
    return months


def _require(sheet: Sheet, row: int, column: int, text: str) -> None:
    if sheet.cell(row, column) != text:
        raise sheet.complain(row, column, repr(text))


def _month_of(sheet: Sheet, column: int) -> date:
    day = _DAY.fullmatch(sheet.cell(_HEADER_ROW, column))
    if day and 1 <= int(day[2]) <= 12:
        month = date(int(day[1]), int(day[2]), 1)
        if (month_after(month) - timedelta(days=1)).day == int(day[3]):
            return month
    raise sheet.complain(_HEADER_ROW, column, "the last day of a month")


def _rows(sheet: Sheet, months: int) -> list[int]:
    """The rows of organisations, each row above the notes being of a known kind."""
    _require(sheet, _ENGLAND_ROW, 2, "England")
    _refuse_gaps(sheet, _ENGLAND_ROW, months)
    found: dict[str, int] = {}
    for row in range(_ENGLAND_ROW + 1, _first_note(sheet)):
        kind = _kind(sheet, row)
        if kind != "blank":
            _refuse_gaps(sheet, row, months)
        if kind == "organisation":
            code = read_code(sheet, row, _CODE_COLUMN)
            if code in found:
                raise sheet.complain(row, _CODE_COLUMN, f"no second row for {code}")
            found[code] = row
    return list(found.values())


def _first_note(sheet: Sheet) -> int:
    """Under the table stand its source and notes, in the first column alone."""
    for row in range(_ENGLAND_ROW + 1, len(sheet.rows) + 1):
        if sheet.cell(row, 1).startswith("Source: NHS Hospital & Community Health Service"):
            for below in range(row, len(sheet.rows) + 1):
                if (column := last_filled(sheet, below)) > 1:
                    raise sheet.complain(below, column, "only notes below the table")
            return row
    raise LayoutChanged(sheet.file_name, sheet.place(len(sheet.rows)), "a source line", "none")


def _kind(sheet: Sheet, row: int) -> str:
    filled = tuple(at for at in range(1, _FIRST_MONTH_COLUMN) if sheet.cell(row, at))
    if filled not in _KINDS or (not filled and last_filled(sheet, row)):
        expected = "a region, a system or an organisation, with code and name"
        raise sheet.complain(row, filled[0] if filled else last_filled(sheet, row), expected)
    return _KINDS[filled]


def _refuse_gaps(sheet: Sheet, row: int, months: int) -> None:
    """Every month of a row is a number, and nothing stands right of the last."""
    end = _FIRST_MONTH_COLUMN + months
    for column in range(_FIRST_MONTH_COLUMN, end):
        if not _NUMBER.fullmatch(sheet.cell(row, column)):
            raise sheet.complain(row, column, "a number")
    if (column := last_filled(sheet, row)) >= end:
        raise sheet.complain(row, column, "nothing right of the last month")


def _refuse_unequal_sums(sheet: Sheet, rows: list[int], months: list[date]) -> None:
    for column, month in enumerate(months, start=_FIRST_MONTH_COLUMN):
        added = math.fsum(float(sheet.cell(row, column)) for row in rows)
        if abs(added - float(sheet.cell(_ENGLAND_ROW, column))) > _TOLERANCE:
            expected = f"{added:.5f}, the sum of the organisations in {month:%B %Y}"
            raise sheet.complain(_ENGLAND_ROW, column, expected)


def _figures(sheet: Sheet, rows: list[int], months: list[date]) -> Iterator[tuple[object, ...]]:
    periods = [(month.isoformat(), month_after(month).isoformat()) for month in months]
    for row in (_ENGLAND_ROW, *rows):
        body = ("provider", sheet.cell(row, _CODE_COLUMN), sheet.cell(row, _NAME_COLUMN))
        if row == _ENGLAND_ROW:
            body = ("england", "ENG", "England")
        for column, period in enumerate(periods, start=_FIRST_MONTH_COLUMN):
            value = sheet.cell(row, column)
            if float(value):
                yield (*period, *body, "fte", value, sheet.name, row)
