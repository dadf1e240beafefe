"""How often the last point of a control chart breaks a rule by chance alone, and how often it newly does.

From `false_alarms.csv`, simulated once by `false_alarms_made.py`: values that are independent and normal, one
set of limits from all of them, no season and no change. Real series signal more often than this: neighbouring
months are alike, waits have trends and seasons.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from indicators.stats.control_chart import LEAST_POINTS
from indicators.stats.spc import Floats, RuleSet

TABLE = Path(__file__).with_name("false_alarms.csv")


def signal_chance(points: ArrayLike, rules: RuleSet = "mdc", run_length: int = 7) -> Floats:
    """Chance that the last point of series of so many points breaks any rule; the shape of `points`.

    0 under 13 points, which have no icon; above 150 points that of 150. `run_length` 6 or 7.
    """
    return _read_off("signals", points, rules, run_length)


def new_signal_chance(points: ArrayLike, rules: RuleSet = "mdc", run_length: int = 7) -> Floats:
    """As `signal_chance`, of a rule broken there that was not broken the last time.

    The last time: at the last point of the chart without the newest one, with its own limits. So a run that
    has just become long enough is new, and one point more of a long run is not.
    """
    return _read_off("new_signals", points, rules, run_length)


@cache
def simulated() -> pd.DataFrame:
    """The table: by `rules`, `run_length` and `points`, in how many of `series` there was each."""
    return pd.read_csv(TABLE)


def _read_off(what: str, points: ArrayLike, rules: RuleSet, run_length: int) -> Floats:
    known, chances = _curve(what, rules, run_length)
    wanted = np.asarray(points, dtype=float)
    chance = np.interp(wanted, known, chances)
    return np.where(wanted < LEAST_POINTS, 0.0, chance)


@cache
def _curve(what: str, rules: RuleSet, run_length: int) -> tuple[Floats, Floats]:
    """Numbers of points, and the chance of each."""
    table = simulated()
    chosen = table[(table["rules"] == rules) & (table["run_length"] == run_length)]
    if chosen.empty:
        raise ValueError(f"no chances for the rules {rules} with runs of {run_length}")
    return chosen["points"].to_numpy(dtype=float), (chosen[what] / chosen["series"]).to_numpy()
