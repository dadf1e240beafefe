"""Tables that others compiled from published files, read for the embedded bundle where no file is at hand.

A table is recognised by its exact header and becomes a layout of the publication it was compiled from. Each
reader says what it leaves out; a table it cannot trust is a SourceError naming row and column.
"""

import importlib
import pkgutil
from datetime import date
from functools import cache
from pathlib import Path

import data_sources
from data_sources._compiled_cells import Table, read_frame
from data_sources.source import Parsed, Snapshot, SourceError
from data_sources.tables import read_delimited, refuse_duplicates


@cache
def tables() -> dict[str, Table]:
    """Every compiled table that is read, by its header line: the TABLES of every `_compiled_*` module."""
    names = [module.name for module in pkgutil.iter_modules(data_sources.__path__)]
    modules = [
        importlib.import_module(f"data_sources.{name}")
        for name in sorted(names)
        if name.startswith("_compiled_")
    ]
    return {
        header: table
        for module in modules
        for header, table in getattr(module, "TABLES", {}).items()
    }


def recognise_compiled(path: Path) -> tuple[str, str] | None:
    """Source and layout that a file with exactly this header line stands for, or None."""
    with path.open("rb") as file:
        header = file.readline(8000).decode("utf-8-sig", errors="replace").rstrip("\r\n")
    table = tables().get(header)
    return (table.source_id, table.layout) if table else None


def parse_compiled(snapshot: Snapshot) -> Parsed:
    """The figures or reference rows of a compiled table; `source_row` is the line of the table."""
    content = snapshot.path.read_bytes()
    if not content.endswith(b"\n"):
        raise SourceError(
            f"{snapshot.file_name}: the last line has no end: the table is cut short."
        )
    sheet = read_delimited(content, snapshot.file_name)
    table = tables().get(",".join(sheet.rows[0])) if sheet.rows else None
    if table is None or table.source_id != snapshot.source_id:
        raise sheet.complain(1, 1, f"the header of a table compiled from {snapshot.source_id}")
    rows = table.read(sheet, read_frame(sheet, table.own_cells))
    if rows.empty:
        raise SourceError(f"{snapshot.file_name}: no row that is read.")
    if table.gives != "figures":
        return Parsed(table.layout, {table.gives: rows})
    refuse_duplicates(rows, snapshot.file_name)
    first, end = rows["period_start"].min(), rows["period_end"].max()
    return Parsed(
        table.layout, {table.gives: rows}, date.fromisoformat(first), date.fromisoformat(end)
    )
