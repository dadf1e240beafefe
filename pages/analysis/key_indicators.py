"""Key indicators: which show purposeful improvement, by separate criteria, and what cannot be told."""

from collections.abc import Callable

import streamlit as st

from indicators.stats.screen.thresholds import DEFAULTS
from pages.parts.frame import head_above
from pages.parts.key_indicators.card import Card, card_title, show_card
from pages.parts.key_indicators.choice import choose_pairs, choose_thresholds
from pages.parts.key_indicators.overview import show_overview
from pages.parts.key_indicators.result import judged_now, record_now, screen_now
from pages.parts.key_indicators.sentences import (
    TITLE,
    changed_sentences,
    class_sentence,
    lead_sentences,
)


def show_page(write_head: Callable[..., None]) -> None:
    """The controls, and below them the scorecard or the card of one indicator."""
    document = screen_now(lambda sentence: write_head(TITLE, sentence))
    places = st.columns([3.2, 2.2, 3.2, 1.6], vertical_alignment="bottom")
    thresholds = choose_thresholds(places[3])
    usual, pairs = (judged_now(document, each) for each in (DEFAULTS, thresholds))
    chosen = choose_pairs(pairs, places)
    changes = changed_sentences(pairs, usual, thresholds)
    if changes:
        st.info("\n\n".join(changes))
    if chosen.indicator:
        one = next(each for each in chosen.of(pairs) if each.indicator_id == chosen.indicator)
        write_head(card_title(one), class_sentence(one))
        show_card(Card(one, pairs, thresholds, record_now()))
        return
    write_head(TITLE, *lead_sentences(pairs, document, thresholds))
    show_overview(pairs, chosen, thresholds)


show_page(head_above())
