"""Diagnostics waiting times (DM01): every layout read, and what is refused in which words."""

from datetime import date
from pathlib import Path

import pytest

from data_sources import dm01
from data_sources.archives import ZipLimits
from data_sources.compiled import parse_compiled
from data_sources.http import Link
from data_sources.source import Parsed, Snapshot, SourceError
from tests.sources.dm01_files import (
    EXPECTED,
    EXTRACT_HEADER,
    by_test,
    extract,
    workbook,
    write_extract,
    write_one_csv,
)
from tests.sources.files import csv_bytes, snapshot_of, write_csv, write_xls, write_zip

BOOK_NAME = "Monthly-Diagnostics-Web-File-Provider-April-2024_GG8WA.xls"
CSV_NAME = "Monthly-Diagnostics-Web-File-Provider-March-2025_SW40K.csv"
ZIP_NAME = "DM01-MARCH-2025-full-extract_M0N7G.zip"
MEASURES = ["waiting", "waiting_6_weeks_plus", "waiting_13_weeks_plus"]


def values(parsed: Parsed) -> dict[tuple[str, str], list[str]]:
    """The three measures of each organisation, in the order of MEASURES."""
    wide = parsed.tables["figures"].pivot(
        index=["level", "org_code"], columns="measure", values="value"
    )
    return {key: list(row) for key, row in zip(wide.index, wide[MEASURES].to_numpy(), strict=True)}


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as refused:
        dm01.parse(snapshot_of(path, "dm01"))
    return str(refused.value)


def test_a_workbook_gives_england_and_every_provider(tmp_path):
    path = write_xls(tmp_path / BOOK_NAME, workbook())
    parsed = dm01.parse(snapshot_of(path, "dm01"))
    assert dm01.recognises(path, "x")
    assert values(parsed) == EXPECTED
    assert (parsed.layout, parsed.period_start, parsed.period_end, parsed.published_on) == (
        *("provider_workbook", date(2024, 4, 1), date(2024, 5, 1)),
        date(2024, 6, 13),
    )
    figures = parsed.tables["figures"]
    assert figures[figures["org_code"] == "RR8"].iloc[0].to_list() == [
        *("2024-04-01", "2024-05-01", "provider", "RR8", "Leeds Teaching Hospitals"),
        *("waiting", "29", "Provider", 18),
    ]


def test_a_revised_workbook_is_of_the_day_of_its_revision(tmp_path):
    path = write_xls(tmp_path / BOOK_NAME, workbook(revised="10th July 2025"))
    assert dm01.parse(snapshot_of(path, "dm01")).published_on == date(2025, 7, 10)


@pytest.mark.parametrize(
    ("row", "column", "cell", "complaint"),
    [
        (5, 2, "Month:", "cell B5: expected 'Period:', found 'Month:'."),
        (5, 3, "2024", "cell C5: expected a month and year such as 'April 2024', found '2024'."),
        (8, 3, "soon", "cell C8: expected a day such as '13th June 2024', found 'soon'."),
        (9, 3, "soon", "cell C9: expected a day such as '13th June 2024', found 'soon'."),
        (14, 6, "Waiting", "cell F14: expected the heading 'Total Waiting List', found 'Waiting'."),
        (15, 5, "England", "cell E15: expected 'Total' in England's row, found 'England'."),
        (15, 4, "ENG", "cell D15: expected '' in England's row, found 'ENG'."),
        (16, 4, "RAE", "cell D16: expected a blank row, found 'RAE'."),
        (18, 4, "Total", "cell D18: expected an organisation code, found 'Total'."),
        (18, 4, "RAL", "row 18: a second row for RAL in 2024-04-01."),
        (18, 28, 3, "cell AB18: expected nothing right of the last heading, found '3'."),
        (
            18,
            7,
            8,
            "row 15: waiting_6_weeks_plus of England is 10, but its providers add up to 11.",
        ),
        (18, 6, "-", "row 15: waiting of England is 39, but its providers add up to 10."),
    ],
)
def test_a_workbook_out_of_order_is_refused(tmp_path, row, column, cell, complaint):
    book = workbook()
    cells = book["Provider"][row - 1]
    cells += [""] * (column - len(cells))
    cells[column - 1] = cell
    path = write_xls(tmp_path / BOOK_NAME, book)
    assert refusal(path) == f"{BOOK_NAME}, sheet 'Provider', {complaint}"


