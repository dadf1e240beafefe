"""The card of one indicator: its facts, one of three pictures of what it can carry, and its background."""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_sources.registry import sources
from indicators.definition import Indicator
from pages.parts.frame import is_phone
from pages.parts.indicator_library.coverage import show_coverage
from pages.parts.indicator_library.facts import show_background, show_facts
from pages.parts.indicator_library.list import NO_FIGURES
from pages.parts.indicator_library.reliability import show_reliability
from pages.parts.indicator_library.segments import show_segments
from pages.parts.indicators import with_data
from pages.parts.links import linked_choice

VIEWS = {
    "coverage": show_coverage,
    "segments": show_segments,
    "reliability": show_reliability,
}
_NAMES = {"coverage": "Coverage", "segments": "By segment", "reliability": "Reliability"}
_READER = (
    "Its files can be read: once one is added, its figures are shown here and on every other page."
)
_NO_READER = "This version has no reader for its files; its definition tells what is missing."


def show_card(
    write_head: Callable[..., None], indicator: Indicator, places: Sequence[DeltaGenerator]
) -> None:
    """Facts at the left, the chosen picture at the right, controls in `places`; background below.

    Without figures there is no picture: the reason is told, and the background stands in its place.
    """
    has_figures = indicator.indicator_id in with_data()
    facts, picture = _places()
    with facts:
        show_facts(indicator)
        _links(indicator)
    if has_figures:
        with places[0]:
            chosen = linked_choice("Picture", "view", list(VIEWS), _NAMES.__getitem__, "coverage")
        with picture:
            takeaway = VIEWS[chosen](indicator, places[1:])
        write_head(indicator.short_title, takeaway)
        show_background(indicator)
        return
    write_head(indicator.short_title, NO_FIGURES, *_reasons(indicator))
    with picture:
        is_read = indicator.measures.source in sources()
        st.html(f'<p class="ot-reading">{_READER if is_read else _NO_READER}</p>')
        show_background(indicator)


def _places() -> tuple[DeltaGenerator, DeltaGenerator]:
    """For facts and picture: side by side, on a phone the picture first."""
    if is_phone():
        picture, facts = st.container(), st.container()
        return facts, picture
    first, second = st.columns([4, 8], gap="large")
    return first, second


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
    st.page_link("pages/explore/library.py", label="Back to all indicators", query_params=kept)


def _reasons(indicator: Indicator) -> list[str]:
    """What the catalogue says of files that are not at hand or not read."""
    return [text for text in indicator.caveats if "at hand" in text or "not read" in text]
