"""Compiled table of beds from the daily urgent and emergency care situation reports, April 2022 on."""

import pandas as pd

from data_sources._compiled_cells import Table, figures_of
from data_sources.tables import Sheet

COPIED = "2022-08"
"""A month that repeats the one before it in every cell: its compilers took July's file twice."""

_KINDS = (
    "general_acute_beds",
    "adult_general_acute_beds",
    "paediatric_general_acute_beds",
    "adult_critical_care_beds",
    "paediatric_intensive_cared_beds",
    "neonatal_intensive_care_bed",
)
_MEASURES = {
    "adult_general_acute_beds_available": "adult_beds_available",
    "adult_general_acute_beds_occupied": "adult_beds_occupied",
    "general_acute_beds_available": "beds_available",
    "general_acute_beds_occupied": "beds_occupied",
}


def trusts(_: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """General and acute beds, of adults and in all, as means of the days rounded to whole beds.

    A merged trust's old code goes on for some months with no beds. August 2022 and the columns of children's
    and critical care beds are not read.
    """
    return figures_of(frame[frame["month"] != COPIED], "provider", _MEASURES)


_COLUMNS = [f"{kind}_{state}" for kind in _KINDS for state in ("available", "occupied")]

TABLES = {
    ",".join(["org_code", "month", *_COLUMNS]): Table(
        "uec_beds", "compiled_trust_month", "figures", trusts
    )
}
