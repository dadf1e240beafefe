"""Variances between and within units, and reliability: by hand, against statsmodels, whatever the data."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from hypothesis import given
from hypothesis import strategies as st

from indicators.stats.reliability import Reliability, TooLittle, reliability, spearman_brown
from indicators.stats.variance_components import bootstrap_icc, components_of


def panel(rows: list[list[float]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Unit, period and value of a table: a row a unit, a column a period."""
    unit, period = np.indices((len(rows), len(rows[0])))
    return unit.ravel(), period.ravel(), np.array(rows, dtype=float).ravel()


def frame(rows: list[list[float]], chance: float = np.nan) -> pd.DataFrame:
    unit, period, value = panel(rows)
    return pd.DataFrame({"unit": unit, "period": period, "value": value, "chance": chance})


def slow(start: float, sign: int) -> list[float]:
    """Three periods on one side of a level, three on the other."""
    return [start + sign * step for step in (1, 1, 1, -1, -1, -1)]


SLOW = [slow(10.0 * number, (-1) ** number) for number in range(6)]
"""Levels 0 to 50; what is left of a unit is +1 +1 +1 −1 −1 −1 or its opposite, so period means are all 25."""


def test_without_periods_the_components_are_those_of_the_analysis_of_variance() -> None:
    # Pairs around 2, 6 and 10: within 2; between (2 · 16 − 2) / 2 = 15.
    unit, period, value = panel([[1, 3], [5, 7], [9, 11]])
    found = components_of(unit, np.zeros_like(period), value)
    assert (found.within, found.between) == pytest.approx((2, 15), rel=1e-5)
    assert found.icc == pytest.approx(15 / 17, rel=1e-6)
    assert found.left.mean() == pytest.approx(0)


def test_period_means_are_taken_out_first() -> None:
    # Differences 3, 1, 4 from their mean 8/3: within 2.3333 / 2; between (37.1667 − 1.1667) / 2 = 18.
    found = components_of(*panel([[1, 4], [5, 6], [9, 13]]))
    assert (found.within, found.between) == pytest.approx((7 / 6, 18), rel=1e-5)


def test_units_with_the_same_mean_have_nothing_between_them() -> None:
    found = components_of(*panel([[1, 3, 5], [3, 5, 1], [5, 1, 3]]))
    assert found.between == 0
    assert found.icc == 0


def test_with_gaps_the_components_are_those_of_statsmodels() -> None:
    generator = np.random.default_rng(3)
    rows = pd.DataFrame(
        {"unit": np.repeat(np.arange(30), 12), "period": np.tile(np.arange(12), 30)}
    )
    level = generator.normal(0, 3, 30)[rows["unit"]]
    rows["value"] = level + rows["period"] / 2 + generator.normal(0, 2, len(rows))
    kept = rows.sample(frac=0.6, random_state=1)
    found = components_of(*(kept[name].to_numpy() for name in ("unit", "period", "value")))
    theirs = smf.mixedlm("value ~ C(period)", kept, groups=kept["unit"]).fit(reml=True)
    assert found.between == pytest.approx(theirs.cov_re.iloc[0, 0], rel=1e-3)
    assert found.within == pytest.approx(theirs.scale, rel=1e-3)


@pytest.mark.parametrize("rows", [[[1.0, 1.0], [1.0, 1.0]], [[1.0, 2.0]]])
def test_values_that_cannot_be_divided_are_refused(rows: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="must vary"):
        components_of(*panel(rows))


def test_the_bootstrap_is_that_of_a_loop_over_samples_of_whole_units() -> None:
    generator = np.random.default_rng(11)
    rows = generator.normal(0, 2, 20)[:, None] + generator.normal(0, 1, (20, 8))
    unit, period, value = panel(rows.tolist())
    left = components_of(unit, period, value).left
    fast = bootstrap_icc(unit, left, 8, 50, 5)
    often = np.random.default_rng(5).multinomial(20, np.full(20, 1 / 20), 50)
    for times, icc in zip(often, fast, strict=True):
        drawn = np.repeat(left.reshape(20, 8), times, axis=0)
        means = drawn.mean(axis=1)
        between = 8 * ((means - means.mean()) ** 2).sum() / 19
        within = ((drawn - means[:, None]) ** 2).sum() / (19 * 7)
        assert icc == pytest.approx((between - within) / (between + 7 * within), rel=1e-3)


