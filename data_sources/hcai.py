"""Healthcare-associated infections: monthly cases of MRSA, C. difficile and E. coli by acute trust.

Counts are of hospital-onset healthcare-associated cases (`mrsa_hoha`) and of community-onset
healthcare-associated ones (`mrsa_coha`): patients who fell ill at home within four weeks of a stay. The two
together are what a trust answers for; the older `trust-apportioned` counts are something else. A file holds
thirteen months of one organism, and each month's file restates the earlier ones.
"""

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources._hcai_tables import (
    CLASSES,
    ORGANISMS,
    Table,
    class_sheets,
    organism_of,
    table_figures,
    table_of,
)
from data_sources.http import place
from data_sources.periods import find_month, month_after
from data_sources.source import LayoutChanged, Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import (
    Sheet,
    figures_frame,
    is_workbook,
    read_sheet,
    refuse_duplicates,
    sheet_names,
)

if TYPE_CHECKING:
    from data_sources.http import Http

_STATISTICS = "government/statistics"
# One layout for each organism: a newer file replaces older ones of its own layout only.
_LAYOUTS = tuple(f"{organism}_monthly_tables" for organism in ORGANISMS)

SOURCE = Source(
    id="hcai",
    title="MRSA, C. difficile and E. coli: monthly data by acute trust and onset",
    publisher="UK Health Security Agency",
    cadence="monthly",
    landing_page=(
        f"https://www.gov.uk/{_STATISTICS}/mrsa-bacteraemia-monthly-data-by-location-of-onset"
    ),
    layouts=_LAYOUTS,
    unconfirmed=_LAYOUTS,
)

PAGES = (
    "mrsa-bacteraemia-monthly-data-by-location-of-onset",
    "c-difficile-infection-monthly-data-by-prior-trust-exposure",
    # Named like the page of MRSA; not seen, unlike the two above.
    "e-coli-bacteraemia-monthly-data-by-location-of-onset",
)
"""The publisher's pages by organism, whose contents its interface tells under `api/content/`."""

_FILE = re.compile(r"\.(ods|xlsx?)$", re.IGNORECASE)
_SPAN = re.compile(
    r"([A-Za-z]{3,9}[ _-]20\d{2})[ _-]+to[ _-]+([A-Za-z]{3,9}[ _-]20\d{2})", re.IGNORECASE
)


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a workbook has sheets by onset class, and one of the three organisms in their titles."""
    try:
        if not is_workbook(path):
            return False
        sheets = class_sheets(sheet_names(path))
        if not all(sheets.values()):
            return False
        return bool(organism_of(read_sheet(path, sheets["hoha"][0])))
    except SourceError:
        return False


def discover(http: "Http") -> list[Release]:
    """The workbooks attached to the three pages; a page without any is a SourceError."""
    releases = []
    for page in PAGES:
        url = f"https://www.gov.uk/api/content/{_STATISTICS}/{page}"
        found = [one for one in _attachments(http, url) if _FILE.search(one["url"])]
        if not found:
            raise SourceError(f"{place(url)}: no attached workbook (ods, xls or xlsx).")
        releases += [
            Release(SOURCE.id, one["title"], one["url"], _first_month(one)) for one in found
        ]
    return list({release.url: release for release in releases}.values())


def _attachments(http: "Http", url: str) -> list[dict[str, str]]:
    try:
        content = json.loads(http.get(url).content)
        return [
            {"title": str(one["title"]), "url": str(one["url"])}
            for one in content["details"]["attachments"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{place(url)}: expected a list details.attachments.") from error


def _first_month(attachment: dict[str, str]) -> date | None:
    for text in (attachment["title"], attachment["url"].rpartition("/")[2]):
        if span := _SPAN.search(text):
            return find_month(span[1])
    return None


def parse(snapshot: Snapshot) -> Parsed:
    """Cases by trust, onset class and month of one organism.

    A SourceError: no sheet or two of an onset class, a title that names none or several of the organisms,
    months other than thirteen in a row or than the name's, onset classes that do not tell of the same
    trusts and months, sums that England's row contradicts.
    """
    name = snapshot.file_name
    sheets = _sheets(snapshot)
    organisms = {organism_of(sheet) for sheet in sheets.values()}
    if len(organisms) > 1:
        raise SourceError(f"{name}: its sheets tell of {' and '.join(sorted(organisms))}.")
    tables = {onset: table_of(sheet) for onset, sheet in sheets.items()}
    _refuse_other_trusts(tables, name)
    organism = organisms.pop()
    figures = refuse_duplicates(
        figures_frame(
            row
            for onset, table in tables.items()
            for row in table_figures(table, f"{organism}_{onset}")
        ),
        name,
    )
    if figures.empty:
        raise SourceError(f"{name}: no row of a trust.")
    months = list(tables["hoha"].months)
    _check_claimed_span(name, months)
    span = (months[0], month_after(months[-1]))
    return Parsed(f"{organism}_monthly_tables", {"figures": figures}, *span)


def _sheets(snapshot: Snapshot) -> dict[str, Sheet]:
    names = sheet_names(snapshot.path)
    found = class_sheets(names)
    for onset, sheets in found.items():
        if len(sheets) != 1:
            expected = f"one sheet of trusts whose name says {CLASSES[onset]}"
            raise LayoutChanged(snapshot.file_name, "workbook", expected, ", ".join(names))
    return {
        onset: read_sheet(snapshot.path, sheets[0], snapshot.file_name)
        for onset, sheets in found.items()
    }


def _refuse_other_trusts(tables: dict[str, Table], file_name: str) -> None:
    said = {onset: _trusts(table) for onset, table in tables.items()}
    if list(tables["hoha"].months) != list(tables["coha"].months):
        raise SourceError(f"{file_name}: its sheets HOHA and COHA are about different months.")
    differing = sorted(said["hoha"] ^ said["coha"])
    if differing:
        raise SourceError(
            f"{file_name}: {differing[0]} is in one of its sheets HOHA and COHA only."
        )


def _trusts(table: Table) -> set[str]:
    return {
        "England" if table.is_england(row) else table.sheet.cell(row, table.code_column)
        for row in table.rows()
    }


def _check_claimed_span(file_name: str, months: list[date]) -> None:
    span = _SPAN.search(file_name)
    claimed = [find_month(text) for text in span.groups()] if span else []
    if claimed and claimed != [months[0], months[-1]]:
        raise SourceError(
            f"{file_name}: the name says {span and span[0]!r} but the file says "
            f"{months[0]:%B %Y} to {months[-1]:%B %Y}."
        )
