"""The monthly A&E workbook by provider: what is refused, and how the complaint names the cell."""

import pytest

from data_sources import ae_monthly as ae
from data_sources.source import LayoutChanged, SourceError
from tests.sources.ae_files import Cells, workbook_sheets, write_workbook


def changed(row: Cells, column: int, cell: object) -> list[object]:
    """The row with another cell in a 1-based column; columns in between are left blank."""
    cells = [*row, *[""] * (column - len(row))]
    cells[column - 1] = cell
    return cells


PROVIDER, SYSTEM, MAPPING = "Provider Level Data", "System Level Data", "System Mapping"
BAD_CELLS = [
    (PROVIDER, 16, 5, "Type 1", "cell E16: expected the heading 'Type 1 Departments - Major A&E'"),
    (PROVIDER, 16, 29, "ICB", "cell AC16: expected no heading, found 'ICB'."),
    (PROVIDER, 16, 30, "More", "cell AD16: expected no heading, found 'More'."),
    (PROVIDER, 6, 2, "Month:", "cell B6: expected 'Period:', found 'Month:'."),
    (
        PROVIDER,
        6,
        3,
        "2024",
        "cell C6: expected a month and year such as 'April 2024', found '2024'.",
    ),
    (PROVIDER, 10, 3, "soon", "cell C10: expected a day such as '13th June 2024', found 'soon'."),
    (PROVIDER, 9, 3, "", "cell C9: expected a day such as '13th June 2024', found ''."),
    (PROVIDER, 17, 4, "London", "cell D17: expected 'England' in England's row, found 'London'."),
    (PROVIDER, 18, 2, "RAE", "cell B18: expected a blank row, found 'RAE'."),
    (PROVIDER, 20, 2, "", "cell B20: expected an organisation code, found ''."),
    (PROVIDER, 20, 30, 5, "cell AD20: expected nothing right of the last heading, found '5'."),
    (PROVIDER, 22, 5, 1, "cell E22: expected only notes below the table, found '1'."),
    (PROVIDER, 20, 2, "RR8", "row 20: a second row for RR8 in 2024-04-01."),
    (SYSTEM, 16, 3, "Region", "cell C16: expected the heading"),
    (SYSTEM, 17, 3, "England", "cell C17: expected '-' in England's row, found 'England'."),
    (SYSTEM, 6, 3, "May 2024", "cell C6: expected April 2024 as in sheet 'Provider Level Data'"),
    (SYSTEM, 20, 28, 5, "cell AB20: expected nothing right of the last heading, found '5'."),
    (MAPPING, 3, 4, "ICB", "cell D3: expected the heading 'STP', found 'ICB'."),
    (MAPPING, 5, 4, "", "cell A5: expected a code, and beside it a region, a name and a system"),
    (MAPPING, 5, 1, "RR8", "cell A5: expected no second, different row of the same organisation"),
]


@pytest.mark.parametrize(("sheet", "row", "column", "cell", "complaint"), BAD_CELLS)
def test_workbook_out_of_order_is_refused(tmp_path, sheet, row, column, cell, complaint):
    sheets = workbook_sheets()
    sheets[sheet][row] = changed(sheets[sheet].get(row, []), column, cell)
    with pytest.raises(SourceError) as refusal:
        ae.parse(write_workbook(tmp_path, sheets))
    assert str(refusal.value).startswith(f"ae.xls, sheet {sheet!r}, {complaint}")


def test_a_lost_provider_shows_in_the_sum(tmp_path):
    sheets = workbook_sheets()
    del sheets["Provider Level Data"][20]
    with pytest.raises(SourceError) as refusal:
        ae.parse(write_workbook(tmp_path, sheets))
    assert str(refusal.value) == (
        "ae.xls, sheet 'Provider Level Data', row 17: attendances_type1 of England is 16, "
        "but its provider rows add up to 7."
    )


def test_a_lost_system_shows_in_the_sum(tmp_path):
    sheets = workbook_sheets()
    del sheets["System Level Data"][20]
    with pytest.raises(SourceError, match="but its system rows add up to 7"):
        ae.parse(write_workbook(tmp_path, sheets))


def test_a_table_without_rows_is_refused(tmp_path):
    sheets = workbook_sheets()
    del sheets["System Level Data"][19], sheets["System Level Data"][20]
    with pytest.raises(LayoutChanged, match="cell B19: expected an organisation code"):
        ae.parse(write_workbook(tmp_path, sheets))


@pytest.mark.parametrize(
    ("lost", "complaint"),
    [
        (PROVIDER, "expected a sheet named 'Provider Level Data'"),
        (SYSTEM, "expected a sheet named 'System Level Data' or a sheet named 'STP Level Data'"),
    ],
)
def test_a_workbook_without_a_needed_sheet_is_refused(tmp_path, lost, complaint):
    sheets = workbook_sheets()
    del sheets[lost]
    with pytest.raises(LayoutChanged, match=f"ae.xls, workbook: {complaint}"):
        ae.parse(write_workbook(tmp_path, sheets))


def test_a_period_that_contradicts_the_name_is_refused(tmp_path):
    with pytest.raises(SourceError) as refusal:
        ae.parse(write_workbook(tmp_path, workbook_sheets(), "May-2024-AE-by-provider-uPWkU-1.xls"))
    assert str(refusal.value) == (
        "May-2024-AE-by-provider-uPWkU-1.xls: the name says May 2024 but the file says April 2024."
    )
