"""The compare view of the Explorer: up to six organisations on one chart."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.charted import within
from indicators.comparing import can_be_indexed, first_common_period, indexed
from indicators.definition import Indicator
from pages.charts.compare import draw_compare, footnotes
from pages.charts.layers.backdrop import Span
from pages.charts.layers.formats import IndicatorText, format_span, format_value
from pages.parts.charted import ICONS_NOTE
from pages.parts.explorer.compare_words import compare_sentences, compare_table
from pages.parts.explorer.controls import (
    ONE_PERIOD,
    choose_orgs,
    choose_period,
    has_two_periods,
    with_values,
)
from pages.parts.frame import (
    Look,
    look_now,
    method_note,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    tokens_of,
)
from pages.parts.indicators import break_frame, catalogue, standard_frame, untitled_text_of
from pages.parts.links import linked_choice
from pages.parts.organisations import PEERS, listed
from pages.parts.since_entry import last_entries, peers_of
from pages.parts.sources import compiled_notes, title_of
from pages.parts.specs import spec_of
from pages.parts.store import ask

MOST, USUAL = 6, 4
VALUE_WORDS = {"raw": "As published", "index": "100 at first common period"}
TITLE = "How do these organisations compare?"
NO_PEERS = "No peers are drawn: these organisations are not all of one type."
READING = (
    "Each line is one organisation, named where it ends; more than four are drawn grey from the fifth on. "
    "The grey band holds the middle eighty per cent of their peers, where all are of one type. Without a "
    "choice the four organisations are shown that entered a programme last. Lines start from different "
    "levels and serve different people: their order is for reading, not a league table."
)
COLUMNS = [
    *("org_code", "org_name", "period_start", "value", "numerator", "denominator"),
    *("missing_reason", "basis", "file_name"),
]


@dataclass(frozen=True)
class Choice:
    """What the reader asks to see: organisations in the order of their lines, index or not, months [span)."""

    orgs: tuple[str, ...]
    is_index: bool
    span: Span


@dataclass(frozen=True)
class Answer:
    """The chart, its sentences, the small table, the rows in the months shown, and the notes below."""

    spec: dict[str, Any]
    sentences: tuple[str, ...]
    table: pd.DataFrame
    rows: pd.DataFrame
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """What the chart draws: lines, the peers' band, standards, and what it says of the figures."""

    lines: pd.DataFrame
    peers: pd.DataFrame
    standards: pd.DataFrame
    text: IndicatorText


def show_compare(write_head: Callable[..., None], indicator: Indicator) -> None:
    """The whole view below the row of view and indicator."""
    if not has_two_periods(indicator.indicator_id):
        write_head(TITLE, ONE_PERIOD)
        return
    choice = _choose(indicator)
    answer = compare_of(indicator.indicator_id, choice, look_now())
    if answer is None:
        write_head(TITLE, "None of them has a figure in these months. Choose a longer period.")
        return
    write_head(TITLE, *answer.sentences)
    told = " ".join((f"{indicator.short_title}.", *answer.sentences))
    show_chart(answer.spec, told, "compare")
    _below(answer, indicator)


def _choose(indicator: Indicator) -> Choice:
    """The view's one row of controls."""
    first, second, third = st.columns([5, 2.6, 3.4])
    with first:
        orgs = choose_orgs(
            indicator.indicator_id, "Organisations", MOST, "The four that entered last"
        )
    with second:
        span = choose_period(indicator.indicator_id)
    values = "raw"
    if can_be_indexed(indicator.unit):
        with third:
            values = linked_choice(
                "Values", "values", list(VALUE_WORDS), VALUE_WORDS.__getitem__, "raw"
            )
    chosen = tuple(orgs) or usual_orgs(indicator.indicator_id)
    return Choice(chosen, values == "index", span)


def usual_orgs(indicator_id: str) -> tuple[str, ...]:
    """The organisations with a value that entered a programme last; any four where none entered one."""
    known = with_values(indicator_id).index
    entered = last_entries().sort_values("entered_earliest", ascending=False, kind="stable")
    latest = [code for code in entered["org_code"] if code in known]
    return tuple((latest or list(known))[:USUAL])


