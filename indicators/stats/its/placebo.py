"""Placebo in time: how often a change as clear would be found where there was none (METHODS 1.8)."""

from dataclasses import dataclass, replace

import numpy as np

from indicators.stats.its.design import Design, build
from indicators.stats.its.fitting import Method, fit_design
from indicators.stats.its.model import Model
from indicators.stats.its.notices import NotFitted
from indicators.stats.its.observed import Observed
from indicators.stats.its.specification import Specification

EACH_SIDE = 8
"""Points that a made-up interruption needs before and after it."""


@dataclass(frozen=True)
class Placebo:
    """Level changes at made-up interruptions before the first: their periods and absolute t.

    `rank` is the place of the real |t| among these and itself, the largest first; `p` is (1 + how many are as
    large) / (1 + how many there are), so it cannot be below 1 / (1 + number).
    """

    periods: tuple[int, ...]
    t: tuple[float, ...]
    observed_t: float
    rank: int
    p: float


def placebo_in_time(
    specification: Specification, model: Model, observed: Observed, method: Method
) -> Placebo | None:
    """Every made-up interruption in the time before the first; None where not one has room.

    The model before has the same terms, seasons by the rule for its length, and the same estimator (REML in
    place of ARIMA, which is slow).
    """
    design = model.design
    before = observed.among(design.grid[design.used & (design.grid < design.interruptions[0].at)])
    asked = replace(
        specification,
        seasonality="none" if specification.seasonality == "none" else "auto",
        phase_in=0,
        anticipation=0,
        slope_change=design.interruptions[0].has_slope,
    )
    found = {}
    for at in before.count[EACH_SIDE : len(before.count) - EACH_SIDE + 1].tolist():
        t = _t_of(replace(asked, interruptions=(at,)), before, method.beside)
        if t is not None:
            found[at] = t
    if not found:
        return None
    real = _t(model)
    larger = sum(t >= real for t in found.values())
    return Placebo(
        tuple(found), tuple(found.values()), real, 1 + larger, (1 + larger) / (1 + len(found))
    )


def _t_of(specification: Specification, before: Observed, method: Method) -> float | None:
    try:
        design: Design = build(specification, before.count)
        return _t(fit_design(design, before, method))
    except NotFitted:
        return None


def _t(model: Model) -> float:
    """|t| of the first change of level."""
    level = np.array([term == "level_1" for term in model.design.terms], dtype=float)
    found = model.fit.contrast(level)
    return abs(found.estimate) / found.se
