"""Ambulance Quality Indicators: Systems Indicators (AmbSYS), one cumulative file from August 2017 on.

Measures are the publication's item codes in lower case: counts of calls, incidents and handovers, and
times in whole seconds (totals a2, a24, a27, a30, a33, a36; means a25, a31; 90th centiles a26, a32).
Months before a service joined hold 0, not a missing mark: all eleven services report from April 2018.
London's response items are missing for October and November 2022, and so from England's.
The workbook has a row for a region with several services only, the CSV for all seven regions.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources.layouts import is_code
from data_sources.periods import check_claimed_month, find_month, month_after, read_month
from data_sources.source import LayoutChanged, Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import (
    Sheet,
    figures_frame,
    has_sheets,
    read_delimited,
    read_sheet,
    refuse_duplicates,
)

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="ambulance_quality",
    title="Ambulance Quality Indicators: Systems Indicators (AmbSYS)",
    publisher="NHS England",
    cadence="monthly",
    landing_page=(
        "https://www.england.nhs.uk/statistics/statistical-work-areas/ambulance-quality-indicators/"
    ),
    layouts=("time_series_workbook", "time_series_csv"),
    not_additive=("a25", "a26", "a31", "a32", "a33", "a36"),
)

MEASURES = (
    *("a1", "a2", "a7", "a8", "a9", "a10", "a17", "a24", "a25", "a26", "a27"),
    *("a30", "a31", "a32", "a33", "a36", "a140", "a144", "a145", "a146"),
)

_ZIP = b"PK"
_RAW = "Raw"
_FRONT_SHEET = "Response times"
_CSV_COLUMNS = ("Year", "Month", "Region", "Org Code", "Org Name")
_REGION = re.compile(r"Y\d{2}")
_FILE = re.compile(r"/(AmbSYS[^/]*\.(?:csv|xlsx))$", re.IGNORECASE)
_DAY_STAMP = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])\d{2}(?!\d)")
_YEAR_FIRST = re.compile(
    r"(20\d{2})-((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)", re.IGNORECASE
)


@dataclass(frozen=True)
class _Layout:
    """How one of the two files says, left of its item columns, which month and which body a row is about."""

    name: str
    header_row: int
    first_columns: tuple[str, ...]
    month_of: Callable[[Sheet, int], date]
    body_of: Callable[[Sheet, int], tuple[str, str, str]]


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is an AmbSYS workbook (by its sheets) or AmbSYS CSV (by its first columns)."""
    with path.open("rb") as file:
        start = file.read(200)
    if start.startswith(_ZIP):
        return has_sheets(path, _RAW, _FRONT_SHEET)
    columns = ",".join((*_CSV_COLUMNS, "A0,")).encode()
    return start.removeprefix(b"\xef\xbb\xbf").replace(b'"', b"").startswith(columns)


def discover(http: "Http") -> list[Release]:
    """The cumulative files the landing page links to, latest month first, undated ones last."""
    links = {link.url: link for link in http.links(SOURCE.landing_page)}
    releases = [_release(link) for url, link in links.items() if _FILE.search(url)]
    if not releases:
        raise SourceError(f"{SOURCE.landing_page}: no link to an AmbSYS csv or xlsx file.")
    return sorted(releases, key=lambda one: one.period_start or date.min, reverse=True)


def _release(link: "Link") -> Release:
    month = _month_named(link.url.rpartition("/")[2]) or _month_named(link.text)
    return Release(SOURCE.id, link.text, link.url, month)


def _month_named(text: str) -> date | None:
    """The last month of data that a name claims: `up-to-Mar-2023`, `2026-July-ys2r7`, `until-20250831`."""
    stamp = _DAY_STAMP.search(text)
    if stamp is not None:
        return date(int(stamp[1]), int(stamp[2]), 1)
    return find_month(_YEAR_FIRST.sub(r"\2-\1", text))


def parse(snapshot: Snapshot) -> Parsed:
    """Every month of the file for trusts, regions and England.

    Items are found by name, so their order may change. A SourceError: a row that is neither a trust's,
    a region's nor England's, a body twice in a month, a last month other than the name says.
    """
    layout, sheet = _open(snapshot)
    figures = refuse_duplicates(figures_frame(_figures(sheet, layout)), snapshot.file_name)
    if figures.empty:
        raise sheet.complain(layout.header_row + 1, 1, "a month's figures")
    first, last = (date.fromisoformat(figures["period_start"].agg(end)) for end in ("min", "max"))
    check_claimed_month(_month_named(snapshot.file_name), last, snapshot.file_name)
    return Parsed(layout.name, {"figures": figures}, first, month_after(last))


