"""Monthly A&E attendances and emergency admissions, by provider, by system and for England.

Measures are counts of attendances or patients; `percent_within_4h` is a share from 0 to 1. Departments of
types 3 and 4 are `other`. A workbook's counts include booked appointments; the CSV has them apart from
August 2020 on, so that its unbooked and booked measures are to be added. Trusts in the field test of May
2019 to May 2023 have `-` for their four-hour figures in the workbooks, but 0 over four hours in the CSVs.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from data_sources._ae_layouts import CSV_LAYOUTS
from data_sources._ae_workbook import (
    MAPPING_SHEET,
    PROVIDER_SHEET,
    SYSTEM_SHEETS,
    Figure,
    is_provider_sheet,
    memberships,
    period_of,
    provider_figures,
    published_on,
    system_figures,
)
from data_sources.discovery import file_name, files_by_year, year_pages
from data_sources.layouts import Layout, layout_of, read_code
from data_sources.periods import check_claimed_month, find_month, month_after, read_month
from data_sources.source import LayoutChanged, Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import (
    Sheet,
    figures_frame,
    first_line,
    has_sheets,
    is_workbook,
    read_sheet,
    read_whole_csv,
    refuse_duplicates,
    sheet_names,
)

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="ae_monthly",
    title="A&E Attendances and Emergency Admissions, monthly",
    publisher="NHS England",
    cadence="monthly",
    landing_page=(
        "https://www.england.nhs.uk/statistics/statistical-work-areas/ae-waiting-times-and-activity/"
    ),
    layouts=("provider_workbook", "monthly_csv", "compiled_trust_month"),
    not_additive=("percent_within_4h",),
)

_TOTAL = "total"

_YEAR_PAGE = re.compile(r"ae-attendances-and-emergency-admissions-\d{4}-\d{2}\b")
_FILE = re.compile(r"\.(csv|xlsx?)$", re.IGNORECASE)
_WANTED = re.compile(r"monthly a&?e\b|a&?e by provider", re.IGNORECASE)
_UNWANTED = re.compile(
    r"time ?series|quarter|non ?elective|ecds|mapping|attribution|commentary", re.IGNORECASE
)


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a monthly A&E workbook by provider (by its title) or CSV (by its header)."""
    if is_workbook(path):
        return _is_by_provider(path)
    header = first_line(path).casefold()
    return header.startswith("period,") and "a&e attendances" in header


def _is_by_provider(path: Path) -> bool:
    return has_sheets(path, PROVIDER_SHEET) and is_provider_sheet(read_sheet(path, PROVIDER_SHEET))


def discover(http: "Http") -> list[Release]:
    """Every monthly file on the pages of the financial years, in the order of the pages.

    A landing page without year pages, or a year page without monthly files, is a SourceError.
    """
    pages = year_pages(http, SOURCE, lambda url: bool(_YEAR_PAGE.search(url)))
    wanted = (_is_monthly_file, "a monthly A&E csv or workbook")
    return files_by_year(http, SOURCE, pages, wanted, _claimed)


def _claimed(link: "Link") -> date | None:
    return find_month(link.text) or find_month(file_name(link))


def _is_monthly_file(link: "Link") -> bool:
    words = f"{link.text} {file_name(link)}".replace("-", " ")
    return bool(_FILE.search(link.url) and _WANTED.search(words) and not _UNWANTED.search(words))


def parse(snapshot: Snapshot) -> Parsed:
    """One month of figures, and from July 2022 workbooks each organisation's system (`icb_memberships`).

    A SourceError: an unknown header, a month other than the name's, an organisation twice, a row cut
    short, a CSV without England's closing row, attendances of providers or systems that do not add up
    to England's.
    """
    return _parse_workbook(snapshot) if is_workbook(snapshot.path) else _parse_csv(snapshot)


def _parse_workbook(snapshot: Snapshot) -> Parsed:
    name = snapshot.file_name
    names = sheet_names(snapshot.path)
    provider = read_sheet(snapshot.path, PROVIDER_SHEET, name)
    system = read_sheet(snapshot.path, _system_sheet(names, name), name)
    month = period_of(provider)
    if period_of(system) != month:
        raise system.complain(6, 3, f"{month:%B %Y} as in sheet {PROVIDER_SHEET!r}")
    figures = _checked([*provider_figures(provider), *system_figures(system)], month, name)
    tables = {"figures": figures}
    if MAPPING_SHEET in names:
        mapping = read_sheet(snapshot.path, MAPPING_SHEET, name)
        tables["icb_memberships"] = memberships(mapping, _system_codes(figures), month)
    return Parsed("provider_workbook", tables, month, month_after(month), published_on(provider))


