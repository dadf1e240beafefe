"""Series of several units side by side: rows `unit, period, value` of a file, or of the warehouse."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.analyses.own_data import OwnData
from indicators.analyses.own_periods import Periods, read_periods
from indicators.analyses.own_series import GivenSeries
from indicators.analyses.refusal import Refusal
from indicators.stats.rows import blanks, refuse_first
from indicators.stats.synthetic.control import Panel

MOST_MISSING = 0.2
"""Share of the calendar from first to last period that may be missing of the one that entered."""


@dataclass(frozen=True)
class GivenPanel:
    """`series` as `GivenSeries`; `data`: the file, for further columns, None from the warehouse."""

    series: GivenSeries
    data: OwnData | None = None

    @property
    def periods(self) -> Periods:
        """How periods are written."""
        return self.series.periods

    @property
    def units(self) -> list[str]:
        """Names of all units, in the order in which they are first named."""
        return list(dict.fromkeys(self.series.frame["series"]))

    def count_of(self, field: str, text: str | int) -> int:
        """The count of a period named in the document; refuses one written in another way than the rows."""
        return self._known(self.periods.count_of(str(text)), field, text)

    def exposed_from(self, field: str, text: str | int) -> int:
        """The count of the first period exposed to a date of the document; refuses one of another kind."""
        return self._known(self.periods.exposed_from(str(text)), field, text)

    def _known(self, count: int | None, field: str, text: str | int) -> int:
        if count is None:
            problem = f"{str(text)!r} is not written as the periods of the rows are"
            raise Refusal("BAD_SPEC", f"{field}: {problem} ({self.periods.unit}).")
        return count


def read_panel(data: OwnData) -> GivenPanel:
    """The rows `unit, period, value` of a file, in any order; a missing value is left out."""
    data.need("unit", "period", "value")
    periods = read_periods(data)
    frame = pd.DataFrame(
        {
            "series": data.text("unit"),
            "unit": data.text("unit"),
            "period": data.text("period"),
            "count": periods.count,
            "value": data.numbers("value"),
        }
    )
    twice = frame.duplicated(["unit", "count"]).to_numpy(dtype=bool)
    again = "stands there a second time for this unit"
    refuse_first([*blanks(frame, ("unit", "period")), ("period", twice, again)])
    kept = frame.drop(columns="unit").dropna(subset="value")
    if kept.empty:
        raise Refusal("BAD_DATA", f"{data.name}: no row has a value.")
    return GivenPanel(GivenSeries(kept, periods, len(frame) - len(kept)), data)


@dataclass(frozen=True)
class OnePanel:
    """The one that entered beside `donors`, over the `periods` (as written) in which it has a value.

    `counts` are those periods as whole numbers. `left_out`: units that lack a value in one of them.
    """

    panel: Panel
    donors: list[str]
    periods: list[str]
    counts: list[int]
    left_out: list[str]


def panel_of(rows: GivenPanel, treated: str, first: int, end: int | None = None) -> OnePanel:
    """The rows side by side, before period `end`; `first` is the first from entry on.

    Refuses a series with many gaps.
    """
    whole = rows.series.frame
    frame = whole if end is None else whole[whole["count"] < end]
    own = frame[frame["series"] == treated].sort_values("count")
    wide = frame.pivot_table(index="count", columns="series", values="value").reindex(own["count"])
    # A unit whose first value is later than the stretch is no part of it.
    others = wide[[unit for unit in rows.units if unit != treated and unit in wide]]
    is_whole = others.notna().all(axis=0)
    donors = list(others.columns[is_whole])
    counts = [int(count) for count in own["count"]]
    _refuse_gaps(treated, counts, rows.periods.unit)
    before = int((np.array(counts) < first).sum())
    values = own["value"].to_numpy(dtype=float)
    panel = Panel(values, others[donors].to_numpy(dtype=float), before)
    left_out = list(others.columns[~is_whole])
    return OnePanel(panel, donors, own["period"].astype(str).tolist(), counts, left_out)


def _refuse_gaps(treated: str, counts: list[int], unit: str) -> None:
    """Days are no calendar of periods: month ends lie 28 to 31 apart."""
    calendar = counts[-1] - counts[0] + 1
    if unit != "day" and 1 - len(counts) / calendar > MOST_MISSING:
        cause = f"{calendar - len(counts)} of the {calendar} periods of {treated} have no value"
        advice = "Choose a stretch with fewer gaps, or quarters in place of months"
        raise Refusal("TOO_MANY_GAPS", f"{cause}, and more than a fifth is too many. {advice}.")
