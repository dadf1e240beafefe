"""The combined cancer waiting times CSV: every standard, by provider and by commissioner, in one table."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data_sources._cancer_waits_counts import (
    Figure,
    named_months,
    organisation,
    refuse_unequal_parts,
    refuse_unequal_sums,
)
from data_sources._cancer_waits_layouts import AFTER
from data_sources.periods import month_after
from data_sources.source import LayoutChanged, SourceError
from data_sources.tables import Sheet, as_text, decode

PERIOD = "Period"
"""Stands before the other columns in files of several months; a file of one month may lack it."""

COLUMNS = (
    *("Basis", "Org_Code", "Parent_Org", "Org_Name", "Standard_or_Item", "Cancer_Type"),
    *("Referral_Route_or_Stage", "Treatment_Modality", "Total", "Within", "After", "Performance"),
)

_STANDARDS = {"FDS": "fds", "31D": "combined_31d", "62D": "combined_62d"}
_LEVELS = {"Provider": "provider", "Commissioner": "system"}
_EVERYBODY = {
    "Cancer_Type": ("ALL CANCERS", ""),
    "Referral_Route_or_Stage": ("ALL ROUTES", "ALL STAGES", ""),
    "Treatment_Modality": ("ALL MODALITIES", ""),
}
"""What says that a row is about everybody; a diagnosis has no treatment, which leaves that cell blank."""

_TOTAL = "Total"
_FINAL = re.compile(r"(?<![a-z])final(?![a-z])", re.IGNORECASE)
_ISO = re.compile(r"(20\d{2})-(0[1-9]|1[0-2])-01")
_DAY_FIRST = re.compile(r"01/(0[1-9]|1[0-2])/(20\d{2})")

Part = tuple[date, str]
"""A month and a basis: its rows are those that its own total row adds up."""


@dataclass(frozen=True)
class _Table:
    """The rows about everybody, each at its own line and all others blank, and where the columns are."""

    sheet: Sheet
    columns: dict[str, int]

    def text(self, row: int, name: str) -> str:
        return self.sheet.cell(row, self.columns[name])

    def complain(self, row: int, name: str, expected: str) -> LayoutChanged:
        return self.sheet.complain(row, self.columns[name], expected)


def read_combined(path: Path, file_name: str) -> tuple[str, list[tuple[object, ...]]]:
    """Layout and figures of a combined CSV.

    England is the total row of the providers; that of the commissioners must be the sum of theirs. Waits
    by bands of days are not read: their headings have not been seen.
    """
    table = _read(path, file_name)
    rows: dict[Part, list[Figure]] = defaultdict(list)
    england: dict[Part, list[Figure]] = defaultdict(list)
    for row in (row for row, cells in enumerate(table.sheet.rows, start=1) if row > 1 and cells):
        part = (_month(table, row), _level(table, row))
        is_total = table.text(row, "Org_Code") == _TOTAL
        (england if is_total else rows)[part] += _row_figures(table, row, is_total)
    _refuse_missing_rows(table.sheet, rows, england)
    for part, totals in england.items():
        refuse_unequal_sums(rows[part], totals, file_name)
    name = "combined_csv" if PERIOD in table.columns else "combined_csv_month"
    layout = name if _FINAL.search(file_name) else f"{name}_provisional"
    return layout, list(_dated(rows, england))


def _dated(
    rows: dict[Part, list[Figure]], england: dict[Part, list[Figure]]
) -> Iterator[tuple[object, ...]]:
    for (month, level), figures in rows.items():
        kept = figures + (england[month, level] if level == "provider" else [])
        for figure in kept:
            yield (month.isoformat(), month_after(month).isoformat(), *figure)


def _read(path: Path, file_name: str) -> _Table:
    """A year's file has hundreds of thousands of rows, of which only those about everybody are kept."""
    text = io.StringIO(decode(path.read_bytes(), file_name), newline="")
    reader = csv.reader(text, strict=True)
    try:
        header = [as_text(cell) for cell in next(reader, [])]
        columns = _columns(Sheet(file_name, "csv", [header]))
        table = _Table(Sheet(file_name, "csv", rows := [header]), columns)
        for cells in reader:
            rows.append([as_text(cell) for cell in cells])
            _refuse_cut_row(table, len(rows))
            if not _is_about_everybody(table, len(rows)):
                rows[-1] = []
    except csv.Error as error:
        raise SourceError(f"{file_name}, line {reader.line_num}: {error}.") from error
    return table


