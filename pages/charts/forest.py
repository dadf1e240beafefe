"""Forest plot: an estimate with its interval per row, and their mean if there is one; no league."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.pooled_mean import Mean, mean_layers, mean_rows
from pages.charts.layers.written_rows import WORDS, across, down, written
from pages.charts.theme import Tokens

__all__ = ["ForestText", "Mean", "describe_forest", "draw_forest"]

SHAPES = {"standard": "circle", "exploratory": "square", "descriptive": "diamond"}
_SIGNS = {
    "standard": "● 12 points or more on each side",
    "exploratory": "■ exploratory: 8 to 11",
    "descriptive": "◆ descriptive: fewer",
}
_FILLS = {
    "clear improvement": ("improvement", "blue: clear improvement"),
    "clear worsening": ("concern", "orange: clear worsening"),
    "clear rise": ("neutral", "violet: clear rise or fall"),
    "clear fall": ("neutral", "violet: clear rise or fall"),
    "uncertain": ("common_cause", "grey: uncertain"),
}
_TITLES = {
    "right": "← worsening   ·   improvement →",
    "left": "← improvement   ·   worsening →",
    "neither": "← fall   ·   rise →",
}
_HOLLOW = "hollow: mostly extrapolation"
_MEAN = "diamond: mean with its 95 % interval"
_LEAST_HEIGHT, _MOST_ROW, _LEAST_ROW = 200, 34, 19
_FITS = 430
_EXCESS_WORDS = 170
_AIR = 1.12
_SEEN, _FAR_WIDER = 0.8, 2
"""An interval reaching over twice as far as those of four fifths of the rows, and every estimate, is cut."""
_LABELS = (330, 0.42)
"""Pixels, and share of the width, that names of rows have at most."""
_HOVER = {
    "label": "estimate of",
    "words": "effect (95 % interval)",
    "evidence": "evidence",
    "when": "read",
    "points": "points before, after",
    "grade": "grade",
    "excess_words": "beyond expected rebound",
    "cautions": "caution",
}


@dataclass(frozen=True)
class ForestText:
    """What is estimated, in which unit, and on which side an improvement lies.

    `subject` names all rows together; `axis` says how the axis is written; `has_excess`: a column of what
    lies beyond the expected rebound; `has_grades`: whether shapes are told apart; `hover`: its columns, with
    titles.
    """

    subject: str
    unit: str
    better: Literal["right", "left", "neither"]
    axis: dict[str, Any] = field(default_factory=dict)
    has_excess: bool = False
    has_grades: bool = True
    hover: Mapping[str, str] = field(default_factory=lambda: _HOVER)


def draw_forest(
    rows: pd.DataFrame, text: ForestText, tokens: Tokens, mean: Mean | None = None
) -> alt.LayerChart:
    """A line from `low` to `high` and a point at `estimate` per row, in the order of `rows`, at least one.

    `rows`: `label` (no two alike), `estimate, low, high`, `grade` (of SHAPES), `evidence`,
    `is_extrapolated`, and in words the columns of the hover and `words`, with `has_excess` also
    `excess_words`. `mean` is a diamond below, and a dashed line where one further row would lie. An interval
    that goes on beyond the axis ends in an arrow; its ends are in its words.
    """
    plane = _Plane(rows, text, tokens, mean)
    layers: list[Layer] = [
        plane.zero(),
        plane.lines(),
        *(plane.arrows(side) for side in ("low", "high") if plane.beyond(side).any()),
        *(plane.points(grade) for grade in SHAPES if (rows["grade"] == grade).any()),
        *(mean_layers(mean, plane.x, plane.y(), tokens) if mean else []),
        *plane.columns(),
    ]
    number = len(plane.written)
    fitted = max(_LEAST_HEIGHT, min(_FITS, _MOST_ROW * number))
    signs = _signs(rows, text, mean is not None)
    return finish(layers, "", signs, max(fitted, _LEAST_ROW * number), tokens)


class _Plane:
    """Rows from above to below against the size of the effect, figures at the right."""

    def __init__(
        self, rows: pd.DataFrame, text: ForestText, tokens: Tokens, mean: Mean | None
    ) -> None:
        self.text, self.tokens = text, tokens
        below = mean_rows(mean)
        self.written = pd.concat([rows, below], ignore_index=True)
        self.domain = _domain(rows, [*below["low"], *below["high"]])
        least, most = self.domain
        colours = [tokens.control[_FILLS[one][0]] for one in rows["evidence"]]
        fills = np.where(rows["is_extrapolated"], tokens.background, colours)
        kept = [
            *dict.fromkeys([*text.hover, "grade", "estimate", "low", "high", "is_extrapolated"])
        ]
        self.rows = rows[kept].assign(
            fill=fills,
            shown_low=rows["low"].clip(least, most),
            shown_high=rows["high"].clip(least, most),
        )

    def beyond(self, side: str) -> pd.Series:
        """Which intervals go on beyond the axis on a side."""
        outside: pd.Series = self.rows[side] != self.rows[f"shown_{side}"]
        return outside

    @property
    def _reserved(self) -> int:
        return WORDS + (_EXCESS_WORDS if self.text.has_excess else 0)

    def x(self, column: str) -> alt.X:
        """The effect; where there is room, figures stand right of the axis."""
        title = _TITLES[self.text.better]
        return across(
            column, self.domain, self._reserved, title=title, tickCount=7, **self.text.axis
        )

    def y(self) -> alt.Y:
        """The names of the rows."""
        return down(list(self.written["label"]), *_LABELS, self.tokens)

    def hover(self) -> list[alt.Tooltip]:
        """What a row says when pointed at."""
        return [alt.Tooltip(f"{name}:N", title=title) for name, title in self.text.hover.items()]

    def zero(self) -> alt.Chart:
        """No change."""
        rule = alt.Chart(pd.DataFrame({"nothing": [0.0]})).mark_rule(color=self.tokens.ink)
        chart: alt.Chart = rule.encode(x=self.x("nothing"))
        return chart

    def lines(self) -> alt.Chart:
        """Intervals, as far as the axis goes."""
        rule = alt.Chart(self.rows).mark_rule(color=self.tokens.ink, strokeWidth=1.6)
        chart: alt.Chart = rule.encode(
            x=self.x("shown_low"), x2=alt.X2("shown_high:Q"), y=self.y(), tooltip=self.hover()
        )
        return chart

    def arrows(self, side: str) -> alt.Chart:
        """Intervals that go on."""
        shape = {"low": "triangle-left", "high": "triangle-right"}[side]
        mark = alt.Chart(self.rows[self.beyond(side)]).mark_point(
            shape=shape, filled=True, color=self.tokens.ink, size=70, opacity=1
        )
        chart: alt.Chart = mark.encode(x=self.x(f"shown_{side}"), y=self.y(), tooltip=self.hover())
        return chart

    def points(self, grade: str) -> alt.Chart:
        """Estimates of one grade."""
        mark = alt.Chart(self.rows[self.rows["grade"] == grade]).mark_point(
            shape=SHAPES[grade],
            filled=True,
            stroke=self.tokens.outline,
            strokeWidth=1.2,
            size=95,
            opacity=1,
        )
        fill = alt.Fill("fill:N", scale=None)
        chart: alt.Chart = mark.encode(
            x=self.x("estimate"), y=self.y(), fill=fill, tooltip=self.hover()
        )
        return chart

    def columns(self) -> list[alt.Chart]:
        """The figures in words at the right, where there is room, each under its heading."""
        right = _EXCESS_WORDS if self.text.has_excess else 0
        drawn = self._column("words", "effect (95 % interval)", right)
        if self.text.has_excess:
            drawn += self._column("excess_words", "beyond expected rebound", 0)
        return drawn

    def _column(self, name: str, heading: str, from_right: int) -> list[alt.Chart]:
        told = self.written[["label", name]].fillna("")
        return written(told, heading, self.y(), self.tokens, from_right)


def _domain(rows: pd.DataFrame, below: Sequence[float]) -> tuple[float, float]:
    """Nothing, every estimate, the mean's ends and every interval, save those far wider than the others."""
    furthest = rows[["low", "high"]].abs().max(axis="columns")
    usual = float(np.quantile(furthest, _SEEN, method="lower"))
    reach = max(usual, float(rows["estimate"].abs().max()), *map(abs, below))
    cut = reach if furthest.max() > _FAR_WIDER * reach else np.inf
    least = max(min(rows["low"].min(), 0, *below), -cut)
    most = min(max(rows["high"].max(), 0, *below), cut)
    return (_AIR * least, _AIR * most) if least < most else (-1.0, 1.0)


