"""Reading one table of the community waiting lists, held against its England row and the total's table."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data_sources._community_layouts import ENGLAND_ONLY, LAYOUT, SERVICES
from data_sources.layouts import last_filled, layout_of, read_code
from data_sources.periods import read_month
from data_sources.source import LayoutChanged, SourceError
from data_sources.tables import Sheet, read_sheet

Body = tuple[str, str]
"""Level and code of an organisation."""

_LEVELS = {"Region": "region", "ICB": "system", "Provider": "provider"}
_ENGLAND = ("england", "ENG")
_FIRST_ROW = LAYOUT.header_row + 1


@dataclass(frozen=True)
class Table:
    """Of one table the month, and for each organisation its row and published texts by service.

    Services that are published for England only are left out.
    """

    sheet: Sheet
    month: date
    rows: dict[Body, int]
    texts: dict[Body, dict[str, str]]

    def name(self, body: Body) -> str:
        """The organisation's name as published."""
        return self.sheet.cell(self.rows[body], 3)


def read_table(path: Path, name: str, file_name: str, title: str) -> Table:
    """The table on sheet `name`, whose first cell must be `title` and a month.

    Regions, systems and providers must each add up to England in every service; a blank (nobody
    sent a return) adds nothing and is no zero.
    """
    sheet = read_sheet(path, name, file_name)
    layout_of(sheet, (LAYOUT,))
    titled = re.fullmatch(re.escape(title) + ", (.+)", sheet.cell(1, 1))
    if titled is None:
        raise sheet.complain(1, 1, f"'{title}, ' and a month")
    month = read_month(titled[1], f"{file_name}, {sheet.place(1, 1)}")
    rows = dict(_bodies(sheet))
    table = Table(sheet, month, rows, {body: _texts(sheet, body, rows[body]) for body in rows})
    _refuse_unequal_sums(table)
    return table


def _bodies(sheet: Sheet) -> Iterator[tuple[Body, int]]:
    """Every organisation with its row, England first, to the first blank row; nothing may follow that."""
    if (sheet.cell(_FIRST_ROW, 1), sheet.cell(_FIRST_ROW, 3)) != ("National", "England"):
        raise sheet.complain(_FIRST_ROW, 1, "'National' in England's row")
    yield _ENGLAND, _FIRST_ROW
    seen = set()
    row = _FIRST_ROW + 1
    while last_filled(sheet, row):
        if sheet.cell(row, 1) not in _LEVELS:
            raise sheet.complain(row, 1, f"one of {', '.join(_LEVELS)}")
        body = (_LEVELS[sheet.cell(row, 1)], read_code(sheet, row, 2))
        if body in seen:
            raise sheet.complain(row, 2, "no organisation a second time")
        seen.add(body)
        yield body, row
        row += 1
    for below in range(row, len(sheet.rows) + 1):
        if column := last_filled(sheet, below):
            raise sheet.complain(below, column, "nothing below the table")


def _texts(sheet: Sheet, body: Body, row: int) -> dict[str, str]:
    texts = dict(LAYOUT.read(sheet, row))
    for column, (service, text) in enumerate(texts.items(), start=len(LAYOUT.labels) + 1):
        if text and not text.isdecimal():
            raise sheet.complain(row, column, "a whole number or a blank")
        if text and service in ENGLAND_ONLY and body != _ENGLAND:
            raise sheet.complain(row, column, "a blank: this service is published for England only")
    return {service: text for service, text in texts.items() if service not in ENGLAND_ONLY}


def added(texts: Iterable[str]) -> str:
    """The sum of the counts among these texts; a blank where all are blank."""
    counts = [int(text) for text in texts if text]
    return str(sum(counts)) if counts else ""


def _refuse_unequal_sums(table: Table) -> None:
    for level in _LEVELS.values():
        parts = [texts for (part, _), texts in table.texts.items() if part == level]
        for service, stated in table.texts[_ENGLAND].items():
            found = added(part[service] for part in parts)
            if found != stated:
                raise SourceError(
                    f"{table.sheet.file_name}, {_place(table, _ENGLAND, service)}: England has "
                    f"{stated!r}, but its {level} rows add up to {found!r}."
                )


def refuse_differences(total: Table, band: Table) -> None:
    """Refuse a band whose month, organisations or blanks are not those of the total's table."""
    sheet, file_name = band.sheet, band.sheet.file_name
    if band.month != total.month:
        raise sheet.complain(1, 1, f"{total.month:%B %Y} as in sheet {total.sheet.name!r}")
    if band.rows != total.rows:
        expected = f"the organisations of sheet {total.sheet.name!r} in their rows"
        found = ", ".join(sorted(code for _, code in set(band.rows) ^ set(total.rows)))
        raise LayoutChanged(file_name, f"sheet {sheet.name!r}", expected, found or "another order")
    for body, texts in band.texts.items():
        for service, text in texts.items():
            if bool(text) != bool(total.texts[body][service]):
                blank = "a blank" if text else "a number"
                place = _place(band, body, service)
                expected = f"{blank} as in sheet {total.sheet.name!r}"
                raise LayoutChanged(file_name, place, expected, text)


def _place(table: Table, body: Body, service: str) -> str:
    column = len(LAYOUT.labels) + 1 + SERVICES.index(service)
    return table.sheet.place(table.rows[body], column)
