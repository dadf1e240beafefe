"""Organisations drawn anew: how often each counts in each draw, and what a statistic's interval is then."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Grade = Literal["strong", "adequate", "weak", "not assessable"]

DRAWS, SEED = 500, 20211
_ENDS = (0.025, 0.975)
_LEAST_DRAWS = 0.9


@dataclass(frozen=True)
class Estimate:
    """A statistic and its 95 % interval, both ends inclusive; the ends are None where none can be told."""

    value: float
    low: float | None = None
    high: float | None = None


def oriented(value: float, ends: tuple[float, float], side: int) -> Estimate:
    """An estimate whose greater side is the better one."""
    low, high = sorted(side * end for end in ends)
    return Estimate(side * value, low, high)


@dataclass(frozen=True)
class Scored:
    """One criterion of one indicator: its estimate (None where nothing can be said), grade and reason.

    `reason` is empty unless the grade is `not assessable`: then it says why, as a clause for a reader.
    """

    estimate: Estimate | None
    grade: Grade
    reason: str = ""


def not_assessable(reason: str) -> Scored:
    """A criterion of which the data tell nothing, and why."""
    return Scored(None, "not assessable", reason)


def organisation_weights(units: int, draws: int = DRAWS, seed: int = SEED) -> FloatArray:
    """How often each of `units` organisations counts in each draw (draws, units), with replacement.

    An organisation is drawn with all its periods. The same seed gives the same weights.
    """
    random = np.random.default_rng(seed)
    return random.multinomial(units, np.full(units, 1 / units), size=draws).astype(np.float64)


def with_interval(value: float, draws: FloatArray) -> Estimate:
    """The percentile interval of a statistic; none where a tenth of the draws or more could not be told."""
    known = draws[np.isfinite(draws)]
    if len(known) <= _LEAST_DRAWS * len(draws):
        return Estimate(value)
    low, high = np.quantile(known, _ENDS)
    return Estimate(value, float(low), float(high))


def quotient(above: FloatArray, below: FloatArray) -> FloatArray:
    """Quotients, NaN where there is nothing to divide by."""
    found = np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0)
    return np.asarray(found, dtype=np.float64)
