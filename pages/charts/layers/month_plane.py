"""The plane of months and counts that the layers of a chart share."""

import math
from dataclasses import dataclass

import altair as alt
import pandas as pd

from pages.charts.layers.years import year_axis

_FLAG_HEIGHT = 32
_AIR = 14
_TICK_STEP = 5


@dataclass(frozen=True)
class Plane:
    """Months [first, end), counts from 0 to `peak`, and above them `flag_rows` rows for flags.

    `height` is in pixels; `title` names the counts and their unit.
    """

    first: pd.Timestamp
    end: pd.Timestamp
    peak: int
    flag_rows: int
    height: int
    title: str

    def time(self, column: str) -> alt.X:
        """The position of a day in time."""
        domain = [self.first.date(), self.end.date()]
        return alt.X(f"{column}:T", scale=alt.Scale(domain=domain), axis=year_axis("bottom"))

    def stretch(self, column: str) -> alt.X:
        """The time at which bars begin, on the axis that another layer's `time` sets."""
        # Without the months shown: Vega-Lite takes them, given for a bar and for a point, for a conflict.
        return alt.X(f"{column}:T", axis=year_axis("bottom"))

    def up(self, column: str) -> alt.Y:
        """The height of a count, from zero."""
        ticks = list(range(0, self.peak + 1, _TICK_STEP))
        scale = alt.Scale(domain=[0, self._top], nice=False)
        return alt.Y(f"{column}:Q", scale=scale, axis=alt.Axis(values=ticks), title=self.title)

    def flag_height(self, row: int) -> float:
        """The count that lies as high as the upper edge of a row of flags, 0 being the uppermost."""
        return self._top * (1 - row * _FLAG_HEIGHT / self.height)

    @property
    def _top(self) -> float:
        room_for_counts = self.height - self.flag_rows * _FLAG_HEIGHT - _AIR
        return math.ceil(self.peak * self.height / room_for_counts)
