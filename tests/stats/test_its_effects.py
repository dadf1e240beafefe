"""Effects of interruptions: by hand, and what must hold of them whatever the series (METHODS 1.7)."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.stats.its.effects import Effect, effects_at, slopes, totals
from indicators.stats.its.model import Model
from indicators.stats.its.observed import Observed
from indicators.stats.its.one import Asked, fit_interrupted
from tests.stats.made_its import bare, monthly, months, noisy

ALPHA = 0.05


def model_of(observed: Observed, *interruptions: int, method: Any = "ols", **fields: Any) -> Model:
    return fit_interrupted(observed, bare(*interruptions, **fields), Asked(method)).model


def numbers_of(effect: Effect) -> list[float]:
    found = effect.difference
    return [found.estimate, found.se, found.ci_low, found.ci_high]


def test_a_level_alone_is_the_difference_of_means() -> None:
    """Means 2 and 5 of twelve points each, alternating by one: s² = 24/22, so SE² = 24/22 · (1/12 + 1/12)."""
    value = np.array([1.0, 3.0] * 6 + [4.0, 6.0] * 6)
    observed = Observed(np.arange(1, 25), value)
    model = model_of(observed, 13, trend=False, slope_change=False)
    (effect,) = effects_at(model, [0], ALPHA)
    assert effect.difference.estimate == pytest.approx(3)
    assert effect.difference.se == pytest.approx((24 / 22 / 6) ** 0.5)
    assert effect.counterfactual == pytest.approx(2)
    assert effect.percent is not None
    assert effect.percent.estimate == pytest.approx(150)
    (total,) = totals(model, None, 1.0, ALPHA)
    assert total.periods == 12
    assert total.mean.estimate == pytest.approx(3)
    assert total.cumulative.estimate == pytest.approx(36)
    assert total.cumulative.se == pytest.approx(12 * total.mean.se)
    assert total.events is None


def test_effects_grow_by_the_change_of_slope() -> None:
    model = model_of(noisy(40), 21)
    level, slope = model.fit.estimate[2:]
    found = effects_at(model, [12, 0, 6, 6], ALPHA)
    assert [one.horizon for one in found] == [0, 6, 12]
    assert [one.period for one in found] == [21, 27, 33]
    by_hand = [level, level + 6 * slope, level + 12 * slope]
    assert [one.difference.estimate for one in found] == pytest.approx(by_hand)
    row = np.array([0, 0, 1, 6.0])
    assert found[1].difference.se == pytest.approx(float(row @ model.fit.covariance @ row) ** 0.5)
    (total,) = totals(model, None, 1.0, ALPHA)
    assert total.cumulative.estimate == pytest.approx(20 * level + sum(range(20)) * slope)


def test_nothing_is_extrapolated() -> None:
    assert [one.horizon for one in effects_at(model_of(noisy(40), 21), [19, 20], ALPHA)] == [19]
    two = effects_at(model_of(noisy(40), 15, 27), [0, 11, 12, 13], ALPHA)
    assert [(one.interruption, one.horizon) for one in two] == [
        *((1, 0), (1, 11)),
        *((2, 0), (2, 11), (2, 12), (2, 13)),
    ]


def test_the_effect_of_leaving_is_against_never_having_left() -> None:
    model = model_of(noisy(60), 21, 41)
    found = {(one.interruption, one.horizon): one for one in effects_at(model, [0, 6], ALPHA)}
    level_2, slope_2 = model.fit.estimate[4:]
    assert found[2, 6].difference.estimate == pytest.approx(level_2 + 6 * slope_2)
    row = model.design.without(2)[46]
    assert found[2, 6].counterfactual == pytest.approx(float(row @ model.fit.estimate))


def test_slopes_of_the_three_stretches() -> None:
    model = model_of(noisy(60), 21, 41)
    _, time, _, slope_1, _, slope_2 = model.fit.estimate
    found = [one.slope.estimate for one in slopes(model, ALPHA)]
    assert found == pytest.approx([time, time + slope_1, time + slope_1 + slope_2])


def test_a_slope_before_entry_has_that_of_the_time_after_the_pandemic_in_it() -> None:
    count = months("2017-01", 96)
    observed = Observed(count, np.random.default_rng(2).normal(50, 1, 96))
    asked = monthly("2023-01", seasonality="none")
    model = fit_interrupted(observed, asked, Asked("ols")).model
    fitted = dict(zip(model.fit.terms, model.fit.estimate, strict=True))
    before, during = (one.slope.estimate for one in slopes(model, ALPHA))
    assert before == pytest.approx(fitted["time"] + fitted["covid_slope"])
    assert during == pytest.approx(before + fitted["slope_1"])


def test_phase_in_counts_horizons_from_its_end() -> None:
    (first, *_) = effects_at(model_of(noisy(40), 21, phase_in=3), [0, 6], ALPHA)
    assert first.period == 24


def counted(n: int = 40, seed: int = 5) -> Observed:
    rng = np.random.default_rng(seed)
    below = rng.integers(400, 600, n).astype(float)
    above = rng.binomial(below.astype(int), np.where(np.arange(n) < n // 2, 0.6, 0.7)).astype(float)
    return Observed(np.arange(1, n + 1), 100 * above / below, above, below, 100.0, True, 0.0, 100.0)


def test_events_are_the_effect_times_the_denominators() -> None:
    observed = counted()
    model = fit_interrupted(observed, bare(21), Asked("ols", "gaussian")).model
    (total,) = totals(model, observed.denominator, 100.0, ALPHA)
    level, slope = model.fit.estimate[2:]
    assert observed.denominator is not None
    by_hand = sum(
        (level + k * slope) / 100 * below for k, below in enumerate(observed.denominator[20:])
    )
    assert total.events is not None
    assert total.events.estimate == pytest.approx(by_hand)


def test_effects_of_logits_are_in_percentage_points_by_the_delta_method() -> None:
    model = fit_interrupted(counted(), bare(21), Asked("ols", "binomial")).model
    effect = effects_at(model, [6], ALPHA)[0]
    beta, covariance = model.fit.estimate, model.fit.covariance
    with_it, without = np.array([1, 27, 1, 6.0]), np.array([1, 27, 0, 0.0])

    def share(row: np.ndarray) -> float:
        return float(1 / (1 + np.exp(-row @ beta)))

    one, zero = share(with_it), share(without)
    assert effect.difference.estimate == pytest.approx(100 * (one - zero))
    gradient = 100 * (one * (1 - one) * with_it - zero * (1 - zero) * without)
    assert effect.difference.se == pytest.approx(float(gradient @ covariance @ gradient) ** 0.5)
    assert effect.ratio is not None
    assert effect.ratio.estimate == pytest.approx(one / (1 - one) / (zero / (1 - zero)))
    assert effect.percent is not None
    assert effect.percent.estimate == pytest.approx(100 * (one / zero - 1))


def test_the_interval_of_a_percentage_by_the_delta_method() -> None:
    model = model_of(noisy(40), 21)
    effect = effects_at(model, [6], ALPHA)[0]
    change, base = np.array([0, 0, 1, 6.0]), np.array([1, 27, 0, 0.0])
    top, bottom = float(change @ model.fit.estimate), float(base @ model.fit.estimate)
    gradient = 100 * (change / bottom - top * base / bottom**2)
    assert effect.percent is not None
    by_hand = float(gradient @ model.fit.covariance @ gradient) ** 0.5
    assert effect.percent.se == pytest.approx(by_hand)


def test_no_percentage_of_a_counterfactual_below_nothing() -> None:
    observed = noisy(40)
    below = replace(observed, value=observed.value - 100, lowest=-np.inf)
    assert effects_at(model_of(below, 21), [0], ALPHA)[0].percent is None


@settings(max_examples=30)
@given(
    st.integers(0, 10_000),
    st.floats(-1e3, 1e3),
    st.floats(0.01, 100),
    st.sampled_from(["ols", "reml_ar1", "newey_west", "prais_winsten"]),
)
def test_effects_follow_the_unit_of_the_series(
    seed: int, shift: float, factor: float, method: Any
) -> None:
    """Another unit and zero (degrees for kelvin) change effects by the unit alone."""
    observed = replace(noisy(30, seed=seed), lowest=-np.inf)
    other = replace(observed, value=shift + factor * observed.value)
    pairs = zip(
        effects_at(model_of(observed, 16, method=method), [0, 6], ALPHA),
        effects_at(model_of(other, 16, method=method), [0, 6], ALPHA),
        strict=True,
    )
    for one, scaled in pairs:
        by_hand = [factor * number for number in numbers_of(one)]
        assert numbers_of(scaled) == pytest.approx(by_hand, rel=1e-4, abs=1e-6 * factor)


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.sampled_from(["ols", "reml_ar1"]))
def test_the_coding_of_the_slope_shifts_the_level_by_the_slope_and_no_effect(
    seed: int, method: Any
) -> None:
    observed = noisy(30, seed=seed)
    zero = model_of(observed, 16, method=method)
    one = model_of(observed, 16, method=method, slope_origin=1)
    assert one.fit.estimate[3] == pytest.approx(zero.fit.estimate[3])
    shifted = zero.fit.estimate[2] - zero.fit.estimate[3]
    assert one.fit.estimate[2] == pytest.approx(shifted)
    pairs = zip(effects_at(zero, [0, 6], ALPHA), effects_at(one, [0, 6], ALPHA), strict=True)
    for first, second in pairs:
        assert numbers_of(second) == pytest.approx(numbers_of(first), rel=1e-6)


@settings(max_examples=20)
@given(st.integers(-500, 500))
def test_where_the_calendar_begins_does_not_matter(shift: int) -> None:
    observed = noisy(30)
    later = replace(observed, count=observed.count + shift)
    pairs = zip(
        effects_at(model_of(observed, 16, method="reml_ar1"), [0, 6], ALPHA),
        effects_at(model_of(later, 16 + shift, method="reml_ar1"), [0, 6], ALPHA),
        strict=True,
    )
    for one, moved in pairs:
        assert numbers_of(moved) == pytest.approx(numbers_of(one))
