"""KH03: small files in every layout, and what of them is refused."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import kh03
from data_sources.compiled import parse_compiled, recognise_compiled
from data_sources.http import Link
from data_sources.source import Parsed, SourceError
from tests.sources.files import Book, Rows, snapshot_of, write_csv, write_xls, write_xlsx
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz
from tests.sources.kh03_files import COMPILED_HEADER, TITLE, book, history
from tests.sources.whole import written_once

NAME = "Beds-Open-Overnight-Web_File-Q1-2025-26.xlsx"
AVAILABLE = "KH03-Available-Overnight-only.csv"
OCCUPIED = "KH03-Occupied-Overnight-only.csv"
PROVIDER, QUALITY = "NHS Trust by Sector", "Data Quality"


def parse(path: Path) -> Parsed:
    assert kh03.recognises(path, "any.name")
    return kh03.parse(snapshot_of(path, "kh03"))


def cells(figures: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Published text by organisation and measure."""
    keys = list(zip(figures["org_code"], figures["measure"], strict=True))
    assert len(set(keys)) == len(keys)
    return dict(zip(keys, figures["value"], strict=True))


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as refused:
        kh03.parse(snapshot_of(path, "kh03"))
    return str(refused.value)


def test_a_workbook(tmp_path):
    parsed = parse(write_xlsx(tmp_path / NAME, book()))
    assert parsed.layout == "quarter_workbook"
    assert (parsed.period_start, parsed.period_end) == (date(2025, 4, 1), date(2025, 7, 1))
    assert parsed.published_on == date(2025, 8, 21)
    figures = parsed.tables["figures"]
    assert cells(figures) == {
        ("ENG", "total_available"): "150.75",
        ("ENG", "general_acute_available"): "100.5",
        ("ENG", "mental_illness_available"): "40.25",
        ("ENG", "total_occupied"): "120.5",
        ("ENG", "general_acute_occupied"): "90",
        ("ENG", "mental_illness_occupied"): "23",
        ("RR8", "total_available"): "103.5",
        ("RR8", "general_acute_available"): "100.5",
        ("RR8", "mental_illness_available"): "0",
        ("RR8", "total_occupied"): "92",
        ("RR8", "general_acute_occupied"): "90",
        ("RR8", "mental_illness_occupied"): "0",
        ("G6V2S", "total_available"): "47.25",
        ("G6V2S", "general_acute_available"): "0",
        ("G6V2S", "mental_illness_available"): "40.25",
        ("G6V2S", "total_occupied"): "28.5",
        ("G6V2S", "general_acute_occupied"): "0",
        ("G6V2S", "mental_illness_occupied"): "23",
        ("RR8", "estimated_by_trust"): "1",
        ("G6V2S", "estimated_for_trust"): "1",
    }
    assert set(figures["period_start"] + figures["period_end"]) == {"2025-04-012025-07-01"}
    leeds = figures[figures["org_code"] == "RR8"].set_index("measure")
    assert leeds.loc[
        "general_acute_occupied", ["level", "org_name", "sheet", "source_row"]
    ].to_list() == (["provider", "LEEDS", PROVIDER, 18])
    assert leeds.loc["estimated_by_trust", ["sheet", "source_row"]].to_list() == [QUALITY, 6]


@pytest.mark.parametrize("area", ["AT Code", "SHA Code"])
def test_an_old_workbook_without_the_sheet_on_quality(tmp_path, area):
    old = {PROVIDER: book(area, revised="3rd September 2025")[PROVIDER]}
    parsed = parse(write_xls(tmp_path / "Beds-Open-Overnight.xls", old))
    assert parsed.layout == "quarter_workbook_before_2017"
    assert parsed.published_on == date(2025, 9, 3)
    assert len(parsed.tables["figures"]) == 18


@pytest.mark.parametrize(("name", "kind"), [(AVAILABLE, "available"), (OCCUPIED, "occupied")])
def test_a_history_leaves_out_the_years_before_quarters(tmp_path, name, kind):
    parsed = parse(write_csv(tmp_path / name, history()))
    assert parsed.layout == f"{kind}_csv"
    assert (parsed.period_start, parsed.period_end) == (date(2012, 4, 1), date(2016, 1, 1))
    figures = parsed.tables["figures"]
    columns = ["period_start", "period_end", "org_code", "measure", "value", "source_row"]
    assert figures[columns].to_numpy().tolist() == [
        ["2012-04-01", "2012-07-01", "RDY", f"mental_illness_{kind}", "93", 2],
        ["2012-04-01", "2012-07-01", "RDY", f"general_acute_{kind}", "0", 3],
        ["2015-10-01", "2016-01-01", "RDY", f"mental_illness_{kind}", "227.5", 6],
    ]


