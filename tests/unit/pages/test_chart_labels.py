from datetime import date
from itertools import pairwise

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pages.charts.layers.end_labels import EndLabel, Rise, place, spread
from pages.charts.layers.top_labels import TopLabel, headroom, stack

SPAN = (date(2020, 1, 1), date(2030, 1, 1))
RISE = Rise(low=0, high=100, bottom=300, top=100)


def test_crowded_labels_move_apart_evenly():
    assert spread([100, 100], [20, 20], 0, 300) == [90, 110]


def test_labels_with_room_stay_where_they_are():
    assert spread([50, 100, 150], [20, 40, 20], 0, 300) == [50, 100, 150]


@given(
    st.lists(st.floats(min_value=0, max_value=300), min_size=1, max_size=6).map(sorted),
    st.sampled_from([18.0, 32.0, 46.0]),
)
def test_labels_never_overlap_nor_leave_the_plot(wanted, height):
    placed = spread(wanted, [height] * len(wanted), 0, 300)
    gaps = [below - above for above, below in pairwise(placed)]
    assert all(gap >= height - 1e-6 for gap in gaps)
    assert placed[0] >= height / 2 - 1e-6
    assert placed[-1] <= 300 - height / 2 + 1e-6


def test_a_label_stands_at_the_end_of_a_line_that_stops_early_and_has_no_lead():
    early, late = EndLabel(3, 40, "Early", "#000001"), EndLabel(24, 60, "Late", "#000002")
    placed = place([early, late], end=24, near=20, rise=RISE).set_index("text")
    assert placed.loc["Early", ["label_x", "label_value", "is_led"]].to_list() == [3, 40, False]
    assert placed.loc["Late", ["label_x", "label_value", "is_led"]].to_list() == [24, 60, False]


def test_a_label_that_was_moved_gets_a_lead_back_to_its_line():
    labels = [EndLabel(24, 60, "One", "#000001"), EndLabel(24, 60, "Other", "#000002")]
    placed = place(labels, end=24, near=20, rise=RISE)
    assert placed["is_led"].all()
    assert placed["label_value"].to_list() == [64.5, 55.5]
    assert placed["value"].to_list() == [60, 60]


def test_long_names_are_cut_into_lines_with_the_figure_last():
    label = EndLabel(0, 0, "Northern Lincolnshire and Goole", "#000001", "59.9 %")
    assert label.lines == ["Northern", "Lincolnshire and", "Goole", "59.9 %"]


def test_labels_of_adjoining_spells_take_rows_of_their_own():
    day = pd.Timestamp(2025, 1, 1)
    labels = [TopLabel(day, "left Jan 2025"), TopLabel(day, "entered Jan 2025")]
    assert stack(labels, SPAN, 600) == [(0, "right"), (1, "right")]
    assert headroom(labels, SPAN) == {"narrow": 34, "wide": 34}


def test_labels_on_either_side_of_a_date_share_a_row():
    day = pd.Timestamp(2025, 1, 1)
    labels = [TopLabel(day, "left Jan 2025"), TopLabel(day, "entered Jan 2025", "left")]
    assert stack(labels, SPAN, 600) == [(0, "right"), (0, "left")]


def test_a_label_turns_round_at_the_edge_of_the_plot():
    first, last = pd.Timestamp(2020, 2, 1), pd.Timestamp(2029, 12, 1)
    labels = [TopLabel(first, "entered Feb 2020", "left"), TopLabel(last, "left Dec 2029")]
    assert stack(labels, SPAN, 600) == [(0, "right"), (0, "left")]


def test_a_label_never_stands_above_its_first_row():
    assert stack([TopLabel(pd.Timestamp(2025, 1, 1), "RSP", first_row=2)], SPAN, 600)[0][0] == 2
