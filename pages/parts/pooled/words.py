"""What the page of pooled evidence says, in sentences."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from indicators.analyses.pooled_judged import FEWEST_CONTROLS, fewest_of
from indicators.definition import Unit
from indicators.evidence import evidence_of
from pages.charts.layers.formats import IndicatorText, format_change, format_period
from pages.parts.indicators import untitled_text_of
from pages.parts.its.all_rows import unit_of_changes
from pages.parts.pooled.answer import Answer
from pages.parts.pooled.choice import Asked, Event, describe_base

Rows = Sequence[dict[str, Any]]
SIDES = {"higher": 1, "lower": -1, "neither": 0}
_EVENTS: dict[Event, tuple[str, str]] = {
    "entry": ("entry", "entries"),
    "programme": ("entry", "entries"),
    "exit": ("exit", "exits"),
    "exposure": ("exposure", "exposures"),
}
TITLES: dict[Event, str] = {
    "entry": "What did organisations do after entering, beside others?",
    "programme": "What did organisations do while inside, beside others?",
    "exit": "What did organisations do after leaving, beside those still inside?",
    "exposure": "What did neighbours do when another trust entered?",
}
_BESIDE = {
    "segment_3": "organisations once in segment 3 and never in 4 or a programme",
    "unexposed": "organisations once in segment 3, while no neighbour of theirs is inside",
    "never": "organisations never in a programme nor in segment 4",
    "not_yet": "organisations not in a programme at the time",
    "still_inside": "organisations still inside",
}
_SYSTEMS = {
    "not_yet": "systems with no trust inside in those months",
    "never": "systems with no trust inside at any time",
}
_ABOUT: dict[Event, tuple[str, ...]] = {
    "exit": (
        "Descriptive only: who leaves is chosen by how it did, so this is no effect of leaving, and "
        "how much of it was to be expected anyway is not defined.",
    ),
    "exposure": (
        "An exposure begins when another trust of a system enters a programme; a system counts once, with "
        "the mean of its trusts in segment 3.",
    ),
}
"""What has to be said of an event whatever was found."""
_RSP = "the Recovery Support Programme"
_INTO = {
    "special-measures": "special measures",
    "rsp": f"{_RSP} or what followed it",
}
_SAID = ("EXIT_DESCRIPTIVE", "TOO_FEW_ENTRANTS")
"""Warnings of a result that the lead tells in its own words."""
_PLACES = {
    "Read rebound before": "Read what was to be expected anyway before",
    "to −7, in bases": "to −7, in a table below",
    "The interval in pooled is too narrow: read the one in shared_controls": "The lead, the diamond and the "
    "tables have the interval that allows for it",
}
_LARGE = 100
_SHAPES = {10: "day", 4: "year"}


def text_of_changes(asked: Asked) -> IndicatorText:
    """How a change of the indicator is written."""
    text = untitled_text_of(asked.indicator)
    return replace(text, is_change=True, unit_title=unit_of_changes(text))


def changed(change: float, unit: Unit) -> str:
    """A change in words; one of a hundred people or more without its tenths."""
    is_large = unit == "count" and abs(change) >= _LARGE
    return format_change(round(change) if is_large else change, unit)


def beside_words(controls: str, event: Event) -> str:
    """Who stands beside, in words."""
    return (_SYSTEMS if event == "exposure" else {}).get(controls, _BESIDE[controls])


def evidence(found: dict[str, Any], asked: Asked) -> str:
    """The words of evidence of an interval, `ci_low` to `ci_high`."""
    return evidence_of(found["ci_low"], found["ci_high"], SIDES[asked.indicator.better])


def figures(found: dict[str, Any], asked: Asked) -> str:
    """`uncertain, 95 % interval −2.7 points to +2.6 points`."""
    low, high = (changed(found[name], asked.indicator.unit) for name in ("ci_low", "ci_high"))
    return f"{evidence(found, asked)}, 95 % interval {low} to {high}"


def mean_of(result: dict[str, Any]) -> dict[str, Any]:
    """The mean effect with the interval that allows for shared controls, as the screen has it.

    It is never the narrower.
    """
    return {**result["pooled"], **result["shared_controls"]}


def excess_of(result: dict[str, Any]) -> dict[str, Any] | None:
    """`n, estimate, ci_low, ci_high` of what lies beyond the expected rebound; None where nothing is told.

    By the regression; where there is none, beside shadow entrants.
    """
    found = result["rebound"] or {}
    regression, shadows = found.get("regression"), found.get("shadows")
    if regression is not None:
        return {**regression, "estimate": regression["excess"]}
    return None if shadows is None else {**shadows["excess"], "n": shadows["n"]}


def lead_sentences(answer: Answer, asked: Asked) -> list[str]:
    """How many could be judged, their mean and the excess, or why there is none."""
    if answer.run is None:
        return _refused(answer, asked)
    result = answer.run.result
    on_record = _on_record(result["units"], result["left_out"], asked)
    told = [
        f"{len(result['units'])} of {on_record} can be judged, beside "
        f"{result['n_controls']} {beside_words(result['controls'], asked.event)}."
    ]
    told += _by_programme(result, asked)
    told += _together(result, asked) if result["pooled"] else [_no_mean(result, asked)]
    return [*told, *_ABOUT.get(asked.event, ())]


def _by_programme(result: dict[str, Any], asked: Asked) -> list[str]:
    """How many entered, or left, which programme: most did before there was a Recovery Support Programme."""
    found = {name: result["programmes"].get(name, 0) for name in _INTO}
    if not sum(found.values()):
        return []
    verb, recent = "left" if asked.event == "exit" else "entered", found["rsp"]
    if not recent:
        return [f"All {verb} {_INTO['special-measures']}: nothing is said of {_RSP}."]
    if not found["special-measures"]:
        return [f"All {verb} {_INTO['rsp']}."]
    told = f"Of these {found['special-measures']} {verb} {_INTO['special-measures']}"
    little = "" if recent > found["special-measures"] else f", so this says little of {_RSP} alone"
    return [f"{told} and {recent} {_INTO['rsp']}{little}."]


def _on_record(units: Rows, left_out: Rows, asked: Asked) -> str:
    """`74 entries on record`; of exits those with a date alone, as others may not have left."""
    number = len(units) + len(_known(left_out, asked))
    known = "known to the month" if asked.event == "exit" else "on record"
    return f"{number} {_EVENTS[asked.event][1]} {known}"


def _known(left_out: Rows, asked: Asked) -> Rows:
    """Those that did happen, as far as is known."""
    return [one for one in left_out if asked.event != "exit" or one["left"]]


def _together(result: dict[str, Any], asked: Asked) -> list[str]:
    mean, unit = mean_of(result), asked.indicator.unit
    before = describe_base(result["base"], asked.indicator.step_months)
    after = "all months inside" if asked.event == "programme" else "the year after"
    sentence = (
        f"From {before} to {after}, {asked.indicator.short_title} moved on average by "
        f"{changed(mean['estimate'], unit)} against those beside them: {figures(mean, asked)}."
    )
    if asked.event == "exposure":
        return [sentence, direction(mean, asked)]
    return [sentence, sustained(result, asked) if asked.event == "exit" else _excess(result, asked)]


def direction(found: dict[str, Any], asked: Asked) -> str:
    """Which way a neighbour's entry went along: both are possible, and neither shows a cause."""
    side = SIDES[asked.indicator.better]
    ends = sorted(side * found[name] for name in ("ci_low", "ci_high"))
    if side == 0 or ends[0] <= 0 <= ends[1]:
        return "That tells neither of support that neighbours share nor of a drain on them."
    if ends[0] > 0:
        return "Neighbours did better than others did, as they would if they shared the support."
    return "Neighbours did worse than others did, as they would if the support drained them."


