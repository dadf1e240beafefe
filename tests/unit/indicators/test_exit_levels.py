"""Levels at exit by hand: months meant, places among others, the year after, and what cannot be told."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.definition import Break, Indicator
from indicators.durations import DOUBTED
from indicators.exit_levels import (
    CHANGED,
    COUNT,
    FEW,
    MASKED,
    NO_FIGURES,
    SHARED,
    Levels,
    Range,
    at_exits,
    levels_of,
    range_of,
)
from indicators.exits_on_record import VAGUE, Exit, exits_of, inside_now, of_type
from indicators.registry import load_all
from settings import Settings
from tests.unit.indicators.made_frozen import spell, spells

CATALOGUE = load_all(Settings().catalogue_dir)
MONTHLY = CATALOGUE["ae_4h_all"].model_copy(update={"breaks": ()})
QUARTERLY = CATALOGUE["beds_occ_kh03"].model_copy(update={"breaks": ()})
OTHERS = (40.0, 50.0, 60.0, 65.0, 70.0, 80.0)
RETURNS = pd.DataFrame({"spell_id": [], "event": [], "stop": []})
JUNE_2023 = 2023 * 12 + 5


def figures(step: int = 1, others: tuple[float, ...] = OTHERS, start: str = "2022-01") -> Any:
    """A rises by one a period from 50 on for three years; the others stay where they are."""
    starts = pd.date_range(start, periods=36 // step, freq=f"{step}MS")
    own = [50.0 + place for place in range(len(starts))]
    series = {"A": own} | {f"T{n}": [value] * len(starts) for n, value in enumerate(others)}
    parts = [
        pd.DataFrame({"org_code": code, "period_start": starts, "value": value})
        for code, value in series.items()
    ]
    return pd.concat(parts, ignore_index=True)


def ledger(*rows: dict[str, Any]) -> pd.DataFrame:
    frame = spells(*rows)
    return frame.assign(
        programme_short=frame["programme"].str.upper(),
        entered_written=frame["entered_on"].dt.strftime("%Y-%m-%d"),
        left_written=frame["left_on"].dt.strftime("%Y-%m-%d"),
        org_closed_on=pd.to_datetime(frame.get("org_closed_on")),
    )


def left(on: str, org: str = "A") -> list[Exit]:
    return exits_of(ledger(spell("2018-01-01", on, org_code=org)), RETURNS)


def changed(**update: Any) -> Indicator:
    return MONTHLY.model_copy(update=update)


def test_the_level_is_the_mean_of_the_three_months_before_and_the_change_that_of_months_10_to_12() -> (
    None
):
    """20 May counts for June: March to May 2023 are 64, 65, 66; March to May 2024 are 76, 77, 78."""
    (found,) = at_exits(Levels(figures(), MONTHLY), left("2023-05-20"))
    assert (found.level.begins, found.level.until) == (JUNE_2023 - 3, JUNE_2023)
    assert found.level.value == pytest.approx(65)
    assert found.later.value == pytest.approx(77)
    assert found.change == pytest.approx(12)
    assert found.beside == 0


def test_an_exit_up_to_the_fifteenth_counts_for_its_own_month() -> None:
    (found,) = at_exits(Levels(figures(), MONTHLY), left("2023-05-15"))
    assert found.level.value == pytest.approx(64)


def test_the_place_counts_less_favourable_others_and_half_of_ties() -> None:
    """65 is above 40, 50 and 60, like 65: three and a half of six; where lower is better, two and a half."""
    higher = Levels(figures(), MONTHLY).before("A", JUNE_2023)
    lower = Levels(figures(), changed(better="lower")).before("A", JUNE_2023)
    neither = Levels(figures(), changed(better="neither")).before("A", JUNE_2023)
    assert higher.place == pytest.approx(100 * 3.5 / 6)
    assert lower.place == pytest.approx(100 * 2.5 / 6)
    assert neither.place == higher.place
    assert higher.others == 6


def test_of_quarters_the_last_that_was_over_is_meant() -> None:
    """June 2023 lies in the sixth quarter: the fifth is 54, a year on 58."""
    (found,) = at_exits(Levels(figures(3), QUARTERLY), left("2023-05-20"))
    assert (found.level.begins, found.level.until) == (2023 * 12, 2023 * 12 + 3)
    assert (found.level.value, found.later.value, found.change) == (54, 58, 4)


def test_the_latest_level_is_of_the_last_three_months_with_figures() -> None:
    levels = Levels(figures(), MONTHLY)
    own = levels.latest("A")
    assert own is not None
    assert (own.value, own.until) == (pytest.approx(84), 2025 * 12)
    assert own.place == 100
    assert levels.latest("Z") is None


@pytest.mark.parametrize(
    ("on", "level_why", "change_why", "definition"),
    [
        (date(2023, 4, 15), CHANGED, CHANGED, 0),
        (date(2023, 6, 1), None, CHANGED, 0),
        (date(2024, 5, 31), None, CHANGED, 0),
        (date(2022, 6, 1), None, None, 1),
        (date(2024, 6, 1), None, None, 0),
    ],
)
def test_months_of_two_definitions_are_never_put_together(
    on: date, level_why: str | None, change_why: str | None, definition: int
) -> None:
    levels = Levels(figures(), changed(breaks=(Break(on=on, label="changed"),)))
    (found,) = at_exits(levels, left("2023-05-20"))
    assert (found.level.why, found.why) == (level_why, change_why)
    assert found.level.definition == definition


def test_pandemic_months_give_no_level_and_no_change() -> None:
    """Of an exit in July 2019 the year after reaches into March 2020 only by months 10 to 12."""
    levels = Levels(figures(start="2019-01"), MONTHLY)
    (before,) = at_exits(levels, left("2019-07-01"))
    (within,) = at_exits(levels, left("2020-05-01"))
    assert (before.level.why, before.why) == (None, MASKED)
    assert (within.level.value, within.level.why) == (None, MASKED)
    assert levels.before("A", 2020 * 12 + 2).why is None
    assert levels.before("A", 2020 * 12 + 3).why == MASKED
    assert levels.before("A", 2021 * 12 + 5).why == MASKED
    assert levels.before("A", 2021 * 12 + 6).why is None


def test_a_month_not_published_gives_none() -> None:
    rows = figures()
    gap = rows[(rows["org_code"] != "A") | (rows["period_start"] != "2024-04-01")]
    (found,) = at_exits(Levels(gap, MONTHLY), left("2023-05-20"))
    assert found.level.value == pytest.approx(65)
    assert (found.change, found.why) == (None, NO_FIGURES)
    (early,) = at_exits(Levels(gap, MONTHLY), left("2022-02-20"))
    (other,) = at_exits(Levels(gap, MONTHLY), left("2023-05-20", "Z"))
    assert early.level.why == NO_FIGURES
    assert other.level.why == NO_FIGURES


def test_counts_and_few_others_give_no_place_and_shared_data_no_change() -> None:
    count = Levels(figures(), changed(unit="count")).before("A", JUNE_2023)
    few = Levels(figures(others=OTHERS[:4]), MONTHLY).before("A", JUNE_2023)
    (shared,) = at_exits(Levels(figures(), changed(rolling_k=12)), left("2023-05-20"))
    assert (count.value, count.place, count.why_no_place) == (pytest.approx(65), None, COUNT)
    assert (few.value, few.place, few.why_no_place) == (pytest.approx(65), None, FEW)
    assert (shared.level.value, shared.change, shared.why) == (pytest.approx(65), None, SHARED)


def test_yearly_figures_and_none_give_no_levels() -> None:
    assert levels_of(figures(), CATALOGUE["ss_morale"]) is None
    assert levels_of(figures()[:0], MONTHLY) is None
    assert levels_of(figures(), MONTHLY) is not None


def test_only_leaving_is_an_exit_and_only_one_dated_to_the_month_is_used() -> None:
    rows = ledger(
        spell("2018-01-01", "2019-05-20", org_code="A"),
        spell("2018-01-01", "2019-05-20", org_code="B", left_kind="transferred"),
        spell("2018-01-01", "2019-05-20", org_code="C", left_precision="quarter"),
        spell("2018-01-01", "2019-05-20", org_code="D", confidence="low"),
        spell("2018-01-01", "2019-05-20", org_code="E", left_kind="merged_or_dissolved"),
        spell("2018-01-01", org_code="F"),
        spell("2018-01-01", org_code="G", org_closed_on="2020-01-01"),
    )
    returns = pd.DataFrame(
        {
            "spell_id": ["A-rsp-2018-01-01", "C-rsp-2018-01-01"],
            "event": [1, 0],
            "stop": [12.0, 11.9],
        }
    )
    found = {one.stay.org_code: one for one in exits_of(rows, returns)}
    assert {code: one.why_not for code, one in found.items()} == {
        "A": None,
        "C": VAGUE,
        "D": DOUBTED,
    }
    assert found["A"].month == 2019 * 12 + 5
    assert [found[code].came_back for code in "ACD"] == [True, None, None]
    assert [stay.org_code for stay in inside_now(rows)] == ["F"]
    assert of_type(list(found.values()), "icb") == []


@pytest.mark.parametrize(
    ("event", "stop", "came_back"),
    [(1, 12.1, False), (0, 12.0, False), (0, 5.0, None), (2, 3.0, None), (1, 0.5, True)],
)
def test_a_return_counts_within_twelve_months_if_followed_for_so_long(
    event: int, stop: float, came_back: bool | None
) -> None:
    rows = ledger(spell("2018-01-01", "2019-05-20"))
    returns = pd.DataFrame({"spell_id": rows["spell_id"], "event": [event], "stop": [stop]})
    assert exits_of(rows, returns)[0].came_back is came_back


def test_a_move_of_label_is_one_stay_with_one_exit() -> None:
    rows = ledger(
        spell("2018-01-01", "2021-07-01", programme="fsm", left_kind="transferred"),
        spell("2021-07-01", "2023-05-20", programme="rsp"),
    )
    (found,) = exits_of(rows, RETURNS)
    assert found.month == JUNE_2023
    assert found.stay.programmes == "FSM, then RSP"


def test_ranges_are_of_known_figures() -> None:
    assert range_of([10.0, None, 1.0, 3.0, 2.0, 4.0]) == Range(5, 1, 2, 3, 4, 10)
    assert range_of([None]) == Range(0)


@given(st.lists(st.integers(0, 100), min_size=5, max_size=20))
def test_turning_the_better_side_round_turns_the_place_round(others: list[int]) -> None:
    rows = figures(others=tuple(map(float, others)))
    higher, lower = (
        Levels(rows, changed(better=side)).before("A", JUNE_2023).place
        for side in ("higher", "lower")
    )
    assert higher is not None
    assert lower is not None
    assert 0 <= higher <= 100
    assert higher + lower == pytest.approx(100)
