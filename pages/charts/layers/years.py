"""The axis of calendar years."""

from functools import cache
from typing import Literal

import altair as alt

from pages.charts.layers.once import Axis


@cache
def year_axis(orient: Literal["top", "bottom"]) -> alt.Axis:
    """Ticks and labels of calendar years; fewer labels where there is no room for all."""
    return Axis(
        orient=orient,
        format="%Y",
        tickCount="year",
        labelOverlap=True,
        labelSeparation=6,
        labelFlush=False,
        title=None,
    )