def _columns(sheet: Sheet) -> dict[str, int]:
    has_period = sheet.cell(1, 1) == PERIOD
    expected = (PERIOD, *COLUMNS) if has_period else COLUMNS
    for column, heading in enumerate(expected, start=1):
        if sheet.cell(1, column) != heading:
            raise sheet.complain(1, column, f"the heading {heading!r}")
    return {heading: column for column, heading in enumerate(expected, start=1)}


def _refuse_cut_row(table: _Table, row: int) -> None:
    expected, found = len(table.sheet.rows[0]), len(table.sheet.rows[row - 1])
    if found != expected:
        sheet = table.sheet
        raise LayoutChanged(sheet.file_name, sheet.place(row), f"{expected} cells", found)


def _is_about_everybody(table: _Table, row: int) -> bool:
    return table.text(row, "Standard_or_Item") in _STANDARDS and all(
        table.text(row, name) in words for name, words in _EVERYBODY.items()
    )


def _month(table: _Table, row: int) -> date:
    """First day of the row's month, in a file of one month that of its name."""
    if PERIOD not in table.columns:
        month, _ = named_months(table.sheet.file_name)
        if month is None:
            raise SourceError(
                f"{table.sheet.file_name}: neither its rows nor its name say a month."
            )
        return month
    text = table.text(row, PERIOD)
    if iso := _ISO.fullmatch(text):
        return date(int(iso[1]), int(iso[2]), 1)
    if day_first := _DAY_FIRST.fullmatch(text):
        return date(int(day_first[2]), int(day_first[1]), 1)
    raise table.complain(row, PERIOD, "the first of a month such as 2024-04-01 or 01/04/2025")


def _level(table: _Table, row: int) -> str:
    if (basis := table.text(row, "Basis")) not in _LEVELS:
        raise table.complain(row, "Basis", " or ".join(_LEVELS))
    return _LEVELS[basis]


def _row_figures(table: _Table, row: int, is_total: bool) -> Iterator[Figure]:
    sheet, columns = table.sheet, table.columns
    body = ("england", "ENG", "England")
    if not is_total:
        code, name = organisation(sheet, row, columns["Org_Code"], columns["Org_Name"])
        body = (_level(table, row), code, name)
    stem = _STANDARDS[table.text(row, "Standard_or_Item")]
    values = {
        f"{stem}_{part.casefold()}": table.text(row, part) for part in ("Total", "Within", "After")
    }
    refuse_unequal_parts(values, f"{sheet.file_name}, {sheet.place(row)}")
    for measure, text in values.items():
        if not measure.endswith(f"_{AFTER}"):
            yield (*body, measure, text, sheet.name, row)


def _refuse_missing_rows(
    sheet: Sheet, rows: dict[Part, list[Figure]], england: dict[Part, list[Figure]]
) -> None:
    """Every month has providers, and each basis a total row of every standard: else the file was cut."""
    months = {month for month, _ in (*rows, *england)}
    wanted = {*rows, *england, *((month, "provider") for month in months)}
    for month, level in sorted(wanted):
        totals = [figure[3] for figure in england.get((month, level), [])]
        for name, standard in _STANDARDS.items():
            if totals.count(f"{standard}_total") != 1:
                basis = next(basis for basis, one in _LEVELS.items() if one == level)
                expected = f"one {_TOTAL} row of {name}, {basis}, {month:%B %Y}"
                found = totals.count(f"{standard}_total")
                raise LayoutChanged(sheet.file_name, "csv", expected, found)
    if not months:
        raise sheet.complain(len(sheet.rows), 1, "rows about all cancers")
