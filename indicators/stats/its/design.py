"""The design of an interrupted time series: which periods are fitted, with which terms (METHODS 1.1)."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from indicators.stats.its.calendar import Calendar
from indicators.stats.its.dependent import Block, keep_independent
from indicators.stats.its.fit import FloatArray
from indicators.stats.its.grade import SLOPE_FROM, Grade, check_points, check_terms, grade_of
from indicators.stats.its.notices import NotFitted, Notice, refuse
from indicators.stats.its.pandemic import COVID_SLOPE, Pandemic, check_overlap
from indicators.stats.its.periods import Periods, choose_periods
from indicators.stats.its.refusals import apart_enough, check_gaps
from indicators.stats.its.seasons import resolve, season_terms
from indicators.stats.its.specification import NO_TERMS, Columns, Seasonality, Specification


@dataclass(frozen=True)
class Interruption:
    """One change of the series: `at` is its first period, `start` the first in which its terms are not 0.

    `is_entry` tells entries from exits; `has_slope` whether a change of slope is estimated.
    """

    at: int
    start: int
    is_entry: bool
    has_slope: bool


@dataclass(frozen=True)
class Design:
    """The model of a series on every period of the calendar between its first and last (g of them).

    `grid` (g,) are the periods, `x` (g, p) the values of `terms`. Periods that are fitted are `used` (g,);
    `why` (g) says of the others why not. `segments` are the used points before the first interruption, from
    it to the second, and so on (a period of the pandemic with a term of its own is none). `seasonality` and
    the `pandemic`'s option are what was decided; `dropped` are terms that the periods cannot tell apart.
    """

    calendar: Calendar
    terms: tuple[str, ...]
    grid: npt.NDArray[np.int64]
    x: FloatArray
    used: npt.NDArray[np.bool_]
    why: tuple[str, ...]
    interruptions: tuple[Interruption, ...]
    segments: tuple[int, ...]
    seasonality: Seasonality
    pandemic: Pandemic
    dropped: tuple[str, ...]
    notices: tuple[Notice, ...]

    @property
    def grade(self) -> Grade:
        """How far the run may be read."""
        return grade_of(self.segments)

    @property
    def last(self) -> int:
        """The last period that is fitted."""
        return int(self.grid[self.used][-1])

    def without(self, number: int) -> FloatArray:
        """`x` (g, p) as if interruption `number` (from 1) and all later ones had not been.

        1 is counterfactual A, "never entered"; 2 is B, "never exited".
        """
        names = {
            f"{kind}_{later}"
            for kind in ("level", "slope")
            for later in range(number, len(self.interruptions) + 1)
        }
        kept = np.array([term not in names for term in self.terms], dtype=float)
        return np.asarray(self.x * kept, dtype=np.float64)


def build(specification: Specification, count: npt.NDArray[np.int64]) -> Design:
    """The design for a series with a value in each period of `count` (n,), in order and each once.

    `time` is 1 in the first of them. Raises NotFitted for what METHODS 1.2, 1.3 and 1.9 refuse.
    """
    overlap = check_overlap(specification)
    kept, close = apart_enough(specification)
    periods = choose_periods(specification, kept, count)
    check_gaps(periods.missing, periods.expected, specification.calendar.unit)
    points = _check_points(specification, periods)
    interruptions = _interruptions(specification, kept, periods)
    seasonality = resolve(
        specification.seasonality, int(periods.used.sum()), specification.calendar
    )
    seasons = season_terms(seasonality, periods.grid, specification.calendar)
    blocks = _blocks(specification, interruptions, periods, seasons)
    terms = keep_independent(blocks, periods.used, specification)
    check_terms(len(terms.columns.names), int(periods.used.sum()))
    return Design(
        calendar=specification.calendar,
        terms=terms.columns.names,
        grid=periods.grid,
        x=np.column_stack(terms.columns.values),
        used=periods.used,
        why=periods.why,
        interruptions=interruptions,
        segments=periods.segments,
        seasonality=seasonality,
        pandemic=periods.pandemic,
        dropped=terms.dropped,
        notices=(*overlap, *close, *periods.notices, *points, *terms.notices),
    )


def _check_points(specification: Specification, periods: Periods) -> tuple[Notice, ...]:
    """`check_points`; a series that the pandemic made too short says so."""
    try:
        return check_points(
            periods.segments,
            specification.calendar,
            specification.slope_change,
            specification.anticipation,
        )
    except NotFitted as error:
        causes = [one.cause for one in periods.pandemic.notices]
        if not causes:
            raise
        advice = "Choose another way with the pandemic, or read the control chart."
        told = " ".join([*causes, error.notice.cause, advice])
        raise refuse(error.notice.code, told) from error


def flat(specification: Specification) -> Specification:
    """The same model without the line of time before the interruption: its counterfactual is level."""
    return replace(specification, trend=False)


def _interruptions(
    specification: Specification, kept: tuple[int, ...], periods: Periods
) -> tuple[Interruption, ...]:
    return tuple(
        Interruption(
            at=specification.interruptions[place],
            start=start,
            is_entry=place % 2 == 0,
            has_slope=specification.slope_change and points >= SLOPE_FROM,
        )
        for place, start, points in zip(kept, periods.starts, periods.segments[1:], strict=True)
    )


def _blocks(
    specification: Specification,
    interruptions: tuple[Interruption, ...],
    periods: Periods,
    seasons: Columns,
) -> tuple[Block, ...]:
    """The terms in the order in which they are written."""
    grid = periods.grid
    line = Columns(("intercept",), (np.ones(len(grid)),))
    if specification.trend:
        time = (grid - periods.first_given + 1).astype(float)
        line = Columns(("intercept", "time"), (*line.values, time))
    return (
        Block("line", line),
        Block("change", change_terms(specification, interruptions, grid)),
        Block("seasons", seasons),
        Block("pandemic", _without_lines(periods.pandemic.terms, specification.trend)),
        Block("break", _break_terms(specification, grid, periods.used)),
    )


def _without_lines(terms: Columns, has_lines: bool) -> Columns:
    """The pandemic's terms, in a model without a line of time also without its slope."""
    pairs = [
        pair
        for pair in zip(terms.names, terms.values, strict=True)
        if has_lines or pair[0] != COVID_SLOPE
    ]
    return Columns(tuple(name for name, _ in pairs), tuple(value for _, value in pairs))


