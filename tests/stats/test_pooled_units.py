"""Unit-level effects of entrants and their pooling, by hand and by properties."""

from dataclasses import replace

import numpy as np
import pytest

from indicators.stats.meta import pool
from indicators.stats.pooled.panel import Event, Spell, entry_cells, exit_cells
from indicators.stats.pooled.randomisation import randomise
from indicators.stats.pooled.together import pool_units
from indicators.stats.pooled.units import (
    AFTER,
    ALIKE,
    BEFORE,
    BESIDE,
    INSIDE,
    After,
    unit_effects,
)
from tests.stats.made_pooled import of, panel

YEAR = (-12, -1)
ALL_AFTER: tuple[After, ...] = ("inside", "year", "late")


def by_hand() -> np.ndarray:
    """Row 0 enters in column 12: it goes from 10 to 14; ten controls from 0 to 1, …, and one from 0 to 3."""
    value = np.zeros((11, 24))
    value[0, :12], value[0, 12:] = 10, 14
    value[1:10, 12:], value[10, 12:] = 1, 3
    return value


def test_effect_is_own_change_less_that_of_controls_over_the_same_months() -> None:
    """Own 4; controls nine times 1 and once 3: mean 1.2, variance (9 · 0.04 + 3.24)/9 = 0.4, times 1.1."""
    made = of(by_hand(), [Spell(0, 12, None, 12, 24)])
    (one,), left_out = unit_effects(made, YEAR)
    assert (one.own, one.beside, one.n_controls) == (4, pytest.approx(1.2), 10)
    assert one.effect == pytest.approx(2.8)
    assert one.variance == pytest.approx(0.44)
    assert left_out == {}


def test_the_interval_of_one_alone_is_by_t_with_a_degree_of_freedom_less_than_controls() -> None:
    """Nine degrees of freedom: 2.262157 times the root of 0.44 either way of 2.8."""
    (one,), _ = unit_effects(of(by_hand(), [Spell(0, 12, None, 12, 24)]), YEAR)
    assert one.interval(0.05) == pytest.approx((1.299455, 4.300545), abs=1e-6)


def test_months_that_the_entrant_lacks_are_left_out_of_the_controls_too() -> None:
    """Controls stand at 12 in the first month, which the entrant lacks: that month counts for nobody."""
    value = by_hand()
    value[1:, 0], value[0, 0] = 12, np.nan
    (one,), _ = unit_effects(of(value, [Spell(0, 12, None, 12, 24)]), YEAR)
    assert one.effect == pytest.approx(2.8)


@pytest.mark.parametrize(("missing", "judged"), [(3, 1), (4, 0)])
def test_three_quarters_of_the_months_on_either_side_are_needed(missing: int, judged: int) -> None:
    reasons = {BEFORE: slice(0, missing), AFTER: slice(24 - missing, 24)}
    for reason, columns in reasons.items():
        value = by_hand()
        value[0, columns] = np.nan
        effects, left_out = unit_effects(of(value, [Spell(0, 12, None, 12, 24)]), YEAR)
        assert len(effects) == judged
        assert list(left_out.values()) == [reason][: 1 - judged]


def test_ten_controls_of_its_kind_are_needed_and_they_must_differ() -> None:
    value = by_hand()
    kind = np.zeros(11, dtype=np.int64)
    kind[10] = 1
    spells = [Spell(0, 12, None, 12, 24)]
    assert list(unit_effects(of(value, spells, kind), YEAR)[1].values()) == [BESIDE]
    assert list(unit_effects(of(value, spells, kind), YEAR, fewest=9)[1].values()) == [ALIKE]
    value[10] = value[1]
    assert list(unit_effects(of(value, spells), YEAR)[1].values()) == [ALIKE]


def test_base_months_within_an_earlier_programme_do_not_count() -> None:
    """Left in column 4, and the half year after: columns 0 to 9 are no base, and 2 of 12 are too few."""
    earlier = Spell(0, None, 4, -5, 4)
    assert unit_effects(of(by_hand(), [earlier, Spell(0, 12, None, 12, 24)]), YEAR)[0] == []


def test_one_that_enters_later_stands_beside_only_while_it_is_outside() -> None:
    """Row 10 may control; it enters in column 20 of 24, within the year after row 0's entry."""
    value = np.vstack([by_hand(), by_hand()[1:2]])
    spells = [Spell(0, 12, None, 12, 24), Spell(10, 20, None, 20, 24)]
    may_control = np.ones(12, dtype=bool)
    made = replace(of(value, spells), may_control=may_control)
    value[11, 12:] = 2
    (one,), left_out = unit_effects(made, YEAR)
    assert np.isnan(one.controls[10])
    assert one.n_controls == 10
    assert left_out == {Event(10, 20, 24): AFTER}


def test_cells_of_entries_and_exits() -> None:
    """Inside from 5 to 9 (10 is outside), perhaps from 4: half a year after is neither."""
    spells = [Spell(0, 5, 10, 4, 10), Spell(0, 20, None, 19, 24)]
    untreated, events = entry_cells((1, 24), spells)
    assert list(np.flatnonzero(untreated[0])) == [*range(4), *range(16, 19)]
    assert events == (Event(0, 5, 10), Event(0, 20, 24))
    inside, exits = exit_cells((1, 24), spells)
    assert list(np.flatnonzero(inside[0])) == [*range(5, 10), *range(20, 24)]
    assert exits == (Event(0, 10, 19),)


