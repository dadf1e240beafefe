"""An indicator's values beside the segments stated for the same quarter, within one era."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

FEWEST_STATED = 20
"""With fewer organisations that have both a segment and a value, a quarter is not shown."""


@dataclass(frozen=True)
class SegmentQuarter:
    """`rows`: `org_code, segment, value`, one per organisation with both.

    `quarter` and `period` are first days. The period is the indicator's latest in (or around) the quarter
    that most of these organisations have.
    """

    quarter: pd.Timestamp
    period: pd.Timestamp
    rows: pd.DataFrame


def latest_quarter(panel: pd.DataFrame, values: pd.DataFrame) -> SegmentQuarter | None:
    """The latest quarter of one era in which FEWEST_STATED organisations or more have both, if there is one.

    `panel` is the answer of `segment_panel` (`unit, period, state`; period = 4 · year + quarter − 1),
    `values` that of `lineage_values`. A period belongs to every quarter that it shares a day with.
    """
    for number in sorted(panel["period"].unique(), reverse=True):
        stated = panel[panel["period"] == number]
        if len(stated) < FEWEST_STATED:
            continue
        quarter = pd.Timestamp(int(number) // 4, 3 * (int(number) % 4) + 1, 1)
        found = _at(quarter, stated, values)
        if found is not None:
            return found
    return None


def _at(quarter: pd.Timestamp, stated: pd.DataFrame, values: pd.DataFrame) -> SegmentQuarter | None:
    after = quarter + pd.DateOffset(months=3)
    inside = values[(values["period_start"] < after) & (values["period_end"] > quarter)]
    joined = inside.merge(stated[["unit", "state"]], left_on="org_code", right_on="unit")
    if joined.empty:
        return None
    counts = joined.groupby("period_start")["org_code"].nunique()
    period = counts[counts == counts.max()].index.max()
    rows = joined[joined["period_start"] == period].rename(columns={"state": "segment"})
    if len(rows) < FEWEST_STATED:
        return None
    return SegmentQuarter(
        quarter, period, rows[["org_code", "segment", "value"]].reset_index(drop=True)
    )


def quarters_by_era(
    panels: Mapping[str, pd.DataFrame], values: pd.DataFrame
) -> dict[str, SegmentQuarter]:
    """By era the latest quarter, of those eras that have one; eras are never pooled."""
    found = {era: latest_quarter(panel, values) for era, panel in panels.items()}
    return {era: quarter for era, quarter in found.items() if quarter is not None}


def by_segment(rows: pd.DataFrame) -> pd.DataFrame:
    """A row per segment: `segment, n, lowest, q25, median, q75, highest`; quartiles interpolated linearly."""
    return rows.groupby("segment", as_index=False).agg(
        n=("value", "size"),
        lowest=("value", "min"),
        q25=("value", lambda values: values.quantile(0.25)),
        median=("value", "median"),
        q75=("value", lambda values: values.quantile(0.75)),
        highest=("value", "max"),
    )
