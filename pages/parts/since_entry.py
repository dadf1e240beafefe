"""How far figures have moved since an event and what peers did: one number for every page that tells it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from indicators.changes import (
    PeersChange,
    Windows,
    first_exposed,
    means_by_organisation,
    peers_change,
    windows_since,
)
from indicators.comparators import comparator_pool
from indicators.definition import Indicator
from pages.charts._rows import rows_of
from pages.parts.indicators import catalogue
from pages.parts.organisations import organisations
from pages.parts.since_entry_words import spans_of
from pages.parts.spells import all_spells
from pages.parts.store import ask, version

FEWEST = 5
KNOWN_TO_MONTH = ("day", "month")


@dataclass(frozen=True)
class Change:
    """One indicator's change: `own` is None for the reason in `why`; `notes` tell of breaks in between.

    `before` and `now` are the means that it is the difference of.
    """

    own: float | None = None
    why: str = ""
    peers: PeersChange | None = None
    windows: Windows | None = None
    notes: tuple[str, ...] = ()
    before: float | None = None
    now: float | None = None

    @property
    def beyond(self) -> int:
        """1 above the middle eighty percent of peers' changes, −1 below, 0 within or not known."""
        if self.own is None or self.peers is None:
            return 0
        return int(self.own > self.peers.high) - int(self.own < self.peers.low)


def change_over(
    indicator: str, org: str, windows: Windows | None, lineage: str = "as_was"
) -> Change:
    """One organisation's change between two windows; peers are those never in a programme of its type."""
    if windows is None:
        return Change(why="no figures since then")
    means = _means(indicator, windows, lineage, version())
    if org not in means.index or pd.isna(means.loc[org, "change"]):
        return Change(why="not all figures are known", windows=windows)
    own = means.loc[org]
    peers = peers_change(
        means["change"], never_inside(organisations().loc[org, "org_type"], version())
    )
    return Change(
        own["change"], "", peers, windows, before=float(own["before"]), now=float(own["now"])
    )


def change_since(indicator: Indicator, org: str, event: date, lineage: str = "as_was") -> Change:
    """One organisation's change since an event known to its month at least, to its latest figure."""
    latest = _latest(indicator.indicator_id, lineage, version()).get(org)
    if latest is None:
        return Change(why="no figures since then")
    windows = windows_since(event, latest, indicator.step_months)
    return change_over(indicator.indicator_id, org, windows, lineage)


@st.cache_resource(max_entries=400, show_spinner=False)
def _means(indicator: str, windows: Windows, lineage: str, data_version: str) -> pd.DataFrame:
    return means_by_organisation(wide_values(indicator, lineage, data_version), windows)


@st.cache_resource(max_entries=120, show_spinner=False)
def _latest(indicator: str, lineage: str, data_version: str) -> dict[Hashable, date]:
    """By organisation the day its latest period with a value begins."""
    values = ask("lineage_values", indicator=indicator, lineage=lineage)
    return values.groupby("org_code")["period_start"].max().dt.date.to_dict()


@st.cache_resource(max_entries=120, show_spinner=False)
def wide_values(indicator: str, lineage: str, data_version: str) -> pd.DataFrame:
    """An indicator's values under a lineage: a row per organisation, a column per period."""
    values = ask("lineage_values", indicator=indicator, lineage=lineage)
    return values.set_index(["org_code", "period_start"])["value"].unstack()  # noqa: PD010


@st.cache_resource(max_entries=20, show_spinner=False)
def never_inside(org_type: str, data_version: str) -> frozenset[str]:
    """Open organisations of a type never in a programme on record, nor successors of one that was."""
    pool = comparator_pool(ask("organisations"), set(all_spells()["org_code"].dropna()))
    return frozenset(pool.loc[pool["org_type"] == org_type, "org_code"])


def peers_of(indicator: str, by_region: bool = False) -> pd.DataFrame:
    """One indicator's peers by type (and region), only where there are at least five."""
    rows = ask("indicator_peers", indicator=indicator, by_region=by_region)
    return rows[rows["n"] >= FEWEST]


def last_entries(programmes: tuple[str, ...] = ()) -> pd.DataFrame:
    """Each organisation's last spell (of some programmes), and `month_zero`, the first month exposed.

    Spells that no source dates come before those that one does; `month_zero` is missing where the month of
    entry is not known.
    """
    return _last_entries(programmes, version()).copy(deep=False)


@st.cache_resource(max_entries=20, show_spinner=False)
def _last_entries(programmes: tuple[str, ...], data_version: str) -> pd.DataFrame:
    spells = all_spells()
    if programmes:
        spells = spells[spells["programme"].isin(programmes)]
    zero = [
        pd.Timestamp(first_exposed(day)) if precision in KNOWN_TO_MONTH else pd.NaT
        for day, precision in zip(spells["entered_on"], spells["entered_precision"], strict=True)
    ]
    ordered = spells.assign(month_zero=pd.Series(zero, spells.index, "datetime64[us]")).sort_values(
        "entered_earliest", na_position="first", kind="stable"
    )
    return ordered.groupby("org_code", sort=False).tail(1)


def since_entry(indicator_id: str, entries: pd.DataFrame, lineage: str = "as_was") -> pd.DataFrame:
    """`entries` (of `last_entries`) with their change, missing where not known.

    `change`, `before`, `now`, `peers_change`, `peers_number`, and `before_on` and `now_on`, the periods
    compared in words ("" where there are none).
    """
    indicator = catalogue()[indicator_id]
    changes = [
        Change()
        if pd.isna(row.month_zero)
        else change_since(indicator, row.org_code, row.entered_on.date(), lineage)
        for row in rows_of(entries)
    ]
    told = [_columns(change, indicator.step_months) for change in changes]
    beside = pd.DataFrame(told, entries.index, columns=_COLUMNS)
    return pd.concat([entries, beside], axis="columns")


_COLUMNS = ["change", "before", "now", "peers_change", "peers_number", "before_on", "now_on"]


def _columns(change: Change, step_months: int) -> tuple[Any, ...]:
    peers = change.peers
    before_on, now_on = spans_of(change.windows, step_months) if change.windows else ("", "")
    numbers = [change.own, change.before, change.now]
    numbers += [peers.median, peers.number] if peers else [None, None]
    return (*(float("nan") if number is None else number for number in numbers), before_on, now_on)
