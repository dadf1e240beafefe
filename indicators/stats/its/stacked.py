"""Controlled interrupted series as one stacked model: every unit's values, one AR(1) within units (METHODS 2)."""

from dataclasses import dataclass, replace

import numpy as np

from indicators.stats.its.controlled import Units
from indicators.stats.its.design import Design
from indicators.stats.its.fit import Fit, FloatArray, Regression
from indicators.stats.its.model import Model
from indicators.stats.its.reml import fit_reml
from indicators.stats.its.scale import Scale

MANY = 10
"""Comparators from which on (inclusive) every period has a level of its own in place of common lines."""
_OWN = ("time", "level_", "slope_")


@dataclass(frozen=True)
class Stacked:
    """The stacked fit, and what it says of the difference as a model of that series.

    `fit` has the levels of comparators (`unit_…`, summing to 0) and either the terms of the design in common
    or a level of every period (`period_…`); then `treated` and, times it, the line, levels and slopes.
    """

    fit: Fit
    difference: Model
    has_periods: bool


def fit_stacked(units: Units, design: Design) -> Stacked:
    """All units at the periods that the `design` of the difference uses, by REML."""
    has_periods = units.others.shape[1] >= MANY
    at = np.isin(units.count, design.grid[design.used])
    values = np.column_stack([units.entered, units.others])[at]
    rows = np.isin(design.grid, units.count[at])
    x, names = _columns(design, rows, values.shape[1], has_periods)
    known = ~np.isnan(values.T.ravel())
    unit = np.repeat(np.arange(values.shape[1]), len(values))[known]
    time = np.tile(units.count[at], values.shape[1])[known]
    fit = fit_reml(Regression(values.T.ravel()[known], x[known], time, names, unit))
    return Stacked(fit, _difference(fit, design), has_periods)


def _columns(
    design: Design, rows: np.ndarray, number: int, has_periods: bool
) -> tuple[FloatArray, tuple[str, ...]]:
    """The stacked design, units one after the other, the one that entered first."""
    one = design.x[rows]
    n = len(one)
    levels = np.vstack([np.zeros(number - 2), np.eye(number - 2), -np.ones(number - 2)])
    common = np.eye(n)[:, 1:] if has_periods else one[:, 1:]
    shared = tuple(f"period_{k}" for k in range(2, n + 1)) if has_periods else design.terms[1:]
    own = [k for k, term in enumerate(design.terms) if term.startswith(_OWN)]
    is_entered = np.repeat(np.arange(number) == 0, n)[:, None]
    x = np.hstack(
        [
            np.ones((number * n, 1)),
            np.repeat(levels, n, axis=0),
            np.tile(common, (number, 1)),
            is_entered * 1.0,
            is_entered * np.tile(one[:, own], (number, 1)),
        ]
    )
    names = (
        "intercept",
        *(f"unit_{k}" for k in range(2, number)),
        *shared,
        "treated",
        *(f"treated:{design.terms[k]}" for k in own),
    )
    return x, names


def _difference(fit: Fit, design: Design) -> Model:
    """The part of the fit that is about the difference, in the terms of the design without seasons."""
    places = [k for k, term in enumerate(fit.terms) if term.startswith("treated")]
    kept = [k for k, term in enumerate(design.terms) if k == 0 or term.startswith(_OWN)]
    spread = np.eye(len(fit.terms))[places]
    terms = tuple(design.terms[k] for k in kept)
    part = replace(
        fit,
        terms=terms,
        estimate=fit.estimate[places],
        covariance=fit.covariance[np.ix_(places, places)],
        degrees=lambda c: fit.degrees(c @ spread),
    )
    return Model(replace(design, terms=terms, x=design.x[:, kept]), part, Scale())
