"""Reading the RTT sheet of incomplete pathways by NHS trust, saved as CSV."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

import pandas as pd

from data_sources._rtt_layouts import ALL_FUNCTIONS
from data_sources.layouts import read_code
from data_sources.periods import month_after
from data_sources.source import LayoutChanged
from data_sources.tables import Sheet, figures_frame, refuse_duplicates

_CODE, _NAME, _FUNCTION = "Provider Code", "Provider Name", "Treatment Function Code"
_LAST_BAND = "104 plus"
_MEASURES = {
    "incomplete": "Total number of incomplete pathways",
    "within_18_weeks": "Total within 18 weeks",
    "over_52_weeks": "Total 52 plus weeks",
    "over_65_weeks": "Total 65 plus weeks",
    "over_78_weeks": "Total 78 plus weeks",
    "over_104_weeks": _LAST_BAND,
}
_BANDS = (*(f">{week}-{week + 1}" for week in range(104)), _LAST_BAND)
_WEEKS_OF = {
    "incomplete": slice(0, None),
    "within_18_weeks": slice(0, 18),
    "over_52_weeks": slice(52, None),
    "over_65_weeks": slice(65, None),
    "over_78_weeks": slice(78, None),
    "over_104_weeks": slice(104, None),
}
"""The weekly bands that make up each measure: in every sheet so far they add up to it exactly."""

_HEADER_SIGNS = (_CODE, _FUNCTION, ">0-1", "incomplete pathways")
_COUNT = re.compile(r"-|\d{1,3}(,\d{3})*|\d+")


def is_header(line: str) -> bool:
    """Whether a first line heads a sheet of incomplete pathways by provider."""
    return all(sign in line for sign in _HEADER_SIGNS)


def provider_figures(sheet: Sheet, month: date) -> pd.DataFrame:
    """The published totals over all treatment functions per trust, in pathways, `-` kept for none.

    Columns but the bands are found by their headings, since long waits stand in the order 52, 78, 65. A
    SourceError refuses a heading that is missing or there twice, a total that is no count or not
    the sum of its weekly bands, a row of another length than the header or without a provider
    code, and a trust without exactly one total row.
    """
    headings = (_CODE, _NAME, _FUNCTION, *_MEASURES.values())
    columns = {heading: _column(sheet, heading) for heading in headings} | _band_columns(sheet)
    totals = _total_rows(sheet, columns)
    rows = chain.from_iterable(_row_figures(sheet, row, columns, month) for row in totals)
    return refuse_duplicates(figures_frame(rows), sheet.file_name)


def _column(sheet: Sheet, heading: str) -> int:
    header = list(sheet.rows[0]) if sheet.rows else []
    if header.count(heading) != 1:
        expected = f"one column headed {heading!r}"
        raise LayoutChanged(sheet.file_name, sheet.place(1), expected, header.count(heading))
    return header.index(heading) + 1


def _band_columns(sheet: Sheet) -> dict[str, int]:
    """The columns of the weekly bands, which stand side by side, shortest wait first."""
    first = _column(sheet, _BANDS[0])
    columns = {band: column for column, band in enumerate(_BANDS, start=first)}
    for band, column in columns.items():
        if sheet.cell(1, column) != band:
            raise sheet.complain(1, column, f"the heading {band!r}")
    return columns


def _total_rows(sheet: Sheet, columns: dict[str, int]) -> list[int]:
    """The rows over all functions, after making sure that every trust has one."""
    trusts = {}
    for row, cells in enumerate(sheet.rows[1:], start=2):
        if any(cells):
            _check_length(sheet, row)
            trusts[row] = read_code(sheet, row, columns[_CODE])
    totals = [row for row in trusts if sheet.cell(row, columns[_FUNCTION]) == ALL_FUNCTIONS]
    if not totals:
        raise LayoutChanged(sheet.file_name, f"sheet {sheet.name!r}", "rows of trusts", "none")
    with_total = {trusts[row] for row in totals}
    for row, code in trusts.items():
        if code not in with_total:
            expected = f"a row {ALL_FUNCTIONS} for {code}"
            raise LayoutChanged(sheet.file_name, sheet.place(row), expected, "none")
    return totals


def _check_length(sheet: Sheet, row: int) -> None:
    found, expected = len(sheet.rows[row - 1]), len(sheet.rows[0])
    if found != expected:
        raise LayoutChanged(sheet.file_name, sheet.place(row), f"{expected} cells", found)


def _row_figures(
    sheet: Sheet, row: int, columns: dict[str, int], month: date
) -> Iterator[tuple[object, ...]]:
    span = (month.isoformat(), month_after(month).isoformat())
    trust = (sheet.cell(row, columns[_CODE]), sheet.cell(row, columns[_NAME]))
    bands = [_count(sheet, row, columns[band]) for band in _BANDS]
    for measure, heading in _MEASURES.items():
        column, added = columns[heading], sum(bands[_WEEKS_OF[measure]])
        if _count(sheet, row, column) != added:
            raise sheet.complain(row, column, f"{added:,} as its weekly bands add up to")
        yield (*span, "provider", *trust, measure, sheet.cell(row, column), sheet.name, str(row))


def _count(sheet: Sheet, row: int, column: int) -> int:
    value = sheet.cell(row, column)
    if not _COUNT.fullmatch(value):
        raise sheet.complain(row, column, "a whole number of pathways or '-'")
    return 0 if value == "-" else int(value.replace(",", ""))
