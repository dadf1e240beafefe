"""Changes since an event and over a quarter, by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.changes import (
    PeersChange,
    Windows,
    first_exposed,
    means_by_organisation,
    peers_change,
    windows_of_last_quarter,
    windows_since,
)


def months(*numbers: int, year: int = 2025) -> tuple[date, ...]:
    return tuple(date(year, number, 1) for number in numbers)


@pytest.mark.parametrize(
    ("entered", "exposed"),
    [
        (date(2021, 7, 1), date(2021, 7, 1)),
        (date(2021, 7, 15), date(2021, 7, 1)),
        (date(2021, 7, 16), date(2021, 8, 1)),
        (date(2021, 12, 16), date(2022, 1, 1)),
    ],
)
def test_an_event_up_to_the_15th_exposes_its_own_month(entered: date, exposed: date) -> None:
    assert first_exposed(entered) == exposed


def test_since_entry_compares_the_latest_three_months_with_the_three_before_the_first_exposed() -> (
    None
):
    later, earlier = date(2025, 5, 20), date(2025, 5, 15)
    assert windows_since(later, date(2025, 12, 1), 1) == Windows(
        months(3, 4, 5), months(10, 11, 12)
    )
    assert windows_since(earlier, date(2025, 12, 1), 1) == Windows(
        months(2, 3, 4), months(10, 11, 12)
    )


def test_the_first_month_exposed_may_be_among_the_latest_and_is_never_before() -> None:
    assert windows_since(date(2025, 10, 1), date(2025, 12, 1), 1) == Windows(
        before=months(7, 8, 9), now=months(10, 11, 12)
    )
    assert windows_since(date(2025, 10, 16), date(2025, 12, 1), 1) is None


def test_the_turn_of_the_year_is_counted_over() -> None:
    found = windows_since(date(2025, 2, 1), date(2025, 12, 1), 1)
    assert found is not None
    assert found.before == (date(2024, 11, 1), date(2024, 12, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("entered", "before"),
    [
        (date(2025, 4, 1), date(2025, 1, 1)),
        (date(2025, 5, 31), date(2025, 1, 1)),
        (date(2025, 6, 15), date(2025, 1, 1)),
        (date(2025, 6, 16), date(2025, 4, 1)),
        (date(2025, 7, 1), date(2025, 4, 1)),
    ],
)
def test_of_quarters_the_last_that_was_over_when_the_first_month_exposed_began(
    entered: date, before: date
) -> None:
    assert windows_since(entered, date(2025, 10, 1), 3) == Windows((before,), (date(2025, 10, 1),))


def test_a_latest_quarter_that_began_before_the_event_gives_no_change() -> None:
    assert windows_since(date(2025, 11, 1), date(2025, 10, 1), 3) is None


def test_of_years_one_each() -> None:
    assert windows_since(date(2021, 7, 1), date(2024, 1, 1), 12) == Windows(
        (date(2020, 1, 1),), (date(2024, 1, 1),)
    )


def test_the_last_quarter_is_the_three_latest_months_beside_the_three_before() -> None:
    assert windows_of_last_quarter(date(2025, 6, 1), 1) == Windows(months(1, 2, 3), months(4, 5, 6))
    assert windows_of_last_quarter(date(2025, 4, 1), 3) == Windows(months(1), months(4))


@given(
    st.dates(date(2015, 1, 1), date(2026, 1, 1)),
    st.integers(0, 150),
    st.sampled_from([1, 3, 12]),
)
def test_nothing_before_reaches_into_the_first_month_exposed(
    event: date, later: int, step: int
) -> None:
    latest = (pd.Timestamp(event).to_period("M") + later).start_time.date()
    found = windows_since(event, latest, step)
    if found is None:
        return
    month = pd.Timestamp(event).to_period("M") + int(event.day > 15)
    ends = pd.Timestamp(found.before[-1]).to_period("M") + step
    assert ends <= month
    assert ends > month - step
    assert pd.Timestamp(found.now[0]).to_period("M") >= month
    assert len(found.before) == len(found.now)


VALUES = pd.DataFrame(
    [
        [60.0, 61.0, 62.0, 70.0, 72.0, 71.0],
        [60.0, np.nan, 62.0, 70.0, 72.0, 71.0],
        [50.0, 50.0, 50.0, 50.0, 50.0, np.nan],
    ],
    index=["RXW", "RF4", "RPA"],
    columns=pd.DatetimeIndex(months(1, 2, 3, 4, 5, 6)),
)


def test_a_change_is_the_difference_of_two_means_and_missing_where_a_month_is() -> None:
    means = means_by_organisation(VALUES, Windows(months(1, 2, 3), months(4, 5, 6)))
    assert means.loc["RXW"].tolist() == pytest.approx([61, 71, 71 - 61])
    assert means.loc[["RF4", "RPA"], "change"].isna().all()


def test_a_period_nobody_has_gives_no_change() -> None:
    before = Windows((date(2024, 12, 1), *months(1, 2)), months(4, 5, 6))
    assert means_by_organisation(VALUES, before)["change"].isna().all()


def test_peers_are_told_by_their_median_and_middle_eighty_percent() -> None:
    changes = pd.Series([0.0, 1, 2, 3, 4, np.nan, 99], index=list("abcdefg"))
    assert peers_change(changes, {*"abcdef"}) == PeersChange(2.0, 0.4, 3.6, 5)


def test_of_fewer_than_five_peers_nothing_is_said() -> None:
    assert peers_change(pd.Series([0.0, 1, 2, 3, np.nan], index=list("abcde")), {*"abcde"}) is None