@st.cache_data(max_entries=64, show_spinner=False)
def compare_of(indicator_id: str, choice: Choice, look: Look) -> Answer | None:
    """What the view shows; None where there is no figure in the months chosen."""
    indicator = catalogue()[indicator_id]
    text, history = untitled_text_of(indicator), _history(indicator_id, choice)
    rows = within(history, choice.span)
    if not rows["value"].notna().any():
        return None
    peers, peers_name = _peers(indicator_id, rows, choice)
    start = first_common_period(rows) if choice.is_index else None
    raw = Drawn(_told(rows, text), peers, standard_frame(indicator), text)
    drawn = raw if start is None else _from_100(raw, start)
    breaks = break_frame(indicator)
    beside = {"peers": drawn.peers, "standards": drawn.standards, "breaks": breaks}
    chart = draw_compare(
        drawn.lines, beside, drawn.text, peers_name, tokens_of(look.theme), choice.span
    )
    return Answer(
        spec_of(chart),
        (
            *compare_sentences(rows, history, text),
            *_index_note(choice, start, text),
            *_absent(indicator_id, rows, choice),
        ),
        compare_table(indicator_id, rows, history, text, look),
        rows,
        (*(f"{note}." for note in footnotes(breaks)), *[NO_PEERS] * (not peers_name)),
    )


def _absent(indicator_id: str, rows: pd.DataFrame, choice: Choice) -> list[str]:
    """Those chosen that have no figure in the months shown."""
    known = set(rows.loc[rows["value"].notna(), "org_code"])
    names = with_values(indicator_id)["short_name"]
    absent = [str(names[code]) for code in choice.orgs if code not in known]
    return [f"No figure in these months: {listed(absent)}."] if absent else []


def _history(indicator_id: str, choice: Choice) -> pd.DataFrame:
    """All rows of the organisations, in the order chosen, with names and types."""
    names = with_values(indicator_id)
    rows = ask("series", indicator=indicator_id, orgs=list(choice.orgs))
    order = {code: place for place, code in enumerate(choice.orgs)}
    ordered = rows.sort_values("org_code", key=lambda codes: codes.map(order), kind="stable")
    return ordered.assign(
        org_name=ordered["org_code"].map(names["short_name"]),
        org_type=ordered["org_code"].map(names["org_type"]),
    )


def _peers(indicator_id: str, rows: pd.DataFrame, choice: Choice) -> tuple[pd.DataFrame, str]:
    """The peers and what they are called, where all are of one type."""
    peers = peers_of(indicator_id)
    types = rows["org_type"].unique()
    if len(types) != 1:
        return peers.iloc[:0], ""
    return within(peers[peers["org_type"] == types[0]], choice.span), PEERS[types[0]]


def _told(rows: pd.DataFrame, text: IndicatorText) -> pd.DataFrame:
    """The rows with their figures in words, not an index yet."""
    shown = ["" if pd.isna(value) else format_value(value, text.unit) for value in rows["value"]]
    return rows.assign(shown=shown, index="")


def _from_100(raw: Drawn, start: pd.Timestamp) -> Drawn:
    """Lines from `start` on, where each is at 100. Of peers the median alone: shares of it are no band."""
    lines = indexed(raw.lines, start)
    written = ["" if pd.isna(value) else f"{value:.1f}" for value in lines["value"]]
    middle = indexed(raw.peers.assign(org_code="", value=raw.peers["median"]), start)
    peers = middle.assign(median=middle["value"], p10=float("nan"), p90=float("nan"))
    when = format_span(start, raw.text.step_months)
    return Drawn(
        lines.assign(index=written)[lines["period_start"] >= start],
        peers[peers["period_start"] >= start],
        raw.standards.iloc[:0],
        replace(raw.text, unit="count", unit_title=f"index, 100 in {when}"),
    )


def _index_note(choice: Choice, start: pd.Timestamp | None, text: IndicatorText) -> list[str]:
    if not choice.is_index:
        return []
    if start is None:
        return ["There is no period in which all of them have a figure above zero: as published."]
    return [f"On the chart 100 is each one's figure in {format_span(start, text.step_months)}."]


def _below(answer: Answer, indicator: Indicator) -> None:
    reading_aid(READING)
    with st.container(key="figures-compare"):
        st.table(answer.table, border="horizontal", hide_index=True)
    show_table(answer.rows[COLUMNS], f"compare-{indicator.indicator_id}")
    starts = answer.rows["period_start"]
    first, last = (format_span(day, indicator.step_months) for day in (starts.min(), starts.max()))
    source_line(
        [title_of(indicator.measures.source)],
        f"{first} to {last}",
        *compiled_notes(answer.rows),
        *map(escape, answer.notes),
        ICONS_NOTE,
    )
    method_note(escape(indicator.method), [escape(caveat) for caveat in indicator.caveats])
