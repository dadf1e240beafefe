"""Chance baseline, stability and ranks."""

import numpy as np
import pytest

from indicators.stats.screen.discrimination import (
    Placed,
    discrimination,
    pairs_of,
    passes_linearised,
)
from indicators.stats.screen.multiplicity import (
    Drawn,
    by_chance,
    family,
    rank_interval,
    shuffled_passes,
    stability,
    without_each,
)
from indicators.stats.screen.resampling import Estimate
from indicators.stats.screen.thresholds import Thresholds
from tests.stats.screen.test_discrimination import counted


def made(shift: float, seed: int = 2, units: int = 60) -> Placed:
    random = np.random.default_rng(seed)
    segment = np.repeat(random.integers(1, 5, units)[:, None], 4, axis=1)
    value = random.normal(0, 1, units)[:, None] - shift * segment + np.zeros((1, 4))
    return Placed(value + random.normal(0, 0.3, segment.shape), segment)


def test_a_family_is_adjusted_within_itself() -> None:
    found = family(np.array([0.01, np.nan, 0.04]))
    assert found.size == 2
    assert found.q[[0, 2]].tolist() == pytest.approx([0.02, 0.04])
    assert found.q_dependent[[0, 2]].tolist() == pytest.approx([0.03, 0.06])


@pytest.mark.parametrize("shift", [0.0, 1.5])
def test_by_chance_few_pass_however_well_the_indicator_discriminates(shift: float) -> None:
    share = shuffled_passes(made(shift)).mean()
    assert 0 <= share < 0.05


def test_a_shuffle_is_the_same_for_every_indicator() -> None:
    placed = made(0.0)
    twice = Placed(placed.value * 3 + 7, placed.segment)
    assert (shuffled_passes(placed) == shuffled_passes(twice)).all()
    assert (shuffled_passes(placed, seed=5) != shuffled_passes(placed)).any()


def test_a_shuffle_moves_whole_histories() -> None:
    """Each shuffle is judged as if the organisations had had one another's segments all along."""
    placed = made(0.4, units=15)
    placed.value[3, 1] = np.nan
    placed.segment[5, 2] = 0
    found = shuffled_passes(placed, Thresholds(discrimination=0.4), shuffles=40, seed=7)
    random = np.random.default_rng(7)
    expected = []
    for _ in range(40):
        pairs = pairs_of(Placed(placed.value, placed.segment[random.permutation(15)]))
        each = (pairs.right + pairs.right.T).sum(axis=1), (pairs.all + pairs.all.T).sum(axis=1)
        expected.append(passes_linearised(each[0][None], each[1][None], 0.4)[0])
    assert found.tolist() == expected
    assert 0 < sum(expected) < 40


def test_counts_by_chance() -> None:
    shuffled = np.array([[True, False, False, False], [True, True, False, False]])
    found = by_chance(np.array([True, True]), shuffled)
    assert (found.passing, found.expected, found.judged) == (2, 0.75, 2)
    assert (found.low, found.high) == pytest.approx((0.0, 1.925))
    assert by_chance(np.zeros(0, bool), np.zeros((0, 4))).expected == 0


EXCESS = Drawn(Estimate(2.0, 1.0, 3.0), np.array([2.0, 0.9, 1.1, 3.0]), 0.0)
"""Its lower end lies 1 below: it passes in all draws but the second."""
ORDINAL = Drawn(Estimate(0.7, 0.6, 0.8), np.array([0.70, 0.80, 0.65, 0.66]), 0.55)
"""0.1 below: in all but the third."""


def test_stability_asks_for_both_sides_in_the_same_draw() -> None:
    assert stability(EXCESS, [ORDINAL]) == 0.5
    assert stability(Drawn(Estimate(2.0), EXCESS.draws, 0.0), [ORDINAL]) == 0.0


def test_one_way_of_telling_is_enough_for_stability() -> None:
    never = Drawn(Estimate(0.6, 0.5, 0.7), np.full(4, 0.6), 0.55)
    only_third = Drawn(Estimate(0.6, 0.5, 0.7), np.array([0.6, 0.6, 0.7, 0.6]), 0.55)
    assert stability(EXCESS, [ORDINAL, only_third]) == 0.75
    assert stability(EXCESS, [never]) == 0.0


def test_rank_interval() -> None:
    draws = np.array([[3.0] * 100, [2.0] * 50 + [1.0] * 50, [1.5] * 100, [np.nan] * 100])
    assert rank_interval(draws).tolist() == [[1, 1], [2, 3], [2, 3], [4, 4]]


def test_without_each_entrant() -> None:
    assert without_each(np.array([1.0, 2.0, 6.0])) == (1.5, 4.0)


def test_counting_is_shared_with_the_pair_by_pair_count() -> None:
    placed = made(1.0, units=24)
    found = discrimination(placed, False).ordinal.estimate
    assert found is not None
    assert found.value == pytest.approx(counted(placed, np.ones(24)))
