"""The four rules of a control chart: which points are more than common cause variation.

Each rule gives 1 for a point that breaks it upwards, −1 downwards and 0 for one that keeps it. No rule looks
across the start of a phase, and every "beyond" and "above" is strict.
"""

import numpy as np

from indicators.stats.spc import LIMIT, Bools, Limits, Options, Signs, Stack

RULES = ("outside", "trend", "two_of_three", "shift")
"""The rules by precedence: a point that breaks several is labelled by the first."""
Hits = dict[str, Signs]


def hits_of(stack: Stack, limits: Limits, options: Options) -> Hits:
    """For each of RULES and each point: 1 where it is broken upwards, −1 downwards, 0 where it is kept."""
    side, outside = limits.side(stack.value), limits.side(stack.value, LIMIT)
    near = limits.side(stack.value, 2 / 3 * LIMIT)
    if options.rules == "plotthedots":
        near = near * (outside == 0)
    return {
        "outside": outside,
        "trend": _trend(stack, limits, options.run_length),
        "two_of_three": _two_of_three(stack, side, near),
        "shift": _long_runs(side, _run_starts(stack, side), options.run_length),
    }


def label_of(hits: Hits) -> tuple[Signs, Signs]:
    """For each point the rule that labels it (its place in RULES, −1 for none) and its direction.

    The first rule by precedence labels; direction is 1 upwards, −1 downwards, 0 where no rule is broken.
    """
    size = len(hits[RULES[0]])
    rule, direction = np.full(size, -1, np.int8), np.zeros(size, np.int8)
    for place, name in reversed(list(enumerate(RULES))):
        broken = hits[name] != 0
        rule = np.where(broken, np.int8(place), rule)
        direction = np.where(broken, hits[name], direction)
    return rule, direction


def _run_starts(stack: Stack, sign: Signs) -> Bools:
    """Points at which a run of one sign begins; runs do not cross phases."""
    begins = np.ones(len(sign), bool)
    begins[1:] = sign[1:] != sign[:-1]
    begins[stack.starts] = True
    return begins


def _long_runs(sign: Signs, begins: Bools, least: int) -> Signs:
    """The sign of each point in an unbroken run of `least` points or more of that sign, else 0."""
    lengths = np.diff(np.flatnonzero(begins), append=len(sign))
    return sign * np.repeat(lengths >= least, lengths)


def _trend(stack: Stack, limits: Limits, length: int) -> Signs:
    """Rising or falling without a tie over `length` points; all of them, the first included, are hit.

    A point at which one trend ends and another begins belongs to the one that begins.
    """
    step = np.zeros(len(stack.value), np.int8)
    change, rounding = np.diff(stack.value), limits.rounding[1:]
    step[1:] = (change > rounding).astype(np.int8) - (change < -rounding).astype(np.int8)
    step[stack.starts] = 0
    moving = _long_runs(step, _run_starts(stack, step), length - 1)
    firsts = np.flatnonzero((moving != 0) & _run_starts(stack, moving))
    hits = moving.copy()
    hits[firsts - 1] = moving[firsts]
    return hits


def _two_of_three(stack: Stack, side: Signs, near: Signs) -> Signs:
    """Points beyond two thirds of the limits: two or three of three in a row, all three on one side."""
    is_near = near != 0
    same = (side[:-2] == side[1:-1]) & (side[1:-1] == side[2:])
    together = stack.phase[:-2] == stack.phase[2:]
    enough = is_near[:-2].astype(np.int8) + is_near[1:-1] + is_near[2:] >= 2
    opens = same & together & enough
    within = np.zeros(len(side), bool)
    for place in range(3):
        within[place : place + len(opens)] |= opens
    return near * within
