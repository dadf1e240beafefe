"""A lower panel of differences under a plane of values: the same months, heights of its own around 0."""

from dataclasses import dataclass
from functools import cached_property

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, Span, month_x
from pages.charts.layers.end_labels import Rise
from pages.charts.layers.formats import IndicatorText
from pages.charts.layers.heights import Heights, scale_of
from pages.charts.layers.once import Axis, Scale
from pages.charts.layers.scales import Extent, extent_of
from pages.charts.layers.values import one_row
from pages.charts.theme import Tokens

_TITLE_ABOVE = 8
_MOST_LINES = 5


@dataclass(frozen=True)
class LowerPanel(Heights):
    """Differences (`text` is of changes) between `ceiling` and `floor`, pixels down from the chart's top.

    `values`: everything drawn in it; 0 always is.
    """

    text: IndicatorText
    tokens: Tokens
    span: Span
    ceiling: int
    floor: int
    values: pd.Series

    @cached_property
    def extent(self) -> Extent:
        """The axis for all of them and 0."""
        return extent_of([0.0, *self.values.to_list()], self.text.unit)

    @property
    def rise(self) -> Rise:
        """How differences become heights."""
        return Rise(self.extent.low, self.extent.high, self.floor, self.ceiling)

    def x(self, field: str) -> alt.X:
        """A date field on the time axis."""
        return month_x(field, self.span)

    @cached_property
    def _scale(self) -> Scale:
        return scale_of(self.rise)

    @cached_property
    def _axis(self) -> Axis:
        return Axis(
            orient="left",
            grid=True,
            values=self.lines,
            title=self.text.unit_title,
            titleY=self.ceiling - _TITLE_ABOVE,
            **self.text.axis_format(),
        )

    @property
    def lines(self) -> list[float]:
        """Where its lines are, 0 among them: every second of those for a panel twice as high."""
        ticks = self.extent.ticks
        if len(ticks) <= _MOST_LINES:
            return list(ticks)
        middle = min(range(len(ticks)), key=lambda place: abs(ticks[place]))
        return list(ticks[middle % 2 :: 2])

    def zero(self) -> Layer:
        """The line of no difference."""
        line = alt.Chart(one_row(zero=0)).mark_rule(color=self.tokens.muted, strokeWidth=1)
        drawn: alt.Chart = line.encode(y=self.y("zero"))
        return drawn
