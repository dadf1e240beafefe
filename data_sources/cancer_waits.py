"""Cancer waiting times: 28-day diagnosis, 31-day and 62-day treatment, by provider and by commissioner.

Measures are counts of patients, `_total` in all and `_within` the standard: `fds` (told within 28 days of
referral), `combined_31d` and `combined_62d` (standards of October 2023, compiled back to April 2022), the
latter also `_after_104_days`. A treatment shared by two providers counts as a half at each. The standards
before are measures of their own: `two_week_wait`, `first_31d` and `gp_62d`.
"""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources._cancer_waits_counts import named_months
from data_sources._cancer_waits_csv import COLUMNS, PERIOD, read_combined
from data_sources._cancer_waits_extract import EXTRACT_SHEET, read_extract
from data_sources._cancer_waits_layouts import COMMISSIONERS, OLD_ICBS, PROVIDERS
from data_sources._cancer_waits_workbook import FRONT_SHEET, read_workbook
from data_sources.periods import check_claimed_month, month_after, months_after
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import (
    figures_frame,
    first_line,
    has_sheets,
    is_workbook,
    read_sheet,
    refuse_duplicates,
    sheet_names,
)

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="cancer_waits",
    title="Cancer Waiting Times",
    publisher="NHS England",
    cadence="monthly",
    landing_page=(
        "https://www.england.nhs.uk/statistics/statistical-work-areas/cancer-waiting-times/"
    ),
    # Final before provisional, the workbooks with halves and waits beyond 104 days before the CSVs, files of
    # several months before single ones. The extract is what was published first.
    layouts=(
        *("provider_workbook", "commissioner_workbook", "old_standards_workbook"),
        *("combined_csv", "combined_csv_month"),
        *("provider_workbook_provisional", "commissioner_workbook_provisional"),
        *("old_standards_workbook_provisional", "combined_csv_provisional"),
        *("combined_csv_month_provisional", "provider_extract"),
        *("compiled_org_month", "compiled_trust_snapshots"),
    ),
    unconfirmed=(
        *("combined_csv", "combined_csv_month"),
        *("provider_workbook_provisional", "commissioner_workbook_provisional"),
        *("old_standards_workbook_provisional", "combined_csv_provisional"),
        "combined_csv_month_provisional",
    ),
)

_FRONT_TITLES = (PROVIDERS.front_title, COMMISSIONERS.front_title, OLD_ICBS.front_title)
_FRONT_TITLE_ROW = 7
_FDS_SHEET = PROVIDERS.blocks[0].sheet

_YEAR_PAGE = re.compile(r"/(20\d{2})-\d{2}-monthly-cancer-waiting-times-statistics/?$")
_FIRST_YEAR = 2023
"""Workbooks of earlier financial years hold the old standards by provider, whose layout is not known."""

_FILE = re.compile(r"\.(csv|xlsx)$", re.IGNORECASE)
_CSV = re.compile(r"monthly combined csv", re.IGNORECASE)
_BOOK = re.compile(
    r"cwt crs .*(provider|commissioner) workbook|cwt crs .*data extract provider", re.IGNORECASE
)
_NEW_ICBS = re.compile(r"new icb structure", re.IGNORECASE)


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a cancer waiting times workbook or extract (by sheets) or CSV (by header)."""
    if not is_workbook(path):
        return first_line(path).removeprefix(f"{PERIOD},").startswith(",".join(COLUMNS))
    if has_sheets(path, EXTRACT_SHEET):
        return True
    is_book = has_sheets(path, FRONT_SHEET, _FDS_SHEET)
    return is_book and read_sheet(path, FRONT_SHEET).cell(_FRONT_TITLE_ROW, 1) in _FRONT_TITLES


def discover(http: "Http") -> list[Release]:
    """Combined CSVs, workbooks and extracts on the landing page and the pages of years from 2023-24 on.

    Of a month published by the present and by the new ICBs, the latter. A landing page without a year page,
    and a year page without any of these files, is a SourceError.
    """
    links = http.links(SOURCE.landing_page)
    pages = [link.url for link in links if _is_year_page(link)]
    if not pages:
        raise SourceError(f"{SOURCE.landing_page}: no link to the page of a financial year.")
    for page in dict.fromkeys(pages):
        found = http.links(page)
        if not any(map(_is_wanted, found)):
            raise SourceError(f"{page}: no link to a combined CSV or a workbook.")
        links += found
    wanted = {link.url: link for link in links if _is_wanted(link)}
    return [_release(link) for link in _newest_structure(list(wanted.values()))]


def _is_year_page(link: "Link") -> bool:
    year = _YEAR_PAGE.search(link.url)
    return year is not None and int(year[1]) >= _FIRST_YEAR


def _is_wanted(link: "Link") -> bool:
    words = _words(link)
    return bool(_FILE.search(link.url) and (_CSV.search(words) or _BOOK.search(words)))


def _words(link: "Link") -> str:
    return f"{link.text} {_name(link)}".replace("-", " ").replace("_", " ")


def _name(link: "Link") -> str:
    return link.url.rpartition("/")[2]


def _claimed(link: "Link") -> tuple[date | None, date | None]:
    first, last = named_months(_name(link))
    return (first, last) if first else named_months(link.text)


def _newest_structure(links: list["Link"]) -> list["Link"]:
    """The links without the CSV of a month that is also there by the new ICBs."""
    replaced = {_claimed(link) for link in links if _NEW_ICBS.search(_words(link))}
    return [
        link
        for link in links
        if not _CSV.search(_words(link))
        or _NEW_ICBS.search(_words(link))
        or _claimed(link) not in replaced
    ]


def _release(link: "Link") -> Release:
    return Release(SOURCE.id, link.text, link.url, _claimed(link)[0])


def parse(snapshot: Snapshot) -> Parsed:
    """The months of a file, by provider or commissioner and, where printed, for England.

    A SourceError: an unknown heading, title or sheet, a row of another month, route or organisation than
    the table is about, an organisation twice, patients that do not add up within a row or to England,
    months other than the name's.
    """
    layout, figures = _read(snapshot)
    frame = refuse_duplicates(figures_frame(figures), snapshot.file_name)
    start, end = (
        date.fromisoformat(frame["period_start"].min()),
        date.fromisoformat(frame["period_end"].max()),
    )
    first, last = named_months(snapshot.file_name)
    check_claimed_month(first, start, snapshot.file_name)
    check_claimed_month(last, months_after(end, -1), snapshot.file_name)
    return Parsed(layout, {"figures": frame}, start, end)


def _read(snapshot: Snapshot) -> tuple[str, list[tuple[object, ...]]]:
    path, name = snapshot.path, snapshot.file_name
    if not is_workbook(path):
        return read_combined(path, name)
    if EXTRACT_SHEET in sheet_names(path):
        return "provider_extract", list(read_extract(path, name))
    layout, month, figures = read_workbook(path, name)
    period = (month.isoformat(), month_after(month).isoformat())
    return layout, [(*period, *figure) for figure in figures]
