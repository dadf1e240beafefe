"""Rows of a frame one by one."""

from typing import Any

import pandas as pd


def rows_of(frame: pd.DataFrame) -> list[Any]:
    """The rows, each with the frame's columns as its attributes."""
    return list(frame.itertuples())
