"""The only way into the published warehouse: named questions with bound parameters, read-only."""

from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from sql.inputs import SQL_DIR

_LOCKED_DOWN: dict[str, Any] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "1GB",
    # Answers are small: a second thread costs more than it saves, and other visitors wait for it.
    "threads": 1,
    "lock_configuration": True,
}


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can reach nothing but this file. Ask through `read`, one cursor each."""
    return duckdb.connect(str(path), read_only=True, config=_LOCKED_DOWN)


@cache
def _question(name: str) -> str:
    return (SQL_DIR / "reads" / f"{name}.sql").read_text(encoding="utf-8")


def read(connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> pd.DataFrame:
    """The answer to the question in `sql/reads/<name>.sql` with its `$parameters` bound."""
    cursor = connection.cursor()
    try:
        return cursor.execute(_question(name), parameters).df()
    finally:
        cursor.close()


def show_mart(connection: duckdb.DuckDBPyConnection, table: str) -> pd.DataFrame:
    """A whole mart by name; an unknown name is a ValueError that lists the known ones."""
    known = read(connection, "mart_names")["table_name"].tolist()
    if table not in known:
        raise ValueError(f"There is no mart {table!r}; the marts are {', '.join(known)}.")
    return connection.cursor().execute(f"from marts.{table}").df()