def _system_sheet(names: list[str], file_name: str) -> str:
    for name in SYSTEM_SHEETS:
        if name in names:
            return name
    expected = " or ".join(f"a sheet named {name!r}" for name in SYSTEM_SHEETS)
    raise LayoutChanged(file_name, "workbook", expected, ", ".join(names))


def _system_codes(figures: pd.DataFrame) -> dict[str, str]:
    systems = figures[figures["level"] == "system"]
    return dict(zip(systems["org_name"], systems["org_code"], strict=True))


def _parse_csv(snapshot: Snapshot) -> Parsed:
    sheet = read_whole_csv(snapshot.path, snapshot.file_name)
    layout = layout_of(sheet, CSV_LAYOUTS)
    rows = [row for row, cells in enumerate(sheet.rows, start=1) if row > 1 and any(cells)]
    month = _first_month(sheet, rows)
    if not any(_is_total(sheet, row) for row in rows):
        raise sheet.complain(
            len(sheet.rows), 1, "England's total row: without it the file is cut short"
        )
    figures = _checked(_csv_figures(sheet, layout, rows, month), month, snapshot.file_name)
    return Parsed("monthly_csv", {"figures": figures}, month, month_after(month))


def _first_month(sheet: Sheet, rows: list[int]) -> date:
    for row in rows:
        if not _is_total(sheet, row):
            return read_month(sheet.cell(row, 1), f"{sheet.file_name}, {sheet.place(row, 1)}")
    raise sheet.complain(2, 1, "a provider's row")


def _csv_figures(sheet: Sheet, layout: Layout, rows: list[int], month: date) -> Iterator[Figure]:
    for row in rows:
        _refuse_other_month(sheet, row, month)
        body = ("provider", sheet.cell(row, 2), sheet.cell(row, 4))
        if _is_total(sheet, row):
            body = ("england", "ENG", "England")
        else:
            read_code(sheet, row, 2)
        for measure, value in layout.read(sheet, row):
            yield (*body, measure, value, sheet.name, row)


def _is_total(sheet: Sheet, row: int) -> bool:
    """England's row says `Total`, in some case, in some or all of the four columns left of the figures."""
    return _TOTAL in (sheet.cell(row, column).casefold() for column in range(1, 5))


def _refuse_other_month(sheet: Sheet, row: int, month: date) -> None:
    period = sheet.cell(row, 1)
    is_undated = _is_total(sheet, row) and period.casefold() in ("", _TOTAL)
    if not is_undated and find_month(period) != month:
        raise sheet.complain(row, 1, f"{month:%B %Y} as in the rows above")


def _checked(rows: Iterable[Figure], month: date, file_name: str) -> pd.DataFrame:
    """The figures of a month, once the file's name, organisations and England row bear them out."""
    check_claimed_month(find_month(file_name), month, file_name)
    period = (month.isoformat(), month_after(month).isoformat())
    figures = refuse_duplicates(figures_frame((*period, *row) for row in rows), file_name)
    _refuse_unequal_sums(figures, file_name)
    return figures


def _refuse_unequal_sums(figures: pd.DataFrame, file_name: str) -> None:
    """A lost or added row shows: attendances of every known file add up to England's exactly."""
    attendances = figures[figures["measure"].str.startswith("attendances_")]
    counts = pd.to_numeric(attendances["value"].str.replace(",", ""), errors="coerce")
    by = [attendances["level"], attendances["measure"]]
    sums: dict[object, float] = counts.groupby(by).sum().to_dict()
    england = attendances[attendances["level"] == "england"].to_dict("records")
    for level in sorted(set(attendances["level"]) - {"england"}):
        for said in england:
            added, stated = (sums[part, said["measure"]] for part in (level, "england"))
            if added != stated:
                raise SourceError(
                    f"{file_name}, sheet {said['sheet']!r}, row {said['source_row']}: "
                    f"{said['measure']} of England is {stated:.0f}, "
                    f"but its {level} rows add up to {added:.0f}."
                )
