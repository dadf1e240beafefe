"""The axes of a curve over months, with the numbers at risk below and a hover over every stretch."""

from dataclasses import dataclass
from math import ceil

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer
from pages.charts.layers.end_labels import Rise
from pages.charts.layers.layered import laid_over
from pages.charts.layers.risk_steps import ENOUGH, numbers_at_risk
from pages.charts.theme import Tokens

HEIGHT = 320
_COUNTS_BELOW = 31
_TOP = 12
_MOST_TICKS = 11


@dataclass(frozen=True)
class RiskPlane:
    """A share from 0 to `highest` against months from 0 to `end`."""

    end: float
    highest: float
    x_title: str
    y_title: str

    @property
    def rise(self) -> Rise:
        """How a share becomes a height."""
        return Rise(0, self.highest, HEIGHT, _TOP)

    @property
    def ticks(self) -> list[int]:
        """Whole years in months, or half years where there are few."""
        step = 6 if self.end <= 36 else 12 * ceil(self.end / 12 / _MOST_TICKS)
        return list(range(0, int(self.end) + 1, step))

    def x(self, field: str) -> alt.X:
        """A field of months on the axis."""
        axis = alt.Axis(values=self.ticks, title=self.x_title, titlePadding=26)
        return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, self.end], nice=False), axis=axis)

    def y(self, field: str) -> alt.Y:
        """A field of shares on the axis."""
        scale = alt.Scale(domain=[0, self.highest], range=[HEIGHT, _TOP], nice=False)
        return alt.Y(
            f"{field}:Q", scale=scale, axis=alt.Axis(format=".0%", tickCount=5, title=self.y_title)
        )

    def counts(self, times: pd.DataFrame, tokens: Tokens) -> Layer:
        """The numbers at risk under the axis, in brackets where fewer than five."""
        counts = numbers_at_risk(times, self.ticks)
        words = [str(n) if n >= ENOUGH else f"({n})" for n in counts["n"]]
        chart = alt.Chart(counts.assign(words=words))
        numbers = chart.mark_text(color=tokens.muted, fontSize=11).encode(
            x=self.x("month"), y=alt.YValue(HEIGHT + _COUNTS_BELOW), text=alt.Text("words:N")
        )
        name = alt.Chart(pd.DataFrame({"words": ["at risk"]})).mark_text(
            color=tokens.muted, fontSize=11, align="right"
        )
        label = name.encode(
            x=alt.XValue(-14), y=alt.YValue(HEIGHT + _COUNTS_BELOW), text=alt.Text("words:N")
        )
        return laid_over(numbers, label)

    def targets(self, steps: pd.DataFrame, hover: dict[str, str], tokens: Tokens) -> alt.Chart:
        """Unseen bars over every stretch that answer to the pointer; `hover`: columns and their titles."""
        chart: alt.Chart = (
            alt.Chart(steps.assign(bottom=0.0, top=self.highest))
            .mark_rect(opacity=0, color=tokens.grid)
            .encode(
                x=self.x("begins"),
                x2=alt.X2("ends:Q"),
                y=self.y("bottom"),
                y2=alt.Y2("top:Q"),
                tooltip=[alt.Tooltip(f"{name}:N", title=title) for name, title in hover.items()],
            )
        )
        return chart


def percent(share: float) -> str:
    """A share in per cent with one decimal: `45.6 %`; a missing one says so."""
    return "not known" if pd.isna(share) else f"{share * 100:.1f} %"


def interval(low: float, high: float) -> str:
    """An interval of shares: `11.3 to 75.4 %`; a missing one says so."""
    return "not known" if pd.isna(low) else f"{low * 100:.1f} to {high * 100:.1f} %"
