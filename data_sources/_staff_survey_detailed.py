"""The detailed Staff Survey workbook of one year: a row per organisation, a base beside every score."""

import re
from collections.abc import Iterator

from data_sources._staff_survey_scores import read_score
from data_sources.layouts import Layout, last_filled, layout_of, read_code
from data_sources.source import SourceError
from data_sources.tables import Sheet

PROMISE_SHEET = "PEOPLE PROMISE ELEMENTS"
THEMES_SHEET = "THEMES"

Figure = tuple[str, str, str, str, str, str, int]
"""Level, code and name of an organisation, a measure with its text, and the sheet and row of the cell."""

TRUST_GROUPS = (
    "Acute and Acute & Community Trusts",
    "Acute Specialist Trusts",
    "Mental Health & Learning Disability and Mental Health, Learning Disability & Community Trusts",
    "Community Trusts",
    "Ambulance Trusts",
)
_OTHER_GROUPS = (
    "ICBs",
    "CSUs",
    "Social Enterprises - Community",
    "Social Enterprises - Mental Health",
    "Community Surgical Services",
)
_LABELS = ("ODS code", "Organisation name", "Benchmarking group", "Region", "ICS", "Weighting")
_WEIGHTED = "Occupation Group"
_TITLE = re.compile(r"NHS Staff Survey (20\d{2}) - WEIGHTED Results")
_HEADER_ROW = 5


def _layout(measures: dict[str, str], *scores: str) -> Layout:
    """Every score has its base right of it, under a heading that repeats."""
    figures = []
    for score in scores:
        measure = measures.get(score, "")
        figures.append((f"{score} - score", measure))
        figures.append(("Base (number of responses)", measure and f"{measure}_base"))
    return Layout(_HEADER_ROW, _LABELS, tuple(figures))


LAYOUTS = {
    PROMISE_SHEET: _layout(
        {"PP1": "compassionate_inclusive", "PP3_2": "raising_concerns", "PP4_2": "burnout"},
        *("PP1", "PP1_1", "PP1_2", "PP1_3", "PP1_4", "PP2", "PP3", "PP3_1", "PP3_2"),
        *("PP4", "PP4_1", "PP4_2", "PP4_3", "PP5", "PP5_1", "PP5_2"),
        *("PP6", "PP6_1", "PP6_2", "PP7", "PP7_1", "PP7_2"),
    ),
    THEMES_SHEET: _layout(
        {"Staff Engagement": "engagement", "Morale": "morale"},
        *("Staff Engagement", "E_1", "E_2", "E_3", "Morale", "M_1", "M_2", "M_3"),
    ),
}
"""The columns of the two sheets that are read, of the survey of 2024."""


def is_detailed_sheet(sheet: Sheet) -> bool:
    """Whether the title names the Staff Survey."""
    return sheet.cell(1, 1).startswith("NHS Staff Survey 20")


def year_of(sheet: Sheet) -> int:
    """The survey year in the title; unweighted results, as before 2021, are refused."""
    title = _TITLE.fullmatch(sheet.cell(1, 1))
    if title is None:
        raise sheet.complain(1, 1, "a title such as 'NHS Staff Survey 2024 - WEIGHTED Results'")
    return int(title[1])


def trust_figures(promise: Sheet, themes: Sheet) -> Iterator[Figure]:
    """Scores and bases of every trust; boards, support units and social enterprises are not read.

    Both sheets must hold the same organisations: that is how a lost row shows.
    """
    _refuse_other_organisations(promise, themes)
    for sheet in (promise, themes):
        layout = layout_of(sheet, (LAYOUTS[sheet.name],))
        for row in _rows(sheet):
            if _is_trust(sheet, row):
                yield from _scores(sheet, layout, row)


def _rows(sheet: Sheet) -> range:
    end = len(sheet.rows)
    while end > _HEADER_ROW and not last_filled(sheet, end):
        end -= 1
    if end == _HEADER_ROW:
        raise sheet.complain(_HEADER_ROW + 1, 1, "an organisation code")
    return range(_HEADER_ROW + 1, end + 1)


def _refuse_other_organisations(promise: Sheet, themes: Sheet) -> None:
    known = _organisations(promise)
    found = _organisations(themes)
    for code in [*known, *found]:
        if known.get(code) != found.get(code):
            raise SourceError(
                f"{promise.file_name}, sheets {promise.name!r} and {themes.name!r}: "
                f"they do not say the same of {code}."
            )


def _organisations(sheet: Sheet) -> dict[str, list[str]]:
    """What stands left of the figures, by code."""
    found: dict[str, list[str]] = {}
    for row in _rows(sheet):
        code = read_code(sheet, row, 1)
        if code in found:
            raise sheet.complain(row, 1, "no second row of the same organisation")
        found[code] = list(sheet.rows[row - 1][: len(_LABELS)])
    return found


def _is_trust(sheet: Sheet, row: int) -> bool:
    group = sheet.cell(row, 3)
    if group in _OTHER_GROUPS:
        return False
    if group not in TRUST_GROUPS:
        raise sheet.complain(row, 3, "a known benchmarking group")
    if sheet.cell(row, 6) != _WEIGHTED:
        raise sheet.complain(row, 6, f"{_WEIGHTED!r}, as trusts are weighted")
    return True


def _scores(sheet: Sheet, layout: Layout, row: int) -> Iterator[Figure]:
    body = ("provider", sheet.cell(row, 1), sheet.cell(row, 2))
    texts = dict(layout.read(sheet, row))
    for column, (_, measure) in enumerate(layout.figures, start=len(layout.labels) + 1):
        if measure and f"{measure}_base" in texts:
            score, base = read_score(sheet, row, column, column + 1)
            yield (*body, measure, score, sheet.name, row)
            yield (*body, f"{measure}_base", base, sheet.name, row)
