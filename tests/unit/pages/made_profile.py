"""Lines of a profile for tests."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd

from indicators.changes import PeersChange, Windows
from pages.parts.organisation.profile import Line
from pages.parts.since_entry import Change

NO_CHANGE = Change(why="no figures since then")
_BEFORE = (date(2021, 4, 1), date(2021, 5, 1), date(2021, 6, 1))
_NOW = (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1))


def change(own: float, median: float | None, low: float = -9.0, high: float = 9.0) -> Change:
    """A change from April to June 2021 to March to May 2026, beside ten peers."""
    peers = None if median is None else PeersChange(median, low, high, 10)
    return Change(own, "", peers, Windows(_BEFORE, _NOW))


def line(
    variation: str | None = "common_cause",
    better: str = "higher",
    entry: Change = NO_CHANGE,
    reach: tuple[int, int] | None = None,
) -> Line:
    """A line of a monthly percentage, 58.1 % in May 2026, fourth of twenty."""
    indicator: Any = SimpleNamespace(
        short_title="A&E", unit="percent", better=better, step_months=1
    )
    latest = pd.Series(
        {"value": 58.1, "period_start": pd.Timestamp("2026-05-01"), "place": 4, "peers": 20}
    )
    icon = None if variation is None else pd.Series({"variation": variation})
    changes: Any = {"entry": entry, "exit": NO_CHANGE, "quarter": NO_CHANGE}
    return Line(indicator, latest, icon, changes, reach)
