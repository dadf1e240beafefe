"""The curve is cut where it rests on few, and the numbers under the axis are those still at risk."""

import pandas as pd
import pytest

from pages.charts.layers.risk_steps import band, corners, numbers_at_risk, risk_steps


def times(*rows: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["entry", "stop"])


def shares(*rows: tuple[float, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["time", "share", "ci_low", "ci_high"])


SIX = times((0, 10), (0, 10), (0, 10), (0, 20), (0, 20), (5, 30))
FALL = shares((10, 0.5, 0.2, 0.7), (30, 0.0, float("nan"), float("nan")))


def test_a_stretch_is_as_long_as_share_and_number_stay_the_same() -> None:
    steps = risk_steps(SIX, FALL, 1.0)
    assert steps[["begins", "ends", "share", "share_after", "at_risk"]].to_numpy().tolist() == [
        [0, 5, 1.0, 1.0, 5],
        [5, 10, 1.0, 0.5, 6],
        [10, 20, 0.5, 0.5, 3],
        [20, 30, 0.5, 0.0, 1],
    ]
    assert steps["is_thin"].tolist() == [False, False, True, True]
    assert steps["run"].tolist() == [1, 1, 2, 2]
    assert steps["ci_low"].isna().tolist() == [True, True, False, False]


def test_runs_touch_at_their_ends() -> None:
    points = corners(risk_steps(SIX, FALL, 1.0))
    assert points[["run", "time", "share"]].to_numpy().tolist() == [
        [1, 0, 1.0],
        [1, 5, 1.0],
        [1, 10, 0.5],
        [2, 10, 0.5],
        [2, 20, 0.5],
        [2, 30, 0.0],
    ]


def test_the_band_covers_only_what_has_an_interval() -> None:
    assert band(risk_steps(SIX, FALL, 1.0)).to_numpy().tolist() == [
        [10, 0.2, 0.7],
        [20, 0.2, 0.7],
        [30, 0.2, 0.7],
    ]


@pytest.mark.parametrize(
    ("month", "n"), [(0, 5), (4, 5), (5, 6), (9, 6), (10, 3), (29, 1), (30, 0)]
)
def test_at_risk_are_those_who_entered_and_have_not_ended(month: int, n: int) -> None:
    assert numbers_at_risk(SIX, [month])["n"].tolist() == [n]


def test_a_curve_without_any_end_stays_where_it_began() -> None:
    steps = risk_steps(times((0, 10), (0, 12)), shares(), 1.0)
    assert steps["share"].tolist() == [1.0, 1.0]
    assert band(steps).empty
