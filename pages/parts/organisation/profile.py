"""The profile of an organisation: a row per indicator with its latest value, icons, changes and position."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import pandas as pd
import streamlit as st

from indicators.changes import windows_of_last_quarter
from indicators.counted import counted_rows, why_not_counted
from indicators.definition import Indicator
from indicators.stats.icons import NO_ICON
from indicators.stats.ranks import QUICK_DRAWS, rank_intervals, share_errors
from pages.parts.charted import all_icons
from pages.parts.history import spells_of
from pages.parts.indicators import GROUP_WORDS, catalogue
from pages.parts.lineage import merger_breaks, predecessors_of
from pages.parts.organisations import organisations
from pages.parts.since_entry import KNOWN_TO_MONTH, Change, moves_of, never_inside
from pages.parts.store import ask, version

Anchor = Literal["entry", "exit", "quarter"]
ANCHORS: tuple[Anchor, ...] = ("entry", "exit", "quarter")


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
    entry_known = last["entered_precision"] in KNOWN_TO_MONTH
    is_left = last["ending"] == "left"
    exit_known = is_left and last["left_precision"] in KNOWN_TO_MONTH
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


Mark = tuple[date, str]
"""A break in a series: its day, and what it is."""


@dataclass(frozen=True)
class _Context:
    """What all lines of one organisation's profile share; `peers` are those never in a programme."""

    org: str
    org_type: str
    stay: Stay
    mergers: list[Mark]
    peers: frozenset[str]


@st.cache_resource(max_entries=64, show_spinner="Working out the profile")
def profile_of(org: str, data_version: str) -> list[Line]:
    """The indicators with a value, by theme; shared by all readers, never to be changed."""
    latest = ask("latest_values", org=org).set_index("indicator_id").to_dict("index")
    icons = all_icons()
    icons = icons[icons["org_code"] == org].set_index("indicator_id").to_dict("index")
    context, indicators = _context_of(org, data_version), catalogue()
    return [
        Line(
            indicators[key],
            latest[key],
            icons.get(key),
            _changes(indicators[key], latest[key]["period_start"].date(), context),
            _reach(key, latest[key], context),
        )
        for group in GROUP_WORDS
        for key in latest
        if indicators[key].group == group
    ]


def _context_of(org: str, data_version: str) -> _Context:
    org_type = organisations().loc[org, "org_type"]
    mergers = merger_breaks(predecessors_of(org))
    marks = [
        (day.date(), label) for day, label in zip(mergers["on"], mergers["label"], strict=True)
    ]
    return _Context(org, org_type, stay_of(org, data_version), marks, never_inside(org_type))


def _changes(indicator: Indicator, latest: date, context: _Context) -> dict[Anchor, Change]:
    stay, moves = context.stay, moves_of(indicator)
    quarter = windows_of_last_quarter(latest, indicator.step_months)

    def since(event: date | None, why: str) -> Change:
        return moves.since(context.org, event, context.peers) if event else Change(why=why)

    found: dict[Anchor, Change] = {
        "entry": since(stay.entered_on, stay.why_no_entry),
        "exit": since(stay.left_on, stay.why_no_exit),
        "quarter": moves.over(context.org, quarter, context.peers),
    }
    marks = [*((item.on, item.label) for item in indicator.breaks), *context.mergers]
    return {anchor: _noted(change, marks) for anchor, change in found.items()}


def _noted(change: Change, marks: list[Mark]) -> Change:
    """The change with the breaks that lie between its two sides."""
    if change.own is None or change.windows is None:
        return change
    first, last = change.windows.before[0], change.windows.now[-1]
    return replace(change, notes=tuple(label for day, label in marks if first < day <= last))


def _reach(indicator: str, latest: Any, context: _Context) -> tuple[int, int] | None:
    """From which to which rank the organisation's could lie, where chance has a known size."""
    if pd.isna(latest["place"]):
        return None
    reaches = _reaches(indicator, str(latest["period_start"].date()), context.org_type, version())
    return reaches.get(context.org) if len(reaches) == latest["peers"] else None


@st.cache_resource(max_entries=400, show_spinner=False)
def _reaches(
    indicator: str, period: str, org_type: str, data_version: str
) -> dict[str, tuple[int, int]]:
    """The lowest and highest rank of each organisation of a type; none where chance has no known size."""
    definition = catalogue()[indicator]
    rows = ask("period_values", indicator=indicator, period=period)
    rows = rows[rows["org_type"] == org_type]
    if why_not_counted(definition, rows):
        return {}
    rows = counted_rows(rows).set_index("org_code")
    errors = definition.measures.scale * share_errors(rows["numerator"], rows["denominator"])
    better: Any = definition.better
    ranks = rank_intervals(rows["value"], errors, better, QUICK_DRAWS)
    each = zip(ranks["unit"], ranks["rank_low"], ranks["rank_high"], strict=True)
    return {unit: (int(low), int(high)) for unit, low, high in each}


def has_icon(line: Line) -> bool:
    """Whether its control chart has an icon."""
    return line.icon is not None and line.icon["variation"] != NO_ICON
