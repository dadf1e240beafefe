"""Control charts for single values (XmR) as NHS England's Making Data Count team draws them, many at once.

Constants and formulas: `docs/methods/control_charts.md`. All functions take a whole stack of series and work
on them together, since a page asks for thousands.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.stats.rows import blanks, infinite, refuse_first

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Signs = NDArray[np.int8]
RuleSet = Literal["mdc", "plotthedots"]

LIMIT = 2.66
"""Limits lie this many mean moving ranges from the mean (the published constant, not 3 / 1.128)."""
SCREEN = 3.267
"""A moving range of this many mean moving ranges or more is left out, once, where ranges are screened."""
_ROUNDING = 1e-12
"""Share of the size of the values below which a difference is rounding, and two numbers are equal."""


@dataclass(frozen=True)
class Options:
    """How limits are made and points judged.

    `mdc`: a point beyond the limits counts among two of three, and moving ranges are not screened.
    `plotthedots`: neither. `screen_moving_ranges` None takes the rule set's own habit; `run_length` is the
    number of points of a shift or trend (6 or 7); `fix_after` holds the limits to the first so many points of
    each phase (12 or more; None: all of them).
    """

    rules: RuleSet = "mdc"
    screen_moving_ranges: bool | None = None
    run_length: int = 7
    fix_after: int | None = None

    @property
    def is_screened(self) -> bool:
        """Whether large moving ranges are left out."""
        if self.screen_moving_ranges is None:
            return self.rules == "plotthedots"
        return self.screen_moving_ranges


@dataclass(frozen=True)
class Stack:
    """Values of many series one below the other, each series in order of time and cut into phases.

    `phase` numbers the stretches with limits of their own from 0 on over the whole stack, without a gap and
    never falling; no value is missing.
    """

    value: Floats
    phase: Ints

    @cached_property
    def starts(self) -> Ints:
        """Where each phase begins."""
        return np.flatnonzero(np.diff(self.phase, prepend=-1)).astype(np.int64)

    @cached_property
    def lengths(self) -> Ints:
        """How many points each phase has."""
        return np.diff(self.starts, append=len(self.phase))

    @cached_property
    def position(self) -> Ints:
        """How many points of its phase stand before each point."""
        return np.arange(len(self.phase), dtype=np.int64) - self.starts[self.phase]

    def mean_of(self, values: Floats, counted: Bools) -> Floats:
        """Mean of the counted values of each phase; 0 where none is counted."""
        total = np.add.reduceat(np.where(counted, values, 0.0), self.starts)
        number = np.add.reduceat(counted, self.starts, dtype=np.int64)
        return np.divide(total, number, out=np.zeros_like(total), where=number > 0)

    def centre_of(self, values: Floats, counted: Bools) -> Floats:
        """As `mean_of`, and exactly the value where all values of a phase are equal."""
        first = values[self.starts]
        return first + self.mean_of(values - self.repeat(first), counted)

    def from_centre(self, values: Floats) -> Floats:
        """How far each value lies from the mean of all of its phase."""
        everywhere = np.ones(len(values), bool)
        return np.asarray(values - self.repeat(self.centre_of(values, everywhere)))

    def repeat(self, of_phase: Floats) -> Floats:
        """A number of each phase at each of its points."""
        return np.repeat(of_phase, self.lengths)


@dataclass(frozen=True)
class Limits:
    """Mean and mean moving range of each phase, repeated for each of its points."""

    mean: Floats
    spread: Floats

    @property
    def lower(self) -> Floats:
        """Lower process limit; not cut at 0."""
        return self.mean - LIMIT * self.spread

    @property
    def upper(self) -> Floats:
        """Upper process limit; not cut at 100."""
        return self.mean + LIMIT * self.spread

    @cached_property
    def rounding(self) -> Floats:
        """How far numbers may differ at a point and still be equal: decimal fractions are not exact."""
        return np.asarray(_ROUNDING * (np.abs(self.mean) + self.spread))

    def side(self, value: Floats, ranges: float = 0.0) -> Signs:
        """1 for a value strictly above the mean by so many mean moving ranges, −1 below, 0 for neither."""
        away = value - self.mean
        far = ranges * self.spread + self.rounding
        return (away > far).astype(np.int8) - (away < -far).astype(np.int8)

    def at(self, places: Ints) -> "Limits":
        """The limits of some of the points."""
        return Limits(self.mean[places], self.spread[places])


def stack_of(frame: pd.DataFrame) -> Stack:
    """The rows of `frame` (`series`, `phase`, `value`; in order of series and time) as a stack.

    Raises BadRow for a blank or an infinite value.
    """
    refuse_first([*blanks(frame, ("series", "phase", "value")), *infinite(frame, ("value",))])
    series, phase = pd.factorize(frame["series"])[0], frame["phase"].to_numpy(dtype=np.int64)
    is_new = np.ones(len(frame), bool)
    is_new[1:] = (series[1:] != series[:-1]) | (phase[1:] != phase[:-1])
    return Stack(frame["value"].to_numpy(dtype=float), np.cumsum(is_new, dtype=np.int64) - 1)


def limits_of(stack: Stack, options: Options) -> Limits:
    """Mean and limits of each phase from its baseline: all its points, or the first `fix_after`.

    Where no moving range is left (one point, or no variation) the limits are the mean.
    """
    baseline = np.ones(len(stack.value), bool)
    if options.fix_after is not None:
        baseline = stack.position < options.fix_after
    return limits_from(stack, baseline, stack.position > 0, options)


def limits_from(stack: Stack, baseline: Bools, is_next: Bools, options: Options) -> Limits:
    """Mean and limits of each phase from the points of `baseline` alone, for all its points.

    `is_next` marks the points whose moving range counts: those that follow the point before as neighbours,
    so never the first of a phase.
    """
    mean = stack.centre_of(stack.value, baseline)
    moving = np.abs(np.diff(stack.value, prepend=0.0))
    counted = baseline & is_next
    spread = stack.mean_of(moving, counted)
    if options.is_screened:
        spread = stack.mean_of(moving, counted & (moving < SCREEN * stack.repeat(spread)))
    return Limits(stack.repeat(mean), stack.repeat(spread))
