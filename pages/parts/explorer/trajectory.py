"""The trajectory view of the Explorer: one organisation beside its peers, month by month."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.charted import within
from indicators.definition import Indicator
from pages.charts.layers.backdrop import Span
from pages.charts.layers.formats import format_span
from pages.charts.layers.rows import rows_of
from pages.charts.trajectory import describe_trajectory, draw_trajectory, footnotes
from pages.parts.explorer.controls import (
    ONE_PERIOD,
    choose_lineage,
    choose_org,
    choose_period,
    has_two_periods,
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
from pages.parts.history import spells_of
from pages.parts.indicators import (
    break_frame,
    catalogue,
    standard_frame,
    text_of,
    untitled_text_of,
)
from pages.parts.lineage import history_of, merger_breaks, predecessors_of
from pages.parts.links import linked_pills, linked_select
from pages.parts.organisations import PEERS, organisations
from pages.parts.since_entry import (
    FEWEST,
    last_entries,
    peers_of,
    since_entry,
)
from pages.parts.since_entry_words import NO_EFFECT, change_sentence
from pages.parts.sources import compiled_notes, title_of
from pages.parts.specs import spec_of
from pages.parts.store import ask
from pages.parts.timelines.marks import MARK_WORDS, mark_key, marks_of

PEER_WORDS = {"type": "Same type", "region": "Same region and type"}
EVENT_WORDS = {"cqc": "CQC", "leadership": "Leaders", "merger": "Mergers"}
READING = (
    "The blue line is the organisation; the grey band holds the middle eighty per cent of its peers, the "
    "grey line is their median (the organisation is one of them), the dashed line England, except of counts. "
    "Time in a programme is a pale band, entry a solid rule, a known exit a dashed one. A gap is a period "
    "that was not published; the tick on the baseline says why. Dotted rules with a number are changes of "
    "definition and mergers: see the source line. "
)
COLUMNS = [
    *("period_start", "value", "median", "p10", "p90", "n", "numerator", "denominator"),
    *("missing_reason", "basis", "file_name"),
]


@dataclass(frozen=True)
class Choice:
    """What the reader asks to see: months [span), kinds of events, and which peers."""

    org: str
    lineage: str
    by_region: bool
    events: tuple[str, ...]
    span: Span


@dataclass(frozen=True)
class Answer:
    """The chart, its takeaway, the sentences of the page, its rows, and the notes below it."""

    spec: dict[str, Any]
    alt: str
    sentences: tuple[str, ...]
    rows: pd.DataFrame
    notes: tuple[str, ...]


def show_trajectory(write_head: Callable[..., None], indicator: Indicator) -> None:
    """The whole view below the row of view and indicator."""
    if not has_two_periods(indicator.indicator_id):
        write_head(
            f"How has {indicator.short_title} moved?",
            ONE_PERIOD,
        )
        return
    choice = _choose(indicator)
    name = organisations().loc[choice.org, "short_name"]
    title = f"{name}: how has {indicator.short_title} moved?"
    answer = trajectory_of(indicator.indicator_id, choice, look_now())
    if answer is None:
        write_head(title, "It has fewer than two figures in these months. Choose a longer period.")
        return
    write_head(title, *answer.sentences)
    show_chart(answer.spec, f"{indicator.short_title}. {answer.alt}", "trajectory")
    _below(answer, indicator, choice)


def _choose(indicator: Indicator) -> Choice:
    """The view's one row of controls; a choice of history only where others were taken over."""
    first, second, third, fourth, fifth = st.columns([3.5, 1.7, 1.9, 2.7, 1.8])
    with first:
        org = choose_org(indicator.indicator_id)
    with second:
        peers = linked_select("Peers", "peers", list(PEER_WORDS), PEER_WORDS.__getitem__, "type")
    with third:
        span = choose_period(indicator.indicator_id)
    with fourth:
        events = linked_pills(
            "Events", "marks", list(EVENT_WORDS), EVENT_WORDS.__getitem__, list(EVENT_WORDS)
        )
    lineage = "as_was"
    if len(predecessors_of(org)):
        with fifth:
            lineage = choose_lineage()
    return Choice(org, lineage, peers == "region", tuple(events), span)


@dataclass(frozen=True)
class Frames:
    """What is drawn: the organisation (and those it took over), its peers, breaks and events."""

    rows: pd.DataFrame
    beside: pd.DataFrame
    peers: pd.DataFrame
    breaks: pd.DataFrame
    events: pd.DataFrame


