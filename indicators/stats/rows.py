"""What must hold of rows before statistics are made of them; the first faulty row is named."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Rule = tuple[str, Mask, str]
"""A column, the rows in which it is wrong, and what is wrong with it, as the end of a sentence."""


class BadRow(ValueError):
    """A row that cannot be: `position` counts from 0, `problem` ends a sentence about `column`."""

    def __init__(self, position: int, column: str, problem: str) -> None:
        super().__init__(f"row {position + 1} of the data, column {column}: {problem}")
        self.position, self.column, self.problem = position, column, problem


def check_times(times: pd.DataFrame, largest_event: int | None = None) -> None:
    """Refuse rows of `entry, stop, event` that cannot be; `largest_event` (inclusive) bounds the causes."""
    event = times["event"].to_numpy(dtype=float, na_value=np.nan)
    not_a_cause = (event < 0) | (event != np.floor(event))
    rules = [*blanks(times, ("entry", "stop", "event")), *infinite(times, ("entry", "stop"))]
    rules += [
        ("stop", (times["stop"] <= times["entry"]).to_numpy(dtype=bool), "is not after entry"),
        ("event", not_a_cause, "is not 0, 1, 2 or another whole number from 0 up"),
    ]
    if largest_event is not None:
        rules.append(("event", event > largest_event, f"is above {largest_event}"))
    refuse_first(rules)


def check_intervals(intervals: pd.DataFrame) -> None:
    """Refuse rows of `lo, hi` that cannot be: `lo` blank or negative, or `hi` before `lo`."""
    refuse_first(
        [
            *blanks(intervals, ("lo",)),
            *infinite(intervals, ("lo",)),
            ("lo", (intervals["lo"] < 0).to_numpy(dtype=bool), "is below 0"),
            ("hi", (intervals["hi"] < intervals["lo"]).to_numpy(dtype=bool), "is below lo"),
        ]
    )


def check_panel(panel: pd.DataFrame) -> None:
    """Refuse rows of `unit, period, state` with a blank, or a unit that stands twice in a period."""
    twice = panel.duplicated(["unit", "period"]).to_numpy(dtype=bool)
    refuse_first(
        [
            *blanks(panel, ("unit", "period", "state")),
            ("period", twice, "stands there a second time for this unit"),
        ]
    )


def refuse_first(rules: Iterable[Rule]) -> None:
    """Raise BadRow for the first row that breaks a rule; of several rules, the one given first."""
    broken = [
        (int(mask.argmax()), column, problem) for column, mask, problem in rules if mask.any()
    ]
    if broken:
        raise BadRow(*min(broken, key=lambda fault: fault[0]))


def blanks(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[Rule]:
    """One rule per column: no cell is missing."""
    return [(name, frame[name].isna().to_numpy(dtype=bool), "is blank") for name in columns]


def infinite(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[Rule]:
    """One rule per column: no number is infinite."""
    return [(name, np.isinf(frame[name].to_numpy(dtype=float)), "is infinite") for name in columns]
