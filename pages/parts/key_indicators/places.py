"""Where each number of an evidence card stands in the run record of the screen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from indicators.runs.record import RunRecord
from indicators.screening.judged import Criterion, Judged, Name
from indicators.stats.screen.thresholds import Thresholds
from pages.parts.key_indicators.bearing import bearing
from pages.parts.key_indicators.criteria import signs_words
from pages.parts.key_indicators.further import Number, further, numbers_in
from pages.parts.key_indicators.words import (
    CRITERIA,
    FACTS,
    asked_words,
    estimate_words,
    found_words,
    reason_words,
)

_CRITERIA: dict[Name, str] = {
    "coverage": "quality/coverage",
    "timeliness": "timeliness",
    "reliability": "reliability",
    "responsiveness": "response/excess",
    "discrimination": "discrimination/ordinal",
    "prediction": "prediction/auc",
    "rebound": "rebound/share",
}
NOT_IN_IT = "changed on this page: not in the record"
DIGITS = ("In the record", "from", "to")
"""The columns with the digits of a number and of its interval."""
_DIGIT = re.compile(r"\d")


def numbers_of(one: Judged) -> list[Number]:
    """Every number on the card in its order, those of the thresholds in force left to `limits_of`."""
    criteria = [number for each in one.criteria for number in _of_criterion(one, each)]
    facts = [number for place in range(len(one.decision.facts)) for number in _of_fact(one, place)]
    return [*criteria, *facts, *numbers_in(further(one)), *numbers_in(bearing(one))]


def _of_criterion(one: Judged, criterion: Criterion) -> list[Number]:
    name = CRITERIA[criterion.name]
    if criterion.name == "measurement risk":
        shown = signs_words(one, criterion.name)
        return [Number(name, shown, "risk/signs")] if _DIGIT.search(shown) else []
    path, reason = _CRITERIA[criterion.name], reason_words(criterion.reason)
    found = [Number(name, estimate_words(criterion), f"{path}/estimate")]
    why = [Number(f"{name}: why not", reason, f"{path}/reason")]
    return [each for each in (*found, *why) if _DIGIT.search(each.shown)]


def _of_fact(one: Judged, place: int) -> list[Number]:
    fact = one.decision.facts[place]
    name, path = FACTS[fact.criterion], f"facts/{place}"
    found = [
        Number(f"{name}: found", found_words(fact), path),
        Number(f"{name}: why unknown", reason_words(fact.why), f"{path}/why"),
    ]
    return [each for each in found if _DIGIT.search(each.shown)]


def limits_of(one: Judged, thresholds: Thresholds) -> list[Number]:
    """What is asked for of each fact; one that was changed on the page is in no record."""
    changed = {name.removesuffix("_gate") for name, _, _ in thresholds.changes()}
    changed |= {"q"} if "false_discoveries" in changed else set()
    changed |= {"prediction"} if "discrimination" in changed else set()
    return [
        Number(
            f"{FACTS[fact.criterion]}: asked for",
            asked_words(fact),
            "" if fact.criterion in changed else f"facts/{place}/limit",
        )
        for place, fact in enumerate(one.decision.facts)
        if fact.limit is not None
    ]


def row_of(one: Judged, record: RunRecord) -> int:
    """The number of the pair's row in a record, from 0; ValueError where it has none."""
    rows = [(row["indicator_id"], row["org_type"]) for row in record.result["rows"]]
    return rows.index((one.indicator_id, one.org_type))


def pointer_of(number: Number, row: int) -> str:
    """Its place in a run record as a JSON pointer; "" where it is not in it."""
    return number.path and f"/result/rows/{row}/{number.path}"


def at(record: Mapping[str, Any], pointer: str) -> Any:
    """What a JSON pointer points at; LookupError where there is nothing."""
    found: Any = record
    for part in pointer.removeprefix("/").split("/"):
        found = found[int(part)] if isinstance(found, list) else found[part]
    return found


def places_table(one: Judged, record: RunRecord, thresholds: Thresholds) -> pd.DataFrame:
    """A row per number: what it is, as shown, its digits in the record, and where they stand."""
    row, plain = row_of(one, record), {"result": record.result}
    return pd.DataFrame(
        {
            "Number": number.what,
            "As shown": number.shown,
            **_digits(plain, pointer_of(number, row)),
            "Place in the run record": pointer_of(number, row) or NOT_IN_IT,
        }
        for number in (*numbers_of(one), *limits_of(one, thresholds))
    )


def _digits(record: Mapping[str, Any], pointer: str) -> dict[str, float | None]:
    """The number and its interval to the last digit, as far as there are numbers."""
    found = at(record, pointer) if pointer else None
    low_to_high: Sequence[Any] = (found, None, None)
    if isinstance(found, dict):
        low_to_high = (found["value"], found["low"], found["high"])
    elif isinstance(found, list) and len(found) == 2:
        low_to_high = (None, *found)
    numbers = [float(one) if isinstance(one, int | float) else None for one in low_to_high]
    return dict(zip(DIGITS, numbers, strict=True))


def card_document(one: Judged, record: RunRecord, thresholds: Thresholds) -> dict[str, Any]:
    """The card as plain values: the class, what decided it, and every number with its place."""
    table = places_table(one, record, thresholds)
    return {
        "indicator_id": one.indicator_id,
        "org_type": one.org_type,
        "class": one.decision.name,
        "because": [asdict(fact) for fact in one.decision.because],
        "thresholds": {name: now for name, _, now in thresholds.changes()},
        "run_id": record.run_id,
        "numbers": table.astype(object).where(table.notna(), None).to_dict("records"),
    }
