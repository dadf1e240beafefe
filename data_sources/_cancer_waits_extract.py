"""The cancer waiting times data extract by provider: several months of one financial year, without totals."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from data_sources._cancer_waits_counts import amount, financial_month, plain
from data_sources.layouts import Layout, layout_of, read_code
from data_sources.periods import month_after
from data_sources.source import SourceError
from data_sources.tables import Sheet, read_sheet

EXTRACT_SHEET = "CWT CRS Provider Extract"

_HEADER = Layout(
    1,
    (
        *("PERIOD", "YEAR", "MONTH", "STANDARD", "ORG CODE", "STAGE/ROUTE"),
        *("TREATMENT MODALITY", "CANCER TYPE", "TOTAL TREATED", "WITHIN STANDARD", "BREACHES"),
    ),
    (),
)
_STANDARDS = {
    "28-day FDS": "fds",
    "31-day Combined": "combined_31d",
    "62-day Combined": "combined_62d",
}
_ROUTES = {
    "fds": (
        "URGENT SUSPECTED CANCER",
        "NATIONAL SCREENING PROGRAMME",
        "BREAST SYMPTOMATIC, CANCER NOT SUSPECTED",
    ),
    "combined_31d": ("First Treatment", "Subsequent Treatment"),
    "combined_62d": (
        *("Urgent Suspected Cancer", "Breast Symptomatic"),
        *("Screening", "Consultant Upgrade"),
    ),
}
"""A route or stage that is not one of these might be a total over them, and counted twice."""

_ALL_MODALITIES, _ALL_CANCERS = "ALL MODALITIES", "ALL CANCERS"

Counts = tuple[Decimal, Decimal]
"""Patients in all, and those within the standard."""

Key = tuple[date, str, str]
"""Month, organisation and standard."""


def read_extract(path: Path, file_name: str) -> Iterator[tuple[object, ...]]:
    """Each provider's counts of each month and standard, added up over routes and cancer types.

    Rows of the 31- and 62-day standards tell every patient twice, once by treatment and once by cancer type;
    both must come to the same, and only one is counted. No England row is printed.
    """
    sheet = read_sheet(path, EXTRACT_SHEET, file_name)
    layout_of(sheet, (_HEADER,))
    by_cancer, by_treatment = _sums(sheet)
    _refuse_missing_standards(by_cancer, file_name)
    _refuse_unequal_partitions(by_cancer, by_treatment, file_name)
    for (month, code, standard), counts in by_cancer.items():
        period = (month.isoformat(), month_after(month).isoformat())
        for part, count in zip(("total", "within"), counts, strict=True):
            measure = f"{standard}_{part}"
            yield (*period, "provider", code, "", measure, plain(count), None, None)


def _sums(sheet: Sheet) -> tuple[dict[Key, Counts], dict[Key, Counts]]:
    """The counts by cancer type (of diagnosis by route, the only ones), and those by treatment."""
    zero = (Decimal(0), Decimal(0))
    sums: tuple[dict[Key, Counts], dict[Key, Counts]] = (
        defaultdict(lambda: zero),
        defaultdict(lambda: zero),
    )
    seen: set[tuple[str, ...]] = set()
    for row in range(2, len(sheet.rows) + 1):
        labels = tuple(sheet.rows[row - 1][:8])
        if labels in seen:
            raise sheet.complain(row, 5, "no second row of the same organisation, route and type")
        seen.add(labels)
        standard, is_by_treatment = _standard(sheet, row)
        key = (_month(sheet, row), read_code(sheet, row, 5), standard)
        total, within = _counts(sheet, row)
        before = sums[is_by_treatment][key]
        sums[is_by_treatment][key] = (before[0] + total, before[1] + within)
    return sums


def _month(sheet: Sheet, row: int) -> date:
    """The month of a row, which column A says as a day and columns B and C in words."""
    try:
        month = date.fromisoformat(sheet.cell(row, 1)[:10])
        stated = financial_month(sheet.cell(row, 2)[:4], sheet.cell(row, 3))
    except (ValueError, SourceError):
        raise sheet.complain(row, 1, "the first of a month, its year and name beside it") from None
    if month != stated:
        raise sheet.complain(row, 1, f"{stated.isoformat()} as in the columns beside it")
    return month


def _standard(sheet: Sheet, row: int) -> tuple[str, bool]:
    """The standard of a row, and whether the row is one of those by treatment."""
    standard = _STANDARDS.get(sheet.cell(row, 4))
    if standard is None:
        raise sheet.complain(row, 4, f"one of {', '.join(_STANDARDS)}")
    if sheet.cell(row, 6) not in _ROUTES[standard]:
        raise sheet.complain(row, 6, f"one of {'; '.join(_ROUTES[standard])}")
    modality, cancer = sheet.cell(row, 7), sheet.cell(row, 8)
    if not modality and standard != "fds":
        raise sheet.complain(row, 7, "a treatment modality")
    if modality and standard == "fds":
        raise sheet.complain(row, 7, "no treatment modality")
    is_by_treatment = modality not in ("", _ALL_MODALITIES)
    if not cancer or (cancer == _ALL_CANCERS) != is_by_treatment:
        expected = repr(_ALL_CANCERS) if is_by_treatment else "a type of cancer"
        raise sheet.complain(row, 8, expected)
    return standard, is_by_treatment


def _counts(sheet: Sheet, row: int) -> Counts:
    total, within, after = (_count(sheet, row, column) for column in (9, 10, 11))
    if total != within + after:
        raise sheet.complain(row, 9, f"{plain(within + after)}, those within and the breaches")
    return total, within


def _count(sheet: Sheet, row: int, column: int) -> Decimal:
    count = amount(sheet.cell(row, column))
    if count is None:
        raise sheet.complain(row, column, "a count of patients")
    return count


def _refuse_missing_standards(sums: dict[Key, Counts], file_name: str) -> None:
    """Every month from the first to the last has every standard: else the file was cut short."""
    found = {(month, standard) for month, _, standard in sums}
    if not found:
        raise SourceError(f"{file_name}, sheet {EXTRACT_SHEET!r}: no rows below the headings.")
    month, last = min(found)[0], max(found)[0]
    while month <= last:
        for name, standard in _STANDARDS.items():
            if (month, standard) not in found:
                raise SourceError(
                    f"{file_name}, sheet {EXTRACT_SHEET!r}: no row of {name} in {month:%B %Y}."
                )
        month = month_after(month)


def _refuse_unequal_partitions(
    by_cancer: dict[Key, Counts], by_treatment: dict[Key, Counts], file_name: str
) -> None:
    keys = {*by_cancer, *by_treatment}
    for key in sorted(key for key in keys if key[2] != "fds"):
        one, other = by_cancer.get(key), by_treatment.get(key)
        if one != other:
            month, code, standard = key
            found = " and ".join(plain(counts[0]) if counts else "none" for counts in (one, other))
            raise SourceError(
                f"{file_name}, sheet {EXTRACT_SHEET!r}: {standard} of {code} in {month:%B %Y} is not the "
                f"same by cancer type and by treatment ({found} patients)."
            )
