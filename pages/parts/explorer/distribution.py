"""The distribution view of the Explorer: how one indicator spreads over organisations."""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.definition import Indicator
from pages.parts.distribution.band import show_band
from pages.parts.distribution.funnel import show_funnel
from pages.parts.distribution.map import show_map
from pages.parts.distribution.ranking import show_ranking
from pages.parts.distribution.segments import show_segments
from pages.parts.links import linked_choice

Show = Callable[[Callable[..., None], Indicator, Sequence[DeltaGenerator]], None]

DISPLAYS: dict[str, tuple[str, Show]] = {
    "band": ("Spread", show_band),
    "segments": ("Segments", show_segments),
    "funnel": ("Funnel", show_funnel),
    "ranking": ("Ranks", show_ranking),
    "map": ("Map", show_map),
}


def show_distribution(write_head: Callable[..., None], indicator: Indicator) -> None:
    """The whole view below the row of view and indicator: one display, chosen by `display` in the address."""
    first, *others = st.columns([4.2, 1.9, 2.9, 2.5], vertical_alignment="bottom")
    with first:
        display = linked_choice(
            "Display", "display", list(DISPLAYS), lambda key: DISPLAYS[key][0], "band"
        )
    DISPLAYS[display][1](write_head, indicator, others)
