"""The plane that layers of a line over months share: months across, values up, words above and below."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, Span, month_x
from pages.charts.layers.end_labels import Rise
from pages.charts.layers.formats import IndicatorText, axis_format
from pages.charts.layers.heights import Heights
from pages.charts.layers.once import WORDS, Axis, Scale
from pages.charts.layers.scales import NOT_FROM_ZERO, Extent
from pages.charts.layers.top_labels import WIDE, TopLabel, headroom
from pages.charts.layers.values import one_row
from pages.charts.theme import Tokens

_FOOTROOM = 20


@dataclass(frozen=True)
class ValuePlane(Heights, ABC):
    """Months [span) of one indicator, with room above the data for its words."""

    indicator: IndicatorText
    tokens: Tokens
    span: Span

    @property
    @abstractmethod
    def extent(self) -> Extent:
        """The value axis for everything drawn."""

    @property
    @abstractmethod
    def labels(self) -> list[TopLabel]:
        """The words above the data."""

    @property
    @abstractmethod
    def height(self) -> int:
        """Pixels between the axes."""

    @property
    def end(self) -> pd.Timestamp:
        """The day after the last one shown."""
        return pd.Timestamp(self.span[1])

    @property
    def lowest(self) -> int:
        """Pixel of the lowest value: above the bottom where that is not zero, to leave room for words."""
        return self.height - (0 if self.extent.starts_at_zero else _FOOTROOM)

    @property
    def rise(self) -> Rise:
        """Heights on the narrow layout, the tighter of the two."""
        return Rise(self.extent.low, self.extent.high, self.lowest, self._room["narrow"])

    def x(self, field: str) -> alt.X:
        """A date field on the time axis."""
        return month_x(field, self.span)

    @cached_property
    def _room(self) -> dict[str, int]:
        return headroom(self.labels, self.span)

    @cached_property
    def _scale(self) -> Scale:
        top = f"width >= {WIDE} ? {self._room['wide']} : {self._room['narrow']}"
        domain = [self.extent.low, self.extent.high]
        return Scale(domain=domain, range=[self.lowest, alt.ExprRef(top)])

    @cached_property
    def _axis(self) -> Axis:
        return Axis(
            values=list(self.extent.ticks),
            title=self.indicator.axis_title,
            **axis_format(self.indicator.unit),
        )

    def missing_ticks(self, ready: pd.DataFrame, hover: Sequence[alt.Tooltip]) -> list[Layer]:
        """A small tick on the baseline for every period without a value, with its reason on hover."""
        absent = ready[ready["value"].isna()]
        if absent.empty:
            return []
        ticks = alt.Chart(absent).mark_rule(color=self.tokens.muted, strokeWidth=2)
        ends = {"y": alt.YValue(self.height - 7), "y2": alt.Y2Value(self.height)}
        return [ticks.encode(x=self.x("period_start"), **ends, tooltip=list(hover))]

    def foot_note(self) -> list[Layer]:
        """Words at the bottom left where the value axis is cut off."""
        if self.extent.starts_at_zero:
            return []
        note = alt.Chart(one_row(words=NOT_FROM_ZERO)).mark_text(
            align="left", baseline="bottom", dx=2, dy=-8, fontSize=11, color=self.tokens.muted
        )
        return [note.encode(x=alt.XValue(0), y=alt.YValue(self.height), text=WORDS)]
