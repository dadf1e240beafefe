"""A few organisations beside each other: where each stands now, a year before, and from a common start."""

from math import isnan, nan

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
    shown, whole = _by_organisation(values), _by_organisation(history)
    rows = [_standing(org, known, whole.get(org, {})) for org, known in shown.items() if known]
    found = pd.DataFrame(
        rows, columns=["org_code", "latest_on", "latest", "year_before", "periods"]
    )
    return found.assign(change=found["latest"] - found["year_before"])


def _by_organisation(values: pd.DataFrame) -> dict[str, dict[pd.Timestamp, float]]:
    """The values known of each organisation, by the period's begin."""
    figures: dict[str, dict[pd.Timestamp, float]] = {}
    columns = (values[name].to_list() for name in ("org_code", "period_start", "value"))
    for org, start, value in zip(*columns, strict=True):
        known = figures.setdefault(org, {})
        if not isnan(value):
            known[start] = value
    return figures


def _standing(
    org: str, known: dict[pd.Timestamp, float], history: dict[pd.Timestamp, float]
) -> tuple[str, pd.Timestamp, float, float, int]:
    latest = max(known)
    before = history.get(latest - pd.DateOffset(years=1), nan)
    return org, latest, known[latest], before, len(known)


def closest(figures: "pd.Series[float]") -> tuple[str, str, float] | None:
    """The two organisations whose figures (by code) lie closest, and how far apart; None of one alone."""
    ordered = figures.sort_values(kind="stable")
    if len(ordered) < 2:
        return None
    place = int(ordered.diff().iloc[1:].to_numpy().argmin())
    one, other = ordered.index[place], ordered.index[place + 1]
    return str(one), str(other), float(ordered.iloc[place + 1] - ordered.iloc[place])