def test_a_compiled_table(tmp_path):
    lines = [
        COMPILED_HEADER,
        "RR8,LEEDS,2012-13 Q4,2013-03-31,10,7,1,1,1,9,6.5,1,1,0.5,7.0,6.5",
        ",ENGLAND,2012-13 Q4,2013-03-31,10,7,1,1,1,9,6.5,1,1,0.5,,",
    ]
    path = tmp_path / "table.csv"
    path.write_text("\n".join(lines) + "\n")
    assert recognise_compiled(path) == ("kh03", "compiled_trust_quarter")
    parsed = parse_compiled(snapshot_of(path, "kh03"))
    assert (parsed.period_start, parsed.period_end) == (date(2013, 1, 1), date(2013, 4, 1))
    figures = parsed.tables["figures"]
    assert figures.groupby("level")["org_code"].unique().map(list).to_dict() == {
        "england": ["ENG"],
        "provider": ["RR8"],
    }
    leeds = figures[figures["org_code"] == "RR8"]
    assert dict(zip(leeds["measure"], leeds["value"], strict=True)) == {
        "total_available": "10",
        "general_acute_available": "7",
        "mental_illness_available": "1",
        "total_occupied": "9",
        "general_acute_occupied": "6.5",
        "mental_illness_occupied": "0.5",
    }


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (
            "RR8,LEEDS,2012-13 Q4,2013-06-30",
            "cell D2: expected the last day of '2012-13 Q4', found '2013-06-30'.",
        ),
        ("RR8,LEEDS,2012-13,2013-03-31", "cell D2: expected the last day of '2012-13'"),
        (",LEEDS,2012-13 Q4,2013-03-31", "cell A2: expected an organisation's code, found ''."),
    ],
)
def test_a_compiled_row_that_cannot_be_placed_is_refused(tmp_path, line, complaint):
    path = tmp_path / "table.csv"
    path.write_text(f"{COMPILED_HEADER}\n{line},10,7,1,1,1,9,6.5,1,1,0.5,,\n")
    with pytest.raises(SourceError) as refused:
        parse_compiled(snapshot_of(path, "kh03"))
    assert str(refused.value).startswith(f"table.csv, sheet 'csv', {complaint}")


COMPILED: Rows = [
    COMPILED_HEADER.split(","),
    ["RR8", "LEEDS", "2012-13 Q4", "2013-03-31", *[10, 7, 1, 1, 1, 9, 6.5, 1, 1, 0.5, 7, 6.5]],
    ["5A4", "HAVERING", "2012-13 Q4", "2013-03-31", *[5, 5, 0, 0, 0, 4, 4, 0, 0, 0, "", ""]],
    ["", "ENGLAND", "2012-13 Q4", "2013-03-31", *[15, 12, 1, 1, 1, 13, 10.5, 1, 1, 0.5, "", ""]],
    ["RR8", "LEEDS", "2013-14 Q1", "2013-06-30", *[11, 8, 1, 1, 1, 9, 6.5, 1, 1, 0.5, 8, 6.5]],
    ["", "ENGLAND", "2013-14 Q1", "2013-06-30", *[11, 8, 1, 1, 1, 9, 6.5, 1, 1, 0.5, "", ""]],
]


class CompiledBeds:
    """The compiled table as the damage tests ask a publication."""

    SOURCE = kh03.SOURCE
    parse = staticmethod(parse_compiled)


@pytest.mark.parametrize(
    ("lost", "complaint"),
    [
        (
            1,
            "total_on_beds_available of England in 2012-13 Q4 is 15.000, but its trusts add up to 5.000",
        ),
        (
            4,
            "total_on_beds_available of England in 2013-14 Q1 is 11.000, but its trusts add up to nan",
        ),
        (
            5,
            "total_on_beds_available of England in 2013-14 Q1 is nan, but its trusts add up to",
        ),
    ],
)
def test_a_compiled_table_that_lost_a_row_is_refused(tmp_path, lost, complaint):
    path = write_csv(tmp_path / "t.csv", [*COMPILED[:lost], *COMPILED[lost + 1 :]])
    with pytest.raises(SourceError) as refused:
        parse_compiled(snapshot_of(path, "kh03"))
    assert str(refused.value).startswith(f"t.csv, sheet 'csv': {complaint}")


def changed(sheets: Book, sheet: str, row: int, column: int, cell: object) -> Book:
    """The sheets with another cell at a 1-based row and column."""
    rows = [list(cells) for cells in sheets[sheet]]
    rows.extend([] for _ in range(row - len(rows)))
    rows[row - 1].extend([""] * (column - len(rows[row - 1])))
    rows[row - 1][column - 1] = cell
    return {**sheets, sheet: rows}


