"""Seasons and values without them: by hand, against statsmodels, and how often there is a false alarm."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from indicators.stats.seasonal import adjust, seasonality
from tests.stats.charts import months

RANDOM = np.random.default_rng(7)


def columns_of(frame: pd.DataFrame, per_year: int, waves: int) -> tuple[np.ndarray, np.ndarray]:
    """A mean per phase with one straight line, and the waves."""
    angles = [2 * np.pi * k * frame["period"] / per_year for k in range(1, waves + 1)]
    season = [np.cos(angle) for angle in angles]
    season += [np.sin(angle) for k, angle in enumerate(angles, 1) if 2 * k < per_year]
    means = pd.get_dummies(frame["phase"]).astype(float)
    base = np.column_stack([means, frame["period"] - frame["period"].iloc[0]])
    return base, np.column_stack(season)


def by_regression(frame: pd.DataFrame, per_year: int, waves: int) -> tuple[float, np.ndarray]:
    """The F test of two fitted models, and the values less the season of the larger, their mean kept."""
    base, season = columns_of(frame, per_year, waves)
    value = frame["value"].to_numpy()
    full = sm.OLS(value, np.column_stack([base, season])).fit()
    fitted = season @ full.params[-season.shape[1] :]
    p = float(full.compare_f_test(sm.OLS(value, base).fit())[1])
    return p, value - fitted + fitted.mean()


def test_nothing_is_known_of_what_does_not_vary() -> None:
    assert np.isnan(seasonality(months([0.1] * 40), 12)["a"])
    assert np.isnan(seasonality(months(0.3 * np.arange(40)), 12)["a"])


@pytest.mark.parametrize(
    ("size", "per_year", "waves"), [(24, 12, 1), (35, 12, 1), (36, 12, 2), (24, 4, 2), (60, 12, 2)]
)
def test_test_and_adjusted_values_are_those_of_two_regressions(
    size: int, per_year: int, waves: int
) -> None:
    value = RANDOM.normal(size=size) + 0.03 * np.arange(size)
    gaps = months(value, first=24_005).drop(index=[3, 9]) if size == 60 else months(value)
    frame = pd.concat(
        [
            gaps.assign(phase=(gaps["period"] > gaps["period"].median()).astype(int)),
            months(value[::-1], series="b"),
            months(value[:10], series="short"),
        ]
    )
    found, adjusted = seasonality(frame, per_year), adjust(frame, per_year)
    assert list(found.index) == ["a", "b", "short"]
    for name in ("a", "b"):
        rows = adjusted["series"] == name
        p, values = by_regression(frame[frame["series"] == name], per_year, waves)
        assert found[name] == pytest.approx(p, rel=1e-6)
        assert adjusted.loc[rows, "value"].tolist() == pytest.approx(values.tolist(), rel=1e-9)
        assert adjusted.loc[rows, "is_adjusted"].all()
    assert np.isnan(found["short"])
    short = adjusted[adjusted["series"] == "short"]
    assert short["value"].tolist() == value[:10].tolist()
    assert not short["is_adjusted"].any()


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


def test_a_season_leaves_what_it_was_laid_over() -> None:
    """A season of 3 over a line of 0.5 a month and a step of 20 at a recalculation: line and step remain."""
    month = np.arange(48)
    plain = 50 + 0.5 * month + np.where(month >= 24, 20, 0)
    seasonal = plain + 3 * np.cos(2 * np.pi * (month - 1) / 12)
    frame = months(seasonal, phase=(month >= 24).astype(int))
    assert adjust(frame)["value"].tolist() == pytest.approx(plain.tolist(), rel=1e-9)


def test_the_mean_stays_where_months_are_missing() -> None:
    frame = months(10 + np.cos(2 * np.pi * np.arange(60) / 12)).drop(index=range(0, 60, 12))
    assert adjust(frame)["value"].tolist() == pytest.approx([frame["value"].mean()] * 55)


@pytest.mark.parametrize(("freq", "per_year", "first"), [("MS", 12, 24_243), ("QS", 4, 8_081)])
def test_dates_count_as_their_months_or_quarters(freq: str, per_year: int, first: int) -> None:
    """April 2020 is month 3 of 12 x 2020, and quarter 1 of 4 x 2020 is its first of four counted from 0."""
    frame = months(RANDOM.normal(size=40), first=first).drop(columns="phase")
    dated = frame.assign(period=pd.date_range("2020-04-01", periods=40, freq=freq))
    expected = adjust(frame, per_year)["value"].tolist()
    assert adjust(dated, per_year)["value"].tolist() == pytest.approx(expected, rel=1e-12)


def test_points_are_left_as_they_were_given() -> None:
    frame = months(RANDOM.normal(size=40), other=1)
    before = frame.copy()
    found = adjust(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert list(found.columns) == [*frame.columns, "is_adjusted"]


@given(st.integers(24, 80), st.integers(0, 11), st.integers(0, 2**32 - 1))
def test_adjusted_values_have_no_season_left_and_the_same_mean(
    n: int, first: int, seed: int
) -> None:
    frame = months(np.random.default_rng(seed).normal(5, 1, n), first=first)
    found = adjust(frame)
    assert seasonality(found, 12)["a"] == pytest.approx(1, abs=1e-6)
    assert found["value"].mean() == pytest.approx(frame["value"].mean(), rel=1e-9)
    again = adjust(found)["value"].tolist()
    assert again == pytest.approx(found["value"].tolist(), rel=1e-9)
