"""General and acute beds of the daily urgent and emergency care situation reports, by trust and month.

Measures are means of the days of a month, in whole beds: beds available and occupied, of adults and in all
(`adult_beds_available`, `beds_available`, ...), and beds occupied by patients who have stayed 21 days or
longer (`long_stay_21_beds`). Beds opened as escalation count, so figures differ from the quarterly KH03.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from data_sources import _uec_beds_workbook as workbook
from data_sources._sitrep_rows import LEVELS, body_of, read_day, refuse_unequal_sums
from data_sources._uec_beds_workbook import Figure
from data_sources.discovery import file_name, files_by_year, year_pages
from data_sources.layouts import Layout, layout_of
from data_sources.periods import check_claimed_month, find_month, month_after
from data_sources.source import LayoutChanged, Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import (
    Sheet,
    figures_frame,
    first_line,
    is_workbook,
    read_sheet,
    read_whole_csv,
    refuse_duplicates,
    sheet_names,
)

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="uec_beds",
    title="Critical care and general & acute beds: urgent and emergency care daily situation reports",
    publisher="NHS England",
    cadence="monthly",
    landing_page=(
        "https://www.england.nhs.uk/statistics/statistical-work-areas/bed-availability-and-occupancy/"
        "critical-care-and-general-acute-beds-urgent-and-emergency-care-daily-situation-reports/"
    ),
    layouts=("monthly_csv", "monthly_workbook", "compiled_trust_month"),
    unconfirmed=("monthly_csv", "monthly_workbook"),
)

_LABELS = ("Period", "Level", "Region", "ICB", "Org Code", "Org Name", "Metric", "Type")
_CSV = Layout(1, _LABELS, (("Value", "value"),))
_COLUMNS = {label: column for column, label in enumerate(_LABELS, start=1)}
_METRICS = workbook.HEADINGS | {
    "Number of G&A beds occupied by patients with a length of stay of - 21 or more days": (
        "long_stay_21_beds"
    )
}
_BEDS = tuple(workbook.HEADINGS.values())
_ALL_TYPES = "All Type"
_TYPES = (_ALL_TYPES, "Type 1", "Other")

_YEAR_PAGE = re.compile(r"daily-situation-reports-(20)?\d{2}-\d{2}/?$")
_FILE = re.compile(r"\.(csv|xlsx)$", re.IGNORECASE)


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is the CSV in long form (its header) or the workbook (its sheet and headings)."""
    if not is_workbook(path):
        return first_line(path) == ",".join((*_LABELS, "Value"))
    try:
        names = [name for name in sheet_names(path) if workbook.is_trust_sheet(name)]
        sheets = [workbook.without_quotes(read_sheet(path, name)) for name in names]
    except SourceError:
        return False
    return any(set(workbook.HEADINGS) <= set(row) for sheet in sheets for row in sheet.rows)


def discover(http: "Http") -> list[Release]:
    """Every monthly file on the pages of the financial years, in the order of the pages.

    A landing page without year pages, or a year page without monthly files, is a SourceError.
    """
    pages = year_pages(http, SOURCE, lambda url: bool(_YEAR_PAGE.search(url)))
    wanted = (_is_monthly_file, "a monthly csv or workbook of beds")
    return files_by_year(http, SOURCE, pages, wanted, _claimed)


def _claimed(link: "Link") -> date | None:
    return find_month(link.text) or find_month(file_name(link))


def _is_monthly_file(link: "Link") -> bool:
    name = file_name(link).casefold()
    return bool(_FILE.search(name)) and "sitrep-data" in name and "series" not in name


def parse(snapshot: Snapshot) -> Parsed:
    """One month of beds: of trusts and England, in the CSV of systems and regions too.

    A SourceError: an unknown header, level, type or code, a month other than the name's, an organisation
    twice or without its beds of all types, organisations that do not add up to England.
    """
    is_csv = not is_workbook(snapshot.path)
    month, rows = _read_csv(snapshot) if is_csv else _read_workbook(snapshot)
    figures = _checked(rows, month, snapshot.file_name)
    layout = "monthly_csv" if is_csv else "monthly_workbook"
    return Parsed(layout, {"figures": figures}, month, month_after(month))


def _read_workbook(snapshot: Snapshot) -> tuple[date, Iterable[Figure]]:
    name = snapshot.file_name
    names = [one for one in sheet_names(snapshot.path) if workbook.is_trust_sheet(one)]
    if len(names) != 1:
        raise LayoutChanged(name, "workbook", "one sheet of all acute trusts", ", ".join(names))
    sheet = workbook.without_quotes(read_sheet(snapshot.path, names[0], name))
    return workbook.month_of(sheet), workbook.figures(sheet)


def _read_csv(snapshot: Snapshot) -> tuple[date, Iterable[Figure]]:
    sheet = read_whole_csv(snapshot.path, snapshot.file_name)
    layout_of(sheet, (_CSV,))
    rows = [row for row, cells in enumerate(sheet.rows, start=1) if row > 1 and any(cells)]
    if not rows:
        raise sheet.complain(2, 1, "a month of beds")
    month = read_day(sheet, rows[0], 1).replace(day=1)
    _refuse_bodies_without_beds(sheet, rows)
    return month, _csv_figures(sheet, rows, month)


def _csv_figures(sheet: Sheet, rows: Iterable[int], month: date) -> Iterator[Figure]:
    for row in rows:
        if read_day(sheet, row, 1).replace(day=1) != month:
            raise sheet.complain(row, 1, f"{month:%B %Y} as in the rows above")
        body = body_of(sheet, row, _COLUMNS)
        measure = _measure(sheet, row)
        for _, value in _CSV.read(sheet, row):
            if measure:
                yield (*body, measure, value, sheet.name, row)


def _measure(sheet: Sheet, row: int) -> str | None:
    """What a row of all types of trust tells that is read; rows of some types repeat it in part."""
    kind = sheet.cell(row, _COLUMNS["Type"])
    if kind not in _TYPES:
        raise sheet.complain(row, _COLUMNS["Type"], ", ".join(_TYPES))
    return _METRICS.get(sheet.cell(row, _COLUMNS["Metric"])) if kind == _ALL_TYPES else None


def _refuse_bodies_without_beds(sheet: Sheet, rows: Iterable[int]) -> None:
    """An organisation whose beds stand only by type, or under other words, would be lost without a word."""
    first_rows: dict[tuple[str, str, str], int] = {}
    told: dict[tuple[str, str, str], set[str | None]] = {}
    for row in rows:
        body = body_of(sheet, row, _COLUMNS)
        first_rows.setdefault(body, row)
        told.setdefault(body, set()).add(_measure(sheet, row))
    for body, row in first_rows.items():
        missing = [
            metric for metric, measure in workbook.HEADINGS.items() if measure not in told[body]
        ]
        if missing:
            expected = f"for {body[1]} also a row {missing[0]!r} of type {_ALL_TYPES!r}"
            raise sheet.complain(row, _COLUMNS["Metric"], expected)


def _checked(rows: Iterable[Figure], month: date, file_name: str) -> pd.DataFrame:
    check_claimed_month(find_month(file_name), month, file_name)
    period = (month.isoformat(), month_after(month).isoformat())
    figures = refuse_duplicates(figures_frame((*period, *row) for row in rows), file_name)
    if not {"provider", "england"} <= set(figures["level"]) <= set(LEVELS.values()):
        raise SourceError(f"{file_name}: no row of a trust, or none of England.")
    # Whole beds: no closer agreement can be asked for, and a trust lost has hundreds.
    refuse_unequal_sums(figures, _BEDS, 1, file_name)
    return figures
