"""A share over months since a start, with its interval, its bounds and the numbers at risk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from pages.charts.layers.backdrop import Layer, finish
from pages.charts.layers.contrast import own_or_ink
from pages.charts.layers.end_labels import EndLabel, end_labels, place
from pages.charts.layers.risk_plane import HEIGHT, RiskPlane, interval, percent
from pages.charts.layers.risk_steps import band, corners, risk_steps
from pages.charts.layers.scales import extent_of
from pages.charts.theme import Tokens

__all__ = ["CurveWords", "StepLine", "draw_curve", "step_line"]

_HOVER = {
    "when": "months",
    "told": "share",
    "within": "95 % interval",
    "at_risk": "at risk",
}


@dataclass(frozen=True)
class StepLine:
    """A curve with its name: `steps` as `risk_steps` gives them, and the `times` behind them."""

    name: str
    steps: pd.DataFrame
    times: pd.DataFrame


@dataclass(frozen=True)
class CurveWords:
    """What stands around the curves; `x_title` says from when the months count.

    `marked` is a point of the main curve to be named: months, share and words.
    """

    title: str
    subtitle: tuple[str, ...]
    x_title: str
    y_title: str
    marked: tuple[float, float, str] | None = None


def step_line(name: str, times: pd.DataFrame, shares: pd.DataFrame, at_first: float) -> StepLine:
    """A curve from `times` (`entry, stop`) and `shares` (`time, share, ci_low, ci_high`)."""
    return StepLine(name, risk_steps(times, shares, at_first), times)


def draw_curve(
    main: StepLine,
    bounds: Sequence[StepLine],
    words: CurveWords,
    tokens: Tokens,
    rival: StepLine | None = None,
) -> alt.LayerChart:
    """The main curve with its band, its bounds as thin grey lines, and a competing end, all named.

    Dashed where fewer than five are at risk; the numbers at risk of the main curve stand under the axis.
    """
    beside = [(line, tokens.muted) for line in bounds]
    if rival is not None:
        beside.append((rival, own_or_ink(tokens.endings["closed"], tokens)))
    plane = _plane([main, *(line for line, _ in beside)], words)
    layers: list[Layer] = [
        *_ribbon(main, plane, tokens),
        *(part for line, colour in beside for part in _line(line, plane, colour, 1.2)),
        *_line(main, plane, tokens.accent, 3),
        *_mark(words.marked, plane, tokens),
        _names([(main, tokens.accent), *beside], plane, tokens),
        plane.counts(main.times, tokens),
        plane.targets(_told(main.steps), _HOVER, tokens),
    ]
    return finish(layers, words.title, words.subtitle, HEIGHT, tokens)


def _plane(lines: Sequence[StepLine], words: CurveWords) -> RiskPlane:
    shares = [share for line in lines for share in line.steps["share"]]
    shares += list(lines[0].steps["ci_high"].dropna())
    high = 1.0 if max(shares) > 0.6 else extent_of([0.0, 100 * max(shares)], "percent").high / 100
    return RiskPlane(
        end=max(float(line.steps["ends"].max()) for line in lines),
        highest=high,
        x_title=words.x_title,
        y_title=words.y_title,
    )


def _ribbon(line: StepLine, plane: RiskPlane, tokens: Tokens) -> list[alt.Chart]:
    points = band(line.steps)
    if points.empty:
        return []
    area = alt.Chart(points).mark_area(interpolate="step-after", color=tokens.accent, opacity=0.16)
    return [area.encode(x=plane.x("time"), y=plane.y("ci_low"), y2=alt.Y2("ci_high:Q"))]


def _line(line: StepLine, plane: RiskPlane, colour: str, width: float) -> list[alt.Chart]:
    points = corners(line.steps)
    drawn = []
    for is_thin, dash in ((False, [1, 0]), (True, [5, 3])):
        own = points[points["is_thin"] == is_thin]
        # A layer without a mark would be a picture without words.
        if len(own):
            line_of_runs = alt.Chart(own).mark_line(
                interpolate="step-after", color=colour, strokeWidth=width, strokeDash=dash
            )
            drawn.append(
                line_of_runs.encode(
                    x=plane.x("time"), y=plane.y("share"), detail=alt.Detail("run:N")
                )
            )
    return drawn


def _mark(
    marked: tuple[float, float, str] | None, plane: RiskPlane, tokens: Tokens
) -> list[alt.Chart]:
    if marked is None:
        return []
    time, share, words = marked
    frame = pd.DataFrame({"time": [time], "share": [share], "words": [words]})
    chart = alt.Chart(frame).encode(x=plane.x("time"), y=plane.y("share"))
    point = chart.mark_circle(color=tokens.accent, size=90, opacity=1)
    placed: dict[str, Any] = {"align": "left", "dx": 9, "dy": -9, "fontWeight": "bold"}
    halo = chart.mark_text(
        color=tokens.background, stroke=tokens.background, strokeWidth=3, **placed
    )
    name = chart.mark_text(color=tokens.accent, **placed)
    return [point, halo.encode(text=alt.Text("words:N")), name.encode(text=alt.Text("words:N"))]


def _names(lines: Sequence[tuple[StepLine, str]], plane: RiskPlane, tokens: Tokens) -> Layer:
    labels = [_label(*named, is_bold=not place) for place, named in enumerate(lines)]
    # Of lines that end at one height the longest comes first, so that their leads do not cross.
    labels.sort(key=lambda label: -label.x)
    placed = place(labels, plane.end, 0.0, plane.rise)
    return end_labels(placed, plane.x, plane.y, tokens)


def _label(line: StepLine, colour: str, *, is_bold: bool) -> EndLabel:
    last = line.steps.iloc[-1]
    return EndLabel(float(last["ends"]), float(last["share_after"]), line.name, colour, "", is_bold)


def _told(steps: pd.DataFrame) -> pd.DataFrame:
    return steps.assign(
        when=[f"{b:.1f} to {e:.1f}" for b, e in zip(steps["begins"], steps["ends"], strict=True)],
        told=steps["share"].map(percent),
        within=[interval(*pair) for pair in zip(steps["ci_low"], steps["ci_high"], strict=True)],
    )
