"""Monthly diagnostics waiting times (DM01): patients waiting for one of fifteen tests at month end.

Measures are counts of patients: `waiting`, of whom `waiting_6_weeks_plus` have waited six weeks or more and
`waiting_13_weeks_plus` thirteen or more. Planned and unscheduled tests are not in the list. Independent and
community providers are; many report one test only, and some none at all in a month (then 0).
"""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from data_sources._dm01_csv import Figure, by_test_figures, extract_figures, extract_month
from data_sources._dm01_layouts import BY_TEST_LAYOUT, EXTRACT_LAYOUT, WORKBOOK_LAYOUT
from data_sources.archives import ZipLimits, is_zip, open_zip, read_only_member
from data_sources.discovery import files_by_year, month_claimed, year_pages
from data_sources.layouts import Layout, layout_of, table_rows, titled
from data_sources.periods import check_claimed_month, find_day, find_month, month_after, read_month
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import (
    Sheet,
    figures_frame,
    first_line,
    has_sheets,
    read_delimited,
    read_sheet,
    read_whole_csv,
    refuse_duplicates,
)

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="dm01",
    title="Monthly Diagnostics Waiting Times and Activity (DM01)",
    publisher="NHS England",
    cadence="monthly",
    landing_page=(
        "https://www.england.nhs.uk/statistics/statistical-work-areas/"
        "diagnostics-waiting-times-and-activity/monthly-diagnostics-waiting-times-and-activity/"
    ),
    layouts=(
        "provider_workbook",
        "by_test_csv",
        "full_extract",
        "compiled_trust_snapshots",
    ),
    # Of the full extract only rows of one provider were at hand, under the header as published.
    unconfirmed=("full_extract",),
)

FIRST_FINANCIAL_YEAR = 2019
"""The pages of earlier years are not asked: no file of theirs was at hand to learn the layout from."""

_SHEET = "Provider"
_TITLE = "Monthly Diagnostics"
_CSV = re.compile(r"[^/\\]+\.csv", re.IGNORECASE)
_LIMITS = ZipLimits(unpacked_bytes=300_000_000)
"""Rows are read one by one into texts, which takes several times the bytes of the file."""
_HEAD_BYTES = 2000
_YEAR_PAGE = re.compile(
    r"/monthly-diagnostics-(?:data|waiting-times-and-activity)-(20\d{2})-\d{2}\b"
)
_FILE = re.compile(
    r"/[^/]*(monthly-diagnostics-web-file-provider[^/]*\.xlsx?|dm01[^/]*full-extract[^/]*\.zip)$",
    re.IGNORECASE,
)


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a DM01 provider workbook (by its title), by-test sheet or extract (by its header)."""
    if has_sheets(path, _SHEET, "Provider by Test"):
        return read_sheet(path, _SHEET).cell(2, 3) == _TITLE
    if is_zip(path):
        return any(_heads(line, EXTRACT_LAYOUT) for line in _zipped_first_lines(path))
    line = first_line(path)
    return _heads(line, BY_TEST_LAYOUT) or _heads(line, EXTRACT_LAYOUT)


def _zipped_first_lines(path: Path) -> list[str]:
    """The first line of every CSV in a zip; nothing of a zip that is unsafe or cannot be read."""
    try:
        with open_zip(path, path.name, _LIMITS) as archive:
            names = [name for name in archive.namelist() if _CSV.fullmatch(name)]
            starts = [archive.open(name).read(_HEAD_BYTES) for name in names]
    except SourceError:
        return []
    return [start.decode("utf-8-sig", "replace").partition("\n")[0] for start in starts]


def _heads(line: str, layout: Layout) -> bool:
    """Whether a header line begins with the layout's label columns."""
    found = [heading.strip(' "\r').casefold() for heading in line.split(",")]
    expected = [heading.casefold() for heading in layout.labels]
    return found[: len(expected)] == expected


def discover(http: "Http") -> list[Release]:
    """Every provider workbook on the pages of the financial years, and the full extracts of other months.

    A landing page without year pages, or a year page without these files, is a SourceError.
    """
    wanted = (_is_wanted, "a provider workbook or full extract")
    pages = year_pages(http, SOURCE, _is_year_page)
    releases = files_by_year(http, SOURCE, pages, wanted, month_claimed)
    # Beside a workbook an extract, many times its size, would never be used.
    with_book = {one.period_start for one in releases if not _is_zip(one)} - {None}
    return [one for one in releases if not (_is_zip(one) and one.period_start in with_book)]