def _signs(rows: pd.DataFrame, text: ForestText, has_mean: bool) -> list[str]:
    """The unit, and what shapes and fills mean, each that occurs."""
    graded = rows["grade"] if text.has_grades else pd.Series(dtype=str)
    shapes = [sign for grade, sign in _SIGNS.items() if (graded == grade).any()]
    fills = [words for name, (_, words) in _FILLS.items() if (rows["evidence"] == name).any()]
    hollow = [_HOLLOW] if rows["is_extrapolated"].any() else []
    mean = [_MEAN] if has_mean else []
    signs = [text.unit, *shapes, *fills, *hollow, *mean]
    return list(dict.fromkeys(f"{words}   " for words in signs))


def describe_forest(rows: pd.DataFrame, text: ForestText, mean: Mean | None = None) -> str:
    """How many are clear on each side and how many uncertain, where the estimates reach, and their mean."""
    counts = rows["evidence"].value_counts()
    told = ", ".join(f"{counts[name]} {name}" for name in _FILLS if name in counts)
    by_size = rows.sort_values("estimate", kind="stable")
    least, most = by_size.iloc[0], by_size.iloc[-1]
    far = int(rows["is_extrapolated"].sum())
    beside = f" {far} mostly extrapolation." if far else ""
    beside += f" {mean.label}: {mean.words}. {mean.further}: {mean.further_words}." if mean else ""
    return (
        f"{text.subject}, each with its 95 % interval, in order of the event: {told}. The estimates reach "
        f"from {least['words']} ({least['label']}) to {most['words']} ({most['label']}).{beside}"
    )
