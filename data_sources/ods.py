"""Organisation reference: NHS trusts, the successions between them, and the ICB each belongs to.

Two published files are read: the headerless report of NHS trusts (`etr`) of the Organisation Data Service,
and NHS England's attribution of A&E providers to integrated care boards. Both give reference tables and no
figures. The `succ` report of successions is not read: the order of its columns is not confirmed.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from data_sources.layouts import is_code, read_code
from data_sources.periods import find_day
from data_sources.source import LayoutChanged, Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import Sheet, read_delimited, read_sheet, sheet_names

if TYPE_CHECKING:
    from data_sources.http import Http

SOURCE = Source(
    id="ods",
    title="Organisation Data Service: NHS trusts, successions and ICB membership",
    publisher="NHS England (formerly NHS Digital)",
    cadence="daily",
    landing_page="https://www.odsdatasearchandexport.nhs.uk/",
    layouts=(
        "trust_report",
        "icb_attribution",
        "compiled_organisations",
        "compiled_successions",
        "compiled_memberships",
        "compiled_icbs",
    ),
)

ORGANISATION_COLUMNS = (
    "org_code",
    "org_name",
    "kind",
    "region_code",
    "icb_code",
    "opened_on",
    "closed_on",
    "post_code",
)
"""`closed_on` is the last day an organisation was open (inclusive), '' if it still is. Region and ICB
follow the postcode, not the line of management; they are '' outside England."""

MEMBERSHIP_COLUMNS = ("org_code", "org_name", "region_name", "icb_name", "icb_code", "valid_from")
"""An organisation counted in an ICB from `valid_from` (first of a month, inclusive) until a later table."""

TRUST_REPORT = "https://www.odsdatasearchandexport.nhs.uk/api/getReport?report=etr"
"""Where the service gives the report on request; no page links to it."""

ATTRIBUTION_PAGE = (
    "https://www.england.nhs.uk/statistics/statistical-work-areas/ae-waiting-times-and-activity/"
)

_WORKBOOK_STARTS = (b"PK", b"\xd0\xcf\x11\xe0")
_REPORT_WIDTH = 27
_CODE, _NAME, _REGION, _ICB, _POST_CODE, _OPENED, _CLOSED, _PARENT = 1, 2, 3, 4, 10, 11, 12, 15
_ATTRIBUTION = "ICB Mapping"
_ATTRIBUTION_TITLE = "Attribution from A&E Providers to ICBs"
_ATTRIBUTION_HEADER = ("Code", "Name", "ICB Code", "ICB Name", "Region Name")
_ATTRIBUTION_FILE = re.compile(r"/[^/]*(?:attribution|system-mapping)[^/]*\.xlsx?$", re.IGNORECASE)
_ICB_CODE = re.compile(r"Q[A-Z0-9]{2}|[A-Z]\d[A-Z]\d[A-Z]")
"""`QMJ`, or `S1Y5D` as those that opened on 1 April 2026 have. No provider has a code of the first kind."""

_YEAR_PAGE = re.compile(r"/ae-attendances-and-emergency-admissions-20\d\d-\d\d/?$")


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a report of NHS trusts (by its first row) or an ICB attribution workbook."""
    with path.open("rb") as file:
        start = file.read(1000)
    try:
        if start.startswith(_WORKBOOK_STARTS):
            return _ATTRIBUTION in sheet_names(path)
        first_row = read_delimited(start.partition(b"\n")[0], path.name)
        return _is_trust(first_row, 1)
    except (SourceError, UnicodeDecodeError):
        return False


def _is_trust(sheet: Sheet, row: int) -> bool:
    """Whether a row has the report's 27 cells, an opening day, and no parent as a site or practice would."""
    is_whole = 0 < row <= len(sheet.rows) and len(sheet.rows[row - 1]) == _REPORT_WIDTH
    opened = _iso_day(sheet.cell(row, _OPENED))
    return is_whole and bool(sheet.cell(row, _CODE) and opened) and not sheet.cell(row, _PARENT)


def discover(http: "Http") -> list[Release]:
    """The report of NHS trusts, then the attribution workbooks linked from the A&E statistics pages."""
    landing = http.links(ATTRIBUTION_PAGE)
    years = [link.url for link in landing if _YEAR_PAGE.search(link.url)]
    links = landing + [link for year in dict.fromkeys(years) for link in http.links(year)]
    found = {link.url: link for link in links if _ATTRIBUTION_FILE.search(link.url)}
    if not found:
        raise SourceError(f"{ATTRIBUTION_PAGE}: no link to an attribution of providers to ICBs.")
    report = Release(SOURCE.id, "NHS trusts (etr)", TRUST_REPORT)
    return [report, *(Release(SOURCE.id, link.text, link.url) for link in found.values())]


