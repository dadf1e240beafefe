"""Shadows of published figures: who is one, what came after, and why none are sought."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from indicators.definition import Break, Indicator
from indicators.entry_rebounds import NEAR, NO_FIGURES, SHARED
from indicators.entry_shadows import (
    NO_YEAR,
    NOT_MONTHLY,
    NOTHING_AFTER,
    EntryShadows,
    entry_shadows,
)
from indicators.registry import load_all
from settings import Settings
from tests.unit.indicators.made_frozen import spell, spells, values

CATALOGUE = load_all(Settings().catalogue_dir)
INDICATOR = CATALOGUE["ae_4h_all"].model_copy(update={"breaks": ()})
YEAR = np.arange(12.0)
NEVER = ["B", "C", "D", "E", "F"]
ENTERED = spell("2023-01-05")


def figures(after: int = 30) -> pd.DataFrame:
    """A enters in January 2023 after a year 0 … 11; B, C and D had the same, E lies higher, F rose faster.

    Levels of the five are 10, 10, 10, 20, 10 (spread 4.47), slopes 1, 1, 1, 1, 2 (spread 0.447).
    """
    years = [YEAR, YEAR, YEAR, YEAR, YEAR + 10, 10 + 2 * (YEAR - 10)]
    later = [20.0, 11.0, 13.0, 15.0, 0.0, 0.0]
    made = zip("ABCDEF", years, later, strict=True)
    return pd.concat([values(org, *year, *[value] * after) for org, year, value in made])


def found(
    given: pd.DataFrame | None = None, indicator: Indicator = INDICATOR, **entry: Any
) -> EntryShadows | str:
    row = ENTERED | entry
    rows = figures() if given is None else given
    return entry_shadows(rows, indicator, spells(row), row["spell_id"], NEVER)


def shadows(given: pd.DataFrame | None = None, indicator: Indicator = INDICATOR) -> EntryShadows:
    answer = found(given, indicator)
    assert isinstance(answer, EntryShadows)
    return answer


def test_shadows_are_near_in_level_and_slope_and_their_changes_are_by_hand() -> None:
    """The base is 10, the mean of 9, 10 and 11."""
    answer = shadows()
    assert (answer.shadows, answer.compared, answer.is_enough) == (["B", "C", "D"], 5, True)
    assert answer.changes["base"].tolist() == [10, 10, 10, 10]
    assert answer.changes["outcome"].tolist() == [20, 11, 13, 15]
    assert answer.changes["change"].to_dict() == {"A": 10, "B": 1, "C": 3, "D": 5}
    assert answer.first == pd.Timestamp("2023-01-01")
    assert answer.entered_on == pd.Timestamp("2023-01-05")


def test_the_path_is_a_year_before_and_two_years_from_entry_on() -> None:
    answer = shadows()
    months = answer.paths.columns
    assert (months[0], months[-1]) == (pd.Timestamp("2022-01-01"), pd.Timestamp("2024-12-01"))
    assert answer.mean.tolist() == [*YEAR, *[13.0] * 24]
    # Of 11, 13 and 15 the tenth lies a fifth of the way from the first to the second.
    assert answer.middle.iloc[-1].tolist() == pytest.approx([11.4, 14.6])


def test_an_entry_late_in_a_month_counts_from_the_next() -> None:
    answer = found(entered_on="2023-01-20")
    assert isinstance(answer, EntryShadows)
    assert answer.first == pd.Timestamp("2023-02-01")


def test_the_twelfth_month_from_entry_is_the_outcome_and_not_known_before() -> None:
    assert shadows(figures(after=12)).changes["change"].notna().all()
    answer = shadows(figures(after=11))
    assert answer.changes["change"].isna().all()
    assert len(answer.paths.columns) == 23


def test_months_after_a_change_of_definition_are_left_out() -> None:
    changed = (Break(on="2024-03-01", label="Another way of counting"),)
    answer = shadows(indicator=INDICATOR.model_copy(update={"breaks": changed}))
    assert answer.paths.columns[-1] == pd.Timestamp("2024-02-01")


def test_who_was_ever_in_a_programme_or_lacks_a_month_is_no_shadow() -> None:
    others = entry_shadows(
        figures(), INDICATOR, spells(ENTERED), ENTERED["spell_id"], ["C", "D", "E", "F"]
    )
    assert isinstance(others, EntryShadows)
    assert others.shadows == ["C", "D"]
    assert not others.is_enough
    rows = figures()
    gap = (rows["org_code"] == "B") & (rows["period_start"] == "2022-05-01")
    assert shadows(rows[~gap]).compared == 4
    assert shadows(rows[~gap]).shadows == ["C", "D"]


def test_a_shadow_without_a_later_figure_stays_one() -> None:
    rows = figures()
    closed = (rows["org_code"] == "B") & (rows["period_start"] >= "2023-06-01")
    answer = shadows(rows[~closed])
    assert answer.shadows == ["B", "C", "D"]
    assert np.isnan(answer.changes["change"]["B"])
    # Two of three are under three quarters: no mean that steps because one is missing.
    assert answer.mean.notna().sum() == answer.middle["low"].notna().sum() == 17


@pytest.mark.parametrize(
    ("rows", "indicator", "entry", "why"),
    [
        (None, CATALOGUE["beds_occ_kh03"], {}, NOT_MONTHLY),
        (None, next(one for one in CATALOGUE.values() if one.shared_periods), {}, SHARED),
        (None, INDICATOR, {"entered_precision": "year"}, "its entry is known only to the year"),
        (figures().query("org_code != 'A'"), INDICATOR, {}, NO_FIGURES),
        (figures().drop(index=4), INDICATOR, {}, NO_YEAR),
        (figures(after=0), INDICATOR, {}, NOTHING_AFTER),
        (figures(), INDICATOR, {"entered_on": "2022-07-01"}, NO_YEAR),
        (figures(), INDICATOR, {"entered_on": "2026-03-01"}, NOTHING_AFTER),
        (
            figures(),
            INDICATOR.model_copy(update={"breaks": (Break(on="2023-06-01", label="New"),)}),
            {},
            NEAR,
        ),
    ],
)
def test_why_none_are_sought(
    rows: pd.DataFrame | None, indicator: Indicator, entry: dict[str, Any], why: str
) -> None:
    assert found(rows, indicator, **entry) == why