def change_terms(
    specification: Specification,
    interruptions: tuple[Interruption, ...],
    grid: npt.NDArray[np.int64],
) -> Columns:
    """`level_1, slope_1, level_2 …` on the periods `grid` (g,).

    A level is 1 from the interruption's start on (a ramp climbs to 1 over the phase-in); a slope counts
    periods from there, beginning with `slope_origin`.
    """
    names: list[str] = []
    values: list[FloatArray] = []
    for number, one in enumerate(interruptions, start=1):
        since = grid - one.start
        is_after = since >= 0
        climb = specification.phase_in if _is_ramp(specification, one) else 1
        names.append(f"level_{number}")
        values.append(np.where(is_after, np.minimum(1.0, (since + 1) / max(climb, 1)), 0.0))
        if one.has_slope:
            names.append(f"slope_{number}")
            values.append(np.where(is_after, since + specification.slope_origin, 0).astype(float))
    return Columns(tuple(names), tuple(values))


def _is_ramp(specification: Specification, one: Interruption) -> bool:
    return specification.phase_in_form == "ramp" and one.is_entry


def _break_terms(
    specification: Specification, grid: npt.NDArray[np.int64], used: npt.NDArray[np.bool_]
) -> Columns:
    """A level of its own from each change of definition on, where points stand on both sides."""
    if specification.break_rule == "truncate":
        return NO_TERMS
    fitted = grid[used]
    inside = {
        f"break_{number}": (grid >= at).astype(float)
        for number, at in enumerate(specification.breaks, start=1)
        if fitted[0] < at <= fitted[-1]
    }
    return Columns(tuple(inside), tuple(inside.values()))
