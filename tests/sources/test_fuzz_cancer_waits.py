"""Cancer waiting times files, damaged: read right or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import cancer_waits as cancer
from tests.sources import cancer_files as files
from tests.sources.files import Book, write_xlsx
from tests.sources.fuzzing import (
    DAMAGES,
    Writer,
    check_cut_file,
    check_damaged_file,
    fuzz,
    lose_a_row,
)

# A row lost from the middle of the extract shows for the 31- and 62-day standards, which are told twice, but
# not for diagnosis: nothing in the file says how many were told.
EXTRACT_DAMAGES = tuple(damage for damage in DAMAGES if damage is not lose_a_row)

CASES: dict[str, tuple[Book, Writer, str]] = {
    "provider": (files.workbook(), write_xlsx, files.BOOK_NAME),
    "commissioner": (
        files.workbook(files.COMMISSIONER, (files.YORKSHIRE, files.UNKNOWN)),
        write_xlsx,
        "nhs_commissioner_wait_times_apr_2024.xlsx",
    ),
    "ccg": (files.old_workbook(), write_xlsx, files.OLD_NAME),
    "icb": (
        files.old_workbook("ODS CODE", "July 2023"),
        write_xlsx,
        "nhs_commissioner_wait_times_jul_2023.xlsx",
    ),
    "csv": (files.combined("2024-04-01", "2024-05-01"), files.write_combined, files.CSV_NAME),
    "csv day first": (
        files.combined("01/04/2024", "01/05/2024"),
        files.write_combined,
        files.CSV_NAME,
    ),
    "csv of a month": (files.combined(), files.write_combined, files.MONTH_NAME),
}
EXTRACT = (files.extract(), write_xlsx, files.EXTRACT_NAME)


@pytest.mark.parametrize("case", CASES)
@fuzz
@given(data=st.data())
def test_a_damaged_file(case: str, data: st.DataObject) -> None:
    check_damaged_file(cancer, *CASES[case], data)


@fuzz
@given(data=st.data())
def test_a_damaged_extract(data: st.DataObject) -> None:
    check_damaged_file(cancer, *EXTRACT, data, EXTRACT_DAMAGES)


@pytest.mark.parametrize("case", [*CASES, "extract"])
@fuzz
@given(data=st.data())
def test_a_cut_file(case: str, data: st.DataObject) -> None:
    check_cut_file(cancer, *(CASES | {"extract": EXTRACT})[case], data)
