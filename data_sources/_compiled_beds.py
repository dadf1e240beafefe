"""Compiled table of figures: beds available and occupied overnight, by trust and quarter."""

import re
from datetime import timedelta

import pandas as pd

from data_sources._compiled_cells import Table, figures_of, require
from data_sources.periods import find_financial_quarter, months_after
from data_sources.source import SourceError
from data_sources.tables import Sheet

_MEASURES = {
    f"{sector}_on_beds_{kind}": f"{sector}_{kind}"
    for kind in ("available", "occupied")
    for sector in ("total", "general_acute", "mental_illness")
}
_ENGLAND = "ENGLAND"
_TRUST_CODE = r"(?!(?:ENG|ALL|SUM|TOTAL)$)[A-Z0-9]{3,6}"

_TOLERANCE = 0.001
"""Beds by which sums may miss England's row: decimals are cut after 15 figures."""


def beds(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Mean daily beds of every trust and, from the rows without a code, of England.

    Primary care trusts are among the organisations to 2013. The second source's columns are not read: they
    hold the same beds in every row that has them. A quarter whose trusts do not add up to England is refused.
    """
    is_england = frame["org_code"].eq("") & frame["org_name"].eq(_ENGLAND)
    require(sheet, frame[~is_england], "org_code", _TRUST_CODE, "an organisation's code")
    _refuse_other_period_ends(sheet, frame)
    _refuse_unequal_sums(sheet, frame, is_england)
    dated = frame.assign(quarter=frame["period_end"].map(_calendar_quarter))
    parts = (
        ("provider", dated[~is_england]),
        ("england", dated[is_england].assign(org_code="ENG")),
    )
    figures = [figures_of(rows, level, _MEASURES, period="quarter") for level, rows in parts]
    return pd.concat(figures, ignore_index=True)


def _refuse_other_period_ends(sheet: Sheet, frame: pd.DataFrame) -> None:
    """Both columns on the period must say the same quarter: `2010-11 Q1` ends on 2010-06-30."""
    for quarter, rows in frame.groupby("financial_quarter"):
        start = find_financial_quarter(str(quarter))
        last_day = months_after(start, 3) - timedelta(days=1) if start else "no day"
        expected = f"the last day of {quarter!r}"
        require(sheet, rows, "period_end", re.escape(str(last_day)), expected)


def _refuse_unequal_sums(sheet: Sheet, frame: pd.DataFrame, is_england: pd.Series) -> None:
    """A lost or altered row shows, and so does a quarter without England's row or with two of them."""
    numbers = frame[list(_MEASURES)].apply(pd.to_numeric, errors="coerce").astype(float)
    quarters = frame["financial_quarter"]
    stated, added = (
        numbers[rows].groupby(quarters[rows]).sum(min_count=1) for rows in (is_england, ~is_england)
    )
    every = added.index.union(stated.index)
    for column in _MEASURES:
        england, trusts = (sums[column].reindex(every) for sums in (stated, added))
        for quarter in england.index[~((trusts - england).abs() <= _TOLERANCE)]:
            raise SourceError(
                f"{sheet.file_name}, sheet {sheet.name!r}: {column} of England in {quarter} is "
                f"{england[quarter]:.3f}, but its trusts add up to {trusts[quarter]:.3f}."
            )


def _calendar_quarter(last_day: str) -> str:
    """`2010-06-30` is the last day of the calendar quarter 2010-Q2."""
    return f"{last_day[:4]}-Q{int(last_day[5:7]) // 3}"


def _columns(kind: str) -> str:
    sectors = ("total", "general_acute", "learn_disabil", "maternity", "mental_illness")
    return ",".join(f"{sector}_on_beds_{kind}" for sector in sectors)


TABLES = {
    f"org_code,org_name,financial_quarter,period_end,{_columns('available')},{_columns('occupied')},"
    "second_source_general_acute_available,second_source_general_acute_occupied": Table(
        "kh03", "compiled_trust_quarter", "figures", beds, own_cells=("org_code",)
    ),
}
