"""Curves of time to an end, read at the times an analysis asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.analyses.refusal import warn
from indicators.stats.competing import aalen_johansen
from indicators.stats.steps import Numbers, at_risk, read_steps
from indicators.stats.survival import Curve, kaplan_meier, start_where_enough
from indicators.stats.turnbull import turnbull

SURVIVAL = ["time", "at_risk", "survival", "ci_low", "ci_high"]
INCIDENCE = ["time", "probability", "ci_low", "ci_high"]
Times = Sequence[float] | None


@dataclass(frozen=True)
class ReadCurve:
    """Survival (columns SURVIVAL) and the probability of each end (columns INCIDENCE) at the same times."""

    curve: Curve
    survival: pd.DataFrame
    incidence: dict[int, pd.DataFrame]
    warnings: list[dict[str, str]]


def read_exact(rows: pd.DataFrame, times: Times, alpha: float) -> ReadCurve:
    """From `entry, stop, event`: survival from any end (Kaplan–Meier), each end by Aalen–Johansen.

    `at_risk` counts entry < time <= stop, and at the first entry or before it those who enter then.
    """
    # First the ends by cause: its checks see the events as they stand in the file.
    by_cause = aalen_johansen(rows, alpha)
    curve = kaplan_meier(rows.assign(event=rows["event"].clip(upper=1)), alpha)
    when = _when(curve, times)
    number = np.where(
        when <= curve.start, (rows["entry"] == curve.start).sum(), at_risk(rows, when)
    )
    incidence = {
        int(str(cause)): _read_incidence(part, when, curve)
        for cause, part in by_cause.groupby("cause")
    }
    warnings = [*_beyond(when, curve), *_thin_start(rows)]
    return ReadCurve(curve, _read_survival(curve, when, number), incidence, warnings)


def read_interval(rows: pd.DataFrame, times: Times, alpha: float) -> ReadCurve:
    """From `lo, hi`, half-open: survival (Turnbull) and what it leaves as the probability of the one end.

    `at_risk` is the expected number that had not ended before, and were not lost sight of.
    """
    curve = turnbull(rows, alpha)
    when = _when(curve, times)
    open_since = rows.loc[rows["hi"].isna(), "lo"].to_numpy(dtype=float)
    table = curve.table
    ends = table["time"].to_numpy(dtype=float) >= when[:, np.newaxis]
    number = ends @ table["events"].to_numpy(dtype=float)
    number = number + (open_since >= when[:, np.newaxis]).sum(axis=1)
    survival = _read_survival(curve, when, number)
    fallen = 1 - survival[["survival", "ci_high", "ci_low"]]
    fallen = fallen.set_axis(["probability", "ci_low", "ci_high"], axis=1)
    warnings = [*_beyond(when, curve), *_undetermined(when, curve)]
    return ReadCurve(curve, survival, {1: fallen.assign(time=when)[INCIDENCE]}, warnings)


def _when(curve: Curve, times: Times) -> NDArray[np.float64]:
    return np.asarray(curve.table["time"] if times is None else times, dtype=float)


def _read_survival(curve: Curve, when: Numbers, number: NDArray[np.number]) -> pd.DataFrame:
    first = {"survival": 1.0, "ci_low": np.nan, "ci_high": np.nan}
    return read_steps(curve.table, list(when), first, curve.end).assign(at_risk=number)[SURVIVAL]


def _read_incidence(part: pd.DataFrame, when: Numbers, curve: Curve) -> pd.DataFrame:
    first = {"probability": 0.0, "ci_low": np.nan, "ci_high": np.nan}
    return read_steps(part, list(when), first, curve.end)[INCIDENCE]


def _beyond(when: Numbers, curve: Curve) -> list[dict[str, str]]:
    late = [f"{time:g}" for time in when if time > curve.end]
    if not late:
        return []
    text = f"Nobody was watched after {curve.end:g}: nothing is known at {', '.join(late)}."
    return [warn("BEYOND_LAST_STOP", text)]


def _thin_start(rows: pd.DataFrame) -> list[dict[str, str]]:
    """A warning where spells ended before enough had entered: every later value is built on that."""
    enough = start_where_enough(rows)["entry"].min()
    if not ((rows["stop"] <= enough) & (rows["event"] > 0)).any():
        return []
    text = f"Spells ended by {enough:g}, while fewer than five were at risk: the whole curve rests on it."
    advice = f"Without the rows that stop by {enough:g} it is the curve of those still in then."
    return [warn("THIN_START", f"{text} {advice}")]


def _undetermined(when: Numbers, curve: Curve) -> list[dict[str, str]]:
    """A warning for each time at which survival can have any value within a fall."""
    table = curve.table.assign(before=curve.table["survival"].shift(fill_value=1.0))
    return [
        warn(
            "WITHIN_INTERVAL",
            f"At {time:g} survival lies between {fall.survival:.3f} and {fall.before:.3f}: "
            f"when within ({fall.after:g}, {fall.time:g}] it falls is not known; the higher is given.",
        )
        for time in when
        for fall in table[(table["after"] < time) & (time < table["time"])].itertuples()
    ]
