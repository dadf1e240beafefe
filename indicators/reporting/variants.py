"""The same series by other choices: every estimator, other anticipation, other ways with the pandemic."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indicators.analyses.its_spec import LONGEST, Spec
from indicators.analyses.refusal import Refusal
from indicators.analyses.running import Prepared, run
from indicators.reporting.result import Result
from indicators.reporting.words import METHODS, PANDEMIC, is_pandemic, number_of, unit_of

ANTICIPATIONS = (0, 2, 3, 6)
LAST = 3


Choice = tuple[str, dict[str, Any]]
"""The name of a choice, and the fields of the document that it alters."""
Track = Callable[[Sequence[Choice]], Iterable[Choice]]
"""Hands on each choice in turn, and shows how far the work has come."""


@dataclass(frozen=True)
class Variant:
    """One choice: its result, or the sentence by which it is refused. `is_run`: the choice of the run."""

    name: str
    is_run: bool
    result: Result | None
    refusal: str | None


def variants_of(
    prepared: Prepared, spec: Spec, result: Result, track: Track = iter
) -> tuple[Variant, ...]:
    """The run's own choice and all others, one thing altered at a time, by the same engine and rows.

    The run itself is told as it is on record.
    """
    found = []
    for name, change in track(list(_changes(spec, result))):
        changed = spec.model_copy(update=change)
        own = Variant(name, True, result, None)
        found.append(own if changed == spec else _run(prepared, name, changed))
    return tuple(found)


def _changes(spec: Spec, result: Result) -> Iterator[Choice]:
    unit = unit_of(result.series[0].period)
    for method, words in METHODS.items():
        # What belongs to one estimator alone means nothing for another.
        own = {} if method == spec.method else {"lag": None, "order": None}
        yield f"Estimator: {words}", {"method": method} | own
    for periods in ANTICIPATIONS:
        words = number_of(periods, unit) if periods else "nothing"
        yield f"Anticipation: {words} left out before entry", {"anticipation": periods}
    for option, words in PANDEMIC.items() if reaches_pandemic(result) else ():
        yield f"Pandemic: {words}", {"covid": option}
    without = _without_last(result)
    if without is not None and without <= LONGEST:
        yield f"Without the last {LAST} points before entry", {"anticipation": without}


def reaches_pandemic(result: Result) -> bool:
    """Whether the series has a period of the pandemic, so that it matters what is done with it."""
    return any(is_pandemic(row.period) for row in result.series)


def _without_last(result: Result) -> int | None:
    """Periods before the first entry that hold the last three points used before it."""
    first = result.place(result.interruptions[0].first_exposed)
    used = [at for at, row in enumerate(result.series[:first]) if row.used]
    return first - used[-LAST] if first is not None and len(used) >= LAST else None


def _run(prepared: Prepared, name: str, changed: Spec) -> Variant:
    try:
        result = run(replace(prepared, spec=changed))
    except Refusal as refusal:
        return Variant(name, False, None, refusal.message)
    return Variant(name, False, Result.model_validate(result), None)
