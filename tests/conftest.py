"""Fixtures shared by all tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import settings

from settings import Settings
from sql.publish import publish, read_current
from sql.reads import open_database

ROOT = Path(__file__).resolve().parent.parent

# No test is timed: how fast the product is belongs to the benchmark, and the machine may be busy.
settings.register_profile("untimed", parent=settings.default, deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def published() -> Path:
    """The folder with `published/`, `compiled/` and MANIFEST.csv: PUBLISHED_DIR, else ../shared/data."""
    folder = Path(os.environ.get("PUBLISHED_DIR") or ROOT.parent / "shared" / "data")
    if not (folder / "MANIFEST.csv").exists():
        pytest.skip(f"no published files at {folder}: set PUBLISHED_DIR to test against them")
    return folder


@pytest.fixture(scope="session")
def gold(published: Path) -> Path:
    """The folder with the reference results of the statistics, beside the published files."""
    folder = published.parent / "gold"
    if not (folder / "manifest.json").exists():
        pytest.skip(f"no reference results at {folder}")
    return folder


@pytest.fixture(scope="session")
def register(published: Path) -> Path:
    """The folder with the public register of programmes and segments, beside the published files."""
    folder = published.parent / "register"
    if not folder.exists():
        pytest.skip(f"no public register at {folder}")
    return folder


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the embedded bundle has been published."""
    folder = tmp_path_factory.mktemp("data")
    publish(Settings(data_dir=folder))
    return folder


@pytest.fixture(scope="session")
def marts(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published warehouse as the app opens it: read-only and locked down."""
    current = read_current(warehouse)
    assert current is not None
    with open_database(warehouse / current.file) as connection:
        yield connection
