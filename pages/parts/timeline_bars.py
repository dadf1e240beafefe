"""The bars view of Timelines: one bar per spell of intensive support, a row for each organisation."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.timeline import TimelineView, describe_timeline, draw_timeline
from pages.parts.frame import (
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
    tokens_of,
)
from pages.parts.known_on import as_known_on, known_sentence
from pages.parts.organisations import search_names
from pages.parts.printing import PAPER_HEIGHT, is_printing
from pages.parts.store import ask, version
from pages.parts.timeline_controls import Choice, choose, select
from pages.parts.timeline_groups import in_groups
from pages.parts.timeline_lineage import change_marks, in_families, successions, took_over_words
from pages.parts.timeline_marks import mark_key, marks_of, with_slips
from pages.parts.timeline_print import show_print
from pages.parts.timeline_words import selection_sentence

TABLE = {
    "org_full_name": "Organisation",
    "org_code": "Code",
    "programme_label": "Programme",
    "entered_label": "Entered",
    "left_label": "Left",
    "ending_label": "How it ended",
    "last_known_label": "Last known inside",
    "themes": "Themes at entry",
    "org_type": "Type",
    "region": "Region",
    "icb_name": "ICB",
    "confidence": "Confidence",
    "took_over": st.column_config.TextColumn(
        "Before that, at organisations taken over", width="large"
    ),
    "note": st.column_config.TextColumn("Note", width="large"),
    "source_urls": st.column_config.ListColumn("Sources", width="large"),
}
MARK_TABLE = {
    "organisation": "Organisation",
    "what": "Mark",
    "when": "Date",
    "words": "What",
    "source": st.column_config.TextColumn("Source", width="large"),
}
_ROOM_BEFORE = timedelta(days=120)
"""Drawn before the days asked for, so that what ended as they began can be seen."""
READING = (
    "One bar is one spell, its colour and name the programme. Organisations are in the order in which they "
    "first entered, within groups if there are any; an organisation’s pathway is that of its latest spell. "
    "The solid part is the time a source vouches for. A side that fades is a date known only to the quarter "
    "or year; a ragged end is an exit that no source gives, and its tick the last date at which a source "
    "places the organisation inside. A triangle at the left edge says that there is more before: filled "
    "where the bar runs on, hollow where an earlier spell, of the organisation or of one it took over, had "
    "ended. An arrow says what an organisation became part of; a rule leads to that row if it is shown. "
    "Select a bar to open the organisation."
)


def era_marks() -> list[tuple[date, str]]:
    """The day each framework era began, with the name of its first framework."""
    eras = ask("eras").dropna(subset="starts_on")
    return [
        (era.starts_on.date(), era.short_name.partition(" and ")[0]) for era in eras.itertuples()
    ]


@st.cache_data(max_entries=64, show_spinner=False)
def chart_of(
    _spells: pd.DataFrame,
    _marks: pd.DataFrame,
    shown: tuple[Any, ...],
    window: tuple[date, date | None],
    theme: str,
    today: date,
    data_version: str,
) -> tuple[dict[str, Any], str]:
    """The chart and its takeaway; `shown` and the version stand for the frames in the cache."""
    begins, ends = window
    words = "today" if today == datetime.now(UTC).date() else "known on"
    view = TimelineView(today, begins - _ROOM_BEFORE, ends, era_marks(), today_words=words)
    if is_printing():
        view = replace(view, screen=PAPER_HEIGHT)
    chart = draw_timeline(_spells, view, tokens_of(theme), _marks)
    return chart.to_dict(), describe_timeline(_spells)


def draw(spells: pd.DataFrame, marks: pd.DataFrame, choice: Choice, theme: str) -> tuple[Any, str]:
    """The chart of a choice in a theme, and its takeaway."""
    today = choice.known_on or datetime.now(UTC).date()
    shown = (*spells["spell_id"], choice.by, *choice.marks, str(choice.known_on), is_printing())
    window = choice.window.begins, choice.window.ends
    return chart_of(spells, marks, shown, window, theme, today, version())


def show_bars(spells: pd.DataFrame) -> None:
    """Controls, chart, table and sources of the bars, for `spells` as `all_spells` gives them."""
    choice = choose(spells, search_names(spells))
    ledger = _known(spells, choice.known_on)
    chosen = select(ledger, choice)
    if chosen.empty:
        st.info("No spell on record fits these choices. Remove one of them to see more.")
        return
    chosen = in_groups(_with_lineage(chosen, ledger), choice.by)
    marks = _marks_beside(chosen, choice)
    if "target" in choice.marks:
        chosen = with_slips(chosen, ask("exit_targets"))
    if not choice.is_usual:
        _line(escape(selection_sentence(chosen, choice.window)))
    if is_printing():
        show_print(chosen, marks, lambda part: draw(part, marks, choice, "light"))
    else:
        _show_screen(chosen, marks, choice)
    _sources(chosen, len(spells))


def _show_screen(chosen: pd.DataFrame, marks: pd.DataFrame, choice: Choice) -> None:
    spec, alt = draw(chosen, marks, choice, theme_name())
    event = show_chart(spec, alt, "timeline", select="org")
    picked = (event.selection.get("org") or [{}])[0].get("org_code")
    if picked:
        st.switch_page("pages/explore/organisation.py", query_params={"org": picked})
    _line(mark_key(marks))
    reading_aid(READING)
    _open_organisation(chosen)
    _tables(chosen, marks)


def _known(spells: pd.DataFrame, day: date | None) -> pd.DataFrame:
    """The spells as known today or, with a banner that says so, as they could have been known on a day."""
    if day is None:
        return spells
    known = as_known_on(spells, ask("ledger_as_known", org=None, day=str(day)), day)
    st.info(known_sentence(spells, known, day))
    return known


def _marks_beside(chosen: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The marks of these organisations; of what lay ahead on the day the ledger is as known on, none."""
    marks = pd.concat(
        [change_marks(chosen, successions()), marks_of(choice.marks)], ignore_index=True
    )
    marks = marks[marks["org_code"].isin(chosen["org_code"])]
    if choice.known_on is None:
        return marks
    return marks[marks["day"] <= pd.Timestamp(choice.known_on)].assign(until=pd.NaT)


