"""SHMI: the historical table of a release, zipped or not, and what is refused of it."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources import shmi
from data_sources.http import Link
from data_sources.source import Parsed, Snapshot, SourceError
from tests.sources.files import Book, csv_bytes, snapshot_of, write_csv, write_zip
from tests.sources.fuzzing import check_cut_file, check_damaged_file, fuzz

HEADER = [
    "TIME_PERIOD",
    "PUBLICATION_MONTH",
    "PROVIDER_CODE",
    "PROVIDER_NAME",
    "SHMI_VALUE",
    "SHMI_BANDING",
    "OD_LL",
    "OD_UL",
    "SPELLS",
    "OBSERVED",
    "EXPECTED",
    "PALLIATIVE_SPELLS",
    "PALLIATIVE_DEATHS",
]
ZIP_NAME = "SHMI data, Jan25-Dec25.zip"
MEMBER = "SHMI data/Historical_trust_level_SHMI_data_Jan25-Dec25_csv.csv"
ROWS = [
    ["DEC24_NOV25", "APR_26", "RXX", "Acacia", 1.0498, 2, 0.88, 1.13, 61005, 2100, 2000, 95, 310],
    ["JAN25_DEC25", "MAY_26", "RXX", "Acacia", 1.1512, 1, 0.88, 1.13, 61200, 2300, 2000, 95, 310],
    ["JAN25_DEC25", "MAY_26", "RYY", "Beech, NHS", 0.9, 3, 0.91, 1.2, 3000, 90, 100, 10, 40],
    ["JAN25_DEC25", "MAY_26", "RZZ", "Cedar", "**", "**", "**", "**", "**", "**", "**", "**", "**"],
]


def book() -> dict[str, list[list[object]]]:
    return {"csv": [list(HEADER), *[list(row) for row in ROWS]]}


def write_zipped(path: Path, sheets: Book) -> Path:
    members = {"SHMI data/Read me.txt": b"About", MEMBER: csv_bytes(sheets["csv"])}
    return write_zip(path, members)


def write_plain(path: Path, sheets: Book) -> Path:
    return write_csv(path, sheets["csv"])


def zipped(folder: Path, sheets: Book, name: str = ZIP_NAME) -> Snapshot:
    return snapshot_of(write_zipped(folder / name, sheets), "shmi")


def values(parsed: Parsed, org: str, start: str) -> dict[str, str]:
    figures = parsed.tables["figures"]
    mine = figures[figures["org_code"].eq(org) & figures["period_start"].eq(start)]
    return dict(zip(mine["measure"], mine["value"], strict=True))


def test_every_window_of_the_history_is_read(tmp_path: Path):
    parsed = shmi.parse(zipped(tmp_path, book()))
    assert (parsed.layout, parsed.period_start, parsed.period_end) == (
        "historical_csv",
        date(2024, 12, 1),
        date(2026, 1, 1),
    )
    assert values(parsed, "RXX", "2024-12-01") == {
        **{"shmi": "1.0498", "banding": "2", "observed": "2100", "expected": "2000"}
    }
    assert values(parsed, "RYY", "2025-01-01")["shmi"] == "0.9"
    assert set(values(parsed, "RZZ", "2025-01-01").values()) == {"**"}
    figures = parsed.tables["figures"]
    assert len(figures) == 16
    assert set(figures["level"]) == {"provider"}
    last = figures.iloc[-1]
    assert (last["period_end"], last["org_name"], last["source_row"]) == ("2026-01-01", "Cedar", 5)


def test_the_table_by_itself_reads_as_it_does_zipped(tmp_path: Path):
    plain = snapshot_of(write_plain(tmp_path / Path(MEMBER).name, book()), "shmi")
    one, other = (shmi.parse(file).tables["figures"] for file in (plain, zipped(tmp_path, book())))
    assert one.equals(other)


def test_files_are_recognised_by_what_they_hold(tmp_path: Path):
    assert shmi.recognises(write_zipped(tmp_path / "a.zip", book()), "a")
    assert shmi.recognises(write_plain(tmp_path / "a.csv", book()), "a")


def test_foreign_files_are_not_recognised(tmp_path: Path):
    other = write_zip(tmp_path / "b.zip", {MEMBER: b"Period,Org\n"})
    assert not shmi.recognises(other, ZIP_NAME)
    unnamed = write_zip(tmp_path / "c.zip", {"SHMI data/x.csv": csv_bytes(book()["csv"])})
    assert not shmi.recognises(unnamed, ZIP_NAME)
    broken = tmp_path / "d.zip"
    broken.write_bytes(b"PK\x03\x04 no zip")
    assert not shmi.recognises(broken, ZIP_NAME)
    empty = tmp_path / "e.csv"
    empty.write_bytes(b"")
    assert not shmi.recognises(empty, ZIP_NAME)


FAULTS = [
    ((1, 5, "SHMI"), "cell E1: expected the heading 'SHMI_VALUE', found 'SHMI'."),
    ((3, 1, "2025"), "cell A3: expected twelve months such as JAN25_DEC25, found '2025'."),
    (
        (3, 1, "JAN25_NOV25"),
        "cell A3: expected twelve months such as JAN25_DEC25, found 'JAN25_NOV25'.",
    ),
    (
        (3, 2, "DEC_25"),
        "cell B3: expected a month of publication after the window's end, found 'DEC_25'.",
    ),
    ((3, 3, "ENGLAND"), "cell C3: expected an organisation code, found 'ENGLAND'."),
    ((4, 3, "RXX"), "row 4: a second row for RXX in 2025-01-01."),
    ((3, 5, 1.0498), "cell E3: expected a ratio near 2300/2000, found '1.0498'."),
    ((3, 5, "high"), "cell E3: expected a number, or * where it is suppressed, found 'high'."),
    ((3, 10, "2,300"), "cell J3: expected a number, or * where it is suppressed, found '2,300'."),
    ((3, 6, 4), "cell F3: expected a banding 1, 2 or 3, or * where it is suppressed, found '4'."),
]


@pytest.mark.parametrize(("cell", "complaint"), FAULTS)
def test_a_table_out_of_order_is_refused(tmp_path: Path, cell, complaint: str):
    sheets = book()
    row, column, text = cell
    sheets["csv"][row - 1][column - 1] = text
    with pytest.raises(SourceError) as refusal:
        shmi.parse(zipped(tmp_path, sheets))
    assert str(refusal.value) == f"{ZIP_NAME}, sheet 'csv', {complaint}"


def test_a_cut_row_is_refused(tmp_path: Path):
    sheets = book()
    del sheets["csv"][2][9:]
    with pytest.raises(SourceError, match="row 3: expected 13 cells, found 9"):
        shmi.parse(zipped(tmp_path, sheets))


def test_a_table_without_rows_is_refused(tmp_path: Path):
    with pytest.raises(SourceError, match="cell A2: expected a window such as JAN25_DEC25"):
        shmi.parse(zipped(tmp_path, {"csv": [HEADER]}))


def test_a_ratio_may_differ_by_the_rounding_of_its_deaths(tmp_path: Path):
    sheets = book()
    sheets["csv"][3][4] = 0.9474  # 91.4 deaths of 96.5 expected, published as 90 and 95
    sheets["csv"][3][9:11] = [90, 95]
    assert values(shmi.parse(zipped(tmp_path, sheets)), "RYY", "2025-01-01")["shmi"] == "0.9474"
    sheets["csv"][3][4] = 1.01
    with pytest.raises(SourceError, match="expected a ratio near 90/95"):
        shmi.parse(zipped(tmp_path, sheets))


def test_a_last_window_that_contradicts_the_name_is_refused(tmp_path: Path):
    name = "SHMI data, Feb25-Jan26.zip"
    with pytest.raises(SourceError) as refusal:
        shmi.parse(zipped(tmp_path, book(), name))
    assert str(refusal.value) == (
        f"{name}: the name {name!r} claims figures to the end of January 2026 "
        "but the last window ends with December 2025."
    )


def refused(folder: Path, members: dict[str, bytes]) -> str:
    with pytest.raises(SourceError) as refusal:
        shmi.parse(snapshot_of(write_zip(folder / ZIP_NAME, members), "shmi"))
    return str(refusal.value)


def test_a_zip_without_the_table_or_with_two_is_refused(tmp_path: Path):
    content = csv_bytes(book()["csv"])
    expected = "zip: expected one historical table of SHMI by trust (csv), found"
    assert refused(tmp_path, {"a.csv": content}) == f"{ZIP_NAME}, {expected} 'a.csv'."
    outside = f"../{Path(MEMBER).name}"
    assert refused(tmp_path, {outside: content}) == (
        f"{ZIP_NAME}, zip: expected names inside the zip's own folder, found '{outside}'."
    )
    twin = f"old/{Path(MEMBER).name}"
    assert refused(tmp_path, {MEMBER: content, twin: content}) == (
        f"{ZIP_NAME}, {expected} '{MEMBER}, {twin}'."
    )


class Site:
    def __init__(self, pages: dict[str, list[Link]]) -> None:
        self.pages = pages

    def links(self, url: str) -> list[Link]:
        return self.pages[url]


LANDING = shmi.SOURCE.landing_page
NEWEST = f"{LANDING}/2026-05"
INDEX = [
    Link("April", f"{LANDING}/2026-04"),
    Link("May", NEWEST),
    Link("Guide", f"{LANDING}/guide"),
]
DATA = Link(
    "SHMI data, Jan25-Dec25",
    "https://files.digital.nhs.uk/A1/B2C3D4/SHMI%20data%2C%20Jan25-Dec25.zip",
)


def test_the_zip_of_the_latest_release_is_found():
    other = Link("Contextual indicators", "https://files.digital.nhs.uk/A1/B2/Context.zip")
    found = shmi.discover(Site({LANDING: INDEX, NEWEST: [other, DATA, DATA]}))  # type: ignore[arg-type]
    assert [(one.url, one.period_start) for one in found] == [(DATA.url, date(2025, 1, 1))]


def test_a_page_without_what_it_should_link_to_is_an_error():
    with pytest.raises(SourceError) as refusal:
        shmi.discover(Site({LANDING: INDEX[2:]}))  # type: ignore[arg-type]
    assert str(refusal.value) == f"{LANDING}: no link to the page of a release."
    with pytest.raises(SourceError) as refusal:
        shmi.discover(Site({LANDING: INDEX, NEWEST: INDEX}))  # type: ignore[arg-type]
    assert str(refusal.value) == f"{NEWEST}: no link to a zip of SHMI data."


@fuzz
@given(data=st.data())
def test_a_damaged_table(data: st.DataObject):
    check_damaged_file(shmi, book(), write_zipped, ZIP_NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_zip(data: st.DataObject):
    check_cut_file(shmi, book(), write_zipped, ZIP_NAME, data)


@fuzz
@given(data=st.data())
def test_a_cut_table(data: st.DataObject):
    check_cut_file(shmi, book(), write_plain, Path(MEMBER).name, data)
