"""Control charts for single values (XmR) as NHS England's Making Data Count team draws them, many at once.

Rules and constants: `docs/methods/control_charts.md`. All functions take a whole stack of series and work on
them together, since a page asks for thousands.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
RuleSet = Literal["mdc", "plotthedots"]

LIMIT = 2.66
"""Limits lie this many mean moving ranges from the mean (the published constant, not 3 / 1.128)."""
SCREEN = 3.267
"""A moving range of this many mean moving ranges or more is left out, once, where ranges are screened."""
RULES = ("outside", "trend", "two_of_three", "shift")
"""The four rules by precedence: a point that breaks several is labelled by the first."""


@dataclass(frozen=True)
class Options:
    """How limits are made and points judged.

    `mdc`: a point beyond the limits counts among two of three, and moving ranges are not screened.
    `plotthedots`: neither. `screen_moving_ranges` None takes the rule set's own habit; `run_length` is the
    number of points of a shift or trend (6 or 7); `fix_after` holds the limits to the first so many points of
    each phase.
    """

    rules: RuleSet = "mdc"
    screen_moving_ranges: bool | None = None
    run_length: int = 7
    fix_after: int | None = None

    @property
    def is_screened(self) -> bool:
        """Whether large moving ranges are left out."""
        return (
            self.rules == "plotthedots"
            if self.screen_moving_ranges is None
            else self.screen_moving_ranges
        )


@dataclass(frozen=True)
class Stack:
    """Values of many series one below the other, each series in order of time and cut into phases.

    `phase` numbers the stretches with limits of their own from 0 on over the whole stack, without a gap and
    never falling; no value is missing.
    """

    value: Floats
    phase: Ints

    @property
    def starts(self) -> Ints:
        """Where each phase begins."""
        return np.flatnonzero(np.diff(self.phase, prepend=-1)).astype(np.int64)

    @property
    def position(self) -> Ints:
        """How many points of its phase stand before each point."""
        starts = self.starts
        return np.arange(len(self.phase), dtype=np.int64) - starts[self.phase]


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


def stack_of(frame: pd.DataFrame) -> Stack:
    """The rows of `frame` (`series`, `phase`, `value`; in order of series and time) as a stack."""
    series = pd.factorize(frame["series"])[0]
    changed = (np.diff(series, prepend=-1) != 0) | (
        np.diff(frame["phase"].to_numpy(), prepend=-1) != 0
    )
    return Stack(frame["value"].to_numpy(dtype=float), np.cumsum(changed).astype(np.int64) - 1)


def limits_of(stack: Stack, options: Options) -> Limits:
    """Mean and limits of each phase from its baseline: all its points, or the first `fix_after`."""
    in_baseline = (
        np.ones(len(stack.value), bool)
        if options.fix_after is None
        else stack.position < options.fix_after
    )
    mean = _phase_mean(stack, stack.value, in_baseline)
    moving = np.abs(np.diff(stack.value, prepend=0.0))
    counted = in_baseline & (stack.position > 0)
    spread = _phase_mean(stack, moving, counted)
    if options.is_screened:
        spread = _phase_mean(stack, moving, counted & (moving < SCREEN * spread[stack.phase]))
    return Limits(mean[stack.phase], spread[stack.phase])


def _phase_mean(stack: Stack, values: Floats, counted: Bools) -> Floats:
    """Mean of the counted values of each phase; 0 where none is counted (one point, or no variation)."""
    starts = stack.starts
    total = np.add.reduceat(np.where(counted, values, 0.0), starts)
    number = np.add.reduceat(counted.astype(float), starts)
    return np.divide(total, number, out=np.zeros_like(total), where=number > 0)


def hits_of(stack: Stack, limits: Limits, options: Options) -> dict[str, NDArray[np.int8]]:
    """For each rule and point: 1 where it is broken upwards, −1 downwards, 0 where it is kept."""
    side = np.sign(stack.value - limits.mean).astype(np.int8)
    outside = (stack.value > limits.upper).astype(np.int8) - (stack.value < limits.lower)
    return {
        "outside": outside.astype(np.int8),
        "trend": _trend(stack, options.run_length),
        "two_of_three": _two_of_three(stack, limits, side, outside, options),
        "shift": _long_runs(stack, side, options.run_length),
    }


def _run_starts(stack: Stack, sign: NDArray[np.int8]) -> Bools:
    """Points at which a run of one sign begins; runs do not cross phases."""
    changed: Bools = np.diff(sign, prepend=sign[:1]) != 0
    changed[stack.starts] = True
    return changed


def _long_runs(stack: Stack, sign: NDArray[np.int8], least: int) -> NDArray[np.int8]:
    """The sign of each point in an unbroken run of `least` points or more of that sign, else 0."""
    starts = np.flatnonzero(_run_starts(stack, sign))
    lengths = np.diff(starts, append=len(sign))
    return np.where(np.repeat(lengths >= least, lengths), sign, 0).astype(np.int8)


def _trend(stack: Stack, length: int) -> NDArray[np.int8]:
    """Rising or falling without a tie over `length` points; all of them, the first included, are hit.

    A point at which one trend ends and another begins belongs to the one that begins.
    """
    step = np.sign(np.diff(stack.value, prepend=stack.value[:1])).astype(np.int8)
    step[stack.starts] = 0
    moving = _long_runs(stack, step, length - 1)
    begins = np.flatnonzero((moving != 0) & _run_starts(stack, moving))
    hits = moving.copy()
    hits[begins - 1] = moving[begins]
    return hits


def _two_of_three(
    stack: Stack,
    limits: Limits,
    side: NDArray[np.int8],
    outside: NDArray[np.int8],
    options: Options,
) -> NDArray[np.int8]:
    """Two or three of three points in a row beyond two thirds of the limits, all three on one side."""
    far = np.abs(stack.value - limits.mean) > (2 / 3) * LIMIT * limits.spread
    if options.rules == "plotthedots":
        far &= outside == 0
    opens = np.zeros(len(side), bool)
    same = (side[:-2] == side[1:-1]) & (side[1:-1] == side[2:]) & (side[2:] != 0)
    together = stack.phase[:-2] == stack.phase[2:]
    number = far[:-2].astype(np.int8) + far[1:-1] + far[2:]
    opens[: len(same)] = same & together & (number >= 2)
    within = opens.copy()
    within[1:] |= opens[:-1]
    within[2:] |= opens[:-2]
    return np.where(within & far, side, 0).astype(np.int8)
