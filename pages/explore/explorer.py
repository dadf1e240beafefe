"""Explorer: one indicator and many organisations, one view at a time."""

import streamlit as st

from pages.parts.control.chart import show_control_chart
from pages.parts.explorer.aligned import show_aligned
from pages.parts.explorer.compare import show_compare
from pages.parts.explorer.distribution import show_distribution
from pages.parts.explorer.multiples import show_multiples
from pages.parts.explorer.trajectory import show_trajectory
from pages.parts.frame import head_above
from pages.parts.indicators import with_data
from pages.parts.links import linked_choice, linked_select

VIEWS = {
    "aligned": show_aligned,
    "trajectory": show_trajectory,
    "control-chart": show_control_chart,
    "compare": show_compare,
    "multiples": show_multiples,
    "distribution": show_distribution,
}
NAMES = {
    "aligned": "Around entry",
    "trajectory": "Trajectory",
    "control-chart": "Control chart",
    "compare": "Compare",
    "multiples": "All in programme",
    "distribution": "Distribution",
}

write_head = head_above()
known = with_data()
first, second = st.columns([7.4, 4], vertical_alignment="bottom")
with first:
    view = linked_choice("View", "view", list(VIEWS), NAMES.__getitem__, "aligned")
with second:
    chosen = linked_select(
        "Indicator", "indicator", list(known), lambda key: known[key].short_title, "ae_4h_all"
    )
VIEWS[view](write_head, known[chosen or "ae_4h_all"])
