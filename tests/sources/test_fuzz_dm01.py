"""Diagnostics (DM01) files, damaged: read right or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import dm01
from tests.sources.dm01_files import by_test, extract, workbook, write_extract, write_one_csv
from tests.sources.files import write_xls
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz

LAYOUTS = {
    "provider_workbook": (workbook(), write_xls, "Provider-April-2024.xls"),
    "by_test_csv": (by_test(), write_one_csv, "Provider-March-2025.csv"),
    "full_extract": (extract(), write_extract, "DM01-MARCH-2025-full-extract.zip"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@fuzz
@given(data=st.data())
def test_a_damaged_file(layout: str, data: st.DataObject) -> None:
    check_damaged_file(dm01, *LAYOUTS[layout], data)


@pytest.mark.parametrize("layout", LAYOUTS)
@fuzz
@given(data=st.data())
def test_a_cut_file(layout: str, data: st.DataObject) -> None:
    check_cut_file(dm01, *LAYOUTS[layout], data)
