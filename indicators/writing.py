"""Figures and periods in words: what charts, tables, sentences and commands all write."""

from collections.abc import Callable
from datetime import date

from indicators.definition import Unit

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
PEERS = {
    "acute": "acute trusts",
    "specialist": "specialist trusts",
    "mental_health": "mental health trusts",
    "community": "community trusts",
    "ambulance": "ambulance trusts",
    "icb": "ICBs",
}
"""Organisations of one type, as charts and sentences call them."""


def rule_words(run_length: int = 7) -> dict[str, str]:
    """Each rule in plain words; `run_length` is the number of points of a shift or trend."""
    return {
        "outside": "beyond the limits",
        "trend": f"{run_length - 1} steps in one direction",
        "two_of_three": "two of three near a limit",
        "shift": f"{run_length} or more on one side",
    }


def format_value(value: float, unit: Unit) -> str:
    """A figure with its unit: `61.4 %`, `7,155,958`, `35:22` (min:s), `1:02:03` from one hour on, `0.98`.

    Half people keep their half (`12.5`). A missing value is a ValueError: its reason is to be
    shown instead.
    """
    if value != value:
        raise ValueError("a missing value cannot be formatted: show the reason it is missing")
    return _UNIT_WRITERS.get(unit, _count)(value)


def format_month(day: date) -> str:
    """The month a day lies in: `Mar 2025`."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def format_span(start: date, months: int) -> str:
    """A period of some months: `Mar 2025`, `Jan to Mar 2025`, `2024` (January on), `2024/25` (April on)."""
    if months == 1:
        return format_month(start)
    if months == 12 and start.month == 1:
        return str(start.year)
    if months == 12 and start.month == 4:
        return f"{start.year}/{(start.year + 1) % 100:02}"
    last = start.month + months - 2
    first = format_month(start) if last >= 12 else MONTHS[start.month - 1][:3]
    return f"{first} to {MONTHS[last % 12][:3]} {start.year + last // 12}"


def _count(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def _clock(value: float) -> str:
    minutes, seconds = divmod(round(value), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


_UNIT_WRITERS: dict[Unit, Callable[[float], str]] = {
    "percent": lambda value: f"{value:,.1f} %",
    "signed_percent": lambda value: f"{value:+,.1f} %",
    "points": lambda value: f"{value:+,.1f} points",
    "seconds": _clock,
    "days": lambda value: f"{value:,.1f} days",
    "ratio": lambda value: f"{value:,.2f}",
    "score": lambda value: f"{value:,.2f}",
    "per_1000": lambda value: f"{value:,.1f} per 1,000",
    "per_100000": lambda value: f"{value:,.1f} per 100,000",
}
