"""Rules that every reference table keeps: nothing blank, doubled, misspelt or misdated."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from data_sources.reference_sidecars import Sidecar
from data_sources.short_dates import bounds, precision_of
from data_sources.source import SourceError

Row = Mapping[str, str]
# Three characters, or the five of codes given out since 2024 (G6V2S, S0E4D).
_ORG_CODE = re.compile(r"[RTQ][A-Z0-9]{2}|[A-Z]\d[A-Z]\d[A-Z]")


@dataclass(frozen=True)
class ReferenceTable:
    """One hand-kept table, every cell as text, with its sidecar."""

    file_name: str
    rows: Sequence[Row]
    sidecar: Sidecar

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Each row with its number as a person counts them: the header is row 1."""
        return enumerate(self.rows, start=2)

    def fault(self, number: int, text: str) -> str:
        """A fault of one row as a plain sentence."""
        return f"{self.file_name}, row {number}: {text}"


def row_faults(table: ReferenceTable) -> list[str]:
    """All breaches of what the sidecar promises, row by row."""
    rules: tuple[Callable[[Row, Sidecar], Iterator[str]], ...] = (
        _blanks,
        _unknown_words,
        _strange_codes,
        _wrong_dates,
    )
    faults = [
        table.fault(number, text)
        for number, row in table.numbered()
        for rule in rules
        for text in rule(row, table.sidecar)
    ]
    return faults + _repeats(table)


def _blanks(row: Row, sidecar: Sidecar) -> Iterator[str]:
    for column in sidecar.required:
        if not row[column]:
            yield f"{column} is blank."


def _unknown_words(row: Row, sidecar: Sidecar) -> Iterator[str]:
    for column, words in sidecar.vocabulary.items():
        if row[column] not in words:
            known = ", ".join(word or "blank" for word in words)
            yield f"{column} {row[column]!r} is not one of {known}."


def _strange_codes(row: Row, sidecar: Sidecar) -> Iterator[str]:
    for column in sidecar.org_codes:
        if row[column] and not _ORG_CODE.fullmatch(row[column]):
            yield f"{column} {row[column]!r} is no organisation code such as RXW, QOC or G6V2S."


def _wrong_dates(row: Row, sidecar: Sidecar) -> Iterator[str]:
    for column, precision_column in sidecar.dates.items():
        text = row[column]
        precision = row[precision_column] if precision_column else precision_of(text) or ""
        if precision_column and bool(text) != bool(precision):
            yield f"{column} {text!r} with {precision_column} {precision!r}: give both or neither."
            continue
        try:
            bounds(text, precision)
        except SourceError as error:
            yield f"{column}: {error}"


def _repeats(table: ReferenceTable) -> list[str]:
    seen: dict[tuple[str, ...], int] = {}
    faults = []
    for number, row in table.numbered():
        key = tuple(row[column] for column in table.sidecar.key)
        first = seen.setdefault(key, number)
        if first != number:
            named = ", ".join(table.sidecar.key)
            told = ", ".join(part or "blank" for part in key)
            faults.append(table.fault(number, f"{named} {told} as in row {first}."))
    return faults
