"""A date is drawn as exactly as it is known: crisp, fading, or torn where no source gives it."""

from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pages.charts.layers.spell_geometry import KNOWN_DAYS, lay_out, pieces_of
from tests.unit.pages.made_spells import spell, spells

TODAY = date(2026, 11, 22)
QUARTER, YEAR = ("2023-10-01", "2023-12-31"), ("2023-01-01", "2023-12-31")


def drawn(**facts: Any) -> list[tuple[str, str, str]]:
    """Part, first day and day after the last of each piece; of torn ends only the longest strand."""
    row = next(spells(spell(**facts)).itertuples())
    return [
        (piece.part, f"{piece.begins:%Y-%m-%d}", f"{piece.ends:%Y-%m-%d}")
        for piece in pieces_of(row, TODAY)
        if piece.strand == 0
    ]


def test_known_days_are_solid_between_them() -> None:
    assert drawn(entered="2021-09-15", left="2022-12-06") == [("solid", "2021-09-15", "2022-12-06")]


def test_a_month_is_as_good_as_a_day() -> None:
    months = drawn(entered=("2021-07-01", "2021-07-31"), left=("2022-04-01", "2022-04-30"))
    assert months == [("solid", "2021-07-01", "2022-04-01")]


def test_an_entry_known_to_a_year_fades_in_over_it() -> None:
    assert drawn(entered=YEAR, left="2025-03-06") == [
        ("fade_in", "2023-01-01", "2024-01-01"),
        ("solid", "2024-01-01", "2025-03-06"),
    ]


def test_an_exit_known_to_a_quarter_fades_out_over_it() -> None:
    assert drawn(entered="2021-07-01", left=QUARTER) == [
        ("solid", "2021-07-01", "2023-10-01"),
        ("fade_out", "2023-10-01", "2024-01-01"),
    ]


def test_an_entry_cannot_be_later_than_a_known_exit() -> None:
    assert drawn(entered=YEAR, left="2023-07-01") == [("fade_in", "2023-01-01", "2023-07-01")]


def test_entry_and_exit_in_one_year_fade_in_and_out_again() -> None:
    assert drawn(entered=YEAR, left=YEAR) == [
        ("fade_in", "2023-01-01", "2023-07-02"),
        ("fade_out", "2023-07-02", "2024-01-01"),
    ]


def test_entry_and_exit_in_one_month_are_not_lost() -> None:
    july = ("2021-07-01", "2021-07-31")
    assert drawn(entered=july, left=july) == [("solid", "2021-07-01", "2021-08-01")]


def test_without_an_exit_the_bar_is_torn_after_the_last_day_known_inside() -> None:
    assert drawn(entered="2021-09-15", last_known_in="2022-09-30") == [
        ("solid", "2021-09-15", "2022-10-01"),
        ("torn", "2022-10-01", "2023-03-01"),
    ]


def test_a_torn_end_does_not_reach_beyond_today() -> None:
    assert drawn(entered="2025-01-01", last_known_in="2026-09-30")[-1] == (
        "torn",
        "2026-10-01",
        "2026-11-22",
    )


def test_a_torn_end_has_three_strands_of_different_length() -> None:
    row = next(spells(spell(entered="2021-09-15", last_known_in="2022-09-30")).itertuples())
    torn = [piece for piece in pieces_of(row, TODAY) if piece.part == "torn"]
    assert [(piece.ends - piece.begins).days for piece in torn] == [151, 83, 120]


def test_with_the_entry_alone_a_stub_says_so() -> None:
    assert drawn(entered="2017-03-22") == [
        ("solid", "2017-03-22", "2017-04-21"),
        ("torn", "2017-04-21", "2017-09-21"),
    ]


def test_an_entry_known_to_a_year_alone_has_no_solid_part() -> None:
    assert drawn(entered=YEAR) == [
        ("fade_in", "2023-01-01", "2024-01-01"),
        ("torn", "2024-01-01", "2024-06-01"),
    ]


def test_a_day_known_inside_bounds_the_entry() -> None:
    first_quarter = ("2024-01-01", "2024-03-31")
    assert drawn(entered=first_quarter, last_known_in="2024-03-26")[0] == (
        "fade_in",
        "2024-01-01",
        "2024-03-27",
    )


def test_without_an_entry_the_bar_fades_in_before_the_exit() -> None:
    assert drawn(left=QUARTER) == [
        ("fade_in", "2023-05-01", "2023-10-01"),
        ("fade_out", "2023-10-01", "2024-01-01"),
    ]


def test_without_entry_and_exit_the_bar_lies_about_the_day_known_inside() -> None:
    assert drawn(last_known_in="2025-08-31") == [
        ("fade_in", "2025-04-01", "2025-09-01"),
        ("torn", "2025-09-01", "2026-02-01"),
    ]


