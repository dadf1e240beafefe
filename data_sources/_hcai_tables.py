"""UKHSA's monthly infection tables: a sheet per onset class, a row per trust, thirteen months across."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from data_sources.layouts import last_filled, read_code
from data_sources.periods import find_month, month_after
from data_sources.source import LayoutChanged
from data_sources.tables import Sheet

CLASSES = {"hoha": "HOHA", "coha": "COHA"}
"""Hospital-onset and community-onset healthcare-associated, by the word in the name of their sheet."""

ORGANISMS = {
    "mrsa": re.compile(r"\bMRSA\b", re.IGNORECASE),
    "cdiff": re.compile(r"\bC(?:\.|lostridioides)\s*difficile\b", re.IGNORECASE),
    "ecoli": re.compile(r"\bE(?:\.|scherichia)\s*coli\b", re.IGNORECASE),
}
MONTHS = 13

Dated = tuple[str, str, str, str, str, str, str, str, int]
"""A figure as in `FIGURE_COLUMNS`."""

_CODE_HEADINGS = ("trust code", "organisation code", "provider code", "org code")
_TOTALS = ("england", "total", "england total", "grand total")
_OTHER_LEVELS = re.compile(r"\b(CCG|ICB|sub-ICB|region)", re.IGNORECASE)
_LAST_HEADER_ROW = 20
_NAMED_MONTH = re.compile(r"[A-Za-z]{3,9}[ -](?:20)?\d{2}")
_MONTH_DAY = re.compile(r"(20\d{2}-(?:0[1-9]|1[0-2])-01)(?:T00:00:00)?")
_COUNT = re.compile(r"\d+")
_MISSING = ("", "-", "*", "[x]", "[z]", "[c]", ".", "n/a")


@dataclass(frozen=True)
class Table:
    """Where a sheet keeps what: its header row, the 1-based column of codes, and that of each month."""

    sheet: Sheet
    header_row: int
    code_column: int
    months: dict[date, int]

    def rows(self) -> range:
        """Rows of organisations, from under the header to the first blank row."""
        end = self.header_row + 1
        while last_filled(self.sheet, end):
            end += 1
        return range(self.header_row + 1, end)

    def is_england(self, row: int) -> bool:
        """Whether a label left of the months calls the row the sum of all."""
        labels = self.sheet.rows[row - 1][: min(self.months.values()) - 1]
        return any(label.casefold() in _TOTALS for label in labels)


def class_sheets(names: list[str]) -> dict[str, list[str]]:
    """Names of the sheets of trusts for each onset class."""
    return {
        name: [
            sheet
            for sheet in names
            if re.search(rf"(?<![A-Za-z]){word}(?![A-Za-z])", sheet)
            and not _OTHER_LEVELS.search(sheet)
        ]
        for name, word in CLASSES.items()
    }


def organism_of(sheet: Sheet) -> str:
    """The one organism that the words above the header name; none or several is LayoutChanged."""
    words = " ".join(cell for row in sheet.rows[: _header_row(sheet) - 1] for cell in row)
    found = [name for name, pattern in ORGANISMS.items() if pattern.search(words)]
    if len(found) != 1:
        expected = "a title naming one of MRSA, C. difficile and E. coli"
        raise LayoutChanged(sheet.file_name, sheet.place(1), expected, words[:80])
    return found[0]


def table_of(sheet: Sheet) -> Table:
    """Where the columns stand; months must be thirteen, side by side and in order."""
    row = _header_row(sheet)
    cells = sheet.rows[row - 1]
    codes = [at for at, cell in enumerate(cells, start=1) if cell.casefold() in _CODE_HEADINGS]
    if len(codes) != 1:
        raise LayoutChanged(sheet.file_name, sheet.place(row), "one column of codes", len(codes))
    months = {at: month for at, cell in enumerate(cells, start=1) if (month := _month(cell))}
    if len(months) != MONTHS or any(
        (at + 1, month_after(one)) != (next_to, other)
        for (at, one), (next_to, other) in pairwise(months.items())
    ):
        found = ", ".join(cells[at - 1] for at in months)
        expected = f"{MONTHS} months side by side, one after the other"
        raise LayoutChanged(sheet.file_name, sheet.place(row), expected, found)
    if codes[0] > min(months):
        raise sheet.complain(row, codes[0], "the codes left of the months")
    return Table(sheet, row, codes[0], {month: at for at, month in months.items()})


def _header_row(sheet: Sheet) -> int:
    for row, cells in enumerate(sheet.rows[:_LAST_HEADER_ROW], start=1):
        if any(cell.casefold() in _CODE_HEADINGS for cell in cells):
            return row
    expected = "a header with a column 'Trust code' in the first rows"
    raise LayoutChanged(sheet.file_name, f"sheet {sheet.name!r}", expected, "none")


def _month(heading: str) -> date | None:
    """The month that a heading is, as a name (`April 2024`) or as a date cell; None if it is another."""
    if day := _MONTH_DAY.fullmatch(heading):
        return date.fromisoformat(day[1])
    return find_month(heading) if _NAMED_MONTH.fullmatch(heading) else None


def table_figures(table: Table, measure: str) -> Iterator[Dated]:
    """Cases of every trust in every month, and England's where the sheet has such a row.

    A SourceError: an organisation or England's row twice, a cell that is no count, months that do not
    add up to England's.
    """
    seen: set[str] = set()
    for row in table.rows():
        level = "england" if table.is_england(row) else "provider"
        code = "ENG" if level == "england" else read_code(table.sheet, row, table.code_column)
        if code in seen:
            raise table.sheet.complain(
                row, table.code_column, "no second row of the same organisation"
            )
        seen.add(code)
        name = "England" if level == "england" else table.sheet.cell(row, table.code_column + 1)
        for month, column in table.months.items():
            period = (month.isoformat(), month_after(month).isoformat())
            value = _count(table.sheet, row, column)
            yield (*period, level, code, name, measure, value, table.sheet.name, row)
    _refuse_figures_below(table)
    _refuse_unequal_sums(table)


def _count(sheet: Sheet, row: int, column: int) -> str:
    text = sheet.cell(row, column)
    if text not in _MISSING and not _COUNT.fullmatch(text):
        raise sheet.complain(row, column, "a whole number of cases")
    return text


def _refuse_figures_below(table: Table) -> None:
    for row in range(table.rows().stop, len(table.sheet.rows) + 1):
        if (column := last_filled(table.sheet, row)) > 1:
            raise table.sheet.complain(row, column, "only notes in column A below the table")


def _refuse_unequal_sums(table: Table) -> None:
    england = [row for row in table.rows() if table.is_england(row)]
    trusts = [row for row in table.rows() if not table.is_england(row)]
    for row in england:
        for column in table.months.values():
            cells = [table.sheet.cell(one, column) for one in trusts]
            added = str(sum(int(cell) for cell in cells if _COUNT.fullmatch(cell)))
            if table.sheet.cell(row, column) != added:
                raise table.sheet.complain(row, column, f"{added}, the sum of the trusts")
