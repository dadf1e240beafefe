"""Writing small KH03 files in their published layouts."""

from collections.abc import Sequence

from tests.sources.files import Book, Rows

Cells = Sequence[object]

SECTORS = ["Total ", "General & Acute", "Learning Disabilities", "Maternity", "Mental Illness"]
TITLE = "Average daily number of available and occupied beds open overnight by sector"
HISTORY_HEADER = ["Organisation_Code", "Sector", "Number_Of_Beds", "Effective_Snapshot_Date"]
COMPILED_HEADER = (
    "org_code,org_name,financial_quarter,period_end,"
    "total_on_beds_available,general_acute_on_beds_available,learn_disabil_on_beds_available,"
    "maternity_on_beds_available,mental_illness_on_beds_available,"
    "total_on_beds_occupied,general_acute_on_beds_occupied,learn_disabil_on_beds_occupied,"
    "maternity_on_beds_occupied,mental_illness_on_beds_occupied,"
    "second_source_general_acute_available,second_source_general_acute_occupied"
)


def title_block(title: str = TITLE, period: str = "April to June 2025", revised: str = "") -> Rows:
    """Rows 1 to 14."""
    return [
        [],
        ["", "Title:", title],
        ["", "Summary:", "KH03 is the collection of data to monitor beds"],
        [],
        ["", "Period:", period],
        ["", "Source:", "NHS England: SDCS data collection - KH03"],
        ["", "Basis:", "Provider"],
        ["", "Published:", "21st August 2025"],
        ["", "Revised:", revised],
        ["", "Status:", "Public"],
        ["", "Contact:", "x@nhs.net"],
        [],
        ["", "Provider Level Data", "", "", 227],
        [*[""] * 6, "Available", *[""] * 5, "Occupied", *[""] * 5, "% Occupied", *[""] * 4],
    ]


def header(area: str = "Region Code") -> Cells:
    return [
        *("", "Year", "Period End", area, "Org Code", "Org Name"),
        *(*SECTORS, "", *SECTORS, "", *SECTORS),
    ]


def row(region: str, code: str, name: str, available: Cells, occupied: Cells) -> Cells:
    """A row whose percentages are left as marks: they are not read."""
    labels = ["", "2025-26", "June", region, code, name]
    return [*labels, *available, "", *occupied, "", *["-"] * 5]


ENGLAND = row("", "", "England", [150.75, 100.5, 7, 3, 40.25], [120.5, 90, 5.5, 2, 23])
LEEDS = row("Y63", "RR8", "LEEDS", [103.5, 100.5, 0, 3, 0], [92, 90, 0, 2, 0])
NORTH = row("Y56", "G6V2S", "NORTH LONDON", [47.25, 0, 7, 0, 40.25], [28.5, 0, 5.5, 0, 23])


def provider_sheet(area: str = "Region Code", **title: str) -> list[Cells]:
    return [*title_block(**title), header(area), ENGLAND, [], LEEDS, NORTH]


def quality_sheet(title: str = "Data Quality KH03 Q1 2025-26") -> list[Cells]:
    return [
        [title],
        [],
        ["This file includes all data submitted up to 8th August 2025."],
        [],
        ["The following trusts submitted estimated returns this quarter:"],
        ["RR8", "LEEDS"],
        [],
        ["The following trusts did not submit and an estimate was submitted on their behalf:"],
        ["G6V2S", "NORTH LONDON"],
    ]


def book(area: str = "Region Code", **title: str) -> Book:
    """A quarter's workbook."""
    return {
        "Data Quality": quality_sheet(),
        "NHS Trust by Sector": provider_sheet(area, **title),
    }


def history(*extra: Cells) -> Rows:
    """The CSV of available or occupied beds: two quarters of one trust, a year before them."""
    return [
        HISTORY_HEADER,
        ["RDY", "Mental Illness", "93", "30/06/2012"],
        ["RDY", "General & Acute", "0", "30/06/2012"],
        ["RDY", "Maternity", "0", "30/06/2012"],
        ["RDY", "Learning Disabilities", "4.5", "30/06/2012"],
        ["RDY", "Mental illness", "227.5", "2015-12-31"],
        ["RDY", "Mental illness", "362", "31/03/2001"],
        ["RDY", "Maternity", "NULL", "31/03/2001"],
        *extra,
    ]
