"""Controlled interrupted series: one that entered less the mean of others, and placebos (METHODS 2)."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import lstsq

from indicators.stats.its.design import build
from indicators.stats.its.fit import Contrast, FloatArray, IntArray
from indicators.stats.its.fitting import Method, fit_design
from indicators.stats.its.model import Model
from indicators.stats.its.notices import NotFitted
from indicators.stats.its.observed import Observed
from indicators.stats.its.specification import Specification

MOST_ABSENT = 0.5
"""Share of comparators that may lack a period's value before the period has no comparison."""


@dataclass(frozen=True)
class Units:
    """One that entered, `entered` (n,), beside J others (n, J) at the periods `count` (n,), in order.

    A missing value is NaN. `weights` (J,) are above 0 and sum to 1.
    """

    count: IntArray
    entered: FloatArray
    others: FloatArray
    weights: FloatArray

    @property
    def line(self) -> FloatArray:
        """The weighted mean of the others (n,); NaN where over half of them have no value.

        One without a value in a period counts there as far from the others as it is elsewhere, so that the
        mean does not jump when a high or a low one is missing.
        """
        absent = np.isnan(self.others)
        line = _whole(self.others) @ self.weights
        return np.where(absent.mean(axis=1) > MOST_ABSENT, np.nan, line)

    def difference(self) -> Observed:
        """The one that entered less the line of the others, where both are known; it has no bounds."""
        gap = self.entered - self.line
        known = ~np.isnan(gap)
        return Observed(self.count[known], gap[known], lowest=-np.inf)

    def as_if(self, place: int) -> "Units":
        """The comparator of that place (from 0) as if it had entered, beside the other comparators alone."""
        weights = np.delete(self.weights, place)
        return Units(
            self.count,
            self.others[:, place],
            np.delete(self.others, place, axis=1),
            weights / weights.sum(),
        )


def _whole(others: FloatArray) -> FloatArray:
    """The values (n, J), each missing one as the levels of its unit and its period together have it."""
    known = ~np.isnan(others)
    if known.all():
        return others
    weight = known.astype(float)
    size = np.maximum(weight.sum(axis=0), 1)
    given = np.where(known, others, 0.0)
    # Least squares on units and periods, the units' levels swept out.
    left = np.diag(weight.sum(axis=1)) - (weight / size) @ weight.T
    right = given.sum(axis=1) - weight @ (given.sum(axis=0) / size)
    period = lstsq(left, right, lapack_driver="gelsy")[0]
    unit = (given - weight * period[:, None]).sum(axis=0) / size
    return np.where(known, others, unit + period[:, None])


@dataclass(frozen=True)
class PlaceboUnit:
    """A comparator as if it had entered: its place (from 0), and the changes that would be found."""

    place: int
    terms: dict[str, Contrast]


@dataclass(frozen=True)
class SpaceTest:
    """The real |t| of one term among those of `number` placebos.

    `rank` is its place, the largest first; `p` = (1 + how many are at least as large) / (1 + number), so it
    cannot be below `floor`.
    """

    term: str
    observed_t: float
    number: int
    rank: int

    @property
    def p(self) -> float:
        """How often chance alone would do as much."""
        return self.rank / (1 + self.number)

    @property
    def floor(self) -> float:
        """The least that p can be."""
        return 1 / (1 + self.number)


def placebos_in_space(
    specification: Specification, units: Units, method: Method
) -> tuple[PlaceboUnit, ...]:
    """Every comparator as if it had entered, without the one that did; none that cannot be fitted."""
    found = []
    for place in range(units.others.shape[1] if units.others.shape[1] > 1 else 0):
        observed = units.as_if(place).difference()
        try:
            model = fit_design(build(specification, observed.count), observed, method.beside)
        except NotFitted:
            continue
        found.append(PlaceboUnit(place, changes(model)))
    return tuple(found)


def changes(model: Model, alpha: float = 0.05) -> dict[str, Contrast]:
    """The changes of level and slope at the interruptions, by the names of their terms."""
    rows = zip(model.design.terms, np.eye(len(model.design.terms)), strict=True)
    return {
        term: model.fit.contrast(row, alpha)
        for term, row in rows
        if term.startswith(("level_", "slope_"))
    }


def space_tests(
    real: dict[str, Contrast], placebos: tuple[PlaceboUnit, ...]
) -> tuple[SpaceTest, ...]:
    """The rank of every change among placebos that have it; none where there is no placebo."""
    tests = []
    for term, own in real.items():
        t = [abs(t_of(one.terms[term])) for one in placebos if term in one.terms]
        if t:
            larger = sum(other >= abs(t_of(own)) for other in t)
            tests.append(SpaceTest(term, t_of(own), len(t), 1 + larger))
    return tuple(tests)


def t_of(contrast: Contrast) -> float:
    """The estimate by its standard error."""
    return contrast.estimate / contrast.se


def disagree(contrast: Contrast, test: SpaceTest, alpha: float) -> bool:
    """Whether the interval and the placebos tell different stories of one change.

    The interval leaves out 0 though placebos do as much as often as `alpha` (or one of them does, where they
    are too few for that); or it holds 0 though fewer than `alpha` do.
    """
    is_clear = contrast.ci_low > 0 or contrast.ci_high < 0
    return test.p > max(alpha, test.floor) if is_clear else test.p <= alpha
