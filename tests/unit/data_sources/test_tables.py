"""Workbooks and delimited text are read as text, and every complaint names its place."""

import csv
import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from data_sources import tables
from data_sources.source import LayoutChanged, SourceError
from data_sources.tables import (
    Sheet,
    as_text,
    column_letters,
    decode,
    figures_frame,
    read_delimited,
    read_sheet,
    refuse_duplicates,
    sheet_names,
)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3.0, "3"),
        (-0.0, "0"),
        (52.5, "52.5"),
        (" RXX\xa0 ", "RXX"),
        ("", ""),
        ("1,234", "1,234"),
        (date(2024, 4, 1), "2024-04-01"),
        (datetime(2024, 4, 1, 9, 30), "2024-04-01T09:30:00"),  # noqa: DTZ001 - sheets know no zone
        (time(4, 0), "04:00:00"),
        (True, "True"),
    ],
)
def test_a_cell_is_text_as_a_reader_sees_it(cell: object, text: str) -> None:
    assert as_text(cell) == text


@given(st.integers(min_value=1, max_value=16_384))
def test_column_letters_count_as_spreadsheets_do(column: int) -> None:
    assert column_letters(column) == openpyxl.utils.get_column_letter(column)


def test_cells_are_counted_from_one_and_empty_outside() -> None:
    sheet = Sheet("x.xls", "Data", [["a", "b"], ["c"]])
    assert (sheet.cell(1, 2), sheet.cell(2, 1)) == ("b", "c")
    assert [sheet.cell(*at) for at in [(2, 2), (3, 1), (0, 1), (1, 0), (-1, -1)]] == [""] * 5


def test_a_complaint_points_at_the_cell() -> None:
    sheet = Sheet("x.xls", "Provider Level Data", [["a"]])
    assert sheet.place(16) == "sheet 'Provider Level Data', row 16"
    assert str(sheet.complain(16, 28, "'Code'")) == (
        "x.xls, sheet 'Provider Level Data', cell AB16: expected 'Code', found ''."
    )


def save_xlsx(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    sheet["B3"], sheet["C3"], sheet["D3"] = "RXX ", 12.0, date(2024, 4, 1)
    book.create_sheet("Notes")
    book.save(path)
    return path


def save_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    sheet.write(2, 1, "RXX ")
    sheet.write(2, 2, 12.0)
    sheet.write(2, 3, date(2024, 4, 1), xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    book.add_sheet("Notes")
    book.save(str(path))
    return path


@pytest.mark.parametrize("save", [save_xlsx, save_xls])
def test_a_sheet_keeps_its_empty_edges_so_that_cells_keep_their_names(
    tmp_path: Path, save: object
) -> None:
    path = save(tmp_path / "book")  # type: ignore[operator]
    assert sheet_names(path) == ["Data", "Notes"]
    sheet = read_sheet(path, "Data")
    assert [sheet.cell(3, column) for column in (1, 2, 3, 4)] == ["", "RXX", "12", "2024-04-01"]
    assert sheet.file_name == "book"
    assert read_sheet(path, "Data", "as published.xls").file_name == "as published.xls"


def test_a_missing_sheet_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(LayoutChanged) as caught:
        read_sheet(save_xlsx(tmp_path / "x.xlsx"), "Provider")
    assert str(caught.value) == (
        "x.xlsx, workbook: expected a sheet named 'Provider', found 'Data, Notes'."
    )


@pytest.mark.parametrize("save", [save_xlsx, save_xls])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_workbook_cut_short_is_refused(tmp_path: Path, save: object, share: float) -> None:
    path = save(tmp_path / "x.xls")  # type: ignore[operator]
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(SourceError, match=r"^x\.xls: not a readable workbook \(.+\)\.$"):
        read_sheet(path, "Data")


def test_a_workbook_damaged_inside_is_refused_in_one_line(tmp_path: Path) -> None:
    """The list of sheets is sound, a cell's address is not."""
    whole, damaged = save_xlsx(tmp_path / "whole.xlsx"), tmp_path / "x.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'r="B3"', b'r="=3"'))
    assert sheet_names(damaged) == ["Data", "Notes"]
    with pytest.raises(SourceError) as caught:
        read_sheet(damaged, "Data")
    assert str(caught.value).startswith("x.xlsx: not a readable workbook (")
    assert "\n" not in str(caught.value)


class Panic(BaseException):
    """What the workbook reader raises when it gives up: not an Exception."""


@pytest.mark.parametrize("raised", [Panic("left != right\n  left: 2"), KeyboardInterrupt()])
def test_a_panic_of_the_reader_is_a_refusal_but_an_interrupt_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException
) -> None:
    class Reader:
        @staticmethod
        def from_path(path: str) -> None:
            raise raised

    monkeypatch.setattr(tables, "CalamineWorkbook", Reader)
    expected = SourceError if isinstance(raised, Panic) else KeyboardInterrupt
    (tmp_path / "x.xls").touch()
    with pytest.raises(expected) as caught:
        sheet_names(tmp_path / "x.xls")
    if isinstance(raised, Panic):
        assert str(caught.value) == "x.xls: not a readable workbook (left != right left: 2)."


@given(st.text(st.characters(codec="utf-8")))
def test_utf8_is_read_with_and_without_its_mark(text: str) -> None:
    assert decode(text.encode("utf-8-sig")) == text
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        assert isinstance(decode(content, "x.csv"), str)
    except SourceError as error:
        assert str(error).startswith("x.csv: not text (byte ")


def test_text_is_windows_1252_where_it_is_not_utf8() -> None:
    assert decode(b"St Mary\x92s \xa35") == "St Mary’s £5"
    with pytest.raises(SourceError) as caught:
        read_delimited(b"ab\x81", "x.csv")
    assert str(caught.value) == ("x.csv: not text (byte 3 is neither UTF-8 nor Windows-1252).")


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1).map(as_text)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=5))
def test_a_csv_reads_back_what_was_written(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    assert read_delimited(written.getvalue().encode("utf-8-sig"), "x.csv").rows == rows


def test_a_quoted_cell_may_hold_commas_and_line_breaks() -> None:
    sheet = read_delimited(b'Code,Name\r\nRXX,"Acacia,\nNorth"\r\n', "x.csv")
    assert (sheet.cell(2, 2), len(sheet.rows)) == ("Acacia,\nNorth", 2)


def test_a_csv_that_breaks_off_inside_a_cell_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError) as caught:
        read_delimited(b'Code,Name\nRXX,"Acacia', "x.csv")
    assert str(caught.value) == "x.csv, line 2: unexpected end of data."


