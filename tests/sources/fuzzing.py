"""Damage as it happens to published files, and the one rule for it: read right, or refused.

A test names a sound file (a book of sheets), how it is written, and its publication. Each damage is drawn by
hypothesis. Of a damaged file every figure that is read must be one that the sound file holds; and unless rows
were lost, none may be missing. (Rows lost from a file without totals are the release checks' to find.)
"""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from data_sources.source import Snapshot, SourceError
from data_sources.tables import is_workbook
from tests.sources.files import Book

Grid = dict[str, list[list[object]]]
Writer = Callable[[Path, Book], Path]
Damage = Callable[[Grid, st.DataObject], bool]
"""Changes the grid in place; returns whether rows may be missing from what is read afterwards."""

_KEY = ["period_start", "period_end", "level", "org_code", "measure", "value"]

_EXPLORED = int(os.environ.get("FUZZ_EXAMPLES", "0"))
fuzz = settings(
    # The gate draws the same few damages each time, so that it fails for what changed and keeps its time;
    # `make fuzz` draws others, and many.
    max_examples=_EXPLORED or 30,
    derandomize=not _EXPLORED,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _sheet(grid: Grid, data: st.DataObject) -> list[list[object]]:
    return grid[data.draw(st.sampled_from(sorted(grid)), label="sheet")]


def _row(rows: list[list[object]], data: st.DataObject) -> int:
    return data.draw(st.integers(0, len(rows) - 1), label="row")


def lose_rows(grid: Grid, data: st.DataObject) -> bool:
    """The file ends early."""
    rows = _sheet(grid, data)
    del rows[_row(rows, data) :]
    return True


def lose_a_row(grid: Grid, data: st.DataObject) -> bool:
    """One row is gone from the middle."""
    rows = _sheet(grid, data)
    del rows[_row(rows, data)]
    return True


def double_a_row(grid: Grid, data: st.DataObject) -> bool:
    """One row stands there twice."""
    rows = _sheet(grid, data)
    row = _row(rows, data)
    rows.insert(data.draw(st.integers(0, len(rows)), label="at"), list(rows[row]))
    return False


def shuffle_columns(grid: Grid, data: st.DataObject) -> bool:
    """The columns come in another order, headings with them."""
    rows = _sheet(grid, data)
    width = max(map(len, rows), default=0)
    order = data.draw(st.permutations(range(width)), label="order")
    rows[:] = [[row[at] if at < len(row) else "" for at in order] for row in rows]
    return False


def swap_headings(grid: Grid, data: st.DataObject) -> bool:
    """Two headings change places and the figures under them do not."""
    headers = [row for rows in grid.values() for row in rows if _is_header(row)]
    if not headers:
        return True
    row = data.draw(st.sampled_from(headers), label="header")
    one, other = data.draw(st.permutations([at for at, cell in enumerate(row) if cell]))[:2]
    row[one], row[other] = row[other], row[one]
    return True


def _is_header(row: list[object]) -> bool:
    filled = [cell for cell in row if cell not in ("", None)]
    return len(filled) > 3 and all(map(_is_text, filled))


def _is_text(cell: object) -> bool:
    """Whether a cell holds words: neither a number, though written as text, nor a mark such as [z]."""
    return isinstance(cell, str) and not cell.startswith("[") and any(map(str.isalpha, cell))


def rename_a_heading(grid: Grid, data: st.DataObject) -> bool:
    """A text cell is replaced by another."""
    rows = _sheet(grid, data)
    row = rows[_row(rows, data)]
    texts = [at for at, cell in enumerate(row) if _is_text(cell)]
    if texts:
        row[data.draw(st.sampled_from(texts), label="cell")] = "Something else"
    return True


def add_a_total(grid: Grid, data: st.DataObject) -> bool:
    """A row of sums that was not there, labelled as publishers label them."""
    rows = _sheet(grid, data)
    row = list(rows[_row(rows, data)])
    label = data.draw(st.sampled_from(["Total", "TOTAL", "England", "ENGLAND", "Grand Total"]))
    row = [label if _is_text(cell) else cell for cell in row]
    rows.insert(data.draw(st.integers(0, len(rows)), label="at"), row)
    return False


def lose_a_column(grid: Grid, data: st.DataObject) -> bool:
    """A column is gone."""
    rows = _sheet(grid, data)
    width = max(map(len, rows), default=0)
    if width:
        gone = data.draw(st.integers(0, width - 1), label="column")
        rows[:] = [row[:gone] + row[gone + 1 :] for row in rows]
    return True


def insert_a_column(grid: Grid, data: st.DataObject) -> bool:
    """An empty column stands between the others."""
    rows = _sheet(grid, data)
    at = data.draw(st.integers(0, max(map(len, rows), default=0)), label="column")
    rows[:] = [[*row[:at], "", *row[at:]] for row in rows]
    return True


DAMAGES: tuple[Damage, ...] = (
    lose_rows,
    lose_a_row,
    double_a_row,
    shuffle_columns,
    swap_headings,
    rename_a_heading,
    add_a_total,
    lose_a_column,
    insert_a_column,
)


def figures_of(publication: Any, snapshot: Snapshot) -> pd.DataFrame:
    """What the file says, as the columns that make a figure."""
    return publication.parse(snapshot).tables["figures"][_KEY].astype(str)


def check_damaged_file(
    publication: Any,
    book: Book,
    write: Writer,
    file_name: str,
    data: st.DataObject,
    damages: tuple[Damage, ...] = DAMAGES,
) -> None:
    """Damage the book in one way; what is then read must be refused, or hold no figure that was not there.

    Figures must be numbers or marks in the book, headings texts. `file_name` must be one that a sound file
    could have (the period may stand in it). Leave a damage out only where nothing in the file could show it,
    and say why.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / file_name
        sound = figures_of(publication, _snapshot(write(path, book), publication))
        grid: Grid = {name: [list(row) for row in rows] for name, rows in book.items()}
        damage = data.draw(st.sampled_from(damages), label="damage")
        may_lose = damage(grid, data)
        _judge(publication, write, path, grid, sound, may_lose)


def check_cut_file(
    publication: Any, book: Book, write: Writer, file_name: str, data: st.DataObject
) -> None:
    """The same of a file cut after any of its bytes, as a broken download leaves it, or, of a delimited one,
    saved by another program: in another encoding or with other line ends.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / file_name
        sound = figures_of(publication, _snapshot(write(path, book), publication))
        content = path.read_bytes()
        if not is_workbook(path) and not zipfile.is_zipfile(path):
            way = data.draw(st.sampled_from((_cut, *_RESAVED)), label="way")
        else:
            way = _cut
        path.write_bytes(way(content, data))
        _compare(publication, path, sound, may_lose=way is _cut)


def _cut(content: bytes, data: st.DataObject) -> bytes:
    # A share, because a workbook written twice is not of the same length to the byte.
    share = data.draw(st.integers(1, 999_999), label="millionths kept")
    return content[: max(1, len(content) * share // 1_000_000)]


def _resaved(encoding: str, line_end: str) -> Callable[[bytes, st.DataObject], bytes]:
    def save(content: bytes, _: st.DataObject) -> bytes:
        lines = content.decode("utf-8-sig").replace("\r\n", "\n")
        return lines.replace("\n", line_end).encode(encoding, "replace")

    return save


_RESAVED = tuple(
    _resaved(encoding, line_end)
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be")
    for line_end in ("\n", "\r\n", "\r")
)


def _judge(
    publication: Any, write: Writer, path: Path, grid: Grid, sound: pd.DataFrame, may_lose: bool
) -> None:
    try:
        write(path, grid)
    except (ValueError, IndexError):
        return  # no such file can be written, so none can be published
    _compare(publication, path, sound, may_lose)


def _compare(publication: Any, path: Path, sound: pd.DataFrame, may_lose: bool) -> None:
    try:
        found = figures_of(publication, _snapshot(path, publication))
    except SourceError as refusal:
        assert str(refusal).startswith(path.name), f"does not name the file: {refusal}"
        return
    true, read = (set(frame.itertuples(index=False, name=None)) for frame in (sound, found))
    assert read <= true, f"figures that are not in the sound file: {sorted(read - true)[:3]}"
    assert len(found) == len(read), "a figure is counted twice"
    assert may_lose or read == true, f"figures lost without a word: {sorted(true - read)[:3]}"


def _snapshot(path: Path, publication: Any) -> Snapshot:
    return Snapshot("x", publication.SOURCE.id, path, path.name, "", path.stat().st_size)
