"""What the screen makes of indicators of which the truth is known: the committed table, and its page."""

import re
from io import StringIO

import numpy as np
import pandas as pd
import pytest

from bench import regression_to_mean, screen
from bench.looking import looked_at
from bench.made_indicators import Form, Setting, family_of
from settings import ROOT

AGAIN = (
    *(("alone", 13, 0), ("alone", 24, 3), ("alike", 24, 4), ("together", 13, 2)),
    *(("mixed", 24, 0), ("planted", 24, 0), ("planted", 24, 4)),
)
"""Form, entrants and which of the six settings, of the screens that are made anew."""


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return screen.read()


@pytest.fixture(scope="module")
def nothing(table: pd.DataFrame) -> pd.DataFrame:
    return screen.without_effect(table)


@pytest.fixture(scope="module")
def planted(table: pd.DataFrame) -> pd.DataFrame:
    return screen.planted(table)


def test_the_table_has_every_screen(table: pd.DataFrame) -> None:
    """Six settings, at least 400 indicators without an effect and 200 with one in each."""
    runs = table.groupby([*screen.BY], dropna=False)["run"].agg(["size", "nunique"])
    assert (runs["size"] == runs["nunique"]).all()
    assert runs["size"].groupby("form").unique().map(list).to_dict() == {
        form: [number] for form, number in screen.RUNS.items()
    }
    assert len(runs) == sum(len(plan.effects) for plan in screen.plans())
    for form in ("alone", "alike", "together"):
        sizes = table[table["form"] == form].groupby(screen.BY)["without"].sum()
        assert len(sizes) == 2 * len(screen.SETTINGS)
        assert sizes.min() >= 400
    assert (table[list(screen.CLASSES)].sum(axis=1) == table["without"]).all()


@pytest.mark.parametrize("plan", AGAIN, ids=str)
def test_a_screen_made_anew_is_the_committed_one(
    plan: tuple[str, int, int], table: pd.DataFrame
) -> None:
    form, entrants, place = plan
    like = [one for one in screen.plans() if (one.form, one.entrants) == (form, entrants)]
    made = pd.DataFrame(list(screen.screens(like[place], 0))).round(4)
    again = pd.read_csv(StringIO(made.to_csv(index=False))).reindex(columns=table.columns)
    key = ["form", "entrants", "likeness", "between", "run"]
    kept = table[(table[key].fillna(-1) == again[key].fillna(-1).iloc[0]).all(axis=1)]
    pd.testing.assert_frame_equal(
        kept.reset_index(drop=True), again, check_dtype=False, rtol=0, atol=0.000101
    )


def test_without_an_effect_at_most_a_tenth_are_candidates(nothing: pd.DataFrame) -> None:
    """Issue 7, in every setting and form, the upper end of the interval included."""
    assert nothing["high"].max() <= 0.10


def test_nor_would_more_be_if_all_could_be_told_apart_or_foretold(nothing: pd.DataFrame) -> None:
    """Those with an excess by chance bound the candidates, whatever the other facts say."""
    assert nothing["responsive"].max() <= 0.10
    assert (nothing[screen.CANDIDATE] <= nothing["responsive"]).all()


def test_the_excess_has_no_bias_as_the_screen_reckons_it() -> None:
    """METHODS 6, 1,500 sets a setting: both outcomes; the screen's is the mean of the year."""
    table = pd.read_csv(regression_to_mean.TABLE)
    assert list(zip(table["likeness"], table["between"], strict=True)) == list(screen.SETTINGS)
    assert table[list(regression_to_mean.OUTCOMES)].abs().max().max() <= 0.05
    made = family_of([Setting(0.6, 1.5)], Form(screen.WORST), np.random.default_rng(1))[0]
    same = regression_to_mean.judged(made.value, made.entrants, draws=9)["mean_of_year"]
    assert looked_at(made).excess.value == pytest.approx(same, abs=1e-12)


def test_where_indicators_tell_trusts_apart_a_planted_effect_is_found(
    planted: pd.DataFrame,
) -> None:
    """One SD, within trusts or between them: by four screens of five at least."""
    found = planted.xs(1.5, level="between")
    assert len(found) == 4
    assert found["found"].min() >= 0.80
    assert (found["screens"] >= 200).all()


