"""RTT full extracts in each layout and provider sheets, damaged: read right or refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import rtt
from tests.sources.files import Book, csv_bytes, write_csv, write_zip
from tests.sources.fuzzing import (
    DAMAGES,
    check_cut_file,
    check_damaged_file,
    fuzz,
    lose_rows,
)
from tests.sources.rtt_files import (
    EAST,
    NATIONAL,
    SHEET,
    SHEET_NAME,
    WEST,
    extract_2015,
    extract_2018,
    extract_2021,
    header_2015,
    header_july_2016,
    row,
    with_totals,
)

ROWS = with_totals(
    [
        row("RAA", EAST, {0: 4, 20: 3, 52: 2}),
        row("RAA", EAST, {1: 5}, "C_110"),
        row("RAA", WEST, {0: 7, 51: 1}),
        row("RBB", NATIONAL, {17: 6, 18: 8}),
        row("RBB", WEST, {3: 9}, "C_110"),
    ]
)
EXTRACTS = {
    "RTT-October-2015.zip": extract_2015(header_2015(), "2015-16", "OCTOBER", ROWS),
    "RTT-July-2016.zip": extract_2015(header_july_2016(), "2016-17", "JULY", ROWS),
    "RTT-April-2018.zip": extract_2018(ROWS, "RTT-April-2018"),
    "RTT-April-2020.zip": extract_2018(ROWS, "RTT-April-2020"),
    "RTT-April-2021.zip": extract_2021(ROWS),
}

WITHIN = tuple(damage for damage in DAMAGES if damage is not lose_rows)
"""A provider's figures are the sum over commissioners, and nothing in an extract says how many these are:
one that ends early between two of them is whole to look at. The zip tells of a download that was cut.
"""


def as_book(lines: list[list[str]]) -> Book:
    """The lines of a CSV with counts as numbers, so that only headings are rows of text alone."""
    return {"csv": [[int(cell) if cell.isdigit() else cell for cell in line] for line in lines]}


def write_extract(path: Path, book: Book) -> Path:
    return write_zip(path, {"extract.csv": csv_bytes(book["csv"])})


def write_sheet(path: Path, book: Book) -> Path:
    return write_csv(path, book["csv"])


@pytest.mark.parametrize("name", EXTRACTS)
@fuzz
@given(data=st.data())
def test_a_damaged_extract(name: str, data: st.DataObject) -> None:
    book = as_book(EXTRACTS[name])
    check_damaged_file(rtt, book, write_extract, name, data, WITHIN)


@pytest.mark.parametrize("name", EXTRACTS)
@fuzz
@given(data=st.data())
def test_a_cut_extract(name: str, data: st.DataObject) -> None:
    check_cut_file(rtt, as_book(EXTRACTS[name]), write_extract, name, data)


@fuzz
@given(data=st.data())
def test_a_damaged_provider_sheet(data: st.DataObject) -> None:
    check_damaged_file(rtt, as_book(SHEET), write_sheet, SHEET_NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_provider_sheet(data: st.DataObject) -> None:
    check_cut_file(rtt, as_book(SHEET), write_sheet, SHEET_NAME, data)
