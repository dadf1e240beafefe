"""Cancer waiting times: workbooks that are refused, each with the sentence that says why."""

from pathlib import Path

import pytest

from tests.sources import cancer_files as files
from tests.sources.cancer_files import Change, refusal

FDS, DAYS_31, DAYS_62 = "28-DAY FDS (ALL ROUTES)", "31-DAY (ALL CANCER)", "62-DAY (ALL CANCER)"


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
