"""KH03: average number of beds available and occupied overnight, by trust and quarter.

Measures are mean daily beds of a quarter, `total`, `general_acute` and `mental_illness`, each `_available`
and `_occupied`. `estimated_by_trust` and `estimated_for_trust` are 1 for the trusts that the workbook says
gave, or were given, an estimate. A zero can be true (a mental health trust has no general and acute beds)
or a return that failed: here it stays a zero. The historical CSVs have neither totals nor an England row;
their one name for both kinds of beds is why the kind must stand in the name of the file.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from math import isnan, nan
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from data_sources._kh03_workbook import (
    PROVIDER_SHEET,
    QUALITY_SHEET,
    Figure,
    estimates,
    is_provider_sheet,
    provider_figures,
    published_on,
    quarter_of,
)
from data_sources.discovery import file_name, linked_files
from data_sources.layouts import Layout, layout_of, read_code
from data_sources.periods import find_financial_quarter, months_after
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
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
    id="kh03",
    title="Bed Availability and Occupancy (KH03), beds open overnight, quarterly",
    publisher="NHS England",
    cadence="quarterly",
    landing_page=(
        "https://www.england.nhs.uk/statistics/statistical-work-areas/"
        "bed-availability-and-occupancy/bed-data-overnight/"
    ),
    # The two CSVs cover the same quarters: as one layout, the later file would replace the other.
    layouts=(
        "quarter_workbook",
        "quarter_workbook_before_2017",
        "available_csv",
        "occupied_csv",
        "compiled_trust_quarter",
    ),
    # Of the CSVs only the rows of one trust are at hand.
    unconfirmed=("quarter_workbook_before_2017", "available_csv", "occupied_csv"),
)

FIRST_QUARTER = date(2010, 4, 1)
"""Before it the collection was yearly: those rows of the historical CSVs are left out."""

_TOLERANCE = 0.001
"""Beds by which sums may miss England's row: binary fractions are added in another order."""

_CSV_LAYOUT = Layout(
    1,
    ("Organisation_Code", "Sector"),
    (("Number_Of_Beds", "beds"), ("Effective_Snapshot_Date", "")),
)
_SECTORS = {
    "general & acute": "general_acute",
    "mental illness": "mental_illness",
    "learning disabilities": "",
    "maternity": "",
}
_MISSING = ("NULL", "")
_KIND = re.compile(r"(available|occupied)[-_ ]overnight", re.IGNORECASE)
_FILE = re.compile(
    r"/(beds-open-overnight-web_file[^/]*\.xlsx?|kh03-(?:available|occupied)-overnight-only[^/]*\.csv)$",
    re.IGNORECASE,
)


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a KH03 workbook of overnight beds (by its title) or a history by sector (header)."""
    if is_workbook(path):
        is_by_sector = has_sheets(path, PROVIDER_SHEET)
        return is_by_sector and is_provider_sheet(read_sheet(path, PROVIDER_SHEET))
    return first_line(path) == ",".join(_CSV_LAYOUT.headings)


def discover(http: "Http") -> list[Release]:
    """The quarterly workbooks and the two historical CSVs by sector that the landing page links to."""
    wanted = (lambda link: bool(_FILE.search(link.url)), "a file of beds open overnight")
    return linked_files(http, SOURCE, SOURCE.landing_page, wanted, _claimed)


def _claimed(link: "Link") -> date | None:
    return find_financial_quarter(link.text) or find_financial_quarter(file_name(link))


def parse(snapshot: Snapshot) -> Parsed:
    """Beds of one quarter (workbook), or of every quarter from April 2010 (CSV).

    A SourceError: an unknown header, a quarter other than the name's, an organisation twice, beds of the
    trusts that do not add up to England's, a CSV whose name does not say which beds it counts.
    """
    return _parse_workbook(snapshot) if is_workbook(snapshot.path) else _parse_csv(snapshot)


def _parse_workbook(snapshot: Snapshot) -> Parsed:
    name = snapshot.file_name
    sheet = read_sheet(snapshot.path, PROVIDER_SHEET, name)
    if not is_provider_sheet(sheet):
        raise sheet.complain(2, 3, "the title of beds open overnight by sector")
    quarter = quarter_of(sheet)
    _refuse_other_claim(find_financial_quarter(name), quarter, name)
    layout, rows = provider_figures(sheet, quarter)
    _refuse_unequal_sums(rows, name)
    if QUALITY_SHEET in sheet_names(snapshot.path):
        rows += estimates(read_sheet(snapshot.path, QUALITY_SHEET, name), quarter)
    tables = {"figures": _checked(((quarter, *row) for row in rows), name)}
    return Parsed(layout, tables, quarter, months_after(quarter, 3), published_on(sheet))


def _refuse_other_claim(claimed: date | None, quarter: date, file_name: str) -> None:
    if claimed not in (None, quarter):
        raise SourceError(
            f"{file_name}: the name says the quarter from {claimed:%B %Y} "
            f"but the file says the one from {quarter:%B %Y}."
        )


def _refuse_unequal_sums(rows: Iterable[Figure], file_name: str) -> None:
    """A lost, added or altered row shows: beds of the trusts add up to England's in every known file."""
    added: dict[str, float] = defaultdict(float)
    england = {}
    for level, _, _, measure, value, sheet, row in rows:
        if level == "england":
            england[measure] = (value, f"{file_name}, sheet {sheet!r}, row {row}")
        else:
            added[measure] += _number(value)
    for measure, (value, place) in england.items():
        if not abs(_number(value) - added[measure]) <= _TOLERANCE:
            raise SourceError(
                f"{place}: {measure} of England is {value!r}, "
                f"but its trusts add up to {added[measure]:.3f}."
            )


