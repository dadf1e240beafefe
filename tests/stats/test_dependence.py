"""Neighbours alike and seasons: by hand, against statsmodels, and how often there is a false alarm."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.tsa.stattools import acf

from indicators.stats.dependence import lag_one, seasonality

RANDOM = np.random.default_rng(7)


def months(values: object, first: int = 24_000, **columns: object) -> pd.DataFrame:
    value = np.asarray(values, dtype=float)
    given = {"series": "a", "phase": 0, "period": first + np.arange(len(value))} | columns
    return pd.DataFrame({"value": value}).assign(**given)


def by_regression(frame: pd.DataFrame, per_year: int, waves: int) -> float:
    """The F test of two fitted models."""
    angles = [2 * np.pi * k * frame["period"] / per_year for k in range(1, waves + 1)]
    season = [np.cos(angle) for angle in angles]
    season += [np.sin(angle) for k, angle in enumerate(angles, 1) if 2 * k < per_year]
    means = pd.get_dummies(frame["phase"]).astype(float)
    base = np.column_stack([means, frame["period"] - frame["period"].iloc[0]])
    value = frame["value"].to_numpy()
    full = sm.OLS(value, np.column_stack([base, *season])).fit()
    return float(full.compare_f_test(sm.OLS(value, base).fit())[1])


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
    assert np.isnan(seasonality(frame, 12)["a"])
    assert np.isnan(seasonality(months(0.3 * np.arange(40)), 12)["a"])


@pytest.mark.parametrize(
    ("size", "per_year", "waves"), [(24, 12, 1), (35, 12, 1), (36, 12, 2), (24, 4, 2), (60, 12, 2)]
)
def test_seasonality_is_the_f_test_of_two_regressions(size: int, per_year: int, waves: int) -> None:
    value = RANDOM.normal(size=size) + 0.03 * np.arange(size)
    gaps = months(value, first=24_005).drop(index=[3, 9]) if size == 60 else months(value)
    frame = pd.concat(
        [
            gaps.assign(phase=(gaps["period"] > gaps["period"].median()).astype(int)),
            months(value[::-1], series="b"),
            months(value[:10], series="short"),
        ]
    )
    found = seasonality(frame, per_year)
    assert list(found.index) == ["a", "b", "short"]
    for name in ("a", "b"):
        expected = by_regression(frame[frame["series"] == name], per_year, waves)
        assert found[name] == pytest.approx(expected, rel=1e-6)
    assert np.isnan(found["short"])


def test_a_season_without_noise_is_certain() -> None:
    value = np.sin(2 * np.pi * np.arange(48) / 12)
    assert seasonality(months(value), 12)["a"] == pytest.approx(0, abs=1e-30)


def test_points_of_one_month_only_have_no_season() -> None:
    frame = months(RANDOM.normal(size=30)).assign(period=24_000 + 12 * np.arange(30))
    assert np.isnan(seasonality(frame, 12)["a"])


def test_one_in_a_hundred_series_of_noise_seems_seasonal() -> None:
    number, size = 4000, 48
    frame = months(RANDOM.normal(size=number * size)).assign(
        series=np.repeat(np.arange(number), size), period=np.tile(np.arange(size), number)
    )
    assert (seasonality(frame, 12) < 0.01).mean() == pytest.approx(0.01, abs=0.005)
