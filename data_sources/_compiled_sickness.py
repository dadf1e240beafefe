"""Compiled table of sickness absence: days lost and available by calendar quarter, 2009 to 2023."""

import pandas as pd

from data_sources._compiled_cells import Table, figures_of, require
from data_sources.source import LayoutChanged
from data_sources.tables import Sheet

_NUMBER = (r"\d+(?:\.\d+)?", "a number")
_ROUNDING = 0.000_005_5
"""The rate beside the counts is a share to five decimals."""


def sickness_quarters(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """Days lost and available of a calendar quarter, of the months in which an organisation had staff.

    An organisation that opened or closed inside a quarter has the days of its own months alone: the rate is
    right for these, the counts are no whole quarter's. Commissioners before April 2013 are not in the table,
    so that it does not add up to England.
    """
    for column in ("fte_days_lost", "fte_days_available"):
        require(sheet, frame, column, *_NUMBER)
    _refuse_other_rates(sheet, frame)
    measures = {"fte_days_lost": "days_lost", "fte_days_available": "days_available"}
    return figures_of(frame, "provider", measures, "quarter")


def _refuse_other_rates(sheet: Sheet, frame: pd.DataFrame) -> None:
    """Without days available there is no rate; else it follows from the counts."""
    lost, available = (pd.to_numeric(frame[f"fte_days_{what}"]) for what in ("lost", "available"))
    stated = pd.to_numeric(frame["sickness_rate"], errors="coerce")
    is_empty = available.eq(0) & lost.eq(0) & frame["sickness_rate"].eq("")
    strange = ~is_empty & ~((lost / available - stated).abs() <= _ROUNDING)
    if strange.any():
        row = int(frame.index[strange][0])
        expected = "the days lost as a share of those available"
        place = sheet.place(row, sheet.rows[0].index("sickness_rate") + 1)
        raise LayoutChanged(sheet.file_name, place, expected, frame["sickness_rate"][row])


TABLES = {
    "quarter,org_code,fte_days_lost,fte_days_available,sickness_rate": Table(
        "sickness_absence", "compiled_org_quarter", "figures", sickness_quarters
    ),
}
