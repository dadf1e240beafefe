"""A person's own CSV: read as text, each complaint naming file, row and column."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data_sources.source import SourceError
from data_sources.tables import read_delimited
from indicators.analyses.refusal import Refusal
from indicators.stats.rows import BadRow

_SMALLEST, _LARGEST = 1e-100, 1e100
"""Sizes of numbers other than 0 whose squares a computer can still hold."""

_MAY_BE_MISSING = ("value", "numerator", "denominator")


@dataclass(frozen=True)
class OwnData:
    """The rows of a file as text, blank cells ''; indexed by the row in the file, whose header is row 1."""

    name: str
    rows: pd.DataFrame

    def refuse(self, row: int, column: str, problem: str) -> Refusal:
        """The refusal that names a cell; `problem` ends a sentence that begins with it."""
        return Refusal("BAD_DATA", f"{self.name}, row {row}, column {column}: {problem}.")

    def refuse_bad_row(self, bad: BadRow) -> Refusal:
        """The refusal of a row that statistics cannot be made of, with what stands there."""
        row = int(self.rows.index[bad.position])
        text = str(self.rows.loc[row, bad.column])
        return self.refuse(row, bad.column, f"{text!r} {bad.problem}" if text else bad.problem)

    def need(self, *columns: str) -> None:
        """Refuse a file that lacks one of the columns."""
        for column in columns:
            if column not in self.rows:
                wanted = ", ".join(columns)
                raise Refusal(
                    "BAD_DATA", f"{self.name}, row 1: no column {column!r}; needed are {wanted}."
                )

    def text(self, column: str) -> pd.Series:
        """A column as text, blank cells missing."""
        return self.rows[column].where(self.rows[column] != "")

    def numbers(self, column: str) -> pd.Series:
        """A column as numbers, blank cells missing; anything else is refused."""
        found = [
            self._number(row, column, text)
            for row, text in zip(self.rows.index, self.rows[column], strict=True)
        ]
        return pd.Series(found, index=self.rows.index, dtype=float)

    def _number(self, row: int, column: str, text: str) -> float:
        if not text:
            return math.nan
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            blank = (
                ", and leave the cell blank where it is missing"
                if column in _MAY_BE_MISSING
                else ""
            )
            advice = f"Write digits alone, such as 1234.5{blank}"
            raise self.refuse(row, column, f"{text!r} is not a number. {advice}")
        if number and not _SMALLEST <= abs(number) <= _LARGEST:
            raise self.refuse(row, column, f"{text!r} is too large or too small to reckon with")
        return number


def read_own_data(path: Path) -> OwnData:
    """A CSV with a header row; columns in any order, others ignored, rows without any text left out."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refusal("BAD_DATA", f"{path}: cannot be read ({error.strerror}).") from error
    return own_data_of(content, path.name)


def own_data_of(content: bytes, name: str) -> OwnData:
    """The same of a file's content."""
    try:
        header, *lines = read_delimited(content, name).rows or [[]]
    except SourceError as error:
        raise Refusal("BAD_DATA", str(error)) from error
    _check_header(header, name)
    filled = {row: cells for row, cells in enumerate(lines, start=2) if any(cells)}
    for row, cells in filled.items():
        if len(cells) != len(header):
            found = f"row {row} has {len(cells)} cells and the header {len(header)}"
            advice = "Put a text with a comma in it into quotation marks"
            raise Refusal("BAD_DATA", f"{name}: {found}. {advice}.")
    if not filled:
        raise Refusal("BAD_DATA", f"{name} has no rows of data.")
    return OwnData(name, pd.DataFrame(list(filled.values()), list(filled), list(header)))


def _check_header(header: Sequence[str], name: str) -> None:
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        raise Refusal("BAD_DATA", f"{name}, row 1: columns have to be separated by commas.")
    twice = [column for column in header if column and header.count(column) > 1]
    if twice:
        raise Refusal("BAD_DATA", f"{name}, row 1: two columns are called {twice[0]!r}.")
