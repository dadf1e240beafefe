"""The evidence card of one indicator among one type: every criterion, what decided, and where to look on."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from indicators.runs.record import RunRecord
from indicators.screening.judged import Judged
from indicators.stats.screen.thresholds import Thresholds
from pages.parts.frame import method_note, source_line
from pages.parts.indicator_library.list import publication_of
from pages.parts.indicators import catalogue
from pages.parts.key_indicators.bearing import caveats_of
from pages.parts.key_indicators.criteria import criteria_table, facts_table
from pages.parts.key_indicators.further import further
from pages.parts.key_indicators.lacking import still_lacking
from pages.parts.key_indicators.origin import show_origin
from pages.parts.key_indicators.pictures import show_pictures
from pages.parts.key_indicators.words import fact_words, pair_words
from pages.parts.sources import SEGMENT_REGISTER

_METHOD = (
    "Each criterion is judged by itself; there is no score. Intervals are 95 %, of 500 samples of "
    "organisations with all their periods. A class needs every fact that could change it: where one is "
    "unknown, the indicator is not assessable."
)


@dataclass(frozen=True)
class Card:
    """One pair, all `pairs` of the screen beside it, the `thresholds` in force, and the screen's record."""

    one: Judged
    pairs: Sequence[Judged]
    thresholds: Thresholds
    record: RunRecord


def show_card(card: Card) -> None:
    """The deciding facts and the criteria; pictures; what to bear in mind; and where every number stands."""
    one = card.one
    because = "; ".join(map(fact_words, one.decision.because))
    st.html(f'<p class="ot-reading"><b>Decided by:</b> {escape(because)}.</p>')
    st.table(criteria_table(one), border="horizontal", hide_index=True)
    st.header("Facts against what is asked for", anchor=False)
    st.table(facts_table(one), border="horizontal", hide_index=True)
    _show_further(card)
    show_pictures(one)
    st.header("What to bear in mind", anchor=False)
    st.html(_listing(caveats_of(one, card.pairs)))
    show_origin(one, card.record, card.thresholds)
    indicator = catalogue()[one.indicator_id]
    method_note(escape(_METHOD), [escape(indicator.method)])
    source = escape(publication_of(indicator))
    source_line([source, SEGMENT_REGISTER], f"{one.row['organisations']} organisations")


def _show_further(card: Card) -> None:
    left, right = st.columns([5, 4], gap="large")
    with left:
        st.header("What else was found", anchor=False)
        st.html(_listing([told.words for told in further(card.one)]))
    with right:
        st.header("What would change this", anchor=False)
        st.html(_listing(still_lacking(card.one, card.thresholds)))
        st.header("Look further", anchor=False)
        st.html(_listing(_links(card.one), is_html=True))


def _links(one: Judged) -> list[str]:
    whose = {"indicator": one.indicator_id}
    typed = {**whose, "org_type": one.org_type}
    pages = [
        ("explorer", {**whose, "view": "aligned"}, "Around entry and exit in the Explorer"),
        (
            "explorer",
            {**whose, "view": "distribution", "display": "segments"},
            "Distribution by segment in the Explorer",
        ),
        ("library", whose, "Its card in the Library"),
        (
            "pooled",
            {**typed, "view": "entry"},
            "Pooled effects of entry: forest plot and event study",
        ),
        ("its", {**whose, "view": "all"}, "Every entrant’s interrupted time series"),
    ]
    return [
        f'<a href="{page}?{escape(urlencode(query))}" target="_self">{escape(words)}</a>'
        for page, query, words in pages
    ]


def _listing(lines: Sequence[str], is_html: bool = False) -> str:
    items = "".join(f"<li>{line if is_html else escape(line)}</li>" for line in lines)
    return f'<ul class="ot-reading">{items}</ul>'


def card_title(one: Judged) -> str:
    """The question of a card: `Sickness absence among acute trusts: does it show …`."""
    return f"{pair_words(one)}: does it show purposeful improvement?"
