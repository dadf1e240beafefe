"""Series for tests of control charts, what the R package calls the rules, and the rules word by word."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from indicators.stats.control_chart import control_charts
from indicators.stats.spc import Options

LABELS = {
    "Above UCL": ("outside", 1),
    "Below LCL": ("outside", -1),
    "7 Point Trend (Increasing)": ("trend", 1),
    "7 Point Trend (Decreasing)": ("trend", -1),
    "2 in 3 Above CL": ("two_of_three", 1),
    "2 in 3 Below CL": ("two_of_three", -1),
    "7 Points Above CL": ("shift", 1),
    "7 Points Below CL": ("shift", -1),
    "Common Cause": ("", 0),
}
"""What NHSRplotthedots calls a point, as our rule and direction."""
SIDES = {"increase": 1, "decrease": -1, "neutral": 0}
RESULTS = {
    "consistent_pass": "pass",
    "consistent_fail": "fail",
    "inconsistent": "inconsistent",
    None: "empty",
}


def series(values: Sequence[float], **columns: Any) -> pd.DataFrame:
    """One series in one phase, higher better, without a target, unless said otherwise."""
    given = {"series": "a", "phase": 0, "improvement": 1, "target": np.nan} | columns
    return pd.DataFrame({"value": np.array(values, dtype=float)}).assign(**given)


def months(values: Any, first: int = 24_000, **columns: Any) -> pd.DataFrame:
    value = np.asarray(values, dtype=float)
    given = {"series": "a", "phase": 0, "period": first + np.arange(len(value))} | columns
    return pd.DataFrame({"value": value}).assign(**given)


def points(values: Sequence[float], options: Options | None = None, **columns: Any) -> pd.DataFrame:
    return control_charts(series(values, **columns), options).points


def labels(found: pd.DataFrame) -> list[tuple[str, int]]:
    """Rule and direction of each point."""
    return [
        ("", 0) if pd.isna(rule) else (rule, int(found[rule].iloc[place]))
        for place, rule in enumerate(found["rule"])
    ]


def labels_word_by_word(values: Sequence[float], options: Options) -> list[tuple[str, int]]:
    """The rules as they are written, point by point, for one phase; slow and plain."""
    n = len(values)
    held = list(values[: options.fix_after])
    mean = sum(held) / len(held)
    ranges = [abs(b - a) for a, b in pairwise(held)]
    mean_range = sum(ranges) / len(ranges) if ranges else 0
    if options.is_screened and ranges:
        ranges = [r for r in ranges if r < 3.267 * mean_range]
        mean_range = sum(ranges) / len(ranges) if ranges else 0
    sigma3 = 2.66 * mean_range

    def side(k: int) -> int:
        return (values[k] > mean) - (values[k] < mean)

    def outside(k: int) -> bool:
        return values[k] > mean + sigma3 or values[k] < mean - sigma3

    def near(k: int) -> bool:
        beyond = abs(values[k] - mean) > 2 / 3 * sigma3
        return beyond and not (options.rules == "plotthedots" and outside(k))

    found: list[dict[str, int]] = [{} for _ in values]
    for k in range(n):
        if outside(k):
            found[k]["outside"] = side(k)
    for k in range(n - 2):
        window = range(k, k + 3)
        if len({side(i) for i in window}) == 1 and sum(near(i) for i in window) >= 2:
            for i in window:
                if near(i):
                    found[i]["two_of_three"] = side(i)
    length = options.run_length
    for k in range(n - length + 1):
        window = range(k, k + length)
        if len({side(i) for i in window}) == 1 and side(k) != 0:
            for i in window:
                found[i]["shift"] = side(i)
        steps = {np.sign(values[i + 1] - values[i]) for i in window[:-1]}
        if len(steps) == 1 and steps != {0}:
            # In order of time, so that a point of two trends takes the direction of the one that follows.
            for i in window:
                found[i]["trend"] = int(steps.copy().pop())
    order = ("outside", "trend", "two_of_three", "shift")
    return [next(((name, at[name]) for name in order if name in at), ("", 0)) for at in found]
