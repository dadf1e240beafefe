"""Monthly counts as stacked steps, broken where a month is missing."""

import pandas as pd

GROUPS = ("special measures", "Recovery Support Programme", "successor programmes")
MONTH = pd.DateOffset(months=1)
_CERTAINTIES = ("known", "possible")
_RANK = {name: rank for rank, name in enumerate((*_CERTAINTIES, *GROUPS))}


def stack(counts: pd.DataFrame) -> pd.DataFrame:
    """The counts as steps to stack: per month all that is `known`, on top of it all that is `possible`.

    One row per month, `certainty` and `programme_group`, with `lower` and `upper`, and the `stretch` of
    uninterrupted months it belongs to. The last month of a stretch is repeated one month later, so that its
    step has a width. A group without a row in a month that other groups have counts 0.
    """
    steps = _every_group_every_month(counts).melt(
        ["month", "programme_group"], _CERTAINTIES, "certainty", "organisations"
    )
    steps = steps.sort_values(["certainty", "programme_group"], key=lambda names: names.map(_RANK))
    upper = steps.groupby("month")["organisations"].cumsum()
    stretch = steps["month"].map(_stretches(steps["month"]))
    return _closed(steps.assign(lower=upper - steps["organisations"], upper=upper, stretch=stretch))


def _every_group_every_month(counts: pd.DataFrame) -> pd.DataFrame:
    keys = ["month", "programme_group"]
    every = pd.MultiIndex.from_product([sorted(set(counts["month"])), GROUPS], names=keys)
    return counts.set_index(keys)[[*_CERTAINTIES]].reindex(every, fill_value=0).reset_index()


def _stretches(months: "pd.Series[pd.Timestamp]") -> dict[pd.Timestamp, int]:
    """For each month the number of the uninterrupted run of months it belongs to."""
    ordered = pd.Series(sorted(set(months)))
    is_break = ordered != ordered.shift() + MONTH
    return dict(zip(ordered, is_break.cumsum(), strict=True))


def _closed(steps: pd.DataFrame) -> pd.DataFrame:
    last = steps[steps["month"] == steps.groupby("stretch")["month"].transform("max")]
    return pd.concat([steps, last.assign(month=last["month"] + MONTH)], ignore_index=True)


def by_month(counts: pd.DataFrame) -> pd.DataFrame:
    """One row per month: `known`, `possible`, their sum `at_most`, and each group in words."""
    sums = counts.groupby("month")[[*_CERTAINTIES]].sum()
    told = [f"{row.known} certain, {row.possible} open" for row in counts.itertuples()]
    words = counts.assign(told=told).pivot_table("told", "month", "programme_group", "first")
    groups = words.reindex(columns=list(GROUPS), fill_value="none").fillna("none")
    return sums.assign(at_most=sums["known"] + sums["possible"]).join(groups).reset_index()
