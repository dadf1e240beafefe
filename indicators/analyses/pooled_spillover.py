"""Neighbours of those that entered: trusts in segment 3 whose system has another in a programme (METHODS 9).

A system (integrated care board, as its trusts belong today) is one unit: its trusts share their exposure, so
that the spread between systems, and not between trusts, tells how sure an effect is.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import duckdb
import pandas as pd

from indicators.analyses.own_panel import GivenPanel
from indicators.analyses.pooled_months import (
    TRUSTS,
    count_of_month,
    exposed_month,
    notices_of,
    values_of,
)
from indicators.analyses.pooled_rows import PooledRows, Stretch
from indicators.analyses.published_series import as_series
from indicators.charted import SIDES
from indicators.definition import Indicator
from indicators.its_stays import Stay, first_month, stays_of
from indicators.series import read_spells
from sql.reads import read

LATER = "another neighbour was, or may have been, in a programme when this one entered"
VAGUE = "no source gives the entry of its neighbour to the month"
WIDE = (
    "the whole system was in a programme within a year, so no neighbour's effect can be told apart"
)
ICS_WIDE = (
    "ICS_WIDE_SUPPORT",
    "Where a whole system was supported, its trusts were too, and no neighbour's effect can be told apart. "
    "Such systems are left out.",
)


def spillover_rows(
    spec: Any, indicator: Indicator, warehouse: duckdb.DuckDBPyConnection
) -> PooledRows:
    """Systems with the mean figures of their segment-3 trusts, each against its own mean, and exposures.

    Beside an exposed system stand those of which no trust, nor the whole, is in a programme then.
    """
    organisations = read(warehouse, "organisations").set_index("org_code")
    step = indicator.step_months
    members = _members(warehouse, organisations)
    values = values_of(spec, indicator, warehouse, members)
    series = GivenPanel(as_series(means_by_system(values, members), indicator, {}))
    stays = stays_of(read_spells(warehouse))
    stretches = [
        stretch
        for system in series.units
        for stretch in exposures_of(system, _of_system(stays, organisations, system), step)
    ]
    return PooledRows(
        series,
        tuple(stretches),
        _controls(series.units, stretches),
        dict.fromkeys(series.units, "icb"),
        {"controls": "not_yet", "improvement": SIDES[indicator.better]},
        12 // step,
        names={str(code): str(name) for code, name in organisations["org_name"].items()},
        notices=_notices(indicator, stretches),
    )


def _controls(systems: list[str], stretches: list[Stretch]) -> dict[str, tuple[str, ...]]:
    ever = {one.unit for one in stretches}
    never = tuple(system for system in systems if system not in ever)
    return {"not_yet": tuple(systems), "never": never}


def _notices(indicator: Indicator, stretches: list[Stretch]) -> tuple[tuple[str, str], ...]:
    is_wide = any(WIDE in one.why_not.values() for one in stretches)
    return (*notices_of(indicator), *([ICS_WIDE] if is_wide else []))


def exposed_of(
    warehouse: duckdb.DuckDBPyConnection, stays: list[Stay], step: int
) -> tuple[Stretch, ...]:
    """When each segment-3 trust may have had a neighbour in a programme; `stays`: all on record."""
    organisations = read(warehouse, "organisations").set_index("org_code")
    members = _members(warehouse, organisations)
    found = {
        system: exposures_of(system, _of_system(stays, organisations, system), step)
        for system in members.unique()
    }
    return tuple(
        replace(one, unit=str(trust), first=None)
        for trust, system in members.items()
        for one in found[system]
    )


def _members(warehouse: duckdb.DuckDBPyConnection, organisations: pd.DataFrame) -> pd.Series:
    """The system of each trust that was in segment 3, never lower and never in a programme, by code."""
    never = read(warehouse, "never_by_segment")
    is_third = never["was_in_three"] & ~never["was_in_four"] & never["org_type"].isin(TRUSTS)
    return organisations["icb_code"].reindex(never.loc[is_third, "org_code"]).dropna()


def means_by_system(values: pd.DataFrame, members: pd.Series) -> pd.DataFrame:
    """Means over a system's trusts: a trust that lacks a month does not move them by its level."""
    level = values.groupby("org_code")["value"].transform("mean")
    system = values["org_code"].map(members)
    apart = values.assign(value=values["value"] - level, org_code=system)
    return apart.groupby(["org_code", "period_start"])["value"].mean().reset_index()


def _of_system(stays: Iterable[Stay], organisations: pd.DataFrame, system: str) -> list[Stay]:
    """Stays of the system's trusts and of the system itself, in order of their earliest beginning."""
    codes = organisations["icb_code"]
    return [stay for stay in stays if stay.org_code == system or codes.get(stay.org_code) == system]


def exposures_of(system: str, stays: list[Stay], step: int) -> list[Stretch]:
    """One stretch per stay; that of a trust is an event unless another stay may still run then."""
    told = []
    for place, stay in enumerate(stays):
        month = first_month(stay, "entry") if stay.has("entry") else None
        begins = count_of_month(exposed_month(stay.begins), step) or 0
        ends = count_of_month(exposed_month(stay.ends), step)
        why = _why_not(stay, month, stays, place)
        first = None if why else count_of_month(month, step)
        reasons = {"exposure": why} if why else {}
        one = Stretch(system, first, None, begins, ends, stay.entry or "", None, reasons)
        told.append(one)
    return told


def _why_not(stay: Stay, month: pd.Timestamp | None, stays: list[Stay], place: int) -> str | None:
    year = pd.DateOffset(years=1)
    if stay.org_type == "icb":
        return WIDE
    if month is None:
        return VAGUE
    wide = [one for one in stays if one.org_type == "icb"]
    if any(
        one.begins < month + year and (one.ends is None or one.ends > month - year) for one in wide
    ):
        return WIDE
    before = [one for one in stays[:place] if one.org_type != "icb"]
    still = any(one.ends is None or one.ends >= stay.begins for one in before)
    return LATER if still else None
