"""The multiples view of the Explorer: every organisation in a programme, a small chart each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.charted import within
from indicators.definition import Indicator
from pages.charts.icons import VARIATION_WORDS
from pages.charts.layers.backdrop import Span
from pages.charts.layers.formats import format_span
from pages.charts.multiples import draw_multiples
from pages.parts.charted import ICONS_NOTE, charts_of
from pages.parts.explorer.controls import ONE_PERIOD, choose_period, has_two_periods
from pages.parts.explorer.multiples_words import changes_table, multiples_sentences, note_of
from pages.parts.filters import choose_programmes, choose_regions, choose_types, only
from pages.parts.frame import (
    Look,
    is_phone,
    look_now,
    method_note,
    reading_aid,
    show_chart,
    show_table,
    source_line,
    tokens_of,
)
from pages.parts.indicators import catalogue, text_of, untitled_text_of
from pages.parts.links import linked_select
from pages.parts.opening import offer_charts, open_picked_chart
from pages.parts.organisations import listed
from pages.parts.since_entry import last_entries, peers_of, since_entry
from pages.parts.since_entry_words import NO_EFFECT
from pages.parts.sources import SPELL_REGISTER, compiled_notes, title_of
from pages.parts.specs import spec_of
from pages.parts.spells import all_spells, programme_words
from pages.parts.store import ask

TITLE = "What became of this indicator at each organisation in the programme?"
SORT_WORDS = {"entry": "Date of entry", "change": "Change since entry"}
ROOM = 4_000
"""Points drawn at most, so that with everything beside them a chart stays below 5,000 marks."""
USUAL_YEARS = 5
WIDE, NARROW = 5, 2
_FIGURES = ["org_code", "period_start", "value", "numerator", "denominator"]
_OF_NOTES = ["change", "month_zero", "entered_earliest", "entered_label"]
READING = (
    "Each small chart is one organisation on the same axes: the blue line its figures, the grey line the "
    "median of its type, the pale band its time in the programme, the solid rule its entry, the dashed one "
    "a known exit. The round sign is its variation icon of the control chart; its name is in the table and "
    "on hover. The pointer shows the same period in every chart. A change since entry is the mean of "
    "the latest three months less that of the three before the first month exposed (of quarters and years "
    "one each), whichever months are shown. Order is for reading, not a league table. "
)


@dataclass(frozen=True)
class Choice:
    """What the reader asks to see; nothing chosen of types or regions means all."""

    programmes: tuple[str, ...]
    types: tuple[str, ...]
    regions: tuple[str, ...]
    sort: str
    span: Span


@dataclass(frozen=True)
class Answer:
    """The chart, its sentences, a row per organisation in order, their icons in words, the rows drawn."""

    spec: dict[str, Any]
    sentences: tuple[str, ...]
    places: pd.DataFrame
    icons: pd.Series
    rows: pd.DataFrame
    notes: tuple[str, ...]


def show_multiples(write_head: Callable[..., None], indicator: Indicator) -> None:
    """The whole view below the row of view and indicator."""
    if not has_two_periods(indicator.indicator_id):
        write_head(TITLE, ONE_PERIOD)
        return
    choice = _choose(indicator)
    answer = multiples_of(indicator.indicator_id, choice, is_phone(), look_now())
    if answer is None:
        write_head(
            TITLE,
            "None of its organisations has a figure in these months. Choose another programme, type, "
            "region or period.",
        )
        return
    write_head(TITLE, *answer.sentences)
    told = " ".join((f"{indicator.short_title}.", *answer.sentences))
    event = show_chart(answer.spec, told, "multiples", select="org")
    open_picked_chart(event, indicator.indicator_id)
    _below(answer, indicator)


def _choose(indicator: Indicator) -> Choice:
    """The view's one row of controls."""
    first, second, third, fourth, fifth = st.columns([2, 2, 2, 2.2, 2.8])
    with first:
        programmes = choose_programmes(placeholder="RSP")
    with second:
        types = choose_types()
    with third:
        regions = choose_regions(ask("organisations")["region"])
    with fourth:
        sort = linked_select("Order", "sort", list(SORT_WORDS), SORT_WORDS.__getitem__, "entry")
    with fifth:
        span = choose_period(indicator.indicator_id, _usual_from(indicator.indicator_id))
    return Choice(tuple(programmes or ["rsp"]), tuple(types), tuple(regions), sort or "entry", span)


def _usual_from(indicator_id: str) -> date:
    """The first month of the last five years that are published."""
    starts = ask("lineage_values", indicator=indicator_id, lineage="as_was")["period_start"]
    first = starts.max() - pd.DateOffset(years=USUAL_YEARS) + pd.DateOffset(months=1)
    return first.date()


