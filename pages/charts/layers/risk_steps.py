"""Step curves over months since a start: every stretch with its share, its interval and who is at risk."""

import pandas as pd

ENOUGH = 5
"""A curve that rests on fewer spells than this is dashed or pale (METHODS 7.2)."""

_SHARES = ["share", "ci_low", "ci_high"]


def risk_steps(times: pd.DataFrame, shares: pd.DataFrame, at_first: float) -> pd.DataFrame:
    """The curve cut wherever its share or the number at risk changes, in order of time.

    `times` (`entry, stop`) says who is at risk, in (entry, stop]; `shares` (`time, share, ci_low, ci_high`)
    holds from each time on, and `at_first` before the first. One row per stretch (begins, ends]: `share`,
    its interval (missing before the first end), `share_after` from its end on, `at_risk`, `is_thin`, and
    `run`, which numbers the runs of stretches that are thin or not.
    """
    edges = pd.concat([times["entry"], times["stop"]]).astype(float).drop_duplicates().sort_values()
    steps = pd.DataFrame({"begins": edges.to_numpy()[:-1], "ends": edges.to_numpy()[1:]})
    held = shares.rename(columns={"time": "begins"})[["begins", *_SHARES]].astype(float)
    held = held.sort_values("begins")
    steps = pd.merge_asof(steps, held, on="begins").fillna({"share": at_first})
    after = held.rename(columns={"begins": "ends", "share": "share_after"})[["ends", "share_after"]]
    steps = pd.merge_asof(steps, after, on="ends").fillna({"share_after": at_first})
    at_risk = [
        int(((times["entry"] <= begins) & (times["stop"] >= ends)).sum())
        for begins, ends in zip(steps["begins"], steps["ends"], strict=True)
    ]
    thin = pd.Series(at_risk, index=steps.index, dtype=int) < ENOUGH
    return steps.assign(at_risk=at_risk, is_thin=thin, run=(thin != thin.shift()).cumsum())


def corners(steps: pd.DataFrame) -> pd.DataFrame:
    """The points of the curve, `time, share` by `run`, to be joined by steps; runs touch at their ends."""
    starts = steps.rename(columns={"begins": "time"})[["run", "is_thin", "time", "share"]]
    last = steps.groupby("run").tail(1).drop(columns="share")
    ends = last.rename(columns={"ends": "time", "share_after": "share"})
    points = pd.concat([starts, ends[["run", "is_thin", "time", "share"]]])
    return points.sort_values(["run", "time"], kind="stable", ignore_index=True)


def band(steps: pd.DataFrame) -> pd.DataFrame:
    """The points of the interval's band, `time, ci_low, ci_high`, to be joined by steps."""
    known = steps.dropna(subset=["ci_low", "ci_high"])
    starts = known.rename(columns={"begins": "time"})
    ends = known.tail(1).rename(columns={"ends": "time"})
    return pd.concat([starts, ends])[["time", "ci_low", "ci_high"]].reset_index(drop=True)


def numbers_at_risk(times: pd.DataFrame, ticks: list[int]) -> pd.DataFrame:
    """How many are at risk just after each of some months: `month, n`."""
    counts = [int(((times["entry"] <= t) & (times["stop"] > t)).sum()) for t in ticks]
    return pd.DataFrame({"month": ticks, "n": counts})
