"""How far a figure has moved since an organisation entered a programme, and its peers' over the same time."""

import pandas as pd

NOT_OLDER = pd.DateOffset(months=12)
"""A figure that ended longer than this before the first month exposed is not one of just before entry."""


def first_exposed(spells: pd.DataFrame) -> pd.Series:
    """The first month exposed after each entry; missing where its month is not known.

    An entry up to the 15th exposes its own month, a later one the next, as in `sql/reads/aligned_series`.
    """
    day = pd.to_datetime(spells["entered_on"])
    first = day - pd.to_timedelta(day.dt.day - 1, unit="D")
    zero = first.where(day.dt.day <= 15, first + pd.DateOffset(months=1))
    known: pd.Series = zero.where(spells["entered_precision"].isin(["day", "month"]))
    return known


def changes_since_entry(
    values: pd.DataFrame, entries: pd.DataFrame, medians: pd.DataFrame
) -> pd.DataFrame:
    """Last figure before entry, latest figure, and the change between them; a row per row of `entries`.

    `values`: org_code, period_start, period_end (exclusive), value. `entries`: org_code (each once),
    org_type, month_zero (or NaT). `medians`: org_type, period_start, median. `before` is of the last period
    that ended by month zero, `last` of the latest that began from it on; `peers_change` is of the type's
    median between the same two periods. What is not known is missing.
    """
    dated = values.merge(entries[["org_code", "month_zero"]], on="org_code")
    dated = dated[dated["value"].notna()].sort_values("period_start")
    is_before = dated["period_end"].between(dated["month_zero"] - NOT_OLDER, dated["month_zero"])
    ends = {
        "before": dated[is_before],
        "last": dated[dated["period_start"] >= dated["month_zero"]],
    }
    found = entries
    for name, rows in ends.items():
        latest = rows.groupby("org_code").tail(1)[["org_code", "period_start", "value"]]
        beside = medians.rename(columns={"period_start": f"{name}_on", "median": f"peers_{name}"})
        latest = latest.rename(columns={"period_start": f"{name}_on", "value": name})
        found = found.merge(latest, on="org_code", how="left").merge(
            beside[["org_type", f"{name}_on", f"peers_{name}"]],
            on=["org_type", f"{name}_on"],
            how="left",
        )
    return found.assign(
        change=found["last"] - found["before"],
        peers_change=found["peers_last"] - found["peers_before"],
    )
