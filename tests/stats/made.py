"""Made spells for property tests, and the files that R wrote."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import strategies as st

HERE = Path(__file__).parent


def from_r(name: str) -> dict[str, Any]:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def small(name: str) -> pd.DataFrame:
    return pd.read_csv(HERE / f"{name}.csv")


def times(*rows: tuple[float, float, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["entry", "stop", "event"])


@st.composite
def spells(draw: st.DrawFn, causes: int = 1, least_event: int = 0) -> pd.DataFrame:
    """Up to 25 spells on a coarse grid, so that entries, ends and censorings tie everywhere."""
    row = st.tuples(st.integers(0, 6), st.integers(1, 8), st.integers(least_event, causes))
    rows = draw(st.lists(row, min_size=1, max_size=25))
    return times(*((entry, entry + length, event) for entry, length, event in rows))
