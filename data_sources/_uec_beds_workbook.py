"""The monthly workbook of beds from the daily situation reports: England's row and the table of trusts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from data_sources.layouts import columns_of, last_filled, read_code
from data_sources.periods import read_month
from data_sources.source import LayoutChanged
from data_sources.tables import Sheet

HEADINGS = {
    "Adult G&A beds available": "adult_beds_available",
    "Adult G&A beds occupied": "adult_beds_occupied",
    "G&A beds available": "beds_available",
    "G&A beds occupied": "beds_occupied",
}
"""Headings of general and acute (G&A) beds, and the measure under each."""

_CODE_HEADINGS = ("Code", "Org Code")
_TITLE_ROWS = 15
_LABEL_COLUMNS = range(1, 5)

Figure = tuple[str, str, str, str, str, str, int]
"""Level, code and name of an organisation, a measure with its text, and the sheet and row of the cell."""


def is_trust_sheet(name: str) -> bool:
    """Whether a sheet is the one of all acute trusts; another holds those with a major A&E only."""
    return name.strip().casefold().startswith("all acute")


def without_quotes(sheet: Sheet) -> Sheet:
    """The sheet as meant: some months hold every text between quotation marks, `'RC9'`."""
    return replace(sheet, rows=[[cell.strip("'").strip() for cell in row] for row in sheet.rows])


def month_of(sheet: Sheet) -> date:
    """First day of the month that the title block names beside `Period:`."""
    for row in range(1, _TITLE_ROWS + 1):
        if sheet.cell(row, 2).rstrip(":").casefold() == "period":
            return read_month(sheet.cell(row, 3), f"{sheet.file_name}, {sheet.place(row, 3)}")
    raise sheet.complain(1, 2, f"'Period:' in one of the first {_TITLE_ROWS} rows")


def figures(sheet: Sheet) -> Iterator[Figure]:
    """England's beds and every trust's. Columns are found by heading: they moved with every extension."""
    header = _first_row_with(sheet, "G&A beds available")
    columns = columns_of(sheet, header, tuple(HEADINGS))
    code_row, code_column = _code_heading(sheet)
    _refuse_moved_headings(sheet, code_row, columns)
    england = _england_row(sheet, header, code_row)
    yield from _row_figures(sheet, england, columns, ("england", "ENG", "England"))
    name_column = 3 if code_column == 4 else 4
    for row in _trust_rows(sheet, code_row, columns):
        code = read_code(sheet, row, code_column)
        body = ("provider", code, sheet.cell(row, name_column))
        yield from _row_figures(sheet, row, columns, body)


def _row_figures(
    sheet: Sheet, row: int, columns: dict[str, int], body: tuple[str, str, str]
) -> Iterator[Figure]:
    for heading, measure in HEADINGS.items():
        yield (*body, measure, sheet.cell(row, columns[heading]), sheet.name, row)


def _refuse_moved_headings(sheet: Sheet, code_row: int, columns: dict[str, int]) -> None:
    """Beds stand right of the labels; a heading that the table of trusts repeats says the same as above."""
    for heading, column in columns.items():
        if column in _LABEL_COLUMNS or sheet.cell(code_row, column) not in ("", heading):
            raise sheet.complain(code_row, column, f"the heading {heading!r}, or none")


def _first_row_with(sheet: Sheet, heading: str) -> int:
    for row, cells in enumerate(sheet.rows, start=1):
        if heading in cells:
            return row
    raise LayoutChanged(sheet.file_name, f"sheet {sheet.name!r}", f"the heading {heading!r}", "")


def _code_heading(sheet: Sheet) -> tuple[int, int]:
    """Row and column of the last heading over codes: a table of systems may stand above the trusts'."""
    for row in range(len(sheet.rows), 0, -1):
        for column in _LABEL_COLUMNS:
            if sheet.cell(row, column) in _CODE_HEADINGS:
                return row, column
    expected = "the heading 'Code' or 'Org Code' in columns B to D"
    raise LayoutChanged(sheet.file_name, f"sheet {sheet.name!r}", expected, "")


def _england_row(sheet: Sheet, header: int, end: int) -> int:
    found = [
        row
        for row in range(header + 1, max(end, header + 1) + 1)
        for column in _LABEL_COLUMNS
        if sheet.cell(row, column).casefold().startswith("england")
    ]
    if len(found) != 1:
        place = f"{sheet.place(header)} to row {end}"
        raise LayoutChanged(sheet.file_name, place, "one row of England", len(found))
    return found[0]


def _trust_rows(sheet: Sheet, code_row: int, columns: dict[str, int]) -> Iterator[int]:
    """Rows from the heading over codes to the next blank one; below stand notes without figures."""
    row = code_row + 1
    while last_filled(sheet, row):
        yield row
        row += 1
    for below in range(row, len(sheet.rows) + 1):
        for column in columns.values():
            if sheet.cell(below, column):
                raise sheet.complain(below, column, "only notes below the table")
