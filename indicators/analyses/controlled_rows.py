"""The series a controlled analysis is given: the one that entered, and sets of comparators with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from indicators.analyses.own_data import OwnData
from indicators.analyses.own_panel import GivenPanel, read_panel
from indicators.analyses.own_periods import Periods
from indicators.analyses.own_series import GivenSeries
from indicators.analyses.refusal import Refusal
from indicators.comparator_pool import LEAST_FILLED
from indicators.definition import Indicator
from indicators.stats.its.controlled import Units
from indicators.stats.its.notices import Notice

GIVEN = "as given"
"""The one set of comparators of a person's own file."""


@dataclass(frozen=True)
class ControlledRows:
    """`panel` has the series of `entered` and of every comparator; published ones have an `indicator`.

    `sets`: comparators by the way in which they were chosen. `headline`: the set that the result is of.
    `judged`: every unit (`org_code, org_name, is_in, reason`). `balance`: `trait, entered, comparators, smd`.
    """

    panel: GivenPanel
    entered: str
    sets: Mapping[str, tuple[str, ...]]
    headline: str
    judged: pd.DataFrame
    indicator: Indicator | None = None
    balance: pd.DataFrame = field(default_factory=pd.DataFrame)
    notices: tuple[Notice, ...] = ()

    @property
    def series(self) -> GivenSeries:
        """The rows of all units."""
        return self.panel.series

    @property
    def periods(self) -> Periods:
        """How periods are written."""
        return self.panel.periods

    def units(self, chosen: tuple[str, ...], weights: Mapping[str, float] | None) -> Units:
        """The one that entered beside the chosen comparators, as statistics take them."""
        wide = self.series.frame.pivot_table(index="count", columns="series", values="value")
        given = [1.0] * len(chosen) if weights is None else [weights[unit] for unit in chosen]
        return Units(
            wide.index.to_numpy(dtype=np.int64),
            wide[self.entered].to_numpy(dtype=np.float64),
            wide[list(chosen)].to_numpy(dtype=np.float64),
            np.array(given) / np.sum(given),
        )


class PoolRefused(Refusal):
    """An organisation that cannot be compared, with every other as it was `judged`, in or out, and why."""

    def __init__(self, code: str, message: str, judged: pd.DataFrame) -> None:
        super().__init__(code, message)
        self.judged = judged


def read_controlled(data: OwnData) -> ControlledRows:
    """The rows `unit, treated, period, value` of a file: one unit has treated 1, the others 0."""
    data.need("unit", "treated", "period", "value")
    panel = read_panel(data)
    entered = _entered(data)
    judged = _judged(panel.series.frame, entered)
    if not judged["is_in"].any():
        reasons = "; ".join(f"{row.org_code} {row.reason}" for row in judged.itertuples())
        cause = f"{data.name}: there is nothing to compare {entered} with ({reasons})"
        raise Refusal("TOO_FEW_COMPARATORS", f"{cause}. Add units with treated 0.")
    chosen = tuple(judged.loc[judged["is_in"], "org_code"])
    return ControlledRows(panel, entered, {GIVEN: chosen}, GIVEN, judged)


def _entered(data: OwnData) -> str:
    """The one unit with treated 1 in all of its rows."""
    treated = data.numbers("treated")
    odd = treated[~treated.isin([0, 1])]
    if len(odd):
        row = int(odd.index[0])
        raise data.refuse(row, "treated", "it has to be 1 (the one that entered) or 0")
    kinds = treated.groupby(data.text("unit")).agg(["min", "max"])
    mixed = kinds.index[kinds["min"] != kinds["max"]]
    if len(mixed):
        cause = f"{data.name}: {mixed[0]} has treated 0 in some rows and 1 in others"
        advice = "Keep to one for each unit: interruptions say when it entered"
        raise Refusal("BAD_DATA", f"{cause}. {advice}.")
    entered = list(kinds.index[kinds["max"] == 1])
    if len(entered) != 1:
        cause = f"{data.name}: {len(entered)} units have treated 1, and one is analysed at a time"
        raise Refusal("BAD_DATA", f"{cause}. Keep the rows of one, beside those with treated 0.")
    return str(entered[0])


def _judged(frame: pd.DataFrame, entered: str) -> pd.DataFrame:
    """Every other unit of a file, and whether it has enough of the periods of the one that entered."""
    own = set(frame.loc[frame["series"] == entered, "count"])
    if not own:
        raise Refusal("NO_VARIATION", f"No row of {entered}, which entered, has a value.")
    shared = frame[frame["count"].isin(own)].groupby("series")["count"].nunique()
    units = [unit for unit in dict.fromkeys(frame["series"]) if unit != entered]
    has = [int(shared.get(unit, 0)) for unit in units]
    is_in = [one >= LEAST_FILLED * len(own) for one in has]
    words = ["has figures for", "has figures for only"]
    reason = [
        f"{words[not enough]} {one} of {len(own)} periods"
        for one, enough in zip(has, is_in, strict=True)
    ]
    return pd.DataFrame({"org_code": units, "org_name": units, "is_in": is_in, "reason": reason})
