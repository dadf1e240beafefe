"""When a spell's limits are frozen and its watch ends, and why some spells cannot be used."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from indicators.definition import Break
from indicators.durations import DOUBTED, NO_ENTRY
from indicators.frozen_entries import (
    CARRIED,
    CHANGED,
    EARLIER,
    IN_PANDEMIC,
    INSIDE,
    entries_of,
    first_exposed,
)
from tests.unit.indicators.made_frozen import DAYS, spell


def month(year: int, number: int) -> float:
    return year * 12.0 + number - 1


def entries(*spells: dict[str, Any], breaks: tuple[Break, ...] = ()) -> pd.DataFrame:
    frame = pd.DataFrame(spells)
    frame = frame.assign(**{name: pd.to_datetime(frame[name]) for name in DAYS})
    return entries_of(frame, breaks)


def one(*spells: dict[str, Any], breaks: tuple[Break, ...] = ()) -> Any:
    """The entry of the last spell given."""
    return entries(*spells, breaks=breaks).iloc[-1]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2022-03-15", (2022, 3)), ("2022-03-16", (2022, 4)), ("2022-12-31", (2023, 1))],
)
def test_a_day_up_to_the_fifteenth_counts_for_its_own_month(
    day: str, expected: tuple[int, int]
) -> None:
    assert first_exposed(pd.Series(pd.to_datetime([day]))).iloc[0] == month(*expected)


def test_a_spell_with_known_days_is_watched_from_its_entry_to_its_exit() -> None:
    found = one(spell("2022-03-20", "2023-06-10"))
    assert (found["entry"], found["exit"]) == (month(2022, 4), month(2023, 6))
    assert (found["exit_kind"], found["since"], found["until"]) == ("left", -np.inf, np.inf)
    assert pd.isna(found["why_not"])


def test_an_exit_known_only_to_the_year_ends_the_watch_at_the_first_month_it_can_mean() -> None:
    vague = spell("2022-03-20", "2023-01-01", left_precision="year", left_latest="2023-12-31")
    assert one(vague)["exit"] == month(2023, 1)


def test_without_an_exit_the_watch_ends_with_the_programme_or_never() -> None:
    closed = one(spell("2017-03-20", programme_ended_on="2021-06-30"))
    assert (closed["exit"], closed["exit_kind"]) == (month(2021, 7), "programme")
    still = one(spell("2022-03-20"))
    assert (still["exit"], still["exit_kind"]) == (np.inf, "unknown")


def test_a_transfer_ends_the_watch_as_one() -> None:
    moved = spell("2018-11-08", "2021-07-01", left_kind="transferred", left_precision="month")
    assert one(moved)[["exit", "exit_kind"]].tolist() == [month(2021, 7), "transferred"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (spell(None), NO_ENTRY),
        (spell("2022-01-01", entered_precision="year"), "its entry is known only to the year"),
        (
            spell("2022-01-01", entered_precision="quarter"),
            "its entry is known only to the quarter",
        ),
        (spell("2022-01-01", confidence="low"), DOUBTED),
        (spell("2021-07-01", transferred_from="QSM"), CARRIED),
        (spell("2020-03-01"), IN_PANDEMIC),
        (spell("2021-03-15"), IN_PANDEMIC),
    ],
)
def test_why_a_spell_cannot_be_used(given: dict[str, Any], why: str) -> None:
    assert one(given)["why_not"] == why


@pytest.mark.parametrize(
    "given",
    [
        spell("2022-01-01", entered_precision="month"),
        spell("2021-07-01", transferred_from="none"),
        spell("2020-02-15"),
        spell("2021-03-16"),
    ],
)
def test_which_spells_can_be_used(given: dict[str, Any]) -> None:
    assert pd.isna(one(given)["why_not"])


def test_a_second_spell_that_begins_within_another_is_no_entry() -> None:
    first = spell("2016-10-01", "2018-12-31", programme="fsm")
    assert one(first, spell("2017-04-01"))["why_not"] == INSIDE
    still = spell("2016-10-01", programme="fsm")
    assert one(still, spell("2022-04-01"))["why_not"] == INSIDE


def test_of_two_spells_that_begin_together_one_is_the_entry() -> None:
    both = entries(spell("2017-04-01", programme="fsm"), spell("2017-04-01", programme="qsm"))
    assert both["why_not"].isna().tolist() == [True, False]


def test_figures_from_within_an_earlier_spell_set_no_limits() -> None:
    found = one(spell("2013-07-01", "2017-03-20"), spell("2022-04-01"))
    assert (found["since"], found["since_because"]) == (month(2017, 4), EARLIER)
    assert pd.isna(found["why_not"])
    other = spell("2013-07-01", "2017-03-20", org_code="B")
    assert one(other, spell("2022-04-01"))["since"] == -np.inf


def test_one_definition_holds_from_the_last_change_to_the_next() -> None:
    changes = tuple(
        Break(on=day, label="changed")
        for day in (date(2019, 4, 1), date(2021, 5, 27), date(2024, 2, 1), date(2025, 6, 20))
    )
    found = one(spell("2022-03-01"), breaks=changes)
    # The month within which a definition changes belongs to neither.
    assert (found["since"], found["until"]) == (month(2021, 6), month(2024, 2))
    assert found["since_because"] == CHANGED
    assert one(spell("2024-03-01"), breaks=changes)["until"] == month(2025, 6)


def test_a_change_on_the_first_month_exposed_leaves_no_baseline() -> None:
    found = one(spell("2022-03-01"), breaks=(Break(on=date(2022, 3, 1), label="changed"),))
    assert (found["since"], found["until"]) == (month(2022, 3), np.inf)
