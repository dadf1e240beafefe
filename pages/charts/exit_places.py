"""Places among similar organisations at which earlier exits happened, and where one stands now."""

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.written_rows import WORDS, across, down, written
from pages.charts.theme import Tokens

__all__ = ["describe_exit_places", "draw_exit_places"]

_FITS, _LEAST_ROW, _MOST_ROW = 410, 22, 44
_BAND = 0.5
"""Share of a row that the band of the middle half fills."""
_LABELS = (300, 0.47)
"""Pixels, and share of the width, that names of indicators have at most."""
_EXIT = {
    "label": "indicator",
    "organisation": "organisation",
    "left": "left",
    "place_words": "place at exit",
    "level_words": "figure at exit",
    "change_words": "change in the next 12 months",
}
_BANDS = {"label": "indicator", "words": "at exits"}
_OWN = {
    "label": "indicator",
    "organisation": "organisation",
    "place_words": "place now",
    "words": "figure now",
}


def draw_exit_places(
    exits: pd.DataFrame, bands: pd.DataFrame, own: pd.DataFrame, name: str, tokens: Tokens
) -> alt.LayerChart:
    """A row per indicator in the order of `bands`, all of its labels: places from 0 to 100, the best right.

    `exits`: `label, place` and, in words, the columns of the hover. `bands`: `label, lower, median, upper,
    words`, numbers missing where there are too few exits. `own`: `label, place, words` and the columns of the
    hover, place missing where it is not known. `name`: whose marks these are.
    """
    plane = _Plane(list(bands["label"]), tokens)
    known, placed = bands.dropna(subset="median"), own.dropna(subset="place")
    layers: list[Layer] = [plane.middle()]
    layers += [plane.band(known), plane.median(known)] if len(known) else []
    layers += [plane.dots(exits)] if len(exits) else []
    layers += [plane.own(placed)] if len(placed) else []
    layers += plane.figures(own)
    return finish(layers, "", _signs(known, exits, placed, name), plane.height, tokens)


class _Plane:
    """Indicators from above to below against the place."""

    def __init__(self, labels: list[str], tokens: Tokens) -> None:
        self.labels, self.tokens = labels, tokens
        self.row = max(_LEAST_ROW, min(_MOST_ROW, _FITS // max(len(labels), 1)))

    @property
    def height(self) -> int:
        """Pixels of all rows."""
        return self.row * len(self.labels)

    def x(self, column: str) -> alt.X:
        """The place; where there is room, figures stand right of it."""
        title, values = "better than … % of others of its type", [0, 25, 50, 75, 100]
        return across(column, (-2, 102), WORDS, title=title, ticks=False, values=values)

    def y(self) -> alt.Y:
        """The names of the rows."""
        return down(self.labels, *_LABELS, self.tokens)

    def middle(self) -> alt.Chart:
        """As good as half of the others."""
        rule = alt.Chart(pd.DataFrame({"half": [50]})).mark_rule(
            color=self.tokens.comparators, strokeDash=[4, 4]
        )
        chart: alt.Chart = rule.encode(x=self.x("half"))
        return chart

    def band(self, bands: pd.DataFrame) -> alt.Chart:
        """The middle half of the exits."""
        mark = alt.Chart(bands).mark_bar(
            color=self.tokens.comparators, opacity=0.42, height=self.row * _BAND
        )
        chart: alt.Chart = mark.encode(
            x=self.x("lower"), x2=alt.X2("upper:Q"), y=self.y(), tooltip=_hover(_BANDS)
        )
        return chart

    def median(self, bands: pd.DataFrame) -> alt.Chart:
        """The exit in the middle."""
        mark = alt.Chart(bands).mark_tick(
            color=self.tokens.ink, thickness=2.5, size=self.row * (_BAND + 0.16)
        )
        chart: alt.Chart = mark.encode(x=self.x("median"), y=self.y(), tooltip=_hover(_BANDS))
        return chart

    def dots(self, exits: pd.DataFrame) -> alt.Chart:
        """Every exit."""
        mark = alt.Chart(exits).mark_point(
            shape="circle",
            filled=False,
            stroke=self.tokens.muted,
            strokeWidth=1.6,
            size=46,
            opacity=0.95,
        )
        chart: alt.Chart = mark.encode(x=self.x("place"), y=self.y(), tooltip=_hover(_EXIT))
        return chart

    def own(self, own: pd.DataFrame) -> alt.Chart:
        """The organisation now."""
        mark = alt.Chart(own).mark_point(
            shape="diamond",
            filled=True,
            color=self.tokens.accent,
            stroke=self.tokens.background,
            strokeWidth=1.2,
            size=190,
            opacity=1,
        )
        chart: alt.Chart = mark.encode(x=self.x("place"), y=self.y(), tooltip=_hover(_OWN))
        return chart

    def figures(self, own: pd.DataFrame) -> list[alt.Chart]:
        """The organisation's own figures at the right, where there is room."""
        return written(own[["label", "words"]], "its own figure now", self.y(), self.tokens)


def _hover(columns: dict[str, str]) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in columns.items()]


def _signs(bands: pd.DataFrame, exits: pd.DataFrame, own: pd.DataFrame, name: str) -> list[str]:
    """What the marks mean, each that occurs."""
    signs = [
        (len(own), f"◆ {name} now"),
        (len(exits), "○ an earlier exit"),
        (len(bands), "▮ their middle half, line: median, of five exits or more"),
    ]
    return [f"{words}   " for number, words in signs if number]


def describe_exit_places(bands: pd.DataFrame, own: pd.DataFrame, name: str) -> str:
    """Of each indicator where the exits lay, and the organisation's own place now."""
    told = []
    places = dict(zip(own["label"], own["place_words"], strict=True))
    for label, words in zip(bands["label"], bands["words"], strict=True):
        told.append(f"{label}: exits {words}; {name} now {places.get(label, 'not known')}")
    return f"Place among others of its type at earlier exits and now. {'. '.join(told)}."
