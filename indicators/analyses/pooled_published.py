"""The published series of every organisation of a type, with the stays in programmes on record."""

from typing import Any

import duckdb
import pandas as pd

from indicators.analyses.own_panel import GivenPanel
from indicators.analyses.pooled_months import (
    TRUSTS,
    count_of_month,
    exposed_month,
    notices_of,
    refuse_shared,
    values_of,
)
from indicators.analyses.pooled_rows import NOT_ASKED, UNEXPOSED, PooledRows, Stretch
from indicators.analyses.pooled_spillover import exposed_of, spillover_rows
from indicators.analyses.published_series import as_series, indicator_named
from indicators.charted import SIDES
from indicators.definition import Indicator
from indicators.durations import PROGRAMME_GROUPS
from indicators.its_stays import Stay, first_month, stays_of
from indicators.series import read_spells
from sql.reads import read

CHANGED = "the definition changed from a year before to a year after"
CHANGED_INSIDE = "the definition changed from a year before to the end of its time inside"
VAGUE = "no source gives its {event} to the month"
_KINDS = {
    group: "special-measures" if kind == "special-measures" else "rsp"
    for kind, group in PROGRAMME_GROUPS.items()
}
"""The programmes that followed the Recovery Support Programme count as it."""


def pooled_rows(spec: Any, warehouse: duckdb.DuckDBPyConnection) -> PooledRows:
    """The series a document names by `indicator`, `org_type`, `lineage`, `from` and `to`, and who entered.

    An organisation is compared with its own type. Refusal where the indicator is unknown, of a year, or of
    figures that share data with their neighbours, or where nobody of the type has one.
    """
    indicator = indicator_named(spec.indicator)
    refuse_shared(indicator)
    if spec.event == "exposure":
        return spillover_rows(spec, indicator, warehouse)
    types = _types(warehouse, spec.org_type)
    series = GivenPanel(as_series(values_of(spec, indicator, warehouse, types), indicator, {}))
    spells = read_spells(warehouse)
    on_record = stays_of(spells)
    stays = [stay for stay in on_record if stay.org_code in types.index]
    return PooledRows(
        series,
        tuple(_stretch(stay, spells, (indicator, spec.programme)) for stay in stays),
        _controls(warehouse, stays),
        {str(code): str(kind) for code, kind in types.items()},
        {"controls": "segment_3", "improvement": SIDES[indicator.better]},
        12 // indicator.step_months,
        exposed_of(warehouse, on_record, indicator.step_months),
        _names(warehouse),
        notices_of(indicator),
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
    third = tuple(outside.loc[outside["was_in_three"], "org_code"])
    return {
        "segment_3": third,
        UNEXPOSED: third,
        "never": everyone,
        "not_yet": (*everyone, *sorted(entered.difference(everyone))),
    }


def _names(warehouse: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(read(warehouse, "organisations").set_index("org_code")["org_name"])


def _stretch(stay: Stay, spells: pd.DataFrame, asked: tuple[Indicator, str]) -> Stretch:
    """`asked`: the indicator, and of which programme events are wanted."""
    indicator, programme = asked
    step = indicator.step_months
    own = spells[spells["spell_id"].isin(stay.spell_ids)]
    programmes = _programmes(own)
    first = first_month(stay, "entry") if stay.has("entry") else None
    left = first_month(stay, "exit") if stay.has("exit") else None
    begins, ends = (exposed_month(day) for day in (stay.begins, stay.ends))
    return Stretch(
        stay.org_code,
        count_of_month(first, step),
        count_of_month(left, step),
        count_of_month(begins, step) or 0,
        count_of_month(ends, step),
        stay.entry or "",
        stay.exit,
        _why_not(stay, {"entry": first, "programme": first, "exit": left}, indicator)
        | _not_asked(programmes, programme),
        _sure(own, step),
        programmes,
    )


def _programmes(spells: pd.DataFrame) -> dict[str, str]:
    """The kind of the first programme of a stay for entries, of the last for exits."""
    begins = spells["entered_earliest"].fillna(spells["programme_started_on"])
    by_entry = spells.assign(begins=begins).sort_values("begins", kind="stable")
    by_exit = spells.sort_values("left_latest", kind="stable")
    first = _KINDS[str(by_entry["programme_group"].iloc[0])]
    last = _KINDS[str(by_exit["programme_group"].iloc[-1])]
    return {"entry": first, "programme": first, "exit": last}


def _not_asked(programmes: dict[str, str], asked: str) -> dict[str, str]:
    return (
        {} if asked == "all" else {e: NOT_ASKED for e, kind in programmes.items() if kind != asked}
    )


def _sure(spells: pd.DataFrame, step: int) -> tuple[int, int]:
    """From the last day on which a stay can have begun to the first on which it can have ended.

    One without an exit counts as inside up to the last day on which a source places it there. Where too
    little is known for any sure month, the second is no later than the first.
    """
    ordered = spells.sort_values("entered_earliest")
    left = spells["left_earliest"].fillna(spells["last_known_in_earliest"])
    begins, ends = (exposed_month(day) for day in (ordered["entered_latest"].iloc[0], left.max()))
    if begins is None or ends is None:
        return 0, 0
    return count_of_month(begins, step) or 0, count_of_month(ends, step) or 0


def _why_not(
    stay: Stay, months: dict[str, pd.Timestamp | None], indicator: Indicator
) -> dict[str, str]:
    """By event, why it is left out; `months` first exposed to each."""
    if stay.doubt is not None:
        return dict.fromkeys(months, stay.doubt)
    year = pd.DateOffset(years=1)
    changes = [pd.Timestamp(item.on) for item in indicator.breaks]
    whole = pd.Timestamp.max if stay.ends is None else stay.ends
    reasons = {}
    for event, month in months.items():
        if month is None:
            reasons[event] = VAGUE.format(event="exit" if event == "exit" else "entry")
        elif event == "programme" and any(month - year < day <= whole for day in changes):
            reasons[event] = CHANGED_INSIDE
        elif any(month - year < day < month + year for day in changes):
            reasons[event] = CHANGED
    return reasons
