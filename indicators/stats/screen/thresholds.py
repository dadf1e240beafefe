"""The thresholds of the screen, in one place, so that every change to them can be listed (METHODS 8)."""

from dataclasses import dataclass, fields


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
