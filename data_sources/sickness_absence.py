"""NHS Sickness Absence Rates: working days lost and available by organisation, one file a month.

Measures are days of full-time equivalent staff: `days_lost_in_month` and `days_available_in_month` of a
month, `days_lost` and `days_available` of a calendar quarter (compiled table). A file has no row for England:
all organisations together are England. A care board's row is about its own staff, not about its system.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources._month_pages import files_on, month_pages
from data_sources.discovery import month_claimed
from data_sources.layouts import Columns, Layout, layout_of, read_code
from data_sources.periods import check_claimed_month, find_month, month_after
from data_sources.source import Parsed, Release, Snapshot, Source
from data_sources.tables import Sheet, figures_frame, first_line, read_whole_csv, refuse_duplicates

if TYPE_CHECKING:
    from data_sources.http import Http

SOURCE = Source(
    id="sickness_absence",
    title="NHS Sickness Absence Rates",
    publisher="NHS England",
    cadence="monthly",
    landing_page=(
        "https://digital.nhs.uk/data-and-information/publications/statistical/"
        "nhs-sickness-absence-rates"
    ),
    layouts=("monthly_csv", "compiled_org_quarter"),
)

FIRST_MONTH = date(2024, 4, 1)
"""The first month of the known file; earlier months were published otherwise, and are not looked for."""

_LABELS = (
    *("DATE", "NHSE_REGION_CODE", "NHSE_REGION_NAME", "ICS_CODE", "ICS_NAME"),
    *("ORG_CODE", "ORG_NAME", "ORG_TYPE"),
)
_CODE_COLUMN, _NAME_COLUMN, _LOST_COLUMN = 6, 7, 9
_FIGURES: Columns = (
    ("FTE_DAYS_LOST", "days_lost_in_month"),
    ("FTE_DAYS_AVAILABLE", "days_available_in_month"),
    # It follows from the two counts, which are held to it.
    ("SICKNESS_ABSENCE_RATE_PERCENT", ""),
)


def _spaced(heading: str) -> str:
    return heading.replace("_", " ")


LAYOUTS = (
    Layout(1, _LABELS, _FIGURES),
    Layout(1, tuple(map(_spaced, _LABELS)), tuple((_spaced(one), two) for one, two in _FIGURES)),
)
"""The same columns, headed with underscores or with spaces: copies of the files differ in this."""

_ROUNDING = Decimal("0.005")
"""The rate is printed to two decimals: no row of twelve files is further from its counts."""

_DAY = re.compile(r"(\d{2})/(\d{2})/(20\d{2})")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_FILE = r"sickness absence rates csv.*\.csv$"


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is the monthly CSV by organisation, by the first and the counting columns' headings."""
    header = _spaced(first_line(path)).casefold()
    return header.startswith("date,nhse region code,") and "fte days lost" in header.split(",")


def discover(http: "Http") -> list[Release]:
    """The monthly CSV of every month's page since April 2024, in the order of the landing page.

    A landing page without months, or a month without its CSV, is a SourceError.
    """
    pages = month_pages(http, SOURCE.landing_page).items()
    return [
        Release(SOURCE.id, link.text, link.url, month_claimed(link))
        for page, month in pages
        if month >= FIRST_MONTH
        for link in files_on(http, page, _FILE, "a file 'NHS Sickness Absence rates CSV'")
    ]


def parse(snapshot: Snapshot) -> Parsed:
    """Days lost and available of one month by organisation.

    A SourceError: an unknown header, a day that is not the month's last, two months, an organisation twice,
    a month other than the name's, a count that is no number or that the printed rate does not follow from.
    """
    sheet = read_whole_csv(snapshot.path, snapshot.file_name)
    layout = layout_of(sheet, LAYOUTS)
    month = _month_at(sheet, 2)
    check_claimed_month(find_month(snapshot.file_name), month, snapshot.file_name)
    figures = figures_frame(_figures(sheet, layout, month))
    refuse_duplicates(figures, snapshot.file_name)
    return Parsed("monthly_csv", {"figures": figures}, month, month_after(month))


def _figures(sheet: Sheet, layout: Layout, month: date) -> Iterator[tuple[object, ...]]:
    period = (month.isoformat(), month_after(month).isoformat())
    for row in range(2, len(sheet.rows) + 1):
        if not any(sheet.rows[row - 1]):
            continue
        if _month_at(sheet, row) != month:
            raise sheet.complain(row, 1, f"a day of {month:%B %Y} as in the rows above")
        body = ("provider", read_code(sheet, row, _CODE_COLUMN), sheet.cell(row, _NAME_COLUMN))
        cells = list(layout.read(sheet, row))
        _refuse_other_rate(sheet, row)
        for measure, value in cells:
            yield (*period, *body, measure, value, sheet.name, row)


def _month_at(sheet: Sheet, row: int) -> date:
    """First day of the month whose last day a row gives as `30/04/2024`."""
    day = _DAY.fullmatch(sheet.cell(row, 1))
    if day and 1 <= int(day[2]) <= 12:
        month = date(int(day[3]), int(day[2]), 1)
        if (month_after(month) - timedelta(days=1)).day == int(day[1]):
            return month
    raise sheet.complain(row, 1, "the last day of a month such as 30/04/2024")


def _refuse_other_rate(sheet: Sheet, row: int) -> None:
    """Counts in each other's place, or cut short, show in the rate that is printed beside them."""
    lost, available = (_number(sheet, row, _LOST_COLUMN + step) for step in (0, 1))
    if not available:
        if lost:
            raise sheet.complain(row, _LOST_COLUMN, "no days lost, as none were available")
        return
    rate = 100 * lost / available
    if abs(_number(sheet, row, _LOST_COLUMN + 2) - rate) > _ROUNDING:
        raise sheet.complain(row, _LOST_COLUMN + 2, f"{rate:.2f}, the days lost of those available")


def _number(sheet: Sheet, row: int, column: int) -> Decimal:
    text = sheet.cell(row, column)
    if not _NUMBER.fullmatch(text):
        raise sheet.complain(row, column, "a number")
    return Decimal(text)
