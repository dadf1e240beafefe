"""The imputation event study against fits by brute force, and the judging of its leads."""

from dataclasses import replace

import numpy as np
import pytest

from indicators.stats.pooled.bands import judge_leads, quantile_of, shown, simultaneous_quantile
from indicators.stats.pooled.cells import cells_of
from indicators.stats.pooled.imputation import Options, study
from indicators.stats.pooled.panel import Panel, Spell
from indicators.stats.pooled.two_way import fit_two_way
from tests.stats.made_pooled import of, panel

ENTRIES = [24, 27, 30, 33, 36, 39, 42, 45]
USUAL = Options((-24, 24), 3, 3)


def brute(cells: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Unit and period effects by dummies and least squares."""
    rows, columns = np.nonzero(cells)
    units, periods = cells.shape
    design = np.zeros((len(rows), units + periods))
    design[np.arange(len(rows)), rows] = 1
    design[np.arange(len(rows)), units + columns] = 1
    found = np.linalg.lstsq(design, value[rows, columns], rcond=None)[0]
    return np.asarray(found[:units, None] + found[None, units:])


def test_the_fit_is_that_of_dummies() -> None:
    made = panel(ENTRIES)
    made.value[9, 5:11] = np.nan
    cells = made.untreated & made.known
    fit = fit_two_way(cells)
    assert fit.fitted(made.value) == pytest.approx(brute(cells, made.value), abs=1e-9)
    assert fit.rank == len(made.value) + 72 - 1


def test_what_hangs_on_no_untreated_cell_is_not_imputed() -> None:
    """Two pairs of units without a period in common: one's level says nothing of the other's periods."""
    cells = np.zeros((4, 8), dtype=bool)
    cells[:2, :4] = cells[2:, 4:] = True
    fit = fit_two_way(cells)
    level = fit.fitted(np.ones((4, 8)))
    assert np.isfinite(level[:2, :4]).all()
    assert np.isnan(level[:2, 4:]).all()
    assert fit.rank == 4 + 8 - 2


def test_a_treated_bin_is_the_mean_of_what_dummies_leave() -> None:
    made = panel(ENTRIES)
    cells = cells_of(made, 3).fitted
    gap = made.value - brute(cells, made.value)
    by_hand = [gap[row, first + 6 : first + 9].mean() for row, first in enumerate(ENTRIES)]
    found = study(made, USUAL)
    assert found.bins[6].estimate == pytest.approx(np.mean(by_hand), abs=1e-9)
    assert (found.bins[6].events, found.bins[6].units) == (8, 8)
    anticipated = [gap[row, first - 3 : first].mean() for row, first in enumerate(ENTRIES)]
    assert found.bins[-3].estimate == pytest.approx(np.mean(anticipated), abs=1e-9)


def test_a_lead_is_imputed_without_its_own_cells() -> None:
    made = panel(ENTRIES)
    cells = cells_of(made, 3).fitted.copy()
    for row, first in enumerate(ENTRIES):
        cells[row, first - 9 : first - 6] = False
    gap = made.value - brute(cells, made.value)
    by_hand = [gap[row, first - 9 : first - 6].mean() for row, first in enumerate(ENTRIES)]
    assert study(made, USUAL).bins[-9].estimate == pytest.approx(np.mean(by_hand), abs=1e-9)


def test_bins_lie_wholly_within_the_window() -> None:
    assert USUAL.begins == list(range(-24, 24, 3))
    assert Options((-5, 5), 3, 3).begins == [-3, 0, 3]


def test_standard_error_is_the_root_of_squared_scores_by_unit() -> None:
    """The weight of a cell is how far the estimate moves when its value does."""
    made = panel(ENTRIES, controls=20)
    cells = cells_of(made, 3)
    fitted = brute(cells.fitted, made.value)
    base = study(made, USUAL).bins[6]
    score = np.zeros(len(made.value))
    own = [(made.value - fitted)[row, first + 6 : first + 9] for row, first in enumerate(ENTRIES)]
    for row, column in zip(*np.nonzero(cells.fitted), strict=True):
        value = made.value.copy()
        value[row, column] += 1
        if row in (0, 7, 12) and column % 9 == 0:
            moved = brute(cells.fitted, value)
            gap = [(value - moved)[r, f + 6 : f + 9].mean() for r, f in enumerate(ENTRIES)]
            score[row] += 1
            weight = np.mean(gap) - base.estimate
            wanted = np.zeros_like(made.value)
            for r, first in enumerate(ENTRIES):
                wanted[r, first + 6 : first + 9] = 1 / 24
            told = fit_two_way(cells.fitted).weights(wanted)[row, column]
            assert weight == pytest.approx(told, abs=1e-9)
    assert score.sum() > 10
    away = np.array([part.mean() for part in own]) - base.estimate
    wanted = np.zeros_like(made.value)
    for r, first in enumerate(ENTRIES):
        wanted[r, first + 6 : first + 9] = 1 / 24
    weights = fit_two_way(cells.fitted).weights(wanted)
    residual = np.where(cells.fitted, made.value - fitted, 0)
    by_unit = (weights * residual).sum(axis=1)
    by_unit[:8] += away / 8
    assert base.score == pytest.approx(by_unit, abs=1e-9)
    assert base.se == pytest.approx(np.sqrt((by_unit**2).sum() * 8 / 7))


def test_a_planted_effect_is_found_and_nothing_before_it() -> None:
    found = study(panel(ENTRIES, effect=5, noise=0.2), USUAL)
    assert found.year.estimate == pytest.approx(5, abs=0.2)
    assert all(abs(found.bins[b].estimate) < 0.3 for b in range(-24, 0, 3))
    assert found.residual_sd == pytest.approx(0.2, abs=0.02)


def test_kinds_have_periods_of_their_own() -> None:
    """A shock to one kind alone is no effect on the other."""
    first = panel(ENTRIES, effect=2)
    value = np.vstack([first.value, first.value[8:] + np.linspace(0, 50, 72)])
    kind = np.repeat([0, 1], [len(first.value), 20])
    spells = [Spell(row, at, None, at, 72) for row, at in enumerate(ENTRIES)]
    both = study(of(value, spells, kind), USUAL)
    assert both.year.estimate == pytest.approx(study(first, USUAL).year.estimate, abs=1e-9)


def test_treated_only_as_long_as_inside_and_carry_over_is_told_apart() -> None:
    """All stay nine months, so there is no bin after; three months later they still stand 4 higher."""
    value = panel(ENTRIES, noise=0.1).value
    spells = [Spell(row, at, at + 9, at, at + 9) for row, at in enumerate(ENTRIES)]
    for spell in spells:
        value[spell.row, spell.begins : spell.begins + 12] += 4
    found = study(of(value, spells), USUAL)
    assert [b for b, one in found.bins.items() if b >= 0 and one.events] == [0, 3, 6]
    assert found.after.estimate == pytest.approx(4, abs=0.2)


def test_units_with_under_a_year_untreated_are_dropped() -> None:
    made = panel([14, *ENTRIES[1:]])
    assert [event.row for event in study(made, USUAL).dropped] == [0]
    assert study(made, replace(USUAL, anticipation=2)).dropped == []


def test_bins_of_under_five_units_are_not_shown() -> None:
    made = panel([24, 24, 24, 24, 60])
    assert study(made, USUAL).bins[12].units == 4
    assert max(shown(study(made, USUAL).bins)) == 9


def test_a_band_for_all_is_wider_than_one_interval_and_narrower_than_bonferroni() -> None:
    bins = shown(study(panel(ENTRIES * 3), USUAL).bins)
    band = simultaneous_quantile(bins, 0.05, seed=1)
    assert band == simultaneous_quantile(bins, 0.05, seed=1)
    alone, bonferroni = quantile_of(bins[0], 0.05), quantile_of(bins[0], 0.05 / len(bins))
    assert alone < band < bonferroni * 1.02
    assert simultaneous_quantile({0: bins[0]}, 0.05, seed=1) == pytest.approx(alone, abs=0.05)


def test_with_few_events_a_band_does_not_rest_on_their_correlations() -> None:
    """Eight events, sixteen bins: each interval misses as often as makes 5 % of sixteen independent ones."""
    bins = shown(study(panel(ENTRIES), USUAL).bins)
    alone = 1 - 0.95 ** (1 / 16)
    assert simultaneous_quantile(bins, 0.05, seed=1) == pytest.approx(quantile_of(bins[0], alone))


def dipping(depth: float) -> Panel:
    entries = ENTRIES * 8
    made = panel(entries, controls=60)
    for row, first in enumerate(entries):
        made.value[row, first - 6 : first] -= depth
    return made


@pytest.mark.parametrize(("depth", "verdict"), [(0.0, "pass"), (3.0, "fail")])
def test_leads_are_equivalent_to_nothing_or_not(depth: float, verdict: str) -> None:
    leads = judge_leads(study(dipping(depth), USUAL), 3, 12)
    assert leads.verdict == verdict
    assert set(leads.equivalent) == {-6, -3}
    assert leads.df == 7


def test_few_entrants_leave_the_leads_unclear() -> None:
    """Eight entrants and seven leads: the joint test has nothing to go by."""
    leads = judge_leads(study(panel(ENTRIES, noise=3), USUAL), 3, 12)
    assert (leads.wald, leads.wald_p, leads.verdict) == (None, None, "unclear")
