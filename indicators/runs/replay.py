"""Running a recorded analysis again: whether every number agrees, and if not, what has changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from indicators.analyses.own_data import OwnData
from indicators.analyses.refusal import Refusal
from indicators.runs.record import RunRecord, record_run

AGREES = 1e-9
"""Two numbers agree within this, or within this share of the larger where that is above 1."""
_MOST_TOLD = 20


@dataclass(frozen=True)
class Moved:
    """One part of a result that is not what it was; None where it was or is not there."""

    place: str
    was: Any
    now: Any


@dataclass(frozen=True)
class Replay:
    """`moved` in the order of the result; `changed` names every input that is not what it was."""

    record: RunRecord
    moved: list[Moved]
    changed: list[str]

    @property
    def agrees(self) -> bool:
        """Whether every number and word of the result is as recorded."""
        return not self.moved

    def as_result(self) -> dict[str, Any]:
        """The document that `replay` prints: at most 20 places that moved."""
        told = [vars(one) for one in self.moved[:_MOST_TOLD]]
        return {
            "ok": self.agrees,
            "run_id": self.record.run_id,
            "moved": told,
            "n_moved": len(self.moved),
            "changed": self.changed,
        }

    def sentence(self) -> str:
        """What came of it, and why."""
        if self.agrees:
            return f"Run {self.record.run_id} agrees: every number within {AGREES:g}."
        first = self.moved[0]
        cause = "; ".join(self.changed) or "nothing that is recorded"
        return (
            f"Run {self.record.run_id} does not agree: {len(self.moved)} places moved, the first is "
            f"{first.place} ({first.was} before, {first.now} now). What has changed: {cause}."
        )


def replay(record: RunRecord, data: OwnData | None = None) -> Replay:
    """Run the record's analysis again, on a person's own rows where it was run on such.

    Raises Refusal where those are missing, or where the analysis is refused now.
    """
    if record.data.file_name and data is None:
        text = f"This run used {record.data.file_name}, which is not kept: name it with --data."
        raise Refusal("NEEDS_DATA", text)
    again = record_run(record.document, data, record.specified_at)
    return Replay(record, list(moved_between(record.result, again.result)), _changed(record, again))


def _changed(before: RunRecord, now: RunRecord) -> list[str]:
    found = []
    if before.data.sha256 != now.data.sha256:
        found.append("the data (their values are not those of the run)")
    old, new = before.versions, now.versions
    told = [("data version", old.data, new.data), ("code version", old.code, new.code)]
    told.append(("Python", old.python, new.python))
    told += [(name, old.packages.get(name), here) for name, here in new.packages.items()]
    return found + [
        f"{what} ({was} before, {is_now} now)" for what, was, is_now in told if was != is_now
    ]


_SENTENCE = "message"
"""What a code says to people: it may come to be said better, while the code beside it stays."""


def moved_between(was: Any, now: Any, place: str = "") -> Iterator[Moved]:
    """Every part of a result that is not what it was; sentences of warnings may change."""
    if isinstance(was, dict) and isinstance(now, dict):
        for name in [*was, *(name for name in now if name not in was)]:
            if name == _SENTENCE:
                continue
            yield from moved_between(
                was.get(name), now.get(name), f"{place}.{name}" if place else name
            )
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for number, (old, new) in enumerate(zip(was, now, strict=True)):
            yield from moved_between(old, new, f"{place}[{number}]")
    elif not _same(was, now):
        yield Moved(place, was, now)


def _same(was: Any, now: Any) -> bool:
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in (was, now)):
        return bool(was == now)
    return bool(abs(was - now) <= AGREES * max(1.0, abs(was), abs(now)))
