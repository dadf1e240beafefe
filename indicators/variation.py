"""How programme experience differs by place and kind: counts, times and shares of groups of spells."""

from typing import Any, Literal

import pandas as pd

from indicators.durations import BOUNDS, LEAVINGS, leaving_only, time_to_exit
from indicators.returns import DISSOLVED, RETURNED, time_to_return
from indicators.stats.proportions import wilson
from indicators.stats.survival import kaplan_meier, start_where_enough
from indicators.variation_groups import (
    OF_ORGANISATIONS,
    By,
    Register,
    existing_organisations,
    group_spells,
)

WITHIN_MONTHS = 24
"""A return counts within this many months of leaving (inclusive)."""
TOO_FEW, FEW = 5, 10
"""Under the first no rate is given, only counts; under the second a rate is marked as resting on few."""
ALL = "all"
"""The group of everything that is broken down."""
Measure = Literal["inside", "share", "time", "left", "returned"]

_COUNTS: dict[Measure, tuple[str, str]] = {
    "inside": ("organisations", "existing"),
    "share": ("organisations", "existing"),
    "left": ("left", "spells"),
    "returned": ("returned", "followed"),
}


def break_down(register: Register, programme_group: str, by: By) -> pd.DataFrame:
    """One row per group, and the row `all`: what is on record of the spells of one group of programmes.

    `organisations`: ever inside; `existing`: of how many of that kind (see existing_organisations; blank
    where groups are kinds of spell). `spells`; `left`: spells with a known exit. `timed`: spells whose
    length is known or bounded; `median`, `median_low`, `median_high`: months inside (Kaplan-Meier from
    `from_months` on, the first time at which five are at risk; log-log interval); `median_earliest` and
    `median_latest`: with vague dates read one way and the other; blank where never half have left.
    `followed`: exits watched for 24 months within one regime; `returned`: those of them that came back.
    """
    spells = register.spells.assign(group=group_spells(register, by))
    mine = spells[spells["programme_group"] == programme_group]
    existing = existing_organisations(
        register, programme_group, by if by in OF_ORGANISATIONS else "region"
    )
    times = {bound: _times(register, programme_group, bound) for bound in BOUNDS}
    returns = followed_exits(register)
    groups = set(mine["group"]) | (set(existing) if by in OF_ORGANISATIONS else set())
    rows = [
        _row(mine[mine["group"] == group], times, returns)
        | {
            "group": group,
            "existing": (existing == group).sum() if by in OF_ORGANISATIONS else None,
        }
        for group in sorted(groups)
    ]
    total = len(existing) if by in OF_ORGANISATIONS else None
    rows.append(_row(mine, times, returns) | {"group": ALL, "existing": total})
    return pd.DataFrame(rows).astype({"existing": "Int64"})


def _times(register: Register, programme_group: str, bound: Any) -> pd.DataFrame:
    found = time_to_exit(register.spells, programme_group, bound, register.today)
    return leaving_only(found.times)


def followed_exits(register: Register) -> pd.DataFrame:
    """Exits watched for 24 months within the regime of the exit: `spell_id, returned` (within them).

    Watched is an exit whose regime ran on for 24 months (or runs, to today), unless its organisation was
    dissolved by then; whether it returned decides nothing, so that returns are not over-represented.
    """
    exits = time_to_return(
        register.spells, register.statements, register.eras, "best", register.today
    ).times
    left = exits["spell_id"].map(register.spells.set_index("spell_id")["left_best"])
    ends = pd.to_datetime(register.eras["ends_on"].dropna()).tolist()
    until = left.map(lambda day: min([end for end in ends if end > day], default=None))
    until = until.fillna(pd.Timestamp(register.today))
    watched = left + pd.DateOffset(months=WITHIN_MONTHS) <= until
    dissolved = (exits["event"] == DISSOLVED) & (exits["stop"] < WITHIN_MONTHS)
    returned = (exits["event"] == RETURNED) & (exits["stop"] <= WITHIN_MONTHS)
    return pd.DataFrame({"spell_id": exits["spell_id"], "returned": returned})[watched & ~dissolved]


def _row(
    mine: pd.DataFrame, times: dict[Any, pd.DataFrame], returns: pd.DataFrame
) -> dict[str, Any]:
    followed = returns[returns["spell_id"].isin(mine["spell_id"])]
    own = {bound: rows[rows["spell_id"].isin(mine["spell_id"])] for bound, rows in times.items()}
    return {
        "organisations": mine["org_code"].nunique(),
        "spells": len(mine),
        "left": int(mine["left_kind"].isin(LEAVINGS).sum()),
        "timed": len(own["best"]),
        **_median(own),
        "followed": len(followed),
        "returned": int(followed["returned"].sum()),
    }


def _median(times: dict[Any, pd.DataFrame]) -> dict[str, float | None]:
    curves = {
        bound: kaplan_meier(start_where_enough(rows, TOO_FEW)) for bound, rows in times.items()
    }
    best = curves["best"].median
    return {
        "from_months": curves["best"].start,
        "median": best.estimate,
        "median_low": best.ci_low,
        "median_high": best.ci_high,
        "median_earliest": curves["earliest"].median.estimate,
        "median_latest": curves["latest"].median.estimate,
    }


def measure_rows(table: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """One measure of a breakdown: `group, k, n, estimate, low, high`, in the breakdown's order.

    Shares are fractions with a Wilson interval, times are months (`k` blank). No estimate where `n` is under
    five, nor of a time whose first months were watched in fewer than five spells.
    """
    if measure == "time":
        rows = table[["group", "timed", "median", "median_low", "median_high"]]
        rows = rows.set_axis(["group", "n", "estimate", "low", "high"], axis="columns")
        counts = pd.DataFrame({"k": pd.Series(None, table.index, dtype="Int64"), "n": rows["n"]})
        enough = (rows["n"] >= TOO_FEW) & (table["from_months"] == 0)
    else:
        counts = table[list(_COUNTS[measure])].set_axis(["k", "n"], axis="columns")
        k, n = (counts[name].astype(float) for name in counts)
        low, high = wilson(k, n)
        rows = table[["group"]].assign(estimate=k / n, low=low, high=high)
        enough = n >= TOO_FEW
    figures = rows[["estimate", "low", "high"]].astype(float).where(enough)
    return table[["group"]].join(counts).join(figures)


def apart_from_all(rows: pd.DataFrame) -> tuple[list[str], int]:
    """The groups whose interval leaves out the figure of all, and how many intervals there are.

    `rows`: of measure_rows. With 95 % intervals one in twenty would do so by chance alone, were the groups
    alike; being part of all draws each group towards it, so that fewer do.
    """
    overall = rows.loc[rows["group"] == ALL, "estimate"].iloc[0]
    groups = rows[(rows["group"] != ALL) & rows["estimate"].notna()]
    low, high = groups["low"].fillna(0), groups["high"].fillna(float("inf"))
    apart = (overall < low) | (overall > high)
    return list(groups.loc[apart, "group"]), len(groups)
