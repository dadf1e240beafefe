"""Tables that others compiled from published files, read for the embedded bundle where no file is at hand.

A table is recognised by its exact header and becomes a layout of the publication it was compiled from. Each
reader says what it leaves out; a table it cannot trust is a SourceError naming row and column.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from data_sources import _compiled_figures as figures
from data_sources import _compiled_reference as reference
from data_sources._compiled_cells import read_frame
from data_sources.periods import month_after
from data_sources.source import Parsed, Snapshot, SourceError
from data_sources.tables import Sheet, read_delimited, refuse_duplicates


@dataclass(frozen=True)
class Table:
    """Which publication a compiled table stands for, as which of its layouts, what it gives, and how."""

    source_id: str
    layout: str
    gives: str
    read: Callable[[Sheet, pd.DataFrame], pd.DataFrame]


def recognise_compiled(path: Path) -> tuple[str, str] | None:
    """Source and layout that a file with exactly this header line stands for, or None."""
    with path.open("rb") as file:
        header = file.readline(1000).decode("utf-8-sig", errors="replace").rstrip("\r\n")
    table = TABLES.get(header)
    return (table.source_id, table.layout) if table else None


def parse_compiled(snapshot: Snapshot) -> Parsed:
    """The figures or reference rows of a compiled table; `source_row` is the line of the table."""
    sheet = read_delimited(snapshot.path.read_bytes(), snapshot.file_name)
    table = TABLES.get(",".join(sheet.rows[0])) if sheet.rows else None
    if table is None or table.source_id != snapshot.source_id:
        raise sheet.complain(1, 1, f"the header of a table compiled from {snapshot.source_id}")
    rows = table.read(sheet, read_frame(sheet))
    if rows.empty:
        raise SourceError(f"{snapshot.file_name}: no row that is read.")
    if table.gives != "figures":
        return Parsed(table.layout, {table.gives: rows})
    refuse_duplicates(rows, snapshot.file_name)
    first, last = (date.fromisoformat(rows["period_start"].agg(end)) for end in ("min", "max"))
    return Parsed(table.layout, {table.gives: rows}, first, month_after(last))


_WEEKS = "within_18wk,over_52wk,over_65wk,over_78wk,over_104wk"

TABLES = {
    "month,org_code,type,attendances,breaches,admissions": Table(
        "ae_monthly", "compiled_trust_month", "figures", figures.ae_trusts
    ),
    f"month,org_code,org_name,parent_code,total,{_WEEKS},total_incl_nonc,with_dta,"
    "completed_admitted,completed_nonadmitted,new_periods,basis": Table(
        "rtt", "compiled_full_extract", "figures", figures.rtt_trusts
    ),
    f"month,parent_code,parent_name,total,{_WEEKS}": Table(
        "rtt", "compiled_full_extract_systems", "figures", figures.rtt_systems
    ),
    f"month,org_code,org_name,level,total,{_WEEKS},status": Table(
        "rtt", "compiled_org_month", "figures", figures.rtt_organisations
    ),
    f"org_code,month,total_incomplete,{_WEEKS},published_total,published_within_18wk,"
    "published_over_52wk,published_over_65wk,published_over_78wk": Table(
        "rtt", "compiled_successor_month", "figures", figures.rtt_successors
    ),
    "org_code,org_name,status,primary_role_id,is_nhs_trust,is_foundation_trust,"
    "legal_start_date,legal_end_date,valid_from,valid_to,post_code": Table(
        "ods", "compiled_organisations", "organisations", reference.organisations
    ),
    "predecessor_code,successor_code,legal_start_date": Table(
        "ods", "compiled_successions", "successions", reference.successions
    ),
    "org_code,org_name,org_type,region_name,icb_code,icb_name,icb_code_2022,icb_name_2022": Table(
        "ods", "compiled_memberships", "icb_memberships", reference.memberships
    ),
    "org_code,icb_name,open_date,close_date,is_current,icb_ons_code": Table(
        "ods", "compiled_icbs", "icbs", reference.icbs
    ),
}
"""Every compiled table that is read, by its header line."""
