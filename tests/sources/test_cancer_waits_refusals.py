"""Cancer waiting times: files that are refused, each with the sentence that says why."""

from pathlib import Path

import pytest

from data_sources import cancer_waits as cancer
from data_sources.source import SourceError
from tests.sources import cancer_files as files

FDS, DAYS_31, DAYS_62 = "28-DAY FDS (ALL ROUTES)", "31-DAY (ALL CANCER)", "62-DAY (ALL CANCER)"
EXTRACT = "CWT CRS Provider Extract"

Change = tuple[str, int, int, object]
"""A sheet, a 1-based row and column of it, and what is written there."""


def refusal(folder: Path, book: dict[str, list[files.Cells]], name: str, *changes: Change) -> str:
    """The sentence with which the changed book is refused, without the file's name."""
    for sheet, row, column, cell in changes:
        cells = book[sheet][row - 1] = list(book[sheet][row - 1])
        cells.extend([""] * (column - len(cells)))
        cells[column - 1] = cell
    with pytest.raises(SourceError) as error:
        cancer.parse(files.saved(folder, book, name))
    assert str(error.value).startswith(name)
    return str(error.value).removeprefix(name).removeprefix(", ")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            ("Frontpage", 5, 1, "Status: Official Statistics"),
            "sheet 'Frontpage', cell A5: expected 'Status: Final Official Statistics' or provisional, "
            "found 'Status: Official Statistics'.",
        ),
        (
            ("Frontpage", 7, 1, "Cancer Waiting Times statistics"),
            "sheet 'Frontpage', cell A7: expected the title of a workbook by provider or by "
            "commissioner, found 'Cancer Waiting Times statistics'.",
        ),
        (
            ("Frontpage", 8, 1, "2024"),
            "sheet 'Frontpage', cell A8: expected a month and year such as 'April 2024', found '2024'.",
        ),
        (
            (FDS, 1, 1, "SOME WAIT"),
            f"sheet '{FDS}', cell A1: expected the title '{files.FDS_TITLE}', found 'SOME WAIT'.",
        ),
        (
            (DAYS_31, 2, 1, "May-24"),
            f"sheet '{DAYS_31}', cell A2: expected April 2024 as on sheet 'Frontpage', found 'May-24'.",
        ),
        (
            (FDS, 3, 1, "BASIS: COMMISSIONER BASED"),
            f"sheet '{FDS}', cell A3: expected 'BASIS: PROVIDER BASED', found 'BASIS: COMMISSIONER BASED'.",
        ),
        (
            (DAYS_62, 7, 1, "PART A: URGENT"),
            f"sheet '{DAYS_62}', cell A7: expected 'PART A: ALL ROUTES', found 'PART A: URGENT'.",
        ),
        (
            (DAYS_62, 9, 7, "WITHIN 63 DAYS"),
            f"sheet '{DAYS_62}', cell G9: expected the heading 'WITHIN 62 DAYS', found 'WITHIN 63 DAYS'.",
        ),
        (
            (DAYS_62, 9, 19, "AFTER 120 DAYS"),
            f"sheet '{DAYS_62}', cell S9: expected no heading, found 'AFTER 120 DAYS'.",
        ),
        (
            (FDS, 10, 2, "TOTAL"),
            f"sheet '{FDS}', cell B10: expected an organisation code, found 'TOTAL'.",
        ),
        (
            (FDS, 10, 2, "UNKNOWN"),
            f"sheet '{FDS}', cell B10: expected an organisation code, found 'UNKNOWN'.",
        ),
        (
            (FDS, 11, 2, "RR8"),
            f"sheet '{FDS}', row 11: a second row for RR8 in 2024-04-01.",
        ),
        (
            (FDS, 11, 4, "URGENT SUSPECTED CANCER"),
            f"sheet '{FDS}', cell D11: expected 'ALL ROUTES', found 'URGENT SUSPECTED CANCER'.",
        ),
        (
            (DAYS_31, 11, 5, "Breast"),
            f"sheet '{DAYS_31}', cell E11: expected 'ALL CANCERS', found 'Breast'.",
        ),
        (
            (FDS, 11, 1, "PART A2"),
            f"sheet '{FDS}', cell A11: expected nothing left of an organisation's row, found 'PART A2'.",
        ),
        (
            (FDS, 11, 15, 7),
            f"sheet '{FDS}', cell O11: expected nothing right of the last heading, found '7'.",
        ),
        (
            (DAYS_62, 10, 7, 40.5),
            f"sheet '{DAYS_62}', row 10: 40.5 within and 12.5 after the standard are not 52.5 in all.",
        ),
        (
            (FDS, 13, 3, "ALL PROVIDERS"),
            f"sheet '{FDS}', cell C13: expected 'ALL ENGLISH PROVIDERS' and no code beside it, "
            "found 'ALL PROVIDERS'.",
        ),
        (
            (DAYS_62, 10, 18, 2.5),
            f"sheet '{DAYS_62}', row 13: combined_62d_after_104_days of England is 2, "
            "but its organisations add up to 3.",
        ),
        (
            (DAYS_62, 13, 18, "-"),
            f"sheet '{DAYS_62}', row 13: combined_62d_after_104_days of England is -, "
            "but its organisations add up to 2.",
        ),
        (
            (DAYS_31, 14, 2, "RX3"),
            f"sheet '{DAYS_31}', cell B14: expected a blank row below the block, found 'RX3'.",
        ),
        (
            (DAYS_31, 16, 1, "PART Z"),
            f"sheet '{DAYS_31}', cell A16: expected nothing, or 'PART B', below the block, found 'PART Z'.",
        ),
    ],
)
def test_a_workbook_that_is_not_as_known(tmp_path: Path, change: Change, sentence: str) -> None:
    assert refusal(tmp_path, files.workbook(), files.BOOK_NAME, change) == sentence


