"""The columns of NHS England's monthly A&E files, April 2019 on, and how a sheet is held to them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data_sources.source import LayoutChanged
from data_sources.tables import Sheet

Columns = tuple[tuple[str, str], ...]
"""Headings in order, each with the measure under it; '' where the column is not read."""

_UNNAMED = re.compile(r"unnamed: \d+")


@dataclass(frozen=True)
class Layout:
    """One header: `labels` from column A on, then the headings of `figures`.

    `unread` columns without a heading may follow and hold text; anything right of them is refused.
    """

    header_row: int
    labels: tuple[str, ...]
    figures: Columns
    unread: int = 0

    @property
    def headings(self) -> list[str]:
        """Every heading from column A on, '' where the column has none."""
        return [*self.labels, *(heading for heading, _ in self.figures), *([""] * self.unread)]

    def differences(self, sheet: Sheet) -> list[tuple[int, str]]:
        """Where the sheet departs: 1-based columns, leftmost first, with the heading expected there.

        Case and spacing are the same; `Unnamed: 22`, which a table program adds, is no heading.
        """
        expected = self.headings
        found = sheet.rows[self.header_row - 1] if self.header_row <= len(sheet.rows) else ()
        expected += [""] * (len(found) - len(expected))
        return [
            (column, heading)
            for column, heading in enumerate(expected, start=1)
            if _plain(heading) != _plain(sheet.cell(self.header_row, column))
        ]

    def read(self, sheet: Sheet, row: int) -> Iterator[tuple[str, str]]:
        """Measure and published text of each figure of a row; a cut or overlong row is LayoutChanged."""
        width = len(self.headings)
        if len(sheet.rows[row - 1]) < width:
            found = len(sheet.rows[row - 1])
            raise LayoutChanged(sheet.file_name, sheet.place(row), f"{width} cells", found)
        for column in range(width + 1, len(sheet.rows[row - 1]) + 1):
            if sheet.cell(row, column):
                raise sheet.complain(row, column, "nothing right of the last heading")
        for column, (_, measure) in enumerate(self.figures, start=len(self.labels) + 1):
            if measure:
                yield measure, sheet.cell(row, column)


def layout_of(sheet: Sheet, layouts: Sequence[Layout]) -> Layout:
    """The layout whose header the sheet has; LayoutChanged at the first cell that differs from the
    nearest one if it has none of them.
    """
    nearest = min(layouts, key=lambda layout: len(layout.differences(sheet)))
    for column, heading in nearest.differences(sheet):
        expected = f"the heading {heading!r}" if heading else "no heading"
        raise sheet.complain(nearest.header_row, column, expected)
    return nearest


def _plain(heading: str) -> str:
    text = " ".join(heading.split()).casefold()
    return "" if _UNNAMED.fullmatch(text) else text


_TYPES = ("type1", "type2", "other")
_DEPARTMENTS = (
    "Type 1 Departments - Major A&E",
    "Type 2 Departments - Single Specialty",
    "Type 3 Departments - Other A&E/Minor Injury Unit",
)


def _typed(name: str, *headings: str) -> Columns:
    return tuple((text, f"{name}_{kind}") for text, kind in zip(headings, _TYPES, strict=True))


_WORKBOOK_FIGURES: Columns = (
    *_typed("attendances", *_DEPARTMENTS),
    ("Total attendances", "attendances_total"),
    *_typed("within_4h", *_DEPARTMENTS),
    ("Total Attendances < 4 hours", "within_4h_total"),
    *_typed("over_4h", *_DEPARTMENTS),
    ("Total Attendances > 4 hours", "over_4h_total"),
    ("Percentage in 4 hours or less (all)", "percent_within_4h"),
    # What follows from the counts beside it is not read: percentages by type, total admissions.
    ("Percentage in 4 hours or less (type 1)", ""),
    ("Percentage in 4 hours or less (type 2)", ""),
    ("Percentage in 4 hours or less (type 3)", ""),
    *_typed(
        "admissions",
        "Emergency Admissions via Type 1 A&E",
        "Emergency Admissions via Type 2 A&E",
        "Emergency Admissions via Type 3 and 4 A&E",
    ),
    ("Total Emergency Admissions via A&E", "admissions_via_ae"),
    ("Other Emergency admissions (i.e not via A&E)", "admissions_not_via_ae"),
    ("Total Emergency Admissions", ""),
    ("Number of patients spending >4 hours from decision to admit to admission", "dta_over_4h"),
    ("Number of patients spending >12 hours from decision to admit to admission", "dta_over_12h"),
)

# The unread column names each provider's system; in November 2024 it was left in another order
# than the rows, so memberships come from the mapping sheet alone.
PROVIDER_LAYOUT = Layout(16, ("", "Code", "Region", "Name"), _WORKBOOK_FIGURES, unread=1)

SYSTEM_LAYOUTS = tuple(
    Layout(16, ("", "Code", *labels), _WORKBOOK_FIGURES)
    for labels in (("STP", ""), ("STP",), ("System", ""), ("System",))
)
"""Sustainability and transformation partnerships, from July 2022 integrated care boards."""

_CSV_LABELS = ("Period", "Org Code", "Parent Org", "Org name")
_CSV_CLOSING: Columns = (
    ("Patients who have waited 4-12 hs from DTA to admission", "dta_4_to_12h"),
    ("Patients who have waited 12+ hrs from DTA to admission", "dta_over_12h"),
    *_typed(
        "admissions",
        "Emergency admissions via A&E - Type 1",
        "Emergency admissions via A&E - Type 2",
        "Emergency admissions via A&E - Other A&E department",
    ),
    ("Other emergency admissions", "admissions_not_via_ae"),
)


def _csv_columns(name: str, opening: str, department: str) -> Columns:
    return _typed(name, f"{opening} Type 1", f"{opening} Type 2", f"{opening} {department}")


CSV_LAYOUTS = (
    Layout(
        1,
        _CSV_LABELS,
        (
            *_csv_columns("attendances", "Number of A&E attendances", "Other A&E Department"),
            *_csv_columns("over_4h", "Number of attendances over 4hrs", "Other A&E Department"),
            *_CSV_CLOSING,
        ),
    ),
    Layout(
        1,
        _CSV_LABELS,
        (
            *_csv_columns("attendances", "A&E attendances", "Other A&E Department"),
            *_csv_columns("over_4h", "Attendances over 4hrs", "Other Department"),
            *_CSV_CLOSING,
        ),
    ),
    Layout(
        1,
        _CSV_LABELS,
        (
            *_csv_columns("attendances_unbooked", "A&E attendances", "Other A&E Department"),
            *_csv_columns(
                "attendances_booked", "A&E attendances Booked Appointments", "Other Department"
            ),
            *_csv_columns("over_4h_unbooked", "Attendances over 4hrs", "Other Department"),
            *_csv_columns(
                "over_4h_booked", "Attendances over 4hrs Booked Appointments", "Other Department"
            ),
            *_CSV_CLOSING,
        ),
    ),
)
"""April 2019 to March 2020; April to July 2020; from August 2020, with booked appointments apart."""
