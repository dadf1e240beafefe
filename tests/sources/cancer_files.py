"""Writing small cancer waiting times files in their published layouts."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from data_sources.cancer_waits import SOURCE, parse
from data_sources.source import Snapshot, SourceError
from tests.sources.files import Book, snapshot_of, write_csv, write_xlsx

Cells = list[object]

BOOK_NAME = "APRIL-2024-CWT-CRS-PROVIDER-WORKBOOK-FINAL.xlsx"
EXTRACT_NAME = "CWT-CRS-Dec-2024-to-Jan-2025-Data-Extract-Provider.xlsx"
CSV_NAME = "2024-25-Apr-May-Cumulative-Monthly-Combined-CSV-Final.csv"
MONTH_NAME = "May-2026-Monthly-Combined-CSV-Provisional.csv"
OLD_NAME = "nhs_commissioner_wait_times_jan_2022.xlsx"

PROVIDER = ("ACCOUNTABLE PROVIDER", "ALL ENGLISH PROVIDERS", "PROVIDER")
COMMISSIONER = (
    "INTEGRATED CARE BOARD (ICB)/COMMISSIONING HUB",
    "ALL ENGLISH COMMISSIONERS",
    "COMMISSIONER",
)
LEEDS, SUSSEX = ("RR8", "LEEDS TEACHING HOSPITALS NHS TRUST"), ("RX2", "SUSSEX PARTNERSHIP")
YORKSHIRE, UNKNOWN = ("QWO", "NHS WEST YORKSHIRE INTEGRATED CARE BOARD"), ("UNKNOWN", "UNKNOWN")

FDS_TITLE = (
    "FOUR WEEK (28 DAYS) WAIT FROM URGENT REFERRAL TO PATIENT TOLD THEY HAVE CANCER, OR CANCER IS "
    "DEFINITIVELY EXCLUDED: ALL ROUTES"
)
TITLE_31 = (
    "ONE MONTH (31-DAY) WAIT FROM A DECISION TO TREAT/EARLIEST CLINICALLY APPROPRIATE DATE TO FIRST OR "
    "SUBSEQUENT TREATMENT OF CANCER: BY TREATMENT STAGE AND ALL CANCERS"
)
TITLE_62 = (
    "TWO MONTH (62-DAY) WAIT FROM AN URGENT SUSPECTED CANCER OR BREAST SYMPTOMATIC REFERRAL, OR URGENT "
    "SCREENING REFERRAL, OR CONSULTANT UPGRADE TO A FIRST DEFINITIVE TREATMENT FOR CANCER: BY REFERRAL "
    "ROUTE AND ALL CANCERS"
)
FDS_BANDS = [
    *(
        "WITHIN 14 DAYS",
        "IN 15 TO 28 DAYS",
        "IN 29 TO 42 DAYS",
        "IN 43 TO 62 DAYS",
        "AFTER 62 DAYS",
    ),
]
BANDS_31 = [
    *(
        "WITHIN 31 DAYS",
        "IN 32 TO 38 DAYS",
        "IN 39 TO 48 DAYS",
        "IN 49 TO 62 DAYS",
        "AFTER 62 DAYS",
    ),
]
BANDS_62 = [
    *BANDS_31[:4],
    *("IN 63 TO 76 DAYS", "IN 77 TO 90 DAYS", "IN 91 TO 104 DAYS", "AFTER 104 DAYS"),
]


COUNTS_FDS: list[Cells] = [[10, 8, 2, 0.8, "", 5, 3, 1, 1, 0], [5, 4, 1, 0.8, "", 4, 0, 0, 0, 1]]
COUNTS_31: list[Cells] = [[4, 3, 1, 0.75, "", 3, 0, 0, 1, 0], [2, 2, 0, 1, "", 2, 0, 0, 0, 0]]
COUNTS_62: list[Cells] = [
    [52.5, 40, 12.5, 40 / 52.5, "", 30, 5, 5, 0, 6, 3, 2, 1.5],
    [1, 0.5, 0.5, 0.5, "", 0, 0, 0, 0.5, 0, 0, 0, 0.5],
]
TOLD: Cells = ["TOTAL", "WITHIN 28 DAYS", "AFTER 28 DAYS", "TOLD WITHIN 28 DAYS", "", *FDS_BANDS]
IN_31: Cells = ["TOTAL", "WITHIN 31 DAYS", "AFTER 31 DAYS", "TREATED WITHIN 31 DAYS", "", *BANDS_31]
IN_62: Cells = ["TOTAL", "WITHIN 62 DAYS", "AFTER 62 DAYS", "TREATED WITHIN 62 DAYS", "", *BANDS_62]


def front_sheet(title: str, month: str, status: str = "Final") -> list[Cells]:
    """The front sheet down to the month."""
    empty: list[Cells] = [[""]] * 4
    return [*empty, [f"Status: {status} Official Statistics"], [""], [title], [month]]


def workbook(
    basis: tuple[str, str, str] = PROVIDER,
    bodies: Sequence[tuple[str, str]] = (LEEDS, SUSSEX),
    month: str = "April 2024",
    status: str = "Final",
) -> dict[str, list[Cells]]:
    """A workbook of the combined standards: 62-day patients are shared, 31-day ones have a part B."""
    name, england, based = basis
    top: list[Cells] = [[f"{month[:3]}-{month[-2:]}"]]
    top += [[f"BASIS: {based} BASED INCLUDING WELSH CROSS-BORDER PATIENTS AND 'UNKNOWNS'"]]
    top += [["DEFINITIONS:  DCB0147 Amd 16/2019"], [""], [""]]
    stage: Cells = ["", "ODS CODE (1)", name, "TREATMENT STAGE", "CANCER TYPE", *IN_31]
    route: Cells = ["", "ODS CODE (1)", name, "REFERRAL ROUTE"]

    def sheet(title: str, labels: Cells, words: Cells, counts: list[Cells]) -> list[Cells]:
        caption = f"PART A: {words[0]}" if len(words) > 1 else ""
        rows = [["", *body, *words, *cells] for body, cells in zip(bodies, counts, strict=True)]
        added = [sum_of(cells) for cells in zip(*counts, strict=True)]
        return [
            *([title], *top, [caption], [""], labels),
            *(*rows, [""], ["", "", england, *words, *added]),
        ]

    in_31 = sheet(TITLE_31, stage, ["ALL STAGES", "ALL CANCERS"], COUNTS_31)
    part_b: Cells = ["", *bodies[0], "First Treatment", "ALL CANCERS", *COUNTS_31[1]]
    in_62 = [*route, "CANCER TYPE", *IN_62]
    return {
        "Frontpage": front_sheet(
            f"Cancer Waiting Times statistics: {based.title()} Based", month, status
        ),
        "28-DAY FDS (ALL ROUTES)": sheet(FDS_TITLE, [*route, *TOLD], ["ALL ROUTES"], COUNTS_FDS),
        "31-DAY (ALL CANCER)": [
            *(*in_31, [""], [""], ["PART B: FIRST TREATMENTS"], [""], stage, part_b)
        ],
        "62-DAY (ALL CANCER)": sheet(TITLE_62, in_62, ["ALL ROUTES", "ALL CANCERS"], COUNTS_62),
    }


def sum_of(cells: Sequence[object]) -> object:
    """The sum of a column, blank where its cells are."""
    return "" if "" in cells else sum(float(str(cell)) for cell in cells)


OLD_SHEETS = {
    "TWO WEEK WAIT-ALL CANCER": (
        "ALL CANCERS TWO WEEK WAIT",
        {"SUSPECTED TYPE OF CANCER": "ALL SUSPECTED CANCER"},
        (14, "SEEN"),
    ),
    "62-DAY (ALL CANCER)": (
        "62-DAY (URGENT GP REFERRAL TO TREATMENT) WAIT FOR FIRST TREATMENT: ALL CANCERS",
        {"CARE SETTING": "ALL CARE", "CANCER TYPE": "ALL CANCERS"},
        (62, "TREATED"),
    ),
    "31-DAY FIRST TREAT (ALL CANCER)": (
        "31-DAY (DIAGNOSIS TO TREATMENT) WAIT FOR FIRST TREATMENT: ALL CANCERS",
        {"CARE SETTING": "ALL CARE", "CANCER TYPE": "ALL CANCERS"},
        (31, "TREATED"),
    ),
    "28-DAY FDS (ALL ROUTES)": (
        "28-DAY FASTER DIAGNOSIS: ALL ROUTES",
        {"REFERRAL ROUTE": "ALL REFERRAL ROUTES"},
        (28, "TOLD"),
    ),
}
"""Title, headings with the words below them, and the days of the standard, by sheet."""


def old_workbook(code: str = "CCG CODE", month: str = "January 2022") -> dict[str, list[Cells]]:
    """A commissioner workbook of the old standards; the last column is a percentage, or blank."""
    is_ccg = code == "CCG CODE"
    name = "CLINICAL COMMISSIONING GROUP (CCG)" if is_ccg else COMMISSIONER[0]
    body = ("02P", "NHS BARNSLEY CCG") if is_ccg else YORKSHIRE
    year = int(month[-4:]) - (month[:3] in ("Jan", "Feb", "Mar"))
    period = f"PERIOD: {month[:3].upper()} {year}/{(year + 1) % 100}"
    title = "Waiting Times for Suspected and Diagnosed Cancer Patients: Commissioner Based"

    def sheet(title: str, labels: dict[str, str], standard: tuple[int, str]) -> list[Cells]:
        days, done = standard
        counts = [
            "TOTAL",
            f"WITHIN {days} DAYS",
            f"AFTER {days} DAYS",
            f"{done} WITHIN {days} DAYS",
        ]
        top: list[Cells] = [[title], [period], ["BASIS: Commissioner BASED"], [""], [""]]
        return [
            *(*top, *([["ALL CARE"]] if len(labels) > 1 else []), ["", "", "", "", "NUMBER"]),
            ["", code, name, *labels, *counts],
            ["", *body, *labels.values(), days, days - 2, 2, ""],
            ["", *UNKNOWN, *labels.values(), 4, 3, 1, 0.75],
        ]

    sheets = {name: sheet(*parts) for name, parts in OLD_SHEETS.items()}
    return {"Frontpage": front_sheet(title, month), **sheets}


EXTRACT_HEADER: Cells = [
    *("PERIOD", "YEAR", "MONTH", "STANDARD", "ORG CODE", "STAGE/ROUTE"),
    *("TREATMENT MODALITY", "CANCER TYPE", "TOTAL TREATED", "WITHIN STANDARD", "BREACHES"),
]
MONTHS = (("2024-12-01", "2024/25", "DEC"), ("2025-01-01", "2024/25", "JAN"))
SYMPTOMS, NATIONAL = "BREAST SYMPTOMATIC, CANCER NOT SUSPECTED", "NATIONAL SCREENING PROGRAMME"
ONE_PROVIDER: list[Cells] = [
    ["28-day FDS", "RR8", SYMPTOMS, "", "Exhibited (non-cancer) breast symptoms", 6, 5, 1],
    ["28-day FDS", "RR8", NATIONAL, "", "Suspected breast cancer", 3, 2, 1],
    ["31-day Combined", "RR8", "First Treatment", "ALL MODALITIES", "Breast", 2, 1, 1],
    ["31-day Combined", "RR8", "First Treatment", "Surgery", "ALL CANCERS", 2, 1, 1],
    ["31-day Combined", "RR8", "Subsequent Treatment", "ALL MODALITIES", "Lung", 5, 5, 0],
    ["31-day Combined", "RR8", "Subsequent Treatment", "Other", "ALL CANCERS", 5, 5, 0],
    ["62-day Combined", "RR8", "Screening", "ALL MODALITIES", "Breast", 1.5, 1, 0.5],
    ["62-day Combined", "RR8", "Screening", "ALL MODALITIES", "Skin", 4, 3.5, 0.5],
    ["62-day Combined", "RR8", "Screening", "Surgery", "ALL CANCERS", 5.5, 4.5, 1],
]


def extract() -> dict[str, list[Cells]]:
    """A data extract of December and January for one provider."""
    rows = [[*month, *cells] for month in MONTHS for cells in ONE_PROVIDER]
    return {"CWT CRS Provider Extract": [EXTRACT_HEADER, *rows]}


CSV_HEADER: Cells = [
    *("Period", "Basis", "Org_Code", "Parent_Org", "Org_Name", "Standard_or_Item", "Cancer_Type"),
    *("Referral_Route_or_Stage", "Treatment_Modality", "Total", "Within", "After", "Performance"),
    *("A band", "Another band"),
]
BODIES = {
    "Provider": (("RR8", "North", "LEEDS"), ("UNKNOWN", "", "UNKNOWN")),
    "Commissioner": (("QWO", "North", "WEST YORKSHIRE"),),
}


def combined(*periods: str) -> dict[str, list[Cells]]:
    """A combined CSV of these periods, written as they are; of one month without Period for none."""
    rows = [[period, *cells] for period in periods or ("",) for cells in _combined_month()]
    table = [CSV_HEADER, *rows]
    return {"csv": table if periods else [row[1:] for row in table]}


def _combined_month() -> list[Cells]:
    aggregates: list[Cells] = [
        ["FDS", "ALL CANCERS", "ALL ROUTES", ""],
        ["31D", "ALL CANCERS", "ALL STAGES", "ALL MODALITIES"],
        ["62D", "ALL CANCERS", "ALL ROUTES", "ALL MODALITIES"],
    ]
    counts: list[Cells] = [
        [10, 8, 2, 0.8, 1, 1],
        [7, 6, 1, 6 / 7, 2, 2],
        [52.5, 40, 12.5, 0.76, 3, 3],
    ]
    rows: list[Cells] = []
    for basis, bodies in BODIES.items():
        for words, cells in zip(aggregates, counts, strict=True):
            rows += [[basis, *body, *words, *cells] for body in bodies]
            added = [float(str(cell)) * len(bodies) for cell in cells[:3]]
            rows.append([basis, "Total", "", "Total", *words, *added, 0.8, "", ""])
    detail = ["62D", "Breast", "ALL ROUTES", "ALL MODALITIES", 9, 9, 0, 1, 0, 0]
    item = ["Urgent Suspected Cancer referral", "ALL CANCERS", "", "", 9, 9, 0, 1, 0, 0]
    return [*rows, *(["Provider", *BODIES["Provider"][0], *cells] for cells in (detail, item))]


def write_combined(path: Path, book: Book) -> Path:
    """The one sheet of a book as a CSV."""
    return write_csv(path, book["csv"])


def saved(folder: Path, book: Book, file_name: str) -> Snapshot:
    """The book written under this name, as a workbook or, by its ending, as a CSV."""
    write = write_combined if file_name.endswith(".csv") else write_xlsx
    return snapshot_of(write(folder / file_name, book), SOURCE.id)


Change = tuple[str, int, int, object]
"""A sheet, a 1-based row and column of it, and what is written there."""


def refusal(folder: Path, book: dict[str, list[Cells]], name: str, *changes: Change) -> str:
    """The sentence with which the changed book is refused, without the file's name."""
    for sheet, row, column, cell in changes:
        cells = book[sheet][row - 1] = list(book[sheet][row - 1])
        cells.extend([""] * (column - len(cells)))
        cells[column - 1] = cell
    with pytest.raises(SourceError) as error:
        parse(saved(folder, book, name))
    assert str(error.value).startswith(name)
    return str(error.value).removeprefix(name).removeprefix(", ")
