"""Hand-kept facts and their sources: loading the tables, and finding every fault in them at once."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from data_sources.reference_alternatives import alternative_faults
from data_sources.reference_codes import code_fault, known_organisations
from data_sources.reference_rows import Fault, ReferenceTable, row_faults
from data_sources.reference_segments import segment_faults
from data_sources.reference_sidecars import Sidecar, read_sidecar
from data_sources.reference_spells import spell_faults
from data_sources.short_dates import bounds
from data_sources.source import LayoutChanged, SourceError
from data_sources.tables import Sheet, read_delimited

__all__ = ["bounds", "check_reference", "load_reference"]

REFERENCE_FOLDER = Path(__file__).with_name("reference")


def load_reference(folder: Path) -> dict[str, pd.DataFrame]:
    """Each table of the folder by name, all text, blanks kept as ''; SourceError at a broken file."""
    frames = {}
    for path in _tables_in(folder):
        sidecar, sheet = _open(path)
        if broken := next(_shape_faults(sheet, sidecar), None):
            raise broken
        header, *rows = map(list, sheet.rows)
        frames[path.stem] = pd.DataFrame(rows, columns=header, dtype="str")
    return frames


def check_reference(folder: Path) -> list[str]:
    """Every fault of every table as a plain sentence naming file and row; empty if there is none."""
    tables, broken = read_tables(folder)
    faults = broken + [str(fault) for fault in table_faults(tables)] + _orphans(folder)
    return faults + ([] if tables or faults else [f"{folder}: no tables."])


def read_tables(folder: Path) -> tuple[dict[str, ReferenceTable], list[str]]:
    """The tables of the folder by name, and a sentence for each that cannot be read."""
    faults: list[str] = []
    tables: dict[str, ReferenceTable] = {}
    for path in _tables_in(folder):
        try:
            sidecar, sheet = _open(path)
        except SourceError as error:
            faults.append(str(error))
            continue
        broken = [str(fault) for fault in _shape_faults(sheet, sidecar)]
        faults += broken
        if not broken:
            tables[path.stem] = _table(sheet, sidecar)
    return tables, faults


def table_faults(tables: Mapping[str, ReferenceTable]) -> list[Fault]:
    """Every fault in the rows of tables that were read; rules between two tables need both."""
    judge = partial(code_fault, known=known_organisations(tables))
    faults = [fault for table in tables.values() for fault in row_faults(table, judge)]
    if {"programme_spells", "programmes"} <= tables.keys():
        faults += spell_faults(tables["programme_spells"], tables["programmes"])
    if {"date_alternatives", "programme_spells"} <= tables.keys():
        faults += alternative_faults(tables["date_alternatives"], tables["programme_spells"])
    if {"segment_snapshots", "framework_eras"} <= tables.keys():
        faults += segment_faults(tables["segment_snapshots"], tables["framework_eras"])
    return faults


def _tables_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.csv"))


def _open(path: Path) -> tuple[Sidecar, Sheet]:
    return read_sidecar(path.with_suffix(".toml")), read_delimited(path.read_bytes(), path.name)


def _shape_faults(sheet: Sheet, sidecar: Sidecar) -> Iterator[LayoutChanged]:
    header = list(sheet.rows[0]) if sheet.rows else []
    if header != list(sidecar.columns):
        wanted = "the columns of its sidecar: " + ", ".join(sidecar.columns)
        yield LayoutChanged(sheet.file_name, "row 1", wanted, ", ".join(header))
    for number, row in enumerate(sheet.rows[1:], start=2):
        if len(row) != len(header):
            yield LayoutChanged(sheet.file_name, f"row {number}", f"{len(header)} cells", len(row))


def _table(sheet: Sheet, sidecar: Sidecar) -> ReferenceTable:
    rows = [dict(zip(sheet.rows[0], row, strict=True)) for row in sheet.rows[1:]]
    return ReferenceTable(sheet.file_name, rows, sidecar)


def _orphans(folder: Path) -> list[str]:
    return [
        f"{path.name}: no {path.stem}.csv beside it."
        for path in sorted(folder.glob("*.toml"))
        if not path.with_suffix(".csv").exists()
    ]


def main(arguments: list[str] | None = None) -> int:
    """Print every fault on stderr; 0 only if there is none."""
    parser = argparse.ArgumentParser(
        prog="python -m data_sources.reference_tables", description=__doc__
    )
    parser.add_argument("folder", nargs="?", type=Path, default=REFERENCE_FOLDER)
    parser.add_argument("--quiet", action="store_true", help="say nothing when all is well")
    options = parser.parse_args(arguments)
    faults = check_reference(options.folder)
    print(*faults, sep="\n", end="\n" if faults else "", file=sys.stderr)
    if not faults and not options.quiet:
        print(f"Reference tables without faults: {len(_tables_in(options.folder))}.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
