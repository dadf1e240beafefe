"""Entry foretold: planted signals are found, noise is not, and nobody is tested on himself."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from indicators.stats.screen.folds import Question, out_of_fold
from indicators.stats.screen.prediction import Risk, asked, prediction


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
    chance = out_of_fold(Question(unit, given, happened, np.zeros(50)), repeats=3)
    assert (chance[:, happened] == 0).all()


def test_area_is_that_of_the_library() -> None:
    risk = made(1.0)
    question, _ = asked(risk, 0, 12, risk.features)
    chance = out_of_fold(question, 20)
    expected = np.mean([roc_auc_score(question.happened, one) for one in chance])
    found = prediction(risk).auc.estimate
    assert found is not None
    assert found.value == pytest.approx(expected)
