"""Ridge logistic regression, judged on organisations that it was not fitted on."""

from dataclasses import dataclass, replace

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from indicators.stats.screen.resampling import SEED, BoolArray, FloatArray, IntArray

FOLDS, REPEATS = 5, 20
_RIDGE = 1.0


@dataclass(frozen=True)
class Question:
    """Rows (n,): organisation, what is `given` (n, F), whether the event `happened`, and the month."""

    unit: IntArray
    given: FloatArray
    happened: BoolArray
    month: IntArray

    def given_only(self, columns: int) -> "Question":
        """The same rows with the first `columns` of what is given."""
        return replace(self, given=self.given[:, :columns])

    def rows(self, kept: BoolArray) -> "Question":
        """Some of the rows."""
        return Question(self.unit[kept], self.given[kept], self.happened[kept], self.month[kept])

    def scale(self) -> tuple[FloatArray, FloatArray]:
        """Mean and standard deviation of each column; 1 for one that is the same in every row."""
        spread = self.given.std(axis=0)
        return self.given.mean(axis=0), np.where(spread > 0, spread, 1.0)


@dataclass(frozen=True)
class Foretold:
    """`chance` of the event for every row (R, n), and the `fold` (R, n) whose model was not fitted on it."""

    chance: FloatArray
    fold: IntArray


def out_of_fold(question: Question, repeats: int, seed: int = SEED) -> Foretold:
    """Chances in `repeats` (R) ways of parting, each from a model of the other folds' organisations.

    Columns are scaled by the rows that are fitted on. Where these hold no event, or nothing is given, the
    chance is their share.
    """
    chance = np.empty((repeats, len(question.unit)))
    fold = np.empty(chance.shape, dtype=np.int64)
    for repeat in range(repeats):
        folds = GroupKFold(FOLDS, shuffle=True, random_state=seed + repeat)
        parts = folds.split(question.given, groups=question.unit)
        for number, (learnt, tested) in enumerate(parts):
            chance[repeat, tested] = _foretold(question, learnt, question.given[tested])
            fold[repeat, tested] = number
    return Foretold(chance, fold)


def _foretold(question: Question, learnt: IntArray, given: FloatArray) -> FloatArray:
    known = Question(
        question.unit[learnt],
        question.given[learnt],
        question.happened[learnt],
        question.month[learnt],
    )
    if known.happened.all() or not known.happened.any() or given.shape[1] == 0:
        return np.full(len(given), known.happened.mean())
    centre, spread = known.scale()
    model = fitted((known.given - centre) / spread, known.happened)
    return np.asarray(model.predict_proba((given - centre) / spread)[:, 1])


def fitted(given: FloatArray, happened: BoolArray, free: bool = False) -> LogisticRegression:
    """Logistic regression with the squares of the slopes held down by a ridge of 1, or `free` of it."""
    model = LogisticRegression(C=np.inf if free else 1 / _RIDGE, solver="newton-cholesky")
    return model.fit(given, happened)
