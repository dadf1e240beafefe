"""The radar as the page shows it: one result per data version, its parts for a choice kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from indicators.charted import Rebase
from indicators.radar import Radar, radar_of
from indicators.radar_feed import Edition, as_atom
from indicators.radar_totals import radar_totals
from indicators.writing import format_span
from pages.charts.radar import draw_radar
from pages.parts.charted import all_rebases, charts_of
from pages.parts.frame import tokens_of
from pages.parts.indicators import catalogue, with_data
from pages.parts.organisations import organisations
from pages.parts.signals.radar_list import list_of, signals_told
from pages.parts.specs import spec_of
from pages.parts.store import ask, published_at, version

Stamp = tuple[str, tuple[tuple[str, tuple[Rebase, ...]], ...]]
"""The data version, and the recalculations of limits in force by indicator."""


@dataclass(frozen=True)
class Chosen:
    """What an answer depends on: data, organisations by code, and the test ("" for all)."""

    stamp: Stamp
    orgs: tuple[str, ...]
    test: str


@dataclass(frozen=True)
class Listing:
    """How signals are listed: which direction ("" for both), only new ones, groups, order, how many."""

    side: str
    is_new: bool
    by: str
    order: str
    most: int | None


def stamp_now() -> Stamp:
    """What this run's answers depend on, whatever is chosen."""
    return version(), tuple(each for each in all_rebases() if each[1])


@st.cache_resource(max_entries=2, show_spinner="Looking for new signals")
def _radar(stamp: Stamp) -> Radar:
    charts = {key: charts_of(key) for key in with_data()}
    return radar_of(charts, catalogue(), ask("organisations"))


@st.cache_resource(max_entries=32, show_spinner=False)
def radar_for(chosen: Chosen) -> Radar:
    """The radar of the choice."""
    radar = _radar(chosen.stamp).of(pd.Index(chosen.orgs))
    return radar.only([chosen.test]) if chosen.test else radar


@st.cache_data(max_entries=32, show_spinner=False)
def rows_for(chosen: Chosen) -> pd.DataFrame:
    """The rows of the chart: an indicator each."""
    radar = radar_for(chosen)
    totals = radar_totals(radar).reset_index()
    indicators = catalogue()
    known = [indicators[key] for key in totals["indicator_id"]]
    latest = radar.periods
    periods = [format_span(latest[each.indicator_id], each.step_months) for each in known]
    return totals.assign(label=[each.short_title for each in known], period=periods)


@st.cache_data(max_entries=32, show_spinner=False)
def chart_for(chosen: Chosen, theme: str) -> dict[str, Any]:
    """The chart of the choice."""
    return spec_of(draw_radar(rows_for(chosen), tokens_of(theme)))


@st.cache_resource(max_entries=2, show_spinner=False)
def _all_told(stamp: Stamp) -> pd.DataFrame:
    return signals_told(_radar(stamp).signals, catalogue(), organisations())


def told_for(chosen: Chosen) -> pd.DataFrame:
    """The signals of the choice that hold, new or not, with their sentences."""
    told = _all_told(chosen.stamp)
    is_chosen = told["org_code"].isin(chosen.orgs)
    return told[is_chosen & (told["test"] == chosen.test)] if chosen.test else told[is_chosen]


@st.cache_data(max_entries=64, show_spinner=False)
def list_for(chosen: Chosen, how: Listing) -> tuple[str, int, int]:
    """The list as HTML, how many series it names, and how many there are."""
    told = told_for(chosen)
    told = told[told["is_new"]] if how.is_new else told
    told = told[told["direction"] == how.side] if how.side else told
    return list_of(told, how.by, how.order, how.most)


def feed_for(chosen: Chosen, base_url: str) -> Callable[[], bytes]:
    """What makes the new signals of the choice an Atom feed whose links begin with `base_url`."""
    data_version, _ = chosen.stamp
    edition = Edition(
        radar_for(chosen), catalogue(), organisations(), data_version, published_at(), base_url
    )
    # Written once it is asked for, without the page: so all that is the page's is taken here.
    return lambda: as_atom(edition).encode()
