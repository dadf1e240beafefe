"""p and u charts by hand; against qicharts' formulas in tests/published."""

import numpy as np
import pytest

from indicators.stats.attribute_charts import p_limits, u_limits


def test_p_by_hand() -> None:
    """20 of 100 and 20 of 100: p 0.2, 3 √(0.16/100) = 0.12. z are both 0."""
    found = p_limits(np.array([20.0, 20.0]), np.array([100.0, 100.0]), is_laney=False)
    assert found.centre == 0.2
    assert found.lower.tolist() == pytest.approx([0.08] * 2)
    assert found.upper.tolist() == pytest.approx([0.32] * 2)
    assert found.sigma_z == 0


def test_laney_by_hand_and_by_itself() -> None:
    """z of 10, 30 and 20 of 100 about 0.2: −2.5, 2.5 and 0; ranges 5 and 2.5: 3.75/1.128."""
    numbers = np.array([10.0, 30.0, 20.0]), np.full(3, 100.0)
    found = p_limits(*numbers)
    assert found.sigma_z == pytest.approx(3.75 / 1.128)
    assert found.upper.tolist() == pytest.approx([0.2 + 0.12 * 3.75 / 1.128] * 3)
    assert found.lower.tolist() == [0.0] * 3
    assert p_limits(*numbers, is_laney=False).upper.tolist() == pytest.approx([0.32] * 3)
    calm = np.array([20.0, 21.0, 20.0]), np.full(3, 100.0)
    assert p_limits(*calm).upper.tolist() == p_limits(*calm, is_laney=False).upper.tolist()


def test_u_by_hand_and_never_below_none() -> None:
    """4 in 100 and 4 in 100 days: 0.04, 3 √(0.04/100) = 0.06."""
    found = u_limits(np.array([4.0, 4.0]), np.array([100.0, 100.0]))
    assert found.lower.tolist() == [0, 0]
    assert found.upper.tolist() == pytest.approx([0.1] * 2)


def test_shares_end_at_none_and_all() -> None:
    found = p_limits(np.array([1.0, 1.0, 2.0]), np.array([2.0, 2.0, 2.0]))
    assert found.upper.tolist() == [1] * 3
    assert found.lower.tolist() == [0] * 3


def test_the_spread_of_one_period_or_of_nothing_is_not_known() -> None:
    one = p_limits(np.array([1.0]), np.array([4.0]))
    assert np.isnan(one.sigma_z)
    assert one.upper.tolist() == pytest.approx([0.25 + 3 * np.sqrt(0.25 * 0.75 / 4)])
    none = u_limits(np.zeros(3), np.ones(3))
    assert np.isnan(none.sigma_z)
    assert none.upper.tolist() == [0] * 3
    assert u_limits(np.zeros(3), np.ones(3), is_laney=True).upper.tolist() == [0] * 3
