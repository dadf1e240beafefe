"""The three monthly A&E CSVs, damaged: read right or refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import ae_monthly as ae
from tests.sources.files import Book, write_csv
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz
from tests.sources.test_ae_monthly_csv import CSV_2019, CSV_2020, CSV_BOOKED

HEADERS = {"April-2019.csv": CSV_2019, "April-2020.csv": CSV_2020, "August-2020.csv": CSV_BOOKED}


def book(name: str) -> Book:
    """Two providers and England, no two figures of a row alike."""
    header = HEADERS[name].split(",")
    period = f"MSitAE-{name.removesuffix('.csv').upper()}"
    width = len(header) - 4
    leeds, kent = range(1, width + 1), range(100, 100 + width)
    england = [one + other for one, other in zip(leeds, kent, strict=True)]
    return {
        "csv": [
            header,
            [period, "RR8", "NHS ENGLAND NORTH", "LEEDS", *leeds],
            [period, "RVV", "NHS ENGLAND SOUTH", "EAST KENT", *kent],
            ["TOTAL", "", "", "", *england],
        ]
    }


def write(path: Path, book: Book) -> Path:
    return write_csv(path, book["csv"])


@pytest.mark.parametrize("name", HEADERS)
@fuzz
@given(data=st.data())
def test_a_damaged_csv(name: str, data: st.DataObject) -> None:
    check_damaged_file(ae, book(name), write, name, data)


@pytest.mark.parametrize("name", HEADERS)
@fuzz
@given(data=st.data())
def test_a_cut_csv(name: str, data: st.DataObject) -> None:
    check_cut_file(ae, book(name), write, name, data)
