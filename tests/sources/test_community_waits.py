"""Community waiting lists: both layouts read, what is refused, damage, and what the landing page offers."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import community_waits
from data_sources.http import Link
from data_sources.source import Parsed, SourceError
from tests.sources.community_files import (
    EXPECTED,
    EXPECTED_TO_52,
    HEADER,
    SAFEGUARDING,
    workbook,
)
from tests.sources.files import snapshot_of, write_xlsx
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz

NAME = "Community-health-services-waiting-lists-2024-25-March.xlsx"
MEASURES = ["waiting", "waiting_by_weeks", "waiting_over_52_weeks"]


def values(parsed: Parsed) -> dict[tuple[str, str], list[str]]:
    """The three measures of each organisation, in the order of MEASURES."""
    figures = parsed.tables["figures"]
    found: dict[tuple[str, str], list[str]] = {}
    for measure in MEASURES:
        for row in figures[figures["measure"] == measure].itertuples():
            found.setdefault((row.level, row.org_code), []).append(row.value)
    return found


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as refused:
        community_waits.parse(snapshot_of(path, "community_waits"))
    return str(refused.value)


@pytest.mark.parametrize("to_104", [True, False])
def test_a_workbook_gives_sums_over_services_and_keeps_blanks(tmp_path, to_104):
    path = write_xlsx(tmp_path / NAME, workbook(to_104=to_104))
    parsed = community_waits.parse(snapshot_of(path, "community_waits"))
    assert community_waits.recognises(path, "x")
    assert values(parsed) == (EXPECTED if to_104 else EXPECTED_TO_52)
    assert parsed.layout == ("workbook_to_104_weeks" if to_104 else "workbook_to_52_weeks")
    assert (parsed.period_start, parsed.period_end) == (date(2025, 3, 1), date(2025, 4, 1))
    assert parsed.published_on == date(2025, 5, 15)


def test_figures_lead_back_to_their_row(tmp_path):
    path = write_xlsx(tmp_path / NAME, workbook())
    figures = community_waits.parse(snapshot_of(path, "community_waits")).tables["figures"]
    rows = figures[figures["org_code"] == "RXF"]
    assert rows[["org_name", "measure", "sheet", "source_row"]].to_numpy().tolist() == [
        ["MID YORKSHIRE TEACHING NHS TRUST", "waiting", "Table 4", 10],
        ["MID YORKSHIRE TEACHING NHS TRUST", "waiting_by_weeks", "Table 4a to Table 4h", 10],
        ["MID YORKSHIRE TEACHING NHS TRUST", "waiting_over_52_weeks", "Table 4g to Table 4h", 10],
    ]


@pytest.mark.parametrize(
    ("row", "day", "expected"),
    [
        (7, date(2025, 5, 15), date(2025, 5, 15)),
        (7, "11/09/2025", date(2025, 9, 11)),
        (8, "12/06/2025", date(2025, 6, 12)),
    ],
)
def test_the_day_of_publication_is_written_day_first_or_as_a_date(tmp_path, row, day, expected):
    book = workbook()
    book["Cover page"][row - 1][1] = day
    path = write_xlsx(tmp_path / NAME, book)
    parsed = community_waits.parse(snapshot_of(path, "community_waits"))
    assert parsed.published_on == expected


SAFE = HEADER.index(SAFEGUARDING) + 1
DAY = "expected a day such as 10/10/2024"
TITLE = "expected 'Total waiting list by service, ' and a month"
KINDS = "expected one of Region, ICB, Provider"
SECRET = "expected a blank: this service is published for England only"
MAY = "Number waiting >1-2 weeks (8-14 days) by service, May 2025"


@pytest.mark.parametrize(
    ("sheet", "row", "column", "cell", "complaint"),
    [
        ("Cover page", 7, 1, "On:", ", cell A7: expected 'Published:', found 'On:'."),
        ("Cover page", 7, 2, "soon", f", cell B7: {DAY}, found 'soon'."),
        ("Cover page", 7, 2, "31/02/2025", f", cell B7: {DAY}, found '31/02/2025'."),
        ("Table 4", 1, 1, "May 2025", f", cell A1: {TITLE}, found 'May 2025'."),
        (
            *("Table 4", 5, 5, "Audiology"),
            ", cell E5: expected the heading '(A) Audiology', found 'Audiology'.",
        ),
        ("Table 4", 5, 51, "New", ", cell AY5: expected no heading, found 'New'."),
        (
            *("Table 4", 6, 1, "Region"),
            ", cell A6: expected 'National' in England's row, found 'Region'.",
        ),
        ("Table 4", 8, 1, "STP", f", cell A8: {KINDS}, found 'STP'."),
        ("Table 4", 10, 2, "Total", ", cell B10: expected an organisation code, found 'Total'."),
        (
            *("Table 4", 11, 2, "RXF"),
            ", cell B11: expected no organisation a second time, found 'RXF'.",
        ),
        ("Table 4", 10, 5, "*", ", cell E10: expected a whole number or a blank, found '*'."),
        (
            *("Table 4", 10, 5, 11),
            ", cell E6: England has '15', but its provider rows add up to '16'.",
        ),
        ("Table 4", 9, 6, 1, ", cell F6: England has '', but its system rows add up to '1'."),
        ("Table 4", 10, SAFE, 1, f", cell AQ10: {SECRET}, found '1'."),
        (
            *("Table 4b", 1, 1, MAY),
            f", cell A1: expected March 2025 as in sheet 'Table 4', found {MAY!r}.",
        ),
        (
            *("Table 4b", 13, 2, "NAX"),
            ": expected the organisations of sheet 'Table 4' in their rows, found 'NAX, NAY'.",
        ),
        (
            *("Table 4b", 12, 5, ""),
            ", cell E12: expected a number as in sheet 'Table 4', found ''.",
        ),
        ("Table 4b", 13, 5, 0, ", cell E13: expected a blank as in sheet 'Table 4', found '0'."),
        ("Table 4", 14, 3, "Note", f", cell A14: {KINDS}, found ''."),
        ("Table 4", 15, 3, "Note", ", cell C15: expected nothing below the table, found 'Note'."),
    ],
)
def test_a_workbook_out_of_order_is_refused(tmp_path, sheet, row, column, cell, complaint):
    book = workbook()
    rows = book[sheet]
    rows += [[]] * (row - len(rows))
    rows[row - 1] = [*rows[row - 1], *[""] * (column - len(rows[row - 1]))]
    rows[row - 1][column - 1] = cell
    assert refusal(write_xlsx(tmp_path / NAME, book)) == f"{NAME}, sheet {sheet!r}{complaint}"


def test_a_band_of_another_row_order_is_refused(tmp_path):
    book = workbook()
    rows = book["Table 4f"]
    rows[9], rows[11] = rows[11], rows[9]
    assert refusal(write_xlsx(tmp_path / NAME, book)) == (
        f"{NAME}, sheet 'Table 4f': expected the organisations of sheet 'Table 4' in their rows, "
        "found 'another order'."
    )


def test_a_workbook_that_lost_its_last_table_is_not_read_as_one_to_52_weeks(tmp_path):
    book = workbook()
    del book["Table 4h"]
    assert refusal(write_xlsx(tmp_path / NAME, book)) == (
        f"{NAME}, sheet 'Table 4g', cell A1: expected 'Number waiting over 52 weeks (over 365 days) by "
        "service, ' and a month, found 'Number waiting >52-104 weeks (365-728 days) by service, "
        "March 2025'."
    )


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("Community-health-services-waiting-lists-2024-25-February.xlsx", "February 2025"),
        ("Community-health-services-waiting-lists-2025-26-July-v2.xlsx", "July 2025"),
        ("community-waits-may-2025.xlsx", "May 2025"),
    ],
)
def test_a_month_other_than_the_name_says_is_refused(tmp_path, name, claim):
    assert refusal(write_xlsx(tmp_path / name, workbook())) == (
        f"{name}: the name says {claim} but the file says March 2025."
    )


def test_other_workbooks_are_not_recognised(tmp_path):
    book = workbook()
    book["Cover page"][0][1] = "Community Services Statistics"
    assert not community_waits.recognises(write_xlsx(tmp_path / NAME, book), NAME)
    del book["Cover page"]
    assert not community_waits.recognises(write_xlsx(tmp_path / NAME, book), NAME)
    (tmp_path / NAME).write_bytes(b"PK\x03\x04 no workbook")
    assert not community_waits.recognises(tmp_path / NAME, NAME)


@pytest.mark.parametrize("to_104", [True, False])
@fuzz
@given(data=st.data())
def test_a_damaged_workbook(to_104: bool, data: st.DataObject) -> None:
    book = workbook(to_104=to_104)
    check_damaged_file(community_waits, book, write_xlsx, NAME, data)


@pytest.mark.parametrize("to_104", [True, False])
@fuzz
@given(data=st.data())
def test_a_cut_workbook(to_104: bool, data: st.DataObject) -> None:
    book = workbook(to_104=to_104)
    check_cut_file(community_waits, book, write_xlsx, NAME, data)


class Site:
    """A landing page with these links."""

    def __init__(self, *links: Link) -> None:
        self.found = list(links)

    def links(self, url: str) -> list[Link]:
        return self.found if url == community_waits.SOURCE.landing_page else []


FILES = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2"
MARCH = Link("March 2025", f"{FILES}/2025/05/{NAME}")
JULY = Link(
    "July 2025 (XLSX)", f"{FILES}/2025/09/Community-health-services-waiting-lists-2025-26-July.xlsx"
)
UNNAMED = Link(
    "Community waiting lists May 2025",
    f"{FILES}/2025/07/community-health-services-waiting-list-1.xlsx",
)
OTHER = Link("Pre-release list", f"{FILES}/2025/05/pre-release-list.xlsx")


def test_monthly_workbooks_are_found_once_each():
    releases = community_waits.discover(Site(OTHER, MARCH, JULY, UNNAMED, MARCH))  # type: ignore[arg-type]
    assert [(one.source_id, one.url, one.period_start) for one in releases] == [
        ("community_waits", MARCH.url, date(2025, 3, 1)),
        ("community_waits", JULY.url, date(2025, 7, 1)),
        ("community_waits", UNNAMED.url, date(2025, 5, 1)),
    ]


def test_a_landing_page_without_workbooks_is_an_error():
    with pytest.raises(SourceError) as refused:
        community_waits.discover(Site(OTHER))  # type: ignore[arg-type]
    assert str(refused.value) == (
        f"{community_waits.SOURCE.landing_page}: no link to a workbook of waiting lists."
    )
