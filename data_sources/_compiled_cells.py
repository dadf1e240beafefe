"""Cells of a compiled table as text, with a complaint for every row that cannot be placed."""

import re

import pandas as pd

from data_sources.source import LayoutChanged, SourceError
from data_sources.tables import Sheet

TOTALS_ONLY = "totals only, incl. NONC"
"""What marks a month known by its totals, patients of commissioners outside England (NONC) included."""

_DAY = r"\d{4}-\d{2}-\d{2}"
_CODE = (r"\S+", "an organisation's code")
_DAY_OR_NOTHING = (rf"(?:{_DAY})?", "a day such as 2024-04-01, or nothing")
_TRUE_OR_FALSE = (r"(?:True|False)", "True or False")

_CELLS = {
    "month": (r"20\d{2}-(?:0[1-9]|1[0-2])", "a month such as 2024-04"),
    "org_code": _CODE,
    "predecessor_code": _CODE,
    "successor_code": _CODE,
    "type": (r"(?:1|2|other)", "a department type 1, 2 or other"),
    "level": (r"(?:provider|icb)", "provider or icb"),
    "basis": (rf"(?:full extract|{re.escape(TOTALS_ONLY)})", f"'full extract' or {TOTALS_ONLY!r}"),
    "is_nhs_trust": _TRUE_OR_FALSE,
    "is_foundation_trust": _TRUE_OR_FALSE,
    "legal_start_date": _DAY_OR_NOTHING,
    "legal_end_date": _DAY_OR_NOTHING,
    "valid_from": (_DAY, "a day such as 2024-04-01"),
    "valid_to": (_DAY, "a day such as 2024-04-01"),
    "open_date": _DAY_OR_NOTHING,
    "close_date": _DAY_OR_NOTHING,
}
"""What stands in the columns that decide how a row is read, and how to say so; figures stay as they are."""


def read_frame(sheet: Sheet) -> pd.DataFrame:
    """The table's cells as text, numbered by their line; a cut row or an unknown word is an error."""
    header = list(sheet.rows[0])
    for row, cells in enumerate(sheet.rows[1:], start=2):
        if len(cells) != len(header):
            place = sheet.place(row)
            raise LayoutChanged(sheet.file_name, place, f"{len(header)} cells", len(cells))
    lines = range(2, len(sheet.rows) + 1)
    frame = pd.DataFrame(sheet.rows[1:], columns=header, index=lines, dtype="str")
    for column in frame.columns.intersection(list(_CELLS)):
        require(sheet, frame, column, *_CELLS[column])
    return frame


def require(sheet: Sheet, frame: pd.DataFrame, column: str, pattern: str, expected: str) -> None:
    """Refuse the first cell of a column that is not `expected` (what `pattern` matches, in words)."""
    strange = ~frame[column].str.fullmatch(pattern)
    if strange.any():
        row = int(frame.index[strange][0])
        raise sheet.complain(row, sheet.rows[0].index(column) + 1, expected)


def refuse_repeats(sheet: Sheet, frame: pd.DataFrame, columns: list[str]) -> None:
    """Refuse the first row that says the same in `columns` as one above it."""
    repeats = frame[frame.duplicated(columns)]
    if not repeats.empty:
        row = int(repeats.index[0])
        what = ", ".join(repeats.iloc[0][columns])
        raise SourceError(f"{sheet.file_name}, {sheet.place(row)}: a second row for {what}.")
