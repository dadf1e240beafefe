"""How many entries and exits on record are left at each step before one is judged, and why others are not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from indicators.analyses.pooled_judged import Judged
from indicators.entry_rebounds import EntryRebounds
from indicators.its_stays import Stay
from indicators.lack_words import gap_words, in_months
from indicators.screening.context import Figures, grid_of
from indicators.screening.stays_found import (
    YEAR,
    Found,
    entries_found,
    exits_found,
    stays_around,
)
from indicators.stats.lacking import Lack

STEPS = ("on_record", "dated", "covered", "clear", "enough", "judged", "pooled")
"""The counts of a `Walk`, in their order."""


@dataclass(frozen=True)
class Walk:
    """How many stays are left, up to `enough` each step among those of the step before.

    `on_record` of the type; `dated`: the event is known to the month; `covered`: three quarters or more of
    the twelve months before it, and of the twelve from it on, have a figure; `clear` of other stays, changes
    of definition, the pandemic (at entry) and doubts; `enough`: figures wherever the method needs them.
    `judged` by the method (at entry beyond the expected rebound, at exit beside others), `pooled`: with an
    effect beside others; each its own count. `reasons`: why others are not judged, the commonest first.
    """

    on_record: int
    dated: int
    covered: int
    clear: int
    enough: int
    judged: int
    pooled: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Missing:
    """Figures of `months` that no file gathered here has, and how many `entries` lack nothing else."""

    months: str
    entries: int


@dataclass(frozen=True)
class Steps:
    """All stays, and those that began `since` July 2021 (the Recovery Support Programme or its successors).

    `waiting`: for each that lacks only later figures the month up to which they are needed (`2026-11`).
    """

    everyone: Walk
    since: Walk
    waiting: tuple[str, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class OfType:
    """Stays of one type on record, `spells` of all, and one indicator's `figures` of cases enough."""

    org_type: str
    stays: Sequence[Stay]
    spells: pd.DataFrame
    figures: Figures

    def around(self, event: str) -> pd.DataFrame:
        """The stays with the months of an event."""
        mine = [stay for stay in self.stays if stay.org_type == self.org_type]
        steady = self.figures.steady
        values = steady[steady["org_type"] == self.org_type]
        is_empty = values.empty or not mine
        grid = None if is_empty else grid_of(values, self.figures.indicator.step_months)
        return stays_around(mine, "exit" if event == "exit" else "entry", grid)


def entry_steps(given: OfType, found: EntryRebounds | str, pooled: Judged | str) -> Steps:
    """At entry; `found` beyond the expected rebound, and `pooled`, or in words why nobody is judged."""
    indicator = given.figures.indicator
    entries = entries_found(given.around("entry"), indicator, given.spells, found, pooled)
    return _steps(entries, indicator.step_months)


def exit_steps(given: OfType, pooled: Judged | str) -> Steps:
    """At exit, where nothing is to be expected, so that only the effect beside others is asked for."""
    found = exits_found(given.around("exit"), pooled)
    return _steps(found, given.figures.indicator.step_months)


def _steps(found: Found, step: int) -> Steps:
    frame = found.frame
    ends, gaps = _lacking(found, step)
    return Steps(_walk(frame), _walk(frame[frame["is_since"]]), ends, gaps)


def _walk(frame: pd.DataFrame) -> Walk:
    each = ["is_covered", "is_clear", "is_enough"]
    left = frame[each].astype(bool).assign(is_dated=frame["month"].notna())
    counts = left[["is_dated", *each]].cummin(axis="columns").sum()
    reasons = Counter(frame.loc[~frame["is_judged"].astype(bool), "reason"].astype(str))
    return Walk(
        on_record=len(frame),
        dated=int(counts["is_dated"]),
        covered=int(counts["is_covered"]),
        clear=int(counts["is_clear"]),
        enough=int(counts["is_enough"]),
        judged=int(frame["is_judged"].sum()),
        pooled=int(frame["has_effect"].sum()),
        reasons=tuple(reasons.most_common()),
    )


def _lacking(found: Found, step: int) -> tuple[tuple[str, ...], tuple[Missing, ...]]:
    """What lacks nothing but later figures, and nothing but a gap."""
    labels, ends, gaps = in_months(found.first, step), [], Counter[str]()
    for month, lack in zip(found.frame["month"], found.frame["lack"], strict=True):
        if isinstance(lack, Lack) and lack.causes == ("end",):
            ends.append(_needed(int(month), found.first, step))
        if isinstance(lack, Lack) and lack.causes == ("gap",):
            gaps[gap_words(lack, labels)] += 1
    return tuple(sorted(ends)), tuple(Missing(*one) for one in gaps.most_common())


def _needed(month: int, first: int, step: int) -> str:
    """The last month of the last period of the year from an event on."""
    last = first + (month - first) // step * step + YEAR - 1
    return f"{last // 12}-{last % 12 + 1:02}"
