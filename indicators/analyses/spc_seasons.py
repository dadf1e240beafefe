"""Charts of the analysis `spc` without the season: which series are adjusted, and which cannot be."""

import pandas as pd

from indicators.analyses.refusal import Refusal
from indicators.analyses.spc_spec import Choices
from indicators.stats.seasonal import adjust

PER_YEAR = {"month": 12, "quarter": 4}
"""Units of periods that have a place in the year, and how many of them a year has."""


def without_seasons(frame: pd.DataFrame, unit: str, choices: dict[str, Choices]) -> pd.DataFrame:
    """Rows with `observed`, the value as given, and `value` seasonally adjusted where a choice asks for it.

    `is_adjusted`: whether it was; a series too short for seasons keeps its values. `count` numbers periods.
    """
    asked = [name for name, choice in choices.items() if choice.seasonally_adjusted]
    observed = frame.assign(observed=frame["value"], is_adjusted=False)
    if not asked:
        return observed
    _check(unit, [choices[name].chart for name in asked])
    chosen = observed["series"].isin(asked)
    part = observed[chosen]
    found = adjust(part.assign(period=part["count"]), PER_YEAR[unit])
    return observed.assign(
        value=observed["value"].mask(chosen, found["value"]),
        is_adjusted=chosen & found["is_adjusted"].reindex(observed.index, fill_value=False),
    )


def _check(unit: str, charts: list[str]) -> None:
    if unit not in PER_YEAR:
        text = f"takes periods that are months or quarters, not {unit}s"
        raise Refusal("BAD_SPEC", f"seasonally_adjusted: {text}.")
    others = [chart for chart in charts if chart != "xmr"]
    if others:
        raise Refusal("BAD_SPEC", f"seasonally_adjusted: is for xmr charts, not for {others[0]}.")
