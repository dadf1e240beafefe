"""Monthly infection tables by trust: what is read of them, where they are found, what is refused."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import hcai
from data_sources.http import Answer
from data_sources.source import Parsed, SourceError
from tests.sources.files import snapshot_of, write_csv, write_xlsx
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz

NAME = "MRSA-monthly-data-April-2024-to-April-2025.xlsx"
MONTHS = [
    *("April 2024", "May 2024", "June 2024", "July 2024", "August 2024", "September 2024"),
    *("October 2024", "November 2024", "December 2024", "January 2025", "February 2025"),
    *("March 2025", "April 2025"),
]
HEADER = ["Region", "Trust code", "Trust name", *MONTHS, "Total"]
HOHA, COHA = "Table 2 HOHA", "Table 3 COHA"
TITLE = "Monthly counts of MRSA bacteraemia, {} by NHS acute trust"


def counted(region: str, code: str, name: str, cases: list[int]) -> list[object]:
    return [region, code, name, *cases, sum(cases)]


def sheet(onset: str, start: int) -> list[list[object]]:
    """Acacia has start, start + 1 … cases by month, Beech always two, England their sum."""
    acacia = [start + place for place in range(13)]
    beech = [2] * 13
    return [
        [TITLE.format(onset)],
        ["Source: mandatory surveillance"],
        list(HEADER),
        counted("London", "RXX", "Acacia", acacia),
        counted("London", "RYY", "Beech", beech),
        counted("", "", "England", [one + 2 for one in acacia]),
        [],
        ["Counts are of cases reported by the day of extraction."],
    ]


def book() -> dict[str, list[list[object]]]:
    return {
        "Contents": [["MRSA bacteraemia"]],
        "Table 1 Total": [["All cases"]],
        HOHA: sheet("hospital-onset healthcare associated (HOHA)", 0),
        COHA: sheet("community-onset healthcare associated (COHA)", 10),
        "Table 4 HOHA by ICB": [["Not read"]],
    }


def read(folder: Path, sheets: dict[str, list[list[object]]], name: str = NAME) -> Parsed:
    return hcai.parse(snapshot_of(write_xlsx(folder / name, sheets), "hcai"))


def refusal(folder: Path, sheets: dict[str, list[list[object]]], name: str = NAME) -> str:
    with pytest.raises(SourceError) as refused:
        read(folder, sheets, name)
    return str(refused.value)


def test_cases_of_each_trust_month_and_onset(tmp_path: Path):
    parsed = read(tmp_path, book())
    assert (parsed.layout, parsed.period_start, parsed.period_end) == (
        "mrsa_monthly_tables",
        date(2024, 4, 1),
        date(2025, 5, 1),
    )
    figures = parsed.tables["figures"]
    assert len(figures) == 2 * 3 * 13
    may = figures[figures["period_start"].eq("2024-05-01")]
    assert dict(
        zip(zip(may["org_code"], may["measure"], strict=True), may["value"], strict=True)
    ) == {
        **{("RXX", "mrsa_hoha"): "1", ("RYY", "mrsa_hoha"): "2", ("ENG", "mrsa_hoha"): "3"},
        **{("RXX", "mrsa_coha"): "11", ("RYY", "mrsa_coha"): "2", ("ENG", "mrsa_coha"): "13"},
    }
    assert set(may["level"]) == {"provider", "england"}
    first = figures.iloc[0]
    assert (first["period_end"], first["org_name"], first["sheet"], first["source_row"]) == (
        *("2024-05-01", "Acacia", HOHA),
        4,
    )


@pytest.mark.parametrize(
    ("title", "layout"),
    [
        ("Monthly counts of C. difficile infection", "cdiff_monthly_tables"),
        ("Monthly counts of Clostridioides difficile infection", "cdiff_monthly_tables"),
        ("Monthly counts of E. coli bacteraemia", "ecoli_monthly_tables"),
    ],
)
def test_the_organism_stands_in_the_title(tmp_path: Path, title: str, layout: str):
    sheets = book()
    sheets[HOHA][0], sheets[COHA][0] = [title], [title]
    parsed = read(tmp_path, sheets, "data.xlsx")
    assert parsed.layout == layout
    assert set(parsed.tables["figures"]["measure"]) == {
        f"{layout.partition('_')[0]}_{onset}" for onset in ("hoha", "coha")
    }


def test_months_may_be_dates(tmp_path: Path):
    sheets = book()
    for name in (HOHA, COHA):
        sheets[name][2][3:16] = [
            date(2024 + (3 + place) // 12, (3 + place) % 12 + 1, 1) for place in range(13)
        ]
    assert read(tmp_path, sheets).period_end == date(2025, 5, 1)


def test_a_table_without_england_is_read(tmp_path: Path):
    sheets = book()
    for name in (HOHA, COHA):
        del sheets[name][5]
    assert set(read(tmp_path, sheets).tables["figures"]["level"]) == {"provider"}


def test_it_is_recognised_by_its_sheets_and_titles(tmp_path: Path):
    assert hcai.recognises(write_xlsx(tmp_path / "a.xlsx", book()), "x")
    sheets = book()
    sheets[HOHA][0] = ["Monthly counts of falls"]
    assert not hcai.recognises(write_xlsx(tmp_path / "b.xlsx", sheets), NAME)
    del sheets[HOHA]
    assert not hcai.recognises(write_xlsx(tmp_path / "c.xlsx", sheets), NAME)
    assert not hcai.recognises(write_csv(tmp_path / "d.csv", [HEADER]), NAME)
    (tmp_path / "e.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    assert not hcai.recognises(tmp_path / "e.xlsx", NAME)


FAULTS = [
    ((1, 1, "Counts"), "row 1: expected a title naming one of MRSA, C. difficile and E. coli, "),
    ((1, 2, "E. coli"), "row 1: expected a title naming one of MRSA, C. difficile and E. coli, "),
    ((3, 2, "Code"), ": expected a header with a column 'Trust code' in the first rows, "),
    ((3, 1, "Trust code"), "row 3: expected one column of codes, found 2."),
    (
        (3, 5, "March 2024"),
        "row 3: expected 13 months side by side, one after the other, found 'April 2024, ",
    ),
    (
        (3, 5, "Spring 2024"),
        "row 3: expected 13 months side by side, one after the other, found 'April 2024, ",
    ),
    ((3, 16, "Total"), "row 3: expected 13 months side by side, one after the other, found 'April"),
    ((4, 2, "Trusts"), "cell B4: expected an organisation code, found 'Trusts'."),
    ((5, 2, "RXX"), "cell B5: expected no second row of the same organisation, found 'RXX'."),
    ((5, 3, "Total"), "cell B6: expected no second row of the same organisation, found ''."),
    ((4, 6, 1.5), "cell F4: expected a whole number of cases, found '1.5'."),
    ((4, 6, 3), "cell F6: expected 5, the sum of the trusts, found '4'."),
    ((8, 2, 5), "cell B8: expected only notes in column A below the table, found '5'."),
]


@pytest.mark.parametrize(("cell", "complaint"), FAULTS)
def test_a_table_out_of_order_is_refused(tmp_path: Path, cell, complaint: str):
    sheets = book()
    row, column, text = cell
    cells = sheets[HOHA][row - 1]
    cells += [""] * (column - len(cells))
    cells[column - 1] = text
    # What both sheets must say alike is changed in both.
    if (row, column) in ((3, 5), (4, 2), (5, 2), (5, 3)):
        sheets[COHA][row - 1] = list(cells)
    message = refusal(tmp_path, sheets)
    assert message.startswith(f"{NAME}, sheet {HOHA!r}")
    assert complaint in message


def test_a_month_whose_heading_stands_over_the_totals_is_refused(tmp_path: Path):
    sheets = book()
    sheets[HOHA][2][-2:] = ["Total", "April 2025"]
    assert "expected 13 months side by side" in refusal(tmp_path, sheets)


def test_onset_classes_must_tell_of_the_same_trusts_months_and_organism(tmp_path: Path):
    sheets = book()
    del sheets[COHA][4]
    assert refusal(tmp_path, sheets) == f"{NAME}: RYY is in one of its sheets HOHA and COHA only."
    sheets = book()
    sheets[COHA][2][3:16] = [*MONTHS[1:], "May 2025"]
    assert (
        refusal(tmp_path, sheets) == f"{NAME}: its sheets HOHA and COHA are about different months."
    )
    sheets = book()
    sheets[COHA][0] = ["E. coli"]
    assert refusal(tmp_path, sheets) == f"{NAME}: its sheets tell of ecoli and mrsa."


def test_a_missing_or_second_sheet_of_a_class_is_refused(tmp_path: Path):
    sheets = book()
    del sheets[COHA]
    assert refusal(tmp_path, sheets).startswith(
        f"{NAME}, workbook: expected one sheet of trusts whose name says COHA, found 'Contents, "
    )
    sheets = book()
    sheets["HOHA (2)"] = sheets[HOHA]
    assert "expected one sheet of trusts whose name says HOHA, found" in refusal(tmp_path, sheets)


def test_a_table_without_trusts_is_refused(tmp_path: Path):
    sheets = book()
    for name in (HOHA, COHA):
        del sheets[name][3:]
    assert refusal(tmp_path, sheets) == f"{NAME}: no row of a trust."


def test_a_span_that_contradicts_the_name_is_refused(tmp_path: Path):
    name = "MRSA May 2024 to May 2025.xlsx"
    assert refusal(tmp_path, book(), name) == (
        f"{name}: the name says 'May 2024 to May 2025' but the file says April 2024 to April 2025."
    )


class Interface:
    """The publisher's interface with the same attachments, or other content, on every page."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.asked: list[str] = []

    def get(self, url: str) -> Answer:
        self.asked.append(url)
        return Answer(url, self.content, "application/json", None, None, False)


