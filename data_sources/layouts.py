"""Holding a sheet to a layout we know: its headings cell by cell, its rows one organisation each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data_sources.source import LayoutChanged
from data_sources.tables import Sheet

Columns = tuple[tuple[str, str], ...]
"""Headings in order, each with the measure under it; '' where the column is not read."""

CODE = (
    r"(?!(?:ENG|SUM|ALL|TOTAL)$)(?:[A-Z0-9]{3}(?:-[A-Z])?|[A-Z0-9]{5,6}|(?=\D*\d)[A-Za-z0-9]{4,8})"
)
"""What an organisation's code looks like: RAL, QE1; RYK-X (a split one); G6V2S, 8J094, NTPAD, A84031; NTV0b
as a mapping sheet writes it. A total's label is none.
"""

_UNNAMED = re.compile(r"unnamed: \d+")


@dataclass(frozen=True)
class Layout:
    """One header: `labels` from column A on, then the headings of `figures`.

    `unread` columns without a heading may follow and hold text; anything right of them is refused.
    """

    header_row: int
    labels: tuple[str, ...]
    figures: Columns
    unread: int = 0

    @property
    def headings(self) -> list[str]:
        """Every heading from column A on, '' where the column has none."""
        return [*self.labels, *(heading for heading, _ in self.figures), *([""] * self.unread)]

    def differences(self, sheet: Sheet) -> list[tuple[int, str]]:
        """Where the sheet departs: 1-based columns, leftmost first, with the heading expected there.

        Case and spacing are the same; `Unnamed: 22`, which a table program adds, is no heading.
        """
        expected = self.headings
        found = sheet.rows[self.header_row - 1] if self.header_row <= len(sheet.rows) else ()
        expected += [""] * (len(found) - len(expected))
        return [
            (column, heading)
            for column, heading in enumerate(expected, start=1)
            if _plain(heading) != _plain(sheet.cell(self.header_row, column))
        ]

    def read(self, sheet: Sheet, row: int) -> Iterator[tuple[str, str]]:
        """Measure and published text of each figure of a row; a cut or overlong row is LayoutChanged."""
        width = len(self.headings)
        if len(sheet.rows[row - 1]) < width:
            found = len(sheet.rows[row - 1])
            raise LayoutChanged(sheet.file_name, sheet.place(row), f"{width} cells", found)
        for column in range(width + 1, len(sheet.rows[row - 1]) + 1):
            if sheet.cell(row, column):
                raise sheet.complain(row, column, "nothing right of the last heading")
        for column, (_, measure) in enumerate(self.figures, start=len(self.labels) + 1):
            if measure:
                yield measure, sheet.cell(row, column)


def layout_of(sheet: Sheet, layouts: Sequence[Layout]) -> Layout:
    """The layout whose header the sheet has; LayoutChanged at the first cell that differs from the
    nearest one if it has none of them.
    """
    nearest = min(layouts, key=lambda layout: len(layout.differences(sheet)))
    for column, heading in nearest.differences(sheet):
        expected = f"the heading {heading!r}" if heading else "no heading"
        raise sheet.complain(nearest.header_row, column, expected)
    return nearest


def _plain(heading: str) -> str:
    text = " ".join(heading.split()).casefold()
    return "" if _UNNAMED.fullmatch(text) else text


def titled(sheet: Sheet, row: int, title: str) -> str:
    """What a title block says in column C of a row that column B titles, such as `Period:`."""
    if sheet.cell(row, 2) != title:
        raise sheet.complain(row, 2, repr(title))
    return sheet.cell(row, 3)


def table_rows(
    sheet: Sheet, blank_row: int, code_column: int, last_note_column: int = 0
) -> Iterator[int]:
    """Rows of organisations, from under the blank row that parts them from England's to the next blank row.

    A row without an organisation's code is refused, and so is a cell below the table right of
    `last_note_column`.
    """
    if column := last_filled(sheet, blank_row):
        raise sheet.complain(blank_row, column, "a blank row")
    row = blank_row + 1
    if not last_filled(sheet, row):
        raise sheet.complain(row, code_column, "an organisation code")
    while last_filled(sheet, row):
        read_code(sheet, row, code_column)
        yield row
        row += 1
    _refuse_figures_below(sheet, row, last_note_column)


def read_code(sheet: Sheet, row: int, column: int) -> str:
    """The organisation code in a cell; a total's label or anything else that cannot be one is refused."""
    code = sheet.cell(row, column)
    if not is_code(code):
        raise sheet.complain(row, column, "an organisation code")
    return code


def is_code(text: str) -> bool:
    """Whether a text can be an organisation's code; a total's label is none."""
    return bool(re.fullmatch(CODE, text))


def _refuse_figures_below(sheet: Sheet, end: int, last_note_column: int) -> None:
    """Below the table stand notes in the first columns at most, on who sent nothing."""
    for row in range(end, len(sheet.rows) + 1):
        if (column := last_filled(sheet, row)) > last_note_column:
            raise sheet.complain(row, column, "only notes below the table")


def last_filled(sheet: Sheet, row: int) -> int:
    """Column of the last filled cell of a row; 0 where all are blank."""
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    return max((column for column, cell in enumerate(cells, start=1) if cell), default=0)


def columns_of(sheet: Sheet, header_row: int, headings: Sequence[str]) -> dict[str, int]:
    """The 1-based column of each heading, wherever it stands; one missing or there twice is LayoutChanged.

    Case and spacing are the same. Of use where a publisher adds or moves columns from issue to issue.
    """
    cells = sheet.rows[header_row - 1] if header_row <= len(sheet.rows) else ()
    found = [_plain(cell) for cell in cells]
    for heading in headings:
        if found.count(_plain(heading)) != 1:
            expected = f"one column headed {heading!r}"
            number = found.count(_plain(heading))
            raise LayoutChanged(sheet.file_name, sheet.place(header_row), expected, number)
    return {heading: found.index(_plain(heading)) + 1 for heading in headings}
