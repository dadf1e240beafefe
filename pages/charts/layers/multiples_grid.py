"""Where small charts lie on one plane: equal columns, equal rows, the same axes in each."""

from dataclasses import dataclass
from functools import cached_property

import altair as alt
import pandas as pd

from pages.charts.layers import once
from pages.charts.layers.backdrop import Span
from pages.charts.layers.end_labels import Rise
from pages.charts.layers.scales import Extent

CELL_HEIGHT = 140
"""Pixels from one row of charts to the next."""
TITLE_AT, NOTE_AT = 4, 38
_PLOT_TOP, _PLOT_BOTTOM = 50, 116
YEARS_AT = _PLOT_BOTTOM + 9
_LEFT, _RIGHT = 0.0, 0.91
_MOST_TICKS = 4


@dataclass(frozen=True)
class Grid:
    """Cells numbered from 0 along the rows; `x` counts columns, `y` pixels down from the top."""

    cells: int
    columns: int
    extent: Extent
    span: Span

    @property
    def height(self) -> int:
        """Pixels of the whole chart."""
        return -(-self.cells // self.columns) * CELL_HEIGHT

    @property
    def letters(self) -> int:
        """How many letters of a name have room in one line above a cell."""
        return 24 if self.columns > 2 else 19

    @property
    def ticks(self) -> list[float]:
        """The values with a line of their own: at most four of those of the axis."""
        ticks = self.extent.ticks
        return list(ticks[:: -(-len(ticks) // _MOST_TICKS)])

    def across(self, cell: pd.Series, day: pd.Series) -> pd.Series:
        """Place of days along the columns; days outside the months shown lie at their edge."""
        begin, end = map(pd.Timestamp, self.span)
        share = (pd.to_datetime(day) - begin) / (end - begin)
        places: pd.Series = cell % self.columns + _LEFT + (_RIGHT - _LEFT) * share.clip(0, 1)
        return places

    def top(self, cell: pd.Series) -> pd.Series:
        """Pixel at which each cell begins."""
        tops: pd.Series = cell // self.columns * CELL_HEIGHT
        return tops

    def down(self, cell: pd.Series, value: pd.Series) -> pd.Series:
        """Pixel of values; missing stays missing."""
        rise = Rise(self.extent.low, self.extent.high, _PLOT_BOTTOM, _PLOT_TOP)
        pixels: pd.Series = (self.top(cell) + rise.pixel(value)).round(1)  # type: ignore[arg-type]
        return pixels

    def frame_of(self, cell: pd.Series) -> pd.DataFrame:
        """Edges of each cell's plot: left and right in columns, upper and lower in pixels."""
        column, top = cell % self.columns, self.top(cell)
        return pd.DataFrame(
            {
                "left": column + _LEFT,
                "right": column + _RIGHT,
                "upper": top + _PLOT_TOP,
                "lower": top + _PLOT_BOTTOM,
            }
        )

    def x(self, field: str) -> alt.X:
        """A field that counts columns."""
        return once.X(f"{field}:Q", scale=self._columns_scale, axis=None)

    def y(self, field: str) -> alt.Y:
        """A field of pixels from the top."""
        return once.Y(f"{field}:Q", scale=self._rows_scale, axis=None)

    @cached_property
    def _columns_scale(self) -> alt.Scale:
        return once.Scale(domain=[0, self.columns], nice=False)

    @cached_property
    def _rows_scale(self) -> alt.Scale:
        return once.Scale(domain=[0, self.height], range=[0, self.height], nice=False)