@st.cache_data(max_entries=64, show_spinner=False)
def trajectory_of(indicator_id: str, choice: Choice, look: Look) -> Answer | None:
    """What the view shows; None where no line can be drawn in the months chosen."""
    indicator = catalogue()[indicator_id]
    before, own = predecessors_of(choice.org), _series_of(choice.org, indicator)
    history = history_of(choice.lineage, own, before, indicator_id, choice.org)
    rows, peers = within(history.rows, choice.span), _peers(indicator_id, choice)
    if rows["value"].notna().sum() < 2:
        return None
    breaks, events = _breaks(indicator, before, choice), _events(choice)
    frames = Frames(rows, history.beside, peers, breaks, events)
    name = organisations().loc[choice.org, "short_name"]
    # The year before the latest figure may lie outside the months shown.
    told = history.rows[history.rows["period_start"] < pd.Timestamp(choice.span[1])]
    alt = describe_trajectory(told, peers, text_of(indicator), name)
    counted, is_few = _peers_sentence(indicator_id, choice, rows)
    since = _since(indicator, choice)
    return Answer(
        _drawn(frames, indicator, choice, look),
        alt,
        # The title has the name already.
        (alt.removeprefix(f"{name}: "), *since, *[counted] * is_few),
        rows.merge(peers, on="period_start", how="left"),
        (counted, *(f"{note}." for note in footnotes(breaks)), mark_key(events)),
    )


def _drawn(frames: Frames, indicator: Indicator, choice: Choice, look: Look) -> dict[str, Any]:
    chart = draw_trajectory(
        frames.rows,
        frames.peers,
        _series_of("ENG", indicator),
        spells_of(choice.org),
        standard_frame(indicator),
        frames.breaks,
        untitled_text_of(indicator),
        organisations().loc[choice.org, "short_name"],
        _peers_name(choice),
        tokens_of(look.theme),
        choice.span,
        predecessors=frames.beside,
        events=frames.events,
    )
    return spec_of(chart)


def _series_of(org: str, indicator: Indicator) -> pd.DataFrame:
    rows = ask("organisation_series", org=org)
    mine = rows[rows["indicator_id"] == indicator.indicator_id]
    return mine.assign(source_title=title_of(indicator.measures.source))


def _of_its_kind(rows: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    chosen = organisations().loc[choice.org]
    mine = rows[rows["org_type"] == chosen["org_type"]]
    return mine[mine["region"] == chosen["region"]] if choice.by_region else mine


def _peers(indicator_id: str, choice: Choice) -> pd.DataFrame:
    found = _of_its_kind(peers_of(indicator_id, choice.by_region), choice)
    return found[["period_start", "median", "p10", "p90", "n"]]


def _peers_name(choice: Choice) -> str:
    chosen = organisations().loc[choice.org]
    kind = PEERS[chosen["org_type"]]
    return f"{kind} in {chosen['region']}" if choice.by_region else kind


def _peers_sentence(indicator_id: str, choice: Choice, rows: pd.DataFrame) -> tuple[str, bool]:
    """How many peers there are in its latest period; whether they are too few for a band."""
    everyone = ask("indicator_peers", indicator=indicator_id, by_region=choice.by_region)
    last_own = rows.loc[rows["value"].notna(), "period_start"].max()
    found = within(_of_its_kind(everyone, choice), choice.span)
    found = found[found["period_start"] <= last_own]
    if found.empty:
        return "No peers have a figure in these months.", True
    last = found.iloc[-1]
    when = format_span(last["period_start"], catalogue()[indicator_id].step_months)
    counted = f"Peers: {last['n']} {_peers_name(choice)} in {when}, itself included"
    is_few = bool(last["n"] < FEWEST)
    return f"{counted}: fewer than five, so no band is drawn." if is_few else f"{counted}.", is_few


def _since(indicator: Indicator, choice: Choice) -> list[str]:
    """The change since its last entry to its latest figures; nothing where it never entered."""
    entries = last_entries()
    mine = entries[entries["org_code"] == choice.org]
    if mine.empty:
        return []
    (row,) = rows_of(since_entry(indicator.indicator_id, mine, choice.lineage))
    told = change_sentence(row, indicator)
    return [told] if pd.isna(row.change) else [told, "This shows no effect of support."]


def _breaks(indicator: Indicator, before: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    shown = before if "merger" in choice.events else before.iloc[:0]
    return pd.concat([break_frame(indicator), merger_breaks(shown)], ignore_index=True)


def _events(choice: Choice) -> pd.DataFrame:
    marks = marks_of([kind for kind in choice.events if kind in MARK_WORDS])
    begins, ends = map(pd.Timestamp, choice.span)
    return marks[
        (marks["org_code"] == choice.org) & (marks["day"] >= begins) & (marks["day"] < ends)
    ]


def _below(answer: Answer, indicator: Indicator, choice: Choice) -> None:
    reading_aid(READING + NO_EFFECT)
    name = f"trajectory-{indicator.indicator_id}-{choice.org}"
    show_table(answer.rows[COLUMNS], name)
    marks = _events(choice)
    if len(marks):
        show_table(
            marks[["when", "what", "words", "source"]], f"events-{choice.org}", "The events marked"
        )
    starts = answer.rows["period_start"]
    first, last = (format_span(day, indicator.step_months) for day in (starts.min(), starts.max()))
    source_line(
        [title_of(indicator.measures.source)],
        f"{first} to {last}",
        *compiled_notes(answer.rows),
        *map(escape, answer.notes),
    )
    method_note(escape(indicator.method), [escape(caveat) for caveat in indicator.caveats])
