"""What every layer of a control chart shares: its periods, the value axis, the words above the data."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pages.charts.layers.backdrop import break_labels, covid_label
from pages.charts.layers.formats import format_month
from pages.charts.layers.rows import rows_of
from pages.charts.layers.scales import Extent, extent_of
from pages.charts.layers.spell_bands import DrawnSpell, date_labels, programme_labels
from pages.charts.layers.standards import beyond
from pages.charts.layers.top_labels import TopLabel
from pages.charts.layers.value_plane import ValuePlane

HEIGHT = 312


@dataclass(frozen=True)
class ControlScene(ValuePlane):
    """One organisation's periods with their limits, and what lies behind them."""

    points: pd.DataFrame
    spells: list[DrawnSpell]
    standards: pd.DataFrame
    breaks: pd.DataFrame
    rebases: pd.DataFrame

    @cached_property
    def extent(self) -> Extent:
        """The value axis for values and limits, with the standards where they leave room for these."""
        drawn = (self.points[column] for column in ("value", "mean", "lower", "upper"))
        values = [float(value) for column in drawn for value in column]
        return extent_of(values, self.indicator.unit, wished=self.standards["value"])

    @cached_property
    def labels(self) -> list[TopLabel]:
        """The words above the data."""
        return [
            *programme_labels(self.spells, self.span),
            *covid_label(self.span),
            *break_labels(self.breaks, self.span),
            *date_labels(self.spells, self.span),
            *self._rebase_labels(),
            *self._baseline_label(),
            *(TopLabel(self.end, words, "left") for words in beyond(self.standards, self.extent)),
        ]

    @property
    def height(self) -> int:
        """Pixels between the axes."""
        return HEIGHT

    @cached_property
    def measured(self) -> pd.DataFrame:
        """The periods with a value."""
        return self.points.dropna(subset="value")

    @cached_property
    def baseline(self) -> pd.DataFrame:
        """The periods that alone set the limits; none where all do."""
        if "is_baseline" not in self.points:
            return self.points.iloc[:0]
        return self.points[self.points["is_baseline"].eq(True)]

    @cached_property
    def shown_rebases(self) -> pd.DataFrame:
        """The recalculations in the months shown."""
        on = pd.to_datetime(self.rebases["on"])
        is_shown = (on >= pd.Timestamp(self.span[0])) & (on < self.end)
        return self.rebases.assign(on=on)[is_shown]

    def _rebase_labels(self) -> list[TopLabel]:
        return [
            TopLabel(row.on, f"limits recalculated from {format_month(row.on)}", first_row=1)
            for row in rows_of(self.shown_rebases)
        ]

    def _baseline_label(self) -> list[TopLabel]:
        if self.baseline.empty:
            return []
        words = f"these {len(self.baseline)} points set the limits"
        return [TopLabel(self.baseline["period_start"].iloc[0], words)]
