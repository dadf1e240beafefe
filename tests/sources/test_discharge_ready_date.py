"""Discharge-ready dates, written small in the layout described."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import discharge_ready_date as drd
from data_sources.http import Link
from data_sources.registry import recognise
from data_sources.source import Snapshot, SourceError
from tests.sources.files import Book, Rows, csv_bytes, snapshot_of, write_csv
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz

NAME = "Discharge-Ready-Date-monthly-data-csv-April-2024-Revised.csv"
HEADER = [
    *("Data Type", "Upper Tier Local Authority Code", "Upper Tier Local Authority"),
    *("Region (of Provider)", "ICB (of Provider)", "Code", "Organisation Name"),
    *("Measure", "Value"),
]
NONE = ("[z]", "[z]")
LEEDS = ("Provider", *NONE, "NORTH EAST AND YORKSHIRE", "QWO", "RR8", "LEEDS TEACHING HOSPITALS")
KENT = ("Provider", *NONE, "SOUTH EAST", "QKS", "RVV", "EAST KENT HOSPITALS")
BARTS = ("Provider", *NONE, "LONDON", "QMF", "R1H", "BARTS HEALTH")
YORKSHIRE = ("ICB", *NONE, "NORTH EAST AND YORKSHIRE", "[z]", "QWO", "NHS WEST YORKSHIRE ICB")
ENGLAND = ("National", *NONE, "[z]", "[z]", "ENGLAND", "ENGLAND")
BRADFORD = ("UTLA Aggregate", "E08000032", "Bradford", "[z]", "[z]", "[z]", "[z]")
COUNTS = {
    ENGLAND: ("7000", "6000", "5200"),
    YORKSHIRE: ("4000", "3500", "2200"),
    LEEDS: ("4000", "3500", "2200"),
    KENT: ("3000", "2500", "3000"),
    BARTS: ("[z]", "[z]", "[z]"),
    BRADFORD: ("900", "800", "300"),
}
"""In total, without delay, bed days lost."""


def rows() -> list[list[object]]:
    found: list[list[object]] = [list(HEADER)]
    for body, counts in COUNTS.items():
        for measure, count in zip(drd.MEASURES, counts, strict=True):
            found.append([*body, measure, int(count) if count.isdigit() else count])
        found.append([*body, "% of providers submitting acceptable data", 0.9])
    return found


def file(folder: Path, cells: Rows, name: str = NAME) -> Snapshot:
    return snapshot_of(write_csv(folder / name, cells), "discharge_ready_date")


def values(figures: pd.DataFrame, code: str) -> dict[str, str]:
    of_code = figures[figures["org_code"] == code]
    return dict(zip(of_code["measure"], of_code["value"], strict=True))


def refusal(snapshot: Snapshot) -> str:
    with pytest.raises(SourceError) as error:
        drd.parse(snapshot)
    return str(error.value)


def changed(row: int, column: int, value: object) -> list[list[object]]:
    cells = rows()
    cells[row - 1][column - 1] = value
    return cells


def test_counts_of_trusts_systems_and_england_but_not_of_local_authorities(tmp_path: Path) -> None:
    parsed = drd.parse(file(tmp_path, rows()))
    figures = parsed.tables["figures"]
    assert (parsed.layout, parsed.period_start, parsed.period_end) == (
        *("monthly_csv", date(2024, 4, 1)),
        date(2024, 5, 1),
    )
    assert values(figures, "RVV") == {
        **{"discharged": "3000", "discharged_no_delay": "2500"},
        "bed_days_lost": "3000",
    }
    assert values(figures, "ENG")["bed_days_lost"] == "5200"
    assert values(figures, "R1H")["discharged"] == "[z]"
    assert figures.groupby("level").size().to_dict() == {
        **{"provider": 9, "system": 3},
        "england": 3,
    }


def test_an_old_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(csv_bytes(rows()).replace(b"BARTS HEALTH", b"BARTS \x96 HEALTH"))
    figures = drd.parse(snapshot_of(path, "discharge_ready_date")).tables["figures"]
    assert "BARTS \N{EN DASH} HEALTH" in set(figures["org_name"])


def test_file_is_recognised_by_its_header_and_by_no_other_publication(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "any.csv", rows())
    publication = recognise(path, path.name)
    assert publication is not None
    assert publication.SOURCE.id == "discharge_ready_date"
    for content in (b"", b"PK\x03\x04", b"\xff\xfe", ",".join(HEADER[:-1]).encode()):
        path.write_bytes(content)
        assert not drd.recognises(path, NAME)


@pytest.mark.parametrize(
    ("row", "column", "value", "place", "expected"),
    [
        (1, 6, "Org Code", "F1", "the heading 'Code'"),
        (10, 1, "Trust", "A10", "Provider, ICB, Region, National"),
        (10, 6, "TOTAL", "F10", "an organisation code"),
    ],
)
def test_row_that_cannot_be_placed_is_refused(
    tmp_path: Path, row: int, column: int, value: str, place: str, expected: str
) -> None:
    assert refusal(file(tmp_path, changed(row, column, value))) == (
        f"{NAME}, sheet 'csv', cell {place}: expected {expected}, found {value!r}."
    )


def test_file_that_does_not_add_up_or_lacks_england_is_refused(tmp_path: Path) -> None:
    assert refusal(file(tmp_path, changed(2, 9, 7001))) == (
        f"{NAME}: discharged of England is 7001, but its provider rows add up to 7000."
    )
    trusts = [cells for cells in rows() if cells[0] != "National"]
    assert refusal(file(tmp_path, trusts)) == f"{NAME}: no row of a trust, or none of England."
    assert refusal(file(tmp_path, changed(3, 8, "No delay"))) == (
        f"{NAME}: no figure of England for discharged_no_delay."
    )
    assert refusal(file(tmp_path, [*rows(), rows()[9]])) == (
        f"{NAME}, sheet 'csv', row 26: a second row for RR8 in 2024-04-01."
    )


def test_name_without_a_month_is_refused(tmp_path: Path) -> None:
    assert refusal(file(tmp_path, rows(), "ready.csv")) == (
        "ready.csv: no month in the name, and the file itself states none."
    )


class Site:
    """The landing page with files of these names."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def links(self, url: str) -> list[Link]:
        assert url == drd.SOURCE.landing_page
        root = "https://www.england.nhs.uk/statistics/wp-content/uploads/sites/2/2025/07/"
        return [Link(f"Link to {name}", root + name) for name in self.names]


def test_monthly_csvs_are_found_once() -> None:
    site = Site(NAME, "Discharge-Ready-Date-monthly-data-webfile-May-2024.xlsx", "x.csv", NAME)
    releases = drd.discover(site)  # type: ignore[arg-type]
    assert [(one.source_id, one.period_start) for one in releases] == [
        ("discharge_ready_date", date(2024, 4, 1))
    ]


def test_landing_page_without_files_is_an_error() -> None:
    with pytest.raises(SourceError, match=r"no link to a csv of discharge-ready dates\.$"):
        drd.discover(Site("guidance.pdf"))  # type: ignore[arg-type]


def _write(path: Path, sheets: Book) -> Path:
    return write_csv(path, sheets["csv"])


@fuzz
@given(data=st.data())
def test_a_damaged_csv(data: st.DataObject) -> None:
    check_damaged_file(drd, {"csv": rows()}, _write, NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_csv(data: st.DataObject) -> None:
    check_cut_file(drd, {"csv": rows()}, _write, NAME, data)
