"""Funnels: by hand and whatever the data; against base R in tests/published."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from indicators.stats.funnel import Dispersion, adjusted_z, dispersion_of, proportions, ratios
from indicators.stats.funnel_limits import (
    Funnel,
    exact_limits,
    expected_outside,
    flags_of,
    limits_at,
    normal_limits,
)

NONE = Dispersion(1.0, 0.0)
COLUMNS = ["lower_95", "upper_95", "lower_998", "upper_998"]


def array(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


def test_z_of_shares_by_hand() -> None:
    """25 of 100 and 75 of 100: overall ½. asin √¼ = π/6, asin √½ = π/4; 2 √100 (π/6 − π/4)."""
    found = proportions(array(25, 75), array(100, 100))
    assert found.z.tolist() == pytest.approx([-20 * np.pi / 12, 20 * np.pi / 12])
    score = proportions(array(25, 75), array(100, 100), "score")
    assert score.z.tolist() == pytest.approx([-5, 5])


def test_z_of_ratios_by_hand() -> None:
    assert ratios(array(9), array(16)).z.tolist() == pytest.approx([4 * np.log(9 / 16)])
    assert ratios(array(9), array(16), "sqrt").z.tolist() == pytest.approx([-2])


def test_overdispersion_by_hand() -> None:
    """Scores −5 and 5, twice: phi 25. s² = 1/400: weights 400; (4·25 − 3)/(1600 − 400)."""
    sizes = proportions(array(25, 75, 25, 75), array(100, 100, 100, 100), "score")
    found = dispersion_of(sizes)
    assert (found.phi, found.tau2) == (pytest.approx(25), pytest.approx(97 / 1200))
    assert adjusted_z(sizes, found).tolist() == pytest.approx(
        [side * 0.25 / np.sqrt(1 / 400 + 97 / 1200) for side in (-1, 1, -1, 1)]
    )
    assert adjusted_z(sizes, found, "multiplicative")[1] == pytest.approx(1)
    assert adjusted_z(sizes, found, "none").tolist() == sizes.z.tolist()


def test_the_ends_are_drawn_in_or_left_out() -> None:
    """Eleven z from −50 to 50: quantiles at ±40. Winsorised 2·(40² + 40² + 30² + 20² + 10²)/11."""
    z = array(*range(-50, 60, 10))
    expected = np.full(11, 10_000.0)
    sizes = ratios(expected * np.exp(z / 100), expected)
    assert sizes.z.tolist() == pytest.approx(z.tolist())
    assert dispersion_of(sizes).phi == pytest.approx(2 * 4600 / 11)
    assert dispersion_of(sizes, "truncate").phi == pytest.approx(2 * 3000 / 9)


def test_values_closer_than_by_chance_are_not_pulled_apart() -> None:
    sizes = proportions(array(50, 51, 50), array(100, 100, 100))
    found = dispersion_of(sizes)
    assert found.phi < 1
    assert found.tau2 == 0
    for how in ("additive", "multiplicative"):
        assert adjusted_z(sizes, found, how).tolist() == sizes.z.tolist()


def test_one_unit_has_no_variance_between_units() -> None:
    found = dispersion_of(proportions(array(5), array(10)))
    assert (found.phi, found.tau2) == (0, 0)


def test_exact_limits_are_where_the_probability_is_used_up() -> None:
    """Ten of ½: P(≤1) = 11/1024, P(≤2) = 56/1024; 2.5 % lies (56 − 25.6)/45 before 2."""
    funnel = Funnel(proportions(array(5, 5), array(10, 10)), NONE, "none")
    found = exact_limits(funnel, array(10)).iloc[0]
    assert found["lower_95"] == pytest.approx((2 - (56 - 25.6) / 45) / 10)
    assert found["upper_95"] == pytest.approx(1 - found["lower_95"] - 0.1)


def test_exact_limits_of_a_ratio_are_poisson_s() -> None:
    funnel = Funnel(ratios(array(10), array(10)), NONE)
    found = exact_limits(funnel, array(4)).iloc[0]
    events = stats.poisson(4).ppf(0.999)
    beyond = (stats.poisson(4).cdf(events) - 0.999) / stats.poisson(4).pmf(events)
    assert found["upper_998"] == pytest.approx((events - beyond) / 4)
    assert found["lower_998"] == 0


def test_which_limits_are_drawn_where() -> None:
    """tau² 0.001: s² = 1/(4n) is over ten times that at 20, so exact there; 40 the wider; then normal."""
    funnel = Funnel(proportions(array(500, 500), array(1000, 1000)), Dispersion(2.0, 0.001))
    size = array(20, 40, 50)
    drawn, exact, normal = (
        limits(funnel, size)[COLUMNS].to_numpy()
        for limits in (limits_at, exact_limits, normal_limits)
    )
    exact = exact + np.array([0, 1, 0, 1]) / size[:, np.newaxis]
    assert drawn[0].tolist() == exact[0].tolist() != normal[0].tolist()
    wider = [min(exact[1, 0], normal[1, 0]), max(exact[1, 1], normal[1, 1])]
    assert drawn[1, :2].tolist() == wider
    assert drawn[2].tolist() == normal[2].tolist() != exact[2].tolist()


def test_a_flag_is_a_value_outside_the_limits_drawn_at_its_size() -> None:
    sizes = proportions(array(900, 1100, 1000, 5), array(2000, 2000, 2000, 10))
    assert flags_of(Funnel(sizes, NONE)).tolist() == [-1, 1, 0, 0]
    wide = Funnel(sizes, Dispersion(30.0, 0.0), "multiplicative")
    assert flags_of(wide).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(("size", "share"), [(10, 0.99), (10, 0.5), (40, 0.02), (47, 0.9)])
def test_a_small_unit_is_outside_where_chance_reaches_it_in_under_one_of_a_thousand(
    size: int, share: float
) -> None:
    events = np.arange(size + 1.0)
    others = Funnel(proportions(array(share * 1e6), array(1e6)), NONE)
    limits = limits_at(others, np.full(size + 1, float(size)))
    chance = stats.binom(size, share)
    above = events / size > limits["upper_998"]
    below = events / size < limits["lower_998"]
    assert above.tolist() == (chance.sf(events - 1) < 0.001).tolist()
    assert below.tolist() == (chance.cdf(events) < 0.001).tolist()


def test_by_chance_one_in_five_hundred_lies_outside() -> None:
    assert expected_outside(140) == pytest.approx(0.28)


@pytest.mark.parametrize("events", [0, 10])
def test_where_all_or_none_have_it_nothing_is_outside(events: float) -> None:
    funnel = Funnel(proportions(array(events, events), array(10, 10)), NONE)
    assert flags_of(funnel).tolist() == [0, 0]
    assert funnel.target == events / 10


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 300)), min_size=2, max_size=25),
    st.sampled_from(["additive", "multiplicative", "none"]),
)
def test_limits_of_shares_hold_the_target_and_are_shares(rows, how) -> None:
    numerator = array(*(min(pair) for pair in rows))
    denominator = array(*(max(pair) for pair in rows))
    sizes = proportions(numerator, denominator, "arcsine")
    funnel = Funnel(sizes, dispersion_of(sizes), how)
    found = limits_at(funnel, np.unique(denominator))
    eps = 1e-9
    assert (found["lower_998"] <= found["lower_95"] + eps).all()
    assert (found["lower_95"] <= funnel.target + eps).all()
    assert (found["upper_95"] >= funnel.target - eps).all()
    assert (found["upper_998"] >= found["upper_95"] - eps).all()
    assert found[COLUMNS].to_numpy().min() >= 0
    assert found[COLUMNS].to_numpy().max() <= 1


@pytest.mark.parametrize("transform", ["log", "sqrt"])
def test_limits_of_ratios_widen_as_units_get_smaller(transform: str) -> None:
    sizes = ratios(array(90, 210, 330), array(100, 200, 300), transform)  # type: ignore[arg-type]
    funnel = Funnel(sizes, dispersion_of(sizes))
    assert funnel.target == 1
    found = limits_at(funnel, array(1, 10, 100, 1000))
    assert (found["lower_95"].diff().dropna() >= 0).all()
    assert (found["upper_998"].diff().dropna() < 0).all()
    assert (found[COLUMNS] >= 0).all(axis=None)


def test_limits_of_the_score_test_by_hand() -> None:
    """A half of 100: 0.05; 0.5 ± 1.96 · 0.05. Cut to what a share can be: at size 1, 0.5 ± 1.96 · 0.5."""
    funnel = Funnel(proportions(array(50, 50), array(100, 100), "score"), NONE)
    found = normal_limits(funnel, array(100, 1))
    assert found["lower_95"].tolist() == pytest.approx([0.4020018, 0])
    assert found["upper_95"].tolist() == pytest.approx([0.5979982, 1])
