"""The level of a series and its error, by hand and against the bootstrap that it stands for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from indicators.stats.levels import level_of


def test_a_straight_line_is_known_exactly() -> None:
    found = level_of(np.arange(12.0))
    assert (found.value, found.error, found.periods) == (pytest.approx(11), pytest.approx(0), 12)


@pytest.mark.parametrize(("number", "used"), [(11, None), (12, 12), (14, 12), (15, 15), (60, 24)])
def test_a_level_rests_on_12_to_24_periods_in_whole_blocks(number, used) -> None:
    found = level_of(np.arange(float(number)) % 5)
    assert (found and found.periods) == used


def test_only_the_last_24_periods_count() -> None:
    recent = np.sin(np.arange(24.0))
    assert level_of(np.concatenate([np.full(40, 99.0), recent])) == level_of(recent)


def test_the_level_is_that_of_the_line_through_the_values() -> None:
    values = np.array([3.0, 5, 2, 6, 4, 7, 5, 8, 6, 9, 5, 7])
    slope, start = np.polyfit(np.arange(12), values, 1)
    assert level_of(values).value == pytest.approx(start + 11 * slope)


def test_the_error_is_what_the_block_bootstrap_tends_to() -> None:
    """Draw eight circular blocks of three residuals 20,000 times, fit each line, and see how it varies."""
    random = np.random.default_rng(5)
    values = np.cumsum(random.normal(size=24)) * 0.5 + random.normal(size=24)
    time = np.arange(24)
    line = np.polyval(np.polyfit(time, values, 1), time)
    residuals = (values - line) * np.sqrt(24 / 22)
    starts = random.integers(0, 24, size=(20_000, 8))
    drawn = residuals[(starts[:, :, None] + np.arange(3)) % 24].reshape(20_000, 24)
    fitted = np.polynomial.polynomial.polyfit(time, (line + drawn).T, 1)
    ends = fitted[0] + 23 * fitted[1]
    assert level_of(values).error == pytest.approx(ends.std(), rel=0.02)


@given(
    some.lists(some.floats(-1e3, 1e3), min_size=12, max_size=30),
    some.floats(-1e3, 1e3),
    some.floats(0.1, 10),
)
def test_moving_or_stretching_a_series_does_so_with_its_level(values, shift, factor) -> None:
    one = level_of(np.array(values))
    other = level_of(np.array(values) * factor + shift)
    assert other.value == pytest.approx(one.value * factor + shift, abs=1e-6)
    assert other.error == pytest.approx(one.error * factor, abs=1e-6)
