"""Galton's check: the change that a pair of measurements lets one expect of those low at the first."""

from dataclasses import dataclass

import numpy as np

from indicators.stats.regression_to_mean.excess import Entry
from indicators.stats.regression_to_mean.windows import FloatArray, Histories, windows_of


@dataclass(frozen=True)
class Galton:
    """`correlation` ρ of the two measurements, their means and standard deviations over all organisations."""

    correlation: float
    first_mean: float
    second_mean: float
    first_sd: float
    second_sd: float

    def change(self, first: float) -> float:
        """Expected change of one that measured `first`: (ρ·s2/s1 − 1)(x − μ1) + (μ2 − μ1)."""
        slope = self.correlation * self.second_sd / self.first_sd
        return (slope - 1) * (first - self.first_mean) + self.second_mean - self.first_mean


def galton(first: FloatArray, second: FloatArray) -> Galton:
    """From both measurements of the same organisations (N,), three or more that vary, none missing.

    Assumes a straight line, a stationary series, and selection on the first measurement alone: if
    organisations were chosen for other reasons too, the expected change is too large.
    """
    correlation = float(np.corrcoef(first, second)[0, 1])
    spreads = float(first.std(ddof=1)), float(second.std(ddof=1))
    return Galton(correlation, float(first.mean()), float(second.mean()), *spreads)


def galton_beside(histories: Histories, entry: Entry) -> float:
    """Expected change of an entry by the formula, from its base alone; of one that `rebounds` can judge.

    The measurements are the base and the value a year after its last period, of the organisations of its
    type without a programme whose windows end in the same period.
    """
    windows = windows_of(histories, "after_a_year")
    is_alike = histories.kind == histories.kind[entry.row]
    free = windows.is_free[:, entry.last] & is_alike
    check = galton(windows.base[free, entry.last], windows.outcome[free, entry.last])
    return check.change(float(windows.base[entry.row, entry.last]))


def expected_share(reliability: float) -> float:
    """Share of a distance from the mean that is expected to vanish: 1 − reliability of the baseline."""
    return 1 - reliability
