"""The bars view of Timelines: one bar per spell of intensive support, a row for each organisation."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages.charts.layers.spell_words import the_count
from pages.charts.timeline import TimelineView, describe_timeline, draw_timeline
from pages.parts.frame import (
    Look,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
    today,
    tokens_of,
)
from pages.parts.opening import offer_to_open, open_picked
from pages.parts.organisations import search_names
from pages.parts.printing import PAPER_HEIGHT, is_printing
from pages.parts.sources import SPELL_REGISTER
from pages.parts.specs import spec_of
from pages.parts.spells import lead_sentence
from pages.parts.store import ask, version
from pages.parts.timelines.controls import Choice, choose, select
from pages.parts.timelines.groups import in_groups
from pages.parts.timelines.known_on import as_known_on, known_lead, known_sentence
from pages.parts.timelines.lineage import change_marks, in_families, successions, took_over_words
from pages.parts.timelines.marks import mark_key, marks_of, with_slips
from pages.parts.timelines.print import show_print
from pages.parts.timelines.words import selection_sentence

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
    look: Look,
) -> tuple[dict[str, Any], str]:
    """The chart and its takeaway; `shown` and `look` stand for the frames in the cache."""
    begins, ends = window
    words = "today" if look.day == today() else "known on"
    view = TimelineView(look.day, begins - _ROOM_BEFORE, ends, era_marks(), today_words=words)
    if is_printing():
        view = replace(view, screen=PAPER_HEIGHT)
    chart = draw_timeline(_spells, view, tokens_of(look.theme), _marks)
    return spec_of(chart), describe_timeline(_spells)


def draw(spells: pd.DataFrame, marks: pd.DataFrame, choice: Choice, theme: str) -> tuple[Any, str]:
    """The chart of a choice in a theme, and its takeaway."""
    day = choice.known_on or today()
    shown = (*spells["spell_id"], choice.by, *choice.marks, str(choice.known_on), is_printing())
    window = choice.window.begins, choice.window.ends
    return chart_of(spells, marks, shown, window, Look(theme, day, version()))


def show_bars(spells: pd.DataFrame, say: Callable[[str], None]) -> None:
    """Controls, chart, table and sources of the bars, for `spells` as `all_spells` gives them.

    `say` takes the sentence that leads the page.
    """
    choice = choose(spells, search_names(spells))
    ledger = _known(spells, choice.known_on)
    say(known_lead(ledger, choice.known_on) if choice.known_on else lead_sentence(ledger))
    chosen = select(ledger, choice)
    if chosen.empty:
        st.info("No spell on record fits these choices. Remove one of them to see more.")
        return
    chosen = in_groups(_with_lineage(chosen, ledger), choice.by)
    marks = _marks_beside(chosen, choice)
    if "target" in choice.marks:
        chosen = with_slips(chosen, ask("exit_targets"))
    _line(escape(" ".join(_notes(spells, ledger, chosen, choice))))
    if is_printing():
        show_print(chosen, marks, lambda part: draw(part, marks, choice, "light"))
    else:
        _show_screen(chosen, marks, choice)
    _sources(chosen, len(spells))


def _show_screen(chosen: pd.DataFrame, marks: pd.DataFrame, choice: Choice) -> None:
    spec, alt = draw(chosen, marks, choice, theme_name())
    event = show_chart(spec, alt, "timeline", select="org")
    open_picked(event)
    _line(mark_key(marks))
    reading_aid(READING)
    offer_to_open(chosen, "org_name")
    _tables(chosen, marks)


def _known(spells: pd.DataFrame, day: date | None) -> pd.DataFrame:
    """The spells as known today or as they could have been known on a day."""
    if day is None:
        return spells
    return as_known_on(spells, ask("ledger_as_known", org=None, day=str(day)), day)


def _notes(
    spells: pd.DataFrame, ledger: pd.DataFrame, chosen: pd.DataFrame, choice: Choice
) -> list[str]:
    """What the ledger of another day lacks, and what the reader's choices leave."""
    lacking = [known_sentence(spells, ledger, choice.known_on)] if choice.known_on else []
    return lacking if choice.is_whole else [*lacking, selection_sentence(chosen, choice.window)]


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


def _tables(chosen: pd.DataFrame, marks: pd.DataFrame) -> None:
    show_table(
        chosen[list(TABLE)].assign(source_urls=chosen["source_urls"].map(list)),
        "spells",
        f"{the_count(len(chosen), 'spell')} of these organisations as a table, each with its sources",
        TABLE,
    )
    if len(marks):
        show_table(
            marks[list(MARK_TABLE)],
            "timeline-marks",
            f"{the_count(len(marks), 'mark')} of these organisations, each with its source",
            MARK_TABLE,
        )


def _sources(chosen: pd.DataFrame, of_all: int) -> None:
    source_line(
        [SPELL_REGISTER],
        f"{len(chosen)} of {of_all} spells on record, {chosen['org_code'].nunique()} organisations",
        "The register is incomplete: an organisation that is absent may still have been inside, and openly "
        "announced exits are over-represented, so spells look shorter than they were.",
    )
