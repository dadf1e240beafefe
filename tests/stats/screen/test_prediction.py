"""Entry foretold: planted signals are found, noise is not, and nobody is tested on himself."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from indicators.stats.screen.folds import Question, out_of_fold
from indicators.stats.screen.prediction import Risk, asked, parted_in_time, prediction


def made(strength: float, units: int = 60, seed: int = 3) -> Risk:
    """Half of the organisations have an event on month 40 or later; the level falls in the year before."""
    random = np.random.default_rng(seed)
    event = np.where(np.arange(units) % 2 == 0, random.integers(20, 60, units), 1000)
    unit, month = np.repeat(np.arange(units), 16), np.tile(np.arange(0, 48, 3), units)
    until = (event[unit] - month).astype(float)
    near = (until > 0) & (until <= 12)
    features = random.normal(0, 1, (len(unit), 3))
    features[:, 0] -= strength * near
    kept = until > 0
    beside = random.normal(0, 1, (len(unit), 1))
    until = np.where(until > 900, np.inf, until)
    arrays = (unit, month, features, beside, until, 60.0 - month)
    return Risk(*(array[kept] for array in arrays))


def test_a_planted_signal_is_found_and_adds_to_what_is_known() -> None:
    found = prediction(made(2.0))
    assert found.auc.grade == "strong"
    assert found.events == len(
        {u for u, t in zip(made(2.0).unit, made(2.0).until, strict=True) if t <= 12}
    )
    assert found.skill is not None and found.skill.low is not None and found.skill.low > 0
    assert found.gain is not None and found.gain.low is not None and found.gain.low > 0.2
    assert found.slope == pytest.approx(1.0, abs=0.35)
    assert found.later is not None and found.later.value > 0.7
    # The level falls only in the year before: what is told 12 months ahead is not told 18 ahead.
    assert found.lead == 12


def test_noise_is_weak() -> None:
    found = prediction(made(0.0))
    assert found.auc.grade == "weak"
    assert found.lead is None
    assert found.skill is not None and found.skill.value < 0.02


def test_a_label_of_the_organisation_is_no_prediction_of_others() -> None:
    """A feature that names the organisation tells all within folds of rows, nothing across organisations."""
    risk = made(0.0)
    own = np.random.default_rng(9).normal(0, 1, 60)[risk.unit]
    found = prediction(replace(risk, features=np.column_stack([own, own, own])))
    assert found.auc.grade == "weak"


def test_few_events_are_not_assessable() -> None:
    found = prediction(made(2.0, units=30))
    assert found.auc.grade == "not assessable"
    assert found.auc.reason.startswith("TOO_FEW_EVENTS: ")
    assert found.gain is None


def test_what_was_not_followed_or_came_sooner_is_left_out() -> None:
    """Months to the event 2, 5, 20, none; followed 24, 24, 24 and 6 months."""
    risk = Risk(
        np.arange(5),
        np.zeros(5, dtype=np.int64),
        np.array([[1.0], [1.0], [1.0], [1.0], [np.nan]]),
        np.empty((5, 0)),
        np.array([2.0, 5.0, 20.0, np.inf, 5.0]),
        np.array([24.0, 24.0, 24.0, 6.0, 24.0]),
    )
    question, events = asked(risk, 3, 6, risk.features)
    assert question.unit.tolist() == [1, 2, 3]
    assert question.happened.tolist() == [True, False, False]
    assert events == 1
    assert asked(risk, 0, 12, risk.features)[0].unit.tolist() == [0, 1, 2]


def test_the_same_event_seen_from_several_days_counts_once() -> None:
    risk = made(0.0)
    question, events = asked(risk, 0, 12, risk.features)
    assert question.happened.sum() > 2 * events


def test_nobody_is_tested_on_himself() -> None:
    """With one organisation to a class, its own rows must be foretold without it: always wrong."""
    unit = np.repeat(np.arange(10), 5)
    happened = unit == 0
    given = np.where(happened, 1.0, 0.0)[:, None]
    found = out_of_fold(Question(unit, given, happened, np.zeros(50)), repeats=3)
    assert (found.chance[:, happened] == 0).all()


def test_area_is_that_of_the_library() -> None:
    risk = made(1.0)
    question, _ = asked(risk, 0, 12, risk.features)
    told = out_of_fold(question, 20)
    right = pairs = 0.0
    for chance, fold in zip(told.chance, told.fold, strict=True):
        for number in range(5):
            rows = fold == number
            yes = question.happened[rows].sum()
            weight = yes * (rows.sum() - yes)
            right += weight * roc_auc_score(question.happened[rows], chance[rows])
            pairs += weight
    found = prediction(risk).auc.estimate
    assert found is not None
    assert found.value == pytest.approx(right / pairs)


def test_knowing_nothing_is_chance_and_not_worse() -> None:
    """The same for everybody: shares of the other folds differ, but rows are compared within folds."""
    risk = made(0.0)
    same = replace(risk, features=np.zeros_like(risk.features), beside=np.zeros_like(risk.beside))
    found = prediction(same)
    assert found.auc.estimate is not None and found.gain is not None
    assert (found.auc.estimate.value, found.gain.value) == (0.5, 0.0)


def test_what_is_learnt_was_known_before_the_cut() -> None:
    """Events on days of months 10, 20, 30: the cut is 20. Of month 9 it was known by 21 only."""
    month = np.array([10, 20, 30, 8, 9, 21])
    happened = np.array([True, True, True, False, False, False])
    early, late = parted_in_time(Question(np.arange(6), np.zeros((6, 1)), happened, month))
    assert early.tolist() == [False, False, False, True, False, False]
    assert late.tolist() == [False, False, True, False, False, True]
