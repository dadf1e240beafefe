"""Compiled tables of the acute discharge situation report: monthly means of trusts, April 2022 on."""

import pandas as pd

from data_sources._compiled_cells import Table, figures_of
from data_sources.tables import Sheet

_READY = {
    "do_not_meet_criteria_to_reside_mean": "no_longer_meeting",
    "do_not_meet_criteria_to_reside_days": "no_longer_meeting_days",
    "zero_days": "no_longer_meeting_zero_days",
}
_DISCHARGED = {
    "discharged_total_mean": "discharged",
    "discharged_total_days": "discharged_days",
    "zero_days": "discharged_zero_days",
}
_PARTS = (
    f"discharged_{part}_{kind}"
    for part in ("by_1700", "between_1701_2359", "total")
    for kind in ("mean", "days")
)


def ready_trusts(_: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Patients who no longer meet the criteria to reside: mean of the days with a number, and their number.

    The like tables of systems are not read: a day on which one of its trusts sent nothing counts that
    trust as nobody, and nothing in the table shows it.
    """
    return figures_of(frame, "provider", _READY)


def discharged_trusts(_: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Those of them discharged the same day; the parts of the day, known to May 2023 only, are not read."""
    return figures_of(frame, "provider", _DISCHARGED)


TABLES = {
    "org_code,month,days_in_source,do_not_meet_criteria_to_reside_mean,"
    "do_not_meet_criteria_to_reside_days,zero_days": Table(
        "discharge_sitrep", "compiled_ready_trusts", "figures", ready_trusts
    ),
    ",".join(["org_code", "month", "days_in_source", *_PARTS, "zero_days"]): Table(
        "discharge_sitrep", "compiled_discharged_trusts", "figures", discharged_trusts
    ),
}
