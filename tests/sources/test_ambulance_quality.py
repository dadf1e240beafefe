"""AmbSYS, the cumulative workbook and CSV, written small in their published layouts."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_sources import ambulance_quality as amb
from data_sources.source import FIGURE_COLUMNS, Snapshot, SourceError

Cells = Sequence[object]
Rows = Sequence[Cells]

ITEMS = [measure.upper() for measure in amb.MEASURES]
RAW_LEAD = ["Concatenated", "Year", "Month", "Reg", None, "Area", "Trust", "A0"]
RAW_HEADER = [*RAW_LEAD, *ITEMS, None, "Month", "Year"]
CSV_HEADER = ["Year", "Month", "Region", "Org Code", "Org Name", "A0", *ITEMS]
ENGLAND = ("", "", "ENG", "")
MIDLANDS = ("Y60", "Midlands", "Y60", "")
EAST_MIDLANDS = ("Y60", "Midlands", "RX9", "EAST MIDLANDS AMBULANCE SERVICE NHS TRUST")
CSV_ENGLAND = ("Eng", "Eng", "England")
CSV_LONDON_REGION = ("London", "Y56", "London")
CSV_LONDON_TRUST = ("Y56", "RRU", "LONDON AMBULANCE SERVICE NHS TRUST")


def items(changed: dict[str, object]) -> list[object]:
    """One cell per item: its position, unless `changed` says otherwise."""
    return [changed.get(item, place) for place, item in enumerate(ITEMS)]


def raw_row(year: str, month: str, body: Cells, **changed: object) -> list[object]:
    return [f"{year}{month}{body[2]}", year, month, *body, 9, *items(changed), None, None, None]


def csv_row(year: int, month: int, body: Cells, **changed: object) -> list[object]:
    return [year, month, *body, 9, *items(changed)]


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Snapshot]:
    def write(rows: Rows, header: Cells = RAW_HEADER, name: str = "AmbSYS.xlsx") -> Snapshot:
        book = openpyxl.Workbook()
        book.active.title = "Response times"
        raw = book.create_sheet("Raw")
        for number, row in enumerate([header, *rows], start=5):
            for column, cell in enumerate(row, start=1):
                raw.cell(number, column, cell)
        book.save(tmp_path / name)
        return Snapshot("s", "ambulance_quality", tmp_path / name, name, "", 0)

    return write


def write_csv(
    folder: Path, rows: Rows, header: Cells = CSV_HEADER, name: str = "AmbSYS.csv"
) -> Snapshot:
    text = "".join(",".join(str(cell) for cell in row) + "\r\n" for row in [header, *rows])
    (folder / name).write_bytes(text.encode())
    return Snapshot("s", "ambulance_quality", folder / name, name, "", 0)


def refusal(snapshot: Snapshot) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(SourceError) as error:
        amb.parse(snapshot)
    return str(error.value)


def only(figures: pd.DataFrame, **wanted: str) -> pd.Series:
    """The one figure that answers to `wanted`."""
    for column, value in wanted.items():
        figures = figures[figures[column] == value]
    assert len(figures) == 1
    return figures.iloc[0]


def test_workbook_gives_every_item_of_trusts_regions_and_england(workbook):
    rows = [raw_row("2023-24", "JANUARY", body) for body in (ENGLAND, MIDLANDS, EAST_MIDLANDS)]
    rows[0] = raw_row("2023-24", "JANUARY", ENGLAND, A30=973478879)

    parsed = amb.parse(workbook(rows))

    figures = parsed.tables["figures"]
    assert tuple(figures.columns) == FIGURE_COLUMNS
    assert len(figures) == 3 * len(amb.MEASURES)
    assert only(figures, org_code="ENG", measure="a30").to_list() == [
        "2024-01-01", "2024-02-01", "england", "ENG", "England", "a30", "973478879", "Raw", 6,
    ]  # fmt: skip
    bodies = figures[["level", "org_name", "source_row"]].drop_duplicates().to_numpy().tolist()
    assert bodies[1:] == [["region", "Midlands", 7], ["provider", EAST_MIDLANDS[3], 8]]
    assert parsed.layout == "time_series_workbook"
    assert parsed.published_on is None


def test_csv_tells_a_region_from_a_trust_by_where_the_region_code_stands(tmp_path):
    bodies = (CSV_ENGLAND, CSV_LONDON_TRUST, CSV_LONDON_REGION)

    parsed = amb.parse(write_csv(tmp_path, [csv_row(2024, 1, body) for body in bodies]))

    figures = parsed.tables["figures"]
    found = figures[["level", "org_code", "org_name"]].drop_duplicates().to_numpy().tolist()
    assert found == [
        ["england", "ENG", "England"],
        ["provider", "RRU", "LONDON AMBULANCE SERVICE NHS TRUST"],
        ["region", "Y56", "London"],
    ]
    assert only(figures, org_code="Y56", measure="a2")["value"] == "1"
    assert parsed.layout == "time_series_csv"


@pytest.mark.parametrize(
    ("year", "month", "start"),
    [
        ("2017-18", "DECEMBER", "2017-12-01"),
        ("2017-18", "JANUARY", "2018-01-01"),
        ("2017-18", "MARCH", "2018-03-01"),
        ("2018-19", "APRIL", "2018-04-01"),
        ("2099-00", "JANUARY", "2100-01-01"),
    ],
)
def test_january_to_march_belong_to_the_later_year(workbook, year, month, start):
    figures = amb.parse(workbook([raw_row(year, month, ENGLAND)])).tables["figures"]
    assert set(figures["period_start"]) == {start}


def test_span_runs_from_the_first_month_to_the_end_of_the_last(workbook):
    rows = [raw_row("2017-18", month, ENGLAND) for month in ("MARCH", "AUGUST", "OCTOBER")]
    parsed = amb.parse(workbook(rows))
    assert (parsed.period_start, parsed.period_end) == (date(2017, 8, 1), date(2018, 4, 1))


def test_missing_marks_stay_as_published(workbook, tmp_path):
    raw = workbook([raw_row("2022-23", "OCTOBER", EAST_MIDLANDS, A10="-", A140=None)])
    csv = write_csv(tmp_path, [csv_row(2024, 1, CSV_LONDON_TRUST, A140=".")])
    figures = amb.parse(raw).tables["figures"]

    assert only(figures, measure="a10")["value"] == "-"
    assert only(figures, measure="a140")["value"] == ""
    assert only(amb.parse(csv).tables["figures"], measure="a140")["value"] == "."


def test_items_are_found_by_name_in_any_order(tmp_path):
    header = CSV_HEADER[:5] + CSV_HEADER[:4:-1]
    row = csv_row(2024, 1, CSV_ENGLAND)
    figures = amb.parse(write_csv(tmp_path, [row[:5] + row[:4:-1]], header)).tables["figures"]

    assert figures["value"].to_list() == [str(place) for place in range(len(ITEMS))]


def test_blank_rows_and_captions_between_blocks_carry_nothing(workbook):
    blocks = [raw_row("2023-24", "MAY", body) for body in (ENGLAND, MIDLANDS)]
    rows = [blocks[0], [], ["Raw data"], blocks[1]]
    figures = amb.parse(workbook(rows)).tables["figures"]
    assert sorted(set(figures["source_row"])) == [6, 9]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    months=st.sets(st.tuples(st.integers(2017, 2030), st.integers(1, 12)), min_size=1, max_size=6),
    bodies=st.sets(st.sampled_from([CSV_ENGLAND, CSV_LONDON_TRUST, CSV_LONDON_REGION]), min_size=1),
)
def test_every_row_gives_every_measure_once(tmp_path, months, bodies):
    rows = [csv_row(*month, body) for month in sorted(months) for body in sorted(bodies)]
    figures = amb.parse(write_csv(tmp_path, rows)).tables["figures"]

    assert len(figures) == len(rows) * len(amb.MEASURES)
    assert figures["period_start"].nunique() == len(months)


WHO_RAW = "ENG, a region's code as in column D, or a trust's code"
WHO_CSV = "Eng, a region's code beside its name, or a trust's code"
YEAR = "a financial year such as 2017-18"
MONTH = "a month and year such as 'April 2024'"
NAMELESS = ("Y60", "Midlands", "RX9", "")
NO_REGION = ("", "", "RX9", "EAST MIDLANDS")


@pytest.mark.parametrize(
    ("row", "cell", "expected", "found"),
    [
        (raw_row("2023-24", "MAY", NO_REGION), "F6", WHO_RAW, "RX9"),
        (raw_row("2023-24", "MAY", NAMELESS), "F6", WHO_RAW, "RX9"),
        (raw_row("2023-24", "MAY", ("Y60", "Midlands", "Sum", "TRUST")), "F6", WHO_RAW, "Sum"),
        (raw_row("2023-25", "MAY", ENGLAND), "B6", YEAR, "2023-25"),
        ([None] * 8 + [12], "B6", YEAR, ""),
        (raw_row("2023-24", "TOTAL", ENGLAND), "C6", MONTH, "TOTAL 2023"),
    ],
)
def test_workbook_row_that_cannot_be_placed_is_refused(workbook, row, cell, expected, found):
    place = f"AmbSYS.xlsx, sheet 'Raw', cell {cell}"
    assert refusal(workbook([row])) == f"{place}: expected {expected}, found {found!r}."


@pytest.mark.parametrize(
    ("row", "cell", "expected", "found"),
    [
        (csv_row(2024, 1, ("London", "Y56", "Londinium")), "cell D2", WHO_CSV, "Y56"),
        (csv_row(2024, 1, ("London", "RRU", "LONDON AMBULANCE")), "cell D2", WHO_CSV, "RRU"),
        (csv_row(2024, 1, ("Y56", "London Trust", "LONDON")), "cell D2", WHO_CSV, "London Trust"),
        (csv_row(2024, 1, ("Y56", "Total", "LONDON")), "cell D2", WHO_CSV, "Total"),
        (csv_row(2024, 13, CSV_ENGLAND), "cell B2", "a month from 1 to 12", "13"),
        (csv_row(24, 1, CSV_ENGLAND), "cell A2", "a calendar year such as 2024", "24"),
        (csv_row(2024, 1, CSV_ENGLAND)[:9], "row 2", "26 cells", 9),
    ],
)
def test_csv_row_that_cannot_be_placed_is_refused(tmp_path, row, cell, expected, found):
    place = f"AmbSYS.csv, sheet 'csv', {cell}"
    assert refusal(write_csv(tmp_path, [row])) == f"{place}: expected {expected}, found {found!r}."


def test_body_counted_twice_in_a_month_is_refused(tmp_path):
    rows = [csv_row(2024, 1, CSV_ENGLAND), csv_row(2024, 1, CSV_ENGLAND)]
    assert refusal(write_csv(tmp_path, rows)) == (
        "AmbSYS.csv, sheet 'csv', row 3: a second row for ENG in 2024-01-01."
    )


def test_new_heading_over_the_organisation_columns_is_refused(workbook):
    header = [*RAW_LEAD[:3], "Region", *RAW_HEADER[4:]]
    assert refusal(workbook([], header)) == (
        "AmbSYS.xlsx, sheet 'Raw', cell D5: expected the heading 'Reg', found 'Region'."
    )


@pytest.mark.parametrize(("old", "new", "found"), [("A31", "A31x", 0), ("A0", "A31", 2)])
def test_item_missing_or_doubled_in_the_header_is_refused(tmp_path, old, new, found):
    header = [new if cell == old else cell for cell in CSV_HEADER]
    assert refusal(write_csv(tmp_path, [], header)) == (
        f"AmbSYS.csv, sheet 'csv', row 1: expected one column 'A31', found {found}."
    )


def test_header_without_rows_is_refused(workbook):
    assert refusal(workbook([])) == (
        "AmbSYS.xlsx, sheet 'Raw', cell A6: expected a month's figures, found ''."
    )


@pytest.mark.parametrize(
    "name", ["AmbSYS-to-April-2024.csv", "AmbSYS-2024-April-ys2r7.csv", "AmbSYS-until-20240430.csv"]
)
def test_last_month_must_be_the_one_in_the_name(tmp_path, name):
    april = write_csv(tmp_path, [csv_row(2024, 4, CSV_ENGLAND)], name=name)
    assert amb.parse(april).period_end == date(2024, 5, 1)

    march = write_csv(tmp_path, [csv_row(2024, 3, CSV_ENGLAND)], name=name)
    assert refusal(march) == f"{name}: the name says April 2024 but the file says March 2024."


def test_recognises_its_files_by_content(workbook, tmp_path):
    assert amb.recognises(workbook([], name="any.xlsx").path, "any.xlsx")
    assert amb.recognises(write_csv(tmp_path, [], name="any.csv").path, "any.csv")


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 cut short", b"\xd0\xcf\x11\xe0\x81", b"Year,Month,Region\r\n", b"\xff\xfe"],
)
def test_foreign_files_are_not_recognised(tmp_path, content):
    path = tmp_path / "AmbSYS-to-April-2024.csv"
    path.write_bytes(content)
    assert amb.recognises(path, path.name) is False


class Site:
    """Answers for the landing page with the files named."""

    def __init__(self, names: str) -> None:
        self.names = names.split()

    def links(self, url: str) -> list[SimpleNamespace]:
        assert url == amb.SOURCE.landing_page
        root = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2/2026/08/"
        return [SimpleNamespace(text=f"Link to {name}", url=root + name) for name in self.names]


def test_discover_gives_the_latest_month_first_and_the_undated_last():
    site = Site(
        "AmbSYS.csv AmbSYS-up-to-Mar-2023.csv AmbSYS-2026-July-ys2r7.xlsx AmbCO-2026-July.xlsx "
        "AmbSYS-specification.pdf AmbSYS-Time-Series-until-20250831.xlsx AmbSYS-2026-July-ys2r7.xlsx"
    )

    releases = amb.discover(site)

    found = [(one.url.rpartition("/")[2], one.period_start) for one in releases]
    assert found == [
        ("AmbSYS-2026-July-ys2r7.xlsx", date(2026, 7, 1)),
        ("AmbSYS-Time-Series-until-20250831.xlsx", date(2025, 8, 1)),
        ("AmbSYS-up-to-Mar-2023.csv", date(2023, 3, 1)),
        ("AmbSYS.csv", None),
    ]
    assert {one.source_id for one in releases} == {"ambulance_quality"}


def test_landing_page_without_files_is_an_error():
    with pytest.raises(SourceError, match=r"no link to an AmbSYS csv or xlsx file\.$"):
        amb.discover(Site("AmbCO-2026-July.xlsx"))