def test_where_levels_differ_little_the_rule_lets_no_indicator_through(
    planted: pd.DataFrame,
) -> None:
    """By reliability (R_3 below 0.60) but for the likest months, and there by discrimination."""
    closed = planted.xs(0.5, level="between")
    assert closed["found"].max() < 0.80
    assert closed.drop(0.9, level="likeness")["no_reliability"].min() > 0.80
    assert closed["no_discrimination"].xs(1.0, level="effect").min() > 0.5


def test_an_effect_is_put_on_the_entrants_from_entry_on() -> None:
    made = family_of([Setting(0.6, 1.5)] * 2, Form(24), np.random.default_rng(3))[1]
    added = made.with_effect(1.0).value - made.value
    assert added[made.entrants, 36:] == pytest.approx(1)
    assert np.abs(added).sum() == pytest.approx(24 * 24)
    least = np.sort(made.value[:, 33:36].mean(axis=1))[:24]
    assert np.sort(made.value[made.entrants, 33:36].mean(axis=1)) == pytest.approx(least)


def test_alike_indicators_are_as_alike_as_said_and_may_share_their_entrants() -> None:
    random = np.random.default_rng(2)
    made = family_of([Setting(0.3, 1.5)] * 12, Form(13, 0.5, together=True), random)
    values = np.array([one.value.ravel() for one in made])
    pairs = np.corrcoef(values)[np.triu_indices(12, 1)]
    assert pairs.mean() == pytest.approx(0.5, abs=0.1)
    assert values.std(axis=1).mean() == pytest.approx(np.sqrt(1 + 1.5**2), rel=0.1)
    assert all((one.entrants == made[0].entrants).all() for one in made)
    assert np.bincount(made[0].segment[:, 0])[1:].tolist() == [33, 32, 33, 32]


def test_the_page_shows_the_committed_table(nothing: pd.DataFrame, planted: pd.DataFrame) -> None:
    page = (ROOT / "docs" / "methods" / "key_indicator_screen.md").read_text(encoding="utf-8")
    rows = [
        [float(cell.replace("−", "-")) for cell in line.split("|")[1:-1]]
        for line in page.splitlines()
        if re.match(r"\| 0\.\d \| ", line)
    ]
    forms = [(form, many) for form in ("alone", "alike", "together") for many in (24, 13)]
    shown = [row for row in rows if len(row) == 2 + len(forms)]
    assert len(shown) == len(screen.SETTINGS)
    for row in shown:
        kept = [nothing.loc[(*form, *row[:2], 0.0), screen.CANDIDATE] for form in forms]
        assert row[2:] == pytest.approx([100 * float(one) for one in kept], abs=0.0501)
    _one_alone([row for row in rows if len(row) == 7], nothing)
    _planted_as_shown([row for row in rows if len(row) == 10], planted)


def test_the_page_says_what_the_committed_table_does(nothing: pd.DataFrame) -> None:
    text = (ROOT / "docs" / "methods" / "key_indicator_screen.md").read_text(encoding="utf-8")
    page = " ".join(text.split())
    share = 100 * nothing[screen.CANDIDATE]
    many, few = share.xs("mixed", level="form")
    nine = share.xs("planted", level="form").max()
    assert f"Wilson's interval is {100 * nothing['high'].max():.1f} at most" in page
    assert f"it is {many:.1f} (24 entrants) and {few:.1f} (13) of 480" in page
    assert f"q ≤ 0.10: {100 * nothing['responsive'].max():.1f} at most" in page
    assert f"Here it is {nothing['excess'].abs().max():.2f} at most" in page
    assert f"beside it {nine:.1f} per cent at most" in page


def _one_alone(shown: list[list[float]], nothing: pd.DataFrame) -> None:
    columns = ["r3", "reliable", "telling", "context", "excess"]
    assert len(shown) == len(screen.SETTINGS)
    for row in shown:
        kept = nothing.loc[("alone", 24, *row[:2], 0.0), columns]
        assert row[2:] == pytest.approx(list(kept), abs=0.00501)


def _planted_as_shown(shown: list[list[float]], planted: pd.DataFrame) -> None:
    columns = ["found", "low", "high", "no_reliability", "no_discrimination", "no_q"]
    columns += ["no_stability"]
    assert len(shown) == 2 * len(screen.SETTINGS)
    for row in shown:
        kept = planted.loc[("planted", 24, *row[:3]), columns]
        assert row[3:] == pytest.approx(list(kept), abs=0.00501)
