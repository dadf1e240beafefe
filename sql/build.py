"""Building the warehouse: models run in dependency order in memory, marts written to one file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import sqlglot
from sqlglot import exp

from settings import Settings
from sql.inputs import SQL_DIR, load_raw

_NO_CHECKPOINTS: dict[str, Any] = {"checkpoint_threshold": "1TB"}
"""In memory there is nothing to keep safe, and a checkpoint takes half a second."""

LAYERS = ("staging", "intermediate", "marts")


class BuildFailed(Exception):
    """A model cannot be made from the inputs; the message names the model and says what is in the way."""


@dataclass(frozen=True)
class Fault:
    """What a release check found: how many rows, the first of them, and whose they are.

    `sources` are the publications to blame; none where a fault is nobody's figures.
    """

    check: str
    rows: int
    first: str
    sources: frozenset[str]

    def __str__(self) -> str:
        return f"Check {self.check} found {self.rows} row(s), the first: {self.first}."


class CheckFailed(Exception):
    """Release checks found rows they must not find; the message names each check and its first row."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Model:
    """One `.sql` file: a select that becomes the table `<layer>.<file name>`."""

    layer: str
    name: str
    sql: str

    @property
    def table(self) -> str:
        """The qualified name the model is known by in other models."""
        return f"{self.layer}.{self.name}"

    def needs(self) -> set[str]:
        """Qualified names of all it selects from: models, and tables of `raw`."""
        tree = sqlglot.parse_one(self.sql, read="duckdb")
        return {f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db}


def read_models(folder: Path = SQL_DIR) -> list[Model]:
    """All models, each after the models it selects from."""
    models = {
        model.table: model
        for layer in LAYERS
        for path in sorted((folder / layer).glob("*.sql"))
        for model in [Model(layer, path.stem, path.read_text(encoding="utf-8"))]
    }
    graph = {table: model.needs() & models.keys() for table, model in models.items()}
    return [models[table] for table in TopologicalSorter(graph).static_order()]


def create_models(connection: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> None:
    """Make each model a table, in the order given, from what stands in schema `raw`."""
    for path in sorted((SQL_DIR / "macros").glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))
    for layer in LAYERS:
        connection.execute(f"create schema {layer}")
    for model in models:
        try:
            connection.execute(f"create table {model.table} as {model.sql}")
        except duckdb.Error as error:
            # Further lines quote the statement: of no use to whoever has to mend the input.
            reason = str(error).partition("\n")[0]
            raise BuildFailed(f"Model {model.table} cannot be built: {reason}") from error


def build_marts(settings: Settings, target: Path, held: Mapping[str, str] | None = None) -> None:
    """Build every model from the inputs and write the marts to a new database file at `target`.

    `held` are snapshots to leave out, each with the reason that is then shown for it.
    """
    models = read_models()
    with duckdb.connect(":memory:", config=_NO_CHECKPOINTS) as connection:
        load_raw(connection, settings, held or {})
        create_models(connection, models)
        _export(connection, [model for model in models if model.layer == "marts"], target)


def _export(connection: duckdb.DuckDBPyConnection, marts: list[Model], target: Path) -> None:
    quoted = str(target).replace("'", "''")
    connection.execute(f"attach '{quoted}' as published")
    connection.execute("create schema published.marts")
    for mart in marts:
        connection.execute(f"create table published.{mart.table} as from {mart.table}")
    connection.execute("checkpoint published")
    connection.execute("detach published")


def run_checks(path: Path, folder: Path = SQL_DIR / "checks") -> list[str]:
    """Names of the release checks that a database passes; any row found by a check is a CheckFailed."""
    files = sorted(folder.glob("*.sql"))
    with duckdb.connect(str(path), read_only=True) as connection:
        faults = list(_faults(connection, files))
    if faults:
        raise CheckFailed(faults)
    return [file.stem for file in files]


def _faults(connection: duckdb.DuckDBPyConnection, files: list[Path]) -> Iterator[Fault]:
    for file in files:
        found = connection.execute(file.read_text(encoding="utf-8")).df()
        if len(found):
            first = ", ".join(f"{name} {value}" for name, value in found.iloc[0].items())
            named = found["source_id"] if "source_id" in found.columns else pd.Series(dtype="str")
            sources = frozenset() if named.isna().any() else frozenset(named)
            yield Fault(file.stem, len(found), first, sources)