ASSETS = "https://assets.publishing.service.gov.uk/media/abc"


def test_attached_workbooks_are_found_on_all_three_pages():
    attachments = [
        {"title": "MRSA: April 2024 to April 2025", "url": f"{ASSETS}/mrsa.ods"},
        {"title": "MRSA, older", "url": f"{ASSETS}/MRSA_March_2024_to_March_2025.xls"},
        {"title": "Pre-release access list", "url": f"{ASSETS}/list.pdf"},
    ]
    site = Interface(json.dumps({"details": {"attachments": attachments}}).encode())
    found = hcai.discover(site)  # type: ignore[arg-type]
    assert [(one.url, one.period_start) for one in found] == [
        (f"{ASSETS}/mrsa.ods", date(2024, 4, 1)),
        (f"{ASSETS}/MRSA_March_2024_to_March_2025.xls", date(2024, 3, 1)),
    ]
    assert len(site.asked) == 3
    assert all(url.startswith("https://www.gov.uk/api/content/government/") for url in site.asked)


@pytest.mark.parametrize("content", [b"<html>", b"[]", b'{"details": {}}', b'{"details": null}'])
def test_an_interface_that_answers_otherwise_is_an_error(content: bytes):
    with pytest.raises(SourceError) as refused:
        hcai.discover(Interface(content))  # type: ignore[arg-type]
    assert str(refused.value) == (
        "www.gov.uk/api/content/government/statistics/"
        "mrsa-bacteraemia-monthly-data-by-location-of-onset: expected a list details.attachments."
    )


def test_a_page_without_workbooks_is_an_error():
    with pytest.raises(SourceError, match="no attached workbook"):
        hcai.discover(Interface(b'{"details": {"attachments": []}}'))  # type: ignore[arg-type]


@fuzz
@given(data=st.data())
def test_a_damaged_workbook(data: st.DataObject):
    check_damaged_file(hcai, book(), write_xlsx, NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_workbook(data: st.DataObject):
    check_cut_file(hcai, book(), write_xlsx, NAME, data)
