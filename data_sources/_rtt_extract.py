"""Reading the incomplete pathways out of a zipped RTT full extract."""

import codecs
import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from data_sources._rtt_layouts import ORGANISATIONS, TOTALS, ExtractLayout, match_layout
from data_sources.archives import read_only_member
from data_sources.source import LayoutChanged, SourceError
from data_sources.tables import Sheet, as_text, decode

_CSV = re.compile(r".+\.csv", re.IGNORECASE)
_HEAD_BYTES = 20_000
_PARTS = ("PART_1A", "PART_1B", "PART_2", "PART_2A", "PART_3")
_TEXTS = ("provider", "provider_name", "parent", "parent_name", "commissioner")


@dataclass(frozen=True)
class Extract:
    """The incomplete pathways (part 2) of one month, per provider, commissioner and function.

    `rows` and `bands` share an index, the 1-based row in the file. `rows` has the text columns
    provider, provider_name, parent and parent_name (the commissioner's), commissioner, function,
    and the pathway counts unknown_start and total. `bands` has the pathway counts by weekly band,
    shortest wait first, the last one open-ended. `period` is as published.
    """

    period: tuple[str, ...]
    rows: pd.DataFrame
    bands: pd.DataFrame


def read_extract(path: Path, file_name: str) -> Extract:
    """The incomplete pathways of a full extract in any known layout.

    A SourceError refuses a zip that is unsafe or holds other than one CSV, a header of no known
    layout, rows of several periods, an unknown part, and a count that is no whole number. A blank
    count is zero: so the publisher leaves empty bands of some functions.
    """
    content = read_only_member(path, file_name, _CSV, "one CSV").removeprefix(codecs.BOM_UTF8)
    head, lines = _read_head(_first_lines(content, file_name), file_name)
    layout = match_layout(head)
    table = _read_table(content, layout, lines, file_name)
    if not table.num_rows:
        raise SourceError(f"{file_name}: no rows below the header.")
    row_numbers = np.arange(table.num_rows) + len(head.rows) + 1
    table = table.append_column("row", pa.array(row_numbers))
    period = tuple(_only_value(table, column, file_name) for column in layout.period)
    return _as_frames(_incomplete(table, layout.part, file_name), layout, period, file_name)


def _first_lines(content: bytes, file_name: str) -> str:
    if len(content) <= _HEAD_BYTES:
        return decode(content, file_name)
    return decode(content[:_HEAD_BYTES].rpartition(b"\n")[0], file_name)


def _read_head(text: str, file_name: str) -> tuple[Sheet, int]:
    """The rows down to the header, and how many lines of text they take up."""
    reader = csv.reader(io.StringIO(text, newline=""))
    rows: list[list[str]] = []
    for cells in reader:
        rows.append([as_text(cell) for cell in cells])
        if sum(map(bool, rows[-1])) > 1:  # a title row fills one cell at most
            return Sheet(file_name, "csv", rows), reader.line_num
    raise LayoutChanged(file_name, "csv", "a header row", text[:40])


def _read_table(content: bytes, layout: ExtractLayout, lines: int, file_name: str) -> Any:
    """Columns that are read: texts, and counts as whole numbers with a blank as null.

    Where something is no number or no UTF-8, all as text and on one thread, so that a complaint can say
    in which row it stands.
    """
    try:
        return _parse(content, layout, lines, pa.uint32(), use_threads=True)
    except pa.ArrowInvalid:
        text = decode(content, file_name).encode()
    try:
        return _parse(text, layout, lines, pa.string(), use_threads=False)
    except pa.ArrowInvalid as error:
        raise SourceError(f"{file_name}: {error}.") from error


def _parse(
    content: bytes, layout: ExtractLayout, lines: int, count_type: Any, use_threads: bool
) -> Any:
    texts = (*layout.period, layout.part, layout.function[0], *ORGANISATIONS[2:7])
    counts = (*layout.bands, *TOTALS[1:])
    return arrow_csv.read_csv(
        pa.py_buffer(content),
        arrow_csv.ReadOptions(
            skip_rows=lines, column_names=layout.columns, use_threads=use_threads
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(texts, pa.string()) | dict.fromkeys(counts, count_type),
            include_columns=[*texts, *counts],
            null_values=[""],
            strings_can_be_null=False,
        ),
    )


def _only_value(table: Any, column: str, file_name: str) -> str:
    values = pc.unique(table[column])
    if len(values) > 1:
        place = _place(table, pc.equal(table[column], values[1]), column)
        raise LayoutChanged(file_name, place, f"{str(values[0])!r} as above", str(values[1]))
    return str(values[0])


def _place(table: Any, wrong: Any, column: str) -> str:
    """How to point a person at the first row that is marked in `wrong`."""
    return f"row {table['row'][pc.index(wrong, True).as_py()]}, column {column!r}"


def _incomplete(table: Any, column: str, file_name: str) -> Any:
    parts = pc.utf8_upper(pc.utf8_trim_whitespace(table[column]))
    unknown = pc.invert(pc.is_in(parts, pa.array(_PARTS)))
    if pc.any(unknown).as_py():
        found = table[column].filter(unknown)[0].as_py()
        raise LayoutChanged(file_name, _place(table, unknown, column), "a known RTT part", found)
    return table.filter(pc.equal(parts, "PART_2"))


def _as_frames(
    table: Any, layout: ExtractLayout, period: tuple[str, ...], file_name: str
) -> Extract:
    index = pd.Index(table["row"].to_numpy())
    texts = dict(zip(_TEXTS, ORGANISATIONS[2:7], strict=True)) | {"function": layout.function[0]}
    counts = {"unknown_start": TOTALS[1], "total": TOTALS[2]}
    rows = {name: _texts(table[column]) for name, column in texts.items()}
    rows |= {name: _counts(table, column, file_name) for name, column in counts.items()}
    bands = {column: _counts(table, column, file_name) for column in layout.bands}
    return Extract(period, pd.DataFrame(rows, index=index), pd.DataFrame(bands, index=index))


def _texts(column: Any) -> Any:
    return pc.utf8_trim_whitespace(column).to_numpy()


def _counts(table: Any, column: str, file_name: str) -> Any:
    text = table[column]
    if pa.types.is_integer(text.type):
        return pc.cast(pc.fill_null(text, 0), pa.int64()).to_numpy()
    try:
        digits = pc.if_else(pc.equal(text, ""), "0", text)
        return pc.cast(pc.cast(digits, pa.uint32()), pa.int64()).to_numpy()
    except pa.ArrowInvalid as error:
        wrong = pc.invert(pc.match_substring_regex(text, r"^\d{0,9}$"))
        found = text.filter(wrong)[0].as_py()
        place = _place(table, wrong, column)
        raise LayoutChanged(file_name, place, "a whole number of pathways", found) from error