def _with_lineage(chosen: pd.DataFrame, everyone: pd.DataFrame) -> pd.DataFrame:
    """The spells by families; of organisations taken over that have no row, what happened there in words."""
    absent = everyone[~everyone["org_code"].isin(chosen["org_code"])]
    told = took_over_words(absent, successions())
    return in_families(chosen, successions()).assign(
        took_over=lambda rows: rows["org_code"].map(told)
    )


def _line(words: str) -> None:
    if words:
        st.html(f'<p class="ot-reading">{words}</p>')


def _open_organisation(chosen: pd.DataFrame) -> None:
    open_org = st.selectbox(
        "Open an organisation",
        chosen["org_code"].drop_duplicates(),
        format_func=chosen.set_index("org_code")["org_name"].to_dict().__getitem__,
        index=None,
        placeholder="Choose one of those shown",
    )
    if open_org:
        st.switch_page("pages/explore/organisation.py", query_params={"org": open_org})


def _tables(chosen: pd.DataFrame, marks: pd.DataFrame) -> None:
    show_table(
        chosen[list(TABLE)].assign(source_urls=chosen["source_urls"].map(list)),
        "spells",
        f"The {len(chosen)} spells of these organisations as a table, each with its sources",
        TABLE,
    )
    if len(marks):
        show_table(
            marks[list(MARK_TABLE)],
            "timeline-marks",
            f"The {len(marks)} marks of these organisations, each with its source",
            MARK_TABLE,
        )


def _sources(chosen: pd.DataFrame, of_all: int) -> None:
    source_line(
        ["register of programme spells, compiled from public pages, a source for every row"],
        f"{len(chosen)} of {of_all} spells on record, {chosen['org_code'].nunique()} organisations",
        "The register is incomplete: an organisation that is absent may still have been inside, and openly "
        "announced exits are over-represented, so spells look shorter than they were.",
    )
