"""How far a single series may be read: enough points at all, and the grade of a run (METHODS 1.9)."""

from typing import Literal

from indicators.stats.its.calendar import Calendar
from indicators.stats.its.notices import Notice, refuse

Grade = Literal["standard", "exploratory", "descriptive"]
STANDARD, EXPLORATORY = 12, 8
"""Points on the smaller side from which on (inclusive) a run has the grade."""
SPARE = 2
SLOPE_FROM = 6
"""Points after an interruption from which on (inclusive) its change of slope is estimated."""
LEAST = {4: (6, 2)}
LEAST_USUALLY = (8, 3)
"""Points before the first interruption, and after each, below which nothing is fitted."""

_MORE_BEFORE = "Choose a measure that reaches further back, or read the control chart."
_MORE_AFTER = "Choose another measure, or wait for more data and read the control chart until then."


def grade_of(segments: tuple[int, ...]) -> Grade:
    """The grade by the smallest number of points between interruptions."""
    smallest = min(segments)
    if smallest >= STANDARD:
        return "standard"
    return "exploratory" if smallest >= EXPLORATORY else "descriptive"


def check_points(
    segments: tuple[int, ...], calendar: Calendar, slopes_asked: bool, anticipation: int = 0
) -> tuple[Notice, ...]:
    """Refuse `TOO_FEW_POINTS`; warn of `LOW_POINTS`.

    `segments` are the points before the first interruption, from it to the second, and so on, without the
    `anticipation` periods before entry.
    """
    least_before, least_after = LEAST.get(calendar.per_year or 0, LEAST_USUALLY)
    before, *after = segments
    told = _told(segments, calendar, anticipation)
    if before < least_before or min(after) < least_after:
        each = "after" if len(after) == 1 else "after each"
        needed = f"at least {least_before} before and {least_after} {each} are needed"
        advice = _MORE_BEFORE if before < least_before else _MORE_AFTER
        raise refuse("TOO_FEW_POINTS", f"There are {told}; {needed}. {advice}")
    if before >= STANDARD and min(after) >= SLOPE_FROM:
        return ()
    return (Notice("LOW_POINTS", f"There are only {told}. {_low_advice(after, slopes_asked)}"),)


def _told(segments: tuple[int, ...], calendar: Calendar, anticipation: int) -> str:
    """The points of each stretch: `8 months with a value before entry and 5 after`."""
    before, *after = segments
    unit = calendar.unit if before == 1 else f"{calendar.unit}s"
    begun = f"{before or 'no'} {unit} with a value before entry"
    if anticipation:
        begun += f" (without the {anticipation} left out as anticipation)"
    if len(after) == 1:
        return f"{begun} and {after[0] or 'none'} after"
    *most, last = (str(points or "none") for points in after)
    return f"{begun}, then {', '.join(most)} and {last} after the interruptions"


def check_terms(terms: int, points: int) -> None:
    """Refuse (`TOO_FEW_POINTS`) a model that leaves fewer than two points to judge chance by."""
    if points - terms < SPARE:
        text = f"The model has {terms} terms and the series {points} points, which leaves chance unknown."
        raise refuse("TOO_FEW_POINTS", f"{text} Choose fewer terms, or a longer series.")


def _low_advice(after: list[int], slopes_asked: bool) -> str:
    if slopes_asked and min(after) < SLOPE_FROM:
        return (
            f"A change of slope takes {SLOPE_FROM} points, so where there are fewer only the level is "
            "estimated: wait for more data before reading a trend."
        )
    return "Read the interval, not the estimate, and compare with matched trusts."
