"""Summing an RTT full extract to providers and to the systems that commission the care."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

import pandas as pd

from data_sources._rtt_extract import Extract
from data_sources._rtt_layouts import ALL_FUNCTIONS
from data_sources.layouts import is_code
from data_sources.periods import month_after, read_month
from data_sources.source import LayoutChanged, SourceError
from data_sources.tables import figures_frame

FIRST_SYSTEMS = date(2020, 4, 1)
"""Before this month the commissioners' parents are NHS England's own teams, not systems."""

NOT_ENGLAND = "NONC"

_WITHIN_WEEKS = 18
_LONG_WAITS = (52, 65, 78, 104)
_KEYS = ["provider", "commissioner", "function"]
_ORGANISATION = {"provider": ("provider", "provider_name"), "system": ("parent", "parent_name")}
_FINANCIAL_YEAR = re.compile(r"(20\d{2})-\d{2}")


def extract_month(extract: Extract, file_name: str) -> date:
    """First day of the month an extract tells of; January to March end their financial year."""
    if len(extract.period) == 1:
        return read_month(extract.period[0], f"{file_name}, column 'Period'")
    year, name = extract.period
    match = _FINANCIAL_YEAR.fullmatch(year)
    if match is None:
        expected = "a financial year such as '2015-16'"
        raise LayoutChanged(file_name, "column 'Year'", expected, year)
    month = read_month(f"{name} {match[1]}", f"{file_name}, column 'Period Name'")
    return month if month.month > 3 else month.replace(year=month.year + 1)


def extract_figures(extract: Extract, month: date, file_name: str) -> pd.DataFrame:
    """Figures of one month by provider and, from FIRST_SYSTEMS, by system, in pathways.

    Patients of commissioners outside England (`NONC`) are left out, as in the publisher's own
    provider figures. Care commissioned nationally has no parent and so counts in no system, only
    in its provider. A SourceError refuses rows that contradict each other: a count of the whole
    that is not the sum of its bands or functions, a row given twice, a row without a code.
    """
    rows, measures = extract.rows, _measures(extract)
    _check_bands(extract, file_name)
    _check_rows(rows, file_name)
    counted = _counted_once(rows, measures, file_name) & (rows["commissioner"] != NOT_ENGLAND)
    levels = ["provider", "system"] if month >= FIRST_SYSTEMS else ["provider"]
    sums = [_sums(rows[counted], measures[counted], level, month) for level in levels]
    return figures_frame(chain.from_iterable(sums))


def _measures(extract: Extract) -> pd.DataFrame:
    bands = extract.bands
    measures = {"incomplete": extract.rows["total"]}
    measures["within_18_weeks"] = bands.iloc[:, :_WITHIN_WEEKS].sum(axis=1)
    for weeks in _LONG_WAITS:
        if weeks < bands.shape[1]:
            measures[f"over_{weeks}_weeks"] = bands.iloc[:, weeks:].sum(axis=1)
    return pd.DataFrame(measures)


def _check_bands(extract: Extract, file_name: str) -> None:
    total = extract.rows["total"]
    added = extract.bands.sum(axis=1) + extract.rows["unknown_start"]
    wrong = added.index[added != total]
    if len(wrong):
        row = wrong[0]
        raise SourceError(
            f"{file_name}, row {row}: the bands add up to {added[row]} pathways, "
            f"but 'Total All' is {total[row]}."
        )


def _check_rows(rows: pd.DataFrame, file_name: str) -> None:
    if rows.empty:
        raise SourceError(f"{file_name}: no rows of incomplete pathways (part 2).")
    for key in _KEYS:
        blank = rows.index[rows[key] == ""]
        if len(blank):
            raise LayoutChanged(file_name, f"row {blank[0]}", f"a {key} code", "")
    _check_codes(rows, file_name)
    repeated = rows[rows.duplicated(_KEYS)]
    if not repeated.empty:
        of = " / ".join(repeated.iloc[0][_KEYS])
        raise SourceError(f"{file_name}, row {repeated.index[0]}: a second row for {of}.")


def _check_codes(rows: pd.DataFrame, file_name: str) -> None:
    """What figures are told of must be organisations; national commissioning has no parent."""
    for column, what in (("provider", "a provider code"), ("parent", "a system's code or nothing")):
        for code in rows[column].unique():
            if not is_code(code) and (code or column == "provider"):
                row = rows.index[rows[column] == code][0]
                raise LayoutChanged(file_name, f"row {row}", what, code)


def _counted_once(rows: pd.DataFrame, measures: pd.DataFrame, file_name: str) -> "pd.Series[bool]":
    """Marks the rows to add up: the totals over functions, or every row of a file without any."""
    is_total = rows["function"] == ALL_FUNCTIONS
    if not is_total.any():
        return ~is_total
    signed = measures.where(is_total, -measures)
    difference = signed.groupby([rows["provider"], rows["commissioner"]]).sum()
    wrong = difference[(difference != 0).any(axis=1)]
    if not wrong.empty:
        raise SourceError(
            f"{file_name}: the functions of {' / '.join(wrong.index[0])} do not add up to its "
            f"{ALL_FUNCTIONS} row (difference in {wrong.iloc[0].ne(0).idxmax()})."
        )
    return is_total


def _sums(
    rows: pd.DataFrame, measures: pd.DataFrame, level: str, month: date
) -> Iterator[tuple[object, ...]]:
    code, name = _ORGANISATION[level]
    span = (month.isoformat(), month_after(month).isoformat())
    names = rows.groupby(code)[name].first()
    sums = measures.groupby(rows[code]).sum().drop(index="", errors="ignore")
    for org_code, counts in zip(sums.index.astype(str), sums.to_dict("records"), strict=True):
        for measure, count in counts.items():
            yield (*span, level, org_code, names[org_code], measure, str(count), None, None)