def test_a_workbook_of_another_month_than_its_name_is_refused(tmp_path):
    path = write_xls(tmp_path / BOOK_NAME, workbook("May 2024"))
    assert refusal(path) == (f"{BOOK_NAME}: the name says April 2024 but the file says May 2024.")


def test_a_by_test_sheet_gives_the_total_of_each_provider(tmp_path):
    path = write_one_csv(tmp_path / CSV_NAME, by_test())
    parsed = dm01.parse(snapshot_of(path, "dm01"))
    assert dm01.recognises(path, "x")
    assert (parsed.layout, parsed.period_start) == ("by_test_csv", date(2025, 3, 1))
    assert len(values(parsed)) == 301
    assert values(parsed)["provider", "P000"] == ["29", "7", "4"]
    assert values(parsed)["provider", "P001"] == ["28", "16", "2"]


def test_a_by_test_sheet_without_a_month_in_its_name_is_refused(tmp_path):
    path = write_one_csv(tmp_path / "sheet.csv", by_test())
    assert refusal(path) == (
        "sheet.csv: the sheet names no month, and of the file's name: expected a month and year such as "
        "'April 2024', found 'sheet.csv'."
    )


def test_a_by_test_sheet_that_is_cut_short_is_refused(tmp_path):
    rows = by_test()["csv"]
    few = write_csv(tmp_path / CSV_NAME, rows[:-4])
    assert refusal(few) == (
        f"{CSV_NAME}, sheet 'csv': 299 providers, expected at least 300: "
        "the file is a part of a month's."
    )
    in_a_block = write_csv(tmp_path / CSV_NAME, rows[:-1])
    assert refusal(in_a_block) == (
        f"{CSV_NAME}, sheet 'csv', cell E602: expected rows of P300 with a total 16, found '3'."
    )
    north = [row for row in by_test(400)["csv"] if row[0] != "Y63"]
    assert refusal(write_csv(tmp_path / CSV_NAME, north)) == (
        f"{CSV_NAME}, sheet 'csv': expected the regions Y56, Y58, Y59, Y60, Y61, Y62, Y63, one after "
        "the other, found 'Y56, Y58, Y59, Y60, Y61, Y62'."
    )


def test_tests_that_do_not_add_up_to_their_provider_are_refused(tmp_path):
    rows = [list(row) for row in by_test()["csv"]]
    rows[1][6] = 30
    assert refusal(write_csv(tmp_path / CSV_NAME, rows)) == (
        f"{CSV_NAME}, sheet 'csv', row 3: the tests of P000 add up to +1 waiting beside their total."
    )
    rows[1][6] = "-"
    assert refusal(write_csv(tmp_path / CSV_NAME, rows)) == (
        f"{CSV_NAME}, sheet 'csv', row 2: '-' for waiting, expected a count."
    )
    rows[1][4] = 16
    rows[1][6] = 29
    assert refusal(write_csv(tmp_path / CSV_NAME, rows)) == (
        f"{CSV_NAME}, sheet 'csv', cell E3: expected one total row of P000, found '16'."
    )


def test_a_full_extract_is_summed_over_commissioners(tmp_path):
    path = write_extract(tmp_path / ZIP_NAME, extract())
    parsed = dm01.parse(snapshot_of(path, "dm01"))
    assert dm01.recognises(path, "x")
    assert (parsed.layout, parsed.period_start) == ("full_extract", date(2025, 3, 1))
    assert values(parsed)["provider", "P000"] == ["58", "14", "8"]
    assert values(parsed)["provider", "P001"] == ["28", "16", "2"]
    assert parsed.tables["figures"]["source_row"].isna().all()


