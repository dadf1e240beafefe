"""Moves between states: by hand, against R (reference.R), and what must hold of any matrix."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from indicators.stats.proportions import wilson
from indicators.stats.rows import BadRow
from indicators.stats.transitions import count_transitions, k_step
from tests.stats.made import from_r, small

SEGMENTS = {"id": "unit", "q": "period", "segment": "state"}


def panel(*rows: tuple[object, object, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["unit", "period", "state"])


def test_only_adjacent_periods_count_by_hand() -> None:
    """a: 3 to 4, then a gap; b: 4 to 3, 3 to 3; c stands alone in 1."""
    found = count_transitions(
        panel(
            ("a", 2, 4),
            ("a", 1, 3),
            ("a", 4, 3),
            ("b", 1, 4),
            ("b", 2, 3),
            ("b", 3, 3),
            ("c", 9, 1),
        )
    )
    assert found.states == (1, 3, 4)
    assert found.counts.to_numpy().tolist() == [[0, 0, 0], [0, 1, 1], [0, 1, 0]]
    assert found.probabilities.loc[3].tolist() == [0, 0.5, 0.5]
    assert found.probabilities.loc[4].tolist() == [0, 1, 0]
    assert found.probabilities.loc[1].isna().all()
    assert (found.counts.index.name, found.counts.columns.name) == ("before", "after")


def test_a_step_of_three_months_counts_every_third_month_only() -> None:
    found = count_transitions(panel(("a", 0, 1), ("a", 3, 2), ("a", 4, 1), ("a", 7, 2)), step=3)
    assert found.counts.to_numpy().tolist() == [[0, 2], [0, 0]]


def test_a_single_period_counts_nothing() -> None:
    found = count_transitions(panel(("a", 1, 3), ("b", 1, 4)))
    assert found.counts.to_numpy().tolist() == [[0, 0], [0, 0]]
    assert found.ci_low.isna().all(axis=None)
    assert found.smoothed.isna().all(axis=None)


def test_everything_is_that_of_r() -> None:
    expected = from_r("transitions")
    found = count_transitions(small("segment_panel").rename(columns=SEGMENTS))
    assert found.counts.to_numpy().tolist() == expected["counts"]
    for name in ("probabilities", "ci_low", "ci_high"):
        assert getattr(found, name).to_numpy() == pytest.approx(np.array(expected[name]), abs=1e-12)
    four = k_step(found.probabilities, 4)
    assert four.to_numpy() == pytest.approx(np.array(expected["four_steps"]), abs=1e-12)


def test_thin_rows_are_smoothed_and_flagged_by_hand() -> None:
    """From 4: 1 to 3 and 2 to 4, of three: (1.5, 2.5) of 4. From 3: 6 to 3 and 6 to 4, not smoothed."""
    rows = [("a", 1, 4), ("a", 2, 3), ("b", 1, 4), ("b", 2, 4), ("b", 3, 4)]
    rows += [(f"s{n}", t, 3) for n in range(6) for t in (1, 2)]
    rows += [(f"m{n}", t, s) for n in range(6) for t, s in ((1, 3), (2, 4))]
    found = count_transitions(panel(*rows))
    assert found.smoothed.loc[4].tolist() == pytest.approx([1.5 / 4, 2.5 / 4])
    assert found.smoothed.loc[3].tolist() == [0.5, 0.5]
    assert found.is_few.to_dict() == {3: False, 4: True}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6), st.integers(1, 4)), min_size=1))
def test_rows_sum_to_one_in_any_order(rows: list) -> None:
    made = panel(*{(unit, period): (unit, period, state) for unit, period, state in rows}.values())
    found = count_transitions(made)
    for shares in (found.probabilities, found.smoothed, k_step(found.probabilities, 3)):
        known = shares.dropna(how="all")
        assert known.sum(axis=1).tolist() == pytest.approx([1] * len(known))
        assert not known.isna().any(axis=None)
    assert found.counts.to_numpy().sum() <= len(made) - made["unit"].nunique()
    turned = count_transitions(made.iloc[::-1])
    pd.testing.assert_frame_equal(found.counts, turned.counts)


def test_steps_through_an_unknown_state_are_unknown_and_others_are_not() -> None:
    """3 goes to 1, from which nothing is known; 4 stays in 4."""
    step = pd.DataFrame(
        [[np.nan, np.nan, np.nan], [1, 0, 0], [0, 0, 1]], index=[1, 3, 4], columns=[1, 3, 4]
    )
    two = k_step(step, 2)
    assert two.loc[[1, 3]].isna().all(axis=None)
    assert two.loc[4].tolist() == [0, 0, 1]
    assert k_step(step, 1).loc[3].tolist() == [1, 0, 0]


@pytest.mark.parametrize(
    ("bad", "column", "problem"),
    [
        (("a", 1, 4), "period", "stands there a second time for this unit"),
        (("a", 2, None), "state", "is blank"),
        (("a", None, 4), "period", "is blank"),
        ((None, 2, 4), "unit", "is blank"),
    ],
)
def test_an_impossible_row_is_named(bad: tuple, column: str, problem: str) -> None:
    with pytest.raises(BadRow) as fault:
        count_transitions(panel(("a", 1, 3), bad))
    assert (fault.value.position, fault.value.column, fault.value.problem) == (1, column, problem)


@given(st.integers(0, 50), st.integers(0, 50), st.sampled_from([0.01, 0.05, 0.2]))
def test_wilson_is_that_of_the_library(k: int, more: int, alpha: float) -> None:
    if k + more == 0:
        assert np.isnan(wilson(k, 0)).all()
        return
    expected = proportion_confint(k, k + more, alpha, method="wilson")
    assert wilson(k, k + more, alpha) == pytest.approx(expected, abs=1e-12)


def test_wilson_takes_arrays_and_is_exact_at_none_and_all() -> None:
    low, high = wilson([0, 5, 10], [10, 10, 10])
    assert (low[0], high[2]) == (0, 1)
    assert (low[1], high[1]) == pytest.approx((0.2365931, 0.7634069))
