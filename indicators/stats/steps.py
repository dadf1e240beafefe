"""Curves that go in steps: how many are at risk, and what a curve says at a given time."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Numbers = NDArray[np.floating[Any]]


def at_risk(times: pd.DataFrame, at: Sequence[float] | Numbers) -> NDArray[np.int64]:
    """How many rows of `entry, stop` are at risk at each time: those with entry < time <= stop."""
    entry = np.sort(times["entry"].to_numpy(dtype=float))
    stop = np.sort(times["stop"].to_numpy(dtype=float))
    when = np.asarray(at, dtype=float)
    return (np.searchsorted(entry, when) - np.searchsorted(stop, when)).astype(np.int64)


def read_steps(
    table: pd.DataFrame, at: Sequence[float], first: Mapping[str, float], end: float
) -> pd.DataFrame:
    """A step curve read at any times: `time` and the columns of `first`.

    A value holds from its own time (inclusive) to the next step. `first` has the values before the first
    step; after `end` (exclusive) nobody was watched and every value is missing.
    """
    when = np.asarray(at, dtype=float)
    step = np.searchsorted(table["time"].to_numpy(dtype=float), when, side="right")
    values = {
        name: np.where(when > end, np.nan, np.concatenate([[start], table[name]])[step])
        for name, start in first.items()
    }
    return pd.DataFrame({"time": when, **values})
