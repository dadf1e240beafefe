"""Time to an end: Kaplan–Meier with delayed entry, its median and its restricted mean."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from indicators.stats.proportions import normal_quantile
from indicators.stats.rows import check_times
from indicators.stats.steps import Numbers, at_risk

IntervalKind = Literal["loglog", "log"]


@dataclass(frozen=True)
class Estimate:
    """A number with its interval; each part is None where the data do not give it."""

    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    se: float | None = None


@dataclass(frozen=True)
class Curve:
    """A survival curve: the share not yet ended, a step function of time.

    `table` has one row per time at which somebody's time ended: `time, at_risk, events, survival, se,
    ci_low, ci_high`; `survival` holds from that time on (inclusive). Before the first row survival is 1, of
    those who were still in at `start` (the earliest entry). After `end` (the last stop) nobody was watched.
    """

    table: pd.DataFrame
    median: Estimate
    start: float
    end: float


def kaplan_meier(times: pd.DataFrame, alpha: float = 0.05, ci: IntervalKind = "loglog") -> Curve:
    """Kaplan–Meier survival from `entry, stop, event`, one row per spell, in any one unit of time.

    `event` is 1 where the end of interest came at `stop`, 0 where watching stopped without it (censored).
    A spell is at risk in (entry, stop]: whoever was already in when watching began counts from `entry` on.
    S(t) = Π(1 − d/n) over the event times up to t; `se` is Greenwood's, S·√Σ d/(n(n−d)). The interval is
    S^exp(±z·se/(S·log S)) for `loglog` and S·exp(±z·se/S), at most 1, for `log`. Where survival has come to
    0 there is no standard error (missing). Ends at exactly equal times are ties; nothing is shifted.
    Raises BadRow where a row is impossible. Without rows the curve has no steps and nothing is known.
    """
    check_times(times, largest_event=1)
    ended = times.loc[times["event"] == 1, "stop"].to_numpy(dtype=float)
    when, deaths = np.unique(ended, return_counts=True)
    number = at_risk(times, when)
    survival, se = _product_limit(deaths.astype(float), number.astype(float))
    low, high = _interval(survival, se, normal_quantile(alpha), ci)
    table = pd.DataFrame({"time": when, "at_risk": number, "events": deaths, "survival": survival})
    table = table.assign(se=se, ci_low=low, ci_high=high)
    return Curve(table, median(table), float(times["entry"].min()), float(times["stop"].max()))


def _product_limit(deaths: Numbers, number: Numbers) -> tuple[Numbers, Numbers]:
    survival = np.cumprod(1 - deaths / number)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(deaths / (number * (number - deaths))))
        return survival, np.where(survival == 0, np.nan, survival * spread)


def _interval(
    survival: Numbers, se: Numbers, z: float, kind: IntervalKind
) -> tuple[Numbers, Numbers]:
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "log":
            factor = np.exp(z * se / survival)
            return survival / factor, np.minimum(survival * factor, 1)
        return loglog_interval(survival, se, z)


def loglog_interval(share: Numbers, se: Numbers, z: float) -> tuple[Numbers, Numbers]:
    """Bounds of a share p in (0, 1): p^exp(±z·se/(p·log p)); missing where p is 0 or 1."""
    inside = np.where((share > 0) & (share < 1), share, np.nan)
    # log p is negative: the bound with the plus sign is the lower one's inverse.
    power = np.exp(z * se / (inside * np.log(inside)))
    return inside ** (1 / power), inside**power


def median(table: pd.DataFrame) -> Estimate:
    """When survival, and the bounds of its interval, first come to one half or below (Brookmeyer–Crowley).

    Where survival is exactly one half over a span, the middle of that span, as R's survfit does.
    """
    when = table["time"].to_numpy(dtype=float)
    crossings = [_half(when, table[name].to_numpy(dtype=float)) for name in ("survival", "ci_low")]
    return Estimate(crossings[0], crossings[1], _half(when, table["ci_high"].to_numpy(dtype=float)))


def _half(when: Numbers, share: Numbers) -> float | None:
    tolerance = np.sqrt(np.finfo(float).eps)
    below = share < 0.5 + tolerance
    when, share = when[below], share[below]
    if not len(when):
        return None
    lower = when[share < share[0]]
    is_flat = abs(share[0] - 0.5) < tolerance and len(lower) > 0
    return float((when[0] + lower[0]) / 2 if is_flat else when[0])


def restricted_mean(curve: Curve, until: float, alpha: float = 0.05) -> Estimate:
    """Mean time in, counting no more than `until`: the area under the curve from 0 to `until`, with its se.

    The variance is Σ A²·d/(n(n−d)) over the event times before `until`, A being the area from the event
    time to `until`. Of a curve that starts later than 0 it is the mean of those still in at its start, the
    time before included. Not known (None) where `until` lies beyond the curve's end while survival is not 0.
    """
    table = curve.table
    last = float(table["survival"].iloc[-1]) if len(table) else 1.0
    if not until <= curve.end and last > 0:
        return Estimate(None, None, None)
    before = table[table["time"] < until]
    edges = np.concatenate([[0.0], before["time"], [until]])
    slabs = np.diff(edges) * np.concatenate([[1.0], before["survival"]])
    area_after = np.cumsum(slabs[::-1])[::-1][1:]
    deaths, number = before["events"].to_numpy(float), before["at_risk"].to_numpy(float)
    left = number - deaths
    terms = np.where(left > 0, deaths / (number * np.maximum(left, 1)), 0.0)
    se = float(np.sqrt(np.sum(area_after**2 * terms)))
    mean, reach = float(slabs.sum()), normal_quantile(alpha) * se
    return Estimate(mean, mean - reach, mean + reach, se)


def start_where_enough(times: pd.DataFrame, least: int = 5) -> pd.DataFrame:
    """The rows conditional on the first time after which at least `least` are at risk.

    With delayed entry the first risk sets can be of one or two, and one end among them would bring survival
    to 0 for good. Who left by that time is dropped, who came before it enters then; if there are never
    enough, no row is left. The curve is then the share of those still in at that time (METHODS 7.2).
    """
    entries = np.unique(times["entry"].to_numpy(dtype=float))
    after = np.searchsorted(np.sort(times["entry"].to_numpy(dtype=float)), entries, side="right")
    gone = np.searchsorted(np.sort(times["stop"].to_numpy(dtype=float)), entries, side="right")
    enough = entries[after - gone >= least]
    if not len(enough):
        return times.iloc[:0]
    still: pd.DataFrame = times[times["stop"] > enough[0]]
    return still.assign(entry=still["entry"].clip(lower=enough[0]))
