"""Expected rebound: windows by hand, the regression written out, no bias where nothing has an effect."""

import re
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from bench import regression_to_mean as bench
from indicators.stats.regression_to_mean.excess import (
    Entry,
    Settings,
    TooFewWindows,
    rebounds,
)
from indicators.stats.regression_to_mean.galton import expected_share, galton, galton_beside
from indicators.stats.regression_to_mean.windows import (
    Histories,
    trailing_mean,
    windows_of,
)
from settings import ROOT

ENTRIES = [Entry(row, first) for row, first in [(0, 30), (1, 30), (2, 34), (3, 40), (4, 40)]]


def histories(seed: int = 1, effect: float = 0.0, organisations: int = 80) -> Histories:
    """Two types; the first five enter, lowered before and with an effect from entry on."""
    random = np.random.default_rng(seed)
    value = random.normal(50, 2, (organisations, 1)) + random.normal(0, 1, (organisations, 60))
    inside = np.zeros(value.shape, dtype=bool)
    for entry in ENTRIES:
        value[entry.row, entry.first - 3 : entry.first] -= 2
        value[entry.row, entry.first :] += effect
        inside[entry.row, entry.first : entry.first + 14] = True
    return Histories(value, inside, np.arange(organisations) % 2)


def test_a_trailing_mean_takes_three_quarters_of_its_values() -> None:
    value = np.array([[1.0, 2, np.nan, 4, np.nan, np.nan]])
    quarter = trailing_mean(value, 3)
    assert quarter[0].tolist() == pytest.approx([np.nan] * 6, nan_ok=True)
    assert trailing_mean(value, 4)[0, 3] == pytest.approx(7 / 3)
    assert trailing_mean(value, 1)[0, :2].tolist() == [1, 2]


def test_windows_by_hand() -> None:
    """A line 0, 1, 2 …: at 20 the base is 19, a year before it was 7, a year after it is 32 or 26.5."""
    line = Histories(np.arange(60.0)[None], np.zeros((1, 60), bool), np.zeros(1, int))
    after, mean = windows_of(line, "after_a_year"), windows_of(line, "mean_of_year")
    assert (after.base[0, 20], after.earlier[0, 20]) == (19, 7)
    assert (after.outcome[0, 20], mean.outcome[0, 20]) == (32, 26.5)
    assert np.flatnonzero(after.is_free[0]).tolist() == list(range(14, 48))
    quarters = Histories(line.value, line.inside, line.kind, year=4)
    found = windows_of(quarters, "after_a_year")
    assert (found.base[0, 20], found.earlier[0, 20], found.outcome[0, 20]) == (20, 16, 24)


def test_a_window_is_free_that_touches_no_programme() -> None:
    """Inside in 30 alone: windows from 18 to 44 have it between 14 before and 12 after."""
    inside = np.zeros((1, 80), bool)
    inside[0, 30] = True
    given = Histories(np.arange(80.0)[None], inside, np.zeros(1, int))
    free = set(np.flatnonzero(windows_of(given, "after_a_year").is_free[0]))
    assert free == set(range(14, 68)) - set(range(18, 45))


def frame_of(given: Histories, periods: list[int]) -> pd.DataFrame:
    """Free windows at the periods, one row each, by plain loops."""
    rows = []
    for period in periods:
        for row, value in enumerate(given.value):
            if not given.inside[row, period - 14 : period + 13].any():
                base = value[period - 2 : period + 1].mean()
                earlier = value[period - 14 : period - 11].mean()
                rows.append((period, given.kind[row], base, earlier, value[period + 12]))
    return pd.DataFrame(rows, columns=["period", "kind", "base", "earlier", "outcome"])


def test_what_is_expected_is_the_regression_by_another_library() -> None:
    given = histories()
    found = rebounds(given, ENTRIES, Settings(draws=2))
    table = frame_of(given, sorted({entry.last for entry in ENTRIES}))
    model = smf.ols("outcome ~ base + earlier + C(kind) + C(period)", table).fit()
    for entry, one in found.each.items():
        value, last = given.value[entry.row], entry.last
        base = value[last - 2 : last + 1].mean()
        own = {"base": base, "earlier": value[last - 14 : last - 11].mean(), "period": last}
        expected = model.predict(pd.DataFrame([own | {"kind": given.kind[entry.row]}]))[0]
        assert one.base == pytest.approx(base)
        assert one.expected == pytest.approx(expected - base)
        assert one.observed == pytest.approx(value[last + 12] - base)
        assert one.excess == pytest.approx(value[last + 12] - expected)
    assert found.windows == len(table)
    each = [one.excess for one in found.each.values()]
    assert found.together.excess == pytest.approx(np.mean(each))


def test_an_effect_is_excess_and_changes_nothing_that_is_expected() -> None:
    without, with_effect = rebounds(histories(), ENTRIES), rebounds(histories(effect=7), ENTRIES)
    for entry in ENTRIES:
        assert with_effect.each[entry].expected == pytest.approx(without.each[entry].expected)
        assert with_effect.each[entry].excess == pytest.approx(without.each[entry].excess + 7)
    assert with_effect.together.ci_low == pytest.approx(without.together.ci_low + 7)


def test_unit_and_level_of_the_values_do_not_matter() -> None:
    given = histories()
    other = Histories(1000 * given.value + 3e5, given.inside, given.kind)
    usual, scaled = rebounds(given, ENTRIES), rebounds(other, ENTRIES)
    for name in ("observed", "expected", "ci_low", "ci_high"):
        expected = 1000 * getattr(usual.together, name)
        assert getattr(scaled.together, name) == pytest.approx(expected, rel=1e-6)


