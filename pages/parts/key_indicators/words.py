"""The screen in words: classes, criteria with their marks, estimates, and facts against their thresholds."""

import re
from collections.abc import Sequence

from indicators.screening.judged import Criterion, Judged, Name
from indicators.stats.screen.classes import Class
from indicators.stats.screen.facts import Fact
from indicators.stats.screen.resampling import Estimate
from pages.parts.indicators import catalogue
from pages.parts.organisations import listed
from pages.parts.spells import TYPE_WORDS

CLASSES: dict[Class, str] = {
    "candidate key indicator": "Candidate key indicator",
    "improvement-sensitive": "Improvement-sensitive",
    "context": "Context",
    "not supported": "Not supported",
    "not assessable": "Not assessable",
}
"""The classes in the order in which the page has them."""
CLASS_MEANS: dict[Class, str] = {
    "candidate key indicator": "improves beyond the expected rebound and tells the segments apart",
    "improvement-sensitive": "improves beyond the expected rebound, but does not tell the segments apart",
    "context": "tells the segments apart, but does not move with entry",
    "not supported": "was judged and falls short",
    "not assessable": "the data cannot tell, which is neither good nor bad news about the indicator",
}
CRITERIA: dict[Name, str] = {
    "coverage": "Coverage",
    "timeliness": "Timeliness",
    "reliability": "Reliability",
    "responsiveness": "Improves beyond rebound, SD",
    "discrimination": "Tells segments apart",
    "prediction": "Foretells entry",
    "measurement risk": "Measurement risk",
    "rebound": "Rebound by itself",
}
_MARKS = {"strong": "●", "adequate": "◐", "weak": "○", "low": "●", "medium": "◐", "high": "○"}
FACTS = {
    "coverage": "Coverage",
    "months": "Months of figures",
    "reliability": "Reliability",
    "excess": "Improvement beyond rebound (SD)",
    "q": "False discovery rate, q",
    "discrimination": "Share in the right order of segments",
    "prediction": "Foretells entry, AUC",
    "stability": "Stability",
    "measurement risk": "Measurement risk",
}
_CODE = re.compile(r"^[A-Z_]+: ")
_ASKED = {
    "q": "at most {}",
    "excess": "interval above {}",
    "discrimination": "lower end above {}",
    "prediction": "lower end above {}",
    "measurement risk": "not high",
}
_TYPES = {name: f"{words[:1].lower()}{words[1:]}s" for name, words in TYPE_WORDS.items()}


def title_of(indicator_id: str) -> str:
    """The indicator's short title; one that this version's catalogue does not know shows its id."""
    known = catalogue().get(indicator_id)
    return known.short_title if known else indicator_id


def pair_words(one: Judged) -> str:
    """`Sickness absence among acute trusts`."""
    return f"{title_of(one.indicator_id)} among {type_words(one.org_type)}"


def type_words(org_type: str) -> str:
    """`acute trusts`."""
    return _TYPES.get(org_type, org_type)


def grade_words(one: Criterion) -> str:
    """The grade's mark and name, or that there is none."""
    if one.is_circular:
        return "◌ circular"
    return f"{_MARKS[one.grade]} {one.grade}" if one.grade in _MARKS else one.grade


def estimate_words(one: Criterion) -> str:
    """The estimate with its interval in the criterion's own unit; empty where there is none."""
    if one.estimate is None:
        return ""
    if one.name == "timeliness":
        return f"{one.estimate.value:.0f} days"
    if one.name in ("coverage", "rebound"):
        return f"{interval(one.estimate, 100, 1)} %"
    if one.name == "responsiveness":
        return f"{signed_interval(one.estimate)} SD"
    return interval(one.estimate)


def short_estimate(one: Criterion) -> str:
    """The same with room for a narrow cell: whole per cent, no unit where the heading has it."""
    if one.estimate is not None and one.name in ("coverage", "rebound"):
        return f"{interval(one.estimate, 100, 0)} %"
    return estimate_words(one).removesuffix(" SD")


def interval(found: Estimate, times: float = 1.0, digits: int = 2) -> str:
    """`0.62 (0.51 to 0.73)`, or the estimate alone."""
    value, low, high = (_times(one, times) for one in (found.value, found.low, found.high))
    if low is None or high is None:
        return f"{value:.{digits}f}"
    return f"{value:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})".replace("-", "−")


def _times(value: float | None, times: float) -> float | None:
    return None if value is None else value * times


def signed_interval(found: Estimate) -> str:
    """`+0.12 (−0.05 to +0.30)`."""
    # Adding nothing takes the sign of a rounded 0 away.
    numbers = [one for one in (found.value, found.low, found.high) if one is not None]
    ends = [f"{round(one, 2) + 0.0:+.2f}" for one in numbers]
    words = f"{ends[0]} ({ends[1]} to {ends[2]})" if len(ends) == 3 else ends[0]
    return words.replace("-", "−")


def asked_words(fact: Fact) -> str:
    """What is asked for: `at least 0.80`, `lower end above 0.55`."""
    limit = "" if fact.limit is None else number_words(fact.criterion, fact.limit)
    return _ASKED.get(fact.criterion, "at least {}").format(limit)


def number_words(criterion: str, value: float) -> str:
    """A number of a fact: months whole, the others with two decimals."""
    return f"{value:.0f}" if criterion in ("months", "excess") else f"{value:.2f}"


def reason_words(reason: str) -> str:
    """Why nothing can be said, without the code of a refusal before it."""
    return _CODE.sub("", reason)


def found_words(fact: Fact) -> str:
    """What was found, to three decimals so that it can be told from a limit; empty where nothing was."""
    if fact.value is None:
        return ""
    if fact.criterion == "excess":
        return signed_interval(Estimate(fact.value, fact.low, fact.high))
    if fact.criterion == "months":
        return f"{fact.value:.0f}"
    return interval(Estimate(fact.value, fact.low, fact.high), digits=3)


def met_words(fact: Fact) -> str:
    """`met`, `not met` or `unknown`."""
    if fact.is_met is None:
        return "unknown"
    return "met" if fact.is_met else "not met"


def fact_words(fact: Fact) -> str:
    """A fact as a clause: `reliability 0.52 (0.40 to 0.61), at least 0.60 asked for`."""
    name = FACTS[fact.criterion]
    if fact.is_met is None:
        return f"{name} is unknown: {reason_words(fact.why)}"
    if fact.value is None:
        return f"{name}: {reason_words(fact.why) or met_words(fact)}"
    return f"{name} {found_words(fact)}, asked for: {asked_words(fact)}, {met_words(fact)}"


def some_of(names: Sequence[str], most: int = 4) -> str:
    """`A, B and C`; of more than `most`, the first ones and how many others."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return listed(names)
