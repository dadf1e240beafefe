"""NHS workforce statistics: the table of all staff by organisation and month, written small."""

import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import workforce
from data_sources.http import Link
from data_sources.source import Snapshot, SourceError
from tests.sources.files import Book, Rows, snapshot_of, write_xlsx
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz

NAME = "NHS Workforce Statistics, November 2009 England and Organisation.xlsx"
SHEET = "5. All Staff, NHSE & Org - FTE"
TITLE = (
    "Table 5: NHS Hospital & Community Health Service (HCHS) monthly workforce statistics: Timeseries of "
    "total HCHS staff by NHS England region, Integrated Care System (ICS) and Organisation - "
    "Full Time Equivalent"
)
LABELS = [
    *("NHS England region code", "NHS England region name", "ICS code", "ICS name"),
    *("Organisation name", "Organisation code"),
]
SOURCE_LINE = "Source: NHS Hospital & Community Health Service (HCHS) monthly workforce statistics"
ROWS: Rows = [
    [TITLE],
    ["Staff in NHS Trusts and other core organisations"],
    ["Return to Contents"],
    [*[""] * 8, "full time equivalent"],
    [*LABELS, "2009-09-30", "2009-10-31", "2009-11-30"],
    [],
    ["", "England", "", "", "", "", 1000.75, 1010.5, 1020.25],
    [],
    ["Y56", "London", "", "", "", "", 900.25, 905, 1020.25],
    ["", "", "QMJ", "North Central London", "", "", 900.25, 905, 1020.25],
    ["", "", "", "", "Royal Free London NHS Foundation Trust", "RAL", 900.25, 905, 910],
    ["", "", "", "", "North London NHS Foundation Trust", "G6V2S", 0, 0, 110.25],
    [],
    ["Y60", "Midlands", "", "", "", "", 100.5, 105.5, 0],
    ["", "", "QUA", "Black Country", "", "", 100.5, 105.5, 0],
    ["", "", "", "", "Dudley and Walsall NHS Trust", "RYK-X", 100.5, 105.5, 0],
    ["", "", "", "", "Sandwell PCT", "5PF", 0, 0, 0],
    [],
    [SOURCE_LINE],
    ["Notes:"],
    ["' - ' denotes zero"],
]


def book(rows: Rows = ROWS) -> Book:
    return {SHEET: rows}


def saved(folder: Path, rows: Rows = ROWS, name: str = NAME) -> Snapshot:
    return snapshot_of(write_xlsx(folder / name, book(rows)), "workforce")


def changed(row: int, column: int, cell: object) -> list[list[object]]:
    """The sound sheet with another cell, row and column from 1."""
    rows: list[list[object]] = [list(cells) for cells in ROWS]
    rows[row - 1] += [""] * (column - len(rows[row - 1]))
    rows[row - 1][column - 1] = cell
    return rows


def without(row: int) -> list[list[object]]:
    return [list(cells) for at, cells in enumerate(ROWS, start=1) if at != row]


def refusal(snapshot: Snapshot) -> str:
    with pytest.raises(SourceError) as refused:
        workforce.parse(snapshot)
    return str(refused.value)


def test_every_organisation_and_england_by_month(tmp_path: Path) -> None:
    parsed = workforce.parse(saved(tmp_path))
    assert (parsed.layout, parsed.period_start, parsed.period_end) == (
        *("england_and_organisation_workbook", date(2009, 9, 1)),
        date(2009, 12, 1),
    )
    figures = parsed.tables["figures"]
    assert set(figures["measure"]) == {"fte"}
    assert set(figures["sheet"]) == {SHEET}
    keys = ["level", "org_code", "org_name", "period_start", "period_end", "value", "source_row"]
    september, october = ("2009-09-01", "2009-10-01"), ("2009-10-01", "2009-11-01")
    november = ("2009-11-01", "2009-12-01")
    england, royal = ("england", "ENG", "England"), ("provider", "RAL", ROWS[10][4])
    assert figures[keys].to_numpy().tolist() == [
        [*england, *september, "1000.75", 7],
        [*england, *october, "1010.5", 7],
        [*england, *november, "1020.25", 7],
        [*royal, *september, "900.25", 11],
        [*royal, *october, "905", 11],
        [*royal, *november, "910", 11],
        ["provider", "G6V2S", ROWS[11][4], *november, "110.25", 12],
        ["provider", "RYK-X", ROWS[15][4], *september, "100.5", 16],
        ["provider", "RYK-X", ROWS[15][4], *october, "105.5", 16],
    ]


def test_months_may_be_dates(tmp_path: Path) -> None:
    days = [date(2009, 9, 30), date(2009, 10, 31), date(2009, 11, 30)]
    rows = [*ROWS[:4], [*LABELS, *days], *ROWS[5:]]
    as_dates = workforce.parse(saved(tmp_path, rows)).tables["figures"]
    assert as_dates.equals(workforce.parse(saved(tmp_path)).tables["figures"])


