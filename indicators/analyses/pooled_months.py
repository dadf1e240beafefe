"""Published values and days as the analysis `pooled` counts them, and what it says of an indicator."""

from datetime import date
from functools import cache
from typing import Any

import duckdb
import pandas as pd

from indicators.analyses.published_series import span_of
from indicators.analyses.refusal import Refusal
from indicators.charted import steady, within
from indicators.definition import Indicator
from indicators.frozen_entries import first_exposed
from sql.reads import read

TRUSTS = ("acute", "mental_health", "community", "ambulance", "specialist")


def values_of(
    spec: Any, indicator: Indicator, warehouse: duckdb.DuckDBPyConnection, types: pd.Series
) -> pd.DataFrame:
    """The charted values of the organisations in `types` (by code), by organisation and time.

    Refusal where there are none.
    """
    values = read(
        warehouse, "lineage_values", indicator=indicator.indicator_id, lineage=spec.lineage
    )
    charted = steady(within(values, span_of(spec, date.min)), indicator)
    chosen = charted[charted["org_code"].isin(types.index)]
    if chosen.empty:
        text = f"indicator: there is no value of {spec.indicator} for the type {spec.org_type}."
        raise Refusal("NEEDS_DATA", text)
    return chosen.sort_values(["org_code", "period_start"], ignore_index=True)


def refuse_shared(indicator: Indicator) -> None:
    """Refuse figures that share data with their neighbours, and those of years."""
    if indicator.shared_periods:
        text = (
            f"Figures of {indicator.title} share data with the ones before: an entry is smeared out"
        )
        raise Refusal("ROLLING_WINDOW", f"{text}. Use a measure of single months.")
    if indicator.cadence == "year":
        text = f"{indicator.title} has one figure a year"
        raise Refusal(
            "TOO_FEW_POINTS", f"{text}: a year before and after an entry would be one each."
        )


@cache
def exposed_month(day: pd.Timestamp | None) -> pd.Timestamp | None:
    """The first of the month first exposed to what happened on a day."""
    if day is None or pd.isna(day):
        return None
    count = int(first_exposed(pd.Series([day])).iloc[0])
    return pd.Timestamp(year=count // 12, month=count % 12 + 1, day=1)


def count_of_month(month: pd.Timestamp | None, step: int) -> int | None:
    """As `as_series` counts periods: months or quarters."""
    if month is None:
        return None
    return 12 * month.year + month.month if step == 1 else 4 * month.year + month.quarter


def notices_of(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    """That the definition changed, and when."""
    if not indicator.breaks:
        return ()
    days = ", ".join(f"{item.on:%B %Y}" for item in indicator.breaks)
    text = f"The definition of {indicator.title} changed ({days})"
    advice = "Entries within a year of it are left out; the event study reaches across it"
    return (("DEFINITION_CHANGED", f"{text}. {advice}."),)