def test_a_workbook_without_organisations(tmp_path: Path) -> None:
    book = files.workbook()
    book[FDS] = book[FDS][:9]
    assert refusal(tmp_path, book, files.BOOK_NAME) == (
        f"sheet '{FDS}', cell B10: expected an organisation code, found ''."
    )


def test_a_row_below_the_only_block(tmp_path: Path) -> None:
    book = files.workbook()
    book[FDS] += [[""], ["", "RX3", "ANOTHER"]]
    assert refusal(tmp_path, book, files.BOOK_NAME) == (
        f"sheet '{FDS}', cell C15: expected nothing below the block, found 'ANOTHER'."
    )


def test_a_workbook_named_after_another_month(tmp_path: Path) -> None:
    name = "MAY-2024-CWT-CRS-PROVIDER-WORKBOOK-FINAL.xlsx"
    assert refusal(tmp_path, files.workbook(), name) == (
        ": the name says May 2024 but the file says April 2024."
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            ("TWO WEEK WAIT-ALL CANCER", 2, 1, "PERIOD: FEB 2021/22"),
            "sheet 'TWO WEEK WAIT-ALL CANCER', cell A2: expected January 2022 as on sheet 'Frontpage', "
            "found 'PERIOD: FEB 2021/22'.",
        ),
        (
            (FDS, 7, 2, "CODE"),
            f"sheet '{FDS}', cell B7: expected the heading 'CCG CODE', found 'CODE'.",
        ),
        (
            ("31-DAY FIRST TREAT (ALL CANCER)", 8, 2, "ODS CODE"),
            "sheet '31-DAY FIRST TREAT (ALL CANCER)', cell B8: expected the heading 'CCG CODE', "
            "found 'ODS CODE'.",
        ),
        (
            (DAYS_62, 9, 4, "ADMITTED"),
            f"sheet '{DAYS_62}', cell D9: expected 'ALL CARE', found 'ADMITTED'.",
        ),
        (
            (DAYS_62, 10, 7, 2),
            f"sheet '{DAYS_62}', row 10: 2 within and 1 after the standard are not 4 in all.",
        ),
        (
            (DAYS_62, 10, 2, "02P"),
            f"sheet '{DAYS_62}', row 10: a second row for 02P in 2022-01-01.",
        ),
    ],
)
def test_an_old_workbook_that_is_not_as_known(
    tmp_path: Path, change: Change, sentence: str
) -> None:
    assert refusal(tmp_path, files.old_workbook(), files.OLD_NAME, change) == sentence


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            (1, 7, "MODALITY"),
            "cell G1: expected the heading 'TREATMENT MODALITY', found 'MODALITY'.",
        ),
        (
            (2, 1, "Dec 24"),
            "cell A2: expected the first of a month, its year and name beside it, found 'Dec 24'.",
        ),
        (
            (2, 1, "2024-12-02"),
            "cell A2: expected 2024-12-01 as in the columns beside it, found '2024-12-02'.",
        ),
        (
            (2, 3, "JAN"),
            "cell A2: expected 2025-01-01 as in the columns beside it, found '2024-12-01'.",
        ),
        (
            (2, 4, "62-day GP"),
            "cell D2: expected one of 28-day FDS, 31-day Combined, 62-day Combined, found '62-day GP'.",
        ),
        ((2, 5, "ALL"), "cell E2: expected an organisation code, found 'ALL'."),
        (
            (4, 6, "ALL STAGES"),
            "cell F4: expected one of First Treatment; Subsequent Treatment, found 'ALL STAGES'.",
        ),
        ((2, 7, "Surgery"), "cell G2: expected no treatment modality, found 'Surgery'."),
        ((4, 7, ""), "cell G4: expected a treatment modality, found ''."),
        ((4, 8, "ALL CANCERS"), "cell H4: expected a type of cancer, found 'ALL CANCERS'."),
        ((5, 8, "Breast"), "cell H5: expected 'ALL CANCERS', found 'Breast'."),
        ((2, 9, "*"), "cell I2: expected a count of patients, found '*'."),
        ((2, 10, 4.25), "cell J2: expected a count of patients, found '4.25'."),
        ((2, 9, 7), "cell I2: expected 6, those within and the breaches, found '7'."),
    ],
)
def test_an_extract_that_is_not_as_known(
    tmp_path: Path, change: tuple[int, int, object], sentence: str
) -> None:
    found = refusal(tmp_path, files.extract(), files.EXTRACT_NAME, (EXTRACT, *change))
    assert found == f"sheet '{EXTRACT}', {sentence}"


