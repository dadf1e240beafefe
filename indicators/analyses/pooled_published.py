"""The published series of every organisation of a type, with the stays in programmes on record."""

from datetime import date
from typing import Any

import duckdb
import pandas as pd

from indicators.analyses.own_panel import GivenPanel
from indicators.analyses.pooled_rows import PooledRows, Stretch
from indicators.analyses.published_series import as_series, indicator_named, span_of
from indicators.analyses.refusal import Refusal
from indicators.charted import SIDES, steady, within
from indicators.definition import Indicator
from indicators.frozen_entries import first_exposed
from indicators.its_stays import Stay, first_month, stays_of
from indicators.series import read_spells
from sql.reads import read

TRUSTS = ("acute", "mental_health", "community", "ambulance", "specialist")
CHANGED = "the definition changed from a year before to a year after"
VAGUE = "no source gives its {event} to the month"


def pooled_rows(spec: Any, warehouse: duckdb.DuckDBPyConnection) -> PooledRows:
    """The series a document names by `indicator`, `org_type`, `lineage`, `from` and `to`, and who entered.

    An organisation is compared with its own type. Refusal where the indicator is unknown, of a year, or of
    figures that share data with their neighbours, or where nobody of the type has one.
    """
    indicator = indicator_named(spec.indicator)
    _refuse(indicator)
    types = _types(warehouse, spec.org_type)
    values = read(
        warehouse, "lineage_values", indicator=indicator.indicator_id, lineage=spec.lineage
    )
    charted = steady(within(values, span_of(spec, date.min)), indicator)
    chosen = charted[charted["org_code"].isin(types.index)]
    if chosen.empty:
        text = f"indicator: there is no value of {spec.indicator} for the type {spec.org_type}."
        raise Refusal("NEEDS_DATA", text)
    ordered = chosen.sort_values(["org_code", "period_start"], ignore_index=True)
    series = GivenPanel(as_series(ordered, indicator, {}))
    spells = read_spells(warehouse)
    stays = [stay for stay in stays_of(spells) if stay.org_code in types.index]
    return PooledRows(
        series,
        tuple(_stretch(stay, spells, indicator) for stay in stays),
        _controls(warehouse, stays),
        {str(code): str(kind) for code, kind in types.items()},
        {"controls": "segment_3", "improvement": SIDES[indicator.better]},
        12 // indicator.step_months,
        _names(warehouse),
        _notices(indicator),
    )


def _refuse(indicator: Indicator) -> None:
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


def _types(warehouse: duckdb.DuckDBPyConnection, asked: str) -> pd.Series:
    """The type of each organisation asked for, by code."""
    types = read(warehouse, "organisations").set_index("org_code")["org_type"]
    wanted = TRUSTS if asked == "trust" else (asked,)
    return types[types.isin(wanted)].astype(str)


def _controls(
    warehouse: duckdb.DuckDBPyConnection, stays: list[Stay]
) -> dict[str, tuple[str, ...]]:
    never = read(warehouse, "never_by_segment")
    outside = never[~never["was_in_four"]]
    entered = {stay.org_code for stay in stays if stay.has("entry")}
    everyone = tuple(outside["org_code"])
    return {
        "segment_3": tuple(outside.loc[outside["was_in_three"], "org_code"]),
        "never": everyone,
        "not_yet": (*everyone, *sorted(entered.difference(everyone))),
    }


def _names(warehouse: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(read(warehouse, "organisations").set_index("org_code")["org_name"])


def _stretch(stay: Stay, spells: pd.DataFrame, indicator: Indicator) -> Stretch:
    step = indicator.step_months
    first = first_month(stay, "entry") if stay.has("entry") else None
    left = first_month(stay, "exit") if stay.has("exit") else None
    begins, ends = (_exposed(day) for day in (stay.begins, stay.ends))
    return Stretch(
        stay.org_code,
        _count(first, step),
        _count(left, step),
        _count(begins, step) or 0,
        _count(ends, step),
        stay.entry or "",
        stay.exit,
        _why_not(stay, {"entry": first, "exit": left}, indicator),
        _sure(spells[spells["spell_id"].isin(stay.spell_ids)], step),
    )


def _sure(spells: pd.DataFrame, step: int) -> tuple[int, int]:
    """From the last day on which a stay can have begun to the first on which it can have ended.

    One without an exit counts as inside up to the last day on which a source places it there. Where too
    little is known for any sure month, the second is no later than the first.
    """
    ordered = spells.sort_values("entered_earliest")
    left = spells["left_earliest"].fillna(spells["last_known_in_earliest"])
    begins, ends = (_exposed(day) for day in (ordered["entered_latest"].iloc[0], left.max()))
    if begins is None or ends is None:
        return 0, 0
    return _count(begins, step) or 0, _count(ends, step) or 0


def _why_not(
    stay: Stay, months: dict[str, pd.Timestamp | None], indicator: Indicator
) -> dict[str, str]:
    """By event, why it is left out; `months` first exposed to each."""
    if stay.doubt is not None:
        return dict.fromkeys(months, stay.doubt)
    year = pd.DateOffset(years=1)
    changes = [pd.Timestamp(item.on) for item in indicator.breaks]
    reasons = {}
    for event, month in months.items():
        if month is None:
            reasons[event] = VAGUE.format(event=event)
        elif any(month - year < day < month + year for day in changes):
            reasons[event] = CHANGED
    return reasons


def _exposed(day: pd.Timestamp | None) -> pd.Timestamp | None:
    """The first of the month first exposed to what happened on a day."""
    if day is None or pd.isna(day):
        return None
    count = int(first_exposed(pd.Series([day])).iloc[0])
    return pd.Timestamp(year=count // 12, month=count % 12 + 1, day=1)


def _count(month: pd.Timestamp | None, step: int) -> int | None:
    """As `as_series` counts periods: months or quarters."""
    if month is None:
        return None
    return 12 * month.year + month.month if step == 1 else 4 * month.year + month.quarter


def _notices(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    if not indicator.breaks:
        return ()
    days = ", ".join(f"{item.on:%B %Y}" for item in indicator.breaks)
    text = f"The definition of {indicator.title} changed ({days})"
    advice = "Entries within a year of it are left out; the event study reaches across it"
    return (("DEFINITION_CHANGED", f"{text}. {advice}."),)
