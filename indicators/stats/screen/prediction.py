"""Whether an indicator foretells entry or exit, with what was published at the time (METHODS 8.5)."""

from dataclasses import dataclass

import numpy as np

from indicators.stats.screen.discrimination import Pairs, grade_of_share
from indicators.stats.screen.folds import REPEATS, Foretold, Question, fitted, out_of_fold
from indicators.stats.screen.resampling import (
    BoolArray,
    Estimate,
    FloatArray,
    IntArray,
    Scored,
    not_assessable,
    organisation_weights,
    quotient,
    with_interval,
)
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds

HORIZON = 12
LEADS = (3, 6, 9, 12, 18)
_LEAD_REPEATS = 5
_EDGE = 1e-6


@dataclass(frozen=True)
class Risk:
    """Organisations at risk of an event on days a quarter or a month apart, a row each (n,).

    `unit`: numbered from 0; `month`: of the day, counted; `features` (n, F): level, change, state as known on
    the day; `beside` (n, B): what is known without the indicator (segment, type, deficit). `until`: months
    from the day to the event, inf where none is on record; `followed`: months after the day for which it is
    known whether one came.
    """

    unit: IntArray
    month: IntArray
    features: FloatArray
    beside: FloatArray
    until: FloatArray
    followed: FloatArray


@dataclass(frozen=True)
class Prediction:
    """Out of fold, an event within twelve months: `auc` graded, Brier `skill`, calibration `slope`.

    `gain`: AUC gained over what is known without the indicator. `later`: AUC of the later half when learnt
    from the earlier; None where one half has no event. `lead`: the most months ahead at which the event is
    still told (AUC's lower end above the limit); None at none. `events`: how many different events. `draws`:
    the AUC in each draw of organisations (D,), None where nothing is fitted.
    """

    auc: Scored
    skill: Estimate | None
    slope: float | None
    gain: Estimate | None
    later: Estimate | None
    lead: int | None
    events: int
    draws: FloatArray | None = None


def prediction(risk: Risk, thresholds: Thresholds = DEFAULTS) -> Prediction:
    """Ridge logistic regression, five folds of whole organisations, twenty times (scikit-learn).

    Under twenty events or five organisations nothing is fitted: `TOO_FEW_EVENTS`. Intervals draw
    organisations anew from the out-of-fold predictions; models are not fitted again.
    """
    question, events = asked(risk, 0, HORIZON, risk.features)
    if events < thresholds.events or len(np.unique(question.unit)) < 5 or question.happened.all():
        why = f"TOO_FEW_EVENTS: {events} events, at least {thresholds.events} are needed"
        return Prediction(not_assessable(why), None, None, None, None, None, events)
    found = out_of_fold(question, REPEATS)
    weights = organisation_weights(int(risk.unit.max()) + 1)
    auc, draws = _auc(question, found, weights)
    return Prediction(
        Scored(auc, grade_of_share(auc, thresholds)),
        _skill(question, found.chance, weights),
        _slope(question, found.chance),
        _gain(risk, weights),
        _later(risk, weights),
        _lead(risk, weights, thresholds),
        events,
        draws,
    )


def asked(risk: Risk, after: int, within: int, given: FloatArray) -> tuple[Question, int]:
    """Whether an event comes more than `after` and at most `within` months later, and how many events do.

    Rows whose event comes sooner, or that were not followed long enough, are left out; so are rows with a
    feature that was not known.
    """
    happened = (risk.until > after) & (risk.until <= within)
    clear = (risk.until > within) & (risk.followed >= within)
    kept = (happened | clear) & np.isfinite(risk.features).all(axis=1)
    kept &= np.isfinite(given).all(axis=1)
    when = risk.month[kept & happened] + risk.until[kept & happened]
    events = {(unit, month) for unit, month in zip(risk.unit[kept & happened], when, strict=True)}
    return Question(risk.unit[kept], given[kept], happened[kept], risk.month[kept]), len(events)


def _auc(question: Question, found: Foretold, weights: FloatArray) -> tuple[Estimate, FloatArray]:
    """Share of pairs, over all repeats, in which the row with an event has the greater chance; by draw."""
    pairs = _pairs(question, found, weights.shape[1])
    draws = pairs.share(weights)
    return with_interval(float(pairs.right.sum() / pairs.all.sum()), draws), draws


