"""A low point, the same months a year before, and what came a year later: every window there is."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]
Outcome = Literal["after_a_year", "mean_of_year"]


@dataclass(frozen=True)
class Histories:
    """`value` (N, T) of organisations by period, NaN where missing; periods follow one another without a gap.

    `inside` (N, T): in a programme in that period. `kind` (N,): type of organisation as a whole number.
    `year`: periods in a year, 12 or 4.
    """

    value: FloatArray
    inside: BoolArray
    kind: IntArray
    year: int = 12

    @property
    def quarter(self) -> int:
        """Periods in three months."""
        return self.year // 4


@dataclass(frozen=True)
class Windows:
    """All (N, T), by t, the last period before: NaN where too many values are missing.

    `base`: mean of three months up to t (inclusive). `earlier`: the same a year before. `outcome`: the value
    a year after t, or the mean of the year after it. `is_free`: no period from the first of `earlier` to the
    last of `outcome` is inside a programme, and all three are known.
    """

    base: FloatArray
    earlier: FloatArray
    outcome: FloatArray
    is_free: BoolArray


def windows_of(histories: Histories, outcome: Outcome) -> Windows:
    """Every window. A mean needs three quarters of its values, and at least one."""
    year, quarter = histories.year, histories.quarter
    base = trailing_mean(histories.value, quarter)
    later = histories.value if outcome == "after_a_year" else trailing_mean(histories.value, year)
    earlier, ahead = _moved(base, year), _moved(later, -year)
    known = np.isfinite(base) & np.isfinite(earlier) & np.isfinite(ahead)
    return Windows(base, earlier, ahead, known & _is_outside(histories))


def trailing_mean(value: FloatArray, length: int) -> FloatArray:
    """Mean of the last `length` periods up to each (inclusive); NaN with under three quarters of them."""
    known = np.isfinite(value)
    total, count = _trailing_sum(np.where(known, value, 0.0), length), _trailing_sum(known, length)
    enough = count >= max(1, int(np.ceil(0.75 * length)))
    return np.where(enough, total / np.maximum(count, 1), np.nan)


def _is_outside(histories: Histories) -> BoolArray:
    """Whether nothing from `earlier` to `outcome` is inside."""
    year = histories.year
    inside = _trailing_sum(histories.inside, 2 * year + histories.quarter)
    return np.asarray(_moved(inside, -year) == 0)


def _trailing_sum(value: npt.NDArray[np.generic], length: int) -> FloatArray:
    total = np.cumsum(np.asarray(value, dtype=np.float64), axis=1)
    before = np.zeros_like(total)
    before[:, length:] = total[:, :-length] if length < total.shape[1] else 0.0
    return total - before


def _moved(value: FloatArray, by: int) -> FloatArray:
    """The array `by` periods later (earlier if negative), NaN where nothing moves in."""
    moved = np.full_like(value, np.nan)
    if abs(by) < value.shape[1]:
        if by > 0:
            moved[:, by:] = value[:, :-by]
        else:
            moved[:, :by] = value[:, -by:]
    return moved
