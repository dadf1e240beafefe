"""Where a control chart of published figures is not judged: trial limits, gaps, figures that share data."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.stats.control_chart import LEAST_POINTS, ControlCharts
from indicators.stats.icons import NO_ICON
from indicators.stats.spc_rules import RULES

LEAST_COVERAGE = 0.8
"""Below this share of periods with a value, points that follow each other are no neighbours: no icon."""
TOO_FEW = "fewer than 13 points"
TOO_MANY_GAPS = "over a fifth of its periods are missing"
SHARED = "neighbouring figures share data"
TOO_FEW_SINCE = "fewer than 12 points since limits were recalculated"


def is_gappy(series: pd.Series, count: pd.Series) -> pd.Series:
    """For each point, if over a fifth of the periods from first to last of its series have no value.

    `count` numbers the periods of the calendar, one up from each to the next.
    """
    by_series = count.groupby(series)
    periods = by_series.transform("max") - by_series.transform("min") + 1
    few: pd.Series = by_series.transform("size") < LEAST_COVERAGE * periods
    return few


def withhold(charts: ControlCharts, gappy: pd.Series, is_shared: bool = False) -> ControlCharts:
    """The charts without a rule broken, and without icons, on trial limits and in series that are `gappy`.

    So are all where neighbouring figures share data (`is_shared`): they would trend by construction. Points
    of both become trial ones. `icons` gains `why_empty`: why there is none, or nothing.
    """
    is_trial = charts.points["is_trial"] | gappy | is_shared
    points = unjudged(charts.points, is_trial)
    # Points stand by series in the order of the icons: each series ends where the next begins.
    last = charts.icons["points"].cumsum().to_numpy() - 1
    is_empty = pd.Series(is_trial.to_numpy()[last], charts.icons.index)
    shown = {
        name: charts.icons[name].mask(is_empty, NO_ICON) for name in ("variation", "assurance")
    }
    why = _why_empty(charts.icons["points"], is_empty, gappy.to_numpy()[last])
    if is_shared:
        why = why.mask(is_empty, SHARED)
    return ControlCharts(points, charts.icons.assign(**shown, why_empty=why))


def unjudged(points: pd.DataFrame, is_trial: pd.Series) -> pd.DataFrame:
    """The points with no rule broken where limits are trial."""
    return points.assign(
        **{name: points[name].mask(is_trial, 0).astype(np.int8) for name in RULES},
        rule=points["rule"].mask(is_trial),
        kind=points["kind"].mask(is_trial, "common_cause"),
        is_trial=is_trial,
    )


def _why_empty(points: pd.Series, is_empty: pd.Series, gappy: NDArray[np.bool_]) -> pd.Series:
    """A reason each: the first of those that hold."""
    reasons = pd.Series(TOO_FEW_SINCE, points.index).mask(gappy, TOO_MANY_GAPS)
    return reasons.mask(points < LEAST_POINTS, TOO_FEW).mask(~is_empty, "")
