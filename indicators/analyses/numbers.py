"""Numbers as a JSON document holds them: what is missing is null."""

import math
from typing import Any

import pandas as pd


def plain(value: Any) -> Any:
    """A number of any library as Python's own, missing as None; text stays."""
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    number = float(value)
    is_whole = math.isfinite(number) and not isinstance(value, float) and number.is_integer()
    return int(number) if is_whole else number


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One object per row."""
    columns = [frame[name].tolist() for name in frame]
    return [
        dict(zip(frame.columns, map(plain, row), strict=True)) for row in zip(*columns, strict=True)
    ]


def matrix(frame: pd.DataFrame) -> list[list[Any]]:
    """One list per row."""
    return [[plain(value) for value in row] for row in frame.to_numpy().tolist()]
