"""Turnbull: by hand, against R (reference.R), and what must hold of any maximum."""

import math
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.stats import turnbull as module
from indicators.stats.rows import BadRow
from indicators.stats.survival import kaplan_meier
from indicators.stats.turnbull import turnbull
from tests.stats.made import from_r, small, spells


def intervals(*rows: tuple[float, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["lo", "hi"], dtype=float)


def test_neighbouring_intervals_have_nothing_in_common() -> None:
    """Closed intervals would meet at 6 and put all mass there."""
    curve = turnbull(intervals((3, 6), (6, 9), (3, 6), (6, None)))
    assert curve.table[["after", "time"]].to_numpy().tolist() == [[3, 6], [6, 9]]
    assert curve.table["survival"].tolist() == pytest.approx([0.5, 0.0], abs=1e-6)


def test_overlapping_intervals_by_hand() -> None:
    """(0, 2], (1, 3], (2, 4]: innermost (1, 2] and (2, 3]; likelihood p · 1 · (1 − p): one half each."""
    curve = turnbull(intervals((0, 2), (1, 3), (2, 4)))
    assert curve.table[["after", "time"]].to_numpy().tolist() == [[1, 2], [2, 3]]
    assert curve.table["survival"].tolist() == pytest.approx([0.5, 0.0])
    assert curve.table["at_risk"].tolist() == pytest.approx([3, 1.5])
    assert curve.table["events"].tolist() == pytest.approx([1.5, 1.5])
    assert (curve.start, curve.end) == (0, 4)


def test_survival_at_shared_ends_is_that_of_r() -> None:
    """R stops when no value moves by 5e-5 within five rounds; it had come closer here."""
    expected = from_r("turnbull")
    table = turnbull(small("segment_interval")).table
    assert table["time"].tolist() == expected["time"]
    assert table["survival"].tolist() == pytest.approx(expected["survival"], abs=1e-5)


def test_an_exact_time_shares_no_mass_with_an_interval_that_begins_then() -> None:
    table = turnbull(intervals((2, 2), (2, 4))).table
    assert table[["after", "time"]].to_numpy().tolist() == [[2, 2], [2, 4]]
    assert table["survival"].tolist() == pytest.approx([0.5, 0])


def test_an_exact_time_takes_the_mass_of_an_interval_that_ends_then() -> None:
    table = turnbull(intervals((2, 2), (1, 2), (2, None))).table
    assert table[["after", "time"]].to_numpy().tolist() == [[2, 2]]
    assert table["survival"].tolist() == pytest.approx([1 / 3])


@patch.object(module, "DRAWS", 3)
@settings(max_examples=50)
@given(spells())
def test_exact_times_are_kaplan_meier(made: pd.DataFrame) -> None:
    made = made.assign(entry=0)
    exact = pd.DataFrame({"lo": made["stop"], "hi": made["stop"].where(made["event"] == 1)})
    found, expected = turnbull(exact), kaplan_meier(made)
    assert found.table["time"].tolist() == expected.table["time"].tolist()
    for name in ("at_risk", "events", "survival"):
        assert found.table[name].tolist() == pytest.approx(expected.table[name].tolist(), abs=1e-7)


half_open = st.tuples(st.integers(0, 8), st.none() | st.integers(0, 4)).map(
    lambda pair: (pair[0], None if pair[1] is None else pair[0] + pair[1])
)


@patch.object(module, "DRAWS", 3)
@settings(max_examples=50)
@given(st.lists(half_open, min_size=1, max_size=15), st.randoms())
def test_it_falls_within_zero_and_one_in_any_order_of_rows(rows: list, chance: object) -> None:
    made = intervals(*rows)
    table = turnbull(made).table
    assert (np.diff(np.concatenate([[1.0], table["survival"]])) <= 0).all()
    by_risk = np.cumprod(1 - table["events"] / table["at_risk"])
    assert table["survival"].tolist() == pytest.approx(by_risk.tolist(), abs=1e-6)
    assert table[["survival", "ci_low", "ci_high"]].min(axis=None) >= 0 or table.empty
    assert table[["survival", "ci_low", "ci_high"]].max(axis=None) <= 1 or table.empty
    mixed = turnbull(made.sample(frac=1, random_state=chance.randrange(1000))).table
    pd.testing.assert_frame_equal(table, mixed)


def test_no_mass_can_raise_the_likelihood() -> None:
    """Of 200 random moves of mass between the rows of the estimate none raises it."""
    made = small("segment_interval")
    table = turnbull(made).table
    mass = -np.diff(np.concatenate([[1.0], table["survival"]]))
    lo, hi = made["lo"].to_numpy()[:, None], made["hi"].fillna(np.inf).to_numpy()[:, None]
    holds = (lo <= table["after"].to_numpy()) & (table["time"].to_numpy() <= hi)
    beyond = (np.isinf(hi) * (1 - mass.sum())).ravel()
    best = np.log(holds @ mass + beyond).sum()
    chance = np.random.default_rng(1)
    for _ in range(200):
        moved = mass.copy()
        gives, takes = chance.choice(len(mass), size=2, replace=False)
        amount = mass[gives] * chance.uniform(0.001, 0.5)
        moved[gives], moved[takes] = moved[gives] - amount, moved[takes] + amount
        assert np.log(holds @ moved + beyond).sum() < best + 1e-9


def test_the_interval_is_the_same_every_time_and_holds_the_estimate() -> None:
    made = small("segment_interval")
    first, second = turnbull(made), turnbull(made)
    pd.testing.assert_frame_equal(first.table, second.table)
    assert (first.table["ci_low"] <= first.table["survival"]).all()
    assert (first.table["survival"] <= first.table["ci_high"]).all()
    wide = turnbull(made, alpha=0.01).table
    assert (wide["ci_low"] <= first.table["ci_low"]).all()
    assert first.median.ci_low < first.median.estimate < first.median.ci_high


def test_survival_of_zero_has_no_interval() -> None:
    table = turnbull(intervals((0, 2), (1, 3), (2, 4))).table
    assert table[["se", "ci_low", "ci_high"]].notna().all(axis=1).tolist() == [True, False]


def test_nobody_known_to_have_ended() -> None:
    curve = turnbull(intervals((3, None), (5, None)))
    assert curve.table.empty
    assert (curve.median.estimate, curve.end) == (None, 5)


def test_without_rows_nothing_is_known() -> None:
    curve = turnbull(intervals())
    assert curve.table.empty
    assert math.isnan(curve.end)


@pytest.mark.parametrize(
    ("bad", "column", "problem"),
    [
        ((None, 3), "lo", "is blank"),
        ((math.inf, None), "lo", "is infinite"),
        ((-1, 3), "lo", "is below 0"),
        ((4, 3), "hi", "is below lo"),
    ],
)
def test_an_impossible_row_is_named(bad: tuple[float, float], column: str, problem: str) -> None:
    with pytest.raises(BadRow) as fault:
        turnbull(intervals((0, 2), bad))
    assert (fault.value.position, fault.value.column, fault.value.problem) == (1, column, problem)
