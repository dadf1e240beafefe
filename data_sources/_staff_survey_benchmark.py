"""The Staff Survey benchmark workbook: a sheet per group of trusts, several survey years side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from data_sources._staff_survey_scores import read_score, survey_year
from data_sources.layouts import last_filled, read_code
from data_sources.source import LayoutChanged
from data_sources.tables import Sheet

SHEETS = (
    "Acute&Acute Community Trusts",
    "Acute Specialist Trusts",
    "MH&LD, MH, LD&Community Trusts",
    "Community Trusts",
    "Ambulance Trusts",
)
"""The groups of trusts. Sheets of boards, support units and social enterprises may follow, not read."""

SCORES = {
    "PP1": "compassionate_inclusive",
    "PP3_2": "raising_concerns",
    "PP4_2": "burnout",
    "theme_engagement": "engagement",
    "theme_morale": "morale",
}
"""What the columns of a score begin with: `PP1_2024` holds the score of 2024, `PP1_n_2024` its base."""

Dated = tuple[str, str, str, str, str, str, str, str, int]
"""A figure as in `FIGURE_COLUMNS`: its year's bounds first."""


@dataclass(frozen=True)
class _Score:
    """The score of one year: its measure and the 1-based columns of the score and of its base."""

    year: int
    measure: str
    column: int
    base_column: int


def is_benchmark_sheet(sheet: Sheet) -> bool:
    """Whether the first row has the headings by which benchmark sheets name organisations."""
    return {"org_id", "org_name"} <= set(_headings(sheet))


def _headings(sheet: Sheet) -> list[str]:
    return list(sheet.rows[0]) if sheet.rows else []


def years_of(sheet: Sheet) -> list[int]:
    """Survey years of the sheet, oldest first; every score must reach the latest without a gap."""
    by_score = {
        stem: sorted(score.year for score in _scores(sheet) if score.measure == measure)
        for stem, measure in SCORES.items()
    }
    latest = max((years[-1] for years in by_score.values() if years), default=0)
    for stem, years in by_score.items():
        if not years or years != list(range(years[0], latest + 1)):
            expected = f"columns {stem}_YYYY for every year up to {latest or 'the latest'}"
            raise LayoutChanged(sheet.file_name, sheet.place(1), expected, years)
    return sorted({year for years in by_score.values() for year in years})


def _scores(sheet: Sheet) -> list[_Score]:
    found = []
    for heading in _headings(sheet):
        for stem, measure in SCORES.items():
            if match := re.fullmatch(rf"{stem}_(20\d{{2}})", heading):
                column, base = _column(sheet, heading), _column(sheet, f"{stem}_n_{match[1]}")
                found.append(_Score(int(match[1]), measure, column, base))
    return found


def _column(sheet: Sheet, heading: str) -> int:
    headings = _headings(sheet)
    if headings.count(heading) != 1:
        expected = f"one column headed {heading!r}"
        raise LayoutChanged(sheet.file_name, sheet.place(1), expected, headings.count(heading))
    return headings.index(heading) + 1


def group_figures(sheet: Sheet) -> Iterator[Dated]:
    """Scores and bases of every trust of a group in every year, blank where it took no part."""
    code, name = _column(sheet, "org_id"), _column(sheet, "org_name")
    scores = _scores(sheet)
    end = max((row for row in range(1, len(sheet.rows) + 1) if last_filled(sheet, row)), default=1)
    if end == 1:
        raise sheet.complain(2, code, "an organisation code")
    for row in range(2, end + 1):
        _refuse_unheaded(sheet, row)
        body = ("provider", read_code(sheet, row, code), sheet.cell(row, name))
        for one in scores:
            start, after = survey_year(one.year)
            period = (start.isoformat(), after.isoformat())
            score, base = read_score(sheet, row, one.column, one.base_column)
            yield (*period, *body, one.measure, score, sheet.name, row)
            yield (*period, *body, f"{one.measure}_base", base, sheet.name, row)


def _refuse_unheaded(sheet: Sheet, row: int) -> None:
    for column in range(1, len(sheet.rows[row - 1]) + 1):
        if sheet.cell(row, column) and not sheet.cell(1, column):
            raise sheet.complain(row, column, "nothing under a column without a heading")
