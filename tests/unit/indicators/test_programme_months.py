"""Months in programmes: what counts, what cannot, and that no day counts twice."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from indicators.programme_months import months_in_programmes

DAYS_PER_MONTH = 30.4375


def spells(*rows: tuple[str, str | None, str | None, str | None]) -> pd.DataFrame:
    """Organisation, middle days of entry and exit, and the last day known inside."""
    frame = pd.DataFrame(rows, columns=["org_code", "entered_best", "left_best", "last_known_in"])
    days = ("entered_best", "left_best", "last_known_in")
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in days})


def of(*rows: tuple[str, str | None, str | None, str | None]) -> Any:
    return months_in_programmes(spells(*rows)).loc["RA"]


def test_a_spell_counts_from_entry_to_exit() -> None:
    known = of(("RA", "2021-01-01", "2022-01-01", None))
    assert known["months"] == pytest.approx(365 / DAYS_PER_MONTH)
    assert (known["is_at_least"], known["not_counted"]) == (False, 0)


def test_without_an_exit_it_counts_to_the_last_day_known_inside_and_is_a_lower_bound() -> None:
    known = of(("RA", "2021-01-01", None, "2021-03-02"))
    assert known["months"] == pytest.approx(60 / DAYS_PER_MONTH)
    assert (known["is_at_least"], known["not_counted"]) == (True, 0)


@pytest.mark.parametrize(
    "row",
    [
        ("RA", None, "2022-01-01", None),
        ("RA", "2021-01-01", None, None),
        ("RA", "2021-01-01", None, "2021-01-01"),
        ("RA", None, None, None),
    ],
    ids=["no entry", "neither exit nor sighting", "seen on the day of entry alone", "no date"],
)
def test_what_has_no_known_length_is_not_counted_and_leaves_the_months_missing(row: Any) -> None:
    known = of(row)
    assert pd.isna(known["months"])
    assert (known["is_at_least"], known["not_counted"]) == (True, 1)


def test_a_spell_not_counted_makes_the_sum_of_the_others_a_lower_bound() -> None:
    known = of(("RA", "2021-01-01", "2022-01-01", None), ("RA", "2025-01-01", None, None))
    assert known["months"] == pytest.approx(365 / DAYS_PER_MONTH)
    assert (known["is_at_least"], known["not_counted"]) == (True, 1)


def test_a_day_in_two_programmes_counts_once_and_a_gap_not_at_all() -> None:
    known = of(
        ("RA", "2018-01-01", "2019-01-01", None),
        ("RA", "2018-07-01", "2018-10-01", None),
        ("RA", "2018-12-01", "2019-02-01", None),
        ("RA", "2020-01-01", "2020-02-01", None),
    )
    assert known["months"] == pytest.approx((365 + 31 + 31) / DAYS_PER_MONTH)


def test_organisations_are_counted_apart() -> None:
    known = months_in_programmes(
        spells(("RA", "2021-01-01", "2021-02-01", None), ("RB", "2021-01-01", "2021-03-01", None))
    )
    assert (known["months"] * DAYS_PER_MONTH).round().to_dict() == {"RA": 31, "RB": 59}


@given(some.lists(some.tuples(some.integers(0, 60), some.integers(1, 20)), min_size=1, max_size=8))
def test_months_are_the_days_that_any_spell_covers(made: list[tuple[int, int]]) -> None:
    first = pd.Timestamp("2020-01-01")
    rows = [
        ("RA", str(first + pd.Timedelta(days=b)), str(first + pd.Timedelta(days=b + n)), None)
        for b, n in made
    ]
    covered = {day for begin, length in made for day in range(begin, begin + length)}
    assert of(*rows)["months"] == pytest.approx(len(covered) / DAYS_PER_MONTH)
