"""Small files of the oversight framework, in the layouts the publisher has used."""

from pathlib import Path

from data_sources.source import Snapshot
from tests.sources.files import snapshot_of, write_csv

Rows = list[list[object]]

TRUST = ["Region", "Trust_type", "Trust_subtype", "Trust_code", "Trust_name"]
METRIC = ["Domain", "Sub-domain", "Metric_ID", "Metric_description", "Reporting_date", "Units"]
DATA = ["Quarter", *TRUST, *METRIC, "Value", "Median_value"]
DATA += ["Lower_quartile", "Upper_quartile", "Rank"]
LEAGUE = ["Quarter", *TRUST, "Average_score", "Likely_range_of_average_score", "Segment"]
LEAGUE += ["Trust_in_financial_deficit", "Rank", "Likely_range_of_rank"]

ACUTE = "Acute trust"
OTHER = "Mental health and community trust"
UNITS = {"OF5000": "segment", "OF5002": "score", "OF5003": "segment", "OF5004": "flag"}
UNITS |= {"OF5005": "segment", "OF5007": "flag", "OF1079": "score", "OF4003": "score"}
UNITS |= {"OF0041": "percentage points", "OF0106": "percentage points", "OF0061": "out of 10"}


def metric(
    code: str, value: object, trust: str = "RAA", quarter: str = "Q3 2025/26", kind: str = ACUTE
) -> list[object]:
    """One row of metric data."""
    who: list[object] = [quarter, "Midlands", kind, "A subtype", trust, f"Trust {trust}"]
    what = ["Summary", "Summary", code, f"Name of {code}", quarter, UNITS.get(code, "%")]
    return [*who, *what, value, 1.5, 1.25, 1.75, 7]


def trust_rows(trust: str, quarter: str = "Q3 2025/26", kind: str = ACUTE) -> Rows:
    """The rows of one trust and quarter: two values, scores that are not read, and the summary."""
    cells = {"OF0079": -2.5, "OF0106": 0.31, "OF1079": 4, "OF4003": 2.25}
    cells |= {"OF5000": 3, "OF5002": 2.26, "OF5003": 2, "OF5004": 1}
    return [metric(code, value, trust, quarter, kind) for code, value in cells.items()]


def data(*rows: list[object]) -> Rows:
    """A file of metric data."""
    return [list(DATA), *rows]


def league(*rows: list[object]) -> Rows:
    """A league table."""
    return [list(LEAGUE), *rows]


def standing(trust: str = "RAA", quarter: str = "Q3 2025/26", kind: str = ACUTE) -> list[object]:
    """One row of a league table."""
    who: list[object] = [quarter, "Midlands", kind, "A subtype", trust, f"Trust {trust}"]
    return [*who, 2.26, "1.72 to 2.73", 3, "Yes", 24, "6 to 49"]


def without_quarter(rows: Rows) -> Rows:
    """The same file as the first release wrote it."""
    return [row[1:] for row in rows]


def file(folder: Path, rows: Rows, name: str = "framework.csv") -> Snapshot:
    """The file as a snapshot."""
    return snapshot_of(write_csv(folder / name, rows), "oversight_framework")
