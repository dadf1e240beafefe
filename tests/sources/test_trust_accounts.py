"""Trust accounts: small workbooks as they are described, and what of them is refused."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import trust_accounts as accounts
from data_sources.http import Link
from data_sources.source import Parsed, SourceError
from tests.sources.files import Book, Rows, snapshot_of, write_csv, write_xlsx
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz
from tests.sources.whole import written_once

NAME = "TAC-data-published-in-NHS-trust-accounts-for-2023-24.xlsx"
LISTED, DATA = "List of Providers", "All data"
LINES = {
    "SCI0100A": "patient_care_income",
    "SCI0110A": "other_operating_income",
    "SCI0125A": "operating_expenses",
    "SCI0140A": "operating_surplus",
    "STA0310": "agency_cost",
    "STA0330": "staff_cost",
}
WHITTINGTON = dict(zip(LINES, [900, 100, -1_020, -20, 30, 600], strict=True))
BARTS = dict(zip(LINES, [2_000, 150.5, -2_100, 50.5, 0, 1_200], strict=True))


def provider_list(*names: str, extra: Sequence[str] = ()) -> Rows:
    codes = ("RKE", "G6V2S")
    return [
        ["Full name of Provider", "NHS code", *extra, "Region", "Sector", "Comments "],
        *(
            [name, code, *("1/6/10" for _ in extra), "London", "Acute", ""]
            for name, code in zip(names, codes, strict=True)
        ),
    ]


def data_rows(name: str, amounts: dict[str, float]) -> Rows:
    """The lines that are read, and beside them prior years, other columns and other lines."""
    rows: list[Sequence[object]] = [[name, "TAC01 Other", 1, "A01CY01", 9, "SCI0100A", 7]]
    for line, amount in amounts.items():
        worksheet = "TAC02 SoCI" if line.startswith("SCI") else "TAC09 Staff"
        form = "A02" if line.startswith("SCI") else "A09"
        rows.append([name, worksheet, 1, f"{form}CY01", 12, line, amount])
        rows.append([name, worksheet, 1, f"{form}PY01", 12, line, 1])
        rows.append([name, worksheet, 1, f"{form}CY01P", 12, line, 2])
    return [*rows, [name, "TAC09 Staff", 3, "A09CY01", 50, "STA0490", 3]]


def book(
    names: tuple[str, str] = ("Whittington Health NHS Trust", "Barts’ Health NHS Trust"),
    headings: tuple[str, str] = ("OrganisationName", "Total"),
    extra: Sequence[str] = (),
) -> Book:
    name, value = headings
    header = [name, "WorkSheetName", "TableID", "MainCode", "RowNumber", "SubCode", value]
    return {
        "Notes": [["TAC data"]],
        LISTED: provider_list(*names, extra=extra),
        DATA: [
            header,
            *data_rows(names[0], WHITTINGTON),
            *data_rows(names[1].replace("’", "'").upper(), BARTS),
        ],
    }


def parse(path: Path) -> Parsed:
    assert accounts.recognises(path, "any.name")
    return accounts.parse(snapshot_of(path, "trust_accounts"))


def cells(figures: pd.DataFrame) -> dict[tuple[str, str], str]:
    keys = list(zip(figures["org_code"], figures["measure"], strict=True))
    assert len(set(keys)) == len(keys)
    return dict(zip(keys, figures["value"], strict=True))


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as refused:
        accounts.parse(snapshot_of(path, "trust_accounts"))
    return str(refused.value)


def test_a_workbook_of_trusts(tmp_path):
    parsed = parse(write_xlsx(tmp_path / NAME, book()))
    assert parsed.layout == "nhs_trusts"
    assert (parsed.period_start, parsed.period_end) == (date(2023, 4, 1), date(2024, 4, 1))
    figures = parsed.tables["figures"]
    assert cells(figures) == {
        ("RKE", "patient_care_income"): "900",
        ("RKE", "other_operating_income"): "100",
        ("RKE", "operating_expenses"): "-1020",
        ("RKE", "operating_surplus"): "-20",
        ("RKE", "agency_cost"): "30",
        ("RKE", "staff_cost"): "600",
        ("G6V2S", "patient_care_income"): "2000",
        ("G6V2S", "other_operating_income"): "150.5",
        ("G6V2S", "operating_expenses"): "-2100",
        ("G6V2S", "operating_surplus"): "50.5",
        ("G6V2S", "agency_cost"): "0",
        ("G6V2S", "staff_cost"): "1200",
    }
    assert set(figures["period_start"] + figures["period_end"]) == {"2023-04-012024-04-01"}
    assert set(figures["level"]) == {"provider"}
    surplus = figures[figures["measure"] == "operating_surplus"].set_index("org_code")
    assert surplus.loc["RKE", ["org_name", "sheet", "source_row"]].to_list() == (
        ["Whittington Health NHS Trust", DATA, 12]
    )


def test_a_workbook_of_foundation_trusts_with_the_older_headings(tmp_path):
    names = ("Airedale NHS Foundation Trust", "Oxleas NHS Foundation Trust")
    old = book(names, ("Organisation Name", "Value number"), extra=["Authorisation date"])
    renamed = {"List of providers": old[LISTED], "All Data": old[DATA]}
    name = "TAC_NHS_foundation_trusts_2021-22.xlsx"
    parsed = parse(write_xlsx(tmp_path / name, renamed))
    assert parsed.layout == "foundation_trusts"
    assert parsed.period_start == date(2021, 4, 1)
    assert len(parsed.tables["figures"]) == 12


def test_both_layouts_are_marked_as_unconfirmed():
    assert accounts.SOURCE.unconfirmed == accounts.SOURCE.layouts


@pytest.mark.parametrize("year", ["2023-24", "2023/24", "2023_24", "2023-2024"])
def test_years_in_names(year):
    assert accounts._year_of(f"accounts for {year} v2") == date(2023, 4, 1)


@pytest.mark.parametrize(
    "name", ["TAC.xlsx", "TAC-2023.xlsx", "TAC-2023-25.xlsx", "TAC-202324.xlsx"]
)
def test_a_name_without_a_year_is_refused(tmp_path, name):
    assert refusal(write_xlsx(tmp_path / name, book())) == (
        f"{name}: the name does not say of which financial year the accounts are."
    )


def changed(sheets: Book, sheet: str, row: int, column: int, cell: object) -> Book:
    rows = [list(cells) for cells in sheets[sheet]]
    rows.extend([] for _ in range(row - len(rows)))
    rows[row - 1].extend([""] * (column - len(rows[row - 1])))
    rows[row - 1][column - 1] = cell
    return {**sheets, sheet: rows}


BAD_CELLS = [
    (LISTED, 1, 2, "Code", ", row 1: expected one column headed 'NHS code', found 0."),
    (LISTED, 3, 2, "", ", cell B3: expected an organisation code, found ''."),
    (LISTED, 3, 2, "RKE", ", cell A3: expected a provider not listed above, found 'Barts’ Health"),
    (LISTED, 3, 1, "whittington health NHS trust", ", cell A3: expected a provider not listed"),
    (LISTED, 3, 1, "", ", cell A3: expected a provider not listed above, found ''."),
    (LISTED, 4, 1, "Note", ", cell B4: expected an organisation code, found ''."),
    (DATA, 1, 7, "Amount", ", cell G1: expected the heading 'Total', found 'Amount'."),
    (DATA, 1, 8, "Note", ", cell H1: expected no heading, found 'Note'."),
    (DATA, 3, 1, "Guy's", ', cell A3: expected a name of the list of providers, found "Guy\'s".'),
    (DATA, 3, 2, "TAC08 Op Exp", ", cell B3: expected the schedule TAC02, found 'TAC08 Op Exp'."),
    (DATA, 3, 7, "-", ", cell G3: expected an amount or nothing, found '-'."),
    (DATA, 3, 8, 5, ", cell H3: expected nothing right of the last heading, found '5'."),
    (DATA, 4, 4, "A02CY01", ", cell F4: expected no second patient_care_income of RKE, found"),
    (DATA, 15, 6, "STA0311", ": no agency_cost of RKE."),
    (
        DATA,
        3,
        7,
        950,
        ": the operating surplus of RKE is -20, but its income and expenses make 30.",
    ),
    (
        DATA,
        12,
        7,
        "",
        ": the operating surplus of RKE is nan, but its income and expenses make -20.",
    ),
]


@pytest.mark.parametrize(("sheet", "row", "column", "cell", "complaint"), BAD_CELLS)
def test_a_workbook_out_of_order_is_refused(tmp_path, sheet, row, column, cell, complaint):
    path = write_xlsx(tmp_path / "TAC-2023-24.xlsx", changed(book(), sheet, row, column, cell))
    assert refusal(path).startswith(f"TAC-2023-24.xlsx, sheet {sheet!r}{complaint}")


def test_an_agency_cost_left_blank_stays_blank(tmp_path):
    parsed = parse(write_xlsx(tmp_path / NAME, changed(book(), DATA, 15, 7, "")))
    assert cells(parsed.tables["figures"])["RKE", "agency_cost"] == ""


def test_trusts_and_foundation_trusts_in_one_workbook_are_refused(tmp_path):
    mixed = book(("Whittington Health NHS Trust", "Oxleas NHS Foundation Trust"))
    assert refusal(write_xlsx(tmp_path / NAME, mixed)) == (
        f"{NAME}: NHS trusts and foundation trusts in one list of providers."
    )


@pytest.mark.parametrize(("lost", "wanted"), [(LISTED, "list of providers"), (DATA, "all data")])
def test_a_workbook_without_a_needed_sheet_is_refused(tmp_path, lost, wanted):
    sheets = {name: rows for name, rows in book().items() if name != lost}
    path = write_xlsx(tmp_path / NAME, sheets)
    assert not accounts.recognises(path, NAME)
    assert refusal(path).startswith(f"{NAME}, workbook: expected a sheet named {wanted!r}")


def test_a_list_without_providers_is_refused(tmp_path):
    empty = {**book(), LISTED: book()[LISTED][:1]}
    assert refusal(write_xlsx(tmp_path / NAME, empty)).startswith(
        f"{NAME}, sheet 'List of Providers', cell A2: expected a provider"
    )


def test_other_files_are_not_claimed(tmp_path):
    others = [
        write_xlsx(tmp_path / "a.xlsx", {LISTED: [["Name", "Code"]], DATA: [["x"]]}),
        write_xlsx(tmp_path / "b.xlsx", {"TAC02 SoCI": [["Full name of Provider", "NHS code"]]}),
        write_csv(tmp_path / NAME, [["Full name of Provider", "NHS code"]]),
    ]
    assert [path.name for path in others if accounts.recognises(path, path.name)] == []


class Site:
    """Landing pages as tests write them; a page that is not there has no links."""

    def __init__(self, pages: dict[str, list[Link]]) -> None:
        self.pages = pages

    def links(self, url: str) -> list[Link]:
        return self.pages.get(url, [])


FILES = "https://www.england.nhs.uk/wp-content/uploads"
TRUSTS = Link("TAC data 2023/24 (NHS trusts)", f"{FILES}/2025/02/{NAME}")
FOUNDATION = Link(
    "TAC data 2023/24 (NHS foundation trusts)",
    f"{FILES}/2025/02/tac-data-published-in-nhs-foundation-trust-accounts.xlsx",
)
FORM = Link(
    "Illustrative file", f"{FILES}/2025/02/tac-data-in-accounts-2023-24-illustrative-file.xlsx"
)
YEAR = Link("2019/20", "https://www.england.nhs.uk/publication/tac-data-2019-20-accounts/")
OLD = Link("NHS trusts", f"{FILES}/2021/03/TAC-data-published-in-NHS-trust-accounts-2019-20.xlsx")


def test_discover_finds_both_workbooks_of_a_year_and_those_of_single_pages():
    index = [TRUSTS, FOUNDATION, FORM, YEAR, TRUSTS]
    site = Site({accounts.SOURCE.landing_page: index, YEAR.url: [OLD, FORM]})
    assert [(one.source_id, one.url, one.period_start) for one in accounts.discover(site)] == [
        ("trust_accounts", TRUSTS.url, date(2023, 4, 1)),
        ("trust_accounts", FOUNDATION.url, date(2023, 4, 1)),
        ("trust_accounts", OLD.url, date(2019, 4, 1)),
    ]


@pytest.mark.parametrize(
    ("index", "page"),
    [([FORM, YEAR], accounts.SOURCE.landing_page), ([TRUSTS, YEAR], YEAR.url)],
)
def test_a_page_without_workbooks_is_an_error(index, page):
    with pytest.raises(SourceError) as refused:
        accounts.discover(Site({accounts.SOURCE.landing_page: index}))
    assert str(refused.value) == f"{page}: no link to a workbook of trust accounts (TAC data)."


BOOKS = [
    book(),
    book(
        ("Airedale NHS Foundation Trust", "Oxleas NHS Foundation Trust"),
        ("Organisation Name", "Value number"),
        extra=["Authorisation date"],
    ),
]


@pytest.mark.parametrize("sheets", BOOKS)
@fuzz
@given(data=st.data())
def test_a_damaged_workbook(sheets, data):
    check_damaged_file(accounts, sheets, write_xlsx, NAME, data)


@pytest.mark.parametrize(
    ("sheets", "write"), [(sheets, written_once(write_xlsx, sheets, NAME)) for sheets in BOOKS]
)
@fuzz
@given(data=st.data())
def test_a_cut_workbook(sheets, write, data):
    check_cut_file(accounts, sheets, write, NAME, data)
