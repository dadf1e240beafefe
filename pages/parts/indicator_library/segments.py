"""An indicator's values by segment on its card: one type of organisation in one quarter of one framework."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.definition import Indicator
from pages.parts.by_segment import (
    by_segment_of,
    circularity_note,
    fullest_quarter,
    quarters_with_segments,
)
from pages.parts.distribution.segments import choose_type_with_segments, show_beneath
from pages.parts.frame import show_chart, theme_name
from pages.parts.links import linked_select
from pages.parts.store import version

_NOTHING = (
    "In no quarter has an organisation both a segment on record and a value of this indicator, so there is "
    "nothing to compare."
)


def show_segments(indicator: Indicator, places: Sequence[DeltaGenerator]) -> str:
    """The picture of the type and quarter chosen in `places`, its table and source; gives its takeaway."""
    key = indicator.indicator_id
    with places[0]:
        types = choose_type_with_segments(key)
    quarters = quarters_with_segments(key, types)
    usual = fullest_quarter(quarters)
    if usual is None:
        st.info(_NOTHING)
        return _NOTHING
    words = quarters.set_index("key")["words"].to_dict()
    with places[1]:
        quarter = (
            linked_select("Quarter", "quarter", list(words), words.__getitem__, usual) or usual
        )
    picture = by_segment_of(key, quarter, types, (), theme_name(), True, version())
    show_chart(picture.spec, f"{indicator.short_title}. {picture.alt}", "segments")
    show_beneath(picture, indicator, quarter)
    return f"{picture.alt} {circularity_note(indicator, quarter[:2]) or ''}".strip()
