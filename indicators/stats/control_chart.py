"""Control charts of many series: every point with its limits and rules, every series with its two icons."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.stats.icons import (
    LEAST_POINTS,
    Hits,
    assurance_icons,
    kind_of,
    label_of,
    variation_icons,
)
from indicators.stats.spc import RULES, Options, hits_of, limits_of, stack_of

_COLUMNS = ("series", "phase", "value", "improvement", "target")


@dataclass(frozen=True)
class ControlCharts:
    """`points`, a row per value, and `icons`, a row per series, both in the order of the input."""

    points: pd.DataFrame
    icons: pd.DataFrame


def control_charts(frame: pd.DataFrame, options: Options | None = None) -> ControlCharts:
    """XmR charts of the values in `frame`, sorted by `series` and time, none missing.

    Columns: `series`; `phase` (a number that rises where limits are recalculated); `value`; `improvement` (1
    higher is better, −1 lower, 0 neither); `target` (NaN: none). `points` adds `mean`, `lower`, `upper`, a
    column per rule (1 broken upwards, −1 downwards, 0 kept), `rule` (the one that labels the point, '' for
    none) and `kind`. Rules are judged within a phase; icons by the last point and the last limits.
    """
    options = options or Options()
    stack = stack_of(frame)
    limits = limits_of(stack, options)
    hits = hits_of(stack, limits, options)
    rule, direction = label_of(hits)
    improvement = frame["improvement"].to_numpy(dtype=np.int8)
    kinds = kind_of(direction, improvement)
    points = frame[list(_COLUMNS)].assign(
        mean=limits.mean,
        lower=limits.lower,
        upper=limits.upper,
        **hits,
        rule=np.array([*RULES, ""])[rule],
        kind=kinds,
    )
    last = _last_rows(frame["series"])
    variation = variation_icons(kinds[last], direction[last])
    assurance = assurance_icons(limits, frame["target"].to_numpy(dtype=float), improvement)[last]
    return ControlCharts(points, _icons(frame["series"].to_numpy()[last], last, variation, assurance))


def _last_rows(series: pd.Series) -> np.ndarray:
    codes = pd.factorize(series)[0]
    return np.flatnonzero(np.diff(codes, append=-1))


def _icons(
    series: np.ndarray, last: np.ndarray, variation: np.ndarray, assurance: np.ndarray
) -> pd.DataFrame:
    number = np.diff(last, prepend=-1)
    few = number < LEAST_POINTS
    return pd.DataFrame(
        {
            "series": series,
            "points": number,
            "variation": np.where(few, "empty", variation),
            "assurance": np.where(few, "empty", assurance),
        }
    )


def rules_broken(hits: Hits, row: int) -> list[str]:
    """Every rule that a point breaks, by precedence: what a hover lists."""
    return [name for name in RULES if hits[name][row]]
