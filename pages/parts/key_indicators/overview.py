"""The scorecard with what can be concluded from it, the picture, and what would change the answer."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from indicators.screening.judged import Judged
from indicators.stats.screen.thresholds import Thresholds
from pages.parts.frame import (
    method_note,
    reading_aid,
    show_table,
    source_line,
    theme_name,
    tokens_of,
)
from pages.parts.indicators import catalogue
from pages.parts.key_indicators.choice import LIMITS, Chosen
from pages.parts.key_indicators.lacking import show_lacking
from pages.parts.key_indicators.picture import show_picture
from pages.parts.key_indicators.scorecard import as_rows, in_order, scorecard
from pages.parts.key_indicators.sentences import conclusions
from pages.parts.key_indicators.steps import show_steps
from pages.parts.sources import SEGMENT_REGISTER, title_of

_READING = (
    "A row is an indicator among one type of organisation, sorted by class, then theme: there is no score "
    "and no ranking. ● strong (or low risk), ◐ adequate (or medium), ○ weak (or high), ◌ circular: it "
    "feeds the rule that makes the segment, so that it counts neither way. Below each mark stands the "
    "estimate with its 95 % interval; hover tells why nothing can be said. A name opens the evidence card; "
    "its hover tells what decided the class."
)
_METHOD = (
    "Eight criteria, each judged by itself, combined by rule: gates of coverage, months and reliability, "
    "then improvement beyond the expected rebound (with a false discovery rate over all pairs) and telling "
    "segments apart or foretelling entry."
)
_CAVEATS = (
    "Organisations enter at a low point: some improvement comes by itself, and only what is beyond counts.",
    "What improves after entry need not improve because of the programme.",
    "Entrants include those of special measures before July 2021, which say little of later programmes.",
    "The segments of 2021 to 2025 on record are few and were not chosen at random.",
    "Stability is counted with the usual limits; a changed limit does not count it anew.",
)


def show_overview(pairs: Sequence[Judged], chosen: Chosen, thresholds: Thresholds) -> None:
    """Scorecard, conclusions, picture, what is lacking, every number, and the sources."""
    shown = in_order(chosen.of(pairs))
    if not shown:
        st.info("No pair of indicator and type fits these choices. Take one of them away.")
        return
    kept = {
        limit.name: st.query_params.get_all(limit.name)
        for limit in LIMITS.values()
        if limit.name in st.query_params
    }
    st.html(scorecard(shown, kept, tokens_of(theme_name()).background))
    reading_aid(escape(_READING))
    st.header("What can and cannot be concluded today", anchor=False)
    lines = "".join(f"<li>{escape(line)}</li>" for line in conclusions(pairs))
    st.html(f'<ul class="ot-reading">{lines}</ul>')
    show_picture(shown, thresholds)
    show_steps(pairs, chosen.org_type)
    show_lacking(shown, thresholds)
    _below(shown, thresholds)


def _below(shown: Sequence[Judged], thresholds: Thresholds) -> None:
    label = "Every criterion with its interval, as numbers"
    show_table(lambda: as_rows(shown, thresholds), "key-indicators", label)
    method_note(_METHOD, _CAVEATS)
    known = catalogue()
    names = {title_of(known[one.indicator_id].measures.source) for one in shown}
    covers = f"{len(shown)} pairs of an indicator and a type of organisation"
    source_line([*sorted(names), SEGMENT_REGISTER], covers)
