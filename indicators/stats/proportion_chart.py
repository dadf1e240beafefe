"""A control chart of proportions (p or p′) that is judged by the same rules and icons as single values."""

import numpy as np
import pandas as pd

from indicators.stats.attribute_charts import p_limits
from indicators.stats.control_chart import ControlCharts, judge
from indicators.stats.spc import LIMIT, Limits, Options, stack_of


def proportion_charts(frame: pd.DataFrame, options: Options | None = None) -> ControlCharts:
    """As `control_charts`, with the limits of a proportion in each phase, drawn cut to 0 and 100.

    `frame` has beside its columns `numerator` and `denominator` (above 0), and `value` is 100 times the one
    by the other. Limits are Laney's (p′) where points vary more than by chance (`p_limits`), differ with the
    denominators, and rest on all points of a phase: `fix_after` and the screening of ranges do not apply.
    """
    options = options or Options()
    stack = stack_of(frame)
    numerator = frame["numerator"].to_numpy(dtype=float)
    denominator = frame["denominator"].to_numpy(dtype=float)
    mean, width = np.empty(len(frame)), np.empty(len(frame))
    for start, length in zip(stack.starts, stack.lengths, strict=True):
        rows = slice(start, start + length)
        limits = p_limits(numerator[rows], denominator[rows])
        mean[rows], width[rows] = 100 * limits.centre, 100 * limits.width
    charts = judge(frame, stack, Limits(mean, width / LIMIT), options)
    points = charts.points.assign(
        lower=charts.points["lower"].clip(lower=0), upper=charts.points["upper"].clip(upper=100)
    )
    return ControlCharts(points, charts.icons)
