"""Discharge-ready date: patients discharged, how many without delay, and bed days lost, by month.

Measures are counts of patients (`discharged`, of them `discharged_no_delay` on their discharge-ready date)
and of days in bed after that date (`bed_days_lost`). Trusts whose data are not acceptable are left out or
marked `[z]`, so England is a set of trusts that changes. Rows of local authorities are not read.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from data_sources._sitrep_rows import body_of, refuse_unequal_sums
from data_sources.discovery import file_name, linked_files, month_claimed
from data_sources.layouts import Layout, layout_of
from data_sources.periods import find_month, month_after
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import Sheet, figures_frame, first_line, read_whole_csv, refuse_duplicates

if TYPE_CHECKING:
    from data_sources.http import Http, Link

SOURCE = Source(
    id="discharge_ready_date",
    title="Discharge ready date",
    publisher="NHS England",
    cadence="monthly",
    landing_page=(
        "https://www.england.nhs.uk/statistics/statistical-work-areas/discharge-delays/"
        "discharge-ready-date/"
    ),
    layouts=("monthly_csv",),
    unconfirmed=("monthly_csv",),
)

MEASURES = {
    "Number of patients discharged in total": "discharged",
    "Number of patients discharged where, between the Discharge Ready Date and Discharge Date, "
    "there is No delay": "discharged_no_delay",
    "Total bed days lost due to delayed discharge": "bed_days_lost",
}
"""Measures as the publication words them, and what they are called here."""

_AUTHORITY = "Upper Tier Local Authority Code"
_LABELS = (
    *("Data Type", _AUTHORITY, "Upper Tier Local Authority"),
    *("Region (of Provider)", "ICB (of Provider)", "Code", "Organisation Name", "Measure"),
)
_CSV = Layout(1, _LABELS, (("Value", "value"),))
_COLUMNS = {label: column for column, label in enumerate(_LABELS, start=1)}
_BODY = {
    "Level": _COLUMNS["Data Type"],
    "Org Code": _COLUMNS["Code"],
    "Org Name": _COLUMNS["Organisation Name"],
}
_NO_AUTHORITY = ("", "-", "[z]")

Figure = tuple[str, str, str, str, str, str, int]
"""Level, code and name of an organisation, a measure with its text, and the sheet and row of the cell."""


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a file is a monthly CSV of discharge-ready dates (by its header)."""
    return first_line(path) == ",".join((*_LABELS, "Value"))


def discover(http: "Http") -> list[Release]:
    """The monthly CSVs that the landing page links to; none is a SourceError."""
    wanted = (_is_monthly_csv, "a csv of discharge-ready dates")
    return linked_files(http, SOURCE, SOURCE.landing_page, wanted, month_claimed)


def _is_monthly_csv(link: "Link") -> bool:
    return bool(re.search(r"discharge-ready-date.*\.csv$", file_name(link), re.IGNORECASE))


def parse(snapshot: Snapshot) -> Parsed:
    """One month of counts. The file holds no date: its name says the month, and a name without is refused.

    A SourceError: an unknown header, data type or code, an organisation twice, trusts that do not add up to
    England.
    """
    name = snapshot.file_name
    month = find_month(name)
    if month is None:
        raise SourceError(f"{name}: no month in the name, and the file itself states none.")
    sheet = read_whole_csv(snapshot.path, name)
    layout_of(sheet, (_CSV,))
    figures = _checked(_figures(sheet), month, name)
    return Parsed("monthly_csv", {"figures": figures}, month, month_after(month))


def _figures(sheet: Sheet) -> Iterator[Figure]:
    for row, cells in enumerate(sheet.rows, start=1):
        if row == 1 or not any(cells):
            continue
        for _, value in _CSV.read(sheet, row):
            if sheet.cell(row, _COLUMNS[_AUTHORITY]) in _NO_AUTHORITY:
                body = body_of(sheet, row, _BODY)
                measure = MEASURES.get(sheet.cell(row, _COLUMNS["Measure"]))
                if measure:
                    yield (*body, measure, value, sheet.name, row)


def _checked(rows: Iterable[Figure], month: date, file_name: str) -> pd.DataFrame:
    period = (month.isoformat(), month_after(month).isoformat())
    figures = refuse_duplicates(figures_frame((*period, *row) for row in rows), file_name)
    if not {"provider", "england"} <= set(figures["level"]):
        raise SourceError(f"{file_name}: no row of a trust, or none of England.")
    trusts_and_england = figures[figures["level"].isin(["provider", "england"])]
    refuse_unequal_sums(trusts_and_england, tuple(MEASURES.values()), 0, file_name)
    return figures