def test_a_spell_that_began_before_the_panel_is_no_event_but_is_inside() -> None:
    spells = [Spell(0, -3, 4, -3, 4)]
    untreated, events = entry_cells((1, 24), spells)
    assert events == ()
    assert not untreated[0, :10].any()
    assert untreated[0, 10:].all()
    assert exit_cells((1, 24), spells)[1] == (Event(0, 4, 24),)


def test_pooled_as_the_analysis_of_effects_and_variances_does() -> None:
    effects, _ = unit_effects(panel([24, 30, 36, 42, 48, 24, 30, 36]), YEAR)
    effect = np.array([one.effect for one in effects])
    variance = np.array([one.variance for one in effects])
    found = pool_units(effects)
    assert found.pooled == pool(effect, variance, "PM", knapp_hartung=True)
    rest = pool(effect[1:], variance[1:], "PM").estimate
    assert found.without[0] == pytest.approx(rest)
    assert found.shared_se >= found.pooled.se


def test_entrants_of_one_date_share_the_errors_of_their_controls() -> None:
    """All enter at once: the variance of the common mean of controls, s²/J, is added but for its n-th part.

    Weights are even, for all variances are the same: n(n − 1) of n² pairs are of two entrants, each with the
    covariance Σ(c − mean)²/J² = s²(J − 1)/J².
    """
    effects, _ = unit_effects(panel([36] * 10, controls=20), YEAR)
    found = pool_units(effects)
    spread = np.nanvar(effects[0].controls, ddof=1)
    added = 0.9 * spread * 19 / 20**2
    assert found.shared_se**2 - found.pooled.se**2 == pytest.approx(added)


def test_chance_deals_the_dates_out_and_counts_the_real_one() -> None:
    strong = panel([24, 30, 36, 42, 48, 24, 30, 36], controls=30, effect=3)
    effects, _ = unit_effects(strong, YEAR)
    found = randomise(effects, strong, draws=199)
    assert found is not None
    assert (found.p, found.floor, found.drawn) == (1 / 200, 1 / 200, 8)
    assert found == randomise(effects, strong, draws=199)
    assert found.mean == pytest.approx(3, abs=0.6)


def test_chance_needs_twenty_that_never_entered() -> None:
    few = panel([24, 30, 36], controls=19)
    effects, _ = unit_effects(few, YEAR)
    assert randomise(effects, few) is None


def test_without_an_effect_chance_is_as_often_far_off() -> None:
    """Of 100 panels without an effect about five have a p of 0.05 or less: 13 or more would be 1 in 2,000."""
    low = 0
    for seed in range(100):
        made = panel([24, 30, 36, 42, 48, 27, 33, 39], seed=seed)
        found = randomise(unit_effects(made, YEAR)[0], made, draws=99, seed=seed)
        low += found is not None and found.p <= 0.05
    assert 0 < low < 13


def test_chance_deals_dates_within_a_kind() -> None:
    """A shock to one kind in which nobody entered is none of the others': each kind has 14 to deal among."""
    made = panel([24, 30, 36, 42], controls=28, effect=3, noise=0.3)
    kind = np.array([0, 0, 1, 1, *[0] * 14, *[1] * 14])
    both = replace(made, kind=kind)
    both.value[kind == 1] += np.linspace(0, 40, 72)
    found = randomise(unit_effects(both, YEAR)[0], both, draws=199)
    assert found is not None
    assert (found.p, found.drawn) == (1 / 200, 4)


def test_inside_beyond_doubt_is_what_an_exit_is_held_against() -> None:
    """Entered some time up to column 6, last placed inside in column 11; it left in 20 for all we know."""
    spell = Spell(0, None, 20, 2, 20, (6, 12))
    inside, exits = exit_cells((1, 24), [spell])
    assert list(np.flatnonzero(inside[0])) == list(range(6, 12))
    assert exits == (Event(0, 20, 24),)


def test_the_time_inside_and_its_last_quarter_by_hand() -> None:
    """Inside for eight months at 14, then out at 20; controls rise by 1 in nine and by 3 in one.

    Inside: 14 − 10 less 1.2. The year: (8 · 14 + 4 · 20)/12 − 10 less 1.2. Months 10 to 12: 20 − 10 less 1.2.
    """
    value = by_hand()
    value[0, 20:] = 20
    made = of(value, [Spell(0, 12, 20, 12, 20)])
    found = {after: unit_effects(made, YEAR, 10, after)[0][0].effect for after in ALL_AFTER}
    assert found == pytest.approx({"inside": 2.8, "year": 4.8, "late": 8.8})


def test_a_stay_of_under_half_a_year_has_no_effect_inside() -> None:
    made = of(by_hand(), [Spell(0, 12, 17, 12, 17)])
    assert list(unit_effects(made, YEAR, 10, "inside")[1].values()) == [INSIDE]
    assert unit_effects(of(by_hand(), [Spell(0, 12, 18, 12, 18)]), YEAR, 10, "inside")[1] == {}
