"""Made rows for the charts of the library."""

import pandas as pd

from indicators.coverage import Coverage, coverage_of
from indicators.stats.reliability import Reliability
from pages.charts.layers.formats import IndicatorText

RTT = IndicatorText("RTT within 18 weeks", "percent", "higher", "per cent")


def made_coverage(acute: int = 2, ambulance: int = 1, gap: str = "not published") -> Coverage:
    """So many organisations of two types over four months; the first acute trust misses February."""
    names = [("acute", number) for number in range(acute)]
    names += [("ambulance", number) for number in range(ambulance)]
    rows = [
        {
            "org_code": f"{kind[:2].upper()}{number:03}",
            "org_name": f"{kind} {number:03} NHS Trust",
            "short_name": f"{kind} {number:03}",
            "org_type": kind,
            "opened_on": pd.NaT,
            "closed_on": pd.NaT,
            "period_start": month,
            "has_value": not (kind == "acute" and number == 0 and month.month == 2),
            "missing_reason": gap if kind == "acute" and number == 0 and month.month == 2 else None,
        }
        for kind, number in names
        for month in pd.date_range("2024-01-01", periods=4, freq="MS")
    ]
    frame = pd.DataFrame(rows)
    days = ["opened_on", "closed_on"]
    return coverage_of(frame.astype(dict.fromkeys(days, "datetime64[us]")), 1)


def made_reliability(icc: float = 0.5, units: int = 40, likeness: float = 0.5) -> Reliability:
    """An estimate with an interval of 0.1 either side."""
    return Reliability(units, 48, 40 * 48, icc, icc - 0.1, icc + 0.1, likeness, 0.1, 0.25)
