"""Files of the oversight framework, damaged: read right or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import oversight_framework as nof
from tests.sources.files import Book, write_csv
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz
from tests.sources.oversight_framework_files import (
    Rows,
    data,
    league,
    standing,
    trust_rows,
    without_quarter,
)

QUARTERS = ("Q2 2025/26", "Q3 2025/26")
METRICS = data(
    *(row for quarter in QUARTERS for trust in ("RAA", "RBB") for row in trust_rows(trust, quarter))
)
FIRST = without_quarter(data(*trust_rows("RAA", "Q1 2025/26"), *trust_rows("RBB", "Q1 2025/26")))
TABLE = league(standing("RAA"), standing("RBB"))
FILES: dict[str, Rows] = {
    "acute-trust-data-q3-25-26.csv": METRICS,
    "acute-trust-data.csv": FIRST,
    "acute-trust-league-table-q3.csv": TABLE,
    "acute-trust-league-table.csv": without_quarter(league(standing("RAA"), standing("RBB"))),
}


def write(path, book: Book):
    return write_csv(path, book["csv"])


@pytest.mark.parametrize("name", FILES)
@fuzz
@given(data=st.data())
def test_a_damaged_file(name: str, data: st.DataObject) -> None:
    check_damaged_file(nof, {"csv": FILES[name]}, write, name, data)


# The last figure of a league table's row is a text at the very end of the line: of a file cut within it, what
# is left of it cannot be told from a whole one.
@pytest.mark.parametrize("name", [name for name in FILES if "data" in name])
@fuzz
@given(data=st.data())
def test_a_cut_file(name: str, data: st.DataObject) -> None:
    check_cut_file(nof, {"csv": FILES[name]}, write, name, data)
