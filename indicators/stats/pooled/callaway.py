"""Callaway and Sant'Anna 2021 as a cross-check, by the package diff-diff: the one place that knows it.

Only averages over cohorts are given. The interval of one cohort of one trust covers 17 of 100 times
(METHODS 4.2).
"""

import warnings
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from indicators.stats.pooled.panel import Panel

Beside = Literal["never_treated", "not_yet_treated"]


@dataclass(frozen=True)
class Averages:
    """`att`, `se`: mean effect over all cohorts and periods treated, weighted by size.

    `by_time`: `event_time, att, se`, the base period left out. Standard errors hold that the weights of
    cohorts are estimated. `entrants`, `controls`: units.
    """

    att: float
    se: float
    by_time: pd.DataFrame
    entrants: int
    controls: int


def callaway_santanna(rows: pd.DataFrame, beside: Beside, anticipation: int = 0) -> Averages:
    """Of rows `unit, period, value, first`: `first` is the first period treated, 0 for never.

    The base is the last period before the anticipation. No covariates; a unit that lacks a period is left out
    of the pairs of that period only. Raises ValueError where nothing can be estimated.
    """
    # Loading the package takes a second; who never asks for the cross-check does not wait for it.
    from diff_diff import CallawaySantAnna

    estimator = CallawaySantAnna(
        control_group=beside, anticipation=anticipation, estimation_method="reg"
    )
    with warnings.catch_warnings():
        # It says at length that pairs without a value are left out, as the docstring does.
        warnings.simplefilter("ignore", UserWarning)
        found = estimator.fit(rows, "value", "unit", "period", "first")
    told = found.aggregate("event_study").to_dataframe()
    by_time = told.loc[~told["is_reference"].astype(bool), ["event_time", "att", "se"]]
    return Averages(
        float(found.overall_att),
        float(found.overall_se),
        by_time.reset_index(drop=True),
        int(found.n_treated_units),
        int(found.n_control_units),
    )


def first_events(panel: Panel, last: int) -> pd.DataFrame:
    """The rows that it takes: each unit up to `last` periods after its first event, or the end of that.

    Periods count from 1. What is neither untreated nor treated by the first event is left out.
    """
    kept = panel.untreated & panel.takes_part[:, None]
    entered = np.zeros(len(kept), dtype=np.int64)
    column = np.arange(kept.shape[1])
    # Going back in time, a unit's first event has the last word.
    for event in sorted(panel.events, key=lambda one: -one.first):
        treated = column < min(event.end, event.first + last + 1)
        kept[event.row] = np.where(column < event.first, panel.untreated[event.row], treated)
        entered[event.row] = event.first + 1
    row, period = np.nonzero(kept & panel.known)
    told = {"unit": row, "period": period + 1, "value": panel.value[row, period]}
    return pd.DataFrame(told | {"first": entered[row]})
