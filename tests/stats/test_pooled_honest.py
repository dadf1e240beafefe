"""What the first year withstands: by hand with one lead, steps of made panels, and how often it is right."""

import numpy as np
import pytest
from scipy import stats

from indicators.stats.pooled.honest import interval_of, steps_of, withstood
from indicators.stats.pooled.smoothness import Given, folded_quantile, smooth_interval
from indicators.stats.pooled.units import unit_effects
from tests.stats.made_pooled import of, panel

ENTRIES = [24 + 2 * n for n in range(12)]


def steps(made, anticipation=3):  # type: ignore[no-untyped-def]
    found = steps_of(made, unit_effects(made, (-12, -1))[0], anticipation)
    assert found is not None
    return found


def test_a_straight_line_with_one_lead_by_hand() -> None:
    """Lead −1 of 2: the line rises by 2 a step, so 5 and 9 at steps 1 and 2 lie 3 and 5 above it: mean 4.

    The variance of 2 + (5 + 9)/2 · …: mean of posts (.5, .5) plus 1.5 times the lead, each of variance .04:
    .04 (1.5² + .5² + .5²) = .11.
    """
    given = Given(np.array([-2.0, 5.0, 9.0]), 0.04 * np.eye(3), 1, np.array([0.5, 0.5]))
    low, high = smooth_interval(given, 0.0, 0.05)
    assert (low + high) / 2 == pytest.approx(7 - 1.5 * 2)
    assert (high - low) / 2 == pytest.approx(1.959964 * 0.11**0.5, abs=1e-6)


def test_a_bend_moves_the_ends_by_what_it_can_add_up_to() -> None:
    """With one lead there is nothing to choose. A bend of M at each step adds M and 3 M: 2 M on average.

    Where the bend is many standard errors, the interval is ± bend and the one-sided quantile.
    """
    given = Given(np.array([-2.0, 5.0, 9.0]), 0.04 * np.eye(3), 1, np.array([0.5, 0.5]))
    low, high = smooth_interval(given, 10.0, 0.05)
    assert (high - low) / 2 == pytest.approx(20 + 1.644854 * 0.11**0.5, abs=1e-4)


def test_quantiles_without_a_shift_are_those_of_normal_and_t() -> None:
    none = np.zeros(1)
    assert folded_quantile(none, 0.05, None)[0] == pytest.approx(1.959964, abs=1e-6)
    assert folded_quantile(none, 0.05, 5)[0] == pytest.approx(stats.t.isf(0.025, 5), abs=1e-3)
    moved = folded_quantile(np.array([10.0]), 0.05, 5)[0]
    assert moved == pytest.approx(stats.nct.ppf(0.95, 5, 10), rel=1e-3)


def test_quarters_are_held_against_the_last_before_anticipation() -> None:
    """Entrants rise by 1 a quarter from quarter to quarter, others stand: steps are whole numbers."""
    value = np.zeros((32, 72)) + np.random.default_rng(1).normal(size=(32, 72)) * 1e-6
    made = panel(ENTRIES)
    for row, first in enumerate(ENTRIES):
        value[row] += np.floor((np.arange(72) - first) / 3)
    found = steps(of(value, _spells(made)))
    assert (found.reference, found.leads, len(found.each)) == (-2, 5, 12)
    assert found.estimate == pytest.approx([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5], abs=1e-4)
    assert found.weight == pytest.approx([0, 0.25, 0.25, 0.25, 0.25])
    assert found.largest_before == pytest.approx(0, abs=1e-4)
    low, high = interval_of(found, 0.0, 0.05)
    assert (low + high) / 2 == pytest.approx(0, abs=1e-4)
    assert withstood(found, 0.05).breakdown is None or high - low < 1e-4


def _spells(made):  # type: ignore[no-untyped-def]
    from indicators.stats.pooled.panel import Spell

    return [Spell(one.row, one.first, None, one.first, 72) for one in made.events]


def test_a_large_effect_withstands_bends_up_to_its_breakdown() -> None:
    found = steps(panel(ENTRIES, effect=6))
    told = withstood(found, 0.05)
    assert told.breakdown is not None
    assert interval_of(found, told.breakdown, 0.05)[0] > 0
    assert interval_of(found, told.breakdown * 1.02, 0.05)[0] < 0
    assert list(told.intervals) == pytest.approx(
        [share * found.largest_before for share in (0, 0.5, 1, 2)]
    )
    widths = [high - low for low, high in told.intervals.values()]
    assert widths == sorted(widths)


def test_no_effect_withstands_nothing_and_few_events_are_not_judged() -> None:
    assert withstood(steps(panel(ENTRIES)), 0.05).breakdown is None
    few = panel(ENTRIES[:7])
    assert steps_of(few, unit_effects(few, (-12, -1))[0], 3) is None
    alike = panel(ENTRIES)
    alike = of(
        alike.value * 0
        + np.where(np.arange(32) < 12, 0, np.arange(32))[:, None] * np.arange(72) / 9,
        _spells(alike),
    )
    assert steps_of(alike, unit_effects(alike, (-12, -1))[0], 3) is None
    late = panel(ENTRIES)
    assert steps_of(late, unit_effects(late, (-12, -1))[0], 24) is None


def test_the_straight_line_holds_the_truth_as_often_as_it_says() -> None:
    """Of 150 panels without an effect at least 91 in 100 leave 0 in (95 less three standard errors)."""
    hits = []
    for seed in range(150):
        low, high = interval_of(steps(panel(ENTRIES, 60, seed=seed)), 0.0, 0.05)
        hits.append(low <= 0 <= high)
    assert np.mean(hits) >= 0.91
