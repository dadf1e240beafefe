"""What Run for all tells of one stay and indicator, and the table of all of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from indicators.analyses.refusal import Refusal

FAR = 0.5
"""Share of the range of all values used by which the line without the event may leave it."""


@dataclass(frozen=True)
class Row:
    """One stay and indicator: the effect `horizon` months after the start, or why there is none.

    `horizon` is 12, or the last observed before; `event_on` the first month exposed; `code` and `why` tell of
    a refusal. Interval ends are inclusive. `percent` is of the value without the event; `spreads` the
    favourable change in standard deviations between organisations of the type in the year before; `excess`
    the change a year after entry beyond the rebound expected without a programme. `is_extrapolated`: the line
    without the event lies far from every value of the series. `n_pre`, `n_post`: points before and after the
    event (for an exit: inside, and after). `placebo_p`: how rarely one of the `placebos` in time before entry
    gave as clear a change of level.
    """

    org_code: str
    org_name: str
    programmes: str
    spell_ids: str
    interruptions: str
    event_on: pd.Timestamp
    indicator_id: str
    horizon: float = np.nan
    period: str | None = None
    estimate: float = np.nan
    se: float = np.nan
    df: float = np.nan
    ci_low: float = np.nan
    ci_high: float = np.nan
    evidence: str | None = None
    favourable: float = np.nan
    percent: float = np.nan
    percent_low: float = np.nan
    percent_high: float = np.nan
    spreads: float = np.nan
    spreads_low: float = np.nan
    spreads_high: float = np.nan
    excess: float = np.nan
    excess_low: float = np.nan
    excess_high: float = np.nan
    n_pre: float = np.nan
    n_post: float = np.nan
    grade: str | None = None
    method: str | None = None
    phi: float = np.nan
    placebos: float = np.nan
    placebo_p: float = np.nan
    is_extrapolated: bool = False
    cautions: str = ""
    warnings: str = ""
    code: str | None = None
    why: str | None = None


COLUMNS = [one.name for one in fields(Row)]


def as_frame(rows: Sequence[Row]) -> pd.DataFrame:
    """The rows as a table in order of the event: an order for reading, no league."""
    frame = pd.DataFrame([asdict(row) for row in rows], columns=COLUMNS)
    ordered = frame.sort_values(["event_on", "org_name"], kind="stable", ignore_index=True)
    return ordered.assign(event_on=pd.to_datetime(ordered["event_on"]))


def estimated(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with an effect."""
    return frame[frame["code"].isna()]


def refused(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows without one."""
    return frame[frame["code"].notna()]


def effect_numbers(effect: dict[str, Any], step_months: int) -> dict[str, Any]:
    """The fields of a row that an effect of the engine has."""
    optional = ("se", "df", "percent", "percent_low", "percent_high", "favourable")
    return {
        "horizon": effect["horizon"] * step_months,
        **{name: effect[name] for name in ("period", "estimate", "ci_low", "ci_high", "evidence")},
        **{name: number_of(effect[name]) for name in optional},
    }


def number_of(value: float | None) -> float:
    """A number of a result, missing as NaN."""
    return np.nan if value is None else float(value)


def last_effect(effects: list[dict[str, Any]]) -> dict[str, Any]:
    """The effect latest after the start; refused where not even the first period after it is observed."""
    if not effects:
        text = "No period after the start of this stretch has a value"
        raise Refusal("HORIZON_NOT_OBSERVED", f"{text}. Wait for more data.")
    return max(effects, key=lambda effect: effect["horizon"])


def far_words(without: float, used: list[float]) -> str:
    """A caution where the value without the event lies beyond those used by more than FAR of their range."""
    least, most = min(used), max(used)
    room = FAR * (most - least)
    if least - room <= without <= most + room:
        return ""
    seen = f"far from every value of this series ({least:,.4g} to {most:,.4g})"
    return (
        f"Without the event the line would run to {without:,.4g}, {seen}: take it as extrapolation."
    )
