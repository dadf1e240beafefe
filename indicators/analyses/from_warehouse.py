"""The rows of an analysis that names no file: what the published warehouse knows."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import duckdb
import pandas as pd

from indicators.analyses.controlled_published import controlled_rows
from indicators.analyses.controlled_rows import ControlledRows
from indicators.analyses.its_published import interrupted_rows
from indicators.analyses.its_rows import InterruptedRows
from indicators.analyses.own_panel import GivenPanel
from indicators.analyses.own_series import GivenSeries
from indicators.analyses.pooled_published import pooled_rows
from indicators.analyses.pooled_rows import PooledRows
from indicators.analyses.published_panel import published_panel
from indicators.analyses.published_series import published_series
from indicators.analyses.refusal import Refusal
from indicators.durations import PROGRAMME_GROUPS, time_to_exit
from indicators.screening.given import ScreenRows, screen_rows
from indicators.series import read_spells
from indicators.stats.survival import start_where_enough
from settings import Settings
from sql.publish import read_current
from sql.reads import open_database, read


def _moves(spec: Any, warehouse: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Segments by quarter within one era, as sources state them."""
    if spec.era is None:
        raise Refusal(
            "NEEDS_DATA", "era: name R0, R1, R2 or R3, or a file of your own with --data."
        )
    panel = read(warehouse, "segment_panel", era=spec.era)
    if panel.empty:
        text = f"era: no segment of a single quarter is on record in {spec.era}."
        raise Refusal("NEEDS_DATA", text)
    return panel[["unit", "period", "state"]]


def _lengths(spec: Any, warehouse: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Months inside a kind of programme, from the first time at which five are at risk."""
    if spec.programme is None:
        known = ", ".join(PROGRAMME_GROUPS)
        text = f"programme: name one of {known}, or a file of your own with --data."
        raise Refusal("NEEDS_DATA", text)
    group = PROGRAMME_GROUPS[spec.programme]
    today = datetime.now(UTC).date()
    lengths = time_to_exit(read_spells(warehouse), group, spec.bound, today)
    rows = start_where_enough(lengths.times)
    if rows.empty:
        text = f"programme: fewer than five spells of {spec.programme} have a known length."
        raise Refusal("NEEDS_DATA", text)
    return rows[["entry", "stop", "event"]]


Rows = (
    pd.DataFrame
    | GivenSeries
    | InterruptedRows
    | ControlledRows
    | GivenPanel
    | PooledRows
    | ScreenRows
)
"""What analyses take."""
_ROWS: dict[str, Callable[[Any, duckdb.DuckDBPyConnection], Rows]] = {
    "spc": published_series,
    "its": interrupted_rows,
    "controlled_its": controlled_rows,
    "synthetic_control": published_panel,
    "pooled": pooled_rows,
    "screen": screen_rows,
    "transitions": _moves,
    "time_to_exit": _lengths,
}


def rows_of(spec: Any) -> Rows:
    """The rows that the published version holds for a document; Refusal where there are none."""
    if spec.analysis not in _ROWS:
        text = f"The analysis {spec.analysis!r} needs rows of your own: name a file with --data."
        raise Refusal("NEEDS_DATA", text)
    data_dir = Settings().data_dir
    published = read_current(data_dir)
    if published is None:
        raise Refusal(
            "NEEDS_DATA",
            "Nothing has been published yet: run `python -m sql publish`, or name a file with --data.",
        )
    with open_database(data_dir / published.file) as warehouse:
        return _ROWS[spec.analysis](spec, warehouse)