BAD_CELLS = [
    (PROVIDER, 2, 3, TITLE.replace("overnight", "day only"), "cell C2: expected the title of beds"),
    (PROVIDER, 5, 3, "2025", "cell C5: expected a quarter such as 'April to June 2025', found"),
    (PROVIDER, 5, 2, "Month:", "cell B5: expected 'Period:', found 'Month:'."),
    (PROVIDER, 8, 3, "soon", "cell C8: expected a day such as '21st August 2025', found 'soon'."),
    (PROVIDER, 14, 13, "Available", "cell M14: expected the group 'Occupied', found 'Available'."),
    (PROVIDER, 14, 9, "Closed", "cell I14: expected nothing between the groups, found 'Closed'."),
    (PROVIDER, 15, 8, "Acute", "cell H15: expected the heading 'General & Acute', found 'Acute'."),
    (PROVIDER, 15, 4, "Area", "cell D15: expected the heading 'Region Code', found 'Area'."),
    (PROVIDER, 15, 24, "More", "cell X15: expected no heading, found 'More'."),
    (PROVIDER, 16, 5, "RR8", "cell E16: expected nothing in England's row, found 'RR8'."),
    (PROVIDER, 16, 6, "Leeds", "cell F16: expected 'England' in England's row, found 'Leeds'."),
    (PROVIDER, 17, 7, 5, "cell G17: expected a blank row, found '5'."),
    (PROVIDER, 18, 2, "2024-25", "cell B18: expected '2025-26' as in the title block, found"),
    (PROVIDER, 19, 3, "March", "cell C19: expected 'June' as in the title block, found 'March'."),
    (PROVIDER, 19, 5, "", "cell E19: expected an organisation code, found ''."),
    (PROVIDER, 19, 24, 5, "cell X19: expected nothing right of the last heading, found '5'."),
    (PROVIDER, 21, 1, "Note", "cell A21: expected only notes below the table, found 'Note'."),
    (PROVIDER, 18, 17, 1, "row 16: mental_illness_occupied of England is '23', but its trusts"),
    (PROVIDER, 18, 8, "-", "row 16: general_acute_available of England is '100.5', but its trusts"),
    (PROVIDER, 16, 7, "*", "row 16: total_available of England is '*', but its trusts add up to"),
    (QUALITY, 1, 1, "KH03 Q2 2025-26", "cell A1: expected the quarter from April 2025, found"),
    (QUALITY, 5, 1, "Other trusts:", "cell A6: expected a code and a name under the heading of"),
    (
        QUALITY,
        7,
        1,
        "Two words",
        "cell A7: expected a blank row above a heading, found 'Two words'.",
    ),
    (QUALITY, 6, 3, "late", "cell A6: expected a code and a name under the heading of a known"),
    (QUALITY, 9, 1, "", "cell A9: expected an organisation code, found ''."),
    (QUALITY, 10, 1, "G6V2S", "cell A10: expected a trust not listed above, found 'G6V2S'."),
]


@pytest.mark.parametrize(("sheet", "row", "column", "cell", "complaint"), BAD_CELLS)
def test_a_workbook_out_of_order_is_refused(tmp_path, sheet, row, column, cell, complaint):
    path = write_xlsx(tmp_path / "beds.xlsx", changed(book(), sheet, row, column, cell))
    assert refusal(path).startswith(f"beds.xlsx, sheet {sheet!r}, {complaint}")


def test_a_quarter_that_contradicts_the_name_is_refused(tmp_path):
    name = "Beds-Open-Overnight-Web_File-Q2-2025-26-abc.xlsx"
    assert refusal(write_xlsx(tmp_path / name, book())) == (
        f"{name}: the name says the quarter from July 2025 but the file says the one from April 2025."
    )


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (["RDY", "Total", "1", "30/06/2013"], "cell B9: expected a sector of KH03, found 'Total'."),
        (["Total", "Maternity", "1", "30/06/2013"], "cell A9: expected an organisation code"),
        (["RDY", "Maternity", "x", "30/06/2013"], "cell C9: expected a number of beds, NULL or"),
        (["RDY", "Maternity", "1", "31/06/2013"], "cell D9: expected a day such as 30/06/2012"),
        (["RDY", "Maternity", "1", "30/06/13"], "cell D9: expected a day such as 30/06/2012"),
        (["RDY", "Maternity", "1", "31/05/2013"], "cell D9: expected the last day of a quarter"),
        (["RDY", "Maternity", "1", "29/06/2013"], "cell D9: expected the last day of a quarter"),
        (
            ["RDY", "Mental illness", "9", "30/06/2012"],
            "row 9: a second row for RDY in 2012-04-01.",
        ),
        (["RDY", "General & Acute", "1"], "cell D9: expected a day such as 30/06/2012, found ''."),
    ],
)
def test_a_history_out_of_order_is_refused(tmp_path, row, complaint):
    path = write_csv(tmp_path / AVAILABLE, history(row))
    assert refusal(path).startswith(f"{AVAILABLE}, sheet 'csv', {complaint}")


