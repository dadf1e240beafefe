"""Control charts of proportions: limits by hand, rules and icons those of single values."""

import numpy as np
import pandas as pd
import pytest

from indicators.stats.proportion_chart import proportion_charts


def shares(numerators, denominators, phase=0) -> pd.DataFrame:
    frame = pd.DataFrame({"numerator": numerators, "denominator": denominators})
    value = 100 * frame["numerator"] / frame["denominator"]
    return frame.assign(series="A", phase=phase, value=value, improvement=1, target=np.nan)


def test_limits_widen_where_fewer_are_counted() -> None:
    # 50 of 100 throughout, then 200 of 400: nothing varies, so sigma z is 0 and limits are those of p.
    charts = proportion_charts(shares([50] * 13 + [200], [100] * 13 + [400]))
    points = charts.points
    assert points["mean"].unique().tolist() == [50]
    # 3 √(0.5 · 0.5 / 100) = 0.15, and half of it with four times as many.
    assert points["lower"].to_numpy()[[0, -1]] == pytest.approx([35, 42.5])
    assert points["upper"].to_numpy()[[0, -1]] == pytest.approx([65, 57.5])
    assert charts.icons["variation"].tolist() == ["common_cause"]


def test_a_point_beyond_its_own_limits_is_a_signal() -> None:
    charts = proportion_charts(shares([50] * 15 + [180], [100] * 15 + [200]))
    assert charts.points["outside"].tolist() == [0] * 15 + [1]
    assert charts.icons["variation"].tolist() == ["improvement_high"]


def test_drawn_limits_are_cut_to_what_a_share_can_be() -> None:
    points = proportion_charts(shares([1, 0] * 7, [4, 4] * 7)).points
    assert points["lower"].unique().tolist() == [0]
    assert (points["upper"] <= 100).all()
    assert not points["outside"].any()


def test_each_phase_has_a_centre_of_its_own() -> None:
    charts = proportion_charts(shares([20, 22] * 7 + [80, 82] * 7, [100] * 28, [0] * 14 + [1] * 14))
    assert charts.points["mean"].round(9).unique().tolist() == [21, 81]
