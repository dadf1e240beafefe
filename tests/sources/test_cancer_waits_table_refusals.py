"""Cancer waiting times: extracts and CSVs that are refused, each with the sentence that says why."""

from pathlib import Path

import pytest

from data_sources import cancer_waits as cancer
from data_sources.source import SourceError
from tests.sources import cancer_files as files
from tests.sources.cancer_files import refusal

EXTRACT = "CWT CRS Provider Extract"


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