def _open(snapshot: Snapshot) -> tuple[_Layout, Sheet]:
    content = snapshot.path.read_bytes()
    if content.startswith(_ZIP):
        return _WORKBOOK, read_sheet(snapshot.path, _RAW, snapshot.file_name)
    return _CSV, read_delimited(content, snapshot.file_name)


def _figures(sheet: Sheet, layout: _Layout) -> Iterator[tuple[object, ...]]:
    columns = _item_columns(sheet, layout)
    for row in range(layout.header_row + 1, len(sheet.rows) + 1):
        if _is_spacer(sheet, row, columns):
            continue
        _refuse_cut_row(sheet, row, layout)
        start = layout.month_of(sheet, row)
        period = (start.isoformat(), month_after(start).isoformat())
        body = layout.body_of(sheet, row)
        for measure, column in columns.items():
            yield (*period, *body, measure, sheet.cell(row, column), sheet.name, row)


def _item_columns(sheet: Sheet, layout: _Layout) -> dict[str, int]:
    """Column number of each measure; the organisation columns must stand where they always stood."""
    row = layout.header_row
    for column, expected in enumerate(layout.first_columns, start=1):
        if sheet.cell(row, column) != expected:
            raise sheet.complain(row, column, f"the heading {expected!r}")
    header = list(sheet.rows[row - 1])
    for item in (measure.upper() for measure in MEASURES):
        if header.count(item) != 1:
            found = header.count(item)
            raise LayoutChanged(sheet.file_name, sheet.place(row), f"one column {item!r}", found)
    return {measure: header.index(measure.upper()) + 1 for measure in MEASURES}


def _is_spacer(sheet: Sheet, row: int, columns: dict[str, int]) -> bool:
    """A row without month, body or figure: `Raw` sets its blocks apart so (column A may hold a caption)."""
    return not any(sheet.cell(row, column) for column in (*range(2, 8), *columns.values()))


def _refuse_cut_row(sheet: Sheet, row: int, layout: _Layout) -> None:
    expected, found = len(sheet.rows[layout.header_row - 1]), len(sheet.rows[row - 1])
    if found != expected:
        raise LayoutChanged(sheet.file_name, sheet.place(row), f"{expected} cells", found)


def _financial_month(sheet: Sheet, row: int) -> date:
    """Calendar month of `2017-18`, `JANUARY`: January to March belong to the later of the two years."""
    years = re.fullmatch(r"(20\d{2})-(\d{2})", sheet.cell(row, 2))
    if years is None or (int(years[1]) + 1) % 100 != int(years[2]):
        raise sheet.complain(row, 2, "a financial year such as 2017-18")
    place = f"{sheet.file_name}, {sheet.place(row, 3)}"
    month = read_month(f"{sheet.cell(row, 3)} {years[1]}", place)
    return month if month.month >= 4 else month.replace(year=month.year + 1)


def _calendar_month(sheet: Sheet, row: int) -> date:
    if not re.fullmatch(r"20\d{2}", sheet.cell(row, 1)):
        raise sheet.complain(row, 1, "a calendar year such as 2024")
    if not re.fullmatch(r"[1-9]|1[0-2]", sheet.cell(row, 2)):
        raise sheet.complain(row, 2, "a month from 1 to 12")
    return date(int(sheet.cell(row, 1)), int(sheet.cell(row, 2)), 1)


def _raw_body(sheet: Sheet, row: int) -> tuple[str, str, str]:
    """Level, code and name: a trust's row has its name in column G, a region's has its code twice."""
    region, region_name, area, trust = (sheet.cell(row, column) for column in (4, 5, 6, 7))
    if (region, area, trust) == ("", "ENG", ""):
        return "england", "ENG", "England"
    if _REGION.fullmatch(region) and area == region and not trust:
        return "region", area, region_name
    if _REGION.fullmatch(region) and is_code(area) and trust:
        return "provider", area, trust
    raise sheet.complain(row, 6, "ENG, a region's code as in column D, or a trust's code")


def _csv_body(sheet: Sheet, row: int) -> tuple[str, str, str]:
    """Level, code and name: `Region` holds a trust's region as a code, but a region's own row as a name."""
    region, code, name = (sheet.cell(row, column) for column in (3, 4, 5))
    if (region, code) == ("Eng", "Eng"):
        return "england", "ENG", name
    if _REGION.fullmatch(code) and region == name:
        return "region", code, name
    if _REGION.fullmatch(region) and is_code(code) and not _REGION.fullmatch(code):
        return "provider", code, name
    raise sheet.complain(row, 4, "Eng, a region's code beside its name, or a trust's code")


_WORKBOOK = _Layout(
    "time_series_workbook",
    5,
    ("Concatenated", "Year", "Month", "Reg", "", "Area", "Trust"),
    _financial_month,
    _raw_body,
)
_CSV = _Layout("time_series_csv", 1, _CSV_COLUMNS, _calendar_month, _csv_body)
