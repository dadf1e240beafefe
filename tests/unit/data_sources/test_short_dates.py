"""Shortened dates: first and last day of what is written."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources.short_dates import bounds
from data_sources.source import SourceError


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2021-08-18", "day", date(2021, 8, 18), date(2021, 8, 18)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021-Q3", "quarter", date(2021, 7, 1), date(2021, 9, 30)),
        ("2022-Q4", "quarter", date(2022, 10, 1), date(2022, 12, 31)),
        ("2023", "year", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_a_shortened_date_means_all_days_from_first_to_last(text, precision, first, last):
    assert bounds(text, precision) == (first, last)


def test_a_blank_date_has_no_bounds():
    assert bounds("", "") is None
    assert bounds("", "month") is None


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2021-13", "month"),
        ("2023-02-29", "day"),
        ("2021-Q5", "quarter"),
        ("2021", "month"),
        ("2021-07", "year"),
        ("21-07", "month"),
        ("0000", "year"),
        ("2021-07", "decade"),
    ],
)
def test_a_text_that_is_no_such_date_is_refused(text, precision):
    with pytest.raises(SourceError) as error:
        bounds(text, precision)
    assert str(error.value) == f"'{text}' is not a {precision} in the calendar."


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_however_shortly_a_day_is_written_its_bounds_hold_it(day):
    written = {
        "day": day.isoformat(),
        "month": f"{day:%Y-%m}",
        "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
        "year": str(day.year),
    }
    held = [bounds(text, precision) for precision, text in written.items()]
    assert held[0] == (day, day)
    for (first, last), (wider_first, wider_last) in pairwise(held):
        assert wider_first <= first <= day <= last <= wider_last
        assert (wider_last + timedelta(days=1)).day == 1
