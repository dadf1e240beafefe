"""What must hold of a series before a model of interruptions is fitted to it (METHODS 0.3, 1.9)."""

import numpy as np

from indicators.stats.its.calendar import Calendar
from indicators.stats.its.fit import FloatArray
from indicators.stats.its.notices import Notice, refuse
from indicators.stats.its.specification import Specification

MOST_MISSING = 0.2
"""Share of periods without a value above which nothing is fitted."""
SMALL = 20
"""Denominators below this make a single period's percentage a matter of chance."""
APART = 6
"""Interruptions fewer periods apart than this are read as one."""
_NOTHING = 1e-20
"""Share of the variation that is rounding."""


def check_rolling(months: int) -> None:
    """Refuse (`ROLLING_WINDOW`) figures that cover more than one of `months`."""
    if months > 1:
        raise refuse(
            "ROLLING_WINDOW",
            f"This measure is a {months}-month rolling figure, so neighbouring points repeat the same data. "
            f"A step change is smeared over {months} months and the test is not valid. "
            "Use the monthly series.",
        )


def check_gaps(missing: int, periods: int, unit: str) -> None:
    """Refuse (`TOO_MANY_GAPS`) a series in which over a fifth of the periods have no value."""
    if missing > MOST_MISSING * periods:
        raise refuse(
            "TOO_MANY_GAPS",
            f"{missing} of the {periods} {unit}s have no value, more than a fifth, so what is missing may be "
            "what matters. Choose a stretch that is better filled, or find the missing figures.",
        )


def check_variation(value: FloatArray) -> None:
    """Refuse (`NO_VARIATION`) values (n,) missing throughout or all the same; one alone is merely too few."""
    if not len(value):
        raise refuse(
            "NO_VARIATION",
            "No period has a value: all are missing or suppressed. Choose another measure or organisation.",
        )
    if len(value) > 1 and np.ptp(value) == 0:
        text = f"All {len(value)} values are the same ({value[0]:g}), so there is no change to measure."
        raise refuse("NO_VARIATION", f"{text} Choose a measure that varies.")


def check_left_over(value: FloatArray, residuals: FloatArray) -> None:
    """Refuse (`NO_VARIATION`) values (n,) exactly on the fitted lines: no error is left to judge by."""
    if float(residuals @ residuals) <= _NOTHING * float(value @ value):
        raise refuse(
            "NO_VARIATION",
            "The values lie exactly on the fitted lines, so chance cannot be judged. "
            "Check that they are measured and not filled in.",
        )


def check_denominators(denominator: FloatArray | None, is_count_model: bool) -> tuple[Notice, ...]:
    """`SMALL_DENOM` for denominators (n,) below 20: refused for percentages, told where they are counted."""
    if denominator is None or not (denominator < SMALL).any():
        return ()
    number = int((denominator < SMALL).sum())
    cause = f"The denominator is below {SMALL} in {number} of the {len(denominator)} periods used."
    if is_count_model:
        text = (
            f"{cause} Combine periods into quarters to check that the result does not hang on them."
        )
        return (Notice("SMALL_DENOM", text),)
    advice = (
        "Model the counts (family binomial or poisson), which weighs each period, or combine periods into "
        "quarters."
    )
    raise refuse("SMALL_DENOM", f"{cause} {advice}")


def apart_enough(specification: Specification) -> tuple[tuple[int, ...], tuple[Notice, ...]]:
    """Places (from 0) of the interruptions that stand; one within six periods of another is read as the same.

    Each that falls away gives `INTERRUPTIONS_CLOSE`.
    """
    at = specification.interruptions
    kept: list[int] = []
    notices = []
    for place in range(len(at)):
        if kept and at[place] - at[kept[-1]] < APART:
            notices.append(_close(specification.calendar, at[kept[-1]], at[place]))
        else:
            kept.append(place)
    return tuple(kept), tuple(notices)


def _close(calendar: Calendar, first: int, second: int) -> Notice:
    begun, unit = calendar.words(first), calendar.unit
    distance = f"{second - first} {unit}" + ("" if second - first == 1 else "s")
    cause = f"The interruptions of {begun} and {calendar.words(second)} are {distance} apart"
    text = f"{cause}, too few to tell two changes from each other."
    advice = "They are read as one change from {begun} on: do not read it as the effect of either."
    return Notice("INTERRUPTIONS_CLOSE", f"{text} {advice.format(begun=begun)}")
