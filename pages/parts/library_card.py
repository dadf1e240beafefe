"""The card of one indicator: its facts, one of three pictures of what it can carry, and its background."""

from collections.abc import Callable
from html import escape

import streamlit as st

from indicators.definition import Indicator
from pages.parts.indicators import with_data
from pages.parts.library_coverage import show_coverage
from pages.parts.library_facts import show_background, show_facts
from pages.parts.library_list import NO_FIGURES
from pages.parts.library_reliability import show_reliability
from pages.parts.library_segments import show_segments
from pages.parts.links import linked_choice

VIEWS = {
    "coverage": show_coverage,
    "segments": show_segments,
    "reliability": show_reliability,
}
_NAMES = {"coverage": "Coverage", "segments": "By segment", "reliability": "Reliability"}


def show_card(write_head: Callable[..., None], indicator: Indicator) -> None:
    """Facts at the left, the chosen picture at the right; without figures the reason stands in its place."""
    facts, picture = st.columns([4, 8], gap="large")
    with facts:
        show_facts(indicator)
        _links(indicator)
    with picture:
        if indicator.indicator_id in with_data():
            chosen = linked_choice("Picture", "view", list(VIEWS), _NAMES.__getitem__, "coverage")
            write_head(indicator.title, VIEWS[chosen](indicator))
        else:
            write_head(indicator.title, NO_FIGURES)
            _awaiting(indicator)
    show_background(indicator)


def _links(indicator: Indicator) -> None:
    """To the views of the Explorer, and back to the list with its filters as they were."""
    key = indicator.indicator_id
    if key in with_data():
        for view, label in (
            ("control-chart", "Control chart in the Explorer"),
            ("distribution", "Distribution in the Explorer"),
        ):
            query = {"indicator": key, "view": view}
            st.page_link("pages/explore/explorer.py", label=label, query_params=query)
    kept = {
        name: st.query_params.get_all(name)
        for name in st.query_params
        if name not in ("indicator", "view")
    }
    st.page_link("pages/explore/library.py", label="All indicators", query_params=kept)


def _awaiting(indicator: Indicator) -> None:
    reasons = [caveat for caveat in indicator.caveats if "at hand" in caveat]
    st.info(" ".join([NO_FIGURES, *map(escape, reasons)]))
    st.html(
        '<p class="ot-reading">Its definition is ready: once a file of it is added, its figures are shown here '
        "and on every other page.</p>"
    )
