"""Acute discharge situation report: patients ready to leave hospital, and those of them who left, by day.

Kept are means of the days of a month, per organisation: patients who no longer meet the criteria to reside
(`no_longer_meeting`) and those of them discharged that day (`discharged`). Who remains is the one less the
other. `..._days` are the days with a number, `..._zero_days` those of them that say 0: nearly always days
without a return (`sql/intermediate/int_discharge_sitrep__measures.sql` judges them).
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from data_sources._discharge_days import GIVEN, MEASURES, Day, monthly_figures, read_amount
from data_sources._sitrep_rows import body_of, read_day
from data_sources.discovery import file_name, linked_files
from data_sources.layouts import columns_of, last_filled
from data_sources.periods import check_claimed_month, find_month, month_after
from data_sources.source import LayoutChanged, Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import (
    Sheet,
    first_line,
    has_sheets,
    is_workbook,
    read_sheet,
    read_whole_csv,
    refuse_duplicates,
)

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="discharge_sitrep",
    title="Acute discharge situation report",
    publisher="NHS England",
    cadence="monthly",
    landing_page=(
        "https://www.england.nhs.uk/statistics/statistical-work-areas/discharge-delays/"
        "acute-discharge-situation-report/"
    ),
    layouts=(
        "monthly_csv",
        "time_series_workbook",
        "compiled_ready_trusts",
        "compiled_discharged_trusts",
    ),
    unconfirmed=("monthly_csv", "time_series_workbook"),
    # Means of days, which differ from trust to trust in number.
    not_additive=GIVEN,
)

_LABELS = ("Period", "Level", "Region", "ICB", "Org Code", "Org Name")
_HEADINGS = (*_LABELS, "Metric", "Metric Type", "Metric Group", "Value")
_SERIES, _OTHER_SERIES = "Daily Series", "Weekly Series"
_SERIES_HEADER = 5

_FILE = re.compile(r"\.(csv|xlsx)$", re.IGNORECASE)


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is the CSV in long form (its headings) or the time series (its sheets and headings)."""
    if not is_workbook(path):
        return sorted(first_line(path).split(",")) == sorted(_HEADINGS)
    if not has_sheets(path, _SERIES, _OTHER_SERIES):
        return False
    sheet = read_sheet(path, _SERIES)
    return len(sheet.rows) >= _SERIES_HEADER and set(MEASURES) <= set(
        sheet.rows[_SERIES_HEADER - 1]
    )


def discover(http: "Http") -> list[Release]:
    """The monthly CSVs and the time series that the landing page links to; none is a SourceError.

    The words of their names come in any order; a time series claims its last month.
    """
    wanted = (_is_wanted, "a csv or time series of discharges")
    return linked_files(http, SOURCE, SOURCE.landing_page, wanted, _claimed_by)


def _claimed_by(link: "Link") -> date | None:
    return _claimed(file_name(link)) or _claimed(link.text)


def _is_wanted(link: "Link") -> bool:
    name = file_name(link).casefold()
    if not _FILE.search(name) or "discharge-sitrep" not in name or "community" in name:
        return False
    return name.endswith(".csv") or "timeseries" in name or "time-series" in name


def _claimed(text: str) -> date | None:
    """The last month that a name states: `April2021-June2026` claims June 2026."""
    found = [find_month(part) for part in re.split(r"(?<=\d)-|_", text)]
    months = [month for month in found if month]
    return months[-1] if months else find_month(text)


def parse(snapshot: Snapshot) -> Parsed:
    """Months of figures: of every level in the monthly CSV, of England in the time series.

    A SourceError: an unknown heading, level or code, a month other than the name's, a day twice or left
    out, a cell that is neither a number nor a missing mark, counts of England that contradict each other.
    """
    is_csv = not is_workbook(snapshot.path)
    sheet = (
        read_whole_csv(snapshot.path, snapshot.file_name)
        if is_csv
        else read_sheet(snapshot.path, _SERIES, snapshot.file_name)
    )
    days = _csv_days(sheet) if is_csv else _series_days(sheet)
    figures = refuse_duplicates(monthly_figures(days, sheet), snapshot.file_name)
    first, last = (date.fromisoformat(figures["period_start"].agg(end)) for end in ("min", "max"))
    check_claimed_month(_claimed(snapshot.file_name), last, snapshot.file_name)
    if is_csv:
        _refuse_mixed(figures, first, last, snapshot.file_name)
    layout = "monthly_csv" if is_csv else "time_series_workbook"
    return Parsed(layout, {"figures": figures}, first, month_after(last))


def _refuse_mixed(figures: pd.DataFrame, first: date, last: date, file_name: str) -> None:
    """A monthly file has one month, and England in it; no code stands for bodies of two levels."""
    if first != last:
        raise SourceError(f"{file_name}: days of {first:%B %Y} and of {last:%B %Y}.")
    levels = figures.groupby("org_code")["level"].agg(lambda found: sorted(set(found)))
    if "ENG" not in levels.index:
        raise SourceError(f"{file_name}: no row of England: without it the file is cut short.")
    for code, found in levels.items():
        if len(found) > 1:
            raise SourceError(f"{file_name}: {code} stands for a {' and for a '.join(found)}.")


def _csv_days(sheet: Sheet) -> Iterator[Day]:
    """Cells of the three metrics. Headings are found by name: descriptions differ in their order."""
    columns = columns_of(sheet, 1, _HEADINGS)
    days: dict[str, date] = {}  # thousands of rows share a day: each spelling is read once
    for row, cells in enumerate(sheet.rows, start=1):
        if len(cells) != len(_HEADINGS) and any(cells):
            expected = f"{len(_HEADINGS)} cells"
            raise LayoutChanged(sheet.file_name, sheet.place(row), expected, len(cells))
        if row == 1 or not any(cells):
            continue
        body = body_of(sheet, row, columns)
        period = sheet.cell(row, columns["Period"])
        if period not in days:
            days[period] = read_day(sheet, row, columns["Period"])
        measure = MEASURES.get(" ".join(sheet.cell(row, columns["Metric"]).split()))
        if measure:
            amount = read_amount(sheet, row, columns["Value"])
            yield Day(*body, days[period], measure, amount, row)


def _series_days(sheet: Sheet) -> Iterator[Day]:
    """England's days, from under the header to the first blank row; below stand notes in column A only."""
    columns = columns_of(sheet, _SERIES_HEADER, ("Date", *MEASURES))
    if sorted(columns.values()) != list(columns.values()):
        # Headings of those discharged and those remaining, exchanged, would leave the arithmetic right.
        place = sheet.place(_SERIES_HEADER)
        expected = "the headings of those ready, discharged and remaining in this order"
        raise LayoutChanged(sheet.file_name, place, expected, "another order")
    row = _SERIES_HEADER + 1
    while last_filled(sheet, row):
        day = read_day(sheet, row, columns["Date"])
        for heading, measure in MEASURES.items():
            amount = read_amount(sheet, row, columns[heading])
            yield Day("england", "ENG", "England", day, measure, amount, row)
        row += 1
    for below in range(row, len(sheet.rows) + 1):
        if (column := last_filled(sheet, below)) > 1:
            raise sheet.complain(below, column, "only notes below the days")