def figure(org_code: str, row: int, level: str = "provider") -> tuple[object, ...]:
    return ("2024-04-01", "2024-05-01", level, org_code, "Acacia", "beds", "1", "Data", row)


def test_an_organisation_counted_twice_is_refused() -> None:
    sound = figures_frame([figure("RXX", 2), figure("RYY", 3), figure("RXX", 4, "system")])
    assert refuse_duplicates(sound, "x.xls") is sound
    with pytest.raises(SourceError) as caught:
        refuse_duplicates(figures_frame([figure("RXX", 2), figure("RXX", 9)]), "x.xls")
    assert str(caught.value) == ("x.xls, sheet 'Data', row 9: a second row for RXX in 2024-04-01.")


def bomb(whole: Path, target: Path, size: int) -> Path:
    """The workbook with a sheet that unpacks to `size` bytes more."""
    with (
        zipfile.ZipFile(whole) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/worksheets/sheet9.xml", b" " * size)
    return target


@pytest.mark.parametrize("name", ["x.xlsx", "x.xls", "x.ods"])
def test_a_workbook_that_unpacks_to_far_more_than_its_size_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = bomb(save_xlsx(tmp_path / "whole.xlsx"), tmp_path / name, 10_000_000)
    monkeypatch.setattr(tables, "CalamineWorkbook", None)  # to open it would be another error
    for look in (sheet_names, lambda file: read_sheet(file, "Data")):
        with pytest.raises(SourceError) as caught:
            look(path)
        assert str(caught.value).startswith(
            f"{name}, zip: expected to unpack to at most 150 times its size, found '10,0"
        )
    assert not tables.has_sheets(path, "Data")


def test_a_workbook_hidden_behind_other_bytes_is_held_to_the_same(tmp_path: Path) -> None:
    path = bomb(save_xlsx(tmp_path / "whole.xlsx"), tmp_path / "x.xlsx", 10_000_000)
    path.write_bytes(b"Code,Name\n" + path.read_bytes())
    with pytest.raises(SourceError, match=r"^x\.xlsx, zip: expected to unpack to at most"):
        sheet_names(path)
