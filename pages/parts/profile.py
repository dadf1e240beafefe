"""The profile of an organisation: a row per indicator with its latest value, icons, changes and position."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd
import streamlit as st

from indicators.changes import (
    PeersChange,
    Windows,
    change_by_organisation,
    peers_change,
    windows_of_last_quarter,
    windows_since,
)
from indicators.comparators import comparator_pool
from indicators.counted import counted_rows, why_not_counted
from indicators.definition import Indicator
from indicators.stats.icons import NO_ICON
from indicators.stats.ranks import QUICK_DRAWS, rank_intervals, share_errors
from pages.parts.charted import all_icons
from pages.parts.history import spells_of
from pages.parts.indicators import GROUP_WORDS, break_frame, catalogue
from pages.parts.lineage import merger_breaks, predecessors_of
from pages.parts.organisations import organisations
from pages.parts.spells import all_spells
from pages.parts.store import ask, version

Anchor = Literal["entry", "exit", "quarter"]
ANCHORS: tuple[Anchor, ...] = ("entry", "exit", "quarter")
_KNOWN_TO_MONTH = ("day", "month")


@dataclass(frozen=True)
class Stay:
    """An organisation's latest spell: its programme, its days of entry and exit if known to the month.

    `why_no_entry` and `why_no_exit` say in words why there is none.
    """

    programme: str = ""
    entered_on: date | None = None
    left_on: date | None = None
    why_no_entry: str = "no spell on record"
    why_no_exit: str = "no spell on record"


@dataclass(frozen=True)
class Change:
    """One indicator's change: `own` is None for the reason in `why`; `notes` tell of breaks in between."""

    own: float | None = None
    why: str = ""
    peers: PeersChange | None = None
    windows: Windows | None = None
    notes: tuple[str, ...] = ()

    @property
    def beyond(self) -> int:
        """1 above the middle eighty percent of peers' changes, −1 below, 0 within or not known."""
        if self.own is None or self.peers is None:
            return 0
        return int(self.own > self.peers.high) - int(self.own < self.peers.low)


@dataclass(frozen=True)
class Line:
    """One indicator of the profile.

    `latest`: its row of the read `latest_values`. `icon`: its row of `all_icons()`, None without one.
    `reach`: from which to which rank its position could lie; None where chance has no known size.
    """

    indicator: Indicator
    latest: Any
    icon: Any
    changes: dict[Anchor, Change]
    reach: tuple[int, int] | None


@st.cache_data(max_entries=400, show_spinner=False)
def stay_of(org: str, data_version: str) -> Stay:
    """The organisation's latest spell with an entry on record."""
    spells = spells_of(org)
    if spells.empty:
        return Stay()
    dated = spells.dropna(subset="entered_earliest").sort_values("entered_earliest")
    last = (dated if len(dated) else spells).iloc[-1]
    entry_known = last["entered_precision"] in _KNOWN_TO_MONTH
    is_left = last["ending"] == "left"
    exit_known = is_left and last["left_precision"] in _KNOWN_TO_MONTH
    return Stay(
        last["programme_short"],
        last["entered_on"].date() if entry_known else None,
        last["left_on"].date() if exit_known else None,
        "" if entry_known else "the month of entry is not known",
        "" if exit_known else _why_no_exit(is_left, last["left_earliest"]),
    )


def _why_no_exit(is_left: bool, left_earliest: Any) -> str:
    if is_left:
        return "the month of exit is not known"
    return "no source gives an exit" if pd.isna(left_earliest) else "the spell ended otherwise"


@dataclass(frozen=True)
class _Context:
    """What all lines of one organisation's profile share; `peers`: those that changes are compared with."""

    org: str
    org_type: str
    stay: Stay
    mergers: pd.DataFrame
    peers: frozenset[str]


