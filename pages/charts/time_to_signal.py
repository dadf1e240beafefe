"""Months from entry to the first lasting signal: a row per spell, watched for as long as its line."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.theme import Tokens

__all__ = ["Reference", "draw_time_to_signal"]

Reference = tuple[float, str]
"""Months from entry, and what others had done by then."""
ENDS = {
    **dict.fromkeys(("left", "transferred", "programme"), "exit"),
    "break": "break",
    **dict.fromkeys(("data", "unknown"), "open"),
}
"""By what ended a watch, the mark at its end."""
SIGNS = {
    "improvement": "● lasting improvement",
    "concern": "◆ lasting concern first",
    "exit": "│ left or programme ended",
    "break": "× definition changed",
    "open": "▷ figures end",
}
_CROSS = "M-0.8,-0.8L0.8,0.8M-0.8,0.8L0.8,-0.8"
_SHAPES = {"exit": "stroke", "break": _CROSS, "open": "triangle-right"}
_TURNED = {"exit": 90, "break": 0, "open": 0}
_SIZES = {"exit": 90, "break": 50, "open": 80}
_STEPS = {8: 1, 24: 3, 48: 6}
"""Up to so many months of watching, the axis has a tick every so many; a year beyond."""
_ROW, _LEAST = 19, 110
_ROOM = 74
_LABEL_WIDTH = {"expr": "min(370, 0.4 * (containerSize()[0] || 1200))"}
_HOVER = {
    "label": "spell",
    "entry_words": "first month exposed",
    "improved_words": "lasting improvement",
    "worsened_words": "lasting concern",
    "watched_words": "watched",
    "ended_words": "watch ended because",
    "baseline_words": "limits rest on",
    "others_words": "others frozen with it",
}

_DRAWN = ["org_code", "watched", "improved_after", "worsened_after", "is_concern_first"]


def draw_time_to_signal(
    rows: pd.DataFrame, references: Sequence[Reference], highlighted: str | None, tokens: Tokens
) -> alt.LayerChart:
    """A line from entry to the end of the watch for each spell, at least one, in the order of `rows`.

    `rows`: `label` (no two alike), `org_code`, `watched`, `improved_after`, `worsened_after` (months; missing
    for none), `is_concern_first`, `ended_by` (of ENDS), and for the hover `entry_words`, `improved_words`,
    `worsened_words`, `watched_words`, `ended_words`, `baseline_words`, `others_words`. `highlighted` is the
    organisation in focus.
    """
    drawn = rows[[*_DRAWN, *_HOVER]].assign(end=rows["ended_by"].map(ENDS))
    chart = _Plane(drawn, highlighted, tokens)
    layers: list[Layer] = [
        *_rules(references, chart),
        chart.lines(),
        *(chart.ends(end) for end in _SHAPES if (drawn["end"] == end).any()),
        chart.lengths(),
        *chart.signals(),
    ]
    height = max(_LEAST, _ROW * len(rows))
    return finish(layers, "", _signs(drawn), height, tokens)


class _Plane:
    """Spells from above to below against months from entry."""

    def __init__(self, rows: pd.DataFrame, highlighted: str | None, tokens: Tokens) -> None:
        self.rows = rows
        self.reach = float(rows["watched"].max())
        self.focus = rows.loc[rows["org_code"] == highlighted, "label"].tolist()
        self.tokens = tokens

    def x(self, field: str) -> alt.X:
        """Months; the length of the last line has room beside it."""
        step = next((step for most, step in _STEPS.items() if self.reach <= most), 12)
        axis = alt.Axis(
            values=list(range(0, int(self.reach) + 1, step)),
            title="months from entry (0: first month exposed)",
            grid=True,
        )
        room = alt.ExprRef(f"max(width - {_ROOM}, 0.6 * width)")
        return alt.X(
            f"{field}:Q",
            scale=alt.Scale(domain=[0, self.reach], range=[0, room], nice=False, zero=True),
            axis=axis,
        )

    def y(self) -> alt.Y:
        """The names of spells, that of the organisation in focus bold."""
        is_focus = f"indexof({self.focus!r}, datum.value) >= 0"
        axis = alt.Axis(
            title=None,
            labelLimit=_LABEL_WIDTH,
            labelOverlap=False,
            labelPadding=12,
            labelColor=self.tokens.ink,
            labelFontWeight=alt.condition(is_focus, alt.value("bold"), alt.value("normal")),
        )
        return alt.Y("label:N", scale=alt.Scale(domain=list(self.rows["label"])), axis=axis)

    def lines(self) -> alt.Chart:
        """How long each spell was watched."""
        rows = self.rows.assign(begin=0.0)
        chart = alt.Chart(rows).mark_rule(color=self.tokens.comparators, strokeWidth=2)
        line: alt.Chart = chart.encode(
            x=self.x("begin"), x2=alt.X2("watched:Q"), y=self.y(), tooltip=_hover()
        )
        return line

    def ends(self, end: str) -> alt.Chart:
        """Why the watch ended, as a mark at its end."""
        rows = self.rows[self.rows["end"] == end]
        mark: dict[str, Any] = {"shape": _SHAPES[end], "angle": _TURNED[end], "size": _SIZES[end]}
        fill = self.tokens.background if end == "open" else self.tokens.muted
        return self._points(rows, "watched", fill, self.tokens.muted, mark)

    def lengths(self) -> alt.Chart:
        """Beside a line without improvement, how long it was watched."""
        rows = self.rows[self.rows["improved_after"].isna()]
        words = rows.assign(words=[f"none in {months:.0f}" for months in rows["watched"]])
        chart = alt.Chart(words).mark_text(
            align="left", dx=10, color=self.tokens.muted, fontSize=11
        )
        told: alt.Chart = chart.encode(x=self.x("watched"), y=self.y(), text=alt.Text("words:N"))
        return told

    def signals(self) -> list[alt.Chart]:
        """First lasting improvement, and lasting concern where that came first."""
        control, outline = self.tokens.control, self.tokens.outline
        first = self.rows[self.rows["is_concern_first"]]
        improved = self.rows[self.rows["improved_after"].notna()]
        diamond, circle = ({"shape": shape, "size": 85} for shape in ("diamond", "circle"))
        marks = [
            (first, "worsened_after", control["concern"], diamond),
            (improved, "improved_after", control["improvement"], circle),
        ]
        return [
            self._points(rows, field, fill, outline, mark)
            for rows, field, fill, mark in marks
            if len(rows)
        ]

    def _points(
        self, rows: pd.DataFrame, field: str, fill: str, stroke: str, mark: dict[str, Any]
    ) -> alt.Chart:
        chart = alt.Chart(rows).mark_point(
            filled=True, fill=fill, stroke=stroke, strokeWidth=1.3, opacity=1, **mark
        )
        points: alt.Chart = chart.encode(x=self.x(field), y=self.y(), tooltip=_hover())
        return points


def _rules(references: Sequence[Reference], plane: _Plane) -> list[Layer]:
    """What others had done by some months, as quiet rules named above the plot."""
    within = [(months, words) for months, words in references if months <= plane.reach]
    if not within:
        return []
    frame = pd.DataFrame(within, columns=["months", "words"])
    chart = alt.Chart(frame).encode(x=plane.x("months"))
    rule = chart.mark_rule(color=plane.tokens.muted, strokeDash=[2, 3])
    words = chart.mark_text(
        color=plane.tokens.muted, fontSize=11, align="right", dx=-3, baseline="bottom"
    )
    return [rule, words.encode(y=alt.YValue(-3), text=alt.Text("words:N"))]


def _signs(rows: pd.DataFrame) -> list[str]:
    """What the marks on this chart mean, each that occurs."""
    present = {
        "improvement": rows["improved_after"].notna().any(),
        "concern": rows["is_concern_first"].any(),
        **{end: (rows["end"] == end).any() for end in _SHAPES},
    }
    return [f"{SIGNS[sign]}   " for sign, is_there in present.items() if is_there]


def _hover() -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in _HOVER.items()]
