"""Compiled tables of diagnostics waiting times (DM01): single months from April 2020 to April 2022."""

import pandas as pd

from data_sources._compiled_cells import Table, figures_of, require
from data_sources.tables import Sheet

TOTAL_ONLY = "total only"
"""What marks a month of which the table has the waiting list but not how long people had waited."""

_BY_WEEKS = {"waiting_6wk": "waiting_6_weeks_plus", "waiting_13wk": "waiting_13_weeks_plus"}


def dm01_trusts(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Waiting lists, and where the month has them those waiting 6 and 13 weeks or more; first releases."""
    require(sheet, frame, "basis", f"(?:{TOTAL_ONLY}|snapshot)", f"{TOTAL_ONLY!r} or 'snapshot'")
    is_total_only = frame["basis"] == TOTAL_ONLY
    for column in _BY_WEEKS:
        require(sheet, frame[is_total_only], column, "", "nothing, as this month has totals only")
    parts = [
        figures_of(frame, "provider", {"waiting_total": "waiting"}),
        figures_of(frame[~is_total_only], "provider", _BY_WEEKS),
    ]
    return pd.concat(parts, ignore_index=True)


TABLES = {
    "month,org_code,waiting_total,basis,waiting_6wk,waiting_13wk": Table(
        "dm01", "compiled_trust_snapshots", "figures", dm01_trusts, own_cells=("basis",)
    ),
}
