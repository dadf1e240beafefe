"""Event study: what lay above or below what was to be expected, by time from entry or exit, in bins."""

from dataclasses import dataclass
from functools import cached_property

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.formats import IndicatorText
from pages.charts.layers.rows import rows_of
from pages.charts.layers.scales import Extent, extent_of
from pages.charts.layers.values import one_row
from pages.charts.theme import Tokens

__all__ = ["StudyText", "describe_study", "draw_study"]

HEIGHT = 380
_TOP, _BELOW = 24, 42
_TOO_FEW = "too few organisations"
_SIGNS = (
    "band: holds all bins at once, 95 of 100 times",
    "line: 95 % interval of one alone",
    "hollow: before the event",
    "n: organisations",
)
_HOVER = {
    "when": "When",
    "shown": "Difference",
    "interval": "95 % interval of one alone",
    "band": "Band of all at once",
    "n": "Organisations",
}


@dataclass(frozen=True)
class StudyText:
    """`text` is of changes; `event` a noun (`entry`), `happened` its rule's words (`entered`)."""

    text: IndicatorText
    event: str
    happened: str


def draw_study(points: pd.DataFrame, study: StudyText, tokens: Tokens) -> alt.LayerChart:
    """A point with its interval and its share of the simultaneous band per bin of event time.

    `points`: `event_time, last` (first and last period of the bin, both inclusive, from 0 at the event),
    `n_units`, and, missing where too few units are in the bin, `estimate, ci_low, ci_high, band_low,
    band_high`. At least one bin has an estimate.
    """
    plane = _Plane(_ready(points, study), study, tokens)
    layers = [
        plane.band(),
        *plane.zero_and_event(),
        plane.intervals(),
        plane.points(),
        *plane.counts(),
    ]
    return finish(layers, "", [_across(study), *_SIGNS], HEIGHT, tokens)


def _across(study: StudyText) -> str:
    return f"{study.text.period_noun}s from {study.event}"


def _ready(points: pd.DataFrame, study: StudyText) -> pd.DataFrame:
    """The bins with their ends, their middle and the words of their hover."""
    rows, text = rows_of(points), study.text
    return points.assign(
        ends=points["last"] + 1,
        middle=(points["event_time"] + points["last"] + 1) / 2,
        when=[bin_words(row.event_time, row.last, study) for row in rows],
        shown=[_figure(row.estimate, text) for row in rows],
        interval=[_reach(row.ci_low, row.ci_high, text) for row in rows],
        band=[_reach(row.band_low, row.band_high, text) for row in rows],
        n=[str(row.n_units) for row in rows],
    )


def bin_words(begins: int, last: int, study: StudyText) -> str:
    """`months 0 to 2 from entry`, `months 3 to 1 before entry`."""
    noun = study.text.period_noun
    first, end = (abs(begins), abs(last))
    span = f"{noun} {first}" if first == end else f"{noun}s {first} to {end}"
    return f"{span} {'before' if begins < 0 else 'from'} {study.event}"


def _figure(value: float, text: IndicatorText) -> str:
    return _TOO_FEW if pd.isna(value) else text.shown(value)


def _reach(low: float, high: float, text: IndicatorText) -> str:
    return _TOO_FEW if pd.isna(low) else f"{text.shown(low)} to {text.shown(high)}"


