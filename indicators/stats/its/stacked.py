"""Controlled interrupted series as one stacked model of all units, AR(1) within each (METHODS 2)."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import helmert

from indicators.stats.its.controlled import Units
from indicators.stats.its.design import Design
from indicators.stats.its.fit import Fit, FloatArray, Regression
from indicators.stats.its.model import Model
from indicators.stats.its.reml import fit_reml
from indicators.stats.its.scale import Scale

MANY = 10
"""Comparators from which on (inclusive) every period has a level of its own in place of common lines."""
COMPLETE = 0.8
"""Share of periods in which everybody needs a value for that."""
_OWN = ("time", "level_", "slope_")


@dataclass(frozen=True)
class Stacked:
    """The stacked fit, and what it says of the difference as a model of that series.

    `fit` has `treated` and, times it, the line, levels and slopes; levels of comparators (`unit_…`, which sum
    to 0); and the terms of the design in common, unless `has_periods`: then every period has its own level.
    """

    fit: Fit
    difference: Model
    has_periods: bool


def fit_stacked(units: Units, design: Design) -> Stacked:
    """All units, weighed alike, at the periods that the `design` of the difference uses, by REML."""
    at = np.isin(units.count, design.grid[design.used])
    values = np.column_stack([units.entered, units.others])[at]
    count = units.count[at]
    is_complete = np.asarray(~np.isnan(values).any(axis=1))
    has_periods = units.others.shape[1] >= MANY and _can_compare(is_complete, count, design)
    if has_periods:
        data = _by_periods(values[is_complete], count[is_complete], design)
    else:
        data = _by_lines(values, count, design)
    fit = fit_reml(data)
    return Stacked(fit, _difference(fit, design), has_periods)


def _can_compare(is_complete: np.ndarray, count: np.ndarray, design: Design) -> bool:
    """Whether the periods in which everybody has a value are enough, and tell changes from each other."""
    own = design.x[np.isin(design.grid, count[is_complete])][:, _own(design)]
    is_told = np.linalg.matrix_rank(own) == own.shape[1] < len(own)
    return bool(is_complete.mean() >= COMPLETE and is_told)


def _own(design: Design) -> list[int]:
    """The columns of the design that the one that entered has of its own: constant, line, levels, slopes."""
    return [k for k, term in enumerate(design.terms) if k == 0 or term.startswith(_OWN)]


def _names(design: Design) -> tuple[str, ...]:
    _, *others = _own(design)
    return ("treated", *(f"treated:{design.terms[k]}" for k in others))


def _by_lines(values: FloatArray, count: np.ndarray, design: Design) -> Regression:
    """Every unit's values (n, units), the one that entered first, on the terms in common and its own."""
    n, number = values.shape
    one = design.x[np.isin(design.grid, count)]
    levels = np.vstack([np.zeros(number - 2), np.eye(number - 2), -np.ones(number - 2)])
    is_entered = np.repeat(np.arange(number) == 0, n)[:, None]
    own = is_entered * np.tile(one[:, _own(design)], (number, 1))
    x = np.hstack([np.tile(one, (number, 1)), own, np.repeat(levels, n, axis=0)])
    names = (*design.terms, *_names(design), *(f"unit_{k}" for k in range(2, number)))
    y, unit, time = values.T.ravel(), np.repeat(np.arange(number), n), np.tile(count, number)
    known = ~np.isnan(y)
    return Regression(y[known], x[known], time[known], names, unit[known])


def _by_periods(values: FloatArray, count: np.ndarray, design: Design) -> Regression:
    """The same with a level for every period, which leaves what sets units apart in it.

    That is the one that entered less the mean of the others, and contrasts among these, each scaled to the
    spread of a single unit: errors stay AR(1) with the same phi and independent of each other. Restricted
    likelihood and estimates are those of the model with a term for every period.
    """
    n, number = values.shape
    others = number - 1
    first = np.array([1.0, *[-1 / others] * others]) / np.sqrt(1 + 1 / others)
    contrasts = np.hstack([np.zeros((others - 1, 1)), helmert(others)])
    y = (values @ np.vstack([first, contrasts]).T).T.ravel()
    own = design.x[np.isin(design.grid, count)][:, _own(design)] / np.sqrt(1 + 1 / others)
    x = np.zeros((others * n, own.shape[1] + others - 1))
    x[:n, : own.shape[1]] = own
    x[n:, own.shape[1] :] = np.repeat(np.eye(others - 1), n, axis=0)
    names = (*_names(design), *(f"unit_{k}" for k in range(2, number)))
    return Regression(y, x, np.tile(count, others), names, np.repeat(np.arange(others), n))


def _difference(fit: Fit, design: Design) -> Model:
    """The part of the fit that is about the difference, in the terms of the design without seasons."""
    places = [k for k, term in enumerate(fit.terms) if term.startswith("treated")]
    kept = _own(design)
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
