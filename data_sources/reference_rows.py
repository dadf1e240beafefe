"""Rules that every reference table keeps: nothing blank, doubled, misspelt, misdated or without a source."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from data_sources.reference_sidecars import Sidecar
from data_sources.reference_sources import source_fault, sources_of
from data_sources.short_dates import bounds, precision_of
from data_sources.source import SourceError

Row = Mapping[str, str]
CodeFault = Callable[[str, str], str | None]
"""What is wrong with an organisation code that stands beside this name; None if nothing is."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row, in a sentence; as text, with the file and the row's number."""

    file_name: str
    number: int
    text: str

    def __str__(self) -> str:
        """`programme_spells.csv, row 101: org_code 'RZX' is not known; …`."""
        return f"{self.file_name}, row {self.number}: {self.text}"


@dataclass(frozen=True)
class ReferenceTable:
    """One hand-kept table, every cell as text, with its sidecar."""

    file_name: str
    rows: Sequence[Row]
    sidecar: Sidecar

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Each row with its number as a person counts them: the header is row 1."""
        return enumerate(self.rows, start=2)

    def fault(self, number: int, text: str) -> Fault:
        """A fault of one row as a plain sentence."""
        return Fault(self.file_name, number, text)


def row_faults(table: ReferenceTable, code_fault: CodeFault) -> list[Fault]:
    """All breaches of what the sidecar promises, row by row; `code_fault` judges organisation codes."""
    rules: tuple[Callable[[Row, Sidecar], Iterator[str]], ...] = (
        _blanks,
        _unknown_words,
        lambda row, sidecar: _strange_codes(row, sidecar, code_fault),
        _wrong_dates,
        _poor_sources,
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
        told_as_blank = not row[column] and column in sidecar.required
        if row[column] not in words and not told_as_blank:
            known = ", ".join(word or "blank" for word in words)
            yield f"{column} {row[column]!r} is not one of {known}."


def _strange_codes(row: Row, sidecar: Sidecar, code_fault: CodeFault) -> Iterator[str]:
    for column in sidecar.org_codes:
        begins = f"{column.removesuffix('code')}name"
        name = next((row[other] for other in row if other.startswith(begins)), "")
        if row[column] and (fault := code_fault(row[column], name)):
            yield f"{column} {fault}"


def _wrong_dates(row: Row, sidecar: Sidecar) -> Iterator[str]:
    for column, precision_column in sidecar.dates.items():
        text = row[column]
        readable = precision_of(text)
        precision = row[precision_column] if precision_column else readable or ""
        if precision_column and bool(text) != bool(precision) and (readable or not text):
            yield f"{column} {text!r} with {precision_column} {precision!r}: give both or neither."
            continue
        try:
            days = bounds(text, precision)
        except SourceError as error:
            yield f"{column}: {error}"
            continue
        if column in sidecar.past and days and days[0] > sidecar.retrieved_on:
            until = f"{sidecar.retrieved_on}, the sidecar's retrieved_on"
            yield f"{column} {text} is after {until}: only what has happened belongs here."


def _poor_sources(row: Row, sidecar: Sidecar) -> Iterator[str]:
    for column in sidecar.sources:
        for source in sources_of(row[column]):
            if fault := source_fault(source):
                yield f"{column} {fault}"


def _repeats(table: ReferenceTable) -> list[Fault]:
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
