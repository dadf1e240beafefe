"""The rows of a frame as a specification holds them.

Altair's own way copies the frame, once more each of its columns, and then looks at every value twice: most of
the time that a chart of many small frames takes.
"""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

MOST_ROWS = 5_000
"""A browser draws no more rows of one frame at ease."""


class Values(alt.InlineData):
    """Rows that are ready as they stand, so that nothing looks at them again."""

    def to_dict(self, *_: Any, **__: Any) -> dict[str, Any]:
        return {"values": self["values"]}


def one_row(**fields: Any) -> Values:
    """A single row, without the frame whose making would take longer than all else; times as in frames."""
    return Values(values=[{name: _written(value) for name, value in fields.items()}])


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, pd.Timestamp) else value


def ready_values(data: Any) -> Any:
    """A frame's rows as plain numbers, texts and nulls: no value, or an infinite one, is null.

    Times are written as ISO 8601; a missing time is an empty text. Anything that is not a frame is handed
    back. More than `MOST_ROWS` rows raise Altair's `MaxRowsError`.
    """
    if not isinstance(data, pd.DataFrame):
        return data
    if len(data) > MOST_ROWS:
        raise alt.MaxRowsError(f"{len(data)} rows, {MOST_ROWS} at most")
    names, columns = list(data.columns), [_plain(column) for _, column in data.items()]
    return Values(values=[dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)])


def _plain(column: pd.Series) -> list[Any]:
    kind = column.dtype.kind if isinstance(column.dtype, np.dtype) else "O"
    if kind == "f":
        return _with_nulls(column.to_list(), ~np.isfinite(column.to_numpy()))
    if kind in "biu":
        return column.to_list()
    if isinstance(column.dtype, pd.StringDtype):
        return _with_nulls(column.to_numpy(object).tolist(), column.isna().to_numpy())
    if column.dtype.kind == "M":
        return ["" if time is pd.NaT else time.isoformat() for time in column]
    return _with_nulls(list(map(_written, column.to_list())), column.isna().to_numpy())


def _with_nulls(values: list[Any], is_null: np.ndarray) -> list[Any]:
    for row in np.flatnonzero(is_null):
        values[row] = None
    return values
