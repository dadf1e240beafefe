"""The two sheets of a trust accounts (TAC) workbook: who is in it, and the lines of everybody's accounts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from data_sources.layouts import Layout, columns_of, last_filled, layout_of, read_code
from data_sources.source import SourceError
from data_sources.tables import Sheet

PROVIDER_SHEET, DATA_SHEET = "list of providers", "all data"
"""Sheet names in small letters: their capitals change from year to year."""

NAME_HEADING, CODE_HEADING = "Full name of Provider", "NHS code"

LINES = {
    ("A02CY01", "SCI0100A"): "patient_care_income",
    ("A02CY01", "SCI0110A"): "other_operating_income",
    ("A02CY01", "SCI0125A"): "operating_expenses",
    ("A02CY01", "SCI0140A"): "operating_surplus",
    ("A09CY01", "STA0310"): "agency_cost",
    ("A09CY01", "STA0330"): "staff_cost",
}
"""Column and line of the form for each measure. `CY` is the current year: with `PY` beside it, the prior
year, every year would be counted twice. `A09CY01` is the total of permanent and other staff."""

_HEADER_ROW = 1
_NAME, _WORKSHEET, _COLUMN, _LINE = 1, 2, 4, 6
_DATA_LAYOUTS = tuple(
    Layout(
        _HEADER_ROW,
        (name, "WorkSheetName", "TableID", "MainCode", "RowNumber", "SubCode"),
        ((value, "value"),),
    )
    for name, value in product(("OrganisationName", "Organisation Name"), ("Total", "Value number"))
)
_AMOUNT = re.compile(r"(-?\d+(\.\d+)?)?")


@dataclass(frozen=True)
class Line:
    """One line of a provider's accounts of the current year, in thousands of pounds as published."""

    org_code: str
    org_name: str
    measure: str
    value: str
    row: int


def provider_codes(sheet: Sheet) -> dict[str, str]:
    """The code of every provider by its name as `plain_name` writes it.

    Columns are found by their headings: foundation trusts have one more, the day of authorisation.
    """
    columns = columns_of(sheet, _HEADER_ROW, (NAME_HEADING, CODE_HEADING))
    codes: dict[str, str] = {}
    for row in range(_HEADER_ROW + 1, len(sheet.rows) + 1):
        if not last_filled(sheet, row):
            continue
        code = read_code(sheet, row, columns[CODE_HEADING])
        name = plain_name(sheet.cell(row, columns[NAME_HEADING]))
        if not name or name in codes or code in codes.values():
            raise sheet.complain(row, columns[NAME_HEADING], "a provider not listed above")
        codes[name] = code
    if not codes:
        raise sheet.complain(_HEADER_ROW + 1, columns[NAME_HEADING], "a provider")
    return codes


def plain_name(name: str) -> str:
    """A name for comparing the two sheets: capitals, spacing and the form of apostrophes are the same."""
    return " ".join(name.replace("’", "'").split()).casefold()


def lines_of(sheet: Sheet, codes: Mapping[str, str]) -> Iterator[Line]:
    """The lines of LINES of every provider; one missing or there twice is a SourceError."""
    layout = layout_of(sheet, _DATA_LAYOUTS)
    found: dict[tuple[str, str], int] = {}
    for row in range(_HEADER_ROW + 1, len(sheet.rows) + 1):
        measure = LINES.get((sheet.cell(row, _COLUMN), sheet.cell(row, _LINE)))
        if measure is None:
            continue
        line = _line(sheet, layout, row, measure, codes)
        if found.setdefault((line.org_code, measure), row) != row:
            raise sheet.complain(row, _LINE, f"no second {measure} of {line.org_code}")
        yield line
    for code, measure in product(codes.values(), LINES.values()):
        if (code, measure) not in found:
            raise SourceError(f"{sheet.file_name}, sheet {sheet.name!r}: no {measure} of {code}.")


def _line(sheet: Sheet, layout: Layout, row: int, measure: str, codes: Mapping[str, str]) -> Line:
    name = sheet.cell(row, _NAME)
    if plain_name(name) not in codes:
        raise sheet.complain(row, _NAME, "a name of the list of providers")
    schedule = f"TAC{sheet.cell(row, _COLUMN)[1:3]}"
    if not sheet.cell(row, _WORKSHEET).startswith(schedule):
        raise sheet.complain(row, _WORKSHEET, f"the schedule {schedule}")
    (_, value) = next(layout.read(sheet, row))
    if not _AMOUNT.fullmatch(value):
        raise sheet.complain(row, len(layout.labels) + 1, "an amount or nothing")
    return Line(codes[plain_name(name)], name, measure, value, row)
