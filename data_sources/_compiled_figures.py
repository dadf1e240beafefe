"""Compiled tables of figures: A&E attendances to March 2019, and RTT incomplete pathways."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from data_sources._compiled_cells import TOTALS_ONLY, require
from data_sources.periods import month_after
from data_sources.source import FIGURE_COLUMNS
from data_sources.tables import Sheet

NO_BETTER_TABLE = ("2022-01", "2022-02", "2022-03", "2026-05")
"""Months whose pathways by weeks are known by successor organisation only: the table compiled from the
extracts of January to March 2022 has totals alone, and no other table reaches May 2026."""

NEIGHBOURS = ("2021-12", "2022-04", "2026-04")
"""Months beside NO_BETTER_TABLE that better tables cover too: they show which providers' figures by
successor organisation, patients from outside England included, are comparable with the published ones."""

NATIONAL = "NATIONAL"
"""Code given here to nationally commissioned pathways, which the extracts leave without one."""

FIRST_SYSTEMS = "2020-04"
"""Before this month the parents of commissioners are teams of NHS England, not systems."""

FIRST_105_BANDS = "2021-04"
"""Before this month the last band is 52 weeks and over: later thresholds do not exist."""

_BEYOND_52_WEEKS = {
    "over_65wk": "over_65_weeks",
    "over_78wk": "over_78_weeks",
    "over_104wk": "over_104_weeks",
}
_BY_WEEKS = {
    "within_18wk": "within_18_weeks",
    "over_52wk": "over_52_weeks",
    **_BEYOND_52_WEEKS,
}
_INCOMPLETE = {"total": "incomplete", **_BY_WEEKS}
_INCOMPLETE_INCL_NONC = {
    "total_incomplete": "incomplete_incl_nonc",
    **{column: f"{measure}_incl_nonc" for column, measure in _BY_WEEKS.items()},
}


def ae_trusts(_: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Attendances, those over four hours, and emergency admissions through A&E, by department type."""
    stems = {"attendances": "attendances", "breaches": "over_4h", "admissions": "admissions"}
    parts = []
    for kind, ending in (("1", "type1"), ("2", "type2"), ("other", "other")):
        measures = {column: f"{stem}_{ending}" for column, stem in stems.items()}
        rows = frame[frame["type"] == kind].assign(org_name="")
        parts.append(_figures(rows, "provider", measures))
    return pd.concat(parts, ignore_index=True)


def rtt_trusts(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Incomplete pathways as published, that is without patients of commissioners outside England (NONC).

    Months with totals only count those patients in: they give `incomplete_incl_nonc` and nothing else.
    Columns on decisions to admit, completed pathways and new periods are not read.
    """
    is_total_only = frame["basis"] == TOTALS_ONLY
    totals = frame[is_total_only]
    for column in _INCOMPLETE:
        require(sheet, totals, column, "", "nothing, as this month has totals only")
    parts = [
        _published_thresholds(_figures(frame[~is_total_only], "provider", _INCOMPLETE)),
        _figures(totals, "provider", {"total_incl_nonc": "incomplete_incl_nonc"}),
    ]
    return pd.concat(parts, ignore_index=True)


def rtt_systems(_: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Incomplete pathways by sustainability and transformation partnership, then ICB, from April 2020.

    Earlier rows are about teams of NHS England and are left out.
    """
    systems = frame[frame["month"] >= FIRST_SYSTEMS]
    codes = systems["parent_code"].replace("", NATIONAL)
    systems = systems.assign(org_code=codes, org_name=systems["parent_name"])
    return _published_thresholds(_figures(systems, "system", _INCOMPLETE))


def rtt_organisations(_: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Incomplete pathways by provider and by ICB, as published."""
    parts = [
        _figures(frame[frame["level"] == word], level, _INCOMPLETE)
        for word, level in (("provider", "provider"), ("icb", "system"))
    ]
    return pd.concat(parts, ignore_index=True)


def rtt_successors(_: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Incomplete pathways by successor organisation, NONC included, of the few months that need them.

    A blank beyond 52, 65 or 78 weeks meant none in every cell that could be compared with a published
    sheet; 104 weeks is read alike. The other months are left out.
    """
    needed = frame[frame["month"].isin((*NO_BETTER_TABLE, *NEIGHBOURS))].assign(org_name="")
    weeks = [column for column in _INCOMPLETE_INCL_NONC if column.startswith("over_")]
    filled = needed.assign(**{column: needed[column].replace("", "0") for column in weeks})
    return _figures(filled, "provider", _INCOMPLETE_INCL_NONC)


def _figures(frame: pd.DataFrame, level: str, measures: Mapping[str, str]) -> pd.DataFrame:
    """A figure for each row and each column of `measures` (column to measure)."""
    by = ["month", "level", "org_code", "org_name", "sheet", "source_row"]
    wide = frame.assign(level=level, sheet="csv", source_row=frame.index).rename(columns=measures)
    long = wide.melt(by, list(measures.values()), "measure")
    ends = {month: _end_of(month) for month in long["month"].unique()}
    long = long.assign(period_start=long["month"] + "-01", period_end=long["month"].map(ends))
    return long[list(FIGURE_COLUMNS)]


def _end_of(month: str) -> str:
    return month_after(date.fromisoformat(f"{month}-01")).isoformat()


def _published_thresholds(figures: pd.DataFrame) -> pd.DataFrame:
    """Leave out the blanks of weeks thresholds that did not exist yet; any other blank stays."""
    is_later = figures["measure"].isin(_BEYOND_52_WEEKS.values())
    is_early = figures["period_start"] < FIRST_105_BANDS
    return figures[~(is_later & is_early & (figures["value"] == ""))]
