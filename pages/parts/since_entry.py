"""How far figures have moved since an event and what peers did: one number for every page that tells it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from math import isnan
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


@dataclass(frozen=True)
class Moves:
    """What changes of one indicator under a lineage rest on: shared by all readers, never to be changed.

    `values`: a row per organisation, a column per period. `latest`: by organisation the day its latest
    period with a value begins.
    """

    step_months: int
    values: pd.DataFrame
    latest: dict[Hashable, date]

    def over(self, org: str, windows: Windows | None, peers: frozenset[str]) -> Change:
        """One organisation's change between two windows, and that of the `peers`."""
        if windows is None:
            return Change(why="no figures since then")
        means = means_by_organisation(self.values, windows)
        unknown = Change(why="not all figures are known", windows=windows)
        if org not in means.index:
            return unknown
        before, now, change = means.loc[org].to_list()
        if isnan(change):
            return unknown
        beside = peers_change(means["change"], peers)
        return Change(change, "", beside, windows, before=before, now=now)

    def since(self, org: str, event: date, peers: frozenset[str]) -> Change:
        """One organisation's change since an event known to its month at least, to its latest figure."""
        latest = self.latest.get(org)
        if latest is None:
            return Change(why="no figures since then")
        return self.over(org, windows_since(event, latest, self.step_months), peers)


def moves_of(indicator: Indicator, lineage: str = "as_was") -> Moves:
    """What changes of the indicator under the lineage rest on."""
    return _moves(indicator.indicator_id, indicator.step_months, lineage, version())


@st.cache_resource(max_entries=120, show_spinner=False)
def _moves(indicator: str, step_months: int, lineage: str, data_version: str) -> Moves:
    values = ask("lineage_values", indicator=indicator, lineage=lineage)
    latest = values.groupby("org_code")["period_start"].max().dt.date.to_dict()
    wide = values.set_index(["org_code", "period_start"])["value"].unstack()  # noqa: PD010
    # Of plain texts: to find an organisation among them takes a fifth of the time.
    return Moves(step_months, wide.set_axis(wide.index.astype(object)), latest)


def never_inside(org_type: str) -> frozenset[str]:
    """Open organisations of a type never in a programme on record, nor successors of one that was."""
    return _never_inside(version()).get(org_type, frozenset())


@st.cache_resource(max_entries=4, show_spinner=False)
def _never_inside(data_version: str) -> dict[Hashable, frozenset[str]]:
    pool = comparator_pool(ask("organisations"), set(all_spells()["org_code"].dropna()))
    return pool.groupby("org_type")["org_code"].agg(frozenset).to_dict()


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


@st.cache_resource(max_entries=64, show_spinner=False)
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
    moves, types = moves_of(indicator, lineage), organisations()["org_type"]
    peers = {org_type: never_inside(org_type) for org_type in types.unique()}
    changes = [
        Change() if pd.isna(month) else moves.since(org, day.date(), peers[types[org]])
        for org, month, day in zip(
            entries["org_code"], entries["month_zero"], entries["entered_on"], strict=True
        )
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
