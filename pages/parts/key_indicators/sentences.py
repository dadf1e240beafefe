"""What the screen answers, in sentences made from its result: the lead, and what can be concluded today."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from indicators.screening.judged import Judged
from indicators.stats.screen.thresholds import DEFAULTS, Thresholds
from pages.parts.key_indicators.choice import LIMITS
from pages.parts.key_indicators.steps import reach_sentence, walk_of
from pages.parts.key_indicators.words import (
    CLASS_MEANS,
    CLASSES,
    estimate_words,
    pair_words,
    some_of,
)
from pages.parts.organisations import listed

TITLE = "Which indicators show purposeful improvement?"
_LAST = "not assessable"


def lead_sentences(
    pairs: Sequence[Judged], document: Mapping[str, Any], thresholds: Thresholds
) -> list[str]:
    """How many of each class, whose entry can be judged, and how many tell segments apart by chance."""
    told = [_classes(pairs), _responding(pairs), reach_sentence(pairs, thresholds.entrants)]
    return [sentence for sentence in [*told, _by_chance(document, thresholds)] if sentence]


def _classes(pairs: Sequence[Judged]) -> str:
    number = Counter(one.decision.name for one in pairs)
    middle = [
        f"{number[name]} {_verb(number[name], name)}"
        for name in CLASSES
        if name not in ("candidate key indicator", _LAST) and number[name]
    ]
    told = listed([*middle, f"{number[_LAST]} cannot be assessed today"])
    return f"Of {len(pairs)} pairs of an indicator and a type of organisation {_candidates(pairs)}; {told}."


def _candidates(pairs: Sequence[Judged]) -> str:
    names = [pair_words(one) for one in pairs if one.decision.name == "candidate key indicator"]
    if not names:
        return "none is a candidate key indicator"
    verb = "is a candidate key indicator" if len(names) == 1 else "are candidate key indicators"
    return f"{len(names)} {verb}: {some_of(names)}"


def _verb(number: int, name: str) -> str:
    words = {"context": "for context"}.get(name, name)
    return f"{'is' if number == 1 else 'are'} {words}"


def _responding(pairs: Sequence[Judged]) -> str:
    known = [one for one in pairs if one.of("responsiveness").estimate is not None]
    if not known:
        return "Improvement after entry beyond the expected rebound can be judged of none."
    clear = [one for one in known if one.of("responsiveness").grade == "strong"]
    told = f"{some_of([pair_words(one) for one in clear])} moved" if clear else "none moved"
    which = f": {some_of([pair_words(one) for one in known])}" if len(known) < 5 else ""
    return (
        f"Improvement after entry can be judged of {len(known)}{which}; {told} "
        "clearly beyond the rebound to be expected anyway."
    )


def _by_chance(document: Mapping[str, Any], thresholds: Thresholds) -> str:
    chance, usual = document["chance"], DEFAULTS.discrimination
    limit = "" if thresholds.discrimination == usual else f" at the usual limit of {usual:.2f}"
    return (
        f"{chance['passing']} of {chance['judged']} pass on discrimination{limit}; "
        f"{chance['expected']:.1f} expected by chance ({chance['low']:.0f} to {chance['high']:.0f})."
    )


def conclusions(pairs: Sequence[Judged]) -> list[str]:
    """What can be said of today's data and what cannot, a sentence each."""
    found = [_responses(pairs), _discriminations(pairs), _foretellings(pairs), _reasons(pairs)]
    return [sentence for sentence in found if sentence]


def _responses(pairs: Sequence[Judged]) -> str:
    known = [one for one in pairs if one.of("responsiveness").estimate is not None]
    if not known:
        return (
            "Whether any indicator improves when an organisation enters a programme cannot be told yet, of "
            "any type: no pair has enough entrants with figures on both sides of their entry."
        )
    told = [
        f"{pair_words(one)}, {one.row['response']['entrants']} entrants, "
        f"{walk_of(one, 'since')['judged']} of them since July 2021: "
        f"{estimate_words(one.of('responsiveness'))}"
        for one in known
    ]
    return (
        f"Improvement beyond the expected rebound can be judged of {len(known)} of {len(pairs)} pairs, in "
        f"standard deviations between organisations with 95 % intervals: {'; '.join(told[:8])}"
        f"{'; and more in the table' if len(told) > 8 else ''}. Of the other {len(pairs) - len(known)} "
        "nothing can be said, neither that they improve nor that they do not."
    )


def _discriminations(pairs: Sequence[Judged]) -> str:
    passing = [one for one in pairs if one.of("discrimination").grade in ("strong", "adequate")]
    plain = [pair_words(one) for one in passing if not one.of("discrimination").is_circular]
    circular = [pair_words(one) for one in passing if one.of("discrimination").is_circular]
    words = f"Better figures go with better segments in {some_of(plain, 8)}." if plain else ""
    if circular:
        words += (
            f" Also in {some_of(circular, 3)}, but these feed the rule that makes the segment, so that it "
            "counts neither for nor against them."
        )
    return f"{words} Going with segments is not improving." if words else ""


def _foretellings(pairs: Sequence[Judged]) -> str:
    known = [one for one in pairs if one.of("prediction").estimate is not None]
    if not known:
        return "Whether an indicator foretells entry cannot be told: such entries are too few."
    passing = [one for one in known if one.of("prediction").grade in ("strong", "adequate")]
    told = some_of([pair_words(one) for one in passing], 6) if passing else "none does"
    return f"Whether it foretells an entry within 12 months can be told of {len(known)}: {told}."


def _reasons(pairs: Sequence[Judged]) -> str:
    unknown = [one for one in pairs if one.decision.name == _LAST]
    number = Counter(fact.criterion for one in unknown for fact in one.decision.because[:1])
    words = {
        "coverage": "too few of the figures that could be expected",
        "months": "too few months of figures",
        "reliability": "a reliability that is not known",
        "excess": "improvement that cannot be judged, mostly for want of entrants",
        "discrimination": "segments or entries too few to compare",
    }
    told = [f"{count} for {words.get(name, name)}" for name, count in number.most_common()]
    return (
        f"What stands first in the way of the {len(unknown)} not assessable: {listed(told)}."
        if told
        else ""
    )


def changed_sentences(
    pairs: Sequence[Judged], usual: Sequence[Judged], thresholds: Thresholds
) -> list[str]:
    """The thresholds that are not the usual ones, and the classes that change with them, if any."""
    changes = thresholds_changed(thresholds)
    if not changes:
        return []
    moved = [
        f"{pair_words(now)}: {before.decision.name} → {now.decision.name}"
        for before, now in zip(usual, pairs, strict=True)
        if before.decision.name != now.decision.name
    ]
    told = "; ".join(moved) if moved else "none"
    return [f"Thresholds changed: {'; '.join(changes)}.", f"Classes that change with them: {told}."]


def thresholds_changed(thresholds: Thresholds) -> list[str]:
    """Each change in words: `coverage at least, %: 80 → 70`."""
    told = []
    for name, before, now in thresholds.changes():
        limit = LIMITS[name]
        label = f"{limit.label[:1].lower()}{limit.label[1:]}"
        told.append(f"{label}: {before * limit.times:.0f} → {now * limit.times:.0f}")
    return told


def class_sentence(one: Judged) -> str:
    """What the class of a pair means."""
    name = one.decision.name
    return f"{CLASSES[name]}: {CLASS_MEANS[name]}."
