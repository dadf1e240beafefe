"""Control charts of many series: every point with its limits and rules, every series with its two icons."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.stats.icons import KINDS, NO_ICON, assurance_icons, kind_of, variation_icons
from indicators.stats.spc import Bools, Ints, Limits, Options, Signs, Stack, limits_of, stack_of
from indicators.stats.spc_rules import RULES, hits_of, label_of

LEAST_POINTS = 13
"""A series of fewer points has trial limits and no icons."""
LEAST_IN_PHASE = 12
"""So has a phase of fewer points."""
_COLUMNS = ["series", "phase", "value", "improvement", "target"]


@dataclass(frozen=True)
class ControlCharts:
    """`points`, a row per value, and `icons`, a row per series, both in the order of the input."""

    points: pd.DataFrame
    icons: pd.DataFrame


@dataclass(frozen=True)
class _Judged:
    """What limits and rules say of each point."""

    limits: Limits
    direction: Signs
    kind: Signs
    is_trial: Bools


def control_charts(frame: pd.DataFrame, options: Options | None = None) -> ControlCharts:
    """XmR charts of the values in `frame`, each series together and in order of time, none missing.

    Columns: `series`; `phase` (a whole number that rises where limits are recalculated); `value`;
    `improvement` (1 higher is better, −1 lower, 0 neither); `target` (NaN: none). `points` adds `mean`,
    `lower`, `upper`, a column per rule (1 broken upwards, −1 downwards, 0 kept), `rule` (the one that labels
    the point, missing for none), `kind` (of KINDS) and `is_trial` (the limits rest on too few points).
    `icons` has `series`, `points`, `variation` and `assurance`, both `empty` where the last limits are trial.
    Rules are judged within a phase; icons by the last point and the last limits. Raises BadRow for a blank or
    infinite value.
    """
    options = options or Options()
    stack = stack_of(frame)
    return judge(frame, stack, limits_of(stack, options), options)


def judge(frame: pd.DataFrame, stack: Stack, limits: Limits, options: Options) -> ControlCharts:
    """Rules, kinds and icons of the values in `frame`, whose stack is `stack`, by limits made elsewhere.

    Columns, result and what is trial are those of `control_charts`.
    """
    hits = hits_of(stack, limits, options)
    rule, direction = label_of(hits)
    last, number = _ends(frame["series"])
    improvement = frame["improvement"].to_numpy(dtype=np.int8)
    kind, is_trial = kind_of(direction, improvement), _is_trial(stack, number)
    judged = _Judged(limits, direction, kind, is_trial)
    points = frame[_COLUMNS].assign(
        mean=limits.mean,
        lower=limits.lower,
        upper=limits.upper,
        **hits,
        rule=pd.Categorical.from_codes(rule, pd.Index(RULES)),
        kind=pd.Categorical.from_codes(kind, pd.Index(KINDS)),
        is_trial=is_trial,
    )
    return ControlCharts(points, _icons(frame, last, number, judged))


def _ends(series: pd.Series) -> tuple[Ints, Ints]:
    """The last row of each series, and how many rows it has."""
    codes = pd.factorize(series)[0]
    last = np.flatnonzero(np.diff(codes, append=-1)).astype(np.int64)
    return last, np.diff(last, prepend=-1)


def _is_trial(stack: Stack, number: Ints) -> Bools:
    """Whether each point stands in a series or a phase of too few points."""
    few = np.repeat(number < LEAST_POINTS, number)
    few_in_phase: NDArray[np.bool_] = np.repeat(stack.lengths < LEAST_IN_PHASE, stack.lengths)
    return few | few_in_phase


def _icons(frame: pd.DataFrame, last: Ints, number: Ints, judged: _Judged) -> pd.DataFrame:
    improvement = frame["improvement"].to_numpy(dtype=np.int8)[last]
    target = frame["target"].to_numpy(dtype=float)[last]
    variation = variation_icons(judged.kind[last], judged.direction[last])
    assurance = assurance_icons(judged.limits.at(last), target, improvement)
    is_trial = judged.is_trial[last]
    return pd.DataFrame(
        {
            "series": frame["series"].to_numpy()[last],
            "points": number,
            "variation": np.where(is_trial, NO_ICON, variation),
            "assurance": np.where(is_trial, NO_ICON, assurance),
        }
    )
