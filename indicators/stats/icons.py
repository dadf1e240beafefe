"""What a control chart says in two icons: how its last point varies, and if a target is sure to be met."""

import numpy as np
from numpy.typing import NDArray

from indicators.stats.spc import LIMIT, Floats, Limits, Signs

KINDS = ("common_cause", "improvement", "concern", "neutral")
"""What a point can be; `neutral`: a rule is broken, and neither side is better."""
VARIATION = (
    "common_cause",
    "improvement_high",
    "improvement_low",
    "concern_high",
    "concern_low",
    "neutral_high",
    "neutral_low",
)
ASSURANCE = ("pass", "fail", "inconsistent")
NO_ICON = "empty"
Names = NDArray[np.str_]


def kind_of(direction: Signs, improvement: Signs) -> Signs:
    """For each point its place in KINDS; `improvement` is 1 where higher is better, −1 lower, 0 neither."""
    # Agreed 1, against −1, neither 0: places 1, 2 and 3.
    broken_as = np.array([3, 1, 2], np.int8)[direction * improvement]
    return np.where(direction == 0, np.int8(0), broken_as)


def variation_icons(kind: Signs, direction: Signs) -> Names:
    """A name of VARIATION for each series: the kind of its last point and the side it lies on."""
    place = np.where(kind == 0, 0, 2 * kind.astype(int) - (direction > 0))
    return np.array(VARIATION)[place]


def assurance_icons(limits: Limits, target: Floats, improvement: Signs) -> Names:
    """A name of ASSURANCE for each series by its last limits, `empty` without a target or a better side.

    Only a target strictly beyond a limit is consistently met or missed; one on a limit, or between the two,
    is hit or miss (`inconsistent`), also where nothing varies and the target is what is always reached.
    """
    beyond = limits.side(target, LIMIT) * improvement
    is_judged = ~np.isnan(target) & (improvement != 0)
    chosen = [~is_judged, beyond < 0, beyond > 0]
    return np.select(chosen, [NO_ICON, "pass", "fail"], default="inconsistent")
