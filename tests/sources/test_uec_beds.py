"""Beds of the daily situation reports, written small in the layouts described."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import uec_beds
from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.http import Link
from data_sources.registry import recognise
from data_sources.source import Snapshot, SourceError
from tests.sources.files import Book, Rows, snapshot_of, write_csv, write_xls, write_xlsx
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz
from tests.sources.sitrep_files import BEDS_HEADER, beds_csv, beds_workbook

CSV_NAME = "202404-April-2024-beds-sitrep-data-finalversion.csv"
BOOK_NAME = "202204-April-2022-sitrep-data.xlsx"
BEDS = ["beds_available", "beds_occupied", "adult_beds_available", "adult_beds_occupied"]
COMPILED = (
    "org_code,month,general_acute_beds_available,general_acute_beds_occupied,"
    "adult_general_acute_beds_available,adult_general_acute_beds_occupied,"
    "paediatric_general_acute_beds_available,paediatric_general_acute_beds_occupied,"
    "adult_critical_care_beds_available,adult_critical_care_beds_occupied,"
    "paediatric_intensive_cared_beds_available,paediatric_intensive_cared_beds_occupied,"
    "neonatal_intensive_care_bed_available,neonatal_intensive_care_bed_occupied"
)


def csv(folder: Path, rows: Rows, name: str = CSV_NAME) -> Snapshot:
    return snapshot_of(write_csv(folder / name, rows), "uec_beds")


def book(folder: Path, sheets: Book, name: str = BOOK_NAME) -> Snapshot:
    return snapshot_of(write_xlsx(folder / name, sheets), "uec_beds")


def values(figures: pd.DataFrame, level: str, code: str) -> dict[str, str]:
    rows = figures[figures["level"].eq(level) & figures["org_code"].eq(code)]
    return dict(zip(rows["measure"], rows["value"], strict=True))


def refusal(file: Snapshot) -> str:
    with pytest.raises(SourceError) as error:
        uec_beds.parse(file)
    return str(error.value)


def changed(row: int, column: int, value: object) -> list[list[object]]:
    rows = beds_csv()
    rows[row - 1][column - 1] = value
    return rows


@pytest.mark.parametrize("period", ["01/04/2024", "2024-04-01", "April 2024", "Apr-24"])
def test_csv_gives_beds_of_all_types_at_every_level(tmp_path: Path, period: str) -> None:
    parsed = uec_beds.parse(csv(tmp_path, beds_csv(period)))
    figures = parsed.tables["figures"]
    assert (parsed.layout, parsed.period_start, parsed.period_end) == (
        *("monthly_csv", date(2024, 4, 1)),
        date(2024, 5, 1),
    )
    assert values(figures, "provider", "RR8") == {
        **dict(zip(BEDS, ("1700", "1650", "1500", "1480"), strict=True)),
        "long_stay_21_beds": "310",
    }
    assert values(figures, "england", "ENG")["adult_beds_occupied"] == "2440"
    assert figures.groupby("level").size().to_dict() == {
        **{"provider": 10, "system": 10, "region": 10},
        "england": 5,
    }


@pytest.mark.parametrize("write", [write_xlsx, write_xls])
def test_workbook_gives_beds_of_trusts_and_england(tmp_path: Path, write) -> None:
    suffix = ".xls" if write is write_xls else ".xlsx"
    path = write(tmp_path / BOOK_NAME.replace(".xlsx", suffix), beds_workbook())
    parsed = uec_beds.parse(snapshot_of(path, "uec_beds"))
    figures = parsed.tables["figures"]
    assert (parsed.layout, parsed.period_start) == ("monthly_workbook", date(2022, 4, 1))
    assert values(figures, "provider", "RVV") == dict(
        zip(BEDS, ("1100", "1050", "1000", "960"), strict=True)
    )
    assert set(figures["org_name"]) == {
        *("LEEDS TEACHING HOSPITALS", "EAST KENT HOSPITALS"),
        "England",
    }
    assert values(figures, "england", "ENG")["beds_available"] == "2801"


def test_workbook_with_codes_first_and_quoted_texts(tmp_path: Path) -> None:
    sheets = {name: [list(row) for row in rows] for name, rows in beds_workbook().items()}
    rows = sheets["All acute trusts"]
    for row in rows[7:10]:
        row[2:4] = [f"'{row[3]}'", f"'{row[2]}'"]
    rows[7][2] = "'Org Code'"
    figures = uec_beds.parse(book(tmp_path, sheets)).tables["figures"]
    assert values(figures, "provider", "RR8")["beds_occupied"] == "1650"
    assert "LEEDS TEACHING HOSPITALS" in set(figures["org_name"])


def test_compiled_table_gives_means_of_trusts(tmp_path: Path) -> None:
    path = tmp_path / "beds.csv"
    row = "2286.0,2031.0,1982.0,,304.0,237.0,1,2,3,4,5,6"
    # August 2022 is July's once more, and is left out.
    path.write_text(f"{COMPILED}\nR0A,2022-07,{row}\nR0A,2022-08,{row}\n")
    assert recognise_compiled(path) == ("uec_beds", "compiled_trust_month")
    figures = parse_compiled(snapshot_of(path, "uec_beds")).tables["figures"]
    assert set(figures["period_start"]) == {"2022-07-01"}
    assert values(figures, "provider", "R0A") == dict(
        zip(BEDS, ("2286.0", "2031.0", "1982.0", ""), strict=True)
    )


def test_files_are_recognised_by_content_and_by_no_other_publication(tmp_path: Path) -> None:
    for path in (
        write_csv(tmp_path / "any.csv", beds_csv()),
        write_xlsx(tmp_path / "any.xlsx", beds_workbook()),
    ):
        publication = recognise(path, path.name)
        assert publication is not None
        assert publication.SOURCE.id == "uec_beds"


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 cut", b"\xff\xfe", ",".join(BEDS_HEADER[:-1]).encode(), b"Period,Level\n"],
)
def test_foreign_files_are_not_recognised(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / CSV_NAME
    path.write_bytes(content)
    assert not uec_beds.recognises(path, path.name)


@pytest.mark.parametrize(
    ("row", "column", "value", "place", "expected"),
    [
        (1, 8, "Trust type", "H1", "the heading 'Type'"),
        (2, 1, "tomorrow", "A2", "a day such as 01/04/2024 or a month such as April 2024"),
        (2, 1, "31/02/2024", "A2", "a day of the calendar"),
        (5, 1, "01/05/2024", "A5", "April 2024 as in the rows above"),
        (3, 2, "Sub-ICB", "B3", "Provider, ICB, Region, National"),
        (3, 5, "TOTAL", "E3", "an organisation code"),
        (3, 8, "Type 9", "H3", "All Type, Type 1, Other"),
        (
            *(2, 8, "Type 1", "G2"),
            "for RR8 also a row 'G&A beds available' of type 'All Type'",
        ),
    ],
)
def test_row_of_the_csv_that_cannot_be_placed_is_refused(
    tmp_path: Path, row: int, column: int, value: str, place: str, expected: str
) -> None:
    rows = changed(row, column, value)
    found = rows[row - 1][column - 1] if place[0] != "G" else "G&A beds available"
    assert refusal(csv(tmp_path, rows)) == (
        f"{CSV_NAME}, sheet 'csv', cell {place}: expected {expected}, found {found!r}."
    )


def test_trusts_that_do_not_add_up_to_england_are_refused(tmp_path: Path) -> None:
    row = next(
        n for n, cells in enumerate(beds_csv(), 1) if cells[1:8:6] == ["National", "All Type"]
    )
    assert refusal(csv(tmp_path, changed(row, 9, 2802))) == (
        f"{CSV_NAME}: beds_available of England is 2802, but its provider rows add up to 2800."
    )
    trusts_only = [cells for cells in beds_csv() if cells[1] != "National"]
    assert (
        refusal(csv(tmp_path, trusts_only)) == f"{CSV_NAME}: no row of a trust, or none of England."
    )


def test_row_twice_is_refused(tmp_path: Path) -> None:
    rows = beds_csv()
    assert refusal(csv(tmp_path, [*rows, rows[1]])) == (
        f"{CSV_NAME}, sheet 'csv', row {len(rows) + 1}: a second row for RR8 in 2024-04-01."
    )


def test_other_month_than_the_name_says_is_refused(tmp_path: Path) -> None:
    assert refusal(csv(tmp_path, beds_csv("01/05/2024"))) == (
        f"{CSV_NAME}: the name says April 2024 but the file says May 2024."
    )
    assert refusal(csv(tmp_path, beds_csv()[:1])) == (
        f"{CSV_NAME}, sheet 'csv', cell A2: expected a month of beds, found ''."
    )


@pytest.mark.parametrize(
    ("row", "column", "value", "place", "expected", "found"),
    [
        (3, 2, "When:", ", cell B1", "'Period:' in one of the first 15 rows", ""),
        (8, 4, "", "", "the heading 'Code' or 'Org Code' in columns B to D", ""),
        (6, 3, "", ", row 5 to row 8", "one row of England", 0),
        (9, 4, "ENG", ", cell D9", "an organisation code", "ENG"),
        (12, 5, 7, ", cell E12", "only notes below the table", "7"),
        (5, 6, "Beds", ", row 5", "one column headed 'G&A beds occupied'", 0),
        (
            *(8, 6, "Beds", ", cell F8"),
            *("the heading 'G&A beds occupied', or none", "Beds"),
        ),
    ],
)
def test_workbook_of_another_shape_is_refused(
    tmp_path: Path, row: int, column: int, value: object, place: str, expected: str, found: object
) -> None:
    sheets = {name: [list(cells) for cells in rows] for name, rows in beds_workbook().items()}
    cells = sheets["All acute trusts"][row - 1]
    cells.extend([""] * (column - len(cells)))
    cells[column - 1] = value
    assert refusal(book(tmp_path, sheets)) == (
        f"{BOOK_NAME}, sheet 'All acute trusts'{place}: expected {expected}, found {found!r}."
    )


def test_workbook_without_the_sheet_of_all_trusts_is_refused(tmp_path: Path) -> None:
    assert refusal(book(tmp_path, {"Type 1 trusts": [["x"]]})) == (
        f"{BOOK_NAME}, workbook: expected one sheet of all acute trusts, found ''."
    )
    empty = {"All acute trusts": [["", "Period:", "April 2022"]]}
    assert refusal(book(tmp_path, empty)) == (
        f"{BOOK_NAME}, sheet 'All acute trusts': expected the heading 'G&A beds available', found ''."
    )


class Site:
    """Pages as tests write them; a page that is not there has no links."""

    def __init__(self, pages: Mapping[str, list[Link]]) -> None:
        self.pages = pages

    def links(self, url: str) -> list[Link]:
        return self.pages.get(url, [])


YEAR = f"{uec_beds.SOURCE.landing_page}critical-care-and-beds-daily-situation-reports-2024-25/"
FILES = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2/2025/07"
APRIL = Link("April 2024 (CSV)", f"{FILES}/{CSV_NAME}")
JUNE = Link("UEC Daily SitRep", f"{FILES}/202406-June-2024-sitrep-data-FINAL-revised.xlsx")
SERIES = Link("Time series", f"{FILES}/Beds-sitrep-data-timeseries-April-2024.xlsx")


def test_files_are_found_on_the_pages_of_the_years() -> None:
    pages = {
        uec_beds.SOURCE.landing_page: [Link("2024-25", YEAR), Link("2024-25", YEAR), APRIL],
        YEAR: [APRIL, JUNE, APRIL, SERIES],
    }
    releases = uec_beds.discover(Site(pages))  # type: ignore[arg-type]
    assert [(release.url, release.period_start) for release in releases] == [
        (APRIL.url, date(2024, 4, 1)),
        (JUNE.url, date(2024, 6, 1)),
    ]


def test_page_without_what_it_should_link_to_is_an_error() -> None:
    landing = uec_beds.SOURCE.landing_page
    with pytest.raises(SourceError, match=r"no link to the page of a financial year\.$"):
        uec_beds.discover(Site({landing: [APRIL]}))  # type: ignore[arg-type]
    with pytest.raises(SourceError, match=r"no link to a monthly csv or workbook of beds\.$"):
        uec_beds.discover(Site({landing: [Link("2024-25", YEAR)], YEAR: [SERIES]}))  # type: ignore[arg-type]


@fuzz
@given(data=st.data())
def test_a_damaged_csv(data: st.DataObject) -> None:
    check_damaged_file(uec_beds, {"csv": beds_csv()}, _write_csv_book, CSV_NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_csv(data: st.DataObject) -> None:
    check_cut_file(uec_beds, {"csv": beds_csv()}, _write_csv_book, CSV_NAME, data)


@fuzz
@given(data=st.data())
def test_a_damaged_workbook(data: st.DataObject) -> None:
    check_damaged_file(uec_beds, beds_workbook(), write_xlsx, BOOK_NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_workbook(data: st.DataObject) -> None:
    # An xlsx holds the time of writing, so its bytes differ from run to run; an xls does not.
    name = BOOK_NAME.replace(".xlsx", ".xls")
    check_cut_file(uec_beds, beds_workbook(), write_xls, name, data)


def _write_csv_book(path: Path, sheets: Book) -> Path:
    return write_csv(path, sheets["csv"])
