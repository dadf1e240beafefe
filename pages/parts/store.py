"""The published warehouse as pages see it: one version per page run, every answer cached by version."""

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

from settings import Settings
from sql.publish import Published, read_current
from sql.reads import open_database, read


def begin_run() -> Published | None:
    """Take the published version for this run of the page, so that no page mixes two."""
    published = read_current(Settings().data_dir)
    st.session_state["store.published"] = published
    return published


def version() -> str:
    """The data version this run shows; part of the key of every cache."""
    published: Published = st.session_state["store.published"]
    return published.version


def published_at() -> str:
    """When the version this run shows was published, as RFC 3339 writes it."""
    published: Published = st.session_state["store.published"]
    return published.built_at


def _file() -> str:
    published: Published = st.session_state["store.published"]
    return published.file


@st.cache_resource(max_entries=2, on_release=lambda connection: connection.close())
def _database(file: str) -> duckdb.DuckDBPyConnection:
    return open_database(Path(Settings().data_dir) / file)


def warehouse() -> tuple[Published, duckdb.DuckDBPyConnection]:
    """The version of this run and its database, for long work that reads for itself."""
    published: Published = st.session_state["store.published"]
    return published, _database(published.file)


def ask(question: str, **parameters: Any) -> pd.DataFrame:
    """The answer to `sql/reads/<question>.sql` from this run's version."""
    # A copy that shares its columns until one of them is changed: no caller can alter another's answer.
    return _ask(_file(), question, parameters).copy(deep=False)


@st.cache_resource(max_entries=400, show_spinner=False)
def _ask(file: str, question: str, parameters: dict[str, Any]) -> pd.DataFrame:
    return read(_database(file), question, **parameters)
