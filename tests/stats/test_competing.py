"""Aalen–Johansen: by hand, against R (reference.R), and what must hold of any estimate."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.stats.competing import aalen_johansen
from indicators.stats.survival import kaplan_meier
from tests.stats.made import from_r, small, spells, times


def test_two_causes_at_one_time_by_hand() -> None:
    """At 2 four at risk, one end of each cause; at 3 one of two ends by cause 2."""
    found = aalen_johansen(times((0, 2, 1), (0, 2, 2), (0, 3, 2), (0, 4, 0)))
    assert found[["cause", "time", "at_risk"]].to_numpy().tolist() == [
        [1, 2, 4],
        [1, 3, 2],
        [2, 2, 4],
        [2, 3, 2],
    ]
    assert found["probability"].tolist() == pytest.approx([1 / 4, 1 / 4, 1 / 4, 1 / 2])
    # Nobody is censored before the end, so it is a share of four with its binomial standard error.
    shares = [math.sqrt(p * (1 - p) / 4) for p in (1 / 4, 1 / 4, 1 / 4, 1 / 2)]
    assert found["se"].tolist() == pytest.approx(shares)


def test_every_column_is_that_of_r() -> None:
    expected = from_r("aalen_johansen")
    found = aalen_johansen(small("segment_spells"))
    for cause in (1, 2):
        rows = found[found["cause"] == cause]
        assert rows["time"].tolist() == expected["time"]
        assert rows["at_risk"].tolist() == expected["at_risk"]
        for name in ("probability", "se", "ci_low", "ci_high"):
            given_by_r = [math.nan if x is None else x for x in expected[f"cause_{cause}"][name]]
            assert rows[name].tolist() == pytest.approx(given_by_r, abs=1e-12, nan_ok=True)


@given(spells(causes=3))
def test_the_causes_and_survival_from_all_of_them_add_to_one(made: pd.DataFrame) -> None:
    by_time = aalen_johansen(made).groupby("time")["probability"].sum()
    survival = kaplan_meier(made.assign(event=made["event"].clip(upper=1))).table["survival"]
    assert (by_time.to_numpy(dtype=float) + survival.to_numpy()).tolist() == pytest.approx(
        [1] * len(survival)
    )


@given(spells(causes=2))
def test_every_probability_only_rises_and_lies_in_its_interval(made: pd.DataFrame) -> None:
    for _, rows in aalen_johansen(made).groupby("cause"):
        assert (np.diff(rows["probability"]) >= 0).all()
        known = rows.dropna()
        assert (known["ci_low"] <= known["probability"] + 1e-12).all()
        assert (known["probability"] <= known["ci_high"] + 1e-12).all()


@given(spells())
def test_one_cause_is_what_is_missing_from_survival(made: pd.DataFrame) -> None:
    found, table = aalen_johansen(made), kaplan_meier(made).table
    assert found["probability"].tolist() == pytest.approx((1 - table["survival"]).tolist())


@given(spells(causes=2), st.randoms())
def test_the_order_of_rows_changes_nothing(made: pd.DataFrame, chance: object) -> None:
    mixed = made.sample(frac=1, random_state=chance.randrange(1000))
    pd.testing.assert_frame_equal(aalen_johansen(made), aalen_johansen(mixed))


@given(spells(causes=2))
def test_entries_before_every_end_change_nothing(made: pd.DataFrame) -> None:
    early, earlier = made.assign(entry=0), made.assign(entry=-made.index.to_numpy(dtype=float))
    pd.testing.assert_frame_equal(aalen_johansen(early), aalen_johansen(earlier))


def test_without_an_end_there_is_no_row() -> None:
    found = aalen_johansen(times((0, 3, 0)))
    assert found.empty
    assert list(found) == ["cause", "time", "at_risk", "probability", "se", "ci_low", "ci_high"]
