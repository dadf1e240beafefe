"""Which days a link asks for, and which spells may lie in them."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.timelines.window import Window, is_moment, may_lie_in, window_of
from tests.unit.pages.made_spells import spell, spells

RSP_ERA = Window(date(2021, 7, 1))
LIVES = {
    "qsm": ("2013-07-01", "2021-07-01"),
    "rsp": ("2021-07-01", None),
    "pip": ("2025-01-01", None),
}


def with_lives(*rows: dict) -> pd.DataFrame:
    frame = spells(*rows)
    started, ended = (
        pd.to_datetime(frame["programme"].map({key: life[end] for key, life in LIVES.items()}))
        for end in (0, 1)
    )
    return frame.assign(programme_started_on=started, programme_ended_on=ended)


@pytest.mark.parametrize("text", ["2013", "2021-07"])
def test_a_link_may_name_a_year_or_a_month(text: str) -> None:
    assert is_moment(text)


@pytest.mark.parametrize("text", ["", "2021-Q3", "2021-07-01", "2021-13", "20210", "x", "２０２１"])
def test_nothing_else_is_a_moment(text: str) -> None:
    assert not is_moment(text)


def test_a_window_runs_from_the_first_day_of_one_moment_to_the_last_of_the_other() -> None:
    assert window_of("2021-07", "2024") == Window(date(2021, 7, 1), date(2024, 12, 31))
    assert window_of("2013", None) == Window(date(2013, 1, 1), None)
    assert not window_of("2024", "2023-12").is_possible
    assert window_of("2024", "2024").is_possible


@pytest.mark.parametrize(
    ("row", "inside"),
    [
        (spell(programme="qsm", entered="2017-01-01", left="2021-06-30"), False),
        (spell(programme="qsm", entered="2017-01-01", left="2021-07-01"), True),
        (spell(programme="qsm", entered="2017-01-01", left=("2021-01-01", "2021-12-31")), True),
        # No exit on record: special measures ended before the window began, the RSP did not.
        (spell(programme="qsm", entered="2013-07-01"), False),
        (spell(programme="rsp", entered="2022-01-01"), True),
        (spell(programme="pip"), True),
    ],
)
def test_a_spell_may_lie_in_a_window_unless_its_dates_or_its_programme_rule_it_out(
    row: dict, inside: bool
) -> None:
    assert may_lie_in(with_lives(row), RSP_ERA).tolist() == [inside]


def test_a_window_with_an_end_leaves_out_what_can_only_have_begun_later() -> None:
    rows = with_lives(
        spell(programme="rsp", entered="2023-01-01"),
        spell(programme="rsp", entered=("2022-01-01", "2023-12-31")),
        spell(programme="pip"),
        spell(programme="rsp"),
    )
    until = Window(date(2021, 7, 1), date(2022, 12, 31))
    assert may_lie_in(rows, until).tolist() == [False, True, False, True]


DAYS = st.dates(date(2013, 7, 1), date(2026, 1, 1))


@given(DAYS, DAYS, DAYS, DAYS)
def test_a_longer_window_never_leaves_out_a_spell_of_a_shorter_one(
    one: date, two: date, three: date, four: date
) -> None:
    entered, left = sorted((one, two))
    begins, ends = sorted((three, four))
    row = with_lives(spell(programme="rsp", entered=str(entered), left=str(left)))
    shorter, longer = Window(begins, ends), Window(date(2013, 1, 1), None)
    overlaps = entered <= ends and left >= begins
    assert may_lie_in(row, shorter).tolist() == [overlaps]
    assert may_lie_in(row, longer).tolist() == [True]