def test_the_same_seed_gives_the_same_interval_and_another_one_near() -> None:
    given = histories()
    first, again = (rebounds(given, ENTRIES).together for _ in range(2))
    assert first == again
    other = rebounds(given, ENTRIES, Settings(seed=4)).together
    assert first.ci_low != other.ci_low == pytest.approx(first.ci_low, abs=0.3)
    narrow = rebounds(given, ENTRIES, Settings(alpha=0.5)).together
    assert first.ci_low < narrow.ci_low < narrow.ci_high < first.ci_high


def test_entries_that_cannot_be_judged_are_named() -> None:
    """Too early, too late, without values before, off the calendar, and a second spell soon after a first."""
    given = histories()
    value = given.value.copy()
    value[5, 28:30] = np.nan
    inside = given.inside.copy()
    inside[6, 20] = True
    odd = [Entry(7, 13), Entry(8, 50), Entry(5, 30), Entry(9, 0), Entry(9, 61), Entry(6, 30)]
    found = rebounds(Histories(value, inside, given.kind), [*ENTRIES, *odd])
    assert found.left_out == odd
    assert list(found.each) == ENTRIES
    with pytest.raises(TooFewWindows, match=r"^No entry has values from fifteen months before"):
        rebounds(Histories(value, inside, given.kind), odd)


def test_twenty_organisations_of_its_type_have_to_stand_beside_an_entry() -> None:
    """Of the first type three enter, of the second two; every second organisation is of the second."""
    enough = histories(organisations=45)
    found = rebounds(enough, ENTRIES)
    assert [entry.row for entry in found.each] == [0, 1, 2, 3, 4]
    fewer = rebounds(histories(organisations=44), ENTRIES)
    assert [entry.row for entry in fewer.each] == [1, 3]
    with pytest.raises(TooFewWindows, match="with 20 organisations of its type beside it"):
        rebounds(histories(organisations=43), ENTRIES[:1])


def test_where_nothing_has_an_effect_the_excess_has_no_bias_and_the_naive_change_has() -> None:
    """A small version of the committed table: two settings, 120 runs, four standard errors."""
    found = bench.simulate(bench.SETTINGS[1:6:4], runs=120, draws=199)
    for row in found.itertuples():
        for name in bench.OUTCOMES:
            error = getattr(row, f"{name}_sd") / np.sqrt(row.runs)
            assert abs(getattr(row, name)) < 0.05 + 4 * error
            assert getattr(row, f"{name}_covers") > 0.86
            assert getattr(row, f"{name}_each_covers") > 0.92
        assert row.naive > 0.12


def test_the_committed_table_keeps_the_promise_of_the_method() -> None:
    table = pd.read_csv(bench.TABLE)
    settings = list(zip(table["likeness"], table["between"], strict=True))
    assert settings == list(bench.SETTINGS)
    assert (table["runs"] == bench.RUNS).all()
    for name in bench.OUTCOMES:
        assert table[name].abs().max() <= 0.05
        assert table[f"{name}_covers"].min() > 0.9


def test_galton_by_hand() -> None:
    """Slope ½ (ρ = ½, equal spreads): one 2 below the mean is expected 1 nearer, and all rose by 3."""
    first = np.array([-1.0, -1, 1, 1, 0, 0])
    second = np.array([-1.0, 0, 1, 0, -1, 1]) + 3
    check = galton(first, second)
    assert check.correlation == pytest.approx(0.5)
    assert check.first_sd == pytest.approx(check.second_sd)
    assert check.change(-2) == pytest.approx(1 + 3)
    slope, level = np.polyfit(first, second, 1)
    for low, high in pairwise(np.linspace(-3, 3, 5)):
        assert check.change(high) - check.change(low) == pytest.approx((slope - 1) * (high - low))
    assert check.change(0.7) == pytest.approx(level + slope * 0.7 - 0.7)


def test_the_formula_beside_an_entry_is_learnt_from_its_type_outside_at_the_time() -> None:
    """Of the type of the first: all but those that entered, as each was inside within a year after."""
    made, entry = histories(), ENTRIES[0]
    free = list(range(6, 80, 2))
    first = made.value[free, 27:30].mean(axis=1)
    slope, level = np.polyfit(first, made.value[free, 41], 1)
    base = made.value[0, 27:30].mean()
    assert galton_beside(made, entry) == pytest.approx(level + slope * base - base)


def test_a_share_of_the_distance_vanishes() -> None:
    assert expected_share(0.8) == pytest.approx(0.2)


def test_the_page_shows_the_committed_table() -> None:
    page = (ROOT / "docs" / "methods" / "regression_to_the_mean.md").read_text(encoding="utf-8")
    shown = [
        [cell.replace("−", "-") for cell in re.split(r" \| |, |^\| | \|$", line) if cell]
        for line in page.splitlines()
        if re.match(r"\| 0\.\d \| ", line)
    ]
    names = ["likeness", "between", *bench.COMPARED, *bench.OUTCOMES]
    names += [f"{name}{part}" for part in ("_covers", "_each_covers") for name in bench.OUTCOMES]
    table = pd.read_csv(bench.TABLE)[names]
    assert len(shown) == len(table)
    for row, kept in zip(shown, table.itertuples(index=False), strict=True):
        assert [float(cell) for cell in row] == pytest.approx(list(kept), abs=0.00501)
