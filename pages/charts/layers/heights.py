"""Fields of heights that many layers of one plane share."""

from abc import ABC, abstractmethod
from functools import cached_property

import altair as alt

from pages.charts.layers.end_labels import Rise
from pages.charts.layers.once import Axis, Scale, Y


class Heights(ABC):
    """A plane with one value axis: each field's channel is made once, however many layers ask for it."""

    def y(self, field: str) -> alt.Y:
        """A field on the value axis."""
        return self._heights.setdefault(field, Y(f"{field}:Q", scale=self._scale, axis=self._axis))

    @cached_property
    def _heights(self) -> dict[str, Y]:
        return {}

    @property
    @abstractmethod
    def _scale(self) -> Scale:
        """The scale of all fields, the same object each time."""

    @property
    @abstractmethod
    def _axis(self) -> Axis:
        """The axis of all fields, the same object each time."""


def scale_of(rise: Rise) -> Scale:
    """The scale of a panel between two pixels."""
    return Scale(domain=[rise.low, rise.high], range=[rise.bottom, rise.top], nice=False)
