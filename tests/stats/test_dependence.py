"""Neighbours alike: by hand and against statsmodels."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.tsa.stattools import acf

from indicators.stats.dependence import lag_one
from tests.stats.charts import months

RANDOM = np.random.default_rng(7)


def test_lag_one_by_hand() -> None:
    """Mean 2: deviations −1, 0, 1, 0; products 0, 0, 0; and 1, 1, 3, 3: −1, −1, 1, 1: (1 − 1 + 1)/4."""
    frame = pd.concat([months([1, 2, 3, 2]), months([1, 1, 3, 3], series="b")])
    assert lag_one(frame).to_dict() == {"a": 0.0, "b": 0.25}


def test_lag_one_is_that_of_statsmodels() -> None:
    value = np.cumsum(RANDOM.normal(size=50))
    assert lag_one(months(value))["a"] == pytest.approx(acf(value, nlags=1)[1], rel=1e-12)


def test_a_recalculated_step_does_not_make_neighbours_alike() -> None:
    value = np.tile([1.0, 2.0], 20) + np.repeat([0.0, 50.0], 20)
    assert lag_one(months(value))["a"] > 0.9
    assert lag_one(months(value, phase=np.repeat([0, 1], 20)))["a"] < -0.9


def test_nothing_is_known_of_what_does_not_vary() -> None:
    frame = months([0.1] * 40)
    assert np.isnan(lag_one(frame)["a"])
