"""Figures, dates and units as a reader meets them: in charts, tables and sentences alike."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from indicators.definition import Unit
from indicators.writing import MONTHS, format_month, format_span, format_value

__all__ = [
    "IndicatorText",
    "axis_format",
    "format_change",
    "format_day",
    "format_month",
    "format_period",
    "format_span",
    "format_value",
]

_SECONDS_LABEL = (
    "(datum.value >= 3600"
    " ? floor(datum.value / 3600) + ':' + format(floor(datum.value % 3600 / 60), '02d')"
    " : floor(datum.value / 60)) + ':' + format(floor(datum.value % 60), '02d')"
)
_SIGNED_SECONDS_LABEL = "(datum.value < 0 ? '−' : '') + " + _SECONDS_LABEL.replace(
    "datum.value", "abs(datum.value)"
)


@dataclass(frozen=True)
class IndicatorText:
    """What a chart says about an indicator; `unit_title` reads like "per cent of attendances".

    `step_months` is the length of its periods: 1, 3 (quarters) or 12 (years). `is_change` marks figures that
    are differences between two of its values.
    """

    title: str
    unit: Unit
    better: Literal["higher", "lower", "neither"]
    unit_title: str
    step_months: int = 1
    is_change: bool = False

    def shown(self, value: float) -> str:
        """A figure in words, one that is not missing."""
        write = format_change if self.is_change else format_value
        return write(value, self.unit)

    def axis_format(self) -> dict[str, Any]:
        """Keyword arguments for `alt.Axis` that label a value axis as `shown` would, unit left out."""
        if self.is_change and self.unit == "seconds":
            return {"labelExpr": _SIGNED_SECONDS_LABEL}
        return axis_format(self.unit)

    @property
    def period_noun(self) -> str:
        """What its periods are called: month, quarter or year."""
        return {1: "month", 3: "quarter", 12: "year"}[self.step_months]

    @property
    def axis_title(self) -> str:
        """The unit, and which way is better where there is one."""
        return (
            self.unit_title
            if self.better == "neither"
            else f"{self.unit_title} ({self.better} is better)"
        )


def format_change(change: float, unit: Unit) -> str:
    """A difference between two figures of a unit, with its sign: `+1.2 points`, `−0:35`, `+12`."""
    words = _size(abs(change), unit)
    if words == _size(0, unit):
        return words
    return ("−" if change < 0 else "+") + words


def _size(size: float, unit: Unit) -> str:
    if unit in ("percent", "signed_percent", "points"):
        return f"{size:,.1f} points"
    return format_value(size, unit)


def axis_format(unit: Unit) -> dict[str, Any]:
    """Keyword arguments for `alt.Axis` that label a value axis as `format_value` would, unit left out."""
    if unit == "seconds":
        return {"labelExpr": _SECONDS_LABEL}
    return {"format": ",.2~f" if unit in ("ratio", "score") else ",.1~f"}


def format_day(day: date) -> str:
    """`6 March 2025`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_period(written: str, precision: str) -> str:
    """A date in words, to the precision it is known: `6 March 2025`, `Mar 2025`, `Oct to Dec 2022`, `2023`.

    `written` is the shortened date of the register: 2025-03-06 (day), 2025-03 (month), 2022-Q4
    (quarter, of the calendar year) or 2023 (year). ValueError where the two do not agree.
    """
    try:
        return _WRITERS[precision](written)
    except (KeyError, ValueError, IndexError) as fault:
        raise ValueError(f"{written!r} is not a date known to the {precision}") from fault


def _quarter(written: str) -> str:
    year, quarter = written.split("-Q")
    first = 3 * int(quarter) - 3
    if len(year) != 4 or first not in range(0, 12, 3):
        raise ValueError(written)
    return f"{MONTHS[first][:3]} to {MONTHS[first + 2][:3]} {int(year)}"


def _year(written: str) -> str:
    return str(date.fromisoformat(f"{written}-01-01").year)


_WRITERS = {
    "day": lambda written: format_day(date.fromisoformat(written)),
    "month": lambda written: format_month(date.fromisoformat(f"{written}-01")),
    "quarter": _quarter,
    "year": _year,
}
