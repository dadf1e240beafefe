"""The monthly A&E workbook by provider: its title block, provider and system sheets, and system mapping."""

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from data_sources._ae_layouts import PROVIDER_LAYOUT, SYSTEM_LAYOUTS
from data_sources.layouts import Layout, layout_of, table_rows, titled
from data_sources.periods import find_day, read_month
from data_sources.tables import Sheet

PROVIDER_SHEET = "Provider Level Data"
SYSTEM_SHEETS = ("System Level Data", "STP Level Data")
MAPPING_SHEET = "System Mapping"

_MAPPING_HEADER = ("Org code", "Region", "Name", "STP")
_MAPPING_HEADER_ROW = 3
_MEMBERSHIP = ("org_code", "org_name", "region_name", "icb_name")

Figure = tuple[str, str, str, str, str, str, int]
"""Level, code and name of an organisation, a measure with its text, and the sheet and row of the cell."""


def is_provider_sheet(sheet: Sheet) -> bool:
    """Whether the title names the A&E statistics: other publications have sheets of the same name."""
    return "A&E Attendances" in sheet.cell(2, 3)


def period_of(sheet: Sheet) -> date:
    """First day of the month that the title block names."""
    return read_month(titled(sheet, 6, "Period:"), f"{sheet.file_name}, {sheet.place(6, 3)}")


def published_on(sheet: Sheet) -> date:
    """The day of the latest revision, or of publication where there was none."""
    first, revised = titled(sheet, 9, "Published:"), titled(sheet, 10, "Revised:")
    day = find_day(revised or first)
    if day is None:
        raise sheet.complain(10 if revised else 9, 3, "a day such as '13th June 2024'")
    return day


def provider_figures(sheet: Sheet) -> Iterator[Figure]:
    """England's figures and every provider's, from the provider sheet."""
    layout = layout_of(sheet, (PROVIDER_LAYOUT,))
    england = _england_row(sheet, layout, ("-", "-", "England"))
    yield from _figures(sheet, layout, england, ("england", "ENG", "England"))
    for row in table_rows(sheet, layout.header_row + 2, code_column=2, last_note_column=3):
        body = ("provider", sheet.cell(row, 2), sheet.cell(row, 4))
        yield from _figures(sheet, layout, row, body)


def system_figures(sheet: Sheet) -> Iterator[Figure]:
    """Every system's figures; England's row is left, it repeats the provider sheet's."""
    layout = layout_of(sheet, SYSTEM_LAYOUTS)
    _england_row(sheet, layout, ("-", "-"))
    for row in table_rows(sheet, layout.header_row + 2, code_column=2, last_note_column=3):
        body = ("system", sheet.cell(row, 2), sheet.cell(row, 3))
        yield from _figures(sheet, layout, row, body)


def _england_row(sheet: Sheet, layout: Layout, labels: tuple[str, ...]) -> int:
    row = layout.header_row + 1
    for column, label in enumerate(labels, start=2):
        if sheet.cell(row, column) != label:
            raise sheet.complain(row, column, f"{label!r} in England's row")
    return row


def _figures(
    sheet: Sheet, layout: Layout, row: int, body: tuple[str, str, str]
) -> Iterator[Figure]:
    for measure, value in layout.read(sheet, row):
        yield (*body, measure, value, sheet.name, row)


def memberships(sheet: Sheet, system_codes: Mapping[str, str], month: date) -> pd.DataFrame:
    """The system that each organisation of the mapping sheet belongs to in `month`, as published.

    `system_codes` holds the code of each system that the month counts, by name. Closed organisations linger
    on the sheet: those of an abolished system have no code.
    """
    for column, heading in enumerate(_MAPPING_HEADER, start=1):
        if sheet.cell(_MAPPING_HEADER_ROW, column) != heading:
            raise sheet.complain(_MAPPING_HEADER_ROW, column, f"the heading {heading!r}")
    frame = pd.DataFrame(_mapping_rows(sheet), columns=list(_MEMBERSHIP))
    codes = [system_codes.get(name, "") for name in frame["icb_name"]]
    return frame.assign(icb_code=codes, valid_from=month.isoformat())


def _mapping_rows(sheet: Sheet) -> list[tuple[str, str, str, str]]:
    """Code, name, region and system of each organisation; the same line twice counts once."""
    found: dict[str, tuple[str, str, str, str]] = {}
    for row in range(_MAPPING_HEADER_ROW + 1, len(sheet.rows) + 1):
        code, region, name, system = (sheet.cell(row, column) for column in range(1, 5))
        if not (code or region or name or system):
            continue
        if not (code and region and name and system):
            raise sheet.complain(row, 1, "a code, and beside it a region, a name and a system")
        # This sheet writes NTV0b for the organisation that the provider sheet calls NTV0B.
        body = (code.upper(), name, region, system)
        if found.setdefault(body[0], body) != body:
            raise sheet.complain(row, 1, "no second, different row of the same organisation")
    return list(found.values())
