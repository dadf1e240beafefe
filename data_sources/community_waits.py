"""Community health services waiting lists: people waiting at month end, by provider, system and region.

Measures are counts of people over all services: `waiting`; `waiting_by_weeks`, those whose length of wait was
returned as well; and of these `waiting_over_52_weeks`. A blank means that nobody sent a return, never zero.
Some providers return a service's list without lengths of wait: its bands then hold zeros, so shares of long
waits go by `waiting_by_weeks`. Three services published for England only are left out everywhere.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data_sources._community_layouts import (
    BANDS_TO_52,
    BANDS_TO_104,
    LAST_SHEET,
    OVER_52_SHEETS,
    TOTAL_SHEET,
    TOTAL_TITLE,
)
from data_sources._community_tables import Table, added, read_table, refuse_differences
from data_sources.periods import check_claimed_month, find_month, month_after
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import (
    Sheet,
    figures_frame,
    has_sheets,
    read_sheet,
    refuse_duplicates,
    sheet_names,
)

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="community_waits",
    title="Community Health Services Waiting Lists",
    publisher="NHS England",
    cadence="monthly",
    landing_page=(
        "https://www.england.nhs.uk/statistics/statistical-work-areas/"
        "community-health-services-waiting-lists/"
    ),
    layouts=("workbook_to_104_weeks", "workbook_to_52_weeks"),
)

_COVER = "Cover page"
_TITLE = "Community Health Services Waiting Times"
_FILE = re.compile(r"community-health-services-waiting-lists?\b[^/]*\.xlsx?$", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"(20\d{2})-\d{2}[-_ ]([A-Za-z]{3,9})(?![A-Za-z])")
_DAY = re.compile(r"(\d{2})/(\d{2})/(20\d{2})|(20\d{2})-(\d{2})-(\d{2})")


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a workbook of community waiting lists, by its sheets and title."""
    return has_sheets(path, _COVER, TOTAL_SHEET, "Table 4a") and (
        read_sheet(path, _COVER).cell(1, 2) == _TITLE
    )


def discover(http: "Http") -> list[Release]:
    """The monthly workbooks that the landing page links to, once each; none at all is a SourceError."""
    links = {link.url: link for link in http.links(SOURCE.landing_page)}
    releases = [_release(link) for url, link in links.items() if _FILE.search(url)]
    if not releases:
        raise SourceError(f"{SOURCE.landing_page}: no link to a workbook of waiting lists.")
    return releases


def _release(link: "Link") -> Release:
    month = _month_named(link.url.rpartition("/")[2]) or _month_named(link.text)
    return Release(SOURCE.id, link.text, link.url, month)


def _month_named(text: str) -> date | None:
    """The month that a name claims, often as `2024-25-March`: January to March are of the later year."""
    named = _YEAR_MONTH.search(text)
    if named is None:
        return find_month(text)
    month = find_month(f"{named[2]} {named[1]}")
    if month is None or month.month >= 4:
        return month
    return month.replace(year=month.year + 1)


def parse(snapshot: Snapshot) -> Parsed:
    """One month of figures for providers, systems, regions and England.

    A SourceError: an unknown heading or title, tables of different months, organisations or blanks, a
    month other than the name's, rows that do not add up to England in some service, a count that is no
    whole number.
    """
    path, name = snapshot.path, snapshot.file_name
    is_to_104 = LAST_SHEET in sheet_names(path)
    total = read_table(path, TOTAL_SHEET, name, TOTAL_TITLE)
    titles = BANDS_TO_104 if is_to_104 else BANDS_TO_52
    bands = [read_table(path, sheet, name, title) for sheet, title in titles.items()]
    for band in bands:
        refuse_differences(total, band)
    check_claimed_month(_month_named(name), total.month, name)
    period = (total.month.isoformat(), month_after(total.month).isoformat())
    figures = figures_frame((*period, *figure) for figure in _figures(total, bands))
    return Parsed(
        SOURCE.layouts[0 if is_to_104 else 1],
        {"figures": refuse_duplicates(figures, name)},
        total.month,
        month_after(total.month),
        _published_on(read_sheet(path, _COVER, name)),
    )


def _figures(
    total: Table, bands: list[Table]
) -> Iterator[tuple[str, str, str, str, str, str, int]]:
    """Each organisation's sums over services; the row is the same in all tables that are added up."""
    over = [band for band in bands if band.sheet.name in OVER_52_SHEETS]
    measures = {"waiting": [total], "waiting_by_weeks": bands, "waiting_over_52_weeks": over}
    for body, row in total.rows.items():
        for measure, tables in measures.items():
            value = added(text for table in tables for text in table.texts[body].values())
            names = [table.sheet.name for table in tables]
            sheets = names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"
            yield (*body, total.name(body), measure, value, sheets, row)


def _published_on(cover: Sheet) -> date:
    """The day of the revision, or of publication where there was none ('-')."""
    for row, title in ((7, "Published:"), (8, "Revised:")):
        if cover.cell(row, 1) != title:
            raise cover.complain(row, 1, repr(title))
    row = 7 if cover.cell(8, 2) in ("", "-") else 8
    written = _DAY.fullmatch(cover.cell(row, 2))
    if written is None:
        raise cover.complain(row, 2, "a day such as 10/10/2024")
    day, month, year, *iso = (int(part or 0) for part in written.groups())
    try:
        return date(year, month, day) if year else date(*iso)
    except ValueError as error:
        raise cover.complain(row, 2, "a day such as 10/10/2024") from error
