"""The sheets of a virtual ward workbook: title block, England's row, and a row for each organisation."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from data_sources.layouts import Layout, last_filled, layout_of, read_code, titled
from data_sources.periods import find_day, read_month
from data_sources.source import SourceError
from data_sources.tables import Sheet

TITLE = "Virtual Ward Capacity and Occupancy monthly statistics in England"

ONLY_SHEET = "Virtual Ward Data"
SYSTEM_SHEET, PROVIDER_SHEET = "Virtual Ward Data - ICB", "Virtual Ward Data - Provider"
_HEADER_ROW, _ENGLAND_ROW = 16, 17
_REGION_COLUMN, _CODE_COLUMN, _NAME_COLUMN = 3, 4, 5
_MISSING = ("", "*", "**")
_CAPACITY = ("Virtual Ward Capacity (see note 1)", "capacity")
_PATIENTS = ("Patients in a Virtual Ward (see notes 1 and 4)", "patients")
_OCCUPANCY = ("Occupancy % (see note 5)", "")
SYSTEM_LAYOUT = Layout(
    _HEADER_ROW,
    ("", "Region", "Region Code", "ICB code", "Name"),
    (
        _CAPACITY,
        ("Virtual Ward Capacity per 100,000 GP registered population (see note 2)", ""),
        ("GP registered population (see note 3)", ""),
        _PATIENTS,
        _OCCUPANCY,
    ),
)
PROVIDER_LAYOUT = Layout(
    _HEADER_ROW,
    ("", "Region", "Region Code", "Provider code", "Name"),
    (_CAPACITY, _PATIENTS, _OCCUPANCY),
)

Figure = tuple[str, str, str, str, str, str | None, int | None]
"""Level, code and name of an organisation, a measure with its text, and the sheet and row of the cell."""


def is_titled(sheet: Sheet) -> bool:
    """Whether the title above the table is that of the virtual ward statistics."""
    return sheet.cell(2, 3).casefold() == TITLE.casefold()


def month_of(sheet: Sheet) -> date:
    """First day of the month that the title block names."""
    if not is_titled(sheet):
        raise sheet.complain(2, 3, repr(TITLE))
    return read_month(titled(sheet, 6, "Month:"), f"{sheet.file_name}, {sheet.place(6, 3)}")


def published_on(sheet: Sheet) -> date:
    """The day of the latest revision, or of publication where there was none."""
    first, revised = titled(sheet, 11, "Published:"), titled(sheet, 12, "Revised:")
    day = find_day(revised or first)
    if day is None:
        raise sheet.complain(12 if revised else 11, 3, "a day such as '12th September 2024'")
    return day


def table(sheet: Sheet, layout: Layout, level: str) -> Iterator[Figure]:
    """England's figures, then those of every organisation of a sheet; they add up, or it is refused."""
    layout_of(sheet, (layout,))
    for column in range(2, _CODE_COLUMN + 1):
        if sheet.cell(_ENGLAND_ROW, column) != "-":
            raise sheet.complain(_ENGLAND_ROW, column, "'-' in England's row")
    if sheet.cell(_ENGLAND_ROW, _NAME_COLUMN).rstrip("*").casefold() != "england":
        raise sheet.complain(_ENGLAND_ROW, _NAME_COLUMN, "'England' in England's row")
    england = list(_row(sheet, layout, _ENGLAND_ROW, ("england", "ENG", "England")))
    rows = [
        figure
        for row in range(_ENGLAND_ROW + 1, _last_row(sheet) + 1)
        for figure in _row(sheet, layout, row, _body(sheet, row, level))
    ]
    _refuse_unequal_sums(sheet, england, rows)
    yield from england
    yield from rows


def _last_row(sheet: Sheet) -> int:
    """The last filled row: below the table stands nothing, in any known file."""
    rows = range(1, len(sheet.rows) + 1)
    return max((row for row in rows if last_filled(sheet, row)), default=0)


def _body(sheet: Sheet, row: int, level: str) -> tuple[str, str, str]:
    # The sheet of providers writes 8cl13 for a hospice whose code is 8CL13.
    return level, read_code(sheet, row, _CODE_COLUMN).upper(), sheet.cell(row, _NAME_COLUMN)


def _row(sheet: Sheet, layout: Layout, row: int, body: tuple[str, str, str]) -> Iterator[Figure]:
    for measure, value in layout.read(sheet, row):
        if not (value.isdecimal() or value in _MISSING):
            column = layout.headings.index(
                next(heading for heading, name in layout.figures if name == measure)
            )
            raise sheet.complain(row, column + 1, "a whole number, a blank or a star")
        yield (*body, measure, value, sheet.name, row)


def _refuse_unequal_sums(sheet: Sheet, england: list[Figure], rows: list[Figure]) -> None:
    """Capacity and patients of those who sent them are England's, exactly, in every known file."""
    for _, _, _, measure, stated, _, row in england:
        added = sum(
            int(value) for *_, name, value, _, _ in rows if name == measure and value.isdecimal()
        )
        if stated != str(added):
            raise SourceError(
                f"{sheet.file_name}, sheet {sheet.name!r}, row {row}: {measure} of England is {stated!r}, "
                f"but the rows below add up to {added}."
            )


def refuse_other_england(rows: list[Figure], others: list[Figure], other: Sheet) -> None:
    """Both sheets open with England's figures, and these must be the same."""
    for mine, theirs in zip(rows, others[:2], strict=False):
        if mine[:5] != theirs[:5]:
            raise SourceError(
                f"{other.file_name}, {other.place(_ENGLAND_ROW)}: {mine[3]} of England is "
                f"{theirs[4]!r}, but {mine[4]!r} in sheet {mine[5]!r}."
            )


def across_regions(sheet: Sheet, rows: Iterable[Figure]) -> Iterator[Figure]:
    """A figure for each provider and measure, wards of two regions added up; England is left out."""
    of_providers = (row for row in rows if row[0] == "provider")
    by_provider = sorted(of_providers, key=lambda row: (row[1], row[3]))
    for _, parts in groupby(by_provider, key=lambda row: (row[1], row[3])):
        yield _sum(sheet, list(parts))


def _sum(sheet: Sheet, parts: list[Figure]) -> Figure:
    if len(parts) == 1:
        return parts[0]
    regions = [sheet.cell(row or 0, _REGION_COLUMN) for *_, row in parts]
    if len(set(regions)) < len(regions):
        raise SourceError(
            f"{sheet.file_name}, {sheet.place(parts[-1][-1] or 0)}: "
            f"a second row for {parts[-1][1]} in one region."
        )
    values = [value for *_, value, _, _ in parts]
    total = str(sum(map(int, values))) if all(map(str.isdecimal, values)) else ""
    return (*parts[0][:4], total, None, None)
