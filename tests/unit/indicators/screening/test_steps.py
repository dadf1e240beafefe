"""The steps at which entries and exits on record are lost: counted by hand on made stays and figures."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from indicators.entry_rebounds import EntryRebounds, entry_rebounds
from indicators.its_stays import stays_of
from indicators.screening.context import grid_of
from indicators.screening.pooling import Event, judged_at
from indicators.screening.stays_found import is_covered
from indicators.screening.steps import Missing, OfType, Steps, Walk, entry_steps, exit_steps
from indicators.stats.regression_to_mean.excess import Settings
from tests.unit.indicators.made_frozen import spell, spells
from tests.unit.indicators.screening.made import MONTHLY, Made, figures, values
from tests.unit.indicators.screening.test_pooling import rows

BREAKLESS = MONTHLY.model_copy(update={"breaks": ()})
NOBODY = "nobody is asked for"
MADE = values(Made())
"""Forty acute trusts, January 2022 to January 2026."""


def given(*stays: dict[str, Any], frame: pd.DataFrame = MADE) -> OfType:
    on_record = spells(*stays).assign(last_known_in_earliest=pd.Timestamp("2026-03-31"))
    held = replace(figures(Made(), BREAKLESS), values=frame)
    return OfType("acute", stays_of(on_record), on_record, held)


def found(told: OfType) -> EntryRebounds:
    settings = Settings("mean_of_year", draws=20)
    return entry_rebounds(told.figures.values, told.figures.indicator, told.spells, settings)


def at_entry(*stays: dict[str, Any], frame: pd.DataFrame = MADE) -> Steps:
    told = given(*stays, frame=frame)
    return entry_steps(told, found(told), NOBODY)


def counts(walk: Walk) -> list[int]:
    return [walk.on_record, walk.dated, walk.covered, walk.clear, walk.enough, walk.judged]


def test_each_step_loses_who_it_should() -> None:
    """T00 is judged. T01 is known to the year; T02 and T03 lack figures before and after; T04 had an earlier
    stay; T05 has figures of a year before, but not of the three months a year before those.
    """
    steps = at_entry(
        spell("2024-01-10", org_code="T00"),
        spell("2024-01-10", org_code="T01", entered_precision="year"),
        spell("2019-01-10", org_code="T02"),
        spell("2025-09-10", org_code="T03"),
        spell("2022-02-10", "2023-01-10", org_code="T04"),
        spell("2024-01-10", org_code="T04"),
        spell("2023-01-10", org_code="T05"),
    )
    assert counts(steps.everyone) == [7, 6, 3, 2, 1, 1]
    assert counts(steps.since) == [6, 5, 3, 2, 1, 1]
    assert dict(steps.everyone.reasons) == {
        "its entry is known only to the year": 1,
        "the figures of its type begin only in January 2022, too late for its entry": 3,
        "the figures of its type end in January 2026, too soon after its entry": 1,
        "another spell ran, or the definition changed, from fifteen months before entry to a year after": 1,
    }
    assert steps.waiting == ("2026-08",)
    assert steps.missing == ()


def test_months_without_a_file_are_named_with_the_entries_they_cost() -> None:
    gone = MADE["period_start"].between("2022-11-01", "2022-12-01")
    entered = [spell("2024-01-10", org_code=org) for org in ("T00", "T01")]
    steps = at_entry(*entered, frame=MADE[~gone])
    assert counts(steps.everyone) == [2, 2, 2, 2, 0, 0]
    assert steps.missing == (Missing("November 2022 to December 2022", 2),)


def test_a_move_between_programmes_is_one_stay() -> None:
    moved = [
        spell("2020-01-10", "2024-01-10", org_code="T00", programme="qsm"),
        spell("2024-01-10", org_code="T00", transferred_from="QSM"),
    ]
    steps = at_entry(*moved)
    assert counts(steps.everyone)[:2] == [1, 1]
    assert counts(steps.since) == [0] * 6


def test_where_nothing_is_asked_for_nobody_is_judged_and_says_why() -> None:
    told = given(spell("2024-01-10", org_code="T00"))
    steps = entry_steps(told, "it has one figure a year", NOBODY)
    assert counts(steps.everyone) == [1, 1, 1, 1, 0, 0]
    assert steps.everyone.reasons == (("it has one figure a year", 1),)


@pytest.mark.parametrize(
    ("gone", "covered"),
    [
        ("2023-01-01 2023-03-01", True),
        ("2023-01-01 2023-04-01", False),
        ("2024-09-01 2024-12-01", False),
    ],
)
def test_covered_is_nine_of_twelve_months_on_either_side(gone: str, covered: bool) -> None:
    first, last = gone.split()
    kept = MADE[~MADE["period_start"].between(first, last)]
    assert is_covered(grid_of(kept, 1), "T00", 2024 * 12) is covered
    assert not is_covered(grid_of(kept, 1), "X", 2024 * 12)


@pytest.mark.parametrize("event", ["entry", "exit"])
def test_effects_beside_others_are_those_of_the_analysis(event: Event) -> None:
    """Twelve entered in January 2024 and ten left in January 2025, which leaves too few inside."""
    stays = [
        spell("2024-01-10", "2025-01-10" if number < 10 else None, org_code=f"T{number:02}")
        for number in range(12)
    ]
    told, pooled = given(*stays), judged_at(rows(Made()), event)
    assert not isinstance(pooled, str)
    steps = exit_steps(told, pooled) if event == "exit" else entry_steps(told, NOBODY, pooled)
    assert steps.everyone.pooled == len(pooled.effects) == (12 if event == "entry" else 0)
    if event == "exit":
        assert counts(steps.everyone) == [12, 10, 10, 10, 10, 0]
        assert sum(number for _, number in steps.everyone.reasons) == 12
