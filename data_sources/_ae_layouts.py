"""The columns of NHS England's monthly A&E files, April 2019 on."""

from data_sources.layouts import Columns, Layout

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