def parse(snapshot: Snapshot) -> Parsed:
    """The organisations of a trust report, or the ICB memberships of an attribution workbook.

    A SourceError: a row that is cut short or without its code, name or dates, and a second row for an
    organisation, unless it says exactly the same.
    """
    content = snapshot.path.read_bytes()
    if content.startswith(_WORKBOOK_STARTS):
        return _attribution(read_sheet(snapshot.path, _ATTRIBUTION, snapshot.file_name))
    return _trust_report(read_delimited(content, snapshot.file_name))


def _trust_report(sheet: Sheet) -> Parsed:
    if not sheet.rows:
        raise sheet.complain(1, _CODE, "a trust's code")
    rows = ((row, _trust(sheet, row)) for row in range(1, len(sheet.rows) + 1))
    organisations = pd.DataFrame(_once_each(sheet, rows), columns=list(ORGANISATION_COLUMNS))
    return Parsed("trust_report", {"organisations": organisations})


def _trust(sheet: Sheet, row: int) -> tuple[str, ...]:
    """One organisation, in the order of ORGANISATION_COLUMNS."""
    found = len(sheet.rows[row - 1])
    if found != _REPORT_WIDTH:
        raise LayoutChanged(sheet.file_name, sheet.place(row), f"{_REPORT_WIDTH} cells", found)
    if sheet.cell(row, _PARENT):
        raise sheet.complain(row, _PARENT, "no parent organisation, as this is a report of trusts")
    opened = _day(sheet, row, _OPENED)
    closed = _day(sheet, row, _CLOSED) if sheet.cell(row, _CLOSED) else ""
    code, name = read_code(sheet, row, _CODE), _filled(sheet, row, _NAME, "a name")
    region, icb = (_code_or_nothing(sheet, row, column) for column in (_REGION, _ICB))
    return code, name, "trust", region, icb, opened, closed, sheet.cell(row, _POST_CODE)


def _code_or_nothing(sheet: Sheet, row: int, column: int) -> str:
    return read_code(sheet, row, column) if sheet.cell(row, column) else ""


def _filled(sheet: Sheet, row: int, column: int, what: str) -> str:
    if not sheet.cell(row, column):
        raise sheet.complain(row, column, what)
    return sheet.cell(row, column)


def _day(sheet: Sheet, row: int, column: int) -> str:
    day = _iso_day(sheet.cell(row, column))
    if day is None:
        raise sheet.complain(row, column, "a day written as yyyymmdd")
    return day


def _iso_day(text: str) -> str | None:
    """`20241101` as `2024-11-01`, None if it is no such day."""
    if not re.fullmatch(r"\d{8}", text):
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _attribution(sheet: Sheet) -> Parsed:
    """Memberships from the month of the last update: the sheet names no other date they apply from."""
    updated = _last_update(sheet)
    valid_from = updated.replace(day=1)
    rows = ((row, (*cells, valid_from.isoformat())) for row, cells in _attributed(sheet))
    memberships = pd.DataFrame(_once_each(sheet, rows), columns=list(MEMBERSHIP_COLUMNS))
    if memberships.empty:
        raise sheet.complain(9, 2, "a provider's code")
    tables = {"icb_memberships": memberships}
    return Parsed("icb_attribution", tables, period_start=valid_from, published_on=updated)


def _last_update(sheet: Sheet) -> date:
    if sheet.cell(2, 3) != _ATTRIBUTION_TITLE:
        raise sheet.complain(2, 3, f"the title {_ATTRIBUTION_TITLE!r}")
    updated = find_day(sheet.cell(4, 3)) if sheet.cell(4, 2) == "Last Updated:" else None
    if updated is None:
        raise sheet.complain(4, 3, "the day of the last update such as '4th April 2024'")
    return updated


def _attributed(sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Row number and cells of each provider, in the order of MEMBERSHIP_COLUMNS but for the date."""
    for column, heading in enumerate(_ATTRIBUTION_HEADER, start=2):
        if sheet.cell(8, column) != heading:
            raise sheet.complain(8, column, f"the heading {heading!r}")
    for row in range(9, len(sheet.rows) + 1):
        if any(sheet.rows[row - 1]):
            code, name, icb_code, icb_name, region = (
                _filled(sheet, row, column, f"the {heading} of a provider")
                for column, heading in enumerate(_ATTRIBUTION_HEADER, start=2)
            )
            if not is_code(code) or (code.startswith("Q") and _ICB_CODE.fullmatch(code)):
                raise sheet.complain(row, 2, "a provider's code")
            if not _ICB_CODE.fullmatch(icb_code):
                raise sheet.complain(row, 4, "an ICB's code such as 'QMJ'")
            yield row, (code, name, region, icb_name, icb_code)


def _once_each(sheet: Sheet, rows: Iterable[tuple[int, tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """The rows with exact repetitions left out; another row for a known code is an error."""
    seen: dict[str, tuple[str, ...]] = {}
    for row, cells in rows:
        if seen.setdefault(cells[0], cells) != cells:
            raise SourceError(
                f"{sheet.file_name}, {sheet.place(row)}: a second, different row for {cells[0]}."
            )
    return list(seen.values())