class _Plane:
    """Event time across, differences up, numbers of organisations below."""

    def __init__(self, rows: pd.DataFrame, study: StudyText, tokens: Tokens) -> None:
        self.rows, self.study, self.tokens = rows, study, tokens
        self.known = rows[rows["estimate"].notna()]

    @cached_property
    def extent(self) -> Extent:
        """Every estimate with its band, and nothing."""
        names = ("estimate", "ci_low", "ci_high", "band_low", "band_high")
        values = [float(value) for name in names for value in self.known[name]]
        return extent_of([0.0, *values], self.study.text.unit)

    def x(self, field: str) -> alt.X:
        """Periods from the event."""
        low, high = int(self.rows["event_time"].min()), int(self.rows["ends"].max())
        step = max(1, 6 // self.study.text.step_months)
        first = -(-low // step) * step
        axis = alt.Axis(
            title=None, values=list(range(first, high + 1, step)), offset=-_BELOW, format="d"
        )
        scale = alt.Scale(domain=[low, high], nice=False, zero=False)
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    def y(self, field: str) -> alt.Y:
        """Differences, above the numbers of organisations."""
        text, extent = self.study.text, self.extent
        scale = alt.Scale(domain=[extent.low, extent.high], range=[HEIGHT - _BELOW, _TOP])
        axis = alt.Axis(values=list(extent.ticks), title=text.axis_title, **text.axis_format())
        return alt.Y(f"{field}:Q", scale=scale, axis=axis)

    def _hover(self) -> list[alt.Tooltip]:
        return [alt.Tooltip(f"{name}:N", title=title) for name, title in _HOVER.items()]

    def band(self) -> alt.Chart:
        """The band that holds every bin at once."""
        mark = alt.Chart(self.known).mark_rect(color=self.tokens.comparators, opacity=0.25)
        ends = {"x2": alt.X2("ends:Q"), "y2": alt.Y2("band_high:Q")}
        drawn: alt.Chart = mark.encode(
            x=self.x("event_time"), y=self.y("band_low"), tooltip=self._hover(), **ends
        )
        return drawn

    def zero_and_event(self) -> list[Layer]:
        """No difference, and the event itself."""
        tokens = self.tokens
        zero = alt.Chart(one_row(nothing=0)).mark_rule(color=tokens.ink, strokeWidth=1)
        at = alt.Chart(one_row(event_time=0, words=self.study.happened))
        dash = [1, 0] if self.study.event == "entry" else [5, 3]
        rule = at.mark_rule(color=tokens.ink, strokeDash=dash)
        words = at.mark_text(color=tokens.ink, align="left", dx=5)
        x = self.x("event_time")
        ends = {"y": alt.YValue(4), "y2": alt.Y2Value(HEIGHT - _BELOW)}
        return [
            zero.encode(y=self.y("nothing")),
            rule.encode(x=x, **ends),
            words.encode(x=x, y=alt.YValue(10), text=alt.Text("words:N")),
        ]

    def intervals(self) -> alt.Chart:
        """The interval of each bin alone."""
        rule = alt.Chart(self.known).mark_rule(color=self.tokens.ink, strokeWidth=1.6)
        ends = {"y": self.y("ci_low"), "y2": alt.Y2("ci_high:Q")}
        drawn: alt.Chart = rule.encode(x=self.x("middle"), tooltip=self._hover(), **ends)
        return drawn

    def points(self) -> alt.Chart:
        """Estimates, hollow before the event."""
        tokens = self.tokens
        mark = alt.Chart(self.known).mark_point(
            filled=True, opacity=1, size=75, stroke=tokens.accent, strokeWidth=1.8
        )
        fill = alt.condition(
            "datum.event_time < 0", alt.value(tokens.background), alt.value(tokens.accent)
        )
        drawn: alt.Chart = mark.encode(
            x=self.x("middle"), y=self.y("estimate"), fill=fill, tooltip=self._hover()
        )
        return drawn

    def counts(self) -> list[alt.Chart]:
        """How many organisations are in each bin; in brackets where too few for an estimate."""
        muted = self.tokens.muted
        told = [row.n if pd.notna(row.estimate) else f"({row.n})" for row in rows_of(self.rows)]
        mark = alt.Chart(self.rows[["middle"]].assign(words=told)).mark_text(
            color=muted, fontSize=11
        )
        head = alt.Chart(one_row(words="n")).mark_text(color=muted, align="right", dx=-8)
        at, words = alt.YValue(HEIGHT - 8), alt.Text("words:N")
        return [
            mark.encode(x=self.x("middle"), y=at, text=words),
            head.encode(x=alt.XValue(0), y=at, text=words),
        ]


def describe_study(points: pd.DataFrame, study: StudyText) -> str:
    """The first bin after the event and the last with an estimate, and how many leads lie off 0."""
    known = points[points["estimate"].notna()]
    before, after = known[known["event_time"] < 0], known[known["event_time"] >= 0]
    off = ((before["band_low"] > 0) | (before["band_high"] < 0)).sum()
    told = [
        f"{bin_words(row.event_time, row.last, study)} {study.text.shown(row.estimate)}, "
        f"band {_reach(row.band_low, row.band_high, study.text)}, {row.n_units} organisations"
        for row in rows_of(after.iloc[[0, -1]] if len(after) > 1 else after)
    ]
    leads = f"{off} of {len(before)} bins before {study.event} lie off 0 by the band"
    return f"Event study: {'; '.join([*told, leads])}."
