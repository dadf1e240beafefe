from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.definition import Unit
from pages.charts.layers.formats import (
    IndicatorText,
    axis_format,
    format_change,
    format_day,
    format_month,
    format_period,
    format_span,
    format_value,
)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (61.43, "percent", "61.4 %"),
        (100, "percent", "100.0 %"),
        (0, "percent", "0.0 %"),
        (7_155_958, "count", "7,155,958"),
        (0.0, "count", "0"),
        (12.5, "count", "12.5"),
        (2122, "seconds", "35:22"),
        (59.4, "seconds", "0:59"),
        (3723, "seconds", "1:02:03"),
        (3599.7, "seconds", "1:00:00"),
    ],
)
def test_a_value_is_written_with_its_unit(value, unit, written):
    assert format_value(value, unit) == written


@pytest.mark.parametrize("unit", ["percent", "count", "seconds"])
def test_a_missing_value_is_refused_because_its_reason_belongs_there(unit):
    with pytest.raises(ValueError, match="show the reason it is missing"):
        format_value(float("nan"), unit)


@given(st.integers(min_value=0, max_value=10**6))
def test_a_response_time_can_be_read_back(seconds):
    parts = [int(part) for part in format_value(seconds, "seconds").split(":")]
    hours = parts[0] if len(parts) == 3 else 0
    assert 3600 * hours + 60 * parts[-2] + parts[-1] == seconds


def test_axes_leave_the_unit_to_their_title():
    assert axis_format("percent") == {"format": ",.1~f"}
    assert axis_format("count") == {"format": ",.1~f"}
    assert "floor(datum.value / 3600)" in axis_format("seconds")["labelExpr"]


@pytest.mark.parametrize(
    ("better", "title"),
    [("higher", "per cent of beds (higher is better)"), ("neither", "per cent of beds")],
)
def test_an_axis_title_says_which_way_is_better(better, title):
    assert IndicatorText("Beds", "percent", better, "per cent of beds").axis_title == title


def test_days_and_months():
    assert format_month(date(2025, 3, 6)) == "Mar 2025"
    assert format_day(date(2025, 3, 6)) == "6 March 2025"


@pytest.mark.parametrize(
    ("written", "precision", "words"),
    [
        ("2025-03-06", "day", "6 March 2025"),
        ("2025-03", "month", "Mar 2025"),
        ("2022-Q4", "quarter", "Oct to Dec 2022"),
        ("2023", "year", "2023"),
    ],
)
def test_a_date_is_written_to_the_precision_it_is_known(written, precision, words):
    assert format_period(written, precision) == words


@pytest.mark.parametrize(
    ("written", "precision"),
    [
        ("2025-03", "day"),
        ("2025", "month"),
        ("2022-Q5", "quarter"),
        ("2022-Q0", "quarter"),
        ("22-Q1", "quarter"),
        ("2022-03", "quarter"),
        ("2025-03", "year"),
        ("", "year"),
        ("2025", "decade"),
    ],
)
def test_a_date_that_contradicts_its_precision_is_refused(written, precision):
    with pytest.raises(ValueError, match=f"'{written}' is not a date known to the {precision}"):
        format_period(written, precision)


@given(st.dates(min_value=date(1948, 7, 5), max_value=date(2999, 12, 31)))
def test_every_day_has_the_month_it_lies_in(day):
    first = day - timedelta(days=day.day - 1)
    assert (
        format_month(day)
        == format_month(first)
        == format_day(day).split(" ", 1)[1][:3] + f" {day.year}"
    )


@pytest.mark.parametrize(
    ("start", "months", "words"),
    [
        (date(2025, 3, 1), 1, "Mar 2025"),
        (date(2025, 1, 1), 3, "Jan to Mar 2025"),
        (date(2024, 10, 1), 3, "Oct to Dec 2024"),
        (date(2024, 11, 1), 3, "Nov 2024 to Jan 2025"),
        (date(2024, 1, 1), 12, "2024"),
        (date(2024, 4, 1), 12, "2024/25"),
        (date(1999, 4, 1), 12, "1999/00"),
        (date(2024, 2, 1), 12, "Feb 2024 to Jan 2025"),
    ],
)
def test_a_longer_period_is_told_by_its_first_and_last_month(
    start: date, months: int, words: str
) -> None:
    assert format_span(start, months) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1.0472, "ratio", "1.05"),
        (6.849, "score", "6.85"),
        (2.25, "days", "2.2 days"),
        (3.04, "signed_percent", "+3.0 %"),
        (-3.04, "signed_percent", "-3.0 %"),
        (-0.4, "points", "-0.4 points"),
        (12.345, "per_1000", "12.3 per 1,000"),
        (163.27, "per_100000", "163.3 per 100,000"),
    ],
)
def test_every_unit_has_its_own_words(value: float, unit: Unit, words: str) -> None:
    assert format_value(value, unit) == words


@pytest.mark.parametrize(
    ("change", "unit", "words"),
    [
        (1.25, "percent", "+1.2 points"),
        (-3.0, "percent", "−3.0 points"),
        (0.04, "percent", "0.0 points"),
        (-35.0, "seconds", "−0:35"),
        (12.0, "count", "+12"),
        (-0.4, "ratio", "−0.40"),
        (-2.0, "per_1000", "−2.0 per 1,000"),
        (0.0, "count", "0"),
    ],
)
def test_a_change_carries_its_sign_and_a_per_cent_changes_by_points(change, unit, words) -> None:
    assert format_change(change, unit) == words
