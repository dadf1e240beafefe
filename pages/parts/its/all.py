"""Run for all: one indicator over all entrants, or all indicators of one organisation, as a forest plot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.its_all import Question, run_all
from indicators.its_all_rows import as_frame
from indicators.its_all_words import lead_sentences, refusal_sentence
from indicators.its_stays import Event, stays_of
from pages.charts.forest import describe_forest, draw_forest
from pages.parts.frame import (
    reading_aid,
    show_chart,
    show_table,
    source_line,
    theme_name,
    tokens_of,
)
from pages.parts.indicators import catalogue, text_of, with_data
from pages.parts.its.all_rows import (
    COLUMN_CONFIG,
    Drawing,
    drawing_of_indicator,
    drawing_of_organisation,
    effects_table,
    refused_table,
)
from pages.parts.links import linked_select
from pages.parts.organisations import organisations
from pages.parts.sources import SPELL_REGISTER, title_of
from pages.parts.specs import spec_of
from pages.parts.spells import all_spells
from pages.parts.store import ask, version

_BY = {
    "indicator": "One indicator, all entrants",
    "organisation": "One organisation, all indicators",
}
_EVENTS: dict[Event, str] = {"entry": "Entry", "exit": "Exit"}
_USUAL_INDICATOR = "ae_4h_all"
_READING = (
    "Each row is an interrupted time series of its own, by the defaults of the single view (REML with "
    "autocorrelated errors; the two periods before entry and the pandemic left out). The point is how "
    "far the figure lay, a year after the start, from where its own line before would have led; the "
    "line is its 95 % interval, and an arrow says that it goes on. Where a year is not observed, the "
    "last of the start, half a year and a year is read; the hover says which. Spells without a gap "
    "between them are one stay: a move from special measures into the Recovery Support Programme is no "
    "exit. A clear effect is not yet one of the programme: organisations enter at their worst. So "
    "beside it stands what a separate estimate, from the year before to the year after entry, leaves "
    "beyond the rebound of similar organisations without a programme, where that can be told. "
    "Indicators side by side are favourable changes (better to the right) in standard deviations "
    "between organisations of the same type, of their means in the year before. The order is that of "
    "the months, for reading only."
)


@dataclass(frozen=True)
class Chosen:
    """What the answer depends on beside the data: exactly one of `indicator` and `org` is not empty."""

    event: Event
    indicator: str = ""
    org: str = ""


def show_all(write_head: Callable[..., None], places: Sequence[Any]) -> None:
    """The view, its further controls in `places` beside the choice of view."""
    chosen = _choose(places)
    frame = _frame(chosen, write_head)
    if frame.empty:
        text = f"No source gives an {chosen.event} to the month here, so nothing can be estimated."
        write_head(_title(chosen), text)
        return
    write_head(_title(chosen), *lead_sentences(frame, chosen.event))
    drawing = _drawing(chosen, frame)
    if len(drawing.rows):
        _show_chart(chosen, drawing)
    _below(chosen, frame, drawing)


def _choose(places: Sequence[Any]) -> Chosen:
    with places[0]:
        by = linked_select("Run for", "by", list(_BY), _BY.__getitem__, "indicator")
    with places[1]:
        which = _choose_org() if by == "organisation" else _choose_indicator()
    with places[2]:
        event = linked_select("Interruption", "event", list(_EVENTS), _event_words, "entry")
    known: Event = "exit" if event == "exit" else "entry"
    return Chosen(known, org=which) if by == "organisation" else Chosen(known, indicator=which)


def _event_words(event: str) -> str:
    return "Exit" if event == "exit" else "Entry"


def _choose_indicator() -> str:
    known = with_data()
    names = {key: each.short_title for key, each in known.items()}
    usual = _USUAL_INDICATOR if _USUAL_INDICATOR in names else next(iter(names))
    return linked_select("Indicator", "indicator", list(names), names.__getitem__, usual) or usual


def _choose_org() -> str:
    """Organisations with a stay whose entry is known to the month; the last to enter without a choice."""
    stays = [stay for stay in stays_of(all_spells()) if stay.has("entry")]
    names = {stay.org_code: f"{stay.org_name} ({stay.org_code})" for stay in stays}
    usual = stays[-1].org_code
    options = sorted(names, key=names.__getitem__)
    return linked_select("Organisation", "org", options, names.__getitem__, usual) or usual


def _title(chosen: Chosen) -> str:
    verb = "entered" if chosen.event == "entry" else "left"
    if chosen.org:
        return f"What changed after {_name_of(chosen.org)} {verb} a programme?"
    title = catalogue()[chosen.indicator].short_title
    return f"{title}: what changed after organisations {verb} a programme?"


def _name_of(org: str) -> str:
    return str(organisations().loc[org, "short_name"])


@st.cache_resource(max_entries=64, show_spinner=False)
def _kept(chosen: Chosen, data_version: str) -> dict[str, pd.DataFrame]:
    """Where the answer is kept once it has been worked out, with a bar that a cached function cannot draw."""
    return {}


def _frame(chosen: Chosen, write_head: Callable[..., None]) -> pd.DataFrame:
    kept = _kept(chosen, version())
    if "frame" not in kept:
        write_head(_title(chosen), "Every series is being run, one after the other.")
        kept["frame"] = _worked_out(chosen)
    return kept["frame"]


def _worked_out(chosen: Chosen) -> pd.DataFrame:
    known = with_data()
    indicators = tuple(known.values()) if chosen.org else (known[chosen.indicator],)
    question = Question(indicators, chosen.event, chosen.org or None)
    bar, rows = st.progress(0.0, text="Running every series"), []
    for step in run_all(question, all_spells(), ask):
        rows.append(step.row)
        bar.progress(step.done / step.of, text=f"{step.done:,} of {step.of:,} series run")
    bar.empty()
    return as_frame(rows)


def _drawing(chosen: Chosen, frame: pd.DataFrame) -> Drawing:
    if chosen.org:
        return drawing_of_organisation(frame, catalogue(), _name_of(chosen.org), chosen.event)
    indicator = catalogue()[chosen.indicator]
    text = replace(text_of(indicator), is_change=True)
    return drawing_of_indicator(frame, indicator, text, chosen.event)


def _show_chart(chosen: Chosen, drawing: Drawing) -> None:
    alt = describe_forest(drawing.rows, drawing.text)
    show_chart(_spec(chosen, theme_name(), version(), drawing), alt, "its.all")


@st.cache_data(max_entries=64, show_spinner=False)
def _spec(chosen: Chosen, theme: str, data_version: str, _drawing: Drawing) -> dict[str, Any]:
    return spec_of(draw_forest(_drawing.rows, _drawing.text, tokens_of(theme)))


def _below(chosen: Chosen, frame: pd.DataFrame, drawing: Drawing) -> None:
    told = [refusal_sentence(frame)]
    if drawing.off_scale:
        told.append(
            f"{drawing.off_scale} more are in the table only: neither side is better, or too few "
            "organisations of the type have figures to tell their spread."
        )
    st.html(f'<p class="ot-reading">{escape(" ".join(filter(None, told)))}</p>')
    reading_aid(escape(_READING))
    known, name = catalogue(), f"its-all-{chosen.indicator or chosen.org}-{chosen.event}"
    show_table(
        lambda: effects_table(frame, known, chosen.event),
        name,
        "Every effect with its interval, grade, cautions and warnings",
        COLUMN_CONFIG,
    )
    show_table(
        lambda: refused_table(frame, known, chosen.event),
        f"{name}-refused",
        "Not estimated, and why",
    )
    _sources(frame)


def _sources(frame: pd.DataFrame) -> None:
    known = catalogue()
    names = {known[key].measures.source for key in frame.loc[frame["code"].isna(), "indicator_id"]}
    covers = f"{len(frame):,} analyses, each of the whole series published under the organisation’s own code"
    source_line(
        [*sorted(map(title_of, names)), SPELL_REGISTER],
        covers,
        "Dates known less exactly than to the month are not used.",
    )