def test_a_spell_without_any_date_has_no_bar() -> None:
    assert drawn() == []


DAYS = st.dates(date(2013, 7, 1), date(2026, 6, 30))
LENGTHS = st.sampled_from([0, 29, 30, 90, 364])


@st.composite
def dated(draw: st.DrawFn) -> dict[str, Any]:
    """A spell whose exit does not end before its entry begins."""
    entered, left = sorted([draw(DAYS), draw(DAYS)])
    until = [pd.Timestamp(day) + pd.Timedelta(days=draw(LENGTHS)) for day in (entered, left)]
    return spell(entered=(entered, min(until[0], until[1])), left=(left, until[1]))


@given(dated())
def test_pieces_follow_each_other_without_gap_or_overlap(made: dict[str, Any]) -> None:
    row = next(spells(made).itertuples())
    pieces = pieces_of(row, TODAY)
    assert all(piece.begins < piece.ends for piece in pieces)
    assert all(one.ends == after.begins for one, after in pairwise(pieces))
    assert pieces[0].begins == row.entered_earliest


@given(dated())
def test_nothing_is_solid_where_a_wide_date_may_still_lie(made: dict[str, Any]) -> None:
    row = next(spells(made).itertuples())
    for piece in pieces_of(row, TODAY):
        if (
            piece.part == "solid"
            and (row.entered_latest - row.entered_earliest).days + 1 >= KNOWN_DAYS
        ):
            assert piece.begins > row.entered_latest
        if piece.part == "solid" and (row.left_latest - row.left_earliest).days + 1 >= KNOWN_DAYS:
            assert piece.ends <= row.left_earliest


def placed(*rows: dict[str, Any]) -> list[tuple[str, int, int, float]]:
    """Programme, row, lanes there, and top within the row, of the first piece of each spell."""
    parts = lay_out(spells(*rows), TODAY).drop_duplicates("spell_id")
    return [
        (part.programme, part.row, part.lanes, round(part.top - part.row, 2))
        for part in parts.itertuples()
    ]


def test_quality_lies_above_finance_where_both_ran_at_once() -> None:
    finance = spell(programme="fsm", entered="2017-03-22", left="2021-07-01")
    quality = spell(programme="qsm", entered="2017-04-01", left="2021-07-01")
    assert placed(finance, quality) == [("qsm", 0, 2, 0.04), ("fsm", 0, 2, 0.53)]


def test_a_programme_handed_over_keeps_its_lane() -> None:
    third_quarter = ("2021-07-01", "2021-09-30")
    before = spell(programme="qsm", entered="2020-05-01", left=third_quarter)
    after = spell(programme="rsp", entered=third_quarter, left="2023-01-01")
    assert placed(before, after) == [("qsm", 0, 1, 0.16), ("rsp", 0, 1, 0.16)]


def test_words_for_a_spell_without_dates_keep_clear_of_a_bar_before_them() -> None:
    bar = spell(programme="rsp", entered="2021-07-01", last_known_in="2024-11-30")
    assert placed(bar, spell(programme="irp")) == [("rsp", 0, 2, 0.04), ("irp", 0, 2, 0.53)]


def test_rows_follow_the_order_of_the_frame_not_its_numbers() -> None:
    late = spell("RAA", entered="2014-01-01", left="2015-01-01", row_order=70)
    early = spell("RBB", entered="2020-01-01", left="2021-01-01", row_order=12)
    parts = lay_out(spells(late, early), TODAY)
    assert dict(zip(parts["org_code"], parts["row"], strict=True)) == {"RBB": 0, "RAA": 1}


def test_the_strands_of_a_torn_end_fill_the_height_of_the_bar() -> None:
    parts = lay_out(spells(spell(entered="2021-09-15", last_known_in="2022-09-30")), TODAY)
    torn = parts[parts["part"] == "torn"]
    solid = parts[parts["part"] == "solid"].iloc[0]
    assert round(torn["top"].min(), 6) == round(solid["top"], 6)
    assert round(torn["bottom"].max(), 6) == round(solid["bottom"], 6)


def test_no_spells_make_no_rows_but_the_same_columns() -> None:
    parts = lay_out(spells(), TODAY)
    assert len(parts) == 0
    assert {"begins", "ends", "top", "bottom", "row", "lanes", "part"} <= set(parts.columns)


def test_an_interval_is_not_drawn_beyond_today() -> None:
    """Entered in 2023, as known on 30 June 2023: it had happened by then."""
    row = next(spells(spell(entered=YEAR)).itertuples())
    pieces = pieces_of(row, date(2023, 6, 30))
    assert max(piece.ends for piece in pieces) == pd.Timestamp("2023-07-01")