def _number(text: str) -> float:
    """A missing mark is no number, and then nothing adds up."""
    try:
        return float(text)
    except ValueError:
        return nan


def _parse_csv(snapshot: Snapshot) -> Parsed:
    name = snapshot.file_name
    kinds = {kind.lower() for kind in _KIND.findall(name)}
    if len(kinds) != 1:
        raise SourceError(f"{name}: the name does not say whether beds are available or occupied.")
    (kind,) = kinds
    sheet = read_whole_csv(snapshot.path, name)
    figures = _checked(_history(sheet, kind), name)
    if figures.empty:
        raise sheet.complain(2, 1, "a trust's beds of April 2010 or later")
    first, end = figures["period_start"].min(), figures["period_end"].max()
    tables = {"figures": figures}
    return Parsed(f"{kind}_csv", tables, date.fromisoformat(first), date.fromisoformat(end))


def _history(sheet: Sheet, kind: str) -> Iterator[tuple[object, ...]]:
    layout = layout_of(sheet, (_CSV_LAYOUT,))
    for row in range(2, len(sheet.rows) + 1):
        if not any(sheet.rows[row - 1]):
            continue
        code, quarter = read_code(sheet, row, 1), _quarter_ended(sheet, row)
        sector = sheet.cell(row, 2).casefold()
        if sector not in _SECTORS:
            raise sheet.complain(row, 2, "a sector of KH03")
        (_, beds) = next(layout.read(sheet, row))
        if beds not in _MISSING and isnan(_number(beds)):
            raise sheet.complain(row, 3, "a number of beds, NULL or nothing")
        if _SECTORS[sector] and quarter >= FIRST_QUARTER:
            body = ("provider", code, "", f"{_SECTORS[sector]}_{kind}")
            yield (quarter, *body, beds, sheet.name, row)


def _quarter_ended(sheet: Sheet, row: int) -> date:
    """First day of the quarter that ends on a day written `30/06/2012` or `2012-06-30`."""
    text = sheet.cell(row, 4)
    british = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text)
    try:
        day = date.fromisoformat(f"{british[3]}-{british[2]}-{british[1]}" if british else text)
    except ValueError:
        raise sheet.complain(row, 4, "a day such as 30/06/2012") from None
    end = months_after(day, 1)
    if (end - day).days != 1 or day.month % 3:
        raise sheet.complain(row, 4, "the last day of a quarter")
    return months_after(end, -3)


def _checked(rows: Iterable[tuple[object, ...]], file_name: str) -> pd.DataFrame:
    """Rows that begin with the first day of their quarter, as figures; none may stand there twice."""
    figures = figures_frame(
        (start.isoformat(), months_after(start, 3).isoformat(), *row)
        for start, *row in rows
        if isinstance(start, date)
    )
    return refuse_duplicates(figures, file_name)
