"""Where limits may be recalculated: at a shift that lasts, with points enough on either side of it.

Only a person recalculates. What is found here is where it may be done, and where something known happened
at the time.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from pandas.api.typing import NaTType

from indicators.stats.control_chart import LEAST_IN_PHASE
from indicators.writing import format_month

NEAR = 2
"""A cause, and the new start of limits, lie at most so many periods from where the shift begins."""


@dataclass(frozen=True)
class Suggestion:
    """A shift that lasts, over so many `points`, and something known to have happened near its start."""

    starts_on: date
    points: int
    cause: str
    happened_on: date


def possible_starts(points: pd.DataFrame) -> list[date]:
    """First days of the periods from which the limits of one organisation's chart may begin anew.

    Those within NEAR periods of the start of a lasting shift, of which at least 12 points of the phase lie
    before and at least 12 from it on. `points`: rows of `chart_values` in order of time.
    """
    near = {start + away for start, _ in _lasting_shifts(points) for away in range(-NEAR, NEAR + 1)}
    return [_day(points, place) for place in sorted(near & _with_room(points))]


def suggestions(
    points: pd.DataFrame, events: pd.DataFrame, step_months: int = 1
) -> list[Suggestion]:
    """Lasting shifts at whose start something is known to have happened, one for each event.

    `events` (on, label) holds what is known to have happened to the organisation and to the indicator's
    definition. Entering a programme is not among the reasons.
    """
    room, found = _with_room(points), []
    for start, length in _lasting_shifts(points):
        if start not in room:
            continue
        day = _day(points, start)
        for on, label in zip(pd.to_datetime(events["on"]), events["label"], strict=True):
            if abs(_months_between(day, on)) <= NEAR * step_months:
                found.append(Suggestion(day, length, label, on.date()))
    return found


def national_near(day: date, events: pd.DataFrame) -> list[str]:
    """What happened to everybody within NEAR months of a day's month, each way, in words.

    It is told beside a suggestion, so that what moved all series alike is seen, and suggests nothing.
    `events`: `happened_on, ended_on` (the first day after; missing where it did not last), `title`.
    """
    edges = [
        (on, f"{which}{title}")
        for begun, ended, title in events[["happened_on", "ended_on", "title"]].itertuples(
            index=False
        )
        for on, which in _edges(begun, ended)
    ]
    near = [(on, words) for on, words in edges if abs(_months_between(day, on)) <= NEAR]
    return [f"{words} ({format_month(on)})" for on, words in near]


def _edges(begun: pd.Timestamp, ended: pd.Timestamp | NaTType) -> list[tuple[pd.Timestamp, str]]:
    """Start and end of what lasted, the start alone of what did not; the end is the last day of it."""
    if isinstance(ended, NaTType):
        return [(begun, "")]
    return [(begun, "start of "), (ended - pd.Timedelta(days=1), "end of ")]


def _lasting_shifts(points: pd.DataFrame) -> list[tuple[int, int]]:
    """Place of the first point and number of points of each run of 12 or more on one side of its mean."""
    side, phase = points["shift"].to_numpy(), points["phase"].to_numpy()
    begins = np.ones(len(points), bool)
    begins[1:] = (side[1:] != side[:-1]) | (phase[1:] != phase[:-1])
    starts = np.flatnonzero(begins)
    lengths = np.diff(starts, append=len(points))
    is_lasting = (side[starts] != 0) & (lengths >= LEAST_IN_PHASE)
    return [(int(s), int(n)) for s, n in zip(starts[is_lasting], lengths[is_lasting], strict=True)]


def _with_room(points: pd.DataFrame) -> set[int]:
    """Places with 12 points or more of their phase before them and as many from them on."""
    of_phase = points.groupby("phase", sort=False)["phase"]
    before, length = of_phase.cumcount(), of_phase.transform("size")
    has_room = (before >= LEAST_IN_PHASE) & (length - before >= LEAST_IN_PHASE)
    return set(np.flatnonzero(has_room).tolist())


def _day(points: pd.DataFrame, place: int) -> date:
    return pd.Timestamp(points["period_start"].iloc[place]).date()


def _months_between(day: date, on: pd.Timestamp) -> int:
    return 12 * (on.year - day.year) + on.month - day.month
