"""What every layer of one trajectory shares: the frames in view, the value axis, the words above the data."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pages.charts.layers.backdrop import Span, break_labels, covid_label
from pages.charts.layers.scales import Extent, extent_of
from pages.charts.layers.spell_bands import DrawnSpell, date_labels, programme_labels
from pages.charts.layers.standards import beyond
from pages.charts.layers.top_labels import TopLabel
from pages.charts.layers.value_plane import ValuePlane

HEIGHT, COMPACT_HEIGHT = 325, 200


@dataclass(frozen=True)
class Scene(ValuePlane):
    """One organisation, its peers and England in the months shown, and where they lie on the chart."""

    series: pd.DataFrame
    peers: pd.DataFrame
    england: pd.DataFrame
    spells: list[DrawnSpell]
    standards: pd.DataFrame
    breaks: pd.DataFrame
    focus_name: str
    peers_name: str
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


def within(frame: pd.DataFrame, span: Span) -> pd.DataFrame:
    """The rows whose period starts in [from, to)."""
    starts = pd.to_datetime(frame["period_start"])
    is_shown = (starts >= pd.Timestamp(span[0])) & (starts < pd.Timestamp(span[1]))
    return frame.assign(period_start=starts)[is_shown]


def events_within(events: pd.DataFrame, span: Span) -> pd.DataFrame:
    """The events of days in [from, to)."""
    day = events["day"]
    return events[(day >= pd.Timestamp(span[0])) & (day < pd.Timestamp(span[1]))]
