"""Compiled tables of figures: A&E attendances to March 2019, and RTT incomplete pathways."""

import pandas as pd

from data_sources._compiled_cells import TOTALS_ONLY, Table, figures_of, require
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
        rows = frame[frame["type"] == kind]
        parts.append(figures_of(rows, "provider", measures))
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
        _published_thresholds(figures_of(frame[~is_total_only], "provider", _INCOMPLETE)),
        figures_of(totals, "provider", {"total_incl_nonc": "incomplete_incl_nonc"}),
    ]
    return pd.concat(parts, ignore_index=True)


def rtt_systems(_: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Incomplete pathways by sustainability and transformation partnership, then ICB, from April 2020.

    Earlier rows are about teams of NHS England and are left out.
    """
    systems = frame[frame["month"] >= FIRST_SYSTEMS]
    codes = systems["parent_code"].replace("", NATIONAL)
    systems = systems.assign(org_code=codes, org_name=systems["parent_name"])
    return _published_thresholds(figures_of(systems, "system", _INCOMPLETE))


def rtt_organisations(_: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Incomplete pathways by provider and by ICB, as published."""
    parts = [
        figures_of(frame[frame["level"] == word], level, _INCOMPLETE)
        for word, level in (("provider", "provider"), ("icb", "system"))
    ]
    return pd.concat(parts, ignore_index=True)


def rtt_successors(_: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Incomplete pathways by successor organisation, NONC included, of the few months that need them.

    A blank beyond 52, 65 or 78 weeks meant none in every cell that could be compared with a published
    sheet; 104 weeks is read alike. The other months are left out.
    """
    needed = frame[frame["month"].isin((*NO_BETTER_TABLE, *NEIGHBOURS))]
    weeks = [column for column in _INCOMPLETE_INCL_NONC if column.startswith("over_")]
    filled = needed.assign(**{column: needed[column].replace("", "0") for column in weeks})
    return figures_of(filled, "provider", _INCOMPLETE_INCL_NONC)


def _published_thresholds(figures: pd.DataFrame) -> pd.DataFrame:
    """Leave out the blanks of weeks thresholds that did not exist yet; any other blank stays."""
    is_later = figures["measure"].isin(_BEYOND_52_WEEKS.values())
    is_early = figures["period_start"] < FIRST_105_BANDS
    return figures[~(is_later & is_early & (figures["value"] == ""))]


_WEEKS = "within_18wk,over_52wk,over_65wk,over_78wk,over_104wk"

TABLES = {
    "month,org_code,type,attendances,breaches,admissions": Table(
        "ae_monthly", "compiled_trust_month", "figures", ae_trusts
    ),
    f"month,org_code,org_name,parent_code,total,{_WEEKS},total_incl_nonc,with_dta,"
    "completed_admitted,completed_nonadmitted,new_periods,basis": Table(
        "rtt", "compiled_full_extract", "figures", rtt_trusts
    ),
    f"month,parent_code,parent_name,total,{_WEEKS}": Table(
        "rtt", "compiled_full_extract_systems", "figures", rtt_systems
    ),
    f"month,org_code,org_name,level,total,{_WEEKS},status": Table(
        "rtt", "compiled_org_month", "figures", rtt_organisations
    ),
    f"org_code,month,total_incomplete,{_WEEKS},published_total,published_within_18wk,"
    "published_over_52wk,published_over_65wk,published_over_78wk": Table(
        "rtt", "compiled_successor_month", "figures", rtt_successors
    ),
}
