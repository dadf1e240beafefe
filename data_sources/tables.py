"""Reading workbooks and delimited text as text, with every complaint naming file, sheet and cell."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook

from data_sources.archives import ZipLimits, check_zip
from data_sources.source import FIGURE_COLUMNS, LayoutChanged, SourceError

WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""First bytes of a zipped workbook (xlsx, xlsm, ods) and of an old one (xls)."""

_OLD_START = WORKBOOK_STARTS[1]
_WORKBOOK_MEMBERS = {"[Content_Types].xml", "mimetype"}
"""One of these every zipped workbook has: the first those of Office, the second OpenDocument."""
_WORKBOOK_LIMITS = ZipLimits(unpacked_bytes=500_000_000)
"""A workbook is held in memory whole, in several times its unpacked size."""


def as_text(cell: object) -> str:
    """A cell as a reader sees it: stripped, whole numbers without `.0`, dates as ISO, empty as ''."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).replace("\xa0", " ").strip()


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet as text, counted as a person counts them: row 1 and column A are the first."""

    file_name: str
    name: str
    rows: Sequence[Sequence[str]]

    def cell(self, row: int, column: int) -> str:
        """The text at (row, column), both 1-based; '' outside the filled area."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        return cells[column - 1] if 0 < column <= len(cells) else ""

    def place(self, row: int, column: int | None = None) -> str:
        """How to point a person at a cell: `sheet 'Provider Level Data', cell B16`."""
        if column is None:
            return f"sheet {self.name!r}, row {row}"
        return f"sheet {self.name!r}, cell {column_letters(column)}{row}"

    def complain(self, row: int, column: int, expected: str) -> LayoutChanged:
        """The error to raise when the cell at (row, column) is not what the layout promises."""
        return LayoutChanged(
            self.file_name, self.place(row, column), expected, self.cell(row, column)
        )


def column_letters(column: int) -> str:
    """Spreadsheet letters of a 1-based column number: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def is_workbook(path: Path) -> bool:
    """Whether a file is an xls, xlsx, xlsm or ods workbook, perhaps a damaged one, and no other zip."""
    return _is_workbook(*_version(path))


@lru_cache(maxsize=4)
def _is_workbook(path: str, _written: int, _size: int) -> bool:
    with Path(path).open("rb") as file:
        start = file.read(4)
    if start != WORKBOOK_STARTS[0]:
        return start in WORKBOOK_STARTS
    try:
        with zipfile.ZipFile(path) as archive:
            return not _WORKBOOK_MEMBERS.isdisjoint(archive.namelist())
    except zipfile.BadZipFile:
        return True


def has_sheets(path: Path, *names: str) -> bool:
    """Whether a file is a readable workbook with all these sheets: for recognising, never an error."""
    try:
        return is_workbook(path) and set(names) <= set(sheet_names(path))
    except SourceError:
        return False


def first_line(path: Path) -> str:
    """The first line of a text file, at most 8,000 bytes of it, without quotes: for recognising."""
    with path.open("rb") as file:
        start = file.readline(8000).removeprefix(b"\xef\xbb\xbf")
    return start.decode("utf-8", "replace").rstrip("\r\n").replace('"', "")


def sheet_names(path: Path) -> list[str]:
    """Names of the sheets of a workbook; a file that is no readable workbook is a SourceError."""
    with _complaining(path.name):
        return list(_open_workbook(path).sheet_names)


def read_sheet(path: Path, name: str, file_name: str | None = None) -> Sheet:
    """One sheet of a workbook (xls, xlsx, ods), every cell as text, empty leading rows and columns kept."""
    file_name = file_name or path.name
    with _complaining(file_name):
        names = _open_workbook(path).sheet_names
        if name not in names:
            found = ", ".join(names)
            raise LayoutChanged(file_name, "workbook", f"a sheet named {name!r}", found)
        return Sheet(file_name, name, _rows_of_sheet(*_version(path), name))


def _version(path: Path) -> tuple[str, int, int]:
    """What tells one state of a file from another."""
    state = path.stat()
    return str(path), state.st_mtime_ns, state.st_size


def _open_workbook(path: Path) -> CalamineWorkbook:
    return _workbook(*_version(path))


# Many publications look into a file to see whether it is theirs, and then one reads it: it is opened once.
@lru_cache(maxsize=1)
def _workbook(path: str, _written: int, _size: int) -> CalamineWorkbook:
    _refuse_bomb(Path(path))
    return CalamineWorkbook.from_path(path)


def _refuse_bomb(path: Path) -> None:
    """The reader unpacks without bounds, and finds the zip wherever in the file it begins."""
    with path.open("rb") as file:
        is_old = file.read(4) == _OLD_START
    if not is_old and zipfile.is_zipfile(path):
        check_zip(path, path.name, _WORKBOOK_LIMITS)


@lru_cache(maxsize=4)
def _rows_of_sheet(path: str, written: int, size: int, name: str) -> list[list[str]]:
    sheet = _workbook(path, written, size).get_sheet_by_name(name)
    return [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


@contextmanager
def _complaining(file_name: str) -> Iterator[None]:
    """Turn whatever the workbook reader raises on a damaged file into one plain sentence."""
    try:
        yield
    except (SourceError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic inside the reader is no Exception
        reason = " ".join(str(error).split())
        raise SourceError(f"{file_name}: not a readable workbook ({reason}).") from error


def decode(content: bytes, file_name: str = "the file") -> str:
    """Text of a published CSV: UTF-8 (with or without mark), else Windows-1252, else a SourceError."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{file_name}: not text (byte {error.start + 1} is neither UTF-8 nor Windows-1252)."
        ) from error


def read_delimited(content: bytes, file_name: str) -> Sheet:
    """A CSV as a Sheet (row 1 is the first line); quoted cells may hold line breaks."""
    reader = csv.reader(io.StringIO(decode(content, file_name), newline=""), strict=True)
    try:
        rows = [[as_text(cell) for cell in row] for row in reader]
    except csv.Error as error:
        raise SourceError(f"{file_name}, line {reader.line_num}: {error}.") from error
    return Sheet(file_name, "csv", rows)


def read_whole_csv(path: Path, file_name: str) -> Sheet:
    """A published CSV as a Sheet; one whose last line has no end is a SourceError.

    Nothing else would show that a file was cut inside its last cell.
    """
    content = path.read_bytes()
    if not content.endswith((b"\n", b"\r")):
        raise SourceError(f"{file_name}: the last line has no end: the file is cut short.")
    return read_delimited(content, file_name)


def figures_frame(rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    """Rows in FIGURE_COLUMNS order as a frame of figures."""
    return pd.DataFrame(list(rows), columns=list(FIGURE_COLUMNS))


def refuse_duplicates(figures: pd.DataFrame, file_name: str) -> pd.DataFrame:
    """The same figures, or an error naming the first organisation that a file counts twice."""
    key = ["period_start", "level", "org_code", "measure"]
    repeated = figures[figures.duplicated(key)]
    if not repeated.empty:
        first = repeated.iloc[0]
        raise SourceError(
            f"{file_name}, sheet {first['sheet']!r}, row {first['source_row']}: "
            f"a second row for {first['org_code']} in {first['period_start']}."
        )
    return figures
