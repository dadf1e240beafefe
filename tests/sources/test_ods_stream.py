"""Large OpenDocument workbooks: repeated cells and rows, limits, damage."""

from pathlib import Path

import pytest

from data_sources import _ods_stream as stream
from data_sources import tables
from data_sources.archives import ZipLimits
from data_sources.source import SourceError
from data_sources.tables import has_sheets, sheet_names
from tests.sources.files import write_xlsx, write_zip
from tests.sources.ods_files import MIMETYPE, cell, content, row, write_ods, write_ods_tables


def rows_of(path: Path, sheet: str = "B") -> list[tuple[int, list[str]]]:
    return list(stream.stream_rows(path, "file.ods", sheet))


def refusal(path: Path, sheet: str = "B") -> str:
    with pytest.raises(SourceError) as refused:
        rows_of(path, sheet)
    return str(refused.value)


def test_only_the_named_sheet_is_read_with_blank_ends_left_out(tmp_path):
    book = {"A": [["x"]], "B": [["a", "", "b"], ["c"]], "C": [["y"]]}
    assert rows_of(write_ods(tmp_path / "x.ods", book)) == [(1, ["a", "", "b"]), (2, ["c"])]


def test_repeated_cells_count_as_often_as_they_are_repeated(tmp_path):
    cells = cell("a", 2) + cell("", 3) + cell("b") + cell("", 16_000)
    path = write_ods_tables(tmp_path / "x.ods", {"B": row(cells)})
    assert rows_of(path) == [(1, ["a", "a", "", "", "", "b"])]


def test_blank_rows_count_in_the_numbering_and_are_not_spread_out(tmp_path):
    rows = row(cell("a")) + row(cell("", 9), 1_000_000) + row(cell("b"))
    path = write_ods_tables(tmp_path / "x.ods", {"B": rows})
    assert rows_of(path) == [(1, ["a"]), (1_000_002, ["b"])]


def test_dates_are_iso_days_and_notes_are_no_text(tmp_path):
    date = '<table:table-cell office:date-value="2023-02-03T00:00:00">'
    date += "<text:p>3 Feb</text:p></table:table-cell>"
    noted = "<table:table-cell><office:annotation><text:p>note</text:p></office:annotation>"
    noted += "<text:p>Requires<text:s/>improvement</text:p></table:table-cell>"
    path = write_ods_tables(tmp_path / "x.ods", {"B": row(date + noted)})
    assert rows_of(path) == [(1, ["2023-02-03", "Requires improvement"])]


def test_a_row_wider_than_any_table_is_refused(tmp_path):
    path = write_ods_tables(tmp_path / "x.ods", {"B": row(cell("a", 16_000))})
    assert refusal(path) == ("file.ods, sheet 'B', row 1: expected at most 200 cells, found 16000.")


def test_a_missing_sheet_is_refused(tmp_path):
    path = write_ods(tmp_path / "x.ods", {"A": [["x"]]})
    assert refusal(path) == "file.ods, workbook: expected a whole sheet named 'B', found 'none'."


def test_what_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    path = write_ods(tmp_path / "x.ods", {"A": [["x" * 100_000]], "B": [["x"]]})
    monkeypatch.setattr(stream, "MAX_BYTES", 50_000)
    assert refusal(path) == "file.ods: unpacks to more than 50,000 bytes."


def test_entities_are_not_spread_out(tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    text = bomb + content({"B": row(cell("MARK"))}).replace(b"MARK", b"&b;")
    path = write_zip(tmp_path / "x.ods", {"mimetype": MIMETYPE, "content.xml": text})
    assert rows_of(path) == [(1, ["&b;"])]


@pytest.mark.parametrize("kept", [0, 10, 200, 400])
def test_a_damaged_file_is_refused_in_one_sentence(tmp_path, kept):
    path = write_ods(tmp_path / "x.ods", {"B": [["x"]]})
    path.write_bytes(path.read_bytes()[:kept])
    assert refusal(path).startswith("file.ods: not a readable workbook (")
    assert stream.first_part(path, 100) == b""


def test_content_cut_within_the_sheet_is_refused(tmp_path):
    text = content({"B": row(cell("a")) + row(cell("b"))})
    cut = text[: text.index(b">b<")]
    path = write_zip(tmp_path / "x.ods", {"mimetype": MIMETYPE, "content.xml": cut})
    assert refusal(path).startswith("file.ods: not a readable workbook (")


def test_only_spreadsheets_show_their_first_part(tmp_path):
    assert stream.first_part(write_ods(tmp_path / "x.ods", {"B": [["x"]]}), 20) == (
        b"<office:document-con"
    )
    other = write_zip(tmp_path / "y.ods", {"mimetype": b"application/zip", "content.xml": b"x"})
    book = write_xlsx(tmp_path / "z.xlsx", {"B": [["x"]]})
    assert stream.first_part(other, 20) == stream.first_part(book, 20) == b""


def test_a_workbook_too_large_to_open_whole_is_not_opened(tmp_path, monkeypatch):
    path = write_xlsx(tmp_path / "z.xlsx", {"B": [["x"]]})
    monkeypatch.setattr(tables, "_WORKBOOK_LIMITS", ZipLimits(unpacked_bytes=1000))
    assert not has_sheets(path, "B")
    with pytest.raises(SourceError, match=r"^z\.xlsx, zip: expected at most 1,000 bytes unpacked"):
        sheet_names(path)
