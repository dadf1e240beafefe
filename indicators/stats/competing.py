"""Several ways for a time to end: the probability of each by a given time (Aalen–Johansen)."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.stats.proportions import normal_quantile
from indicators.stats.rows import check_times
from indicators.stats.steps import Numbers, at_risk
from indicators.stats.survival import loglog_interval


def aalen_johansen(times: pd.DataFrame, alpha: float = 0.05) -> pd.DataFrame:
    """Probability of having ended by each cause, from `entry, stop, event`, one row per spell.

    `event` is 0 where the spell was censored at `stop`, else the number of the cause that ended it. A spell
    is at risk in (entry, stop]. F_k(t) = Σ S(t−)·d_k/n over the event times up to t, exact where ends share
    a time; with survival from any end the probabilities add to 1. The result has `cause, time, at_risk,
    probability, se, ci_low, ci_high`: for each cause a row at every time at which any cause ended a spell.

    `se` is the infinitesimal jackknife over rows (each row's influence, squared and added), as R's survfit
    gives it. The interval is log–log on the probability itself, F^exp(±z·se/(F·log F)); missing while F is 0.
    Raises BadRow where a row is impossible.
    """
    check_times(times)
    event = times["event"].to_numpy(dtype=np.int64)
    when = np.unique(times["stop"].to_numpy(dtype=float)[event > 0])
    number = at_risk(times, when)
    parts = [
        _of_cause(int(cause), when, number, _influences(times, when, number, int(cause)), alpha)
        for cause in np.unique(event[event > 0])
    ]
    columns = ["cause", "time", "at_risk", "probability", "se", "ci_low", "ci_high"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _of_cause(
    cause: int,
    when: Numbers,
    number: NDArray[np.int64],
    estimate: tuple[Numbers, Numbers],
    alpha: float,
) -> pd.DataFrame:
    probability, se = estimate
    low, high = loglog_interval(probability, se, normal_quantile(alpha))
    return pd.DataFrame(
        {"cause": cause, "time": when, "at_risk": number, "probability": probability, "se": se}
    ).assign(ci_low=low, ci_high=high)


def _influences(
    times: pd.DataFrame, when: Numbers, number: NDArray[np.int64], cause: int
) -> tuple[Numbers, Numbers]:
    """The probability of one cause and its standard error at each time.

    Every step adds S(t−)·h_k to F and takes S(t−)·h off S (h = d/n); a row's influence on both follows the
    same recursion, with its own residual (1 if it ended so, less h if it was at risk, over n) in h's place.
    """
    entry, stop = (times[name].to_numpy(dtype=float) for name in ("entry", "stop"))
    event = times["event"].to_numpy(dtype=np.int64)
    survival, probability = 1.0, 0.0
    of_survival, of_probability = np.zeros(len(times)), np.zeros(len(times))
    steps = []
    for time, at in zip(when, number, strict=True):
        is_in, ends = (entry < time) & (stop >= time), (stop == time) & (event > 0)
        ends_so = ends & (event == cause)
        hazard, hazard_so = ends.sum() / at, ends_so.sum() / at
        of_probability = of_probability + of_survival * hazard_so
        of_probability += survival * (ends_so - is_in * hazard_so) / at
        of_survival = of_survival * (1 - hazard) - survival * (ends - is_in * hazard) / at
        survival, probability = survival * (1 - hazard), probability + survival * hazard_so
        steps.append((probability, np.sqrt(np.sum(of_probability**2))))
    estimate, se = np.array(steps, dtype=float).T
    return estimate, se
