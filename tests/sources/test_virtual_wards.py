"""Virtual wards: small workbooks of both layouts, and what of them is refused."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import virtual_wards as wards
from data_sources.http import Link
from data_sources.source import Parsed, SourceError
from tests.sources.files import Book, Rows, snapshot_of, write_csv, write_xlsx
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz
from tests.sources.whole import written_once

NAME = "Monthly-Virtual-Ward-Apr2025.xlsx"
SYSTEM, PROVIDER, ONLY = (
    "Virtual Ward Data - ICB",
    "Virtual Ward Data - Provider",
    "Virtual Ward Data",
)
TITLE = "Virtual Ward Capacity and Occupancy monthly statistics in England"
CAPACITY = "Virtual Ward Capacity \n(see note 1)"
PATIENTS = "Patients in a Virtual Ward\n(see notes 1 and 4)"
OCCUPANCY = "Occupancy %\n(see note 5)"
PER_HEAD = [
    "Virtual Ward Capacity per 100,000 GP registered population\n(see note 2)",
    "GP registered population\n(see note 3)",
]


def title_block(month: str = "April 2025", revised: str = "") -> Rows:
    return [
        [],
        ["", "Title:", TITLE],
        [],
        ["", "Summary:", "Management Information: virtual ward activity"],
        [],
        ["", "Month:", month],
        [],
        ["", "Data Source:", "Virtual Ward Sitrep data submission"],
        ["", "DAPB4068", "Standards and collections - NHS Digital"],
        ["", "Basis:", "Integrated Care Board (ICB), England"],
        ["", "Published:", "15th May 2025"],
        ["", "Revised:", revised],
        ["", "Status:", "Published"],
        ["", "Contact:", "Somebody -", "england.virtualward@nhs.net"],
        [],
    ]


def system_sheet(**title: str) -> Rows:
    return [
        *title_block(**title),
        ["", "Region", "Region Code", "ICB code", "Name", CAPACITY, *PER_HEAD, PATIENTS, OCCUPANCY],
        ["", "-", "-", "-", "ENGLAND*", 300, 20.5, 900_000, 180, 0.6],
        ["", "London", "Y56", "QMF", "NHS North East London ICB", 200, 20, 500_000, 180, 0.9],
        ["", "Midlands", "Y60", "QHL", "NHS Birmingham ICB", 100, 21, 400_000, "**", "**"],
    ]


def provider_sheet(**title: str) -> Rows:
    return [
        *title_block(**title),
        ["", "Region", "Region Code", "Provider code", "Name", CAPACITY, PATIENTS, OCCUPANCY],
        ["", "-", "-", "-", "England", 300, 180, 0.6],
        ["", "London", "Y56", "RV3", "CENTRAL AND NORTH WEST LONDON", 20, 30, "100%*"],
        ["", "Midlands", "Y60", "RV3", "CENTRAL AND NORTH WEST LONDON", 80, 50, 0.625],
        ["", "London", "Y56", "8cl13", "A HOSPICE", 100, 100, 1],
        ["", "London", "Y56", "NQT", "HCRG", 60, 0, 0],
        ["", "Midlands", "Y60", "NQT", "HCRG", 40, "", ""],
    ]


def book() -> Book:
    return {
        "Notes": [["", "Title:", TITLE]],
        SYSTEM: system_sheet(),
        PROVIDER: provider_sheet(),
    }


def parse(path: Path) -> Parsed:
    assert wards.recognises(path, "any.name")
    return wards.parse(snapshot_of(path, "virtual_wards"))


def cells(parsed: Parsed, level: str) -> dict[tuple[str, str], str]:
    figures = parsed.tables["figures"]
    mine = figures[figures["level"] == level]
    keys = list(zip(mine["org_code"], mine["measure"], strict=True))
    assert len(set(keys)) == len(keys)
    return dict(zip(keys, mine["value"], strict=True))


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as refused:
        wards.parse(snapshot_of(path, "virtual_wards"))
    return str(refused.value)


SYSTEMS = {
    ("QMF", "capacity"): "200",
    ("QMF", "patients"): "180",
    ("QHL", "capacity"): "100",
    ("QHL", "patients"): "**",
}
ENGLAND = {("ENG", "capacity"): "300", ("ENG", "patients"): "180"}


def test_a_workbook_of_systems(tmp_path):
    old = {ONLY: system_sheet(month="August 2024", revised="3rd October 2024")}
    parsed = parse(write_xlsx(tmp_path / "Monthly-Virtual-Ward-Aug2024.xlsx", old))
    assert parsed.layout == "system_workbook"
    assert (parsed.period_start, parsed.period_end) == (date(2024, 8, 1), date(2024, 9, 1))
    assert parsed.published_on == date(2024, 10, 3)
    assert cells(parsed, "system") == SYSTEMS
    assert cells(parsed, "england") == ENGLAND
    assert len(parsed.tables["figures"]) == 6
    assert set(parsed.tables["figures"]["period_end"]) == {"2024-09-01"}


def test_a_workbook_with_providers_adds_up_the_regions_of_one(tmp_path):
    parsed = parse(write_xlsx(tmp_path / NAME, book()))
    assert parsed.layout == "provider_workbook"
    assert parsed.published_on == date(2025, 5, 15)
    assert cells(parsed, "system") == SYSTEMS
    assert cells(parsed, "england") == ENGLAND
    assert cells(parsed, "provider") == {
        ("RV3", "capacity"): "100",
        ("RV3", "patients"): "80",
        ("8CL13", "capacity"): "100",
        ("8CL13", "patients"): "100",
        ("NQT", "capacity"): "100",
        ("NQT", "patients"): "",
    }
    found = parsed.tables["figures"].set_index(["org_code", "measure"])
    assert found.loc[("8CL13", "patients"), ["sheet", "source_row"]].to_list() == [PROVIDER, 20]
    assert found.loc[("RV3", "patients"), ["sheet", "source_row"]].isna().all()


def changed(sheets: Book, sheet: str, row: int, column: int, cell: object) -> Book:
    rows = [list(cells) for cells in sheets[sheet]]
    rows.extend([] for _ in range(row - len(rows)))
    rows[row - 1].extend([""] * (column - len(rows[row - 1])))
    rows[row - 1][column - 1] = cell
    return {**sheets, sheet: rows}


BAD_CELLS = [
    (SYSTEM, 2, 3, "Beds", "cell C2: expected 'Virtual Ward Capacity and Occupancy monthly"),
    (SYSTEM, 6, 2, "Period:", "cell B6: expected 'Month:', found 'Period:'."),
    (
        SYSTEM,
        6,
        3,
        "2025",
        "cell C6: expected a month and year such as 'April 2024', found '2025'.",
    ),
    (
        SYSTEM,
        11,
        3,
        "soon",
        "cell C11: expected a day such as '12th September 2024', found 'soon'.",
    ),
    (SYSTEM, 16, 6, "Beds", "cell F16: expected the heading 'Virtual Ward Capacity (see note 1)'"),
    (SYSTEM, 16, 11, "More", "cell K16: expected no heading, found 'More'."),
    (SYSTEM, 17, 4, "QMF", "cell D17: expected '-' in England's row, found 'QMF'."),
    (SYSTEM, 17, 5, "London", "cell E17: expected 'England' in England's row, found 'London'."),
    (SYSTEM, 18, 4, "", "cell D18: expected an organisation code, found ''."),
    (SYSTEM, 19, 4, "QMF", "row 19: a second row for QMF in 2025-04-01."),
    (
        SYSTEM,
        18,
        9,
        "100%*",
        "cell I18: expected a whole number, a blank or a star, found '100%*'.",
    ),
    (SYSTEM, 18, 6, 199, "row 17: capacity of England is '300', but the rows below add up to 299."),
    (SYSTEM, 17, 9, "**", "row 17: patients of England is '**', but the rows below add up to 180."),
    (SYSTEM, 21, 2, "Note", "cell D20: expected an organisation code, found ''."),
    (
        PROVIDER,
        6,
        3,
        "May 2025",
        "cell C6: expected April 2025 as in sheet 'Virtual Ward Data - ICB'",
    ),
    (PROVIDER, 16, 4, "Code", "cell D16: expected the heading 'Provider code', found 'Code'."),
    (PROVIDER, 19, 3, "Y56", "row 19: a second row for RV3 in one region."),
    (
        PROVIDER,
        20,
        7,
        99,
        "row 17: patients of England is '180', but the rows below add up to 179.",
    ),
]


@pytest.mark.parametrize(("sheet", "row", "column", "cell", "complaint"), BAD_CELLS)
def test_a_workbook_out_of_order_is_refused(tmp_path, sheet, row, column, cell, complaint):
    path = write_xlsx(tmp_path / "wards.xlsx", changed(book(), sheet, row, column, cell))
    assert refusal(path).startswith(f"wards.xlsx, sheet {sheet!r}, {complaint}")


def test_sheets_that_disagree_on_england_are_refused(tmp_path):
    other = changed(changed(book(), PROVIDER, 17, 7, 181), PROVIDER, 20, 7, 101)
    assert refusal(write_xlsx(tmp_path / "wards.xlsx", other)) == (
        f"wards.xlsx, sheet {PROVIDER!r}, row 17: patients of England is '181', but '180' in sheet "
        f"{SYSTEM!r}."
    )


def test_a_month_that_contradicts_the_name_is_refused(tmp_path):
    name = "Monthly-Virtual-Ward-May2025.xlsx"
    assert refusal(write_xlsx(tmp_path / name, book())) == (
        f"{name}: the name says May 2025 but the file says April 2025."
    )


def test_a_workbook_without_its_table_is_refused(tmp_path):
    assert refusal(write_xlsx(tmp_path / "wards.xlsx", {"Notes": [["x"]]})).startswith(
        "wards.xlsx, workbook: expected a sheet named 'Virtual Ward Data'"
    )


def test_other_files_are_not_claimed(tmp_path):
    others = [
        write_xlsx(tmp_path / "a.xlsx", {ONLY: [[], ["", "Title:", "Beds"]]}),
        write_xlsx(tmp_path / NAME, {"Sheet": title_block()}),
        write_csv(tmp_path / "Virtual Ward Data.csv", [[TITLE]]),
    ]
    assert [path.name for path in others if wards.recognises(path, path.name)] == []


class Site:
    """A landing page as a test writes it."""

    def __init__(self, *links: Link) -> None:
        self._links = list(links)

    def links(self, url: str) -> list[Link]:
        assert url == wards.SOURCE.landing_page
        return self._links


UPLOADS = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2/2025/05"


def test_discover_finds_each_month_once():
    april = Link("Monthly Virtual Ward April 2025", f"{UPLOADS}/{NAME}")
    march = Link("Workbook", f"{UPLOADS}/Monthly-Virtual-Ward-Mar2025-revised.xlsx")
    others = [
        Link("Virtual ward guidance", f"{UPLOADS}/virtual-ward-guidance.pdf"),
        Link("Virtual wards", "https://www.england.nhs.uk/virtual-wards/"),
    ]
    found = wards.discover(Site(april, march, april, *others))
    assert [(one.source_id, one.url, one.period_start) for one in found] == [
        ("virtual_wards", april.url, date(2025, 4, 1)),
        ("virtual_wards", march.url, date(2025, 3, 1)),
    ]


def test_a_landing_page_without_workbooks_is_an_error():
    with pytest.raises(SourceError) as refused:
        wards.discover(Site(Link("Virtual wards", "https://www.england.nhs.uk/virtual-wards/")))
    assert str(refused.value) == (
        f"{wards.SOURCE.landing_page}: no link to a virtual ward workbook."
    )


BOOKS = [book(), {ONLY: system_sheet()}]


@pytest.mark.parametrize("sheets", BOOKS)
@fuzz
@given(data=st.data())
def test_a_damaged_workbook(sheets, data):
    check_damaged_file(wards, sheets, write_xlsx, NAME, data)


@pytest.mark.parametrize(
    ("sheets", "write"), [(sheets, written_once(write_xlsx, sheets, NAME)) for sheets in BOOKS]
)
@fuzz
@given(data=st.data())
def test_a_cut_workbook(sheets, write, data):
    check_cut_file(wards, sheets, write, NAME, data)
