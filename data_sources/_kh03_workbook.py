"""The quarterly KH03 workbook of beds open overnight: its provider sheet and its lists of estimates."""

import re
from collections.abc import Iterator
from datetime import date

from data_sources.layouts import (
    Columns,
    Layout,
    last_filled,
    layout_of,
    read_code,
    table_rows,
    titled,
)
from data_sources.periods import find_day, find_financial_quarter, months_after
from data_sources.tables import Sheet

PROVIDER_SHEET = "NHS Trust by Sector"
QUALITY_SHEET = "Data Quality"

TITLE = "Average daily number of available and occupied beds open overnight by sector"
"""A table of beds open by day only stands in workbooks that otherwise look the same."""

CODE_COLUMN = 5
_TITLE_ROW, _PERIOD_ROW, _PUBLISHED_ROW, _REVISED_ROW = 2, 5, 8, 9
_GROUP_ROW, _HEADER_ROW = 14, 15
_GROUPS = {7: "Available", 13: "Occupied", 19: "% Occupied"}

# The same five headings stand in each of the three groups, so a column's place says which it is.
_SECTORS = {
    "Total": "total",
    "General & Acute": "general_acute",
    "Learning Disabilities": "",
    "Maternity": "",
    "Mental Illness": "mental_illness",
}


def _group(kind: str) -> Columns:
    return tuple(
        (heading, f"{sector}_{kind}" if sector and kind else "")
        for heading, sector in _SECTORS.items()
    )


_FIGURES: Columns = (*_group("available"), ("", ""), *_group("occupied"), ("", ""), *_group(""))


def _layout(area: str) -> Layout:
    labels = ("", "Year", "Period End", area, "Org Code", "Org Name")
    return Layout(_HEADER_ROW, labels, _FIGURES)


_LAYOUT = _layout("Region Code")
_OLD_LAYOUTS = (_layout("AT Code"), _layout("SHA Code"))

_LISTS = {
    "The following trusts submitted estimated returns": "estimated_by_trust",
    "The following trusts did not submit and": "estimated_for_trust",
}
"""How the lists of the sheet on data quality begin, and what it means to be on one."""

Figure = tuple[str, str, str, str, str, str, int]
"""Level, code and name of an organisation, a measure with its text, and the sheet and row of the cell."""


def is_provider_sheet(sheet: Sheet) -> bool:
    """Whether the title is that of beds open overnight, not of those open by day only."""
    return " ".join(sheet.cell(_TITLE_ROW, 3).split()).casefold() == TITLE.casefold()


def quarter_of(sheet: Sheet) -> date:
    """First day of the quarter that the title block names (`April to June 2025`)."""
    quarter = find_financial_quarter(titled(sheet, _PERIOD_ROW, "Period:"))
    if quarter is None:
        raise sheet.complain(_PERIOD_ROW, 3, "a quarter such as 'April to June 2025'")
    return quarter


def published_on(sheet: Sheet) -> date:
    """The day of the latest revision, or of publication where there was none."""
    first, revised = (
        titled(sheet, _PUBLISHED_ROW, "Published:"),
        titled(sheet, _REVISED_ROW, "Revised:"),
    )
    day = find_day(revised or first)
    if day is None:
        row = _REVISED_ROW if revised else _PUBLISHED_ROW
        raise sheet.complain(row, 3, "a day such as '21st August 2025'")
    return day


def provider_figures(sheet: Sheet, quarter: date) -> tuple[str, list[Figure]]:
    """The name of the sheet's layout, and the beds of England and of every trust."""
    layout = layout_of(sheet, (_LAYOUT, *_OLD_LAYOUTS))
    name = "quarter_workbook" if layout is _LAYOUT else "quarter_workbook_before_2017"
    _refuse_other_groups(sheet)
    return name, list(_figures(sheet, layout, quarter))


def _refuse_other_groups(sheet: Sheet) -> None:
    width = max(last_filled(sheet, _GROUP_ROW), max(_GROUPS))
    for column in range(1, width + 1):
        expected = _GROUPS.get(column, "")
        if sheet.cell(_GROUP_ROW, column) != expected:
            wanted = f"the group {expected!r}" if expected else "nothing between the groups"
            raise sheet.complain(_GROUP_ROW, column, wanted)


def _figures(sheet: Sheet, layout: Layout, quarter: date) -> Iterator[Figure]:
    england = _HEADER_ROW + 1
    for column, label in ((4, ""), (CODE_COLUMN, ""), (CODE_COLUMN + 1, "England")):
        if sheet.cell(england, column) != label:
            wanted = f"{label!r} in England's row" if label else "nothing in England's row"
            raise sheet.complain(england, column, wanted)
    bodies = {england: ("england", "ENG", "England")}
    for row in table_rows(sheet, england + 1, CODE_COLUMN):
        bodies[row] = ("provider", sheet.cell(row, CODE_COLUMN), sheet.cell(row, CODE_COLUMN + 1))
    for row, body in bodies.items():
        _refuse_other_quarter(sheet, row, quarter)
        for measure, value in layout.read(sheet, row):
            yield (*body, measure, value, sheet.name, row)


def _refuse_other_quarter(sheet: Sheet, row: int, quarter: date) -> None:
    """`2025-26` and `June`: the financial year, and the quarter's last month."""
    year = quarter.year - (quarter.month < 4)
    last_month = months_after(quarter, 2)
    for column, expected in ((2, f"{year}-{(year + 1) % 100:02d}"), (3, f"{last_month:%B}")):
        if sheet.cell(row, column) != expected:
            raise sheet.complain(row, column, f"{expected!r} as in the title block")


def estimates(sheet: Sheet, quarter: date) -> Iterator[Figure]:
    """A 1 for every trust that the sheet says estimated its return, or was estimated for."""
    if find_financial_quarter(sheet.cell(1, 1)) != quarter:
        raise sheet.complain(1, 1, f"the quarter from {quarter:%B %Y}")
    measure, listed = None, set()
    for row in range(2, len(sheet.rows) + 1):
        text = sheet.cell(row, 1)
        if re.search(r"\s", text):
            if last_filled(sheet, row - 1) and row > 2:
                raise sheet.complain(row, 1, "a blank row above a heading")
            measure = _list_begun_by(text)
        elif last_filled(sheet, row):
            code = read_code(sheet, row, 1)
            if measure is None or last_filled(sheet, row) > 2:
                raise sheet.complain(row, 1, "a code and a name under the heading of a known list")
            if code in listed:
                raise sheet.complain(row, 1, "a trust not listed above")
            listed.add(code)
            yield "provider", code, sheet.cell(row, 2), measure, "1", sheet.name, row
        else:
            measure = None  # a blank row ends a list


def _list_begun_by(heading: str) -> str | None:
    return next((measure for text, measure in _LISTS.items() if heading.startswith(text)), None)
