"""What an indicator may be called, by rule, with the facts that decide it (METHODS 8.10)."""

from dataclasses import dataclass
from typing import Literal

from indicators.stats.screen.facts import Evidence, Fact, Facts, facts_of
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds

Class = Literal[
    "candidate key indicator",
    "improvement-sensitive",
    "context",
    "not supported",
    "not assessable",
]


@dataclass(frozen=True)
class Decision:
    """The class, the facts that decided it (at least one), and all facts there are."""

    name: Class
    because: tuple[Fact, ...]
    facts: tuple[Fact, ...]


def classify(evidence: Evidence, thresholds: Thresholds = DEFAULTS) -> Decision:
    """The class of an indicator for one type of organisation.

    Gates first: without data, or without a known reliability, it is not assessable; with a reliability below
    the gate it is not supported. Then by whether it is responsive and whether it discriminates: both, a
    candidate if stable and not easily gamed, else not supported; only the first, improvement-sensitive; only
    the second, context; neither, not supported. Where one of the two cannot be told the class could be
    either of two, so it is not assessable.
    """
    facts = facts_of(evidence, thresholds)
    name, because = _at_the_gates(facts) or _by_profile(facts)
    return Decision(name, because, facts.all)


def _at_the_gates(facts: Facts) -> tuple[Class, tuple[Fact, ...]] | None:
    data = tuple(fact for fact in (facts.coverage, facts.months) if not fact.is_met)
    if data:
        return "not assessable", data
    if facts.reliability.is_met is None:
        return "not assessable", (facts.reliability,)
    return None if facts.reliability.is_met else ("not supported", (facts.reliability,))


def _by_profile(facts: Facts) -> tuple[Class, tuple[Fact, ...]]:
    responds, tells = facts.is_responsive, facts.is_discriminating
    unknown = [
        one
        for is_met, side in ((responds, facts.responsive), (tells, facts.discriminating))
        for one in side
        if is_met is None and one.is_met is None
    ]
    if unknown:
        return "not assessable", tuple(unknown)
    if responds and tells:
        return _if_robust(facts)
    names: dict[tuple[bool | None, bool | None], Class] = {
        (True, False): "improvement-sensitive",
        (False, True): "context",
    }
    return names.get((responds, tells), "not supported"), facts.responsive + facts.discriminating


def _if_robust(facts: Facts) -> tuple[Class, tuple[Fact, ...]]:
    """An unknown risk of measurement does not bar a candidate (METHODS: not high); it stays a fact."""
    robust = (facts.stability, facts.risk)
    failed = tuple(fact for fact in robust if fact.is_met is False)
    if failed:
        return "not supported", failed
    if facts.stability.is_met is None:
        return "not assessable", (facts.stability,)
    return "candidate key indicator", facts.responsive + facts.discriminating + robust
