"""A few organisations beside each other: where each stands now, a year before, and from a common start."""

import pandas as pd

from indicators.definition import BELOW_ZERO, Unit


def can_be_indexed(unit: Unit) -> bool:
    """Whether a figure counts up from zero, so that a share of an earlier one means something."""
    return unit not in BELOW_ZERO


def first_common_period(values: pd.DataFrame) -> pd.Timestamp | None:
    """The first period in which every organisation has a value above zero; None where there is none.

    `values`: org_code, period_start, value.
    """
    above = values[values["value"] > 0]
    return _common(above, values["org_code"].nunique(), "min")


def last_common_period(values: pd.DataFrame) -> pd.Timestamp | None:
    """The last period in which every organisation has a value; None where there is none."""
    return _common(values.dropna(subset="value"), values["org_code"].nunique(), "max")


def _common(known: pd.DataFrame, organisations: int, end: str) -> pd.Timestamp | None:
    counts = known.groupby("period_start")["org_code"].nunique()
    common = counts.index[counts == organisations]
    if common.empty:
        return None
    return pd.Timestamp(common.min() if end == "min" else common.max())


def indexed(values: pd.DataFrame, on: pd.Timestamp) -> pd.DataFrame:
    """`value` as 100 times its share of the same organisation's value in the period that begins `on`."""
    base = values[values["period_start"] == on].set_index("org_code")["value"]
    # Of no rows at all the map has no type that could be divided by.
    return values.assign(value=100 * values["value"] / values["org_code"].map(base).astype(float))


def standings(values: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Each organisation's latest figure, that of the same period a year before, and the change between them.

    The year before is looked up in `history`, of which `values` may be a part. One row per organisation with
    a value in order of their first rows: org_code, latest_on, latest, year_before (missing where there is
    none), change, periods (how many of `values` have a value).
    """
    figures = values[["org_code", "period_start", "value"]]
    known = figures.dropna(subset="value").sort_values("period_start", kind="stable")
    grouped = known.groupby("org_code", sort=False)
    last = grouped.tail(1).rename(columns={"period_start": "latest_on", "value": "latest"})
    wanted = last.assign(period_start=last["latest_on"] - pd.DateOffset(years=1))
    joined = wanted[["org_code", "latest_on", "latest", "period_start"]].merge(
        history[["org_code", "period_start", "value"]], on=["org_code", "period_start"], how="left"
    )
    order = {code: place for place, code in enumerate(values["org_code"].unique())}
    found = joined.rename(columns={"value": "year_before"}).drop(columns="period_start")
    return found.assign(
        change=found["latest"] - found["year_before"],
        periods=found["org_code"].map(grouped.size()),
    ).sort_values("org_code", key=lambda codes: codes.map(order), ignore_index=True)


def closest(figures: "pd.Series[float]") -> tuple[str, str, float] | None:
    """The two organisations whose figures (by code) lie closest, and how far apart; None of one alone."""
    ordered = figures.sort_values(kind="stable")
    if len(ordered) < 2:
        return None
    place = int(ordered.diff().iloc[1:].to_numpy().argmin())
    one, other = ordered.index[place], ordered.index[place + 1]
    return str(one), str(other), float(ordered.iloc[place + 1] - ordered.iloc[place])
