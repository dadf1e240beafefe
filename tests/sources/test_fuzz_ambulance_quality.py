"""The cumulative AmbSYS workbook and CSV, damaged: read right or refused."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from data_sources import ambulance_quality as amb
from tests.sources.files import Book, write_csv, write_xlsx
from tests.sources.fuzzing import (
    DAMAGES,
    check_cut_file,
    check_damaged_file,
    fuzz,
    swap_headings,
)
from tests.sources.test_ambulance_quality import (
    CSV_ENGLAND,
    CSV_HEADER,
    CSV_LONDON_REGION,
    CSV_LONDON_TRUST,
    EAST_MIDLANDS,
    ENGLAND,
    MIDLANDS,
    RAW_HEADER,
    csv_row,
    raw_row,
)

BUT_SWAPPED = tuple(damage for damage in DAMAGES if damage is not swap_headings)
"""Items are found by their names, for the publisher moves them; two that change places cannot show."""

NAME = "AmbSYS"


def workbook() -> Book:
    raw = [
        raw_row("2023-24", month, body)
        for month in ("FEBRUARY", "MARCH")
        for body in (ENGLAND, MIDLANDS, EAST_MIDLANDS)
    ]
    return {"Response times": [["AmbSYS"]], "Raw": [["Raw data"], [], [], [], RAW_HEADER, *raw]}


def table() -> Book:
    """As published, an item that is not read stands last: cut inside it, nothing read is touched."""
    bodies = (CSV_ENGLAND, CSV_LONDON_REGION, CSV_LONDON_TRUST)
    rows = [csv_row(2024, month, body) for month in (1, 2) for body in bodies]
    return {"csv": [[*CSV_HEADER, "A999"], *([*row, "."] for row in rows)]}


def write_table(path: Path, book: Book) -> Path:
    return write_csv(path, book["csv"])


@fuzz
@given(data=st.data())
def test_a_damaged_workbook(data: st.DataObject) -> None:
    check_damaged_file(amb, workbook(), write_xlsx, f"{NAME}.xlsx", data, BUT_SWAPPED)


@fuzz
@given(data=st.data())
def test_a_cut_workbook(data: st.DataObject) -> None:
    check_cut_file(amb, workbook(), write_xlsx, f"{NAME}.xlsx", data)


@fuzz
@given(data=st.data())
def test_a_damaged_csv(data: st.DataObject) -> None:
    check_damaged_file(amb, table(), write_table, f"{NAME}.csv", data, BUT_SWAPPED)


@fuzz
@given(data=st.data())
def test_a_cut_csv(data: st.DataObject) -> None:
    check_cut_file(amb, table(), write_table, f"{NAME}.csv", data)
