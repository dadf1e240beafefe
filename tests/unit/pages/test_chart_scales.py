import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.charts.layers.scales import extent_of

NAN = float("nan")


def test_an_axis_starts_at_zero_where_the_lowest_value_is_near_it():
    extent = extent_of([20, 80, NAN], "count")
    assert (extent.low, extent.starts_at_zero) == (0, True)
    assert extent.ticks == (0, 20, 40, 60, 80)


def test_an_axis_is_cut_off_close_to_the_data_otherwise():
    extent = extent_of([60, 85], "percent")
    assert (extent.low, extent.high, extent.starts_at_zero) == (59, 86, False)
    assert extent.ticks == (60, 65, 70, 75, 80, 85)


def test_a_percentage_axis_ends_at_a_hundred():
    assert extent_of([60, 100], "percent").high == 100
    assert extent_of([60, 104], "percent").high == 104


def test_times_are_divided_as_a_clock_is():
    assert extent_of([1200, 2400], "seconds").ticks == (1200, 1500, 1800, 2100, 2400)


def test_a_standard_is_taken_in_only_where_it_leaves_room_for_the_data():
    assert extent_of([60, 85], "percent", wished=[92]).holds(92)
    assert not extent_of([20, 30], "percent", wished=[92]).holds(92)


@pytest.mark.parametrize(
    ("values", "low", "high"), [([], 0, 1), ([NAN], 0, 1), ([0, 0], 0, 1), ([50, 50], 44.8, 50.2)]
)
def test_an_axis_exists_without_values_or_with_one_value_only(values, low, high):
    extent = extent_of(values, "percent")
    assert (extent.low, extent.high) == pytest.approx((low, high), abs=0.1)


@given(
    st.lists(st.integers(min_value=0, max_value=10**9).map(lambda n: n / 100), min_size=1),
    st.sampled_from(["percent", "count", "seconds"]),
)
def test_every_value_is_on_the_axis_and_the_lines_are_few(values, unit):
    extent = extent_of(values, unit)
    assert all(extent.holds(value) for value in values)
    assert all(extent.holds(tick) for tick in extent.ticks)
    assert len(extent.ticks) <= 9


def test_an_axis_of_values_below_zero_reaches_below_them() -> None:
    extent = extent_of([-4.0, 2.0], "signed_percent")
    assert extent.low < -4 < 2 < extent.high
    assert 0.0 in extent.ticks


def test_an_axis_of_one_value_below_zero_holds_it() -> None:
    extent = extent_of([-5.0], "signed_percent")
    assert extent.low < -5.0 <= extent.high
