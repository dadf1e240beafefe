"""How reliably an indicator tells organisations of one type apart, from the published values."""

from collections.abc import Mapping

import pandas as pd

from indicators.charted import CHARTED_FROM, steady, within
from indicators.counted import why_not_counted
from indicators.definition import Indicator
from indicators.stats.reliability import Reliability, TooLittle, reliability


def reliability_by_type(
    values: pd.DataFrame, types: Mapping[str, str], indicator: Indicator
) -> dict[str, Reliability | str]:
    """By type of organisation the reliability, or in words why there is none.

    `values` are those of `lineage_values`; only periods from CHARTED_FROM on count, as for control charts,
    and only values with at least the denominator the indicator asks for. Types without values are absent.
    """
    ready = _ready(within(values, (CHARTED_FROM, None)), indicator)
    kinds = ready["unit"].map(dict(types))
    return {str(kind): _told(rows) for kind, rows in ready.groupby(kinds)}


def _ready(values: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """`unit, period, value, chance` as `reliability` takes them."""
    values = steady(values, indicator)
    months = 12 * values["period_start"].dt.year + values["period_start"].dt.month - 1
    return pd.DataFrame(
        {
            "unit": values["org_code"],
            "period": months // indicator.step_months,
            "value": values["value"],
            "chance": _chance(values, indicator),
        }
    )


def _chance(values: pd.DataFrame, indicator: Indicator) -> pd.Series:
    """Variance of each value by chance alone: 100² p(1 − p)/n for a per cent of cases; else blank."""
    if why_not_counted(indicator, values):
        return pd.Series(float("nan"), values.index)
    share = values["value"] / 100
    return 1e4 * share * (1 - share) / values["denominator"].astype(float)


def _told(rows: pd.DataFrame) -> Reliability | str:
    try:
        return reliability(rows)
    except TooLittle as fault:
        return str(fault)
