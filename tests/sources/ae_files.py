"""Writing small monthly A&E workbooks by provider in their published layouts."""

from collections.abc import Sequence
from pathlib import Path

import xlwt

from data_sources.source import Snapshot

Cells = Sequence[object]

DEPARTMENTS = [
    "Type 1 Departments - Major A&E",
    "Type 2 Departments - Single Specialty",
    "Type 3 Departments - Other A&E/Minor Injury Unit",
]
HEADINGS = [
    *DEPARTMENTS,
    "Total attendances",
    *DEPARTMENTS,
    "Total Attendances < 4 hours",
    *DEPARTMENTS,
    "Total Attendances > 4 hours",
    "Percentage in 4 hours or less (all)",
    "Percentage in 4 hours or less (type 1)",
    "Percentage in 4 hours or less (type 2)",
    "Percentage in 4 hours or less (type 3)",
    "Emergency Admissions via Type 1 A&E",
    "Emergency Admissions via Type 2 A&E",
    "Emergency Admissions via Type 3 and 4 A&E",
    "Total Emergency Admissions via A&E",
    "Other Emergency admissions (i.e not via A&E)",
    "Total Emergency Admissions",
    "Number of patients spending >4 hours from decision to admit to admission",
    "Number of patients spending >12 hours from decision to admit to admission",
]
LEEDS_COUNTS = [
    *(7, 2, 1, 10, 4, 2, 1, 7, 3, 0, 0, 3),
    *(0.7, 4 / 7, 1, 1),
    *(5, 0, 0, 5, 6, 11, 2, 1),
]
FIELD_TEST_COUNTS = [9, 0, 0, 9, *["-"] * 12, 8, 0, 0, 8, 1, 9, 4, 3]
ENGLAND_COUNTS = [
    *(16, 2, 1, 19, 4, 2, 1, 7, 3, 0, 0, 3),
    *(0.7, 4 / 7, 1, 1),
    *(13, 0, 0, 13, 7, 20, 6, 4),
]
LEEDS_ICB, KENT_ICB = "NHS West Yorkshire Integrated Care Board", "NHS Kent Integrated Care Board"
LEEDS = ["RR8", "NHS England North East and Yorkshire", "Leeds Teaching Hospitals"]
KENT = ["RVV", "NHS England South East", "East Kent Hospitals"]


def title_block(period: str = "April 2024", revised: str = "") -> dict[int, Cells]:
    """Rows 1 to 14 by number, from column A on, with the helper numbers that some months carry."""
    return {
        1: ["", "", "", "", 4, 5, 6],
        2: [
            "",
            "Title:",
            "A&E Attendances & Emergency Admission monthly statistics, NHS and others",
        ],
        6: ["", "Period:", period],
        9: ["", "Published:", "9th May 2024"],
        10: ["", "Revised:", revised],
    }


def provider_sheet(**title: str) -> dict[int, Cells]:
    """`Provider Level Data`; the last column, without a heading, names each provider's system."""
    return title_block(**title) | {
        16: ["", "Code", "Region", "Name", *HEADINGS, ""],
        17: ["", "-", "-", "England", *ENGLAND_COUNTS, ""],
        19: ["", *LEEDS, *LEEDS_COUNTS, LEEDS_ICB],
        20: ["", *KENT, *FIELD_TEST_COUNTS, KENT_ICB],
    }


def system_sheet(heading: str = "System", spacer: bool = False, **title: str) -> dict[int, Cells]:
    """`System Level Data` or its forerunner, with the empty column D of some months where `spacer`."""
    gap = [""] if spacer else []
    return title_block(**title) | {
        16: ["", "Code", heading, *gap, *HEADINGS],
        17: ["", "-", "-", *gap, *ENGLAND_COUNTS],
        19: ["", "QWO", LEEDS_ICB, *gap, *LEEDS_COUNTS],
        20: ["", "QKS", KENT_ICB, *gap, *FIELD_TEST_COUNTS],
    }


def mapping_sheet() -> dict[int, Cells]:
    """`System Mapping`, with the second table that stands beside it."""
    return {
        3: ["Org code", "Region", "Name", "STP", "", "", "STP", "Code"],
        4: [
            "RR8",
            "North East Commissioning Region",
            "Leeds",
            LEEDS_ICB,
            "",
            "",
            "Kent STP",
            "QKS",
        ],
        5: [
            "rvv",
            "South East Commissioning Region",
            "East Kent\xa0",
            f"{KENT_ICB}\xa0",
            "",
            "",
            "x",
        ],
        6: ["", "", "", "", "", "", "Leeds STP", "QWO"],
    }


def workbook_sheets() -> dict[str, dict[int, Cells]]:
    return {
        "System Level Data": system_sheet(),
        "System Mapping": mapping_sheet(),
        "Provider Level Data": provider_sheet(),
    }


def write_workbook(
    folder: Path, sheets: dict[str, dict[int, Cells]], name: str = "ae.xls"
) -> Snapshot:
    """A workbook of `sheets`, each given as its filled rows by 1-based number."""
    book = xlwt.Workbook()
    for title, rows in sheets.items():
        sheet = book.add_sheet(title)
        for number, cells in rows.items():
            for column, cell in enumerate(cells):
                sheet.write(number - 1, column, cell)
    book.save(str(folder / name))
    return Snapshot("s", "ae_monthly", folder / name, name, "", 0)
