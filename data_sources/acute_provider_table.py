"""Acute Provider Table: seven rates of each acute trust by month, for checking our own results against.

Measures are proportions from 0 to 1 as the publisher works them out from its monthly statistics, one for each
metric. No indicator is made of them: `sql/marts/fct_crosscheck.sql` holds ours against them. The months of a
file differ from metric to metric, and a trust may lack a metric. `ae_over_12h` counts from arrival, all
patients: it is not our `ae_12h_dta`, which counts from the decision to admit.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources.layouts import Layout, layout_of, read_code
from data_sources.periods import find_month, month_after
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import (
    Sheet,
    figures_frame,
    first_line,
    is_workbook,
    read_delimited,
    refuse_duplicates,
)

if TYPE_CHECKING:
    from data_sources.http import Http

MEASURES = {
    "A&E 4 hour performance": "ae_within_4h",
    "A&E 12 hour performance": "ae_over_12h",
    "Cancer 62 Day Combined Performance": "cancer_within_62d",
    "Cancer Faster Diagnostic Standard": "cancer_told_within_28d",
    "Diagnostics proportion waiting over 6 weeks": "dm01_over_6_weeks",
    "Percentage waiting more than 52 weeks for elective treatment": "rtt_over_52_weeks",
    "Percentage waiting within 18 weeks for elective treatment": "rtt_within_18_weeks",
}
"""Measure of each metric by its name in the file."""

SOURCE = Source(
    id="acute_provider_table",
    title="Acute Provider Table",
    publisher="NHS England",
    cadence="monthly",
    landing_page=(
        "https://www.england.nhs.uk/statistics/statistical-work-areas/acute-provider-table/"
    ),
    layouts=("time_series_csv",),
    unconfirmed=("time_series_csv",),
    not_additive=tuple(MEASURES.values()),
)

LAYOUT = Layout(
    1,
    ("Date", "Provider.Code", "Provider.Name", "Metric.Name"),
    (("Metric.Value", "value"),),
)

_FILE = re.compile(r"/acute-provider-timeseries[^/]*\.csv$", re.IGNORECASE)
_ISO_DAY = re.compile(r"(?P<year>20\d{2})-(?P<month>\d{2})-(?P<day>\d{2})")
_BRITISH_DAY = re.compile(r"(?P<day>\d{2})/(?P<month>\d{2})/(?P<year>20\d{2})")
# Statistical programs write small numbers as 1e-04.
_PROPORTION = re.compile(r"0(\.\d+)?|1(\.0+)?|[1-9](\.\d+)?[eE]-\d{1,2}")
_MISSING = ("", "-", "*", "NA", "NULL", "n/a")
_NO_CODE = ("", "-", "NA", "ENG", "England")


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a CSV with exactly the table's five headings."""
    header = ",".join(LAYOUT.headings).casefold()
    return not is_workbook(path) and first_line(path).casefold() == header


def discover(http: "Http") -> list[Release]:
    """Every time series on the landing page, earlier months of issue first; none is a SourceError.

    Each holds the months before it, and the link says only when it came out.
    """
    links = {link.url: link for link in http.links(SOURCE.landing_page) if _FILE.search(link.url)}
    if not links:
        raise SourceError(f"{SOURCE.landing_page}: no link to a time series (csv).")
    releases = [
        # The file's name first: it is what the file is checked against.
        Release(SOURCE.id, one.text, url, _issued(url) or find_month(one.text))
        for url, one in links.items()
    ]
    return sorted(releases, key=lambda release: release.period_start or date.min)


def _issued(name: str) -> date | None:
    return find_month(name.rpartition("/")[2])


def parse(snapshot: Snapshot) -> Parsed:
    """Every metric and month of each provider, and of England where the file has it.

    A SourceError: another header, a day that neither begins nor ends a month, a metric that is none of the
    seven, one of the seven missing, a figure that is no proportion, a provider's metric twice in a month, a
    month after the one in the file's name, a last line without an end.
    """
    name, content = snapshot.file_name, snapshot.path.read_bytes()
    if not content.endswith((b"\n", b"\r")):
        raise SourceError(f"{name}: the last line has no end: the file is cut short.")
    sheet = read_delimited(content, name)
    layout = layout_of(sheet, (LAYOUT,))
    figures = figures_frame(_figures(sheet, layout))
    refuse_duplicates(figures, name)
    _refuse_missing_metrics(set(figures["measure"]), name)
    months = sorted(map(date.fromisoformat, figures["period_start"].unique()))
    first, last = months[0], months[-1]
    _refuse_later_than_name(last, name)
    return Parsed("time_series_csv", {"figures": figures}, first, month_after(last))


def _figures(sheet: Sheet, layout: Layout) -> Iterator[tuple[object, ...]]:
    for row in range(2, len(sheet.rows) + 1):
        if not any(sheet.rows[row - 1]):
            continue
        ((_, value),) = layout.read(sheet, row)
        month = _month_at(sheet, row)
        if value not in _MISSING and not _PROPORTION.fullmatch(value):
            raise sheet.complain(row, 5, "a proportion from 0 to 1 or a missing mark")
        period = (month.isoformat(), month_after(month).isoformat())
        yield (*period, *_body_at(sheet, row), _measure_at(sheet, row), value, sheet.name, row)


def _month_at(sheet: Sheet, row: int) -> date:
    """The month that a row's day begins or ends, written `2025-12-01` or, day first, `31/12/2025`."""
    text = sheet.cell(row, 1)
    written = _ISO_DAY.fullmatch(text) or _BRITISH_DAY.fullmatch(text)
    if written and 1 <= int(written["month"]) <= 12:
        month = date(int(written["year"]), int(written["month"]), 1)
        if int(written["day"]) in (1, (month_after(month) - timedelta(days=1)).day):
            return month
    raise sheet.complain(row, 1, "the first or last day of a month such as 2025-12-01")


def _body_at(sheet: Sheet, row: int) -> tuple[str, str, str]:
    name = sheet.cell(row, 3)
    if name.casefold() != "england":
        return "provider", read_code(sheet, row, 2), name
    if sheet.cell(row, 2) not in _NO_CODE:
        raise sheet.complain(row, 2, "no provider's code in England's row")
    return "england", "ENG", name


def _measure_at(sheet: Sheet, row: int) -> str:
    """An unknown metric may be a known one renamed: left out, its check would cease without a word."""
    measure = MEASURES.get(sheet.cell(row, 4))
    if measure is None:
        raise sheet.complain(row, 4, "one of the table's seven metrics")
    return measure


def _refuse_missing_metrics(found: set[str], file_name: str) -> None:
    missing = [metric for metric, measure in MEASURES.items() if measure not in found]
    if missing:
        raise SourceError(
            f"{file_name}: no row of {missing[0]!r}: the file is a part of the table."
        )


def _refuse_later_than_name(last: date, file_name: str) -> None:
    issued = find_month(file_name)
    if issued is not None and last > issued:
        raise SourceError(
            f"{file_name}: the name says {issued:%B %Y} but the file has figures of {last:%B %Y}."
        )
