"""Virtual wards: capacity and patients by integrated care board, from April 2025 also by provider.

Measures are `capacity` (beds in people's homes that providers say they can staff) and `patients` (on a
Thursday morning of the month), as in the last situation report of the month. Occupancy is not read: where it
exceeds 100 per cent the publication hides it behind `100%*`. Who sent no patients has `**` or a blank; the
England row leaves them out. A zero may be a provider that sent nothing, too.
"""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources._virtual_wards_sheets import (
    ONLY_SHEET,
    PROVIDER_LAYOUT,
    PROVIDER_SHEET,
    SYSTEM_LAYOUT,
    SYSTEM_SHEET,
    across_regions,
    is_titled,
    month_of,
    published_on,
    refuse_other_england,
    table,
)
from data_sources.periods import check_claimed_month, find_month, month_after
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import (
    figures_frame,
    has_sheets,
    read_sheet,
    refuse_duplicates,
    sheet_names,
)

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="virtual_wards",
    title="Virtual Ward Capacity and Occupancy, monthly management information",
    publisher="NHS England",
    cadence="monthly",
    landing_page="https://www.england.nhs.uk/statistics/statistical-work-areas/virtual-ward/",
    layouts=("provider_workbook", "system_workbook"),
)

_FILE = re.compile(r"/([^/]*virtual-ward[^/]*\.xlsx)$", re.IGNORECASE)


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a virtual ward workbook, by its sheets and the title above the table."""
    for name in (SYSTEM_SHEET, ONLY_SHEET):
        if has_sheets(path, name):
            return is_titled(read_sheet(path, name))
    return False


def discover(http: "Http") -> list[Release]:
    """The monthly workbooks that the landing page links to; none at all is a SourceError."""
    links = {link.url: link for link in http.links(SOURCE.landing_page) if _FILE.search(link.url)}
    if not links:
        raise SourceError(f"{SOURCE.landing_page}: no link to a virtual ward workbook.")
    return [Release(SOURCE.id, link.text, link.url, _claimed(link)) for link in links.values()]


def _claimed(link: "Link") -> date | None:
    return find_month(link.text) or find_month(link.url.rpartition("/")[2])


def parse(snapshot: Snapshot) -> Parsed:
    """One month of England, its integrated care boards and, where there is a sheet of them, its providers.

    A provider with wards in two regions has a row in each: its figures are the sums, blank where one part
    is. A SourceError: an unknown header, a month other than the name's, an organisation twice in a region,
    rows that do not add up to England's.
    """
    name = snapshot.file_name
    by_provider = PROVIDER_SHEET in sheet_names(snapshot.path)
    system = read_sheet(snapshot.path, SYSTEM_SHEET if by_provider else ONLY_SHEET, name)
    month = month_of(system)
    check_claimed_month(find_month(name), month, name)
    rows = list(table(system, SYSTEM_LAYOUT, "system"))
    if by_provider:
        provider = read_sheet(snapshot.path, PROVIDER_SHEET, name)
        if month_of(provider) != month:
            raise provider.complain(6, 3, f"{month:%B %Y} as in sheet {system.name!r}")
        of_providers = list(table(provider, PROVIDER_LAYOUT, "provider"))
        refuse_other_england(rows, of_providers, provider)
        rows += across_regions(provider, of_providers)
    period = (month.isoformat(), month_after(month).isoformat())
    # Sums lead to no row; the other rows stay whole numbers beside them.
    figures = figures_frame((*period, *row) for row in rows).astype({"source_row": "Int64"})
    figures = refuse_duplicates(figures, name)
    layout = "provider_workbook" if by_provider else "system_workbook"
    return Parsed(layout, {"figures": figures}, month, month_after(month), published_on(system))
