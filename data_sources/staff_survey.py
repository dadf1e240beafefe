"""NHS Staff Survey: scores of trusts by survey year, each with the respondents behind it.

Scores run from 0 to 10 and higher is always better: a high `burnout` score means little burnout. They are
weighted by occupational group, anew for all years with every survey: figures of two vintages (the latest
survey year of a file) are not comparable, and the newest vintage replaces the older ones whole. A survey's
period is the calendar year in which it was held; its results come out in the March after.
"""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from data_sources._staff_survey_benchmark import (
    SHEETS,
    group_figures,
    is_benchmark_sheet,
    years_of,
)
from data_sources._staff_survey_detailed import (
    PROMISE_SHEET,
    THEMES_SHEET,
    is_detailed_sheet,
    trust_figures,
    year_of,
)
from data_sources._staff_survey_scores import (
    MEASURES,
    check_claimed_year,
    survey_year,
    year_named,
)
from data_sources.source import Parsed, Release, Snapshot, Source, SourceError
from data_sources.tables import figures_frame, has_sheets, read_sheet, refuse_duplicates

if TYPE_CHECKING:
    from data_sources.http import Http

SOURCE = Source(
    id="staff_survey",
    title="NHS Staff Survey",
    publisher="Survey Coordination Centre for NHS England",
    cadence="yearly",
    landing_page="https://www.nhsstaffsurveys.com/results/local-results/",
    layouts=("benchmark_workbook", "detailed_workbook"),
    unconfirmed=("benchmark_workbook",),
    not_additive=MEASURES,
)

_BENCHMARK_FILE = re.compile(r"/[^/]*benchmark.report.excel.data[^/]*\.xlsx$", re.IGNORECASE)
_FIRST_YEAR = re.compile(r"(20\d{2})-20\d{2}")


def recognises(path: Path, file_name: str) -> bool:  # noqa: ARG001 - only the content decides
    """Whether a workbook holds results of the Staff Survey, detailed (one year) or benchmark (several)."""
    if has_sheets(path, PROMISE_SHEET, THEMES_SHEET):
        return is_detailed_sheet(read_sheet(path, THEMES_SHEET))
    return has_sheets(path, *SHEETS) and is_benchmark_sheet(read_sheet(path, SHEETS[0]))


def discover(http: "Http") -> list[Release]:
    """The benchmark workbooks of the page of local results; none is a SourceError."""
    links = {link.url: link for link in http.links(SOURCE.landing_page)}
    found = [link for url, link in links.items() if _BENCHMARK_FILE.search(url)]
    if not found:
        raise SourceError(f"{SOURCE.landing_page}: no link to a benchmark workbook (xlsx).")
    return [Release(SOURCE.id, link.text, link.url, _first_day(link.url)) for link in found]


def _first_day(url: str) -> date | None:
    """First day of the span that a file's name claims: `2021-2025`."""
    name = url.rpartition("/")[2]
    span = _FIRST_YEAR.search(name)
    year = int(span[1]) if span else year_named(name)
    return date(year, 1, 1) if year else None


def parse(snapshot: Snapshot) -> Parsed:
    """Scores and bases of trusts in every survey year of the file.

    A SourceError: an unknown header, a survey year other than the name's, an organisation twice, a score
    outside 0 to 10 or on fewer than ten responses, and in detailed workbooks a group or weighting not
    known, or two sheets that do not hold the same organisations.
    """
    if has_sheets(snapshot.path, PROMISE_SHEET, THEMES_SHEET):
        return _parse_detailed(snapshot)
    return _parse_benchmark(snapshot)


def _parse_detailed(snapshot: Snapshot) -> Parsed:
    promise, themes = (
        read_sheet(snapshot.path, name, snapshot.file_name)
        for name in (PROMISE_SHEET, THEMES_SHEET)
    )
    year = year_of(promise)
    if year_of(themes) != year:
        raise themes.complain(1, 1, f"the survey of {year}, as in sheet {PROMISE_SHEET!r}")
    check_claimed_year(snapshot.file_name, year)
    start, end = survey_year(year)
    period = (start.isoformat(), end.isoformat())
    figures = figures_frame((*period, *row) for row in trust_figures(promise, themes))
    return _parsed("detailed_workbook", figures, (start, end), snapshot.file_name)


def _parse_benchmark(snapshot: Snapshot) -> Parsed:
    sheets = [read_sheet(snapshot.path, name, snapshot.file_name) for name in SHEETS]
    years = years_of(sheets[0])
    for sheet in sheets[1:]:
        if years_of(sheet) != years:
            expected = f"the survey years {years[0]} to {years[-1]}, as in sheet {SHEETS[0]!r}"
            raise sheet.complain(1, 1, expected)
    check_claimed_year(snapshot.file_name, years[-1])
    figures = figures_frame(row for sheet in sheets for row in group_figures(sheet))
    span = (survey_year(years[0])[0], survey_year(years[-1])[1])
    return _parsed("benchmark_workbook", figures, span, snapshot.file_name)


def _parsed(layout: str, figures: pd.DataFrame, span: tuple[date, date], file_name: str) -> Parsed:
    if figures.empty:
        raise SourceError(f"{file_name}: no row of a trust.")
    return Parsed(layout, {"figures": refuse_duplicates(figures, file_name)}, *span)
