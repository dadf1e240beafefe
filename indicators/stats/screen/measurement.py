"""Signs that figures were made to look well, or cannot be taken as they come (METHODS 8.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from indicators.stats.screen.resampling import (
    Estimate,
    FloatArray,
    IntArray,
    organisation_weights,
    quotient,
    with_interval,
)
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds

Level = Literal["low", "medium", "high", "not assessable"]
NEAR, WIDTH, REACH = 0.5, 0.5, 5.0
"""Bunching is looked for within NEAR of the target, from bins of WIDTH up to REACH on either side."""
_FEWEST, _FEWEST_UNITS = 50, 5
_EVEN = 0.2


@dataclass(frozen=True)
class Sign:
    """One sign of risk: its `estimate`, its `z` where there is one, and whether it `is_raised`."""

    name: str
    estimate: Estimate
    z: float | None
    is_raised: bool


@dataclass(frozen=True)
class Override:
    """A level set by a named person, on record in place of the one the signs give."""

    level: Level
    by: str
    on: date
    because: str


@dataclass(frozen=True)
class MeasurementRisk:
    """`level`: as overridden, else `found` by the signs that could be looked for."""

    level: Level
    found: Level
    signs: tuple[Sign, ...]
    override: Override | None


def measurement_risk(
    signs: Sequence[Sign | None], override: Override | None = None
) -> MeasurementRisk:
    """Low: no sign raised; medium: one; high: two or more. None: a sign that could not be looked for.

    Without any that could, the level is not assessable, which is not low.
    """
    seen = tuple(sign for sign in signs if sign is not None)
    raised = sum(sign.is_raised for sign in seen)
    levels: tuple[Level, Level, Level] = ("low", "medium", "high")
    found: Level = levels[min(raised, 2)] if seen else "not assessable"
    return MeasurementRisk(override.level if override else found, found, seen, override)


def bunching(
    value: FloatArray, unit: IntArray, target: float, thresholds: Thresholds = DEFAULTS
) -> Sign | None:
    """Share of figures within half a point of the target beyond what a quadratic through the rest expects.

    `value`, `unit` (n,): figures in per cent and their organisations, from 0. Of those within five points of
    the target; None with under fifty of them or five organisations. z by organisations drawn anew.
    """
    place = np.floor((value - target + REACH) / WIDTH + 1e-9)
    bins = round(2 * REACH / WIDTH)
    inside = np.isfinite(value) & (place >= 0) & (place < bins)
    if inside.sum() < _FEWEST or len(np.unique(unit[inside])) < _FEWEST_UNITS:
        return None
    counts = np.zeros((int(unit.max()) + 1, bins))
    np.add.at(counts, (unit[inside], place[inside].astype(np.int64)), 1.0)
    share = _beyond_quadratic(counts.sum(axis=0)[None])[0]
    draws = _beyond_quadratic(organisation_weights(len(counts)) @ counts)
    return _by_z("bunching at the target", float(share), draws, thresholds)


def _beyond_quadratic(counts: FloatArray) -> FloatArray:
    """Excess in the bins next to the target as a share of all, for each row of counts."""
    middle = (np.arange(counts.shape[1]) + 0.5) * WIDTH - REACH
    near = np.abs(middle) < NEAR
    powers = np.vander(middle, 3)
    fit = np.linalg.pinv(powers[~near]).T
    expected = (counts[:, ~near] @ fit) @ powers[near].T
    # A curve below nothing would make an excess of empty bins.
    excess = (counts[:, near] - np.maximum(expected, 0.0)).sum(axis=1)
    return quotient(excess, counts.sum(axis=1))


def denominator_change(
    entrants: FloatArray, others: FloatArray, thresholds: Thresholds = DEFAULTS
) -> Sign | None:
    """Mean |change of log denominator| around entry, of entrants less that of others at the same time.

    One change an organisation, NaN where not known; None with under five on either side.
    """
    apart = _apart(np.abs(entrants), np.abs(others))
    return None if apart is None else _by_z("denominator moved at entry", *apart, thresholds)


def divergence(
    own: FloatArray, paired: FloatArray, thresholds: Thresholds = DEFAULTS
) -> Sign | None:
    """Entrants' change less that of a paired indicator that should move alike (n,), both standardised.

    Oriented so that more is better; None with under five entrants that have both.
    """
    gap = (own - paired)[np.isfinite(own - paired)]
    if len(gap) < _FEWEST_UNITS:
        return None
    weights = organisation_weights(len(gap))
    name = "improves without its paired indicator"
    return _by_z(name, float(gap.mean()), weights @ gap / len(gap), thresholds)


def heaping(count: FloatArray, unit: IntArray, thresholds: Thresholds = DEFAULTS) -> Sign | None:
    """Share of whole numbers (n,) of 100 or more that end in 0 or 5, less the fifth that do by themselves."""
    usable = np.isfinite(count) & (count >= 100) & (count == np.floor(count))
    places = unit[usable]
    if usable.sum() < _FEWEST or len(np.unique(places)) < _FEWEST_UNITS:
        return None
    units = int(unit.max()) + 1
    ends = np.bincount(places, count[usable] % 5 == 0, minlength=units)
    all_ = np.bincount(places, minlength=units).astype(np.float64)
    weights = organisation_weights(units)
    draws = quotient(weights @ ends, weights @ all_) - _EVEN
    return _by_z("round numbers", float(ends.sum() / all_.sum()) - _EVEN, draws, thresholds)


def revision_size(
    change: FloatArray, unit: IntArray, inner: float, thresholds: Thresholds = DEFAULTS
) -> Sign | None:
    """Mean |revision| (n,) of figures that were published again, in standard deviations within organisations.

    `inner` > 0 is that standard deviation. None with under fifty figures; figures that stayed count as 0.
    """
    known = np.isfinite(change)
    if known.sum() < _FEWEST:
        return None
    units = int(unit.max()) + 1
    total = np.bincount(unit[known], np.abs(change[known]) / inner, minlength=units)
    number = np.bincount(unit[known], minlength=units).astype(np.float64)
    weights = organisation_weights(units)
    draws = quotient(weights @ total, weights @ number)
    found = with_interval(float(total.sum() / number.sum()), draws)
    return Sign("size of revisions", found, None, found.value > thresholds.revision)


def _apart(some: FloatArray, others: FloatArray) -> tuple[float, FloatArray] | None:
    some, others = some[np.isfinite(some)], others[np.isfinite(others)]
    if min(len(some), len(others)) < _FEWEST_UNITS:
        return None
    # Two seeds: the same one would draw both sides alike where they are equally many.
    first = organisation_weights(len(some)) @ some / len(some)
    second = organisation_weights(len(others), seed=1) @ others / len(others)
    return float(some.mean() - others.mean()), first - second


def _by_z(name: str, value: float, draws: FloatArray, thresholds: Thresholds) -> Sign:
    """Raised where the sign is this many standard errors above 0."""
    error = float(np.nanstd(draws, ddof=1))
    # Organisations that all do the same leave nothing uncertain.
    z = value / error if error > 0 else float(np.inf if value > 0 else 0.0)
    return Sign(name, with_interval(value, draws), z, z > thresholds.suspicion)
