"""Two panels in one chart, side by side or one above the other, each with its own axes but the same values.

They are layers of one view rather than two charts, because only a single view can be as wide as its place.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import altair as alt

from pages.charts.layers.aligned_data import Event
from pages.charts.layers.end_labels import Rise
from pages.charts.layers.formats import IndicatorText
from pages.charts.layers.heights import Heights, scale_of
from pages.charts.layers.once import WORDS, Axis, Scale, X
from pages.charts.layers.scales import Extent
from pages.charts.layers.values import one_row

WINDOW = 24
"""Months shown before and after the event."""
SIDE_HEIGHT, STACKED_HEIGHT = 322, 625
COUNTS_BELOW = 31
"""Pixels from the lower edge of a panel to its row of counts."""
_HEADROOM, _FOOTROOM = 40, 20
_GAP = 130
_STACKED_PANEL = 270
_GAP_BELOW = STACKED_HEIGHT - _STACKED_PANEL
"""Pixels from the floor of the upper panel to that of the whole chart."""
_SIGNED = "datum.value > 0 ? '+' + datum.value : datum.value < 0 ? '−' + abs(datum.value) : '0'"


@dataclass(frozen=True)
class Panel(Heights):
    """Where one panel lies: `ceiling` and `floor` in pixels down from the top of the chart."""

    event: Event
    extent: Extent
    indicator: IndicatorText
    is_stacked: bool

    @property
    def ceiling(self) -> int:
        """Upper edge."""
        below = self.is_stacked and self.event == "exit"
        return _GAP_BELOW if below else 0

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
        return _month_x(field, self.event, self.is_stacked)

    @property
    def across(self) -> str:
        """Pixels from the left of the chart to `datum.month`, as an expression."""
        share = f"(datum.month + {WINDOW}) / {2 * WINDOW}"
        left, right = _edges(self.event, self.is_stacked)
        return f"({left}) + (({right}) - ({left})) * {share}"

    @cached_property
    def _scale(self) -> Scale:
        return scale_of(self.rise)

    @cached_property
    def _axis(self) -> Axis:
        is_first = self.event == "entry"
        return Axis(
            orient="left",
            grid=True,
            values=list(self.extent.ticks),
            labels=is_first or self.is_stacked,
            title=self.indicator.axis_title if is_first else None,
            **self.indicator.axis_format(),
        )

    def words(self, text: str, month: int, pixel: float, **mark: Any) -> alt.Chart:
        """Words at a month and a height in pixels."""
        chart = alt.Chart(one_row(month=month, words=text))
        drawn: alt.Chart = chart.mark_text(lineBreak="\n", **mark).encode(
            x=self.x("month"), y=alt.YValue(pixel), text=WORDS
        )
        return drawn


@lru_cache(maxsize=32)
def _month_x(field: str, event: Event, is_stacked: bool) -> X:
    """Along the lower edge of the panel, which lies the same for every indicator."""
    left, right = _edges(event, is_stacked)
    scale = Scale(
        domain=[-WINDOW, WINDOW],
        range=[alt.ExprRef(left), alt.ExprRef(right)],
        nice=False,
    )
    axis = Axis(
        orient="bottom",
        offset=-_GAP_BELOW if is_stacked and event == "entry" else 0,
        values=list(range(-WINDOW, WINDOW + 1, 6)),
        labelExpr=_SIGNED,
        title=f"months from {event}",
        titlePadding=24,
    )
    return X(f"{field}:Q", scale=scale, axis=axis)


def _edges(event: Event, is_stacked: bool) -> tuple[str, str]:
    """Left and right edge in pixels, as expressions, because the width is known only where it is shown."""
    left = "0" if is_stacked or event == "entry" else f"(width + {_GAP}) / 2"
    return left, "width" if is_stacked or event == "exit" else f"(width - {_GAP}) / 2"
