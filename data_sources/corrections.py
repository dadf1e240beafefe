"""A correction of the programme spells: the exact row to send, and every fault that it would bring."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from data_sources.reference_rows import Fault, ReferenceTable, Row
from data_sources.reference_sidecars import Sidecar
from data_sources.reference_tables import table_faults
from data_sources.short_dates import days_meant, precision_of

SPELLS = "programme_spells"
# No rule ties the spells to any other table.
_JUDGED_TOGETHER = (SPELLS, "programmes", "org_types")

Tables = Mapping[str, ReferenceTable]
"""Reference tables by name, as `read_tables` gives them."""


@dataclass(frozen=True)
class Correction:
    """A row that is to replace another one or to be added at the end of programme_spells.csv.

    `number` is its row as a person counts them (the header is row 1). `retrieved_on` is what the table's
    sidecar must say as well, None where it may stay: a row cannot tell of days after the table's own.
    """

    row: Row
    number: int
    replaced: Row | None
    retrieved_on: date | None
    faults: tuple[Fault, ...]
    owners: Mapping[int, str]

    @property
    def line(self) -> str:
        """The row as it stands in the file, without the end of the line."""
        return csv_line(self.row)

    @property
    def changes_nothing(self) -> bool:
        """Whether the row is the one it would replace."""
        return self.row == self.replaced

    def sentences(self) -> list[str]:
        """The faults without file and row; one that the row brings upon another begins with whose it is."""
        return [
            fault.text
            if fault.number == self.number
            else f"{self.owners[fault.number]}: {fault.text}"
            for fault in self.faults
        ]


def csv_line(row: Row) -> str:
    """A row of a reference table as one line of its file, quoted only where it must be."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(row.values())
    return buffer.getvalue()


def correct(
    tables: Tables, cells: Mapping[str, str], today: date, spell_id: str | None = None
) -> Correction:
    """The row with `cells` put into the spell `spell_id`, or into a new one where that is None.

    Columns not in `cells` stay as they are, in a new row blank; how exactly a date is known is taken from
    how it is written; a new row gets the next free identifier. `today` is how far the table may be said to
    be up to date once the row is in. The faults are those of `make check` that the table would have with
    the row and that are its doing. KeyError: no such spell or column.
    """
    table = tables[SPELLS]
    old = _find(table, spell_id) if spell_id else None
    number, before = old or (len(table.rows) + 2, dict.fromkeys(table.sidecar.columns, ""))
    row = _filled(before, cells, table.sidecar)
    if old is None:
        row["spell_id"] = _next_id(table, row["programme"], row["org_code"])
    moved = _needed_date(row, table.sidecar, today)
    rows = [*table.rows[: number - 2], row, *table.rows[number - 1 :]]
    sidecar = replace(table.sidecar, retrieved_on=moved or table.sidecar.retrieved_on)
    changed = replace(table, rows=rows, sidecar=sidecar)
    return Correction(
        row=row,
        number=number,
        replaced=old[1] if old else None,
        retrieved_on=moved,
        faults=_new_faults(tables, changed, number),
        owners={place: other["spell_id"] for place, other in changed.numbered()},
    )


def _find(table: ReferenceTable, spell_id: str) -> tuple[int, Row]:
    for number, row in table.numbered():
        if row["spell_id"] == spell_id:
            return number, row
    raise KeyError(spell_id)


def _filled(before: Row, cells: Mapping[str, str], sidecar: Sidecar) -> dict[str, str]:
    if strangers := cells.keys() - before.keys():
        raise KeyError(*strangers)
    changed = {name: _one_line(text) for name, text in cells.items() if text != before[name]}
    row = {**before, **changed}
    written = {name: exact for name, exact in sidecar.dates.items() if exact and name in changed}
    return row | {exact: precision_of(row[name]) or "" for name, exact in written.items()}


def _one_line(text: str) -> str:
    """What was typed, without line breaks, doubled spaces or signs that cannot be seen."""
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())


def _next_id(table: ReferenceTable, programme: str, org_code: str) -> str:
    begins = f"{programme}-{org_code}-"
    taken = [row["spell_id"].removeprefix(begins) for row in table.rows]
    last = max((int(number) for number in taken if number.isdecimal()), default=0)
    return f"{begins}{last + 1}"


def _needed_date(row: Row, sidecar: Sidecar, today: date) -> date | None:
    """Today, where a date of the row is later than the table's own but has come."""
    days = [days[0] for name in sidecar.past if (days := days_meant(row[name]))]
    latest = max((day for day in days if day <= today), default=date.min)
    return today if latest > sidecar.retrieved_on else None


def _new_faults(tables: Tables, changed: ReferenceTable, number: int) -> tuple[Fault, ...]:
    judged = {name: tables[name] for name in _JUDGED_TOGETHER if name in tables}
    known = set(table_faults(judged))
    return tuple(
        fault
        for fault in table_faults({**judged, SPELLS: changed})
        if fault not in known or (fault.file_name, fault.number) == (changed.file_name, number)
    )
