"""How far a value axis reaches, and where its lines are."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, inf, isfinite, log10

from indicators.definition import Unit

NOT_FROM_ZERO = "axis does not start at 0"
"""What a chart says where its value axis is cut off."""
_NEAR_ZERO = 0.3
_LEAST_SHARE = 0.6
_AIR = 0.04
_MOST_LINES = 8
_MOST: dict[Unit, float] = {"percent": 100.0}
_CLOCK_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)


@dataclass(frozen=True)
class Extent:
    """A value axis from `low` to `high`, both inclusive, with lines at `ticks`."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @property
    def starts_at_zero(self) -> bool:
        """Whether the axis starts at 0; a chart whose axis does not must say so."""
        return self.low == 0

    def holds(self, value: float) -> bool:
        """Whether a value can be drawn on this axis."""
        return self.low <= value <= self.high


def extent_of(values: Iterable[float], unit: Unit, wished: Iterable[float] = ()) -> Extent:
    """The axis for these values (missing ones ignored; no values at all gives 0 to 1).

    It starts at 0 where the lowest value is under 30 % of the highest. A `wished` value, such as a
    standard, is taken in only if the values then still fill 60 % of the axis.
    """
    low, high = _reach([value for value in values if isfinite(value)])
    near = [value for value in wished if _leaves_room(value, low, high)]
    low, high = min([low, *near]), max([high, *near])
    air = _AIR * (high - low)
    # Of values that are never negative, neither is the axis.
    low = low and (low - air if low < 0 else max(low - air, 0.0))
    high = min(high + air, max(high, _MOST.get(unit, inf)))
    return Extent(low, high, _ticks(low, high, unit))


def _reach(values: list[float]) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    if 0 <= low <= _NEAR_ZERO * high:
        return 0.0, high or 1.0
    return (low, high) if low < high else (low - 0.1 * abs(low), high)


def _leaves_room(value: float, low: float, high: float) -> bool:
    return high - low >= _LEAST_SHARE * (max(high, value) - min(low, value))


def _ticks(low: float, high: float, unit: Unit) -> tuple[float, ...]:
    step = _step((high - low) / _MOST_LINES, unit)
    first, last = ceil(round(low / step, 9)), floor(round(high / step, 9))
    return tuple(number * step for number in range(first, last + 1))


def _step(least: float, unit: Unit) -> float:
    """The roundest distance between axis lines that is at least this long."""
    if unit == "seconds" and least <= _CLOCK_STEPS[-1]:
        return next(step for step in _CLOCK_STEPS if step >= least)
    power: float = 10 ** floor(log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))
