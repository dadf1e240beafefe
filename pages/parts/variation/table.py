"""A breakdown as a table: every measure of every group, absent figures in words."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from indicators.variation import Measure, measure_rows

_SHARES: dict[Measure, tuple[str, str]] = {
    "share": ("Share ever inside", "of organisations"),
    "left": ("Share known to have left", "of spells"),
    "returned": ("Share returned", "of exits followed"),
}


def breakdown_table(table: pd.DataFrame) -> pd.DataFrame:
    """The breakdown (with `label`) as readers take it away: counts, figures and intervals side by side."""
    return pd.DataFrame(
        {
            "Group": table["label"],
            "Organisations ever inside": table["organisations"],
            "Organisations there were": table["existing"],
            **_share_columns(table, "share"),
            "Spells": table["spells"],
            "Known to have left": table["left"],
            **_share_columns(table, "left"),
            "Spells timed": table["timed"],
            **_time_columns(table),
            "Exits followed 24 months": table["followed"],
            "Returned within 24 months": table["returned"],
            **_share_columns(table, "returned"),
        }
    )


def _share_columns(table: pd.DataFrame, measure: Measure) -> dict[str, list[str]]:
    name, of = _SHARES[measure]
    rows = list(measure_rows(table, measure).itertuples())
    return {
        f"{name} (% {of})": [_figure(row, _percent) for row in rows],
        f"95 % interval, {name.lower()}": [_interval(row, _percent) for row in rows],
    }


def _time_columns(table: pd.DataFrame) -> dict[str, list[str]]:
    rows = list(measure_rows(table, "time").itertuples())
    given = [pd.notna(row.estimate) for row in rows]
    return {
        "Median months inside": [_figure(row, _months) for row in rows],
        "95 % interval, median": [_interval(row, _months) for row in rows],
        **{
            f"Median, dates read {side}": [
                _months(value) if is_given and pd.notna(value) else "not given"
                for is_given, value in zip(given, table[column], strict=True)
            ]
            for side, column in (("early", "median_earliest"), ("late", "median_latest"))
        },
    }


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _months(value: float) -> str:
    return f"{value:.1f}"


def _figure(row: Any, write: Callable[[float], str]) -> str:
    return "not given" if pd.isna(row.estimate) else write(row.estimate)


def _interval(row: Any, write: Callable[[float], str]) -> str:
    if pd.isna(row.estimate):
        return "not given"
    ends = ["open" if pd.isna(end) else write(end) for end in (row.low, row.high)]
    return f"{ends[0]} to {ends[1]}"
