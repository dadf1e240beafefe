"""Writing small published files: sheets are lists of rows, row 1 and column A first."""

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import xlwt

from data_sources.snapshots import sha256_of
from data_sources.source import Snapshot

Rows = Sequence[Sequence[object]]
Book = Mapping[str, Rows]
"""Sheets by name. A delimited file is a book of one sheet."""


def snapshot_of(path: Path, source_id: str, file_name: str | None = None) -> Snapshot:
    """The file as the snapshot that `parse` is given."""
    content = path.read_bytes()
    name = file_name or path.name
    return Snapshot(f"{source_id}-x", source_id, path, name, sha256_of(content), len(content))


def write_xlsx(path: Path, book: Book) -> Path:
    """A workbook of the present format; None and '' are empty cells."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in book.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    workbook.save(path)
    return _undated(path)


def _undated(path: Path) -> Path:
    """The same length whenever it is written: hypothesis must be able to cut it again at the same byte."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    core = members["docProps/core.xml"]
    members["docProps/core.xml"] = re.sub(
        rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2024-01-01T00:00:00Z", core
    )
    return write_zip(path, members)


def write_xls(path: Path, book: Book) -> Path:
    """A workbook of the old format."""
    workbook = xlwt.Workbook()
    for name, rows in book.items():
        sheet = workbook.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell not in ("", None):
                    sheet.write(row, column, cell)
    workbook.save(str(path))
    return path


def csv_bytes(rows: Rows, encoding: str = "utf-8", line_end: str = "\r\n") -> bytes:
    """Delimited text of these rows."""
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows(rows)
    return text.getvalue().encode(encoding)


def write_csv(path: Path, rows: Rows, encoding: str = "utf-8") -> Path:
    """A CSV of these rows."""
    path.write_bytes(csv_bytes(rows, encoding))
    return path


def write_zip(path: Path, members: Mapping[str, bytes]) -> Path:
    """A zip of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
