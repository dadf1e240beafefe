"""Shares and survival of comparators with groups of equal weight, and intervals from drawing units."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.stats.frozen_shares import grouped_survival, matched_share
from indicators.stats.survival import kaplan_meier


def rows(*groups: tuple[str, str, float, int]) -> pd.DataFrame:
    return pd.DataFrame(groups, columns=["group", "unit", "stop", "event"])


def test_every_group_counts_as_one_whatever_its_size() -> None:
    # Of group g one of four, of group h the only one: (1/4 + 1) / 2.
    four = [("g", f"u{i}", 5.0, int(i == 0)) for i in range(4)]
    assert matched_share(rows(*four, ("h", "u9", 5.0, 1))).estimate == 0.625


def test_without_rows_nothing_is_known() -> None:
    share = matched_share(rows())
    assert (share.estimate, share.ci_low, share.ci_high) == (None, None, None)


def test_units_are_drawn_not_rows() -> None:
    # Four units that stand alike in nine groups: as uncertain as four units in one group.
    alike = [(f"g{g}", f"u{u}", 5.0, int(u < 2)) for g in range(9) for u in range(4)]
    one = [row for row in alike if row[0] == "g0"]
    many, single = matched_share(rows(*alike)), matched_share(rows(*one))
    assert (many.ci_low, many.ci_high) == (single.ci_low, single.ci_high)
    assert single.ci_low == 0


def test_the_same_seed_gives_the_same_interval() -> None:
    given_rows = rows(*[("g", f"u{u}", 5.0, int(u < 5)) for u in range(20)])
    assert matched_share(given_rows) == matched_share(given_rows)
    assert matched_share(given_rows, seed=1) != matched_share(given_rows, seed=2)


def test_survival_with_weights_by_hand() -> None:
    # Weights: each of g's two 1/2, of h's one 1. At 3: d = 1/2 of n = 2, S = 3/4; at 6: d = 1 of 1.5.
    found = grouped_survival(rows(("g", "a", 3, 1), ("g", "b", 8, 0), ("h", "c", 6, 1)))
    assert found.table["time"].tolist() == [3, 6]
    assert found.table["survival"].tolist() == pytest.approx([0.75, 0.75 / 3])
    assert found.median.estimate == 6


def test_without_an_event_there_is_no_curve() -> None:
    found = grouped_survival(rows(("g", "a", 3, 0)))
    assert (len(found.table), found.median.estimate) == (0, None)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 1)), min_size=1, max_size=30))
def test_in_one_group_it_is_kaplan_meier(times: list[tuple[int, int]]) -> None:
    frame = rows(*[("g", f"u{i}", float(stop), event) for i, (stop, event) in enumerate(times)])
    found = grouped_survival(frame, draws=9)
    plain = kaplan_meier(frame.assign(entry=0.0))
    assert found.table["time"].tolist() == plain.table["time"].tolist()
    assert np.allclose(found.table["survival"], plain.table["survival"])
    assert found.median.estimate == plain.median.estimate


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 1)), min_size=2, max_size=20))
def test_the_interval_lies_within_zero_and_one(times: list[tuple[int, int]]) -> None:
    frame = rows(*[("g", f"u{i}", float(stop), event) for i, (stop, event) in enumerate(times)])
    table = grouped_survival(frame, draws=99).table
    assert ((table["ci_low"] >= 0) & (table["ci_low"] <= table["ci_high"])).all()
    assert (table["ci_high"] <= 1).all()
