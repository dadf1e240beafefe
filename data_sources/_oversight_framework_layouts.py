"""The columns of NHS England's oversight framework files, and which of their cells are figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data_sources.layouts import Layout, layout_of
from data_sources.tables import Sheet

FIRST_QUARTER = date(2025, 4, 1)
"""The first quarter of the 2025/26 framework, whose release of September 2025 has no column `Quarter`."""

TRUST_TYPES = {
    "acute trust": "acute",
    "mental health and community trust": "mental_health_community",
    "non-acute hospital trust": "mental_health_community",
    "ambulance trust": "ambulance",
}
"""Type of trust as the files say it, in lower case, and its part of a layout's name."""

_TRUST = ("Region", "Trust_type", "Trust_subtype", "Trust_code", "Trust_name")
_METRIC = ("Domain", "Sub-domain", "Metric_ID", "Metric_description", "Reporting_date", "Units")
_VALUE = (
    ("Value", "value"),
    ("Median_value", ""),
    ("Lower_quartile", ""),
    ("Upper_quartile", ""),
    ("Rank", ""),
)
_LEAGUE = (
    ("Average_score", "of5002"),
    ("Likely_range_of_average_score", "score_range"),
    ("Segment", "of5000"),
    ("Trust_in_financial_deficit", "in_deficit"),
    ("Rank", "rank"),
    ("Likely_range_of_rank", "rank_range"),
)

_METRIC_CODE = re.compile(r"OF\d{4}")
_READ = re.compile(r"OF0\d{3}|OF500[023457]")
_MISSING = "NA|"
_RANGE = (r"\d+(?:\.\d+)? to \d+(?:\.\d+)?", "a range such as 1.72 to 2.73 or NA")
_SUMMARY_UNITS = {
    "OF5000": ("segment",),
    "OF5002": ("score",),
    "OF5003": ("segment",),
    "OF5004": ("flag",),
    "OF5005": ("segment",),
    "OF5007": ("flag",),
}
_PERCENT = ("OF0005", "OF0010", "OF0011", "OF0013", "OF0014", "OF0016", "OF0023", "OF0057")
_PERCENT_TOO = ("OF0063", "OF0079", "OF0081", "OF0082", "OF0085", "OF0086")
_UNITS = {
    **dict.fromkeys((*_PERCENT, *_PERCENT_TOO), ("%",)),
    "OF0041": ("percentage points",),
    # A difference of two percentages: either word says the same, and no file with it is at hand.
    "OF0106": ("percentage points", "%"),
    "OF0061": ("out of 10",),
    "OF0084": ("out of 10",),
    **_SUMMARY_UNITS,
}
"""Unit that a metric's figure must have, so that a share is never taken for a percentage."""

_CELLS = {
    "of5000": (r"[1-5]", "a segment from 1 to 5 or NA"),
    "of5003": (r"[1-5]", "a segment from 1 to 5 or NA"),
    "of5005": (r"[1-5]", "a segment from 1 to 5 or NA"),
    "of5002": (r"[1-3](?:\.\d+)?|4(?:\.0+)?", "a score from 1 to 4 or NA"),
    "of5004": (r"[01]|Yes|No", "a flag 0 or 1 or NA"),
    "of5007": (r"[01]|Yes|No", "a flag 0 or 1 or NA"),
    "in_deficit": (r"Yes|No", "Yes, No or NA"),
    "score_range": _RANGE,
    "rank_range": _RANGE,
}
"""What may stand for a summary figure beside a missing mark, and how to say so."""


@dataclass(frozen=True)
class Shape:
    """One of the four kinds of file: metric data or league table, of the first release or a later one."""

    name: str
    layout: Layout
    is_first_release: bool

    def column(self, heading: str) -> int:
        """1-based column of a heading, which the layout must have."""
        return self.layout.headings.index(heading) + 1


def _shapes(
    name: str, labels: tuple[str, ...], figures: tuple[tuple[str, str], ...]
) -> list[Shape]:
    return [
        Shape(name, Layout(1, ("Quarter", *labels), figures), is_first_release=False),
        Shape(f"{name}_first_release", Layout(1, labels, figures), is_first_release=True),
    ]


_SHAPES = [*_shapes("data", (*_TRUST, *_METRIC), _VALUE), *_shapes("league_table", _TRUST, _LEAGUE)]


def shape_of(sheet: Sheet) -> Shape:
    """Which kind of file the header is that of; LayoutChanged where it is none's."""
    layout = layout_of(sheet, [shape.layout for shape in _SHAPES])
    return next(shape for shape in _SHAPES if shape.layout is layout)


def metric_figures(sheet: Sheet, shape: Shape, row: int) -> Iterator[tuple[str, str]]:
    """Measure and published text of each figure of a row that is read."""
    cells = list(shape.layout.read(sheet, row))
    if shape.layout.figures is _VALUE:
        code = _metric_code(sheet, shape, row)
        cells = [(code.lower(), text) for _, text in cells] if _READ.fullmatch(code) else []
    for measure, text in cells:
        _refuse_strange(sheet, shape, row, measure, text)
        yield measure, text


def _metric_code(sheet: Sheet, shape: Shape, row: int) -> str:
    """The row's metric code, once its unit is the one this metric has."""
    column = shape.column("Metric_ID")
    code = sheet.cell(row, column)
    if not _METRIC_CODE.fullmatch(code):
        raise sheet.complain(row, column, "a metric code such as OF5000")
    units = shape.column("Units")
    if code in _UNITS and sheet.cell(row, units) not in _UNITS[code]:
        raise sheet.complain(row, units, f"the unit {_UNITS[code][0]!r} of {code}")
    if shape.is_first_release and code in _SUMMARY_UNITS:
        _check_first_quarter(sheet, shape, row)
    return code


def _check_first_quarter(sheet: Sheet, shape: Shape, row: int) -> None:
    column = shape.column("Reporting_date")
    if sheet.cell(row, column) != "Q1 2025/26":
        raise sheet.complain(row, column, "'Q1 2025/26', as only its release has no column Quarter")


def _refuse_strange(sheet: Sheet, shape: Shape, row: int, measure: str, text: str) -> None:
    pattern, expected = _CELLS.get(measure, (".*", ""))
    if re.fullmatch(f"{pattern}|{_MISSING}", text):
        return
    headings = {name: heading for heading, name in shape.layout.figures if name}
    column = shape.column(headings.get(measure, "Value"))
    raise sheet.complain(row, column, expected)