@pytest.mark.parametrize(
    ("row", "column", "cell", "place", "expected", "found"),
    [
        (1, 1, "Table 4", "A1", repr(TITLE), "Table 4"),
        (4, 9, "headcount", "I4", "'full time equivalent'", "headcount"),
        (5, 5, "Organisation code", "E5", "'Organisation name'", "Organisation code"),
        (5, 8, "2009-10-30", "H5", "the last day of a month", "2009-10-30"),
        (5, 8, "2009-12-31", "H5", "the last day of October 2009", "2009-12-31"),
        (7, 2, "Total", "B7", "'England'", "Total"),
        (11, 6, "Total", "F11", "an organisation code", "Total"),
        (12, 6, "RAL", "F12", "no second row for RAL", "RAL"),
        (11, 7, "-", "G11", "a number", "-"),
        (11, 7, "", "G11", "a number", ""),
        (12, 10, 5, "J12", "nothing right of the last month", "5"),
        (20, 7, 5, "G20", "only notes below the table", "5"),
        (
            *(14, 2, "", "A14"),
            *("a region, a system or an organisation, with code and name", "Y60"),
        ),
        (
            *(13, 7, 5, "G13"),
            *("a region, a system or an organisation, with code and name", "5"),
        ),
        (
            *(11, 7, 900.5, "G7"),
            *("1001.00000, the sum of the organisations in September 2009", "1000.75"),
        ),
    ],
)
def test_a_cell_that_cannot_be_right_is_refused(
    tmp_path: Path, row: int, column: int, cell: object, place: str, expected: str, found: str
) -> None:
    assert refusal(saved(tmp_path, changed(row, column, cell))) == (
        f"{NAME}, sheet {SHEET!r}, cell {place}: expected {expected}, found {found!r}."
    )


def test_the_code_with_a_hyphen_is_part_of_england(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, without(16))) == (
        f"{NAME}, sheet {SHEET!r}, cell G7: expected 900.25000, the sum of the organisations in "
        "September 2009, found '1000.75'."
    )


def test_a_sheet_without_its_source_line_is_refused(tmp_path: Path) -> None:
    for rows, last in ((without(19), 20), (ROWS[:18], 17)):
        assert refusal(saved(tmp_path, rows)) == (
            f"{NAME}, sheet {SHEET!r}, row {last}: expected a source line, found 'none'."
        )


def test_a_name_of_another_month_is_refused(tmp_path: Path) -> None:
    name = "NHS Workforce Statistics, May 2025 England and Organisation.xlsx"
    assert refusal(saved(tmp_path, name=name)) == (
        f"{name}: the name says May 2025 but the file says November 2009."
    )


def test_a_workbook_is_recognised_by_its_fifth_table(tmp_path: Path) -> None:
    assert workforce.recognises(saved(tmp_path).path, "x")
    other = write_xlsx(tmp_path / "a.xlsx", book([["Table 5: something else"], *ROWS[1:]]))
    assert not workforce.recognises(other, NAME)
    renamed = write_xlsx(tmp_path / "b.xlsx", {"5. All Staff": ROWS})
    assert not workforce.recognises(renamed, NAME)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe\x00", b"Date,Total\n"])
def test_foreign_files_are_not_recognised(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / NAME
    path.write_bytes(content)
    assert not workforce.recognises(path, NAME)


class Site:
    """Pages as tests write them; a page that is not there has no links."""

    def __init__(self, pages: Mapping[str, list[Link]]) -> None:
        self.pages = pages

    def links(self, url: str) -> list[Link]:
        return self.pages.get(url, [])


LANDING = workforce.SOURCE.landing_page
MAY, APRIL = f"{LANDING}/may-2025", f"{LANDING}/april-2025"
INDEX = [
    Link("April 2025", APRIL),
    Link("May 2025", MAY),
    Link("About", f"{LANDING}/about"),
    Link("General practice, June 2025", f"{LANDING}-general-practice/june-2025"),
]
FILES = "https://files.digital.nhs.uk/AB/CD12EF"
BOOK = Link(
    "Workbook",
    f"{FILES}/NHS%20Workforce%20Statistics%2C%20May%202025%20England%20and%20Organisation.xlsx",
)
NEW_BOOK = Link(
    "Trusts and core organisations, May 2025",
    f"{FILES}/Trusts%20and%20core%20organisations%20-%20data%20tables.xlsx",
)
ZIP = Link("csv", f"{FILES}/NHS%20Workforce%20Statistics%2C%20May%202025%20csv%20files.zip")


@pytest.mark.parametrize("link", [BOOK, NEW_BOOK])
def test_the_workbook_of_the_latest_month_is_found(link: Link) -> None:
    site = Site({LANDING: INDEX, MAY: [ZIP, link, link]})
    (found,) = workforce.discover(site)  # type: ignore[arg-type]
    assert (found.title, found.url, found.period_start) == (link.text, link.url, date(2025, 5, 1))


def test_a_landing_page_without_months_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        workforce.discover(Site({LANDING: INDEX[2:]}))  # type: ignore[arg-type]
    assert str(refused.value) == f"{LANDING}: no link to the page of a month."


def test_a_month_without_its_workbook_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        workforce.discover(Site({LANDING: INDEX, MAY: [ZIP], APRIL: [BOOK]}))  # type: ignore[arg-type]
    assert str(refused.value) == (
        f"{MAY}: no link to a workbook 'England and Organisation' or "
        "'Trusts and core organisations'."
    )


def _write(path: Path, sheets: Book) -> Path:
    """A workbook of one size: compressed, its size would change with the time written in it."""
    with zipfile.ZipFile(write_xlsx(path, sheets)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@fuzz
@given(data=st.data())
def test_a_damaged_workbook(data: st.DataObject) -> None:
    check_damaged_file(workforce, book(), write_xlsx, NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_workbook(data: st.DataObject) -> None:
    check_cut_file(workforce, book(), _write, NAME, data)
