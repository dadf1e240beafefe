"""Sickness absence: the monthly file by organisation and the compiled quarters, written small."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import sickness_absence as sickness
from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.http import Link
from data_sources.source import FIGURE_COLUMNS, Snapshot, SourceError
from tests.sources.files import Rows, csv_bytes, snapshot_of, write_csv
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz

HEADER = [
    *("DATE", "NHSE_REGION_CODE", "NHSE_REGION_NAME", "ICS_CODE", "ICS_NAME"),
    *("ORG_CODE", "ORG_NAME", "ORG_TYPE"),
    *("FTE_DAYS_LOST", "FTE_DAYS_AVAILABLE", "SICKNESS_ABSENCE_RATE_PERCENT"),
]
NAME = "NHS Sickness Absence rates CSV, April 2024.csv"
LONDON = ("Y56", "London", "QMJ", "North Central London")
RAL = ["30/04/2024", *LONDON, "RAL", "Royal Free", "Acute", 250.5, 5000, 5.01]
RAP = ["30/04/2024", *LONDON, "RAP", "North Middlesex", "Acute", 30, 1000.25, 3.0]
BOARD = ["30/04/2024", *LONDON, "QMJ", "NHS North Central London ICB", "Integrated Care Board"]
FILE = [HEADER, RAL, RAP, [*BOARD, 7, 300, 2.33]]

QUARTERS = ["quarter", "org_code", "fte_days_lost", "fte_days_available", "sickness_rate"]
TABLE = [
    QUARTERS,
    ["2009-Q2", "RA2", 8050.96251, 231641.92449, 0.03476],
    ["2020-Q3", "RYK-X", 90.5, 1810, 0.05],
    ["2020-Q3", "01E", 0.0, 0.0, ""],
]
COMPILED = SimpleNamespace(SOURCE=sickness.SOURCE, parse=parse_compiled)


def saved(folder: Path, rows: Rows, name: str = NAME) -> Snapshot:
    return snapshot_of(write_csv(folder / name, rows), "sickness_absence")


def changed(row: int, column: int, text: object) -> list[list[object]]:
    """The sound file with another text in one cell, row and column from 1."""
    rows: list[list[object]] = [list(cells) for cells in FILE]
    rows[row - 1][column - 1] = text
    return rows


def refusal(snapshot: Snapshot, publication: object = sickness) -> str:
    with pytest.raises(SourceError) as refused:
        publication.parse(snapshot)  # type: ignore[attr-defined]
    return str(refused.value)


def test_a_month_gives_days_lost_and_available_of_each_organisation(tmp_path: Path) -> None:
    parsed = sickness.parse(saved(tmp_path, FILE))
    assert (parsed.layout, parsed.period_start, parsed.period_end) == (
        *("monthly_csv", date(2024, 4, 1)),
        date(2024, 5, 1),
    )
    figures = parsed.tables["figures"]
    assert tuple(figures.columns) == FIGURE_COLUMNS
    month = ("2024-04-01", "2024-05-01", "provider")
    assert figures.to_numpy().tolist() == [
        [*month, "RAL", "Royal Free", "days_lost_in_month", "250.5", "csv", 2],
        [*month, "RAL", "Royal Free", "days_available_in_month", "5000", "csv", 2],
        [*month, "RAP", "North Middlesex", "days_lost_in_month", "30", "csv", 3],
        [*month, "RAP", "North Middlesex", "days_available_in_month", "1000.25", "csv", 3],
        [*month, "QMJ", "NHS North Central London ICB", "days_lost_in_month", "7", "csv", 4],
        [*month, "QMJ", "NHS North Central London ICB", "days_available_in_month", "300", "csv", 4],
    ]


def test_headings_may_have_spaces_and_small_letters(tmp_path: Path) -> None:
    spaced = [heading.replace("_", " ").title() for heading in HEADER]
    one = saved(tmp_path, [spaced, *FILE[1:]], "spaced April 2024.csv")
    other = sickness.parse(saved(tmp_path, FILE)).tables["figures"]
    assert sickness.recognises(one.path, "x")
    assert sickness.parse(one).tables["figures"].equals(other)


def test_no_days_available_and_none_lost_are_kept_as_published(tmp_path: Path) -> None:
    rows = [HEADER, [*RAL[:8], 0, 0, ""]]
    assert sickness.parse(saved(tmp_path, rows)).tables["figures"]["value"].to_list() == ["0", "0"]


def test_a_blank_line_at_the_end_is_no_row(tmp_path: Path) -> None:
    assert len(sickness.parse(saved(tmp_path, [*FILE, []])).tables["figures"]) == 6


@pytest.mark.parametrize(
    ("row", "column", "text", "place", "expected"),
    [
        (2, 1, "29/04/2024", "A2", "the last day of a month such as 30/04/2024"),
        (2, 1, "2024-04-30", "A2", "the last day of a month such as 30/04/2024"),
        (3, 1, "31/05/2024", "A3", "a day of April 2024 as in the rows above"),
        (3, 6, "Total", "F3", "an organisation code"),
        (2, 9, "-", "I2", "a number"),
        (2, 10, "5,000", "J2", "a number"),
        (2, 11, "5.02", "K2", "5.01, the days lost of those available"),
        (2, 10, "0", "I2", "no days lost, as none were available"),
        (1, 9, "FTE_DAYS_SICK", "I1", "the heading 'FTE_DAYS_LOST'"),
    ],
)
def test_a_cell_that_cannot_be_right_is_refused(
    tmp_path: Path, row: int, column: int, text: str, place: str, expected: str
) -> None:
    said = refusal(saved(tmp_path, changed(row, column, text)))
    found = "250.5" if place == "I2" and text == "0" else text
    assert said == f"{NAME}, sheet 'csv', cell {place}: expected {expected}, found {found!r}."


def test_counts_in_each_others_place_are_refused(tmp_path: Path) -> None:
    swapped = [*HEADER[:8], HEADER[9], HEADER[8], HEADER[10]]
    assert refusal(saved(tmp_path, [swapped, *FILE[1:]])) == (
        f"{NAME}, sheet 'csv', cell I1: expected the heading 'FTE_DAYS_LOST', "
        "found 'FTE_DAYS_AVAILABLE'."
    )
    counts = [*RAL[:8], 5000, 250.5, 5.01]
    assert refusal(saved(tmp_path, [HEADER, counts])) == (
        f"{NAME}, sheet 'csv', cell K2: expected 1996.01, the days lost of those available, "
        "found '5.01'."
    )


def test_an_organisation_twice_is_refused(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, [*FILE, RAL])) == (
        f"{NAME}, sheet 'csv', row 5: a second row for RAL in 2024-04-01."
    )


def test_a_cut_row_is_refused(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, [*FILE[:2], RAP[:9]])) == (
        f"{NAME}, sheet 'csv', row 3: expected 11 cells, found 9."
    )


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, [HEADER])) == (
        f"{NAME}, sheet 'csv', cell A2: expected the last day of a month such as 30/04/2024, "
        "found ''."
    )


def test_a_name_of_another_month_is_refused(tmp_path: Path) -> None:
    name = "NHS Sickness Absence rates CSV, May 2024.csv"
    assert refusal(saved(tmp_path, FILE, name)) == (
        f"{name}: the name says May 2024 but the file says April 2024."
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"\xff\xfe\x00",
        b"Date,NHSE_Region_Code,NHSE_Region_Name,Org Code,Org Name,Cluster Group,Total\n",
        b"quarter,org_code,fte_days_lost,fte_days_available,sickness_rate\n",
    ],
)
def test_foreign_files_are_not_recognised_whatever_their_name(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / NAME
    path.write_bytes(content)
    assert not sickness.recognises(path, NAME)


class Site:
    """Pages as tests write them; a page that is not there has no links."""

    def __init__(self, pages: Mapping[str, list[Link]]) -> None:
        self.pages = pages

    def links(self, url: str) -> list[Link]:
        return self.pages.get(url, [])


LANDING = sickness.SOURCE.landing_page
APRIL, MAY = f"{LANDING}/april-2024", f"{LANDING}/may-2024-provisional-statistics"
FILES = "https://files.digital.nhs.uk/AB/CD12EF"
APRIL_CSV = Link(
    "NHS Sickness Absence rates CSV, April 2024",
    f"{FILES}/NHS%20Sickness%20Absence%20rates%20CSV%2C%20April%202024.csv",
)
MAY_CSV = Link(
    "Absence rates, May 2024", f"{FILES}/NHS%20Sickness%20Absence%20rates%20CSV%2C%20rev.csv"
)
OTHERS = [
    Link(
        "Reasons",
        f"{FILES}/NHS%20Sickness%20Absence%20by%20reason%2C%20staff%20group%2C%20April%202024.csv",
    ),
    Link("Workbook", f"{FILES}/NHS_Sickness_Absence_rates__April_2024.xlsx"),
]
INDEX = [
    Link("NHS Sickness Absence Rates, May 2024", MAY),
    Link("NHS Sickness Absence Rates, April 2024", APRIL),
    Link("NHS Sickness Absence Rates, March 2024", f"{LANDING}/march-2024"),
    Link("About", f"{LANDING}/about-this-publication"),
]


def test_the_csv_of_every_month_since_april_2024_is_found() -> None:
    site = Site({LANDING: INDEX, MAY: [*OTHERS, MAY_CSV], APRIL: [APRIL_CSV, *OTHERS, APRIL_CSV]})
    found = sickness.discover(site)  # type: ignore[arg-type]
    assert [(one.title, one.url, one.period_start) for one in found] == [
        (MAY_CSV.text, MAY_CSV.url, date(2024, 5, 1)),
        (APRIL_CSV.text, APRIL_CSV.url, date(2024, 4, 1)),
    ]


def test_a_landing_page_without_months_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        sickness.discover(Site({LANDING: INDEX[3:]}))  # type: ignore[arg-type]
    assert str(refused.value) == f"{LANDING}: no link to the page of a month."


def test_a_month_without_its_csv_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        sickness.discover(Site({LANDING: INDEX, MAY: [MAY_CSV], APRIL: OTHERS}))  # type: ignore[arg-type]
    assert str(refused.value) == (f"{APRIL}: no link to a file 'NHS Sickness Absence rates CSV'.")


def test_compiled_quarters_give_days_as_they_stand(tmp_path: Path) -> None:
    table = saved(tmp_path, TABLE, "table.csv")
    table.path.write_bytes(csv_bytes(TABLE, line_end="\n"))
    assert recognise_compiled(table.path) == ("sickness_absence", "compiled_org_quarter")
    figures = parse_compiled(table).tables["figures"]
    keys = ["period_start", "period_end", "org_code", "measure", "value", "source_row"]
    assert figures[keys].to_numpy().tolist() == [
        ["2009-04-01", "2009-07-01", "RA2", "days_lost", "8050.96251", 2],
        ["2020-07-01", "2020-10-01", "RYK-X", "days_lost", "90.5", 3],
        ["2020-07-01", "2020-10-01", "01E", "days_lost", "0.0", 4],
        ["2009-04-01", "2009-07-01", "RA2", "days_available", "231641.92449", 2],
        ["2020-07-01", "2020-10-01", "RYK-X", "days_available", "1810", 3],
        ["2020-07-01", "2020-10-01", "01E", "days_available", "0.0", 4],
    ]


@pytest.mark.parametrize(
    ("row", "place", "expected", "found"),
    [
        (["2009-Q2", "RA2", "-", 10, 0.1], "C2", "a number", "-"),
        (["2009-Q2", "RA2", 1, "", 0.1], "D2", "a number", ""),
        (
            ["2009-Q2", "RA2", 1, 10, 0.2],
            "E2",
            "the days lost as a share of those available",
            "0.2",
        ),
        (["2009-Q2", "RA2", 1, 0, ""], "E2", "the days lost as a share of those available", ""),
        (["2009-Q2", "RA2", 1, 10, ""], "E2", "the days lost as a share of those available", ""),
    ],
)
def test_a_compiled_row_that_cannot_be_right_is_refused(
    tmp_path: Path, row: list[object], place: str, expected: str, found: str
) -> None:
    assert refusal(saved(tmp_path, [QUARTERS, row], "table.csv"), COMPILED) == (
        f"table.csv, sheet 'csv', cell {place}: expected {expected}, found {found!r}."
    )


def _write(path: Path, book: Mapping[str, Rows]) -> Path:
    return write_csv(path, next(iter(book.values())))


@fuzz
@given(data=st.data())
def test_a_damaged_month(data: st.DataObject) -> None:
    check_damaged_file(sickness, {"csv": FILE}, _write, NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_month(data: st.DataObject) -> None:
    check_cut_file(sickness, {"csv": FILE}, _write, NAME, data)


@fuzz
@given(data=st.data())
def test_a_damaged_table_of_quarters(data: st.DataObject) -> None:
    check_damaged_file(COMPILED, {"csv": TABLE}, _write, "table.csv", data)


@fuzz
@given(data=st.data())
def test_a_cut_table_of_quarters(data: st.DataObject) -> None:
    check_cut_file(COMPILED, {"csv": TABLE}, _write, "table.csv", data)