def _pairs(question: Question, found: Foretold, units: int) -> Pairs:
    """Of each two organisations, rows with an event against rows without, within a fold.

    Rows of different folds are of different models. Those of a fold with many events are foretold by a model
    that saw few: across folds, a model that knows nothing would do worse than chance.
    """
    yes, no = np.flatnonzero(question.happened), np.flatnonzero(~question.happened)
    right, same = np.zeros((len(yes), len(no))), np.zeros((len(yes), len(no)))
    for chance, fold in zip(found.chance, found.fold, strict=True):
        together = fold[yes][:, None] == fold[no][None, :]
        right += together * (1 + np.sign(chance[yes][:, None] - chance[no][None, :])) / 2
        same += together
    of_yes, of_no = (np.eye(units)[question.unit[rows]] for rows in (yes, no))
    return Pairs(of_yes.T @ right @ of_no, of_yes.T @ same @ of_no)


def _skill(question: Question, chance: FloatArray, weights: FloatArray) -> Estimate:
    """1 − squared errors / squared errors of the base rate."""
    wrong = ((chance - question.happened) ** 2).mean(axis=0)
    plain = (question.happened - question.happened.mean()) ** 2
    drawn = weights[:, question.unit]
    draws = 1 - quotient(drawn @ wrong, drawn @ plain)
    return with_interval(float(1 - wrong.sum() / plain.sum()), draws)


def _slope(question: Question, chance: FloatArray) -> float:
    """Slope of the event on the log odds foretold; 1 is right, below 1 is too sure."""
    held = np.clip(chance, _EDGE, 1 - _EDGE)
    odds = np.log(held / (1 - held)).mean(axis=0)
    if np.ptp(odds) == 0:
        return float("nan")
    spread = float(odds.std())
    model = fitted(((odds - odds.mean()) / spread)[:, None], question.happened, free=True)
    return float(model.coef_[0, 0]) / spread


def _gain(risk: Risk, weights: FloatArray) -> Estimate:
    """AUC with the indicator less AUC without, of the same rows in the same folds."""
    both = np.column_stack([risk.beside, risk.features])
    with_it, _ = asked(risk, 0, HORIZON, both)
    without = with_it.given_only(risk.beside.shape[1])
    found = [
        _pairs(question, out_of_fold(question, REPEATS), weights.shape[1])
        for question in (with_it, without)
    ]
    values = [float(pairs.right.sum() / pairs.all.sum()) for pairs in found]
    draws = [pairs.share(weights) for pairs in found]
    return with_interval(values[0] - values[1], draws[0] - draws[1])


def _later(risk: Risk, weights: FloatArray) -> Estimate | None:
    """Learnt from days whose twelve months were over by the middle event; tested on the days after it."""
    question, _ = asked(risk, 0, HORIZON, risk.features)
    early, late = parted_in_time(question)
    if min(len(np.unique(question.happened[rows])) for rows in (early, late)) < 2:
        return None
    learnt, tested = question.rows(early), question.rows(late)
    centre, spread = learnt.scale()
    model = fitted((learnt.given - centre) / spread, learnt.happened)
    chance = model.predict_proba((tested.given - centre) / spread)[:, 1]
    told = Foretold(chance[None, :], np.zeros((1, len(chance)), np.int64))
    return _auc(tested, told, weights)[0]


def parted_in_time(question: Question) -> tuple[BoolArray, BoolArray]:
    """Rows to learn from and rows to test on: nothing is learnt that was not known by the cut."""
    cut = float(np.median(question.month[question.happened]))
    return np.asarray(question.month + HORIZON <= cut), np.asarray(question.month > cut)


def _lead(risk: Risk, weights: FloatArray, thresholds: Thresholds) -> int | None:
    """The longest lead that is told, an event counting only between one lead and the next."""
    told = [
        within
        for after, within in zip((0, *LEADS), LEADS, strict=False)
        if _is_told(asked(risk, after, within, risk.features), weights, thresholds)
    ]
    return max(told, default=None)


def _is_told(found: tuple[Question, int], weights: FloatArray, thresholds: Thresholds) -> bool:
    question, events = found
    if events < thresholds.events or question.happened.all():
        return False
    auc, _ = _auc(question, out_of_fold(question, _LEAD_REPEATS), weights)
    return auc.low is not None and auc.low > thresholds.discrimination