@pytest.mark.parametrize("name", ["KH03.csv", "KH03-Available-Overnight-Occupied-Overnight.csv"])
def test_a_history_must_say_in_its_name_which_beds_it_counts(tmp_path, name):
    assert refusal(write_csv(tmp_path / name, history())) == (
        f"{name}: the name does not say whether beds are available or occupied."
    )


def test_a_history_without_quarters_is_refused(tmp_path):
    assert refusal(write_csv(tmp_path / AVAILABLE, history()[:1])).startswith(
        f"{AVAILABLE}, sheet 'csv', cell A2: expected a trust's beds of April 2010 or later"
    )


def test_other_files_are_not_claimed(tmp_path):
    day_only = book(title=TITLE.replace("overnight", "day only"))
    others = [
        write_xlsx(tmp_path / NAME, day_only),
        write_xlsx(tmp_path / "other.xlsx", {"Sheet": [["x"]]}),
        write_csv(tmp_path / AVAILABLE, [["Organisation_Code", "Specialty", "Number_Of_Beds"]]),
    ]
    assert [path.name for path in others if kh03.recognises(path, path.name)] == []


class Site:
    """A landing page as a test writes it."""

    def __init__(self, *links: Link) -> None:
        self._links = list(links)

    def links(self, url: str) -> list[Link]:
        assert url == kh03.SOURCE.landing_page
        return self._links


UPLOADS = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2"


def test_discover_finds_quarters_and_histories_once_each():
    quarter = Link("Beds Open Overnight (XLSX, 131KB)", f"{UPLOADS}/2025/08/{NAME}")
    revised = Link(
        "Q3 2024-25 revised",
        f"{UPLOADS}/2025/05/Beds-Open-Overnight-Web_File-Q3-2024-25revised.xlsx",
    )
    past = Link("NHS organisations in England, Available", f"{UPLOADS}/2024/08/{AVAILABLE}")
    others = [
        Link("Day only", f"{UPLOADS}/2025/08/Beds-Open-Day-Only-Web_File-Q1-2025-26.xlsx"),
        Link("By specialty", f"{UPLOADS}/2024/08/KH03-Occupied-by-Spec-Overnight-only.csv"),
        Link("Beds-Open-Overnight-Web_File", f"{UPLOADS}/2025/08/"),
    ]
    found = kh03.discover(Site(quarter, revised, quarter, past, *others))
    assert [(one.source_id, one.title, one.url, one.period_start) for one in found] == [
        ("kh03", quarter.text, quarter.url, date(2025, 4, 1)),
        ("kh03", revised.text, revised.url, date(2024, 10, 1)),
        ("kh03", past.text, past.url, None),
    ]


def test_a_landing_page_without_files_is_an_error():
    with pytest.raises(SourceError) as refused:
        kh03.discover(Site(Link("Guidance", f"{UPLOADS}/2025/08/guidance.pdf")))
    assert str(refused.value) == (
        f"{kh03.SOURCE.landing_page}: no link to a file of beds open overnight."
    )


def write_history(path: Path, sheets: Book) -> Path:
    return write_csv(path, sheets["csv"])


BOOKS = [
    (book(), write_xlsx, NAME),
    ({PROVIDER: book("AT Code")[PROVIDER]}, write_xls, "Beds-Q1-2025-26.xls"),
    ({"csv": history()}, write_history, AVAILABLE),
    ({"csv": history()}, write_history, OCCUPIED),
]


@pytest.mark.parametrize(("sheets", "write", "name"), BOOKS)
@fuzz
@given(data=st.data())
def test_a_damaged_file(sheets, write, name, data):
    check_damaged_file(kh03, sheets, write, name, data)


CUT_BOOKS = [(book(), written_once(write_xlsx, book(), NAME), NAME), *BOOKS[1:]]


@pytest.mark.parametrize(("sheets", "write", "name"), CUT_BOOKS)
@fuzz
@given(data=st.data())
def test_a_cut_file(sheets, write, name, data):
    check_cut_file(kh03, sheets, write, name, data)


@fuzz
@given(data=st.data())
def test_a_damaged_compiled_table(data):
    check_damaged_file(CompiledBeds, {"csv": COMPILED}, write_history, "t.csv", data)


@fuzz
@given(data=st.data())
def test_a_cut_compiled_table(data):
    check_cut_file(CompiledBeds, {"csv": COMPILED}, write_history, "t.csv", data)
