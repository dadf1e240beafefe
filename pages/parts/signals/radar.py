"""The radar of Signals: what signalled in the latest figures, how much was tested, how much is chance."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from indicators.radar import DIRECTIONS, Radar
from indicators.radar_feed import by_test
from indicators.radar_rules import TESTS
from indicators.radar_series import LEFT_OUT
from indicators.radar_words import CHANCE, counted_words, lead_sentence
from pages.charts.radar import describe_radar
from pages.parts.filters import choose_regions, choose_types, only
from pages.parts.frame import reading_aid, show_chart, show_table, source_line, theme_name
from pages.parts.indicators import catalogue, with_data
from pages.parts.links import linked_choice, linked_select
from pages.parts.organisations import listed, organisations
from pages.parts.signals.radar_list import table_of
from pages.parts.signals.radar_result import (
    Chosen,
    Listing,
    chart_for,
    feed_for,
    list_for,
    radar_for,
    rows_for,
    stamp_now,
    told_for,
)
from pages.parts.sources import title_of

TITLE = "What is new in the latest figures?"
_FIRST = 40
"""So many series are listed unless all are asked for."""
_KINDS = {"chart": "Control chart", "cusum": "Drift (CUSUM)", "worst_decile": "Worst tenth"}
_SIDES = {"worse": "Got worse", "better": "Got better"}
_WHICH = {"new": "New", "all": "All that hold"}
_BY = {"indicator": "Indicator", "organisation": "Organisation"}
_ORDER = {"size": "Size", "recency": "Recency"}
_MOST = {"first": f"First {_FIRST}", "all": "All"}
_TOTALS = {
    "label": "indicator",
    "period": "latest_period",
    "series": "series_tested",
    "worse": "got_worse",
    "expected_worse": "worse_by_chance",
    "better": "got_better",
    "expected_better": "better_by_chance",
    "neutral": "neither_side_better",
}
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


def show_radar(write_head: Callable[..., None], places: Sequence[Any]) -> None:
    """The view, its further controls in `places` beside the choice of view."""
    chosen, side = _choose(places)
    radar = radar_for(chosen)
    if not radar.series:
        write_head(TITLE, "No series fits these choices. Remove one of them to see more.")
        return
    write_head(TITLE, lead_sentence(radar), CHANCE)
    alt = describe_radar(rows_for(chosen))
    show_chart(chart_for(chosen, theme_name()), alt, "signals.radar")
    _show_list(chosen, _choose_listing(side))
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
    return Chosen(stamp_now(), tuple(rows.index), test or ""), side or ""


def _choose_listing(side: str) -> Listing:
    first, second, third, fourth = st.columns(4, vertical_alignment="bottom")
    with first:
        which = _first_usual("Signals", "signals", _WHICH)
    with second:
        by = _first_usual("Grouped by", "by", _BY)
    with third:
        order = _first_usual("Sorted by", "sort", _ORDER)
    with fourth:
        most = _first_usual("Listed", "most", _MOST)
    return Listing(side, which == "new", by, order, None if most == "all" else _FIRST)


def _first_usual(label: str, name: str, words: Mapping[str, str]) -> str:
    options = list(words)
    return linked_choice(label, name, options, words.__getitem__, options[0])


def _show_list(chosen: Chosen, how: Listing) -> None:
    written, number, there_are = list_for(chosen, how)
    what = "new signal" if how.is_new else "signal"
    if not there_are:
        st.html(f'<p class="ot-reading">No series with a {what} fits these choices.</p>')
        return
    went = f", {DIRECTIONS[how.side]}" if how.side else ""
    st.html(
        f'<p class="ot-reading">{number:,} of {there_are:,} series with a {what}{went}. Size: how far the '
        f"last figure lies from the level before, in standard deviations.</p>{written}"
    )


def _totals_table(chosen: Chosen) -> pd.DataFrame:
    return rows_for(chosen)[list(_TOTALS)].rename(columns=_TOTALS)


def _below(radar: Radar, chosen: Chosen) -> None:
    reading_aid(f"{escape(_READING)} {_test_words(radar)}")
    label = "All signals that hold, new or not, as a table"
    show_table(lambda: table_of(told_for(chosen)), "signals-radar", label)
    label = "The data behind this chart: each indicator's new signals, and how many by chance"
    show_table(lambda: _totals_table(chosen), "signals-by-indicator", label)
    st.download_button(
        "New signals as an Atom feed",
        data=feed_for(chosen, _base_url()),
        file_name="signals.atom",
        mime="application/atom+xml",
        key="radar.feed",
        on_click="ignore",
    )
    known = catalogue()
    sources = {known[key].measures.source for key in radar.tested["indicator_id"].unique()}
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


def _base_url() -> str:
    """Where this dashboard is read, as the browser says."""
    parts = urlsplit(st.context.url or "http://localhost:8501/")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}"
