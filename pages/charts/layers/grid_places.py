"""Where the columns of the grid of icons stand: one or two icons wide, a gap before each theme."""

from dataclasses import dataclass

import altair as alt
import pandas as pd

from pages.charts.layers.rows import rows_of

LEAST_ICON = 18.4
"""Pixels of a column one icon wide, so that the icon has 18."""
_WIDEST = 44
_GAP, _TOTALS_WIDTH = 1.0, 2.6


@dataclass(frozen=True)
class Slots:
    """Places across, counted in icons: each column's left edge, headings' middles, and the whole length."""

    columns: dict[str, float]
    titles: dict[str, float]
    groups: dict[str, float]
    totals: float
    length: float

    @property
    def _reach(self) -> str:
        """Icons across the plane: all of them, or as many as keep few columns from being pulled apart."""
        return f"max({self.length}, width / {_WIDEST})"

    def across(self, field: str) -> alt.X:
        """A field counted in icons."""
        scale = alt.Scale(domain=[0, alt.ExprRef(self._reach)], nice=False, zero=False)
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    def icon_size(self, largest: int) -> str:
        """Pixels of an icon, as an expression: what a column one icon wide leaves, at most `largest`."""
        return f"min({largest}, 0.98 * width / {self._reach})"


def slots_of(indicators: pd.DataFrame) -> Slots:
    """The places of `indicators` (`indicator_id, title, group, has_assurance`), those of a group together."""
    columns: dict[str, float] = {}
    titles: dict[str, float] = {}
    groups: dict[str, float] = {}
    at, group = 0.0, ""
    for row in rows_of(indicators):
        if row.group != group:
            group = row.group
            groups[group] = at + _GAP / 2
            at += _GAP
        columns[row.indicator_id] = at
        titles[row.title] = at + 0.5
        at += 1 + row.has_assurance
    return Slots(columns, titles, groups, at + 0.7, at + _TOTALS_WIDTH)