def _is_zip(release: Release) -> bool:
    return release.url.casefold().endswith(".zip")


def _is_year_page(url: str) -> bool:
    year = _YEAR_PAGE.search(url)
    return year is not None and int(year[1]) >= FIRST_FINANCIAL_YEAR


def _is_wanted(link: "Link") -> bool:
    """Community diagnostic centres (CDC) have an extract of their own beside the one over all."""
    return bool(_FILE.search(link.url)) and "cdc" not in f"{link.text} {link.url}".casefold()


def parse(snapshot: Snapshot) -> Parsed:
    """One month of figures by provider; from a workbook those of England too.

    A SourceError: an unknown header, a month other than the name's, an organisation twice, providers that
    do not add up to England or tests that do not add up to their provider, a CSV with too few providers,
    and a full extract outside its zip, where nothing would show that its end is lost.
    """
    if has_sheets(snapshot.path, _SHEET):
        return _parse_workbook(snapshot)
    name = snapshot.file_name
    if is_zip(snapshot.path):
        content = read_only_member(snapshot.path, name, _CSV, "one CSV", _LIMITS)
        sheet = read_delimited(content, name)
        month = extract_month(sheet)
        return _parsed("full_extract", extract_figures(sheet), month, name)
    if _heads(first_line(snapshot.path), EXTRACT_LAYOUT):
        raise SourceError(
            f"{name}: a full extract outside its zip; only the zip as published is read, since nothing "
            "in a bare CSV shows that rows are missing."
        )
    sheet = read_whole_csv(snapshot.path, name)
    month = read_month(name, f"{name}: the sheet names no month, and of the file's name")
    return _parsed("by_test_csv", by_test_figures(sheet), month, name)


def _parse_workbook(snapshot: Snapshot) -> Parsed:
    sheet = read_sheet(snapshot.path, _SHEET, snapshot.file_name)
    layout = layout_of(sheet, (WORKBOOK_LAYOUT,))
    month = read_month(titled(sheet, 5, "Period:"), f"{snapshot.file_name}, {sheet.place(5, 3)}")
    rows = _workbook_figures(sheet, layout)
    parsed = _parsed("provider_workbook", rows, month, snapshot.file_name)
    _refuse_unequal_sums(parsed.tables["figures"], snapshot.file_name)
    return Parsed(
        parsed.layout, parsed.tables, parsed.period_start, parsed.period_end, _published_on(sheet)
    )


def _published_on(sheet: Sheet) -> date:
    """The day of the revision, or of publication where there was none."""
    first, revised = titled(sheet, 8, "Published:"), titled(sheet, 9, "Revised:")
    day = find_day(revised or first)
    if day is None:
        raise sheet.complain(9 if revised else 8, 3, "a day such as '13th June 2024'")
    return day


def _workbook_figures(sheet: Sheet, layout: Layout) -> Iterable[Figure]:
    england = layout.header_row + 1
    for column, label in enumerate(("", "", "", "", "Total"), start=1):
        if sheet.cell(england, column) != label:
            raise sheet.complain(england, column, f"{label!r} in England's row")
    for measure, value in layout.read(sheet, england):
        yield ("england", "ENG", "England", measure, value, sheet.name, england)
    for row in table_rows(sheet, layout.header_row + 2, code_column=4):
        body = ("provider", sheet.cell(row, 4), sheet.cell(row, 5))
        for measure, value in layout.read(sheet, row):
            yield (*body, measure, value, sheet.name, row)


def _parsed(layout: str, rows: Iterable[Figure], month: date, file_name: str) -> Parsed:
    check_claimed_month(find_month(file_name), month, file_name)
    period = (month.isoformat(), month_after(month).isoformat())
    figures = refuse_duplicates(figures_frame((*period, *row) for row in rows), file_name)
    return Parsed(layout, {"figures": figures}, month, month_after(month))


def _refuse_unequal_sums(figures: pd.DataFrame, file_name: str) -> None:
    """A lost or added row shows: providers of every known workbook add up to England exactly."""
    counts = pd.to_numeric(figures["value"], errors="coerce")
    sums = counts.groupby([figures["level"], figures["measure"]]).sum(min_count=1)
    for said in figures[figures["level"] == "england"].to_dict("records"):
        stated, added = (sums[level, said["measure"]] for level in ("england", "provider"))
        if stated != added:
            raise SourceError(
                f"{file_name}, sheet {said['sheet']!r}, row {said['source_row']}: {said['measure']} of "
                f"England is {stated:.0f}, but its providers add up to {added:.0f}."
            )
