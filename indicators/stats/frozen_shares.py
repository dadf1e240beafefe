"""How many comparators would have shown the same signal: shares and survival with groups of equal weight.

A group is what is compared with one spell: each group counts as one, whatever its size. A unit can stand in
many groups, so intervals come from drawing units, not rows (percentile bootstrap, a fixed seed).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.stats.survival import Estimate, median

DRAWS, SEED = 999, 20211
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class GroupedCurve:
    """`table`: `time, survival, ci_low, ci_high` at each time a signal came; and the median with interval."""

    table: pd.DataFrame
    median: Estimate


def matched_share(rows: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> Estimate:
    """Mean over groups of the share of each group's units with a signal, and a 95 % interval.

    `rows`: `group, unit, event` (1 or 0), a unit at most once in a group. None throughout without rows.
    """
    if rows.empty:
        return Estimate(None, None, None)
    events, present = _matrix(rows, rows["event"]), _matrix(rows, pd.Series(1.0, rows.index))
    weights = _weights(len(events), draws, seed)
    with np.errstate(invalid="ignore"):
        shares = np.nanmean((weights @ events) / (weights @ present), axis=1)
    low, high = np.nanquantile(shares[1:], [0.025, 0.975])
    return Estimate(float(shares[0]), float(low), float(high))


def grouped_survival(rows: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> GroupedCurve:
    """Kaplan-Meier survival with every group of equal weight, and 95 % intervals at each time.

    `rows`: `group, unit, stop, event`, at risk in (0, stop]. S(t) = product of (1 - d/n) with d and n the
    sums of weights, 1 over the size of the group.
    """
    times = np.unique(rows.loc[rows["event"] == 1, "stop"].to_numpy(dtype=float))
    if not len(times):
        empty = pd.DataFrame(columns=["time", "survival", "ci_low", "ci_high"], dtype=float)
        return GroupedCurve(empty, Estimate(None, None, None))
    weight = 1 / rows.groupby("group")["group"].transform("size").to_numpy(dtype=float)
    stop, ended = rows["stop"].to_numpy(dtype=float), rows["event"].to_numpy() == 1
    units, number = pd.factorize(rows["unit"])
    deaths, risk = np.zeros((len(number), len(times))), np.zeros((len(number), len(times)))
    for place, time in enumerate(times):
        at_time = np.where(ended & (stop == time), weight, 0)
        deaths[:, place] = np.bincount(units, at_time, len(number))
        risk[:, place] = np.bincount(units, np.where(stop >= time, weight, 0), len(number))
    weights = _weights(len(number), draws, seed)
    with np.errstate(invalid="ignore"):
        curves = np.cumprod(np.nan_to_num(1 - (weights @ deaths) / (weights @ risk), nan=1), axis=1)
    low, high = np.quantile(curves[1:], [0.025, 0.975], axis=0)
    table = pd.DataFrame({"time": times, "survival": curves[0], "ci_low": low, "ci_high": high})
    return GroupedCurve(table, median(table))


def _matrix(rows: pd.DataFrame, values: pd.Series) -> Numbers:
    """Units by groups, 0 where a unit is not in a group."""
    unit, units = pd.factorize(rows["unit"])
    group, groups = pd.factorize(rows["group"])
    result = np.zeros((len(units), len(groups)))
    result[unit, group] = values.to_numpy(dtype=float)
    return result


@lru_cache(maxsize=16)
def _weights(units: int, draws: int, seed: int) -> Numbers:
    """How often each unit counts: once in the first row, as often as it is drawn in the others."""
    drawn = np.random.default_rng(seed).multinomial(units, np.full(units, 1 / units), size=draws)
    return np.vstack([np.ones(units), drawn])
