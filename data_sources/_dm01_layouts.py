"""The columns of the monthly diagnostics files (DM01): provider workbook, by-test sheet, full extract."""

from data_sources.layouts import Columns, Layout

TOTAL_ID = "16"
"""Diagnostic ID of the row over a provider's fifteen tests."""

REGIONS = ("Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63")
"""Every region stands in the by-test sheet, in this order: a sheet without the last one is cut short."""

FEWEST_PROVIDERS = 300
"""Every month known has 383 or more with tests; what holds fewer is a part of a file, not a month."""

_WEEKS = [f"{week:02d} <{week + 1:02d} weeks" for week in range(13)]
_BY_PROVIDER: Columns = (
    ("Total Waiting List", "waiting"),
    ("Number waiting 6+ Weeks", "waiting_6_weeks_plus"),
    ("Number waiting 13+ Weeks", "waiting_13_weeks_plus"),
    # Of the rest nothing is read: the bands add up to these three, and activity is no wait.
    ("Percentage waiting 6+ weeks", ""),
    ("0 <01 weeks", ""),
    *((week, "") for week in _WEEKS[1:]),
    ("13+ weeks", ""),
    ("", ""),
    ("Planned tests / procedures", ""),
    ("Unscheduled tests / procedures", ""),
    ("Waiting list tests / procedures (excluding planned)", ""),
)
_PROVIDER = ("Regional Team Code", "Regional Team Name", "Provider Code", "Provider Name")

WORKBOOK_LAYOUT = Layout(14, ("", *_PROVIDER), _BY_PROVIDER)

BY_TEST_LAYOUT = Layout(1, (*_PROVIDER, "Diagnostic ID", "Diagnostic Test Name"), _BY_PROVIDER)

_EXTRACT_BANDS = (
    "00 < 01 Week",
    *(f"{week:02d} < {week + 1:02d} Weeks" for week in range(1, 13)),
    "13+ Weeks",
)
EXTRACT_LAYOUT = Layout(
    1,
    (
        "Period",
        *("Provider Parent Org Code", "Provider Parent Name"),
        *("Provider Org Code", "Provider Org Name"),
        *("Commissioner Parent Org Code", "Commissioner Parent Name"),
        *("Commissioner Org Code", "Commissioner Org Name"),
        *("Diagnostic Tests Sort Order", "Diagnostic Tests"),
    ),
    (
        *((band, band) for band in _EXTRACT_BANDS),
        ("Total WL", "waiting"),
        ("Waiting List Activity", ""),
        ("Planned Activity", ""),
        ("Unscheduled Activity", ""),
        ("Total Activity", ""),
    ),
)

EXTRACT_MEASURES = {
    "waiting": _EXTRACT_BANDS,
    "waiting_6_weeks_plus": _EXTRACT_BANDS[6:],
    "waiting_13_weeks_plus": _EXTRACT_BANDS[13:],
}
"""The bands that each measure is the sum of."""
