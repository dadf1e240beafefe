"""Monthly A&E files, damaged: read right or refused."""

from hypothesis import given
from hypothesis import strategies as st

from data_sources import ae_monthly as ae
from tests.sources.ae_files import workbook_sheets
from tests.sources.files import Book, write_xls
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz

NAME = "April-2024-AE-by-provider.xls"


def book() -> Book:
    """The sheets of a workbook by provider as rows from the first on."""
    return {
        name: [rows.get(row, []) for row in range(1, max(rows) + 1)]
        for name, rows in workbook_sheets().items()
    }


@fuzz
@given(data=st.data())
def test_a_damaged_workbook(data: st.DataObject) -> None:
    check_damaged_file(ae, book(), write_xls, NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_workbook(data: st.DataObject) -> None:
    check_cut_file(ae, book(), write_xls, NAME, data)
