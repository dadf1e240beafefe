"""Where time lies on the strip of all organisations: a narrow panel, then one of quarters for each era."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from pages.charts.layers.rows import rows_of

QUARTERS_SINCE = pd.Timestamp(2021, 7, 1)
"""The quarter from which segments are shown, each quarter a column; before, programmes alone."""
EARLY_SINCE = pd.Timestamp(2013, 1, 1)
"""The year in which special measures began (in July)."""
EARLY = ""
"""The `era_id` of the narrow panel."""

_EARLY_WIDTH, _GAP = 4.5, 0.6
_EARLY_NAMES = "Special measures", "2013"
_QUARTER = pd.DateOffset(months=3)
_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Panel:
    """The time [begins, ends), drawn from `left` over `width` columns; `short` is its name on a phone."""

    era_id: str
    name: str
    short: str
    begins: pd.Timestamp
    ends: pd.Timestamp
    left: float
    width: float

    @property
    def right(self) -> float:
        """Its right edge, in columns."""
        return self.left + self.width

    def place(self, day: pd.Timestamp) -> float:
        """Where a day lies, in columns from the left of the chart; a day outside lies on the nearer edge."""
        inside = min(max(day, self.begins), self.ends)
        return self.left + self.width * ((inside - self.begins) / (self.ends - self.begins))


def panels_of(eras: pd.DataFrame, statements: pd.DataFrame, today: date) -> list[Panel]:
    """The panels from left to right, a gap between any two.

    Each era that runs after QUARTERS_SINCE has the quarters from its first to its last day or `today`, and
    further ones of which a statement under it speaks: so a quarter in which the framework changed is there
    twice, once under either. An era without a first day has no panel.
    """
    panels = [Panel(EARLY, *_EARLY_NAMES, EARLY_SINCE, QUARTERS_SINCE, 0, _EARLY_WIDTH)]
    begun = eras[eras["starts_on"].notna()].sort_values("starts_on")
    for era in rows_of(begun[~(begun["ends_on"] <= QUARTERS_SINCE)]):
        of_era = statements[statements["era_id"] == era.era_id]
        begins, ends = _quarters_of(era.starts_on, era.ends_on, of_era, pd.Timestamp(today))
        left = panels[-1].right + _GAP
        names = str(era.short_name), financial_year(era.starts_on)
        width = len(quarter_starts(begins, ends))
        panels.append(Panel(str(era.era_id), *names, begins, ends, left, width))
    return panels


def _quarters_of(
    starts: pd.Timestamp, ends: pd.Timestamp, statements: pd.DataFrame, today: pd.Timestamp
) -> tuple[pd.Timestamp, pd.Timestamp]:
    last = today if pd.isna(ends) else ends - _DAY
    firsts = [starts, *statements["effective_from"]]
    lasts = [last, *statements["effective_from"], *(statements["effective_to"].dropna() - _DAY)]
    begins = max(quarter_of(min(firsts)), QUARTERS_SINCE)
    return begins, quarter_of(max(lasts)) + _QUARTER


def quarter_of(day: pd.Timestamp) -> pd.Timestamp:
    """The first day of the quarter a day lies in."""
    return day.to_period("Q").start_time


def quarter_starts(begins: pd.Timestamp, ends: pd.Timestamp) -> list[pd.Timestamp]:
    """The first days of the quarters that [begins, ends) touches; only the first where `ends` is missing."""
    last = begins if pd.isna(ends) else max(begins, ends - _DAY)
    periods = pd.period_range(begins.to_period("Q"), last.to_period("Q"))
    return [period.start_time for period in periods]


def financial_quarter(day: pd.Timestamp) -> str:
    """The quarter a day lies in as the framework counts it: `2025/26 Q3` is October to December 2025."""
    return f"{financial_year(day)} Q{(day.month - 4) % 12 // 3 + 1}"


def financial_year(day: pd.Timestamp) -> str:
    """The year from April on: `2025/26`."""
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}/{(first + 1) % 100:02}"
