"""The series that an analysis is given, one or many, and how a person's own file is read as such."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from indicators.analyses.own_data import OwnData
from indicators.analyses.own_periods import Periods, read_periods
from indicators.analyses.refusal import Refusal
from indicators.stats.rows import Rule, blanks, refuse_first

ONLY = "value"
"""The name of a series in a file that names none."""


@dataclass(frozen=True)
class GivenSeries:
    """`frame` has `series`, `period` (as written), `count` and `value`, each series together, by time.

    From numerators and denominators it has these too, and `row`, the place in the file counted from 0.
    `left_out`: how many rows have no value. Series stand in the order in which they are first named. `usual`:
    fields of the document that hold where it does not say otherwise. `is_shared`: neighbouring figures
    share data.
    """

    frame: pd.DataFrame
    periods: Periods
    left_out: int
    usual: Mapping[str, Any] = field(default_factory=dict)
    is_shared: bool = False


def read_series(data: OwnData) -> GivenSeries:
    """The rows `period, value` or `period, numerator, denominator` of a file; a missing value is left out.

    Refuses a blank or repeated period, a blank series, a negative denominator, and events out of none.
    """
    data.need("period")
    has_series = "series" in data.rows
    periods = read_periods(data)
    frame = pd.DataFrame(
        {
            "series": data.text("series") if has_series else pd.Series(ONLY, data.rows.index),
            "period": data.text("period"),
            "count": periods.count,
        }
    )
    twice = frame.duplicated(["series", "count"]).to_numpy(dtype=bool)
    again = "stands there a second time" + (" for this series" if has_series else "")
    refuse_first([*blanks(frame, ("series", "period")), ("period", twice, again)])
    frame = frame.join(_values(data)).assign(place=pd.factorize(frame["series"])[0])
    kept = frame.dropna(subset="value").sort_values(["place", "count"], ignore_index=True)
    if kept.empty:
        raise Refusal("BAD_DATA", f"{data.name}: no row has a value.")
    return GivenSeries(kept.drop(columns="place"), periods, len(frame) - len(kept))


def _values(data: OwnData) -> pd.DataFrame:
    """`value`: as it stands, or numerator by denominator; missing where one is blank, or none of none."""
    if "value" in data.rows:
        if not data.rows.columns.intersection(["numerator", "denominator"]).empty:
            text = "has both value and numerator, denominator: keep the columns of one kind"
            raise Refusal("BAD_DATA", f"{data.name}, row 1: {text}.")
        return pd.DataFrame({"value": data.numbers("value")})
    data.need("period", "numerator", "denominator")
    numerator, denominator = data.numbers("numerator"), data.numbers("denominator")
    of_none = ((denominator == 0) & (numerator != 0) & numerator.notna()).to_numpy(dtype=bool)
    rules: list[Rule] = [
        ("denominator", (denominator < 0).to_numpy(dtype=bool), "is below 0"),
        ("denominator", of_none, "is no denominator for a numerator that is not 0"),
    ]
    refuse_first(rules)
    value = numerator / denominator.where(denominator > 0, np.nan)
    measured = {"value": value, "numerator": numerator, "denominator": denominator}
    return pd.DataFrame(measured).assign(row=np.arange(len(value)))
