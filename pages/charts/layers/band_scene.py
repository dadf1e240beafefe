"""What the layers of the band of percentiles share: its rows, its words, its axes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Span, break_labels, covid_label, month_x
from pages.charts.layers.end_labels import Rise
from pages.charts.layers.formats import IndicatorText, axis_format, format_span
from pages.charts.layers.scales import Extent, extent_of
from pages.charts.layers.top_labels import TopLabel, headroom
from pages.charts.theme import Tokens

HEIGHT = 350
TENTHS = ["p10", "p25", "median", "p75", "p90"]
_FOOTROOM, _LEAST_HEADROOM = 12, 16


@dataclass(frozen=True)
class BandText:
    """What the band is of: its indicator, and its organisations as a plural (`acute trusts`)."""

    indicator: IndicatorText
    peers: str


@dataclass(frozen=True)
class BandScene:
    """What every layer of the band shares: its rows, colours and words, and its axes."""

    bands: pd.DataFrame
    lines: pd.DataFrame
    breaks: pd.DataFrame
    colours: Mapping[str, str]
    text: BandText
    tokens: Tokens

    @cached_property
    def span(self) -> Span:
        """The months shown, with room at the left for the box of a single period."""
        starts, step = self.bands["period_start"], self.text.indicator.step_months
        first, last = starts.min(), starts.max()
        before = step if self.is_single else 0
        months = pd.DateOffset(months=before), pd.DateOffset(months=step)
        return (first - months[0]).date(), (last + months[1]).date()

    @cached_property
    def extent(self) -> Extent:
        """The value axis for everything drawn."""
        columns = [self.bands[name] for name in (*TENTHS, "inside_median")]
        drawn = [*columns, self.lines["value"]]
        values = [float(value) for column in drawn for value in column]
        return extent_of(values, self.text.indicator.unit)

    @property
    def rise(self) -> Rise:
        """How a value becomes a height."""
        foot = 0 if self.extent.starts_at_zero else _FOOTROOM
        return Rise(self.extent.low, self.extent.high, HEIGHT - foot, self.head)

    @cached_property
    def labels(self) -> list[TopLabel]:
        """The words above the data: the pandemic's name, and the numbers of changes of definition."""
        return [*covid_label(self.span), *break_labels(self.breaks, self.span)]

    @property
    def head(self) -> int:
        """Pixels above the data."""
        return max(_LEAST_HEADROOM, headroom(self.labels, self.span)["narrow"])

    @property
    def is_single(self) -> bool:
        """Whether there is one period alone, which is drawn as a box."""
        return len(self.bands) == 1

    def x(self, field: str) -> alt.X:
        """A date field on the time axis."""
        along = month_x(field, self.span)
        if not self.is_single:
            return along
        # One period has no months to run over: its name alone stands under the box.
        start = self.bands["period_start"].iloc[0]
        on = alt.DateTime(year=start.year, month=start.month, date=start.day)
        name = json.dumps(format_span(start, self.text.indicator.step_months))
        return along.axis(values=[on], labelExpr=name, title=None, ticks=False)

    def y(self, field: str) -> alt.Y:
        """A field on the value axis."""
        rise, unit = self.rise, self.text.indicator.unit
        axis = alt.Axis(
            values=list(self.extent.ticks),
            title=self.text.indicator.axis_title,
            **axis_format(unit),
        )
        scale = alt.Scale(domain=[rise.low, rise.high], range=[rise.bottom, rise.top])
        return alt.Y(f"{field}:Q", scale=scale, axis=axis)
