"""Months and days as NHS publications write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources.periods import (
    check_claimed_month,
    find_day,
    find_month,
    month_after,
    read_month,
    read_period,
)
from data_sources.source import SourceError

MONTHS = st.builds(date, st.integers(2000, 2099), st.integers(1, 12), st.just(1))
WAYS = ["%B %Y", "%b %Y", "%b-%y", "%B%y", "%b_%Y", "MSitAE-%B-%Y", "x/%b/%y.csv", "%B  %Y-%y"]


@given(MONTHS, st.sampled_from(WAYS), st.sampled_from([str, str.upper, str.lower]))
def test_a_month_is_found_in_any_of_its_forms(month: date, way: str, case: type[str]) -> None:
    assert find_month(case(month.strftime(way))) == month


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("MSitAE-APRIL-2019", date(2019, 4, 1)),
        ("May 26", date(2026, 5, 1)),
        ("Sept 2024", date(2024, 9, 1)),
        ("Incomplete-Provider-Mar25-XLSX-9M-38145.xlsx", date(2025, 3, 1)),
        ("April-2021-revised-120522-abc.csv", date(2021, 4, 1)),
        ("Apr 24 to Jun 24", date(2024, 4, 1)),
        ("RTT-JANUARY-2026", date(2026, 1, 1)),
        ("April\xa02024", date(2024, 4, 1)),
    ],
)
def test_the_first_month_counts(text: str, month: date) -> None:
    assert find_month(text) == month


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "April",
        "April 1998",
        "April 202",
        "Summary 24",
        "Marked 24",
        "Separate 12",
        "Decile 10",
        "13 June 12th",
        "2024-04-01",
    ],
)
def test_what_names_no_month_is_no_month(text: str) -> None:
    assert find_month(text) is None


@given(st.text())
def test_any_text_is_searched_without_an_error(text: str) -> None:
    for found in (find_month(text), find_month(f"ſep {text}24")):
        assert found is None or found.day == 1
    assert find_day(text) is None or isinstance(find_day(text), date)


def test_a_text_without_a_month_is_an_error_that_names_its_place() -> None:
    assert read_month("April 2024", "x.xls, cell B5") == date(2024, 4, 1)
    with pytest.raises(SourceError) as caught:
        read_month("Q4", "x.xls, sheet 'Data', cell B5")
    assert str(caught.value) == (
        "x.xls, sheet 'Data', cell B5: expected a month and year such as 'April 2024', found 'Q4'."
    )


@given(st.dates(max_value=date(9998, 12, 31)))
def test_the_month_after_begins_right_after_the_last_day(day: date) -> None:
    after = month_after(day)
    last = after - timedelta(days=1)
    assert (after.day, last.year, last.month) == (1, day.year, day.month)


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["", "st", "nd", "rd", "th"])
)
def test_a_day_is_found_as_it_is_written(day: date, ending: str) -> None:
    for month in (f"{day:%B}", f"{day:%B}".upper(), f"{day:%b}"):
        assert find_day(f"Published: {day.day}{ending} {month} {day.year}") == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13th June 2024, revised 12 July 2024", date(2024, 7, 12)),
        ("June 2024", None),
        ("31 February 2024", None),
        ("113 June 2024", None),
        ("0 June 2024", None),
        ("13 Marbles 2024", None),
    ],
)
def test_the_last_real_day_counts(text: str, day: date | None) -> None:
    assert find_day(text) == day


def test_a_file_that_contradicts_its_name_is_refused() -> None:
    check_claimed_month(date(2024, 4, 1), date(2024, 4, 1), "April-2024.csv")
    check_claimed_month(None, date(2024, 4, 1), "download.csv")
    with pytest.raises(SourceError) as caught:
        check_claimed_month(date(2024, 4, 1), date(2024, 5, 1), "April-2024.csv")
    assert (
        str(caught.value) == "April-2024.csv: the name says April 2024 but the file says May 2024."
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024-04", date(2024, 4, 1), date(2024, 5, 1)),
        ("2024-Q2", date(2024, 4, 1), date(2024, 7, 1)),
        ("2025-26 Q1", date(2025, 4, 1), date(2025, 7, 1)),
        ("2025-26 Q3", date(2025, 10, 1), date(2026, 1, 1)),
        ("2025-26 Q4", date(2026, 1, 1), date(2026, 4, 1)),
        ("2024", date(2024, 1, 1), date(2025, 1, 1)),
    ],
)
def test_a_period_of_a_compiled_table_has_its_bounds(text: str, start: date, end: date) -> None:
    assert read_period(text) == (start, end)
