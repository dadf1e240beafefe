"""Pooled effects: by hand, against statsmodels, and whatever the data; against metafor in tests/published."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from indicators.stats.meta import Method, pool

METHODS: list[Method] = ["DL", "PM", "REML"]
EFFECTS = st.lists(st.tuples(st.floats(-10, 10), st.floats(0.01, 10)), min_size=2, max_size=30).map(
    lambda pairs: np.array(pairs).T
)


@pytest.mark.parametrize("method", METHODS)
def test_two_units_by_hand(method: Method) -> None:
    """0 and 4 with variance 1: q 8 against 1 expected, and 2 − 2/2 = 1 for each tau²: 7. Weights 1/8."""
    found = pool(np.array([0.0, 4.0]), np.ones(2), method)
    assert (found.n, found.estimate) == (2, pytest.approx(2))
    assert [found.q, found.tau2, found.se, found.i2] == pytest.approx([8, 7, 2, 87.5])
    assert [found.ci_low, found.ci_high] == pytest.approx([2 - 3.919928, 2 + 3.919928], abs=1e-6)
    assert found.tau == pytest.approx(np.sqrt(7))
    assert found.prediction_high == pytest.approx(2 + 1.959964 * np.sqrt(11), abs=1e-6)


def test_knapp_hartung_by_hand() -> None:
    """As above: weighted squares (4 + 4)/8 = 1 over 1, so se is 2 still; t with one degree of freedom."""
    found = pool(np.array([0.0, 4.0]), np.ones(2), knapp_hartung=True, alpha=0.1)
    t = stats.t.isf(0.05, 1)
    assert t == pytest.approx(6.313752, abs=1e-6)
    assert [found.ci_low, found.ci_high] == pytest.approx([2 - 2 * t, 2 + 2 * t])
    assert found.prediction_low == pytest.approx(2 - t * np.sqrt(11))


@pytest.mark.parametrize("method", METHODS)
def test_units_that_differ_by_no_more_than_chance_have_no_tau(method: Method) -> None:
    found = pool(np.array([1.0, 1.1, 0.9]), np.array([1.0, 2.0, 4.0]), method)
    assert (found.tau2, found.i2) == (0, 0)
    # Weights 1, 1/2, 1/4.
    assert found.estimate == pytest.approx((1 + 0.55 + 0.225) / 1.75)
    assert found.prediction_low == found.ci_low


@pytest.mark.filterwarnings("ignore::RuntimeWarning:statsmodels")
@given(EFFECTS)
def test_der_simonian_and_laird_is_that_of_statsmodels(rows: np.ndarray) -> None:
    expected = combine_effects(*rows, method_re="dl")
    assert pool(*rows).tau2 == pytest.approx(max(expected.tau2, 0), rel=1e-8, abs=1e-10)


@given(EFFECTS)
def test_paule_mandel_leaves_the_spread_that_is_expected(rows: np.ndarray) -> None:
    effect, variance = rows
    found = pool(effect, variance, "PM")
    weight = 1 / (variance + found.tau2)
    spread = (weight * (effect - found.estimate) ** 2).sum()
    if found.tau2 > 0:
        assert spread == pytest.approx(len(effect) - 1, rel=1e-6)
    else:
        assert spread <= len(effect) - 1 + 1e-9


@given(EFFECTS)
def test_reml_is_the_most_likely(rows: np.ndarray) -> None:
    """No tau² near it has a larger restricted likelihood."""
    effect, variance = rows
    found = pool(effect, variance, "REML")

    def likelihood(tau2: float) -> float:
        weight = 1 / (variance + tau2)
        mean = (weight * effect).sum() / weight.sum()
        logs = np.log(weight).sum() - np.log(weight.sum())
        return float(logs - (weight * (effect - mean) ** 2).sum())

    near = found.tau2 + np.array([-0.01, 0.01]) * (found.tau2 + 0.01)
    for tau2 in np.maximum(near, 0):
        assert likelihood(found.tau2) >= likelihood(tau2) - 1e-9


@pytest.mark.parametrize("method", METHODS)
@given(rows=EFFECTS, moved=st.floats(-5, 5), scale=st.floats(0.1, 10))
def test_the_unit_of_effects_does_not_matter(
    method: Method, rows: np.ndarray, moved: float, scale: float
) -> None:
    effect, variance = rows
    found = pool(effect, variance, method)
    other = pool((effect + moved) * scale, variance * scale**2, method)
    assert other.estimate == pytest.approx((found.estimate + moved) * scale, rel=1e-5, abs=1e-5)
    assert other.tau == pytest.approx(found.tau * scale, rel=1e-3, abs=1e-3)
    assert other.i2 == pytest.approx(found.i2, abs=0.1)
