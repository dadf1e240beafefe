"""What the pandemic does to a series: periods left out and terms for what came after (METHODS 1.3)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.stats.its.calendar import Calendar
from indicators.stats.its.notices import Notice, refuse
from indicators.stats.its.specification import NO_TERMS, Columns, Covid, Specification

Counts = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
LEAST_EACH_SIDE = 6
"""Points with a value before March 2020, and from April 2021 on, that a pulse takes."""
COVID_SLOPE = "covid_slope"
LEAST_LEVEL = 3
"""Points between the pandemic and an interruption from which on the level there is told from its effect."""


@dataclass(frozen=True)
class Pandemic:
    """How one series is read: `option` is what was done, which may be less than was asked.

    `masked` (n,) are periods of the pandemic that tell nothing of the series: left out of the fit, or
    (`is_dummied`) kept with a term each. `outside` (n,) are those before the series' start or after its end.
    `terms` is what is added to the design.
    """

    option: Covid
    masked: Bools
    outside: Bools
    terms: Columns = NO_TERMS
    notices: tuple[Notice, ...] = ()

    @property
    def is_dummied(self) -> bool:
        """Whether masked periods stay in the fit, each with a term of its own."""
        return self.option == "month_dummies"


@dataclass(frozen=True)
class Window:
    """The pandemic in counts: `first` and `last` masked period (both inclusive), start of the `baseline`."""

    first: int
    last: int
    baseline: int


def window(calendar: Calendar) -> Window | None:
    """March 2020 to March 2021 and the baseline from July 2021; None for bare numbers."""
    if calendar.per_year is None:
        return None
    months = (2020, 3), (2021, 3), (2021, 7)
    return Window(*(calendar.of_month(*month) for month in months))


def check_overlap(specification: Specification) -> tuple[Notice, ...]:
    """Refuse (`COVID_OVERLAP`) an interruption inside the window; only a warning where nothing is masked."""
    span = window(specification.calendar)
    inside = [
        place
        for place, at in enumerate(specification.interruptions)
        if span and span.first <= at <= span.last
    ]
    if not inside:
        return ()
    kind = "Entry" if inside[0] % 2 == 0 else "Exit"
    text = (
        f"{kind} falls inside the pandemic window (Mar 2020–Mar 2021). A single-trust ITS cannot separate "
        "the two. Use the comparison with matched trusts."
    )
    if specification.covid != "none":
        raise refuse("COVID_OVERLAP", text)
    return (Notice("COVID_OVERLAP", text),)


def read_pandemic(
    asked: Covid, grid: Counts, usable: Bools, interruptions: tuple[int, ...], calendar: Calendar
) -> Pandemic:
    """How to read a series of the periods `grid` (n,), of which `usable` (n,) can be fitted.

    `pulse` masks the window and adds `covid_level` and `covid_slope` from April 2021 on; `month_dummies` adds
    these and a term per masked period instead of masking. Both take points on each side that no interruption
    cuts off: six before, or the series begins in July 2021; six after, or it ends in February 2020. Where
    an interruption ends the side after, three to five points give a level without a slope, fewer nothing.
    """
    span, nothing = window(calendar), np.zeros(len(grid), bool)
    if span is None or asked == "none":
        return Pandemic("none", nothing, nothing)
    if asked == "baseline_2021_07":
        return Pandemic(asked, nothing, grid < span.baseline)
    before, after = usable & (grid < span.first), usable & (grid > span.last)
    is_inside = (usable & (grid >= span.first) & (grid < span.baseline)).any()
    if not is_inside and not (before.any() and after.any()):
        return Pandemic("none", nothing, nothing)
    previous = max((at for at in interruptions if at < span.first), default=int(grid[0]))
    following = min((at for at in interruptions if at > span.last), default=None)
    sides = _Sides(
        before=int((before & (grid >= previous)).sum()),
        after=int((after & (grid < (grid[-1] + 1 if following is None else following))).sum()),
        is_cut=following is not None,
    )
    return _through(asked, span, grid, usable, sides)


@dataclass(frozen=True)
class _Sides:
    """Points on each side of the window up to the next interruption; `is_cut`: one ends the side after."""

    before: int
    after: int
    is_cut: bool


def _through(asked: Covid, span: Window, grid: Counts, usable: Bools, sides: _Sides) -> Pandemic:
    """The pandemic read through where both sides are long enough; else one side alone."""
    nothing = np.zeros(len(grid), bool)
    masked = (grid >= span.first) & (grid <= span.last)
    if sides.before < LEAST_EACH_SIDE:
        told = _cut("just before Mar 2020", sides.before, "from Jul 2021 on")
        return Pandemic("baseline_2021_07", nothing, grid < span.baseline, notices=(told,))
    if sides.after < LEAST_EACH_SIDE and not sides.is_cut:
        told = _cut("after Mar 2021", sides.after, "up to Feb 2020")
        return Pandemic(asked, nothing, grid >= span.first, notices=(told,))
    if sides.after < LEAST_LEVEL:
        told = _cut("from Apr 2021 to the next interruption", sides.after, "from Jul 2021 on")
        return Pandemic("baseline_2021_07", nothing, grid < span.baseline, notices=(told,))
    has_slope = sides.after >= LEAST_EACH_SIDE
    terms = _after_terms(span, grid, has_slope)
    if asked == "month_dummies":
        terms = _with_dummies(terms, masked & usable)
    return Pandemic(asked, masked, nothing, terms, () if has_slope else (_level_only(sides.after),))


def _cut(side: str, points: int, kept: str) -> Notice:
    found = {0: "there are none", 1: "there is 1"}.get(points, f"there are {points}")
    cause = f"Reading through the pandemic takes {LEAST_EACH_SIDE} points {side} and {found}"
    advice = "Compare the other ways with the pandemic, and matched trusts."
    return Notice("COVID_BASELINE", f"{cause}, so the series is read {kept}. {advice}")


def _level_only(points: int) -> Notice:
    cause = f"Only {points} points lie between the pandemic and the next interruption"
    text = f"{cause}, so the line of before Mar 2020 is carried on at the level after Mar 2021."
    return Notice("COVID_SHORT", f"{text} Rely on the comparison with matched trusts instead.")


def _after_terms(span: Window, grid: Counts, has_slope: bool) -> Columns:
    level = (grid > span.last).astype(float)
    if not has_slope:
        return Columns(("covid_level",), (level,))
    slope = np.maximum(grid - span.last - 1, 0).astype(float)
    return Columns(("covid_level", COVID_SLOPE), (level, slope))


def _with_dummies(terms: Columns, chosen: Bools) -> Columns:
    places = np.flatnonzero(chosen)
    names = tuple(f"covid_{number}" for number in range(1, len(places) + 1))
    dummies = tuple((np.arange(len(chosen)) == place).astype(float) for place in places)
    return Columns((*terms.names, *names), (*terms.values, *dummies))
