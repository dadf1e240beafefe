"""Reliability graded, and how far it makes improvement expected."""

from dataclasses import replace

import numpy as np
import pytest

from indicators.stats.reliability import Reliability
from indicators.stats.screen.signal import Changes, signal, susceptibility

FOUND = Reliability(
    units=40,
    periods=36,
    points=1440,
    icc=0.5,
    ci_low=0.4,
    ci_high=0.6,
    likeness=0.2,
    trend=0.0,
    noise=0.25,
)


def test_three_periods_by_hand() -> None:
    """3 · 0.5 / 2 = 0.75; ends 1.2 / 1.8 and 1.8 / 2.2; AR(1): 3 · 0.8 / 1.2 = 2 periods, 1 / 1.5."""
    found = signal(FOUND)
    three = found.reliability.estimate
    assert three is not None
    assert (three.value, three.low, three.high) == pytest.approx((0.75, 1.2 / 1.8, 1.8 / 2.2))
    assert found.reliability.grade == "adequate"
    assert found.alike == pytest.approx(1 / 1.5)
    assert found.movability == pytest.approx(0.75)
    # 0.7 · 0.5 / (0.3 · 0.5) = 2.33 periods, times 1.2 / 0.8 where neighbours are alike.
    assert (found.needed, found.needed_alike) == (3, 4)


@pytest.mark.parametrize(
    ("icc", "grade"), [(4 / 7, "strong"), (0.57, "adequate"), (7 / 16, "adequate"), (0.43, "weak")]
)
def test_grades_begin_at_08_and_07(icc: float, grade: str) -> None:
    assert signal(replace(FOUND, icc=icc + 1e-12)).reliability.grade == grade


def test_no_counted_cases_no_movability() -> None:
    assert signal(replace(FOUND, noise=None)).movability is None


def changes(expected: float) -> Changes:
    observed = np.array([1.0, 2.0, 3.0, 2.0, 1.0])
    return Changes(np.arange(5), observed, observed * expected)


def test_susceptibility_is_what_reliability_lacks() -> None:
    found = susceptibility(signal(FOUND), changes(0.25))
    share = found.share.estimate
    assert share is not None
    assert (share.value, share.low, share.high) == pytest.approx((0.25, 0.4 / 2.2, 0.6 / 1.8))
    assert found.ratio is not None
    assert (found.ratio.value, found.ratio.low, found.ratio.high) == pytest.approx((0.25,) * 3)
    assert found.share.grade == "adequate"


def test_half_expected_is_weak_however_reliable() -> None:
    assert susceptibility(signal(replace(FOUND, icc=0.9)), changes(0.5)).share.grade == "weak"


def test_no_improvement_has_no_ratio() -> None:
    worse = Changes(np.arange(2), np.array([-1.0, 0.5]), np.array([0.2, 0.2]))
    assert susceptibility(signal(FOUND), worse).ratio is None
    assert susceptibility(signal(FOUND), None).ratio is None


def test_few_entrants_have_no_interval() -> None:
    few = Changes(np.arange(4), np.ones(4), np.full(4, 0.25))
    found = susceptibility(signal(FOUND), few).ratio
    assert found is not None
    assert (found.value, found.low) == (0.25, None)
