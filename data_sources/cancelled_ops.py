"""Cancelled elective operations (QMCO): operations that hospitals cancelled at the last minute, by quarter.

Measures are counts: `cancelled`, operations cancelled on the day of admission or later for non-clinical
reasons, and `not_treated_within_28_days`, the patients who were then not treated within 28 days. England is
the NHS figure: independent providers, a handful of cancellations a quarter, are counted to check the file and
left out. A trust that sent nothing has no row; the workbook's notes name it.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources.layouts import Layout, layout_of, table_rows, titled
from data_sources.periods import (
    check_claimed_month,
    find_day,
    find_financial_quarter,
    months_after,
)
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import Sheet, figures_frame, has_sheets, read_sheet, refuse_duplicates

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="cancelled_ops",
    title="Cancelled Elective Operations (QMCO), quarterly",
    publisher="NHS England",
    cadence="quarterly",
    landing_page=(
        "https://www.england.nhs.uk/statistics/statistical-work-areas/"
        "cancelled-elective-operations/cancelled-ops-data/"
    ),
    layouts=("provider_workbook",),
)

LAYOUT = Layout(
    16,
    ("", "Region Code", "Region Name", "Organisation Code", "Organisation Name"),
    (
        (
            "Number of last minute elective operations cancelled for non clinical reasons",
            "cancelled",
        ),
        (
            "Number of patients not treated within 28 days of last minute elective cancellation",
            "not_treated_within_28_days",
        ),
    ),
)

_SHEET = "Provider"
_TITLE = "Cancelled Operations (elective only)"
_NHS_ROW, _ALL_ROW, _BLANK_ROW = 17, 18, 19
_LABELS = {
    _NHS_ROW: "England (Excluding Independent Sector)",
    _ALL_ROW: "England (Including Independent Sector)",
}
# NHS trusts; independent hospitals are ADP02, NT209 or NCR. One that is taken for the other shows, as each
# of the two England rows must be met exactly.
_NHS_CODE = re.compile(r"[RT][A-Z0-9]{2}")
_PERIOD = re.compile(r"Quarter ([1-4]), (20\d{2}-\d{2}) \((\w+ to \w+ 20\d{2})\)")
_FILE = re.compile(r"\.xlsx?$", re.IGNORECASE)
_WANTED = re.compile(r"cancelled op", re.IGNORECASE)
_UNWANTED = re.compile(r"time ?series|commentary|press", re.IGNORECASE)


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a quarterly cancelled operations workbook, by its sheets and title."""
    return has_sheets(path, _SHEET, "National & Regional") and (
        read_sheet(path, _SHEET).cell(2, 3) == _TITLE
    )


def discover(http: "Http") -> list[Release]:
    """The quarterly workbooks that the landing page links to, once each; none at all is a SourceError."""
    links = {link.url: link for link in http.links(SOURCE.landing_page)}
    releases = [release for link in links.values() if (release := _release(link))]
    if not releases:
        raise SourceError(f"{SOURCE.landing_page}: no link to a quarterly workbook.")
    return releases


def _release(link: "Link") -> Release | None:
    name = link.url.rpartition("/")[2]
    words = f"{name} {link.text}".replace("-", " ")
    quarter = find_financial_quarter(name) or find_financial_quarter(link.text)
    is_wanted = _FILE.search(name) and _WANTED.search(words) and not _UNWANTED.search(words)
    return Release(SOURCE.id, link.text, link.url, quarter) if is_wanted and quarter else None


def parse(snapshot: Snapshot) -> Parsed:
    """One quarter of figures for every NHS trust that reported, and for the NHS in England.

    A SourceError: an unknown header, a quarter other than the name's, an organisation twice, a count that
    is no whole number, trusts or all providers that do not add up to their England row.
    """
    sheet = read_sheet(snapshot.path, _SHEET, snapshot.file_name)
    layout_of(sheet, (LAYOUT,))
    start = _quarter(sheet)
    check_claimed_month(find_financial_quarter(snapshot.file_name), start, snapshot.file_name)
    period = (start.isoformat(), months_after(start, 3).isoformat())
    rows = ((*period, *figure) for figure in _figures(sheet))
    figures = refuse_duplicates(figures_frame(rows), snapshot.file_name)
    return Parsed(
        "provider_workbook",
        {"figures": figures},
        start,
        months_after(start, 3),
        _published_on(sheet),
    )


def _quarter(sheet: Sheet) -> date:
    """The first day of the quarter, which the title block gives by number and by months."""
    named = _PERIOD.fullmatch(titled(sheet, 5, "Period:"))
    if named is not None:
        start = find_financial_quarter(f"Q{named[1]}-{named[2]}")
        if start is not None and start == find_financial_quarter(named[3]):
            return start
    raise sheet.complain(5, 3, "a quarter such as 'Quarter 1, 2025-26 (April to June 2025)'")


def _published_on(sheet: Sheet) -> date:
    """The day of the revision, or of publication where there was none ('-')."""
    first, revised = titled(sheet, 8, "Published:"), titled(sheet, 9, "Revised:")
    row = 8 if revised in ("", "-") else 9
    day = find_day(first if row == 8 else revised)
    if day is None:
        raise sheet.complain(row, 3, "a day such as '14th August 2025'")
    return day


def _figures(sheet: Sheet) -> Iterator[tuple[str, str, str, str, str, str, int]]:
    rows = list(table_rows(sheet, _BLANK_ROW, code_column=4))
    trusts = [row for row in rows if _NHS_CODE.fullmatch(sheet.cell(row, 4))]
    _refuse_unequal_sum(sheet, _ALL_ROW, rows)
    _refuse_unequal_sum(sheet, _NHS_ROW, trusts)
    for row in (_NHS_ROW, *trusts):
        body = ("provider", sheet.cell(row, 4), sheet.cell(row, 5))
        if row == _NHS_ROW:
            body = ("england", "ENG", "England")
        for measure, value in LAYOUT.read(sheet, row):
            yield (*body, measure, value, sheet.name, row)


def _refuse_unequal_sum(sheet: Sheet, england: int, rows: list[int]) -> None:
    for column, label in enumerate(("-", "", "-", _LABELS[england]), start=2):
        if sheet.cell(england, column) != label:
            raise sheet.complain(england, column, repr(label))
    for column in (6, 7):
        added = sum(_count(sheet, row, column) for row in rows)
        if added != _count(sheet, england, column):
            raise sheet.complain(england, column, f"{added}, the sum of the rows below")


def _count(sheet: Sheet, row: int, column: int) -> int:
    digits = sheet.cell(row, column).replace(",", "")
    if not digits.isdecimal():
        raise sheet.complain(row, column, "a whole number")
    return int(digits)
