"""Models built in memory from rows that a test writes: given these rows, expect those."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

import duckdb
import pandas as pd

from data_sources.periods import month_after
from data_sources.snapshots import SnapshotRecord
from settings import Settings
from sql.build import Model, create_models, read_models
from sql.catalogue import COLUMNS
from sql.inputs import SOURCE_TABLES, TABLES, source_rows
from sql.reads import read

Row = dict[str, str | None]


def run(wanted: str, **raw: list[Row]) -> pd.DataFrame:
    """The model `wanted` (`marts.fct_segment`) from these rows of `raw`; facts and files not named: none."""
    with _built(_path_to(wanted), raw) as connection:
        return connection.execute(f"from {wanted}").df()


def answer(question: str, parameters: dict[str, Any], **raw: list[Row]) -> pd.DataFrame:
    """The answer to a question of `sql/reads` asked of the marts made from these rows of `raw`."""
    with _built([model for model, _ in _models()], raw) as connection:
        return read(connection, question, **parameters)


@contextmanager
def _built(models: list[Model], raw: dict[str, list[Row]]) -> Iterator[duckdb.DuckDBPyConnection]:
    assert raw.keys() <= raw_columns().keys()
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("create schema raw")
        for table, columns in raw_columns().items():
            _fill(connection, table, columns, raw.get(table, _usual(table)))
        create_models(connection, models)
        yield connection


def _usual(table: str) -> list[Row]:
    """What the publication modules say of themselves; nothing of any other table."""
    rows = source_rows().get(table, [])
    return [dict(zip(SOURCE_TABLES[table], row, strict=True)) for row in rows]


@cache
def raw_columns() -> dict[str, tuple[str, ...]]:
    """Every table of schema `raw` with its columns, those of the reference tables as they are kept."""
    reference = {
        f"reference_{path.stem}": tuple(pd.read_csv(path, nrows=0).columns)
        for path in Settings().reference_dir.glob("*.csv")
    }
    records = tuple(field.name for field in fields(SnapshotRecord))
    return {**TABLES, **SOURCE_TABLES, "snapshots": records, "catalogue": COLUMNS, **reference}


def _fill(
    connection: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...], rows: list[Row]
) -> None:
    assert all(row.keys() <= set(columns) for row in rows), f"raw.{table} has {columns}"
    named = ", ".join(f'"{column}" varchar' for column in columns)
    connection.execute(f"create table raw.{table} ({named})")
    if rows:
        marks = ", ".join("?" * len(columns))
        cells = [[row.get(column) for column in columns] for row in rows]
        connection.executemany(f"insert into raw.{table} values ({marks})", cells)


@cache
def _models() -> list[tuple[Model, set[str]]]:
    return [(model, model.needs()) for model in read_models()]


def _path_to(wanted: str) -> list[Model]:
    """The model `wanted` and all models it is made of, in order."""
    needed, path = {wanted}, []
    for model, needs in reversed(_models()):
        if model.table in needed:
            needed |= needs
            path.insert(0, model)
    assert path, f"no model {wanted}"
    return path


def snapshot(snapshot_id: str, source_id: str, **more: str) -> Row:
    """A file in force for April 2024 unless told otherwise."""
    usual = {
        "snapshot_id": snapshot_id,
        "source_id": source_id,
        "file_name": f"{snapshot_id}.csv",
        "bytes": "1",
        "kind": "published",
        "layout": "sheet",
        "layout_rank": "0",
        "period_start": "2024-04-01",
        "period_end": "2024-05-01",
        "status": "parsed",
    }
    return usual | more


def figure(
    origin: Row,
    measure: str,
    value: str | None,
    org: str = "RXX",
    month: str = "2024-04",
    **more: str,
) -> Row:
    """One published cell of the file `origin`, of a provider unless `level` says otherwise."""
    start = date.fromisoformat(f"{month}-01")
    return {
        "source_id": origin["source_id"],
        "snapshot_id": origin["snapshot_id"],
        "level": "provider",
        "org_code": org,
        "org_name": "",
        "period_start": start.isoformat(),
        "period_end": month_after(start).isoformat(),
        "measure": measure,
        "value": value,
    } | more


def figures(origin: Row, cells: dict[str, str], **more: str) -> list[Row]:
    """Several cells of one organisation and month, by measure."""
    return [figure(origin, measure, value, **more) for measure, value in cells.items()]


def trust(org: str, org_type: str = "acute", **more: str) -> Row:
    """A row of the organisation types: what makes a code an organisation of the oversight framework."""
    return {"org_code": org, "org_name": f"Trust {org}", "org_type": org_type, "source": "x"} | more


def by(key: str, frame: pd.DataFrame) -> dict[object, dict[str, object]]:
    """Rows by the value of a column that tells them apart, missing cells as None."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    found = {row[key]: row for row in rows}
    assert len(found) == len(rows), f"{key} does not tell the rows apart"
    return found