def sustained(result: dict[str, Any], asked: Asked) -> str:
    """Whether what followed an exit lasted: months 10 to 12 after it."""
    found = result["sustained"]
    if found is None or found["estimate"] is None:
        return "Whether it lasted to months 10 to 12 cannot be said: too few have figures then."
    size = changed(found["estimate"], asked.indicator.unit)
    return f"In months 10 to 12 after it was {size}: {figures(found, asked)} (of {found['n']})."


def _excess(result: dict[str, Any], asked: Asked) -> str:
    excess = excess_of(result)
    if excess is None:
        return "How much of that a rebound from a low point explains cannot be said: too few can be compared."
    size = changed(excess["estimate"], asked.indicator.unit)
    return (
        f"Beyond the rebound to be expected anyway lie {size}: {figures(excess, asked)} "
        f"(of {excess['n']} that can be told)."
    )


def _no_mean(result: dict[str, Any], asked: Asked) -> str:
    who = "systems" if asked.event == "exposure" else "organisations"
    return (
        f"No mean is told: it needs {fewest_of(asked.event)} {who} with an {_EVENTS[asked.event][0]} and "
        f"{FEWEST_CONTROLS} beside them, and there are {result['n_entrants']} and {result['n_controls']}."
    )


def _refused(answer: Answer, asked: Asked) -> list[str]:
    if not answer.left_out:
        return ["This cannot be judged.", _whole_refusal(answer, asked)]
    reason, most = reasons_of(_known(answer.left_out, asked))[0]
    told = (
        f"None of {_on_record([], answer.left_out, asked)} can be judged in "
        f"{asked.indicator.short_title}, so nothing is said of what followed."
    )
    return [told, f"The most frequent reason ({most}): {reason}.", *_ABOUT.get(asked.event, ())]


def _whole_refusal(answer: Answer, asked: Asked) -> str:
    if answer.code == "NEEDS_DATA":
        return f"No figures of {asked.indicator.short_title} are published for those asked for."
    return answer.refused


def reasons_of(left_out: Rows) -> list[tuple[str, int]]:
    """For which reasons events cannot be judged, and how many for each, the most frequent first."""
    return Counter(str(one["reason"]) for one in left_out).most_common()


def warning_sentences(result: dict[str, Any]) -> list[str]:
    """The warnings that the lead has not told, with the places of the page for fields of the result."""
    told = [one["message"] for one in result["warnings"] if one["code"] not in _SAID]
    for field, place in _PLACES.items():
        told = [message.replace(field, place) for message in told]
    return told


def without_sentence(result: dict[str, Any], asked: Asked) -> str:
    """From where to where the mean goes if any one of them is left out."""
    found = [one["pooled_without"] for one in result["units"] if one["pooled_without"] is not None]
    low, high = (changed(end, asked.indicator.unit) for end in (min(found), max(found)))
    return f"Without any one of them the mean lies between {low} and {high}."


def written_date(written: str | None, otherwise: str) -> str:
    """A date of the register in words, to the precision it is known."""
    if not written:
        return otherwise
    usual = "quarter" if "Q" in written else "month"
    return format_period(written, _SHAPES.get(len(written), usual))
