"""The thresholds of the screen, in one place, so that every change to them can be listed (METHODS 8)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from math import isfinite
from typing import Any


@dataclass(frozen=True)
class Thresholds:
    """Where grades and classes begin, inclusive; those of discrimination, suspicion, revision are exceeded.

    The defaults are those of METHODS 8; the ones it leaves open are named in
    docs/methods/key_indicator_screen.md.
    """

    coverage: float = 0.80
    months: int = 24
    denominator: float = 100.0
    days_strong: float = 45.0
    days_adequate: float = 90.0
    reliability_gate: float = 0.60
    reliability_adequate: float = 0.70
    reliability_strong: float = 0.80
    false_discoveries: float = 0.10
    discrimination: float = 0.55
    discrimination_strong: float = 0.65
    stability: float = 0.70
    entrants: int = 8
    events: int = 20
    rebound_share: float = 0.50
    suspicion: float = 1.96
    revision: float = 0.25
    cluster_cut: float = 0.30

    def changes(self) -> tuple[tuple[str, float, float], ...]:
        """Every threshold that is not the default: its name, the default, and what it is now."""
        usual = Thresholds()
        pairs = (
            (one.name, getattr(usual, one.name), getattr(self, one.name)) for one in fields(self)
        )
        return tuple((name, before, now) for name, before, now in pairs if before != now)


DEFAULTS = Thresholds()

_SHARES = (
    *("coverage", "reliability_gate", "reliability_adequate", "reliability_strong", "stability"),
    *(
        "false_discoveries",
        "discrimination",
        "discrimination_strong",
        "rebound_share",
        "cluster_cut",
    ),
)
_LEAST = {"entrants": 3, "events": 10, "months": 1}
"""Counts below which nothing could be reckoned."""
_RISING = (
    ("days_strong", "days_adequate"),
    ("reliability_gate", "reliability_adequate"),
    ("reliability_adequate", "reliability_strong"),
    ("discrimination", "discrimination_strong"),
)


def changed(by: Mapping[str, float]) -> Thresholds:
    """The defaults with some of them changed, by name.

    Raises ValueError, with a sentence for a reader, where there is none of a name, where a value is no number
    that it can have (shares: 0 to 1; entrants: 3 or more; events: 10 or more; others: 0 or more), or where
    an easier grade would ask for more than a harder one.
    """
    known = {one.name: one.type for one in fields(Thresholds)}
    values: dict[str, Any] = {}
    for name, value in by.items():
        if name not in known:
            raise ValueError(f"there is no threshold {name!r}; there are: {', '.join(known)}")
        values[name] = _value(name, value, is_whole=known[name] is int)
    found = replace(DEFAULTS, **values)
    for lower, upper in _RISING:
        if getattr(found, lower) > getattr(found, upper):
            raise ValueError(f"{lower} cannot be above {upper}")
    return found


def _value(name: str, value: float, is_whole: bool) -> float:
    least, most = _LEAST.get(name, 0), 1.0 if name in _SHARES else float("inf")
    if not isfinite(value) or not least <= value <= most:
        limit = f"from {least} to 1" if name in _SHARES else f"of {least} or more"
        raise ValueError(f"{name} has to be a number {limit}, not {value:g}")
    if is_whole and value != int(value):
        raise ValueError(f"{name} has to be a whole number, not {value:g}")
    return int(value) if is_whole else float(value)
