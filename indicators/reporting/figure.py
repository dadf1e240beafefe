"""The figure of a report as SVG: points, fitted line, the line expected without entry, entry and exit."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from indicators.reporting.parts import Figure, Point, writable
from indicators.reporting.words import first_day, period_words

WIDTH, HEIGHT = 960, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 56, 44
_TICKS = 6
_LETTER, _ROOM = 7.5, 190
"""Width of a letter of the axis, and of the words of a rule with some room."""
_MOST_LABELS = 12
_HALF = 2.0


@dataclass(frozen=True)
class _Plane:
    """Where periods (from 0) and values lie on the drawing."""

    number: int
    low: float
    high: float
    left: float

    def x(self, place: float) -> float:
        return self.left + (WIDTH - self.left - _RIGHT) * (place + 0.5) / self.number

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * share


def draw(figure: Figure) -> str:
    """An `svg` element without colours of its own: classes name what each mark is."""
    ticks = _ticks(figure.points)
    words = _tick_words(ticks)
    left = max(_LEFT, _LETTER * max(map(len, words)) + 16)
    plane = _Plane(len(figure.points), ticks[0], ticks[-1], left)
    parts = [
        *_value_axis(plane, ticks, words, figure.unit),
        *_time_axis(plane, figure.points),
        *_ribbon(plane, figure.points),
        *_line(plane, [one.expected for one in figure.points], "expected"),
        *_line(plane, [one.fitted for one in figure.points], "fitted", _cuts(figure)),
        *_marks(plane, figure.points),
        *_rules(plane, figure),
        *_key(),
    ]
    alt = escape(writable(figure.alt))
    head = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{alt}"'
    return f'{head} xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'


def _ticks(points: Sequence[Point]) -> list[float]:
    """Round values from below the lowest figure to above the highest."""
    shown = [
        value
        for one in points
        for value in (one.value, one.fitted, one.expected, one.expected_low, one.expected_high)
        if value is not None
    ]
    low, high = min(shown), max(shown)
    step = _round_step((high - low) / _TICKS or 1.0)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * at for at in range(first, max(last, first + 1) + 1)]


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, 50 … that is not below."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * one for one in (1, 2, 5, 10) if power * one >= least * (1 - 1e-9))


def _tick_words(ticks: list[float]) -> list[str]:
    decimals = max(0, -math.floor(math.log10(ticks[1] - ticks[0]) + 1e-9))
    return [f"{value:,.{decimals}f}".replace("-", "−") for value in ticks]


def _value_axis(plane: _Plane, ticks: list[float], words: list[str], unit: str) -> Iterator[str]:
    for value, word in zip(ticks, words, strict=True):
        y = plane.y(value)
        ends = f'x1="{plane.left}" x2="{WIDTH - _RIGHT}"'
        yield f'<line class="grid" {ends} y1="{y:.1f}" y2="{y:.1f}"/>'
        yield _text(plane.left - 8, y + 4, word, "end")
    yield _text(plane.left, _TOP - 12, unit, "start")


def _time_axis(plane: _Plane, points: Sequence[Point]) -> Iterator[str]:
    y = HEIGHT - _BOTTOM
    yield f'<line class="axis" x1="{plane.left}" x2="{WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>'
    for place, words in _labels(points):
        x = plane.x(place)
        yield f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{y}" y2="{y + 6}"/>'
        yield _text(x, y + 22, words, "middle")


def _labels(points: Sequence[Point]) -> list[tuple[int, str]]:
    """Years at their January where there are several, else periods; never too many."""
    days = [first_day(one.label) for one in points]
    years = [(at, str(day.year)) for at, day in enumerate(days) if day and day.month == 1]
    found = years if len(years) > 2 else [(at, one.label) for at, one in enumerate(points)]
    apart = math.ceil(len(found) / (_MOST_LABELS if found is years else _MOST_LABELS / _HALF))
    return [(at, period_words(words)) for at, words in found[::apart]]


def _cuts(figure: Figure) -> frozenset[int]:
    """Where the fitted line jumps, so that no slope is drawn in between."""
    return frozenset(one.place for one in figure.rules)


def _stretches(
    values: Sequence[float | None], cuts: frozenset[int] = frozenset()
) -> Iterator[list[int]]:
    """Places without a gap between them, so that no line runs over missing periods."""
    together: list[int] = []
    for at, value in enumerate(values):
        if together and (value is None or at in cuts):
            yield together
            together = []
        if value is not None:
            together.append(at)
    if together:
        yield together


def _line(
    plane: _Plane,
    values: Sequence[float | None],
    name: str,
    cuts: frozenset[int] = frozenset(),
) -> Iterator[str]:
    for places in _stretches(values, cuts):
        yield f'<polyline class="{name}" points="{_path(plane, places, values)}"/>'


def _path(plane: _Plane, places: Iterable[int], values: Sequence[float | None]) -> str:
    known = [(at, value) for at in places if (value := values[at]) is not None]
    return " ".join(f"{plane.x(at):.1f},{plane.y(value):.1f}" for at, value in known)


def _ribbon(plane: _Plane, points: Sequence[Point]) -> Iterator[str]:
    low = [one.expected_low for one in points]
    high = [one.expected_high for one in points]
    for places in _stretches(low):
        path = f"{_path(plane, places, low)} {_path(plane, reversed(places), high)}"
        yield f'<polygon class="ribbon" points="{path}"/>'


def _marks(plane: _Plane, points: Sequence[Point]) -> Iterator[str]:
    """Used figures filled, those left out hollow."""
    for at, one in enumerate(points):
        if one.value is not None:
            name = "used" if one.is_used else "left-out"
            yield f'<circle class="{name}" cx="{plane.x(at):.1f}" cy="{plane.y(one.value):.1f}" r="3"/>'


def _rules(plane: _Plane, figure: Figure) -> Iterator[str]:
    """Each rule with its word on top, or beside it inside where another word is near."""
    last = plane.left
    for one in figure.rules:
        x = plane.x(one.place - 0.5)
        yield f'<line class="rule" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{HEIGHT - _BOTTOM}"/>'
        words = f"{one.word}, {period_words(figure.points[one.place].label)}"
        is_late = x > WIDTH - _RIGHT - _ROOM / 2
        if x - last < _ROOM:
            side = -6 if is_late else 6
            yield _text(x + side, _TOP + 14, words, "end" if is_late else "start", "strong")
        else:
            yield _text(x, _TOP - 12, words, "end" if is_late else "middle", "strong")
            last = x


def _key() -> Iterator[str]:
    """What each mark is, in one row on top."""
    y = 16
    yield f'<circle class="used" cx="{_LEFT + 6}" cy="{y}" r="3"/>'
    yield _text(_LEFT + 16, y + 4, "observed", "start")
    yield f'<circle class="left-out" cx="{_LEFT + 102}" cy="{y}" r="3"/>'
    yield _text(_LEFT + 112, y + 4, "left out", "start")
    yield f'<polyline class="fitted" points="{_LEFT + 190},{y} {_LEFT + 216},{y}"/>'
    yield _text(_LEFT + 224, y + 4, "fitted", "start")
    yield f'<rect class="ribbon" x="{_LEFT + 290}" y="{y - 7}" width="26" height="14"/>'
    yield f'<polyline class="expected" points="{_LEFT + 290},{y} {_LEFT + 316},{y}"/>'
    yield _text(_LEFT + 324, y + 4, "expected without entry, interval of the mean", "start")


def _text(x: float, y: float, words: str, anchor: str, name: str = "label") -> str:
    place = f'class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f"<text {place}>{escape(writable(words))}</text>"
