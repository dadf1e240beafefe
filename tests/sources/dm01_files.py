"""Small diagnostics (DM01) files in their published layouts."""

from pathlib import Path

from tests.sources.files import Book, csv_bytes, write_zip

BANDS = [
    "0 <01 weeks",
    *[f"{week:02d} <{week + 1:02d} weeks" for week in range(1, 13)],
    "13+ weeks",
]
LABELS = ["Regional Team Code", "Regional Team Name", "Provider Code", "Provider Name"]
HEADINGS = [
    *("Total Waiting List", "Number waiting 6+ Weeks", "Number waiting 13+ Weeks"),
    *("Percentage waiting 6+ weeks", *BANDS, ""),
    *("Planned tests / procedures", "Unscheduled tests / procedures"),
    "Waiting list tests / procedures (excluding planned)",
]
REGIONS = ["Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63"]


def counts(*bands: int) -> list[object]:
    """A row's figures: total, six and thirteen weeks, share, bands, a blank, and three of activity."""
    over, total = sum(bands[6:]), sum(bands)
    share = over / total if total else 0
    return [total, over, bands[13], share, *bands, "", 4, 5, 6]


RR8 = counts(10, 5, 3, 2, 1, 1, 2, 0, 1, 0, 0, 0, 0, 4)
RAL = counts(7, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2)
NT238 = counts(*[0] * 14)
ENGLAND = counts(17, 5, 3, 2, 1, 1, 3, 0, 1, 0, 0, 0, 0, 6)
EXPECTED = {
    ("england", "ENG"): ["39", "10", "6"],
    ("provider", "RAL"): ["10", "3", "2"],
    ("provider", "RR8"): ["29", "7", "4"],
    ("provider", "NT238"): ["0", "0", "0"],
}
"""Waiting, six weeks or more, thirteen weeks or more: added up by hand."""


def workbook(period: str = "April 2024", revised: str = "") -> dict[str, list[list[object]]]:
    """The sheets that tell a provider workbook, the one that is read filled."""
    london, north = ["", "Y56", "London"], ["", "Y63", "North East and Yorkshire"]
    rows: list[list[object]] = [
        [],
        ["", "Title:", "Monthly Diagnostics"],
        ["", "Summary:", "Waiting times and activity for Diagnostic tests and procedures"],
        [],
        ["", "Period:", period],
        ["", "Source:", "DM01, collected via SDCS"],
        ["", "Basis:", "Provider"],
        ["", "Published:", "13th June 2024"],
        ["", "Revised:", revised],
        ["", "Status:", "Published"],
        ["", "Contact:", "-"],
        [],
        ["", "Provider level data"],
        ["", *LABELS, *HEADINGS, ""],
        ["", "", "", "", "Total", *ENGLAND, ""],
        [],
        [*london, "RAL", "Royal Free", *RAL, ""],
        [*north, "RR8", "Leeds Teaching Hospitals", *RR8, ""],
        [*north, "NT238", "A hospital without tests", *NT238, ""],
    ]
    return {"Provider": rows, "Provider by Test": [["by test"]]}


def by_test(providers: int = 301) -> Book:
    """A by-test sheet: every provider has one test and its total; provider P000 waits as RR8 does."""
    header = [*LABELS, "Diagnostic ID", "Diagnostic Test Name"]
    rows: list[list[object]] = [[*header, *(f" {heading} " for heading in HEADINGS)]]
    for number in range(providers):
        region = REGIONS[number * 7 // providers]
        body = [region, "Region", f"P{number:03d}", "A provider"]
        figures = RR8 if number == 0 else counts(*[number % 5 + 1] * 14)
        rows += [[*body, 3, "Non-obstetric Ultrasound", *figures], [*body, 16, "Total", *figures]]
    return {"csv": rows}


EXTRACT_HEADER = [
    *("Period", "Provider Parent Org Code", "Provider Parent Name"),
    *("Provider Org Code", "Provider Org Name"),
    *("Commissioner Parent Org Code", "Commissioner Parent Name"),
    *("Commissioner Org Code", "Commissioner Org Name"),
    *("Diagnostic Tests Sort Order", "Diagnostic Tests", "00 < 01 Week"),
    *(f"{week:02d} < {week + 1:02d} Weeks" for week in range(1, 13)),
    *("13+ Weeks", "Total WL", "Waiting List Activity", "Planned Activity"),
    *("Unscheduled Activity", "Total Activity"),
]


def extract(providers: int = 301, month: str = "DM01-MARCH-2025") -> Book:
    """A full extract: every provider has one test for one commissioner, provider P000 for two."""
    rows: list[list[object]] = [EXTRACT_HEADER]
    for number in range(providers):
        figures = RR8 if number == 0 else counts(*[number % 5 + 1] * 14)
        for commissioner in ("11J", "92A")[: 2 if number == 0 else 1]:
            body = [month, "QVV", "ICB", f"P{number:03d}", "A PROVIDER", "QVV", "ICB", commissioner]
            ending = [*figures[4:18], figures[0], 4, 5, 6, 15]
            rows += [
                [*body, "SUB ICB", 1, "MRI", *ending],
                [*body, "SUB ICB", 16, "TOTAL", *ending],
            ]
    return {"csv": rows}


def write_extract(path: Path, book: Book) -> Path:
    """The one sheet of the book as the only CSV of a zip."""
    return write_zip(path, {"DM01-full-extract.csv": csv_bytes(next(iter(book.values())))})


def write_one_csv(path: Path, book: Book) -> Path:
    """The one sheet of the book as a CSV with the mark that spreadsheets put first."""
    path.write_bytes(csv_bytes(next(iter(book.values())), "utf-8-sig"))
    return path
