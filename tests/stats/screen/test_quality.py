"""Coverage, its gate and timeliness, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from indicators.stats.screen.quality import Figures, quality, timeliness
from indicators.stats.screen.thresholds import Thresholds

# Ten organisations of 30 periods: nine whole, one with 10, of which 2 have too small a denominator.
FIGURES = Figures(
    np.full(10, 30.0),
    np.array([30.0] * 9 + [10.0]),
    np.array([0.0] * 9 + [6.0]),
    np.array([0.0] * 9 + [2.0]),
    months=30,
    breaks=1,
)


def test_coverage_by_hand() -> None:
    found = quality(FIGURES)
    assert found.coverage.estimate is not None
    assert found.coverage.estimate.value == pytest.approx(278 / 300)
    # Draws hold the tenth organisation 0 to 10 times; with none coverage is 1, with three (300 − 66) / 300.
    assert found.coverage.estimate.low == pytest.approx((300 - 3 * 22) / 300)
    assert found.coverage.estimate.high == 1.0
    assert found.suppressed == pytest.approx(6 / 300)
    assert found.small == pytest.approx(2 / 280)
    assert found.breaks_a_year == pytest.approx(0.4)
    assert found.passes


@pytest.mark.parametrize(
    ("changed", "thresholds"),
    [
        ({"months": 23}, Thresholds()),
        ({"present": np.array([24.0] * 9 + [23.0])}, Thresholds()),
        ({}, Thresholds(coverage=0.95)),
    ],
)
def test_the_gate_asks_for_months_and_coverage(changed: dict, thresholds: Thresholds) -> None:
    assert not quality(replace(FIGURES, **changed), thresholds).passes


def test_the_gate_is_inclusive() -> None:
    exact = replace(FIGURES, present=np.full(10, 24.0), small=np.zeros(10), months=24)
    assert quality(exact).passes


def test_nothing_expected_is_not_assessable() -> None:
    none = replace(FIGURES, eligible=np.zeros(10), present=np.zeros(10), small=np.zeros(10))
    found = quality(none)
    assert found.coverage.grade == "not assessable"
    assert not found.passes


@pytest.mark.parametrize(
    ("days", "grade"),
    [([45, 40, 45], "strong"), ([46, 46], "adequate"), ([90.0], "adequate"), ([91, 200], "weak")],
)
def test_timeliness_by_the_median(days: list[float], grade: str) -> None:
    assert timeliness(np.array(days, dtype=float)).grade == grade


def test_unknown_days_do_not_count() -> None:
    found = timeliness(np.array([np.nan, 30.0, 50.0]))
    assert found.estimate is not None
    assert (found.estimate.value, found.estimate.low) == (40.0, None)
    assert timeliness(np.array([np.nan])).grade == "not assessable"
