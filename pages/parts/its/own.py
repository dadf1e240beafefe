"""A series of a person's own: uploaded, kept in memory alone, checked, and asked about like any other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
import streamlit as st

from indicators.analyses.its import read
from indicators.analyses.own_data import OwnData, own_data_of
from indicators.analyses.refusal import Refusal
from pages.charts.layers.formats import IndicatorText
from pages.parts.its.choice import choose_months
from pages.parts.its.notes import note
from pages.parts.its.subject import Subject
from pages.parts.links import linked_select

MOST_BYTES, MOST_ROWS = 1_000_000, 5_000
_STEPS = {"month": 1, "quarter": 3}
_SIDES = {"neutral": "Neither side is better", "up": "Higher is better", "down": "Lower is better"}
_BETTER: dict[str, Literal["higher", "lower", "neither"]] = {
    "up": "higher",
    "down": "lower",
    "neutral": "neither",
}


@dataclass(frozen=True)
class OwnSeries:
    """The rows of a file, its periods from the last to the first, and how many months each has."""

    data: OwnData
    periods: tuple[str, ...]
    step_months: int
    is_share: bool


def offer_upload() -> Any | None:
    """The place to give a file, and the file given."""
    with st.expander("Own series"):
        note(
            "A CSV with the columns period and value, or period, numerator and denominator. Periods are "
            "months (2024-04) or quarters (2024-Q2); a missing one is simply absent. At most 1 MB and 5,000 "
            "rows. The file stays in the memory of this visit: no row is stored, and a run on it can be "
            "taken away but is not saved here."
        )
        return st.file_uploader("CSV file", type="csv", key="its.file", max_upload_size=1)


def read_upload(file: Any) -> OwnSeries:
    """The series in a file; Refusal names file, row and column where it cannot be read as one."""
    if file.size > MOST_BYTES:
        raise Refusal("BAD_DATA", f"{file.name} is larger than 1 MB. Keep the rows of one series.")
    data = own_data_of(file.getvalue(), file.name)
    if len(data.rows) > MOST_ROWS:
        text = f"{file.name} has {len(data.rows):,} rows, and at most {MOST_ROWS:,} are read"
        raise Refusal("BAD_DATA", f"{text}. Keep the rows of one series.")
    given = read(data).given
    if given.periods.unit not in _STEPS:
        text = f"{file.name}, row 2, column period: periods have to be months (2024-04) or quarters"
        found = f"and these are {given.periods.unit}s. Combine or rename them"
        raise Refusal("BAD_DATA", f"{text} (2024-Q2), {found}.")
    periods = tuple(sorted(map(str, given.frame["period"]), reverse=True))
    return OwnSeries(data, periods, _STEPS[given.periods.unit], _is_share(given.frame))


def _is_share(frame: pd.DataFrame) -> bool:
    """Whether values are a percentage: numerators that are part of their denominators."""
    if "numerator" not in frame:
        return False
    above, below = frame["numerator"].to_numpy(float), frame["denominator"].to_numpy(float)
    is_counted = (above >= 0) & (2 * above % 1 == 0)
    return bool((is_counted & (above <= below)).all() and np.isfinite(below).all())


def choose_own(
    own: OwnSeries, places: Sequence[Any], choose_model: Callable[[int], dict[str, Any]]
) -> tuple[Subject, dict[str, Any]]:
    """The controls of a series of one's own: its subject and the document."""
    side_place, entry, leaving, more = places
    with side_place:
        side = (
            linked_select("Better side", "better", list(_SIDES), _SIDES.__getitem__, "neutral")
            or "neutral"
        )
    dates = choose_months(own.periods, (entry, leaving))
    with more, st.popover("More options", width="stretch"):
        model = choose_model(own.step_months)
    document = {"analysis": "its", "interruptions": list(dates), "improvement": side, **model}
    unit: Literal["percent", "score"] = "percent" if own.is_share else "score"
    title = "per cent" if own.is_share else "value"
    text = IndicatorText("", unit, _BETTER[side], title, own.step_months)
    return Subject(own.data.name, "the series", text), document
