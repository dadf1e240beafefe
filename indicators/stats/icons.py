"""What a control chart says in two icons: how the last point varies, and whether a target can be relied on."""

import numpy as np
from numpy.typing import NDArray

from indicators.stats.spc import RULES, Floats, Limits

LEAST_POINTS = 13
"""A series of fewer points has trial limits and no icons."""
KINDS = ("common_cause", "improvement", "concern", "neutral")

Hits = dict[str, NDArray[np.int8]]


def label_of(hits: Hits) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """For each point the rule that labels it (its place in RULES, −1 for none) and its direction.

    The first rule by precedence labels; direction is 1 upwards, −1 downwards, 0 where no rule is broken.
    """
    size = len(hits[RULES[0]])
    rule, direction = np.full(size, -1, np.int8), np.zeros(size, np.int8)
    for place, name in reversed(list(enumerate(RULES))):
        broken = hits[name] != 0
        rule[broken], direction[broken] = place, hits[name][broken]
    return rule, direction


def kind_of(direction: NDArray[np.int8], improvement: NDArray[np.int8]) -> NDArray[np.str_]:
    """A key of KINDS for each point; `improvement` is 1 where higher is better, −1 lower, 0 neither."""
    agreed = direction * improvement
    place = np.select([direction == 0, agreed > 0, agreed < 0], [0, 1, 2], default=3)
    return np.array(KINDS)[place]


def variation_icons(
    kinds: NDArray[np.str_], direction: NDArray[np.int8]
) -> NDArray[np.str_]:
    """`common_cause`, or the kind with `_high` or `_low` after the side its rule was broken on."""
    side = np.where(direction > 0, "_high", "_low")
    return np.where(direction == 0, kinds, np.char.add(kinds, side))


def assurance_icons(
    limits: Limits, target: Floats, improvement: NDArray[np.int8]
) -> NDArray[np.str_]:
    """`pass`, `fail`, `inconsistent` or `empty` (no target, or no better side).

    Only a target strictly beyond a limit is consistently met or missed; one on a limit, or between the two, is
    hit or miss.
    """
    is_judged = ~np.isnan(target) & (improvement != 0)
    above, below = target > limits.upper, target < limits.lower
    met = np.where(improvement > 0, below, above)
    missed = np.where(improvement > 0, above, below)
    return np.select([~is_judged, met, missed], ["empty", "pass", "fail"], default="inconsistent")
