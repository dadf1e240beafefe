"""Models: read from the folders of the layers, made in the order they need each other."""

from pathlib import Path

import duckdb
import pytest

from settings import Settings
from sql.build import BuildFailed, build_marts, create_models, read_models
from sql.inputs import SQL_DIR


def write(folder: Path, **models: str) -> Path:
    """Models by `layer__name`."""
    for name, sql in models.items():
        layer, _, stem = name.partition("__")
        (folder / layer).mkdir(exist_ok=True)
        (folder / layer / f"{stem}.sql").write_text(sql)
    return folder


def test_a_model_comes_after_all_it_selects_from(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        marts__a="select x from intermediate.b",
        intermediate__b="with c as (from intermediate.c) select * from c",
        intermediate__c="select x from staging.d",
        staging__d="select 1 as x from raw.figures",
    )
    models = read_models(folder)
    assert [model.table for model in models] == [
        "staging.d",
        "intermediate.c",
        "intermediate.b",
        "marts.a",
    ]
    assert models[0].needs() == {"raw.figures"}
    assert models[2].needs() == {"intermediate.c"}


def test_every_model_is_made_of_models_of_its_own_layer_or_of_those_before() -> None:
    allowed = {
        "staging": {"raw"},
        "intermediate": {"staging", "intermediate"},
        "marts": {"staging", "intermediate", "marts"},
    }
    models = read_models()
    assert len(models) > 30
    for model in models:
        layers = {table.partition(".")[0] for table in model.needs()}
        assert layers <= allowed[model.layer], model.table


def test_no_model_below_the_marts_is_made_for_nothing() -> None:
    models = read_models()
    used = set[str]().union(*(model.needs() for model in models))
    assert {m.table for m in models if m.layer != "marts"} <= used


def test_every_sql_file_begins_by_saying_what_it_is() -> None:
    files = list(SQL_DIR.rglob("*.sql"))
    assert [file.name for file in files if not file.read_text().startswith("-- ")] == []


def test_models_are_made_in_the_order_given(tmp_path: Path) -> None:
    folder = write(
        tmp_path, marts__b="select 2 * x as y from staging.a", staging__a="select 21 as x"
    )
    with duckdb.connect() as connection:
        create_models(connection, read_models(folder))
        assert connection.execute("from marts.b").fetchall() == [(42,)]


def test_a_model_that_cannot_be_made_is_named_with_the_reason_in_one_line(tmp_path: Path) -> None:
    folder = write(tmp_path, staging__a="select absent\nfrom (select 1 as x)")
    with duckdb.connect() as connection, pytest.raises(BuildFailed) as failure:
        create_models(connection, read_models(folder))
    assert str(failure.value).startswith("Model staging.a cannot be built: Binder Error: ")
    assert "\n" not in str(failure.value)


def test_a_file_holds_the_marts_and_nothing_else(small: Settings, tmp_path: Path) -> None:
    target = tmp_path / "it's mine.duckdb"
    build_marts(small, target)
    query = "select distinct table_schema from information_schema.tables"
    with duckdb.connect(str(target), read_only=True) as connection:
        assert connection.execute(query).fetchall() == [("marts",)]
        tables = {
            name
            for (name,) in connection.execute(
                "select table_name from information_schema.tables"
            ).fetchall()
        }
    assert tables == {path.stem for path in (SQL_DIR / "marts").glob("*.sql")}
    assert not list(tmp_path.glob("*.wal"))
