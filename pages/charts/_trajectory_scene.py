"""What every layer of one trajectory shares: the frames in view, the scales, the words above the data."""

from dataclasses import dataclass
from functools import cached_property

import altair as alt
import pandas as pd

from pages.charts._backdrop import Span, break_labels, covid_label, month_x
from pages.charts._end_labels import Rise
from pages.charts._formats import IndicatorText, axis_format
from pages.charts._scales import Extent, extent_of
from pages.charts._spell_bands import DrawnSpell, date_labels, programme_labels
from pages.charts._standards import beyond
from pages.charts._top_labels import WIDE, TopLabel, headroom
from pages.charts.theme import Tokens

HEIGHT, COMPACT_HEIGHT = 360, 200
_FOOTROOM = 20


@dataclass(frozen=True)
class Scene:
    """One organisation, its peers and England in the months shown, and where they lie on the chart."""

    series: pd.DataFrame
    peers: pd.DataFrame
    england: pd.DataFrame
    spells: list[DrawnSpell]
    standards: pd.DataFrame
    breaks: pd.DataFrame
    indicator: IndicatorText
    focus_name: str
    peers_name: str
    tokens: Tokens
    span: Span
    is_compact: bool
    predecessors: pd.DataFrame
    events: pd.DataFrame | None

    @cached_property
    def extent(self) -> Extent:
        """The value axis for everything drawn, with the standards where they leave room for the data."""
        drawn = [self.series["value"], self.england["value"], self.predecessors["value"]]
        drawn += [self.peers[column] for column in ("p10", "median", "p90")]
        values = [float(value) for column in drawn for value in column]
        return extent_of(values, self.indicator.unit, wished=self.standards["value"])

    @cached_property
    def labels(self) -> list[TopLabel]:
        """The words above the data: only the programmes' names where the chart is compact."""
        names = programme_labels(self.spells, self.span)
        if self.is_compact:
            return names
        return [
            *names,
            *covid_label(self.span),
            *break_labels(self.breaks, self.span),
            *date_labels(self.spells, self.span),
            *(TopLabel(self.end, words, "left") for words in beyond(self.standards, self.extent)),
        ]

    @property
    def height(self) -> int:
        """Pixels between the axes."""
        return COMPACT_HEIGHT if self.is_compact else HEIGHT

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
        top = headroom(self.labels, self.span)["narrow"]
        return Rise(self.extent.low, self.extent.high, self.lowest, top)

    def x(self, field: str) -> alt.X:
        """A date field on the time axis."""
        return month_x(field, self.span)

    def y(self, field: str) -> alt.Y:
        """A field on the value axis."""
        room = headroom(self.labels, self.span)
        top = alt.ExprRef(f"width >= {WIDE} ? {room['wide']} : {room['narrow']}")
        axis = alt.Axis(
            values=list(self.extent.ticks),
            title=self.indicator.axis_title,
            **axis_format(self.indicator.unit),
        )
        domain = [self.extent.low, self.extent.high]
        return alt.Y(
            f"{field}:Q", scale=alt.Scale(domain=domain, range=[self.lowest, top]), axis=axis
        )


def within(frame: pd.DataFrame, span: Span) -> pd.DataFrame:
    """The rows whose period starts in [from, to)."""
    starts = pd.to_datetime(frame["period_start"])
    is_shown = (starts >= pd.Timestamp(span[0])) & (starts < pd.Timestamp(span[1]))
    return frame.assign(period_start=starts)[is_shown]


def events_within(events: pd.DataFrame, span: Span) -> pd.DataFrame:
    """The events of days in [from, to)."""
    day = events["day"]
    return events[(day >= pd.Timestamp(span[0])) & (day < pd.Timestamp(span[1]))]
