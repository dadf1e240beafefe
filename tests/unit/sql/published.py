"""What a reader of a small publication is told, and ways to change what it is made of."""

import json

import duckdb
import pandas as pd

from settings import Settings
from sql.publish import read_current
from sql.reads import open_database, read
from tests.unit.sql.conftest import SPELL


def change_spell(settings: Settings, **cells: str) -> None:
    path = settings.reference_dir / "programme_spells.csv"
    pd.read_csv(path, dtype="str", keep_default_na=False).assign(**cells).to_csv(path, index=False)


def region_of_spell(connection: duckdb.DuckDBPyConnection) -> str:
    (row,) = read(connection, "spells").itertuples()
    assert row.spell_id == SPELL
    return str(row.region)


def region_served(settings: Settings) -> str:
    """What a reader who comes now is told."""
    current = read_current(settings.data_dir)
    assert current is not None
    with open_database(settings.data_dir / current.file) as connection:
        return region_of_spell(connection)


def files(settings: Settings) -> set[str]:
    """Names of all that lies in the data folder."""
    return {path.name for path in settings.data_dir.iterdir()}


def versions(settings: Settings) -> set[str]:
    return {path.name for path in settings.data_dir.glob("warehouse-*.duckdb")}


def note(settings: Settings) -> dict[str, object]:
    content = json.loads((settings.data_dir / "current.json").read_text())
    assert isinstance(content, dict)
    return content
