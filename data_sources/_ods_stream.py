"""Reading one sheet of a very large OpenDocument workbook row by row, in little memory and within limits.

Such a file unpacks to more than a gigabyte of XML: opened whole it would fill the machine.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from lxml import etree  # type: ignore[import-untyped]

from data_sources.source import LayoutChanged, SourceError

MAX_BYTES = 4_000_000_000
"""The most that is unpacked: several times the largest file known, far less than a zip bomb."""

MAX_COLUMNS = 200
"""The most cells of a row; blanks up to the sheet's edge (one cell repeated very often) do not count."""

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, OSError)


def first_part(path: Path, size: int) -> bytes:
    """The first `size` bytes of an OpenDocument spreadsheet's content, b'' if it is none: for recognising."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.read("mimetype")[: len(_MIMETYPE)] != _MIMETYPE:
                return b""
            with archive.open("content.xml") as content:
                return content.read(size)
    except (*_DAMAGED, RuntimeError):
        return b""


def stream_rows(path: Path, file_name: str, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """Number (1-based) and cells of each filled row of a sheet, blanks at the end of a row left out.

    A date is its ISO day. A SourceError: a damaged file, no such sheet, more than MAX_BYTES unpacked or
    MAX_COLUMNS filled.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
            yield from _rows(_Limited(content, file_name), file_name, sheet)
    except (*_DAMAGED, RuntimeError, etree.LxmlError) as error:
        reason = " ".join(str(error).split())
        raise SourceError(f"{file_name}: not a readable workbook ({reason}).") from error


class _Limited:
    """A stream that refuses to give more than MAX_BYTES."""

    def __init__(self, stream: IO[bytes], file_name: str) -> None:
        self._stream = stream
        self._file_name = file_name
        self._given = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, as a file gives them."""
        part = self._stream.read(size)
        self._given += len(part)
        if self._given > MAX_BYTES:
            raise SourceError(f"{self._file_name}: unpacks to more than {MAX_BYTES:,} bytes.")
        return part


def _rows(stream: _Limited, file_name: str, sheet: str) -> Iterator[tuple[int, list[str]]]:
    tags = (f"{_TABLE}table", f"{_TABLE}table-row")
    # The parser's own limits are below the size of these files; ours are in _Limited.
    events = etree.iterparse(
        stream, ("start", "end"), tag=tags, huge_tree=True, resolve_entities=False, no_network=True
    )
    is_wanted, number = False, 0
    for event, element in events:
        if element.tag == tags[0]:
            if is_wanted and event == "end":
                return
            is_wanted = element.get(f"{_TABLE}name") == sheet
        elif event == "end":
            if is_wanted:
                number += 1
                if cells := _cells(element, file_name, f"sheet {sheet!r}, row {number}"):
                    yield number, cells
                number += int(element.get(f"{_TABLE}number-rows-repeated", "1")) - 1
            _forget(element)
    raise LayoutChanged(file_name, "workbook", f"a whole sheet named {sheet!r}", "none")


def _cells(row: Any, file_name: str, place: str) -> list[str]:
    cells: list[str] = []
    blanks = 0
    for cell in row.iterchildren(*_CELLS):
        text = _text(cell)
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if not text:
            blanks += repeated
            continue
        if len(cells) + blanks + repeated > MAX_COLUMNS:
            found = len(cells) + blanks + repeated
            raise LayoutChanged(file_name, place, f"at most {MAX_COLUMNS} cells", found)
        cells += [""] * blanks + [text] * repeated
        blanks = 0
    return cells


def _text(cell: Any) -> str:
    """A cell as a reader sees it, a date as its ISO day; notes on the cell are no part of it."""
    if day := cell.get(f"{_OFFICE}date-value"):
        return str(day)[:10]
    for space in cell.iter(f"{_TEXT}s"):
        space.text = " "
    lines = ("".join(line.itertext()) for line in cell.iterchildren(f"{_TEXT}p"))
    return " ".join(" ".join(lines).replace("\xa0", " ").split())


def _forget(element: Any) -> None:
    """Give back the memory of a row and of those before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
