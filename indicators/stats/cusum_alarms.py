"""How often CUSUM on the percentile among peers alarms at the last point though nobody moves for good.

From `cusum_alarms.csv`, simulated once by `cusum_alarms_made.py`: peers that are exchangeable, each period's
place independent of the last or as like it as `lag_one` says.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from indicators.stats.spc import Floats

TABLE = Path(__file__).with_name("cusum_alarms.csv")


def alarm_chance(points: ArrayLike, lag_one: float = 0.0) -> Floats:
    """Chance of an alarm at the last point of series of so many points; the shape of `points`.

    0 under 13 points; above 150 that of 150. `lag_one`, from 0 to 0.8: the correlation of neighbouring
    points.
    """
    return _read_off("alarms", points, lag_one)


def new_alarm_chance(points: ArrayLike, lag_one: float = 0.0) -> Floats:
    """As `alarm_chance`, of an alarm at the last point that did not stand at the one before it."""
    return _read_off("new_alarms", points, lag_one)


@cache
def simulated() -> pd.DataFrame:
    """The table: by `lag_one` and `points`, in how many of `series` there was an alarm, and a new one."""
    return pd.read_csv(TABLE)


def _read_off(what: str, points: ArrayLike, lag_one: float) -> Floats:
    """Read off the table, on straight lines between its points and between its correlations."""
    table = simulated()
    known = table["lag_one"].unique()
    if not known[0] <= lag_one <= known[-1]:
        raise ValueError(f"no chances for neighbouring points with a correlation of {lag_one}")
    share = table.assign(share=table[what] / table["series"])
    shares = share.set_index(["points", "lag_one"])["share"].unstack()  # noqa: PD010 (no cell twice)
    at = [np.interp(lag_one, known, row) for row in shares.to_numpy()]
    wanted = np.asarray(points, dtype=float)
    return np.where(wanted < shares.index[0], 0.0, np.interp(wanted, shares.index, at))
