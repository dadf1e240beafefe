"""From dated captures of a page to intervals: between which two captures each change must have happened.

Pure functions; nothing is guessed. An organisation that a capture does not list has no state on that day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import pandas as pd

from data_sources.source import SourceError


@dataclass(frozen=True)
class Capture:
    """What one page said at one moment: the state (a segment or programme) of each organisation listed."""

    captured_at: datetime
    states: Mapping[str, str]


@dataclass(frozen=True)
class Spell:
    """A run of captures that give an organisation one state.

    The state began in `(began_after, first_seen]` and ended in `(last_seen, ended_by]`. `began_after` is
    None where the first capture has the state already, `ended_by` None where the last one still has it.
    """

    organisation: str
    state: str
    began_after: datetime | None
    first_seen: datetime
    last_seen: datetime
    ended_by: datetime | None


@dataclass(frozen=True)
class Change:
    """A change of state in `(after, by]`; None is the state of one that is not listed."""

    organisation: str
    before: str | None
    now: str | None
    after: datetime
    by: datetime


def captures_of(statements: pd.DataFrame, page: str, state: str) -> list[Capture]:
    """The captures of one page among `page_statements`, earliest first.

    `state` is the column that says it, `segment` or `programme`; rows where it is '' say nothing of it, but
    their capture counts. Organisations go by their name as written.
    """
    rows = statements[statements["page"] == page]
    return [
        Capture(
            datetime.fromisoformat(str(moment)),
            {
                str(name): str(value)
                for name, value in zip(listed["org_name"], listed[state], strict=True)
                if value
            },
        )
        for moment, listed in rows.groupby("captured_at", sort=True)
    ]


def spells(captures: Iterable[Capture]) -> list[Spell]:
    """Every organisation's states over the captures of one page, by organisation, earliest first.

    Two captures of one moment are a SourceError.
    """
    ordered = _in_order(captures)
    names = sorted({name for capture in ordered for name in capture.states})
    return [spell for name in names for spell in _spells_of(name, ordered)]


def changes(captures: Iterable[Capture]) -> list[Change]:
    """Every change that two neighbouring captures of one page show, earliest first.

    What changed and changed back between two captures is not seen.
    """
    ordered = _in_order(captures)
    return [
        Change(name, old.states.get(name), new.states.get(name), old.captured_at, new.captured_at)
        for old, new in pairwise(ordered)
        for name in sorted({*old.states, *new.states})
        if old.states.get(name) != new.states.get(name)
    ]


def _in_order(captures: Iterable[Capture]) -> list[Capture]:
    ordered = sorted(captures, key=lambda capture: capture.captured_at)
    for one, other in pairwise(ordered):
        if one.captured_at == other.captured_at:
            raise SourceError(f"Two captures of one page at {one.captured_at:%Y-%m-%d %H:%M:%S}.")
    return ordered


def _spells_of(name: str, ordered: list[Capture]) -> list[Spell]:
    """The runs of neighbouring captures that give this organisation one state."""
    states = [capture.states.get(name) for capture in ordered]
    moments = [capture.captured_at for capture in ordered]
    starts = [at for at, state in enumerate(states) if at == 0 or state != states[at - 1]]
    runs = zip(starts, [*starts[1:], len(states)], strict=True)
    return [
        Spell(
            name,
            state,
            moments[start - 1] if start else None,
            moments[start],
            moments[end - 1],
            moments[end] if end < len(states) else None,
        )
        for start, end in runs
        if (state := states[start]) is not None
    ]
