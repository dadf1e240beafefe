"""What of an indicator is ranked in a period, and how exactly it is known: by sampling or by its past."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from indicators.counted import counted_rows, why_not_counted
from indicators.definition import Indicator
from indicators.stats.levels import level_of
from indicators.stats.ranks import share_errors


@dataclass(frozen=True)
class Ranked:
    """`rows` with `ranked` and its standard `error` beside the columns given; `how` the error was found.

    `left_out`: organisations with a value but too short a series for an error. `why`: why binomial errors
    do not apply, where they do not.
    """

    rows: pd.DataFrame
    how: Literal["sampling", "series"]
    left_out: int
    why: str | None


def what_is_ranked(indicator: Indicator, rows: pd.DataFrame, series: pd.DataFrame) -> Ranked:
    """Shares of people with binomial errors; of anything else the level its last 12 to 24 periods end at.

    `rows`: `org_code, value, numerator, denominator` of one period. `series`: `org_code, period_start, value`
    up to and including that period; only the unbroken run up to it counts.
    """
    reason = why_not_counted(indicator, rows)
    if reason is None:
        counted = counted_rows(rows)
        errors = 100 * share_errors(counted["numerator"], counted["denominator"])
        ranked = counted.assign(ranked=counted["value"], error=errors)
        return Ranked(ranked, "sampling", len(rows) - len(counted), None)
    runs = _runs(series, indicator.step_months)
    levels = {
        org: level_of(run.to_numpy(dtype=float)) for org, run in runs.groupby("org_code")["value"]
    }
    found = {org: level for org, level in levels.items() if level is not None}
    known = rows[rows["org_code"].isin(list(found))].reset_index(drop=True)
    ranked = known.assign(
        ranked=[found[code].value for code in known["org_code"]],
        error=[found[code].error for code in known["org_code"]],
    )
    return Ranked(ranked, "series", len(rows) - len(known), reason)


def _runs(series: pd.DataFrame, step_months: int) -> pd.DataFrame:
    """Of each organisation the periods before the last one in the frame that follow without a gap."""
    ordered = series.sort_values(["org_code", "period_start"], ignore_index=True)
    starts = ordered["period_start"].dt
    month = 12 * starts.year + starts.month
    back = (month.max() - month) // step_months
    from_end = ordered.groupby("org_code").cumcount(ascending=False)
    unbroken: pd.DataFrame = ordered[back == from_end]
    return unbroken
