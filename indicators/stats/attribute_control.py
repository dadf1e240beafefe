"""Control charts of proportions and rates: each point is judged by limits of its own, wide if it is small."""

from collections.abc import Callable
from typing import Literal

import numpy as np
import pandas as pd

from indicators.stats.attribute_charts import AttributeLimits, p_limits, u_limits
from indicators.stats.control_chart import ControlCharts, judge
from indicators.stats.spc import LIMIT, Floats, Limits, Options, Stack, stack_of

AttributeChart = Literal["p", "u", "p_prime", "u_prime"]
_LIMITS: dict[str, Callable[[Floats, Floats, bool], AttributeLimits]] = {
    "p": p_limits,
    "u": u_limits,
}


def attribute_control_charts(
    frame: pd.DataFrame, chart: AttributeChart, options: Options | None = None
) -> ControlCharts:
    """p, u, p′ or u′ charts of `numerator` and `denominator` (above 0); other columns as `control_charts`.

    `value` is the one by the other. The centre line is that of the phase, limits are those of the point; near
    limits lie two thirds as far. Rules and icons are those of `control_charts`: runs go by the side of the
    centre line and by the values, whatever the limits. `points` has `sigma_z` beside, a number per phase.
    """
    stack = stack_of(frame)
    above, below = (_by_phase(frame[name], stack) for name in ("numerator", "denominator"))
    limits_of, is_laney = _LIMITS[chart[0]], chart.endswith("_prime")
    found = [limits_of(*part, is_laney) for part in zip(above, below, strict=True)]
    centre = stack.repeat(np.array([limits.centre for limits in found]))
    width = np.concatenate([limits.width for limits in found])
    # Rules count in mean moving ranges, of which limits lie LIMIT away.
    charts = judge(frame, stack, Limits(centre, width / LIMIT), options or Options())
    points = charts.points.assign(
        lower=np.concatenate([limits.lower for limits in found]),
        upper=np.concatenate([limits.upper for limits in found]),
        sigma_z=stack.repeat(np.array([limits.sigma_z for limits in found])),
    )
    return ControlCharts(points, charts.icons)


def _by_phase(column: pd.Series, stack: Stack) -> list[Floats]:
    return np.split(column.to_numpy(dtype=float), stack.starts[1:])
