"""Two panels in one chart, side by side or one above the other, each with its own axes but the same values.

They are layers of one view rather than two charts, because only a single view can be as wide as its place.
"""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from pages.charts._aligned_data import Event
from pages.charts._end_labels import Rise
from pages.charts._formats import IndicatorText
from pages.charts._scales import Extent

WINDOW = 24
"""Months shown before and after the event."""
SIDE_HEIGHT, STACKED_HEIGHT = 322, 625
COUNTS_BELOW = 31
"""Pixels from the lower edge of a panel to its row of counts."""
_HEADROOM, _FOOTROOM = 40, 20
_GAP = 130
_STACKED_PANEL = 270
_SIGNED = "datum.value > 0 ? '+' + datum.value : datum.value < 0 ? '−' + abs(datum.value) : '0'"


@dataclass(frozen=True)
class Panel:
    """Where one panel lies: `ceiling` and `floor` in pixels down from the top of the chart."""

    event: Event
    extent: Extent
    indicator: IndicatorText
    is_stacked: bool

    @property
    def ceiling(self) -> int:
        """Upper edge."""
        below = self.is_stacked and self.event == "exit"
        return STACKED_HEIGHT - _STACKED_PANEL if below else 0

    @property
    def floor(self) -> int:
        """Lower edge."""
        return self.ceiling + _STACKED_PANEL if self.is_stacked else SIDE_HEIGHT

    @property
    def rise(self) -> Rise:
        """How values become heights."""
        foot = 0 if self.extent.starts_at_zero else _FOOTROOM
        return Rise(self.extent.low, self.extent.high, self.floor - foot, self.ceiling + _HEADROOM)

    def x(self, field: str) -> alt.X:
        """A field of months from the event."""
        scale = alt.Scale(
            domain=[-WINDOW, WINDOW],
            range=[alt.ExprRef(self.left), alt.ExprRef(self.right)],
            nice=False,
        )
        height = STACKED_HEIGHT if self.is_stacked else SIDE_HEIGHT
        axis = alt.Axis(
            orient="bottom",
            offset=self.floor - height,
            values=list(range(-WINDOW, WINDOW + 1, 6)),
            labelExpr=_SIGNED,
            title=f"months from {self.event}",
            titlePadding=24,
        )
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    @property
    def left(self) -> str:
        """Left edge in pixels, as an expression, because the width is known only where it is shown."""
        return "0" if self.is_stacked or self.event == "entry" else f"(width + {_GAP}) / 2"

    @property
    def right(self) -> str:
        """Right edge, as an expression."""
        return "width" if self.is_stacked or self.event == "exit" else f"(width - {_GAP}) / 2"

    @property
    def across(self) -> str:
        """Pixels from the left of the chart to `datum.month`, as an expression."""
        share = f"(datum.month + {WINDOW}) / {2 * WINDOW}"
        return f"({self.left}) + (({self.right}) - ({self.left})) * {share}"

    def y(self, field: str) -> alt.Y:
        """A field on the value axis, which only the first of two panels side by side labels."""
        rise = self.rise
        scale = alt.Scale(domain=[rise.low, rise.high], range=[rise.bottom, rise.top], nice=False)
        is_first = self.event == "entry"
        axis = alt.Axis(
            orient="left",
            grid=True,
            values=list(self.extent.ticks),
            labels=is_first or self.is_stacked,
            title=self.indicator.axis_title if is_first else None,
            **self.indicator.axis_format(),
        )
        return alt.Y(f"{field}:Q", scale=scale, axis=axis)

    def words(self, text: str, month: int, pixel: float, **mark: Any) -> alt.Chart:
        """Words at a month and a height in pixels."""
        chart = alt.Chart(pd.DataFrame({"month": [month], "words": [text]}))
        drawn: alt.Chart = chart.mark_text(lineBreak="\n", **mark).encode(
            x=self.x("month"), y=alt.YValue(pixel), text=alt.Text("words:N")
        )
        return drawn
