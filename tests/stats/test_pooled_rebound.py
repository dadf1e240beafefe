"""The pooled effect beside shadow entrants and beside the expected rebound."""

import numpy as np
import pytest

from indicators.stats.pooled.panel import Panel, Spell
from indicators.stats.pooled.rebound import beside_shadows, expected_rebound, gap_paths
from indicators.stats.pooled.units import unit_effects
from tests.stats.made_pooled import of, panel

YEAR = (-12, -1)


def falling(entrants: int, low: int, seed: int = 3) -> Panel:
    """Entrants and `low` others stand 4 lower in the half year before column 24; 40 others do not."""
    random = np.random.default_rng(seed)
    value = random.normal(0, 0.1, size=(entrants + low + 40, 48))
    value[entrants + low :] += np.linspace(-3, 3, 40)[:, None]
    value[: entrants + low, 18:24] -= 4
    spells = [Spell(row, 24, None, 24, 48) for row in range(entrants)]
    return of(value, spells)


def test_a_recovery_that_shadows_had_too_is_no_excess() -> None:
    """Against the year before, of which half is 4 lower, entrants rise by 2; so do their shadows."""
    made = falling(8, 12)
    effects, _ = unit_effects(made, YEAR)
    found = beside_shadows(made, effects, "PM", 0.05)
    assert found is not None
    assert found.entrants == 8
    assert found.excess.estimate == pytest.approx(0, abs=0.1)
    assert found.rebound == pytest.approx(2 - 2 * 12 / 52, abs=0.1)
    assert found.effect.estimate == pytest.approx(found.rebound, abs=0.1)


def test_without_shadows_or_months_there_is_nothing_beside() -> None:
    made = falling(8, 0)
    effects, _ = unit_effects(made, YEAR)
    assert beside_shadows(made, effects, "PM", 0.05) is None


def test_expected_rebound_is_of_the_events_that_can_be_judged() -> None:
    made = panel([24, 30, 36, 42, 48, 14], controls=30)
    found = expected_rebound(made, seed=1, alpha=0.05)
    assert found is not None
    assert found.entrants == 5
    assert expected_rebound(panel([24], controls=19), seed=1, alpha=0.05) is None


def test_path_of_the_gap_is_held_against_the_base() -> None:
    """One entrant, 10 above its controls' mean of 0 before entry and 13 after: 0, then 3."""
    value = np.vstack([np.r_[np.full(24, 10.0), np.full(24, 13.0)], np.zeros((10, 48))])
    value[1:, 24:] = np.linspace(-1, 1, 10)[:, None]
    path = gap_paths(*_judged(of(value, [Spell(0, 24, None, 24, 48)])), YEAR)
    assert path == pytest.approx(np.r_[np.zeros(24), np.full(24, 3.0)])


def _judged(made: Panel) -> tuple[Panel, list]:
    return made, unit_effects(made, YEAR)[0]