def test_an_extract_with_a_row_twice(tmp_path: Path) -> None:
    book = files.extract()
    book[EXTRACT].append(book[EXTRACT][1])
    assert refusal(tmp_path, book, files.EXTRACT_NAME) == (
        f"sheet '{EXTRACT}', cell E20: expected no second row of the same organisation, route and type, "
        "found 'RR8'."
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (slice(1, None), ": no rows below the headings."),
        (slice(1, 3), ": no row of 28-day FDS in December 2024."),
        (slice(12, 16), ": no row of 31-day Combined in January 2025."),
        (
            slice(18, 19),
            ": combined_62d of RR8 in January 2025 is not the same by cancer type and by treatment "
            "(5.5 and none patients).",
        ),
        (
            slice(17, 18),
            ": combined_62d of RR8 in January 2025 is not the same by cancer type and by treatment "
            "(1.5 and 5.5 patients).",
        ),
    ],
)
def test_an_extract_without_some_rows(tmp_path: Path, rows: slice, sentence: str) -> None:
    book = files.extract()
    del book[EXTRACT][rows]
    assert refusal(tmp_path, book, files.EXTRACT_NAME) == f"sheet '{EXTRACT}'{sentence}"


def test_an_extract_that_ends_before_the_month_of_its_name(tmp_path: Path) -> None:
    book = files.extract()
    del book[EXTRACT][10:]
    assert refusal(tmp_path, book, files.EXTRACT_NAME) == (
        ": the name says January 2025 but the file says December 2024."
    )


