"""Figures, periods, terms and options as a report writes them."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from indicators.definition import Indicator, Unit
from indicators.reporting.result import Estimate, Result
from indicators.writing import format_span

UNKNOWN = "not on record"
BY_ASSESSOR = "to be judged by the assessor"
METHODS = {
    "reml_ar1": "REML with AR(1) errors",
    "ols": "Ordinary least squares",
    "newey_west": "Newey–West",
    "prais_winsten": "Prais–Winsten",
    "arima": "Regression with ARMA errors",
}
"""Estimators by the names of documents."""
PANDEMIC = {
    "pulse": "left out, with a level and slope of its own after it",
    "baseline_2021_07": "series read from July 2021 on",
    "month_dummies": "a term for each of its months",
    "none": "as other months",
}
"""What was done with March 2020 to March 2021."""
_UNITS: dict[Unit, tuple[str, str, int]] = {
    "percent": ("percentage points", "per cent", 1),
    "signed_percent": ("percentage points", "per cent", 1),
    "points": ("percentage points", "percentage points", 1),
    "count": ("units", "number", 1),
    "seconds": ("seconds", "seconds", 0),
    "days": ("days", "days", 1),
    "ratio": ("points of the ratio", "ratio", 3),
    "score": ("points of the score", "score", 2),
    "per_1000": ("units per 1,000", "per 1,000", 2),
    "per_100000": ("units per 100,000", "per 100,000", 1),
}
"""By unit of the catalogue: the words for a change, for a level, and decimals."""
_FIGURES, _MOST_DECIMALS = 3, 15
_LEAST_P = 0.001
_PANDEMIC_FROM, _PANDEMIC_UNTIL = pd.Timestamp("2020-03-01"), pd.Timestamp("2021-04-01")
_PERIOD = re.compile(r"([0-9]{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))")


@dataclass(frozen=True)
class Amounts:
    """How figures of one measure are written: `change` and `level` name its unit, `decimals` its digits."""

    change: str
    level: str
    decimals: int

    def plain(self, value: float | None, more: int = 0) -> str:
        """A figure, with so many more decimals than usual; `–` where there is none."""
        if value is None:
            return "–"
        return _written(value, self.decimals + more, "")

    def signed(self, value: float | None, more: int = 0) -> str:
        """A change: its sign always stands before it."""
        if value is None:
            return "–"
        return _written(value, self.decimals + more, "+")

    def interval(self, found: Estimate, more: int = 0) -> str:
        """Both ends of an interval of a change."""
        return f"{self.signed(found.ci_low, more)} to {self.signed(found.ci_high, more)}"


def amounts_of(indicator: Indicator | None, result: Result) -> Amounts:
    """By the catalogue's unit; figures of one's own have three digits of their largest value.

    Shares of one's own are in per cent, as the engine reckons with them.
    """
    if indicator is not None:
        return Amounts(*_UNITS[indicator.unit])
    if _are_shares(result):
        return Amounts(*_UNITS["percent"])
    largest = max((abs(row.value) for row in result.series if row.value), default=1.0)
    decimals = _FIGURES - 1 - math.floor(math.log10(largest))
    return Amounts("units of the file", "unit of the file", min(max(decimals, 0), _MOST_DECIMALS))


def _are_shares(result: Result) -> bool:
    """Whether every value is a numerator in per cent of its denominator."""
    known = [row for row in result.series if row.value is not None]
    return all(
        row.numerator is not None
        and row.denominator
        and math.isclose(row.value or 0.0, 100 * row.numerator / row.denominator, abs_tol=1e-9)
        for row in known
    )


def _written(value: float, decimals: int, sign: str) -> str:
    text = f"{value:{sign},.{decimals}f}"
    is_zero = float(text.replace(",", "")) == 0
    return text.lstrip("+-") if is_zero else text.replace("-", "−")


def number(value: float | None, decimals: int = 2) -> str:
    """A figure without a unit; `–` where there is none."""
    return "–" if value is None else _written(value, decimals, "")


def chance(p: float | None) -> str:
    """A p-value: three decimals, `< 0.001` below these."""
    return "< 0.001" if p is not None and p < _LEAST_P else number(p, 3)


def period_words(label: str) -> str:
    """`2021-07` as `Jul 2021`, `2021-Q3` as `Jul to Sep 2021`; whole numbers stay."""
    begins = first_day(label)
    return label if begins is None else format_span(begins.date(), 3 if "Q" in label else 1)


def first_day(label: str) -> pd.Timestamp | None:
    """The day on which a month or quarter begins; whole numbers have none."""
    found = _PERIOD.fullmatch(label)
    if found is None:
        return None
    year, month, quarter = found.groups()
    return pd.Timestamp(int(year), int(month) if month else 3 * int(quarter) - 2, 1)


def is_pandemic(label: str) -> bool:
    """Whether a period begins in March 2020 to March 2021."""
    begins = first_day(label)
    return begins is not None and _PANDEMIC_FROM <= begins < _PANDEMIC_UNTIL


def unit_of(label: str) -> str:
    """The word for one period."""
    if first_day(label) is None:
        return "period"
    return "quarter" if "Q" in label else "month"


def number_of(count: int, word: str) -> str:
    """`1 month`, `3 months`."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def day_words(day: date | datetime | pd.Timestamp | None) -> str:
    """`6 March 2025`; a missing day is not on record."""
    if day is None or pd.isna(day):
        return UNKNOWN
    return f"{day.day} {day:%B %Y}"


def moment_words(moment: datetime) -> str:
    """`6 March 2025, 09:30:12 UTC`."""
    return f"{day_words(moment)}, {moment:%H:%M:%S %Z}"


def listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def is_known(value: object) -> bool:
    """Whether a cell of a frame holds anything."""
    return value is not None and not pd.isna(value) and value != ""  # type: ignore[call-overload]
