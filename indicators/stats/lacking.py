"""Which figures stand in the way of a mean before or after an event, and whose lack it is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np
import numpy.typing as npt

BoolArray = npt.NDArray[np.bool_]
Span = tuple[int, int]
Cause = Literal["start", "stay", "own", "end", "gap"]
"""What a period lacks: it lies before anybody's figures (`start`) or after them (`end`); within them nobody
has one (`gap`) or others have (`own`); or it lies in a stay in a programme, where a figure would not do."""
CAUSES: tuple[Cause, ...] = ("start", "stay", "own", "end", "gap")
"""First those that nothing mends, then what time mends, then what files mend."""
ENOUGH = 0.75
"""Share of the periods of a mean that have to be known."""


@dataclass(frozen=True)
class Known:
    """By period (T,): whether the unit has a figure (`own`), anybody of its kind has (`anybody`), and whether
    it is `clear` of stays. Somebody has a figure in one period at least.
    """

    own: BoolArray
    anybody: BoolArray
    clear: BoolArray

    @property
    def first(self) -> int:
        """The first column in which anybody has a figure."""
        return int(np.flatnonzero(self.anybody)[0])

    @property
    def last(self) -> int:
        """The last such column."""
        return int(np.flatnonzero(self.anybody)[-1])

    def cause(self, column: int) -> Cause | None:
        """What one period lacks, also one outside the columns; None: nothing."""
        if column < self.first:
            return "start"
        if column > self.last:
            return "end"
        if not self.clear[column]:
            return "stay"
        if self.own[column]:
            return None
        return "own" if self.anybody[column] else "gap"


@dataclass(frozen=True)
class Lack:
    """`causes` in the order of CAUSES; `first` and `last` column with anybody's figure; `gaps`: the runs of
    columns without, both ends inclusive, that matter.
    """

    causes: tuple[Cause, ...]
    first: int
    last: int
    gaps: tuple[Span, ...]


def lack_of(known: Known, spans: Sequence[Span]) -> Lack | None:
    """What stands in the way of means over `spans` of columns (both inclusive); None where nothing does.

    A mean needs three quarters of its periods. A cause stands in its way that would by itself; where only
    several together would, all of them.
    """
    found = {cause for span in spans for cause in _in_the_way(known, span)}
    if not found:
        return None
    hit = [column for one, end in spans for column in range(one, end + 1)]
    gaps = {_run(known, column) for column in hit if known.cause(column) == "gap"}
    told = tuple(sorted(gaps)) if "gap" in found else ()
    return Lack(tuple(one for one in CAUSES if one in found), known.first, known.last, told)


def _in_the_way(known: Known, span: Span) -> set[Cause]:
    length = span[1] - span[0] + 1
    lacking = Counter(known.cause(column) for column in range(span[0], span[1] + 1))
    lacking.pop(None, None)
    spare = length - max(1, ceil(ENOUGH * length))
    if lacking.total() <= spare:
        return set()
    named = {cause: number for cause, number in lacking.items() if cause is not None}
    return {cause for cause, number in named.items() if number > spare} or set(named)


def _run(known: Known, column: int) -> Span:
    """The whole run of columns without anybody's figure that one lies in."""
    filled = np.flatnonzero(known.anybody)
    before, after = filled[filled < column][-1], filled[filled > column][0]
    return int(before) + 1, int(after) - 1
