"""The seven questions of the EPOC group on interrupted time series, filled where the design answers them."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from indicators.reporting.checks import base_of
from indicators.reporting.design import spell_of
from indicators.reporting.evidence import Evidence
from indicators.reporting.parts import Paragraph, Row, Section, Table
from indicators.reporting.words import (
    BY_ASSESSOR,
    day_words,
    first_day,
    listed,
    number_of,
    period_words,
    unit_of,
)
from indicators.stats.regression_to_mean.baselines import BaseSensitivity

Judgement = Literal["low", "unclear", "high"]
_MERGED = "MERGED_HISTORY"
_NO_EVIDENCE = "none on record"


@dataclass(frozen=True)
class Answer:
    """One question: a risk of bias that the design itself settles, or None, and what speaks to it."""

    field: str
    question: str
    judgement: Judgement | None
    support: str
    evidence: str


def epoc_section(found: Evidence) -> Section:
    """All seven, each with judgement, supporting text, assessor and date."""
    text = (
        "The risk of bias is low, unclear or high. A judgement stands where the record of the run settles "
        f'it; all others are "{BY_ASSESSOR}", and supporting text is a help for that and no judgement. '
        "The questions are in our words."
    )
    rows = tuple(_row(number, one) for number, one in enumerate(answers_of(found), start=1))
    header = ("Question", "Risk of bias", "Supporting text", "Evidence", "Assessor", "Date")
    return Section("EPOC risk of bias", (Paragraph(text), Table("Seven questions", header, rows)))


def _row(number: int, one: Answer) -> Row:
    assessor = "filled from the record" if one.judgement else BY_ASSESSOR
    return (
        f"{number}. {one.question}",
        one.judgement or BY_ASSESSOR,
        one.support,
        one.evidence,
        assessor,
        "",
    )


def answers_of(found: Evidence) -> tuple[Answer, ...]:
    """The seven, in the order of the form."""
    return (
        _independent(found),
        _shape(found),
        _collection(found),
        _blinding(found),
        _incomplete(found),
        _reporting(),
        _other(found),
    )


def _codes(found: Evidence) -> set[str]:
    return {one.code for one in found.result.warnings}


def _independent(found: Evidence) -> Answer:
    question = "Was the entry (or exit) free of other changes at the same time?"
    judgement: Judgement | None = "high" if "COVID_OVERLAP" in _codes(found) else None
    if found.background is None:
        text = "Events around rows of a file are not known."
        return Answer("independent", question, judgement, text, _NO_EVIDENCE)
    events = found.background.events
    told = [
        f"{day_words(day)}: {title}"
        for day, title in zip(events["happened_on"], events["title"], strict=True)
    ]
    near = "within a year of an interruption"
    text = f"On record {near}: {'; '.join(told)}." if told else f"No event is on record {near}."
    return Answer("independent", question, judgement, text, "Pages: timelines, documents")


def _shape(found: Evidence) -> Answer:
    """A change after results were seen is a high risk; a point with a reason on record a low one."""
    record = found.record
    question = "Was the shape of the effect fixed beforehand, with a reason for the point in time?"
    if record.parent is not None:
        text = f"Changed after results were seen: this run alters run {record.parent}."
        return Answer("shape_prespecified", question, "high", text, "Versions and seed")
    is_dated = all(spell_of(one, found) is not None for one in found.result.interruptions)
    when = f"Change of level and slope fixed on {day_words(record.specified_at)}, before results"
    reason = "every point is a day on record" if is_dated else "not every point is a day on record"
    unseen = "what was run without a record is not known"
    text = f"{when}; {reason}; {unseen}."
    judgement: Judgement = "low" if is_dated else "unclear"
    return Answer("shape_prespecified", question, judgement, text, "Design; Versions and seed")


def _collection(found: Evidence) -> Answer:
    question = "Could the programme have changed how the data were collected?"
    if found.background is None or found.indicator is None:
        text = "How rows of a file were collected is not known."
        return Answer("collection_unaffected", question, None, text, _NO_EVIDENCE)
    inside = _breaks_inside(found)
    changed = f"definition changed: {'; '.join(inside)}" if inside else "no change of definition"
    revised = number_of(found.background.revisions, "figure")
    text = f"In the series: {changed}; {revised} of it changed by later files of the publisher."
    return Answer("collection_unaffected", question, "unclear" if inside else None, text, "Sources")


def _breaks_inside(found: Evidence) -> list[str]:
    first, last = (first_day(found.result.series[place].period) for place in (0, -1))
    if found.indicator is None or first is None or last is None:
        return []
    return [
        f"{day_words(one.on)}, {one.label}"
        for one in found.indicator.breaks
        if first.date() < one.on <= last.date()
    ]


def _blinding(found: Evidence) -> Answer:
    question = "Could knowledge of the programme have influenced the measurement?"
    caveats = found.indicator.caveats if found.indicator else ()
    told = f"Caveats of the measure: {' '.join(caveats)}" if caveats else "No caveat is on record."
    text = f"No note on gaming is on record. {told}"
    return Answer("blinding", question, None, text, "Page: library" if caveats else _NO_EVIDENCE)


def _incomplete(found: Evidence) -> Answer:
    """No missing period on either side is a low risk; some are unclear."""
    result = found.result
    starts = [result.place(one.first_exposed) or 0 for one in result.interruptions]
    edges = [0, *starts, len(result.series)]
    parts = [result.series[a:b] for a, b in pairwise(edges)]
    missing = [sum(row.value is None for row in part) for part in parts]
    names = [
        "before",
        *(f"from {period_words(one.first_exposed)} on" for one in result.interruptions),
    ]
    told = listed(
        f"{none} of {len(part)} {name}"
        for none, part, name in zip(missing, parts, names, strict=True)
    )
    on_purpose = sum(not row.used and row.value is not None for row in result.series)
    where = "Periods left out"
    text = f"Missing {unit_of(result.series[0].period)}s: {told}. None is filled in. "
    text += f"Left out on purpose, with a value: {on_purpose}."
    question = "Were missing periods dealt with, and similar before and after?"
    return Answer("incomplete_data", question, "unclear" if any(missing) else "low", text, where)


def _reporting() -> Answer:
    question = "Are all outcomes that were planned reported?"
    text = "This report is of one run of one measure; what else was planned is not in its record."
    return Answer("selective_reporting", question, None, text, _NO_EVIDENCE)


def _other(found: Evidence) -> Answer:
    """Seasons, the low point before entry, mergers."""
    base = base_of(found.result)
    is_likely = base is not None and base.is_likely
    seasons = "not modelled" if found.result.seasonality == "none" else "modelled"
    merged = "an organisation was taken in within the series"
    told = [
        f"Seasons are {seasons}",
        _low_point_words(base),
        merged if _MERGED in _codes(found) else "no merger is flagged",
    ]
    where = "Model; Regression to the mean; Warnings"
    question = "Anything else: seasons, selection at a low point, mergers?"
    return Answer(
        "other_bias", question, "high" if is_likely else None, f"{'; '.join(told)}.", where
    )


def _low_point_words(base: BaseSensitivity | None) -> str:
    if base is None or math.isnan(base.shrinkage):
        return "whether the change is a return to the usual level could not be assessed"
    if base.is_likely:
        return "much of the change may be a return to the usual level"
    return "measured from months −12 to −4 more than half of the change is left"