@pytest.mark.parametrize(
    ("row", "column", "cell", "complaint"),
    [
        (1, 12, "Under 1", "cell L1: expected the heading '00 < 01 Week', found 'Under 1'."),
        (9, 1, "MAY", "cell A9: expected 'DM01-MARCH-2025' as in the rows above, found 'MAY'."),
        (9, 4, "TOTAL", "cell D9: expected an organisation code, found 'TOTAL'."),
        (9, 12, "", "row 9: '' for 00 < 01 Week, expected a count."),
    ],
)
def test_a_full_extract_out_of_order_is_refused(tmp_path, row, column, cell, complaint):
    rows = [list(cells) for cells in extract()["csv"]]
    rows[row - 1][column - 1] = cell
    assert refusal(write_extract(tmp_path / ZIP_NAME, {"csv": rows})) == (
        f"{ZIP_NAME}, sheet 'csv', {complaint}"
    )


def test_bands_that_do_not_add_up_to_the_waiting_list_are_refused(tmp_path):
    rows = [list(cells) for cells in extract()["csv"]]
    rows[1][25] = rows[2][25] = 30
    assert refusal(write_extract(tmp_path / ZIP_NAME, {"csv": rows})) == (
        f"{ZIP_NAME}, sheet 'csv', cell Z3: expected the sum of the weekly bands, found '30'."
    )


def test_a_part_of_a_full_extract_is_refused(tmp_path):
    zipped = write_extract(tmp_path / ZIP_NAME, extract(providers=1))
    assert refusal(zipped) == (
        f"{ZIP_NAME}, sheet 'csv': 1 providers, expected at least 300: the file is a part of a month's."
    )
    bare = write_csv(tmp_path / "DM01-MARCH-2025-full-extract.csv", extract()["csv"])
    assert dm01.recognises(bare, "x")
    assert refusal(bare) == (
        "DM01-MARCH-2025-full-extract.csv: a full extract outside its zip; only the zip as published is "
        "read, since nothing in a bare CSV shows that rows are missing."
    )


def test_a_zip_that_would_write_elsewhere_or_holds_more_is_refused(tmp_path):
    content = csv_bytes(extract()["csv"])
    for member in ("../x.csv", "/x.csv"):
        path = write_zip(tmp_path / ZIP_NAME, {member: content})
        assert not dm01.recognises(path, ZIP_NAME)
        assert refusal(path) == (
            f"{ZIP_NAME}, zip: expected names inside the zip's own folder, found {member!r}."
        )
    two = write_zip(tmp_path / ZIP_NAME, {"a.csv": content, "b.csv": content})
    assert refusal(two) == f"{ZIP_NAME}, zip: expected one CSV, found 'a.csv, b.csv'."
    program = write_zip(tmp_path / ZIP_NAME, {"x.exe": content})
    assert refusal(program) == f"{ZIP_NAME}, zip: expected one CSV, found 'x.exe'."


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("data_sources.dm01._LIMITS", ZipLimits(unpacked_bytes=100))
    path = write_extract(tmp_path / ZIP_NAME, extract())
    assert refusal(path).startswith(f"{ZIP_NAME}, zip: expected at most 100 bytes unpacked, found ")


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04 no zip", b"Period,Org Code\n", b"\xff\xfe\x00"]
)
def test_foreign_files_are_not_recognised(tmp_path, content):
    path = tmp_path / CSV_NAME
    path.write_bytes(content)
    assert not dm01.recognises(path, CSV_NAME)


def test_a_workbook_of_another_title_is_not_recognised(tmp_path):
    book = workbook()
    book["Provider"][1][2] = "Cancelled Operations (elective only)"
    assert not dm01.recognises(write_xls(tmp_path / BOOK_NAME, book), BOOK_NAME)
    other = write_zip(tmp_path / ZIP_NAME, {"a.csv": ",".join(EXTRACT_HEADER[2:]).encode()})
    assert not dm01.recognises(other, ZIP_NAME)


COMPILED = "month,org_code,waiting_total,basis,waiting_6wk,waiting_13wk"


def compiled(folder: Path, *rows: str) -> Snapshot:
    path = folder / "table.csv"
    path.write_text("".join(f"{line}\n" for line in (COMPILED, *rows)))
    return snapshot_of(path, "dm01")


