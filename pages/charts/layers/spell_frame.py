"""What all layers of a chart with spells share."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import altair as alt


class Places(Protocol):
    """Where the marks of a layer go, whatever stands across the page: days, or columns of quarters."""

    @property
    def length(self) -> float:
        """How far the chart reaches across, in the unit in which rows give their `length`."""

    def time(self, column: str, axis: alt.Axis | None = None) -> alt.X:
        """The place of a point."""

    def stretch(self, column: str) -> alt.X:
        """The place at which a bar begins."""

    def down(self, column: str) -> alt.Y:
        """The place down the page."""


@dataclass(frozen=True)
class Frame:
    """The first and last day shown, and the scale of the positions down the page."""

    begins: date
    ends: date
    rows: alt.Scale

    @property
    def length(self) -> int:
        """Days from the first shown to the last."""
        return (self.ends - self.begins).days

    @property
    def row_pixels(self) -> float:
        """How high one row is drawn."""
        (top, bottom), (first, last) = self.rows.range, self.rows.domain
        return float((bottom - top) / (last - first))

    def time(self, column: str, axis: alt.Axis | None = None) -> alt.X:
        """The time axis of one layer; ticks and labels only where `axis` gives them."""
        return alt.X(f"{column}:T", scale=alt.Scale(domain=[self.begins, self.ends]), axis=axis)

    def stretch(self, column: str) -> alt.X:
        """The time at which the bars of a layer begin, on the axis that another layer's `time` sets."""
        # Without the days shown: Vega-Lite takes them, given for a bar and for a point, for a conflict.
        return alt.X(f"{column}:T", axis=None)

    def down(self, column: str) -> alt.Y:
        """The position down the page of one layer."""
        return alt.Y(f"{column}:Q", scale=self.rows, axis=None)

    def shows(self, day: date) -> bool:
        """Whether `day` lies on the time axis."""
        return self.begins <= day <= self.ends

    def hold(self, days: str, pixels: str) -> str:
        """Whether the days in column `days` take more than `pixels` at the width the reader has."""
        return f"datum.{days} * width > ({pixels}) * {self.length}"


@dataclass(frozen=True)
class Columns:
    """Columns of quarters across the page, `length` of them, and the scale of the positions down it."""

    length: float
    rows: alt.Scale

    def time(self, column: str, axis: alt.Axis | None = None) -> alt.X:
        """The place of a point, counted in columns from the left."""
        scale = alt.Scale(domain=[0, self.length], nice=False, zero=False, padding=0)
        return alt.X(f"{column}:Q", scale=scale, axis=axis, title=None)

    def stretch(self, column: str) -> alt.X:
        """The place at which a bar begins, counted in columns from the left."""
        return self.time(column)

    def down(self, column: str) -> alt.Y:
        """The place down the page of one layer, counted in rows from the top."""
        return alt.Y(f"{column}:Q", scale=self.rows, axis=None)


def independent_rows(chart: alt.LayerChart) -> alt.LayerChart:
    """The chart with the rows of each layer, and the axes it carries, as that layer has them."""
    resolved: alt.LayerChart = chart.resolve_scale(y="independent").resolve_axis(
        x="independent", y="independent"
    )
    return resolved
