"""The analysis `time_to_exit`: how long until spells end, and by which end."""

from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from indicators.analyses.curves import ReadCurve, read_exact, read_interval
from indicators.analyses.numbers import plain, records
from indicators.analyses.own_data import OwnData
from indicators.analyses.refusal import Refusal, warn
from indicators.durations import Bound
from indicators.stats.rows import blanks, refuse_first

ENOUGH = 5
Time = Annotated[float, Field(allow_inf_nan=False)]
Cause = Annotated[int, Field(ge=1)]


class Spec(BaseModel):
    """What to read. `times`: when to read the curves (none given: at every end); `causes`: names of the ends.

    `programme` and `bound` (how vague dates are read: `earliest`, `best`, `latest`) choose what the published
    warehouse knows; with `--data` they are not needed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    analysis: Literal["time_to_exit"]
    programme: Literal["rsp", "special-measures", "successors"] | None = None
    bound: Bound = "best"
    times: tuple[Time, ...] | None = Field(None, min_length=1)
    causes: dict[Cause, str] = Field(default_factory=dict)
    alpha: float = Field(0.05, gt=0, lt=1)


def read(data: OwnData) -> pd.DataFrame:
    """The rows `entry, stop, event` of a file, or `lo, hi` where it has these, one per spell."""
    is_interval = not data.rows.columns.intersection(["lo", "hi"]).empty
    if is_interval and not data.rows.columns.intersection(["entry", "stop", "event"]).empty:
        text = "has both lo, hi and entry, stop, event: keep the columns of one kind"
        raise Refusal("BAD_DATA", f"{data.name}, row 1: {text}.")
    columns = ("lo", "hi") if is_interval else ("entry", "stop", "event")
    data.need("unit", *columns)
    refuse_first(blanks(data.rows.replace("", None), ("unit",)))
    return pd.DataFrame({name: data.numbers(name) for name in columns})


def run(spec: Spec, rows: pd.DataFrame) -> dict[str, Any]:
    """`survival` from any end, `cumulative_incidence` by end, and the `median` with its interval.

    At times after the last stop the values are null. The median is when survival comes to one half.
    """
    reads = read_interval if "lo" in rows else read_exact
    found = reads(rows, spec.times, spec.alpha)
    median = found.curve.median
    return {
        "ok": True,
        "n": len(rows),
        "survival": records(found.survival),
        "cumulative_incidence": _by_name(spec, found),
        "median": plain(median.estimate),
        "median_ci_low": plain(median.ci_low),
        "median_ci_high": plain(median.ci_high),
        "warnings": [*found.warnings, *_warnings(found)],
    }


def _by_name(spec: Spec, found: ReadCurve) -> dict[str, list[dict[str, Any]]]:
    """The curve of every end seen or named; a named end that never came stays at 0."""
    names = {
        cause: spec.causes.get(cause, str(cause)) for cause in {*spec.causes, *found.incidence}
    }
    if len(set(names.values())) < len(names):
        raise Refusal("BAD_SPEC", "causes: two ends have the same name.")
    nothing = found.survival[["time"]].assign(probability=0.0, ci_low=np.nan, ci_high=np.nan)
    return {names[cause]: records(found.incidence.get(cause, nothing)) for cause in sorted(names)}


def _warnings(found: ReadCurve) -> list[dict[str, str]]:
    warnings = []
    if found.curve.table.empty:
        warnings.append(warn("NO_EVENTS", "No spell is known to have ended: survival stays at 1."))
    few = found.survival[(found.survival["at_risk"] < ENOUGH) & found.survival["survival"].notna()]
    if len(few):
        when = f"at {len(few)} of the {len(found.survival)} times, first at {few['time'].iloc[0]:g}"
        text = f"Fewer than five are at risk {when}: a single end moves the curve far there."
        warnings.append(warn("FEW_AT_RISK", text))
    return warnings
