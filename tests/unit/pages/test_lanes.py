"""Bars that run at the same time never cover each other."""

from hypothesis import given
from hypothesis import strategies as st

from pages.charts.layers.lanes import assign_lanes, lane_edges

STRETCHES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 10)).map(
        lambda pair: (pair[0], pair[0] + pair[1])
    ),
    max_size=8,
)


def test_a_bar_alone_has_the_row_to_itself() -> None:
    assert assign_lanes([(0, 5)]) == [(0, 1)]


def test_bars_that_only_touch_share_a_lane() -> None:
    assert assign_lanes([(0, 5), (5, 9)]) == [(0, 1), (0, 1)]


def test_the_first_named_of_two_overlapping_bars_lies_above() -> None:
    assert assign_lanes([(3, 9), (0, 5)]) == [(0, 2), (1, 2)]


def test_a_chain_of_overlaps_has_one_number_of_lanes() -> None:
    assert assign_lanes([(0, 5), (4, 9), (8, 12), (20, 22)]) == [(0, 2), (1, 2), (0, 2), (0, 1)]


@given(STRETCHES)
def test_no_two_bars_of_a_lane_overlap(stretches: list[tuple[int, int]]) -> None:
    lanes = [lane for lane, _ in assign_lanes(stretches)]
    for i, one in enumerate(stretches):
        for j in range(i):
            other = stretches[j]
            assert lanes[i] != lanes[j] or one[1] <= other[0] or other[1] <= one[0]


@given(STRETCHES)
def test_every_lane_lies_within_the_row_and_below_the_one_before(
    stretches: list[tuple[int, int]],
) -> None:
    for lane, lanes in assign_lanes(stretches):
        assert lane < lanes
        edges = [edge for each in range(lanes) for edge in lane_edges(each, lanes)]
        assert edges == sorted(edges)
        assert min(edges) >= 0
        assert max(edges) <= 1