@pytest.mark.parametrize(
    ("row", "column", "cell", "sentence"),
    [
        (1, 3, "Code", "sheet 'csv', cell C1: expected the heading 'Org_Code', found 'Code'."),
        (
            2,
            1,
            "2024-04-02",
            "sheet 'csv', cell A2: expected the first of a month such as 2024-04-01 or 01/04/2025, "
            "found '2024-04-02'.",
        ),
        (
            2,
            1,
            "04/01/2024",
            "sheet 'csv', cell A2: expected the first of a month such as 2024-04-01 or 01/04/2025, "
            "found '04/01/2024'.",
        ),
        (
            2,
            2,
            "Alliance",
            "sheet 'csv', cell B2: expected Provider or Commissioner, found 'Alliance'.",
        ),
        (2, 3, "England", "sheet 'csv', cell C2: expected an organisation code, found 'England'."),
        (2, 12, 3, "sheet 'csv', row 2: 8 within and 3 after the standard are not 10 in all."),
        (2, 16, "", "sheet 'csv', row 2: expected 15 cells, found 16."),
        (
            2,
            7,
            "Breast",
            "sheet 'csv', row 4: fds_total of England is 20.0, but its organisations add up to 10.",
        ),
        (
            4,
            7,
            "Breast",
            "csv: expected one Total row of FDS, Provider, April 2024, found 0.",
        ),
        (
            2,
            3,
            "Total",
            "csv: expected one Total row of FDS, Provider, April 2024, found 2.",
        ),
        (3, 3, "RR8", "sheet 'csv', row 3: a second row for RR8 in 2024-04-01."),
    ],
)
def test_a_combined_csv_that_is_not_as_known(
    tmp_path: Path, row: int, column: int, cell: object, sentence: str
) -> None:
    book = files.combined("2024-04-01", "2024-05-01")
    assert refusal(tmp_path, book, files.CSV_NAME, ("csv", row, column, cell)) == sentence


def test_a_combined_csv_of_commissioners_only(tmp_path: Path) -> None:
    book = files.combined("2024-04-01", "2024-05-01")
    book["csv"] = [row for row in book["csv"] if row[1] != "Provider"]
    assert refusal(tmp_path, book, files.CSV_NAME) == (
        "csv: expected one Total row of FDS, Provider, April 2024, found 0."
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (0, "sheet 'csv', cell A1: expected the heading 'Basis', found ''."),
        (1, "sheet 'csv', cell A1: expected rows about all cancers, found 'Period'."),
    ],
)
def test_a_combined_csv_without_rows(tmp_path: Path, rows: int, sentence: str) -> None:
    book = {"csv": files.combined("2024-04-01")["csv"][:rows]}
    assert refusal(tmp_path, book, files.CSV_NAME) == sentence


def test_a_combined_csv_that_says_no_month(tmp_path: Path) -> None:
    assert refusal(tmp_path, files.combined(), "Monthly-Combined-CSV.csv") == (
        ": neither its rows nor its name say a month."
    )


def test_a_combined_csv_that_ends_before_the_month_of_its_name(tmp_path: Path) -> None:
    assert refusal(tmp_path, files.combined("2024-04-01"), files.CSV_NAME) == (
        ": the name says May 2024 but the file says April 2024."
    )


def test_a_combined_csv_with_a_stray_quote(tmp_path: Path) -> None:
    snapshot = files.saved(tmp_path, files.combined("2024-04-01"), files.CSV_NAME)
    with snapshot.path.open("a") as file:
        file.write('"2024-04-01"x')
    with pytest.raises(SourceError, match=rf"^{files.CSV_NAME}, line 19: "):
        cancer.parse(snapshot)
