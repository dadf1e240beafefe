"""What a compiled table is, and its cells as text, with a complaint for every row that cannot be placed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from data_sources.layouts import CODE
from data_sources.periods import read_period
from data_sources.source import FIGURE_COLUMNS, LayoutChanged, SourceError
from data_sources.tables import Sheet


@dataclass(frozen=True)
class Table:
    """Which publication a compiled table stands for, as which of its layouts, what it gives, and how.

    `own_cells` are the columns that its reader checks by rules of its own, in place of the usual ones.
    """

    source_id: str
    layout: str
    gives: str
    read: Callable[[Sheet, pd.DataFrame], pd.DataFrame]
    own_cells: tuple[str, ...] = ()


TOTALS_ONLY = "totals only, incl. NONC"
"""What marks a month known by its totals, patients of commissioners outside England (NONC) included."""

_DAY = r"\d{4}-\d{2}-\d{2}"
# England has a code in compiled tables; a column `level` says that the row is about it.
_CODE = (rf"ENG|{CODE}", "an organisation's code")
_DAY_OR_NOTHING = (rf"(?:{_DAY})?", "a day such as 2024-04-01, or nothing")
_TRUE_OR_FALSE = (r"(?:True|False)", "True or False")

_CELLS = {
    "month": (r"20\d{2}-(?:0[1-9]|1[0-2])", "a month such as 2024-04"),
    "quarter": (
        r"20\d{2}-Q[1-4]|20\d{2}-\d{2} Q[1-4]",
        "a quarter such as 2024-Q2, or of a financial year such as 2025-26 Q3",
    ),
    "year": (r"20\d{2}", "a year such as 2024"),
    "org_code": _CODE,
    "parent_code": (rf"(?:{CODE})?", "a system's code, or nothing"),
    "icb_code_2022": (r"(?:Q[A-Z0-9]{2})?", "an ICB's code such as QMJ, or nothing"),
    "predecessor_code": _CODE,
    "successor_code": _CODE,
    "type": (r"(?:1|2|other)", "a department type 1, 2 or other"),
    "level": (r"(?:provider|icb|national)", "provider, icb or national"),
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


def read_frame(sheet: Sheet, own_cells: tuple[str, ...] = ()) -> pd.DataFrame:
    """The table's cells as text, numbered by their line; a cut row or an unknown word is an error.

    The columns `own_cells` are left to the table's reader.
    """
    header = list(sheet.rows[0])
    for row, cells in enumerate(sheet.rows[1:], start=2):
        if len(cells) != len(header):
            place = sheet.place(row)
            raise LayoutChanged(sheet.file_name, place, f"{len(header)} cells", len(cells))
        if list(cells) == header:
            raise sheet.complain(row, 1, "a row, not the headings once more")
    lines = range(2, len(sheet.rows) + 1)
    frame = pd.DataFrame(sheet.rows[1:], columns=header, index=lines, dtype="str")
    for column in frame.columns.intersection(sorted(_CELLS.keys() - set(own_cells))):
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


def figures_of(
    frame: pd.DataFrame, level: str, measures: Mapping[str, str], period: str = "month"
) -> pd.DataFrame:
    """A figure for each row and each column of `measures` (column to measure).

    `period` names the column that says which month (`2024-04`), quarter (`2024-Q2` of the calendar or
    `2025-26 Q3` of the financial year) or year (`2024`) a row is about. A table without `org_name` gives
    blank names.
    """
    by = ["period_start", "period_end", "level", "org_code", "org_name", "sheet", "source_row"]
    spans = {text: read_period(text) for text in frame[period].unique()}
    starts = {text: start.isoformat() for text, (start, _) in spans.items()}
    ends = {text: end.isoformat() for text, (_, end) in spans.items()}
    wide = frame.assign(
        period_start=frame[period].map(starts).astype("str"),
        period_end=frame[period].map(ends).astype("str"),
        level=level,
        org_name=frame.get("org_name", ""),
        sheet="csv",
        source_row=frame.index,
    ).rename(columns=dict(measures))
    return wide.melt(by, list(measures.values()), "measure")[list(FIGURE_COLUMNS)]
