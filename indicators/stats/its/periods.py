"""Which periods of a series are fitted, and why the others are not (METHODS 1.1, 1.3, 1.9)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.stats.its.notices import Notice, refuse
from indicators.stats.its.pandemic import Pandemic, read_pandemic
from indicators.stats.its.specification import Specification

Counts = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
NO_VALUE = "no value"
ANTICIPATION = "before entry, when it may have been expected"
PHASE_IN = "phase-in after entry"
PANDEMIC = "pandemic, March 2020 to March 2021"
OUTSIDE = "outside the stretch read because of the pandemic"
OTHER_DEFINITION = "on the other side of a change of definition"


@dataclass(frozen=True)
class Periods:
    """The calendar from the first to the last period given (`grid`, g), and which of it are `used` (g,).

    `why` (g) is empty for these. `starts` are the first periods in which the terms of each interruption are
    not 0; `segments` the used points between them. `missing` of the `expected` periods have no value, not
    counting those left out on purpose.
    """

    grid: Counts
    used: Bools
    why: tuple[str, ...]
    starts: tuple[int, ...]
    segments: tuple[int, ...]
    pandemic: Pandemic
    missing: int
    expected: int
    notices: tuple[Notice, ...]

    @property
    def first_given(self) -> int:
        """The first period with a value, in which time is 1."""
        return int(self.grid[0])


def choose_periods(specification: Specification, kept: tuple[int, ...], count: Counts) -> Periods:
    """What is fitted of a series with a value in each of `count`, for the interruptions at places `kept`."""
    grid = np.arange(count[0], count[-1] + 1)
    has_value = np.isin(grid, count)
    around = _around_entries(specification, kept, grid)
    cut = _beyond_breaks(specification, grid)
    usable = has_value & ~np.any([cut, *around.values()], axis=0)
    kept_at = tuple(specification.interruptions[place] for place in kept)
    pandemic = read_pandemic(specification.covid, grid, usable, kept_at, specification.calendar)
    masked = pandemic.masked & (not pandemic.is_dummied)
    reasons = around | {PANDEMIC: masked, OUTSIDE: pandemic.outside}
    breaks = _break_notices(
        specification, grid[has_value & ~np.any(list(reasons.values()), axis=0)]
    )
    reasons[OTHER_DEFINITION] = cut
    on_purpose = np.any(list(reasons.values()), axis=0)
    starts = _starts(specification, kept)
    return Periods(
        grid=grid,
        used=has_value & ~on_purpose,
        why=_reasons(reasons, has_value),
        starts=starts,
        segments=_segments(starts, grid[has_value & ~on_purpose & ~pandemic.masked]),
        pandemic=pandemic,
        missing=int((~has_value & ~on_purpose).sum()),
        expected=int((~on_purpose).sum()),
        notices=(*breaks, *pandemic.notices),
    )


def _starts(specification: Specification, kept: tuple[int, ...]) -> tuple[int, ...]:
    """Where the terms begin: after the phase-in of an entry, which has to end before what comes next."""
    excluded = specification.phase_in if specification.phase_in_form == "exclude" else 0
    at = [specification.interruptions[place] for place in kept]
    starts = tuple(
        one + (excluded if place % 2 == 0 else 0) for one, place in zip(at, kept, strict=True)
    )
    if any(start >= following for start, following in zip(starts, at[1:], strict=False)):
        text = f"phase_in: {excluded} periods from an entry on reach past the next interruption."
        raise refuse("BAD_SPEC", f"{text} Choose a shorter phase-in.")
    return starts


def _around_entries(
    specification: Specification, kept: tuple[int, ...], grid: Counts
) -> dict[str, Bools]:
    """Anticipation before, and exclusion after, each entry (exits have neither)."""
    excluded = specification.phase_in if specification.phase_in_form == "exclude" else 0
    before, after = np.zeros(len(grid), bool), np.zeros(len(grid), bool)
    for place in kept:
        if place % 2 == 0:
            since = grid - specification.interruptions[place]
            before |= (since < 0) & (since >= -specification.anticipation)
            after |= (since >= 0) & (since < excluded)
    return {ANTICIPATION: before, PHASE_IN: after}


def _beyond_breaks(specification: Specification, grid: Counts) -> Bools:
    """Periods of another definition than the one at the first interruption, where the series is cut there."""
    if specification.break_rule == "term":
        return np.zeros(len(grid), bool)
    first = specification.interruptions[0]
    start = max((at for at in specification.breaks if at <= first), default=int(grid[0]))
    end = min((at for at in specification.breaks if at > first), default=int(grid[-1]) + 1)
    return np.asarray((grid < start) | (grid >= end))


def _break_notices(specification: Specification, read: Counts) -> tuple[Notice, ...]:
    """`SERIES_BREAK` where the definition changes within the periods that would be read."""
    words = specification.calendar.words
    inside = [words(at) for at in specification.breaks if len(read) and read[0] < at <= read[-1]]
    if not inside:
        return ()
    cause = f"The definition of the measure changed in {' and in '.join(inside)}."
    text = {
        "term": "A level of its own from then on takes that up: compare with a run on one definition alone "
        "(in a document, breaks: truncate).",
        "truncate": "Only periods of the definition at entry are read: compare with a run on all of them "
        "(in a document, breaks: term).",
    }
    return (Notice("SERIES_BREAK", f"{cause} {text[specification.break_rule]}"),)


def _reasons(reasons: dict[str, Bools], has_value: Bools) -> tuple[str, ...]:
    why = np.where(has_value, "", NO_VALUE).astype(object)
    for reason, chosen in reasons.items():
        why[chosen & has_value] = reason
    return tuple(why.tolist())


def _segments(starts: tuple[int, ...], telling: Counts) -> tuple[int, ...]:
    """How many used points lie before the first start, from it to the second, and so on."""
    bounds = np.searchsorted(telling, starts)
    return tuple(np.diff([0, *bounds, len(telling)]).tolist())
