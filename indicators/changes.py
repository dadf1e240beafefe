"""How far an indicator moved since entry, since exit and over a quarter, and what peers did meanwhile.

A description: organisations enter a programme at their worst, so part of any change since entry is rebound
that would have come without support.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FEWEST_PEERS = 5
MONTHS_MEANT = 3
"""Months that each side of a change is the mean of; of quarterly and yearly figures it is one period."""
_LAST_DAY_OF_ITS_MONTH = 15


@dataclass(frozen=True)
class Windows:
    """The periods compared, by the day each begins, in order of time."""

    before: tuple[date, ...]
    now: tuple[date, ...]


@dataclass(frozen=True)
class PeersChange:
    """Changes of `number` peers over the same periods: their median, and 10th and 90th centile."""

    median: float
    low: float
    high: float
    number: int


def first_exposed(day: date) -> date:
    """The first day of the first month exposed to an event on `day`, of which at least the month is known.

    An event up to the 15th exposes its own month, a later one the next, as in `sql/reads/aligned_series`.
    """
    return _back(day, 0 if day.day <= _LAST_DAY_OF_ITS_MONTH else -1)


def windows_since(event: date, latest: date, step_months: int) -> Windows | None:
    """The latest periods, and as many that ended before the first month exposed to `event` began.

    `latest`: the day the latest period begins. Monthly figures (`step_months` 1): the latest three months and
    the three before the first exposed. Others: one period each. None where the latest periods do not all
    begin in or after that month.
    """
    now = _ending(latest, step_months)
    month = first_exposed(event)
    if now[0] < month:
        return None
    # The last period that is over when the first month exposed begins, in whole steps from the latest.
    steps = -(-(_months(latest) + step_months - _months(month)) // step_months)
    return Windows(_ending(_back(latest, steps * step_months), step_months), now)


def windows_of_last_quarter(latest: date, step_months: int) -> Windows:
    """The latest three months and the three before them; of quarterly and yearly figures one period each."""
    now = _ending(latest, step_months)
    return Windows(_ending(_back(now[0], step_months), step_months), now)


def means_by_organisation(values: pd.DataFrame, windows: Windows) -> pd.DataFrame:
    """`before`, `now` (means of the periods) and their difference `change`; missing where any period is.

    `values`: a row per organisation, a column per period, named by the day it begins (Timestamp).
    """
    before, now = _mean(values, windows.before), _mean(values, windows.now)
    means = np.column_stack([before, now, now - before])
    return pd.DataFrame(means, values.index, ["before", "now", "change"])


def peers_change(changes: pd.Series, peers: Collection[str]) -> PeersChange | None:
    """What the `peers` did, of the changes by organisation; None of fewer than five with a change."""
    theirs = changes.to_numpy(float)[changes.index.isin(np.array(list(peers), object))]
    known = theirs[~np.isnan(theirs)]
    if len(known) < FEWEST_PEERS:
        return None
    low, median, high = np.quantile(known, (0.1, 0.5, 0.9))
    return PeersChange(float(median), float(low), float(high), len(known))


def _mean(values: pd.DataFrame, periods: tuple[date, ...]) -> NDArray[np.float64]:
    try:
        places: Any = [values.columns.get_loc(pd.Timestamp(day)) for day in periods]
    except KeyError:
        return np.full(len(values), np.nan)
    means: NDArray[np.float64] = values.to_numpy(float)[:, places].mean(axis=1)
    return means


def _ending(last: date, step_months: int) -> tuple[date, ...]:
    """The periods that end with the one that begins on `last`."""
    number = MONTHS_MEANT if step_months == 1 else 1
    return tuple(_back(last, step_months * place) for place in reversed(range(number)))


def _back(day: date, months: int) -> date:
    year, month = divmod(_months(day) - months, 12)
    return date(year, month + 1, 1)


def _months(day: date) -> int:
    return 12 * day.year + day.month - 1
