"""Cancelled elective operations: the quarterly workbook read, refused, damaged, and found."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import cancelled_ops
from data_sources.http import Link
from data_sources.source import SourceError
from tests.sources.files import snapshot_of, write_xlsx
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz

NAME = "Q1-2025-26-Cancelled-Operations.xlsx"
HEADER = [
    *("", "Region Code", "Region Name", "Organisation Code", "Organisation Name"),
    "Number of last minute elective operations cancelled for non clinical reasons",
    "Number of patients not treated within 28 days of last minute elective cancellation",
]


def book(period: str = "Quarter 1, 2025-26 (April to June 2025)") -> dict[str, list[list[object]]]:
    """A workbook of two trusts and an independent hospital: 30 cancellations of the NHS, 33 in all."""
    london, north = ["", "Y56", "LONDON COMMISSIONING REGION"], ["", "Y63", "NORTH EAST"]
    rows: list[list[object]] = [
        [],
        ["", "Title:", "Cancelled Operations (elective only)"],
        ["", "Summary:", "-"],
        [],
        ["", "Period:", period],
        ["", "Source:", "NHS England - QMCO data collection"],
        ["", "Basis:", "Provider"],
        ["", "Published:", "14th August 2025"],
        ["", "Revised:", "-"],
        ["", "Status:", "Public"],
        ["", "Contact:", "-"],
        ["", "Guidance documents can be found here:"],
        ["", "http://www.england.nhs.uk/"],
        [],
        ["", "Provider Level Data"],
        HEADER,
        ["", "-", "", "-", "England (Excluding Independent Sector)", 30, 7],
        ["", "-", "", "-", "England (Including Independent Sector)", 33, 8],
        [],
        [*london, "RAL", "ROYAL FREE LONDON NHS FOUNDATION TRUST", 12, 0],
        [*london, "NT209", "NUFFIELD HEALTH", 3, 1],
        [*north, "RR8", "LEEDS TEACHING HOSPITALS NHS TRUST", 18, 7],
    ]
    return {"National & Regional": [["-"]], "Provider": rows}


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as refused:
        cancelled_ops.parse(snapshot_of(path, "cancelled_ops"))
    return str(refused.value)


def test_a_workbook_gives_trusts_and_the_nhs_in_england(tmp_path):
    path = write_xlsx(tmp_path / NAME, book())
    parsed = cancelled_ops.parse(snapshot_of(path, "cancelled_ops"))
    assert cancelled_ops.recognises(path, "x")
    assert (parsed.layout, parsed.published_on) == ("provider_workbook", date(2025, 8, 14))
    assert (parsed.period_start, parsed.period_end) == (date(2025, 4, 1), date(2025, 7, 1))
    period = ["2025-04-01", "2025-07-01"]
    royal = [*period, "provider", "RAL", "ROYAL FREE LONDON NHS FOUNDATION TRUST"]
    leeds = [*period, "provider", "RR8", "LEEDS TEACHING HOSPITALS NHS TRUST"]
    england = [*period, "england", "ENG", "England"]
    assert parsed.tables["figures"].to_numpy().tolist() == [
        [*england, "cancelled", "30", "Provider", 17],
        [*england, "not_treated_within_28_days", "7", "Provider", 17],
        [*royal, "cancelled", "12", "Provider", 20],
        [*royal, "not_treated_within_28_days", "0", "Provider", 20],
        [*leeds, "cancelled", "18", "Provider", 22],
        [*leeds, "not_treated_within_28_days", "7", "Provider", 22],
    ]


def test_a_revision_is_of_its_own_day(tmp_path):
    rows = book()
    rows["Provider"][8][2] = "13th November 2025"
    path = write_xlsx(tmp_path / NAME, rows)
    parsed = cancelled_ops.parse(snapshot_of(path, "cancelled_ops"))
    assert parsed.published_on == date(2025, 11, 13)


QUARTER = "a quarter such as 'Quarter 1, 2025-26 (April to June 2025)'"
OTHER_MONTHS = "Quarter 1, 2025-26 (July to September 2025)"


@pytest.mark.parametrize(
    ("row", "column", "cell", "complaint"),
    [
        (5, 2, "Quarter:", "cell B5: expected 'Period:', found 'Quarter:'."),
        (5, 3, OTHER_MONTHS, f"cell C5: expected {QUARTER}, found {OTHER_MONTHS!r}."),
        (5, 3, "2025", f"cell C5: expected {QUARTER}, found '2025'."),
        (8, 3, "soon", "cell C8: expected a day such as '14th August 2025', found 'soon'."),
        (9, 3, "soon", "cell C9: expected a day such as '14th August 2025', found 'soon'."),
        (16, 4, "Code", "cell D16: expected the heading 'Organisation Code', found 'Code'."),
        (16, 8, "More", "cell H16: expected no heading, found 'More'."),
        (17, 5, "England", f"cell E17: expected '{book()['Provider'][16][4]}', found 'England'."),
        (17, 6, 31, "cell F17: expected 30, the sum of the rows below, found '31'."),
        (18, 7, 9, "cell G18: expected 8, the sum of the rows below, found '9'."),
        (19, 4, "RAE", "cell D19: expected a blank row, found 'RAE'."),
        (21, 4, "RAX", "cell F17: expected 33, the sum of the rows below, found '30'."),
        (22, 4, "Total", "cell D22: expected an organisation code, found 'Total'."),
        (22, 4, "RAL", "row 22: a second row for RAL in 2025-04-01."),
        (22, 6, "-", "cell F22: expected a whole number, found '-'."),
        (22, 8, 1, "cell H22: expected nothing right of the last heading, found '1'."),
    ],
)
def test_a_workbook_out_of_order_is_refused(tmp_path, row, column, cell, complaint):
    rows = book()
    cells = rows["Provider"][row - 1] = [*rows["Provider"][row - 1]]
    cells += [""] * (column - len(cells))
    cells[column - 1] = cell
    path = write_xlsx(tmp_path / NAME, rows)
    assert refusal(path) == f"{NAME}, sheet 'Provider', {complaint}"


def test_a_workbook_of_another_quarter_than_its_name_is_refused(tmp_path):
    path = write_xlsx(tmp_path / NAME, book("Quarter 2, 2025-26 (July to September 2025)"))
    assert refusal(path) == f"{NAME}: the name says April 2025 but the file says July 2025."


def test_other_workbooks_are_not_recognised(tmp_path):
    rows = book()
    rows["Provider"][1][2] = "Monthly Diagnostics"
    assert not cancelled_ops.recognises(write_xlsx(tmp_path / NAME, rows), NAME)
    del rows["National & Regional"]
    assert not cancelled_ops.recognises(write_xlsx(tmp_path / NAME, rows), NAME)
    (tmp_path / NAME).write_bytes(b"PK\x03\x04 no workbook")
    assert not cancelled_ops.recognises(tmp_path / NAME, NAME)


@fuzz
@given(data=st.data())
def test_a_damaged_workbook(data: st.DataObject) -> None:
    check_damaged_file(cancelled_ops, book(), write_xlsx, NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_workbook(data: st.DataObject) -> None:
    check_cut_file(cancelled_ops, book(), write_xlsx, NAME, data)


class Site:
    """A landing page with these links."""

    def __init__(self, *links: Link) -> None:
        self.found = list(links)

    def links(self, url: str) -> list[Link]:
        return self.found if url == cancelled_ops.SOURCE.landing_page else []


FILES = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2"
FIRST = Link("Q1 2025-26", f"{FILES}/2025/08/{NAME}")
THIRD = Link(
    "Cancelled operations Q3 2024/25 (XLSX)", f"{FILES}/2025/02/cancelled-ops-Q3-65554.xlsx"
)
SERIES = Link("Q1 2025-26", f"{FILES}/2025/08/Cancelled-Operations-Time-Series-to-Q1-2025-26.xlsx")
TEXT = Link("Commentary", f"{FILES}/2025/08/Q1-2025-26-Cancelled-Operations.pdf")


def test_quarterly_workbooks_are_found_once_each():
    releases = cancelled_ops.discover(Site(TEXT, FIRST, SERIES, THIRD, FIRST))  # type: ignore[arg-type]
    assert [(one.source_id, one.url, one.period_start) for one in releases] == [
        ("cancelled_ops", FIRST.url, date(2025, 4, 1)),
        ("cancelled_ops", THIRD.url, date(2024, 10, 1)),
    ]


def test_a_landing_page_without_quarterly_workbooks_is_an_error():
    with pytest.raises(SourceError) as refused:
        cancelled_ops.discover(Site(TEXT, SERIES))  # type: ignore[arg-type]
    assert str(refused.value) == (
        f"{cancelled_ops.SOURCE.landing_page}: no link to a quarterly workbook."
    )