def test_reliability_by_hand() -> None:
    found = reliability(frame(SLOW, chance=0.36))
    # Within 36 / 25 = 1.44; between (6 · 350 − 1.44) / 6 = 349.76.
    assert found.icc == pytest.approx(349.76 / 351.2, rel=1e-6)
    # Of five pairs of neighbours four are alike and one is opposite; each unit's line takes 81 / 17.5 of 6.
    assert found.likeness == pytest.approx(3 / 5)
    assert found.trend == pytest.approx(81 / 17.5 / 6)
    assert found.noise == pytest.approx(0.25)
    assert (found.units, found.periods, found.points) == (6, 6, 36)


def test_neighbours_that_are_opposite_count_as_independent() -> None:
    rows = [[10.0 * n + (-1) ** (n + t) for t in range(6)] for n in range(6)]
    assert reliability(frame(rows)).likeness == 0


def test_neighbours_are_those_one_period_apart_only() -> None:
    shown = frame(SLOW)
    apart = shown.assign(period=shown["period"] * 2)
    assert reliability(apart).likeness == 0


def test_a_mean_of_several_is_more_reliable_but_less_so_where_neighbours_are_alike() -> None:
    found = Reliability(9, 9, 81, 0.4, 0.3, 0.5, 0.5, 0.0, None)
    assert spearman_brown(0.5, 3) == 0.75
    assert found.of(3) == pytest.approx(1.2 / 1.8)
    # Three alike at 0.5 are worth one; six are worth two.
    assert found.alike(3) == pytest.approx(0.4)
    assert found.alike(6) == pytest.approx(0.8 / 1.4)
    assert found.alike(1) == pytest.approx(0.4)
    # 0.7 · 0.6 / (0.3 · 0.4) = 3.5 periods, three times as many where each is worth a third.
    assert (found.needed, found.needed_alike) == (4, 11)


def test_without_anything_between_units_no_number_of_periods_is_enough() -> None:
    found = Reliability(9, 9, 81, 0.0, 0.0, 0.1, 0.0, 0.0, None)
    assert (found.needed, found.needed_alike) == (None, None)
    assert found.of(12) == 0


def test_one_period_is_enough_where_it_is_reliable_whatever_the_likeness() -> None:
    found = Reliability(9, 9, 81, 0.8, 0.7, 0.9, 0.9, 0.0, None)
    assert (found.needed, found.needed_alike) == (1, 1)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (SLOW[:4], "organisations with values: 4, at least 5 are needed"),
        ([row[:5] for row in SLOW], "periods with values: 5, at least 6 are needed"),
        ([[1.0] * 6] * 6, "all values are the same"),
    ],
)
def test_too_little_is_said(rows: list[list[float]], words: str) -> None:
    with pytest.raises(TooLittle, match=words):
        reliability(frame(rows))


@given(
    spread=st.floats(0.1, 20),
    shift=st.floats(-100, 100),
    scale=st.floats(0.01, 100),
    seed=st.integers(0, 50),
)
def test_units_of_measurement_and_what_moves_everybody_do_not_matter(
    spread: float, shift: float, scale: float, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    rows = generator.normal(0, spread, 8)[:, None] + generator.normal(0, 1, (8, 7))
    season = np.arange(7) * shift
    one, other = (
        reliability(frame(rows.tolist())),
        reliability(frame((scale * rows + season).tolist())),
    )
    assert 0 <= one.icc <= 1
    assert one.ci_low <= one.ci_high
    assert other.icc == pytest.approx(one.icc, abs=1e-4)
    assert (other.likeness, other.trend) == pytest.approx((one.likeness, one.trend), abs=1e-4)