@st.cache_resource(max_entries=32, show_spinner="Drawing the small charts")
def multiples_of(indicator_id: str, choice: Choice, phone: bool, look: Look) -> Answer | None:
    """What the view shows; None where no organisation has a figure in the months chosen.

    Shared by all readers, never to be changed.
    """
    indicator = catalogue()[indicator_id]
    entries = only(
        last_entries(choice.programmes), {"org_type": choice.types, "region": choice.regions}
    )
    rows = _figures_of(indicator_id, entries["org_code"])
    span = thinned(rows, choice.span)
    shown = _with_medians(within(rows, span), entries, peers_of(indicator_id))
    if shown.empty:
        return None
    changes = since_entry(indicator_id, entries)
    places = _in_order(changes[changes["org_code"].isin(shown["org_code"])], choice.sort)
    cells, text = _cells(places, indicator), untitled_text_of(indicator)
    spells = all_spells()
    spells = spells[spells["programme"].isin(choice.programmes)]
    columns, tokens = NARROW if phone else WIDE, tokens_of(look.theme)
    chart = draw_multiples(cells, shown, spells, text, tokens, span, columns=columns)
    thin = f"Months before {format_span(span[0], 1)} are left out: too many to draw."
    return Answer(
        spec_of(chart),
        tuple(multiples_sentences(places, len(entries) - len(places), _names(choice), text)),
        places,
        cells["words"],
        shown,
        (thin,) if span != choice.span else (),
    )


def _figures_of(indicator_id: str, orgs: pd.Series) -> pd.DataFrame:
    """All known figures of these organisations, each with the file that it comes from."""
    values = ask("lineage_values", indicator=indicator_id, lineage="as_was")
    chosen = values.loc[values["org_code"].isin(orgs), [*_FIGURES, "basis", "snapshot_id"]]
    return chosen.merge(ask("snapshot_files"), how="left", on="snapshot_id")


def _names(choice: Choice) -> str:
    words = programme_words()
    return listed([f"the {words[programme]}" for programme in choice.programmes])


def thinned(rows: pd.DataFrame, span: Span) -> Span:
    """The last of the months [span) whose figures are no more than there is ROOM for."""
    counts = within(rows, span).groupby("period_start").size().sort_index(ascending=False)
    kept = counts.index[counts.cumsum() <= ROOM]
    return span if len(kept) == len(counts) else (kept.min().date(), span[1])


def _with_medians(rows: pd.DataFrame, entries: pd.DataFrame, peers: pd.DataFrame) -> pd.DataFrame:
    typed = rows.merge(entries[["org_code", "org_name", "org_type"]], on="org_code")
    medians = peers[["org_type", "period_start", "median"]]
    return typed.merge(medians, on=["org_type", "period_start"], how="left")


def _in_order(places: pd.DataFrame, sort: str) -> pd.DataFrame:
    """By first known day of entry, or from the largest rise to the largest fall; unknown last."""
    by = {"entry": ("entered_earliest", True), "change": ("change", False)}
    column, ascending = by[sort]
    return places.sort_values(
        [column, "org_name"], ascending=[ascending, True], na_position="last", ignore_index=True
    )


def _cells(places: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    icons = charts_of(indicator.indicator_id).icons.set_index("org_code")["variation"]
    variation = places["org_code"].map(icons).fillna("empty")
    text = text_of(indicator)
    return pd.DataFrame(
        {
            "org_code": places["org_code"],
            "name": places["org_name"],
            "note": [note_of(row, text) for row in places[_OF_NOTES].itertuples()],
            "variation": variation,
            "words": variation.map(VARIATION_WORDS),
        }
    )


def _below(answer: Answer, indicator: Indicator) -> None:
    offer_charts(answer.places, "org_name", indicator.indicator_id)
    reading_aid(READING + NO_EFFECT)
    show_table(
        changes_table(answer.places, answer.icons, text_of(indicator)),
        f"since-entry-{indicator.indicator_id}",
        "Each organisation's change since entry, its peers' and its variation icon",
    )
    code, start, value, *parts = _FIGURES
    columns = [code, "org_name", start, value, "median", *parts, "basis", "file_name"]
    show_table(answer.rows[columns], f"multiples-{indicator.indicator_id}")
    starts = answer.rows["period_start"]
    first, last = (format_span(day, indicator.step_months) for day in (starts.min(), starts.max()))
    source_line(
        [SPELL_REGISTER, title_of(indicator.measures.source)],
        f"{len(answer.places)} organisations, {first} to {last}",
        *compiled_notes(answer.rows),
        *answer.notes,
        ICONS_NOTE,
    )
    method_note(escape(indicator.method), [escape(caveat) for caveat in indicator.caveats])