def test_the_compiled_table_gives_weeks_only_where_it_has_them(tmp_path):
    table = compiled(tmp_path, "2020-04,RAL,4,total only,,", "2020-12,RAL,9,snapshot,3,1")
    figures = parse_compiled(table).tables["figures"]
    assert figures[["period_start", "measure", "value"]].to_numpy().tolist() == [
        ["2020-04-01", "waiting", "4"],
        ["2020-12-01", "waiting", "9"],
        ["2020-12-01", "waiting_6_weeks_plus", "3"],
        ["2020-12-01", "waiting_13_weeks_plus", "1"],
    ]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (
            "2020-04,RAL,4,total only,1,",
            "cell E2: expected nothing, as this month has totals only, found '1'.",
        ),
        ("2020-04,RAL,4,guess,,", "cell D2: expected 'total only' or 'snapshot', found 'guess'."),
    ],
)
def test_a_compiled_row_that_contradicts_itself_is_refused(tmp_path, row, complaint):
    with pytest.raises(SourceError) as refused:
        parse_compiled(compiled(tmp_path, row))
    assert str(refused.value) == f"table.csv, sheet 'csv', {complaint}"


FILES = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2"
AREA = "https://www.england.nhs.uk/statistics/statistical-work-areas/diagnostics-waiting-times-and-activity/"
YEAR = f"{dm01.SOURCE.landing_page}monthly-diagnostics-data-2024-25/"
OTHER_YEAR = f"{AREA}monthly-diagnostics-waiting-times-and-activity-2025-26/"
OLD_YEAR = f"{dm01.SOURCE.landing_page}monthly-diagnostics-data-2013-14/"
BOOK = Link("Provider March 2025 (XLS)", f"{FILES}/2025/05/{CSV_NAME[:-4]}.xls")
ZIPPED = Link("Full extract", f"{FILES}/2025/05/{ZIP_NAME}")
OTHER_MONTH = Link("Full extract", f"{FILES}/2025/05/DM01-FEBRUARY-2025-full-extract_M0N7G.zip")
CENTRES = Link("CDC full extract", f"{FILES}/2025/05/DM01-CDC-MARCH-2025-full-extract_AAAAA.zip")
COMMISSIONER = Link(
    "Commissioner", f"{FILES}/2025/05/Monthly-Diagnostics-Web-File-Commissioner-March-2025.xls"
)


class Site:
    """Pages as tests write them; a page that is not there has no links."""

    def __init__(self, pages: dict[str, list[Link]]) -> None:
        self.pages = pages

    def links(self, url: str) -> list[Link]:
        return self.pages.get(url, [])


def index(*pages: str) -> list[Link]:
    return [Link("Data", page) for page in pages]


def test_workbooks_and_extracts_of_other_months_are_found_by_year_once_each():
    june = Link("Provider", f"{FILES}/2025/08/Monthly-Diagnostics-Web-File-Provider-June-2025.xls")
    site = Site(
        {
            dm01.SOURCE.landing_page: index(AREA, YEAR, YEAR, OTHER_YEAR, OLD_YEAR),
            YEAR: [ZIPPED, BOOK, COMMISSIONER, OTHER_MONTH, CENTRES, BOOK],
            OTHER_YEAR: [june],
        }
    )
    releases = dm01.discover(site)  # type: ignore[arg-type]
    assert [(one.source_id, one.url, one.period_start) for one in releases] == [
        ("dm01", BOOK.url, date(2025, 3, 1)),
        ("dm01", OTHER_MONTH.url, date(2025, 2, 1)),
        ("dm01", june.url, date(2025, 6, 1)),
    ]


def test_a_landing_page_without_years_or_a_year_without_files_is_an_error():
    with pytest.raises(SourceError) as no_years:
        dm01.discover(Site({dm01.SOURCE.landing_page: [*index(OLD_YEAR), BOOK]}))  # type: ignore[arg-type]
    assert str(no_years.value) == (
        f"{dm01.SOURCE.landing_page}: no link to the page of a financial year."
    )
    pages = {dm01.SOURCE.landing_page: index(YEAR), YEAR: [COMMISSIONER, CENTRES]}
    with pytest.raises(SourceError) as no_files:
        dm01.discover(Site(pages))  # type: ignore[arg-type]
    assert str(no_files.value) == f"{YEAR}: no link to a provider workbook or full extract."
