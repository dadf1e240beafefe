"""The change after entry beyond what similar organisations recovered without the programme."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indicators.stats.regression_to_mean.expected import (
    Fits,
    Regression,
    fit,
    prepare,
    regressors_of,
)
from indicators.stats.regression_to_mean.windows import (
    FloatArray,
    Histories,
    IntArray,
    Outcome,
    Windows,
    windows_of,
)

DRAWS, SEED = 999, 20211
FEWEST_BESIDE = 20
"""Organisations of its type without a programme at the same time, that an entrant needs beside it."""
ENOUGH_ENTRIES = 5
"""Entries from which their own spread tells how sure their mean is."""


class TooFewWindows(ValueError):
    """No entry could be judged; the message says why to a reader."""


@dataclass(frozen=True)
class Entry:
    """An organisation, its row in the histories, and the first period inside, its column."""

    row: int
    first: int

    @property
    def last(self) -> int:
        """The last period before."""
        return self.first - 1


@dataclass(frozen=True)
class Settings:
    """`outcome`: the value a year after the last period before entry, or the mean of that year."""

    outcome: Outcome = "after_a_year"
    draws: int = DRAWS
    seed: int = SEED
    alpha: float = 0.05


@dataclass(frozen=True)
class Rebound:
    """In the values' unit: `observed` change from `base`, `expected` change without the programme.

    The interval (both ends inclusive) is of the excess.
    """

    base: float
    observed: float
    expected: float
    ci_low: float
    ci_high: float

    @property
    def excess(self) -> float:
        """Observed less expected."""
        return self.observed - self.expected


@dataclass(frozen=True)
class Rebounds:
    """`each` entry that could be judged, their mean `together`, and `left_out`: those that could not.

    `organisations` and `windows`: how many without a programme the expected rebound is learnt from.
    """

    each: dict[Entry, Rebound]
    together: Rebound
    left_out: list[Entry]
    organisations: int
    windows: int


def rebounds(
    histories: Histories, entries: Sequence[Entry], settings: Settings | None = None
) -> Rebounds:
    """Observed and expected rebound of every entry (METHODS 6, item 1); TooFewWindows where none can be
    judged.

    Judged is an entry with enough values, outside a programme from fifteen months before it, with twenty
    organisations of its type or more beside it. What is expected is learnt from the windows without a
    programme that end in the same periods (docs/methods/regression_to_the_mean.md says why in these
    alone). Organisations are drawn anew, entrants and others each among themselves (percentiles of
    `draws`, the same for a seed). The interval of one entry also allows for how far single organisations
    lie from what is expected of them; that of five or more together follows their own spread.
    """
    settings = settings or Settings()
    problem = _problem_of(histories, entries, settings.outcome)
    random = np.random.default_rng(settings.seed)
    weights = _drawn(random, problem, settings.draws)
    left = problem.outcome - problem.expected(weights)
    alone = left - problem.noise(random, settings.draws)
    base, observed = problem.base, problem.outcome - problem.base
    expected = problem.expected(np.ones((1, weights.shape[1])))[0] - base
    low, high = _interval(alone, settings.alpha)
    columns = zip(base, observed, expected, low, high, strict=True)
    each = [Rebound(*map(float, column)) for column in columns]
    few = len(each) < ENOUGH_ENTRIES
    draws = alone.mean(axis=1) if few else _weighted_mean(left, weights[:, problem.rows])
    means = base.mean(), observed.mean(), expected.mean(), *_interval(draws, settings.alpha)
    return Rebounds(
        dict(zip(problem.entries, each, strict=True)),
        Rebound(*map(float, means)),
        [entry for entry in entries if entry not in problem.entries],
        problem.regression.organisations,
        int(problem.regression.count.sum()),
    )


@dataclass(frozen=True)
class _Problem:
    """The entries that can be judged, and all that is needed to judge them."""

    windows: Windows
    regressors: FloatArray
    kind: IntArray
    regression: Regression
    entries: list[Entry]

    @property
    def rows(self) -> IntArray:
        return np.array([entry.row for entry in self.entries], dtype=np.int64)

    @property
    def last(self) -> IntArray:
        return np.array([entry.last for entry in self.entries], dtype=np.int64)

    @property
    def base(self) -> FloatArray:
        return self.windows.base[self.rows, self.last]

    @property
    def outcome(self) -> FloatArray:
        return self.windows.outcome[self.rows, self.last]

    def expected(self, weights: FloatArray) -> FloatArray:
        """Expected outcomes (D, E), a row for each row of weights of organisations."""
        given = self.regressors[self.rows, self.last]
        return fit(self.regression, weights).expected(given, self.last)

    def noise(self, random: np.random.Generator, draws: int) -> FloatArray:
        """How far those of the type without a programme then lay from what was expected of them (D, E)."""
        fitted = fit(self.regression, np.ones((1, len(self.regressors))))
        away = [self._away(fitted, entry) for entry in self.entries]
        return np.column_stack([random.choice(one, size=draws) for one in away])

    def _away(self, fitted: Fits, entry: Entry) -> FloatArray:
        free = self.windows.is_free[:, entry.last] & (self.kind == self.kind[entry.row])
        given = self.regressors[free, entry.last]
        expected = fitted.expected(given, np.full(len(given), entry.last))[0]
        return np.asarray(self.windows.outcome[free, entry.last] - expected)


def _problem_of(histories: Histories, entries: Sequence[Entry], outcome: Outcome) -> _Problem:
    windows = windows_of(histories, outcome)
    regressors = regressors_of(windows, histories.kind)
    judged = [entry for entry in entries if _can_be_judged(histories, windows, entry)]
    if not judged:
        cause = (
            "No entry has values from fifteen months before to a year after it, free of programmes"
        )
        beside = f"until then and with {FEWEST_BESIDE} organisations of its type beside it"
        raise TooFewWindows(f"{cause} {beside}. Choose an indicator with a longer series.")
    last = np.array([entry.last for entry in judged])
    regression = prepare(windows, regressors, last)
    return _Problem(windows, regressors, histories.kind, regression, judged)


def _can_be_judged(histories: Histories, windows: Windows, entry: Entry) -> bool:
    if not 0 < entry.first <= histories.value.shape[1]:
        return False
    row, last = entry.row, entry.last
    begins = max(0, last + 1 - histories.year - histories.quarter)
    known = np.isfinite(
        [part[row, last] for part in (windows.base, windows.earlier, windows.outcome)]
    )
    beside = int(windows.is_free[histories.kind == histories.kind[row], last].sum())
    is_outside = not histories.inside[row, begins : last + 1].any()
    return bool(known.all()) and is_outside and beside >= FEWEST_BESIDE


def _drawn(random: np.random.Generator, problem: _Problem, draws: int) -> FloatArray:
    """How often each organisation counts in each draw (D, N): entrants and others each among themselves."""
    number = len(problem.regressors)
    entrants = np.unique(problem.rows)
    others = np.setdiff1d(np.arange(number), entrants)
    weights = np.zeros((draws, number))
    for group in (entrants, others):
        even = np.full(len(group), 1 / len(group))
        weights[:, group] = random.multinomial(len(group), even, size=draws)
    return weights


def _weighted_mean(left: FloatArray, weights: FloatArray) -> FloatArray:
    return np.asarray((left * weights).sum(axis=1) / weights.sum(axis=1))


def _interval(draws: FloatArray, alpha: float) -> FloatArray:
    """The two ends; a draw in which a period lost all its organisations is none."""
    return np.asarray(np.nanquantile(draws, [alpha / 2, 1 - alpha / 2], axis=0))
