"""Control charts by packages of other people, where installed: how long they take and how alike they are.

`bench/requirements.txt` names them; nothing else needs them. They chart one series at a time, so a sample is
timed and scaled up, which the label says.
"""

import time
from collections.abc import Callable
from importlib.metadata import version

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.stats.control_chart import control_charts
from indicators.stats.spc import LIMIT
from indicators.stats.spc_rules import RULES

Judge = Callable[[NDArray[np.float64]], NDArray[np.bool_]]
"""From the values of a series, whether each point (rows) breaks each of RULES (columns)."""
SAMPLE = 300


def compare(frame: pd.DataFrame, what: str) -> dict[str, list[float]]:
    """Seconds each package would take for the series of `frame`, from a sample; prints how alike it is."""
    names = frame["series"].unique()
    sample = frame[frame["series"].isin(names[:: max(1, len(names) // SAMPLE)][:SAMPLE])]
    series = [
        rows.to_numpy(dtype=float) for _, rows in sample.groupby("series", sort=False)["value"]
    ]
    ours = control_charts(sample).points[list(RULES)].to_numpy() != 0
    measured = {}
    for name, judge in _installed().items():
        begun = time.perf_counter()
        theirs = np.concatenate([judge(values) for values in series])
        seconds = (time.perf_counter() - begun) * len(names) / len(series)
        measured[f"{what}, {name} (from {len(series)})"] = [seconds]
        _print_agreement(f"{name}, {len(series)} of {what}", ours, theirs)
    return measured


def _print_agreement(label: str, ours: NDArray[np.bool_], theirs: NDArray[np.bool_]) -> None:
    flagged, flagged_there = ours.any(axis=1), theirs.any(axis=1)
    agreed, same = (flagged == flagged_there).mean(), (ours == theirs).all(axis=1).mean()
    only_there, only_here = (flagged_there & ~flagged).sum(), (flagged & ~flagged_there).sum()
    print(
        f"{label}: {len(ours):,} points, flagged or not alike {agreed:.2%}, the same rules {same:.2%};"
    )
    print(f"    flagged there only {only_there}, here only {only_here}")


def _installed() -> dict[str, Judge]:
    found: dict[str, Judge] = {}
    for name, make in (("pyqicharts", _pyqicharts), ("controlchartspy", _controlchartspy)):
        try:
            found[f"{name} {version(name)}"] = make()
        except ImportError:
            print(f"{name} is not installed: not timed (see bench/requirements.txt).")
    return found


def _pyqicharts() -> Judge:
    """Its rules take limits from outside: they get ours, and runs of seven in place of its six."""
    from pyqicharts import XmrRuleConfig, xmr_signals

    config = XmrRuleConfig(shift_points=7, trend_points=7)

    def judge(values: NDArray[np.float64]) -> NDArray[np.bool_]:
        series = pd.Series(values)
        mean, away = series.mean(), LIMIT * series.diff().abs().mean()
        found = xmr_signals(series, mean, mean - away, mean + away, config=config)
        outside = found["outside_ucl"] | found["outside_lcl"]
        columns = [outside, found["trend"], found["two_sigma"], found["shift"]]
        return np.stack([column.to_numpy(dtype=bool) for column in columns], axis=1)

    return judge


def _controlchartspy() -> Judge:
    """All four rules, runs of seven, moving ranges not screened; limits are its own (3/1.128 for 2.66)."""
    from controlchartspy import spc

    switched_on = {"astronomical": True, "shift": True, "trend": True, "two_in_three": True}
    settings = switched_on | {"shift_n": 7, "trend_n": 7}
    columns = ["astpoint", "trend", "two_in_three", "shift"]

    def judge(values: NDArray[np.float64]) -> NDArray[np.bool_]:
        data = {"key": [f"{place:04}" for place in range(len(values))], "value": values.tolist()}
        limits = spc(
            data=data,
            keys="key",
            numerators="value",
            spc_settings={"outliers_in_limits": True},
            outlier_settings=settings,
            return_objs="limits",
        ).limits
        return np.array([[point[name] != "none" for name in columns] for point in limits])

    return judge