@st.cache_resource(max_entries=64, show_spinner="Working out the profile")
def profile_of(org: str, data_version: str) -> list[Line]:
    """The indicators with a value, by theme; shared by all readers, never to be changed."""
    latest = ask("latest_values", org=org).set_index("indicator_id")
    icons = all_icons()
    icons = icons[icons["org_code"] == org].set_index("indicator_id")
    org_type = organisations().loc[org, "org_type"]
    peers = never_inside(org_type, data_version)
    mergers = merger_breaks(predecessors_of(org))
    context = _Context(org, org_type, stay_of(org, data_version), mergers, peers)
    return [
        Line(
            catalogue()[key],
            latest.loc[key],
            icons.loc[key] if key in icons.index else None,
            _changes(catalogue()[key], latest.loc[key, "period_start"].date(), context),
            _reach(key, latest.loc[key], context),
        )
        for group in GROUP_WORDS
        for key in latest.index
        if catalogue()[key].group == group
    ]


def _changes(indicator: Indicator, latest: date, context: _Context) -> dict[Anchor, Change]:
    step, stay = indicator.step_months, context.stay
    since: dict[Anchor, tuple[date | None, str]] = {
        "entry": (stay.entered_on, stay.why_no_entry),
        "exit": (stay.left_on, stay.why_no_exit),
    }
    quarter = windows_of_last_quarter(latest, step)
    found: dict[Anchor, Change] = {"quarter": _change(indicator, quarter, context)}
    for anchor, (event, why) in since.items():
        windows = windows_since(event, latest, step) if event else None
        none = Change(why=why or "no figures since then")
        found[anchor] = _change(indicator, windows, context) if windows else none
    return found


def _change(indicator: Indicator, windows: Windows, context: _Context) -> Change:
    changes = change_by_organisation(wide_values(indicator.indicator_id, version()), windows)
    own = changes.get(context.org)
    if own is None or pd.isna(own):
        return Change(why="not all figures are known", windows=windows)
    marks = pd.concat([break_frame(indicator), context.mergers], ignore_index=True)
    days = pd.to_datetime(marks["on"])
    between = (days > pd.Timestamp(windows.before[0])) & (days <= pd.Timestamp(windows.now[-1]))
    notes = tuple(marks.loc[between, "label"])
    return Change(float(own), "", peers_change(changes, context.peers), windows, notes)


@st.cache_resource(max_entries=80, show_spinner=False)
def wide_values(indicator: str, data_version: str) -> pd.DataFrame:
    """An indicator's values as published: a row per organisation, a column per period."""
    values = ask("lineage_values", indicator=indicator, lineage="as_was")
    return values.set_index(["org_code", "period_start"])["value"].unstack()  # noqa: PD010


@st.cache_resource(max_entries=20, show_spinner=False)
def never_inside(org_type: str, data_version: str) -> frozenset[str]:
    """Open organisations of a type never in a programme on record, nor successors of one that was."""
    pool = comparator_pool(ask("organisations"), set(all_spells()["org_code"].dropna()))
    return frozenset(pool.loc[pool["org_type"] == org_type, "org_code"])


def _reach(indicator: str, latest: pd.Series, context: _Context) -> tuple[int, int] | None:
    """From which to which rank the organisation's could lie, where chance has a known size."""
    if pd.isna(latest["place"]):
        return None
    ranks = _ranks(indicator, str(latest["period_start"].date()), context.org_type, version())
    if ranks is None or context.org not in ranks.index or len(ranks) != latest["peers"]:
        return None
    return int(ranks.loc[context.org, "rank_low"]), int(ranks.loc[context.org, "rank_high"])


@st.cache_resource(max_entries=400, show_spinner=False)
def _ranks(indicator: str, period: str, org_type: str, data_version: str) -> pd.DataFrame | None:
    """The interval of every rank of a type; None where chance has no known size."""
    definition = catalogue()[indicator]
    rows = ask("period_values", indicator=indicator, period=period)
    rows = rows[rows["org_type"] == org_type]
    if why_not_counted(definition, rows):
        return None
    rows = counted_rows(rows).set_index("org_code")
    errors = definition.measures.scale * share_errors(rows["numerator"], rows["denominator"])
    better: Any = definition.better
    return rank_intervals(rows["value"], errors, better, QUICK_DRAWS).set_index("unit")


def has_icon(line: Line) -> bool:
    """Whether its control chart has points enough for an icon."""
    return line.icon is not None and line.icon["variation"] != NO_ICON
