"""The radar of Signals: what signalled in the latest figures, how much was tested, how much is chance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from indicators.radar import DIRECTIONS, Radar, radar_of
from indicators.radar_feed import Edition, as_atom, by_test
from indicators.radar_rules import TESTS
from indicators.radar_series import LEFT_OUT
from indicators.radar_totals import radar_totals
from indicators.radar_words import CHANCE, counted_words, lead_sentence
from indicators.writing import format_span
from pages.charts.radar import describe_radar, draw_radar
from pages.parts.charted import charts_of
from pages.parts.filters import choose_regions, choose_types, only
from pages.parts.frame import (
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
    tokens_of,
)
from pages.parts.indicators import catalogue, with_data
from pages.parts.links import linked_choice, linked_select
from pages.parts.organisations import listed, organisations
from pages.parts.radar_list import list_of, signals_told, table_of
from pages.parts.sources import title_of
from pages.parts.store import ask, published_at, version

TITLE = "What is new in the latest figures?"
_FIRST = 40
"""So many series are listed unless all are asked for."""
_KINDS = {
    "chart": "Control chart",
    "cusum": "Drift (CUSUM)",
    "worst_decile": "Worst tenth",
}
_SIDES = {"worse": "Got worse", "better": "Got better"}
_READING = (
    "Each bar counts organisations with a new signal in the indicator’s latest figures: worse to the left, "
    "better to the right. A signal is a rule that the last point of the control chart breaks and that the "
    "chart without its newest figure did not show; or a drift of the organisation’s place among those of its "
    "type (a cumulative sum, CUSUM, beyond 5 standard deviations); or a place among the worst tenth of its "
    "type in each of the last three periods, for the first time. The upright tick says how many there would "
    "be if nothing changed and periods were independent. They are not: neighbouring months are alike, which "
    "alone makes a drift signal about four times as often, waits trend for years and have seasons, and an "
    "organisation whose waits rise signals on several indicators. So a signal is a reason to look at the "
    "chart, not a finding."
)


@dataclass(frozen=True)
class Chosen:
    """What the reader chose: organisations by code, and the test ("" for all)."""

    orgs: tuple[str, ...]
    test: str


def show_radar(write_head: Callable[..., None], places: Sequence[Any]) -> None:
    """The view, its further controls in `places` beside the choice of view."""
    chosen, side = _choose(places)
    radar = _chosen(chosen, version())
    if not radar.series:
        write_head(TITLE, "No series fits these choices. Remove one of them to see more.")
        return
    write_head(TITLE, lead_sentence(radar), CHANCE)
    rows = _rows(chosen, version())
    show_chart(_chart(chosen, theme_name(), version()), describe_radar(rows), "signals.radar")
    _show_list(chosen, side)
    _below(radar, chosen)


def _choose(places: Sequence[Any]) -> tuple[Chosen, str]:
    with places[0]:
        side = linked_select(
            "Direction", "direction", list(_SIDES), _SIDES.__getitem__, placeholder="Both"
        )
    with places[1]:
        test = linked_select("Kind", "kind", list(_KINDS), _KINDS.__getitem__, placeholder="All")
    everyone = organisations()
    with places[2]:
        types = choose_types()
    with places[3]:
        regions = choose_regions(everyone["region"])
    rows = only(everyone, {"org_type": types, "region": regions})
    return Chosen(tuple(rows.index), test or ""), side or ""


@st.cache_resource(max_entries=2, show_spinner="Looking for new signals")
def _radar(data_version: str) -> Radar:
    charts = {key: charts_of(key) for key in with_data()}
    return radar_of(charts, catalogue(), ask("organisations"))


@st.cache_resource(max_entries=32, show_spinner=False)
def _chosen(chosen: Chosen, data_version: str) -> Radar:
    radar = _radar(data_version).of(pd.Index(chosen.orgs))
    return radar.only([chosen.test]) if chosen.test else radar


@st.cache_data(max_entries=32, show_spinner=False)
def _rows(chosen: Chosen, data_version: str) -> pd.DataFrame:
    """The rows of the chart: an indicator each."""
    radar = _chosen(chosen, data_version)
    totals = radar_totals(radar).reset_index()
    known = [catalogue()[key] for key in totals["indicator_id"]]
    latest = _radar(data_version).periods
    return totals.assign(
        label=[indicator.short_title for indicator in known],
        period=[
            format_span(latest[indicator.indicator_id], indicator.step_months)
            for indicator in known
        ],
    )


@st.cache_data(max_entries=32, show_spinner=False)
def _chart(chosen: Chosen, theme: str, data_version: str) -> dict[str, Any]:
    return draw_radar(_rows(chosen, data_version), tokens_of(theme)).to_dict()


@st.cache_resource(max_entries=2, show_spinner=False)
def _all_told(data_version: str) -> pd.DataFrame:
    """All signals that hold, with their sentences."""
    return signals_told(_radar(data_version).signals, catalogue(), organisations())


def _told(chosen: Chosen) -> pd.DataFrame:
    """Those of the choice."""
    told = _all_told(version())
    is_chosen = told["org_code"].isin(chosen.orgs)
    return told[is_chosen & (told["test"] == chosen.test)] if chosen.test else told[is_chosen]


@st.cache_data(max_entries=64, show_spinner=False)
def _list(
    chosen: Chosen, how: tuple[str, str, str, str, str], data_version: str
) -> tuple[str, int, int]:
    """The list as HTML, how many series it names, and how many there are."""
    side, which, by, order, most = how
    told = _told(chosen)
    told = told[told["is_new"]] if which == "new" else told
    told = told[told["direction"] == side] if side else told
    return list_of(told, by, order, _FIRST if most == "first" else None)


def _show_list(chosen: Chosen, side: str) -> None:
    first, second, third, fourth = st.columns(4, vertical_alignment="bottom")
    with first:
        which = linked_choice(
            "Signals",
            "signals",
            ["new", "all"],
            {"new": "New", "all": "All that hold"}.__getitem__,
            "new",
        )
    with second:
        by = linked_choice(
            "Grouped by",
            "by",
            ["indicator", "organisation"],
            {"indicator": "Indicator", "organisation": "Organisation"}.__getitem__,
            "indicator",
        )
    with third:
        order = linked_choice(
            "Sorted by",
            "sort",
            ["size", "recency"],
            {"size": "Size", "recency": "Recency"}.__getitem__,
            "size",
        )
    with fourth:
        most = linked_choice(
            "Listed",
            "most",
            ["first", "all"],
            {"first": f"First {_FIRST}", "all": "All"}.__getitem__,
            "first",
        )
    written, number, there_are = _list(chosen, (side, which, by, order, most), version())
    what = "signal" if which == "all" else "new signal"
    if not there_are:
        st.html(f'<p class="ot-reading">No series with a {what} fits these choices.</p>')
        return
    went = f", {DIRECTIONS[side]}" if side else ""
    st.html(
        f'<p class="ot-reading">{number:,} of {there_are:,} series with a {what}{went}. Size: how far the '
        f"last figure lies from the level before, in standard deviations.</p>{written}"
    )


def _below(radar: Radar, chosen: Chosen) -> None:
    reading_aid(f"{escape(_READING)} {_test_words(radar)}")
    show_table(
        table_of(_told(chosen)),
        "signals-radar",
        "All signals that hold, new or not, as a table",
    )
    st.download_button(
        "New signals as an Atom feed",
        data=_feed(chosen, _base_url(), version()),
        file_name="signals.atom",
        mime="application/atom+xml",
        key="radar.feed",
        on_click="ignore",
    )
    sources = {catalogue()[key].measures.source for key in radar.tested["indicator_id"].unique()}
    source_line(
        sorted(map(title_of, sources)),
        f"{radar.series:,} series tested, figures from July 2021 on",
        *_notes(radar),
    )


def _test_words(radar: Radar) -> str:
    """How many of which test, and how many by chance."""
    said = [
        f"{TESTS[str(row.test)]}: {row.new_signals:,} of {row.series:,} series, "
        f"{row.expected_by_chance:.1f} by chance"
        for row in by_test(radar).itertuples()
        if row.series
    ]
    return escape("; ".join(said).capitalize() + ".")


def _notes(radar: Radar) -> list[str]:
    """What was not tested, and which indicators are left out for which reason."""
    not_tested = counted_words(radar.reasons, LEFT_OUT)
    notes = [f"Series not tested: {escape('; '.join(not_tested))}."] if not_tested else []
    by_reason: dict[str, list[str]] = {}
    for indicator in with_data().values():
        if indicator.radar_exclusion:
            by_reason.setdefault(indicator.radar_exclusion, []).append(indicator.short_title)
    return notes + [
        f"Left out: {escape(listed(names))}. {escape(reason)}"
        for reason, names in by_reason.items()
    ]


@st.cache_data(max_entries=16, show_spinner=False)
def _feed(chosen: Chosen, base_url: str, data_version: str) -> bytes:
    radar = _chosen(chosen, data_version)
    edition = Edition(radar, catalogue(), organisations(), data_version, published_at(), base_url)
    return as_atom(edition).encode()


def _base_url() -> str:
    """Where this dashboard is read, as the browser says."""
    parts = urlsplit(st.context.url or "http://localhost:8501/")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}"
