"""What the view of one organisation beside others says, in sentences."""

import re
from typing import Any

from indicators.analyses.controlled_before import ControlledBefore
from indicators.analyses.controlled_published import SIZE
from pages.charts.layers.formats import IndicatorText
from pages.charts.layers.spell_words import count
from pages.parts.its.words import interval_of, moment_words, size_of

MATCHING_WORDS = {
    "level_slope": "Nearest in level, slope and size",
    "slope": "Nearest in slope",
    "unmatched": "All that can be compared",
}
FORM_WORDS = {
    "difference": "Difference to their mean",
    "stacked": "All series in one model",
}
_TERM = re.compile(r"\b(change )?(level|slope)_([0-9]+)\b")
_MINUS = re.compile(r"(?<!\w)-(?=[0-9])")


def pool_sentence(found: ControlledBefore, name: str, matching: str) -> str:
    """Who would be compared: how many can be, how many are."""
    can = f"{count(found.pool, 'organisation')} can be compared with {name}"
    if matching == "unmatched":
        return f"{can}, and all are."
    how = "slope" if matching == "slope" else "level, slope and size"
    return f"{can}, and the {found.chosen} nearest in {how} before entry are."


def gap_sentence(
    effect: dict[str, Any], text: IndicatorText, is_phased: bool, comparators: int
) -> str:
    """What entry changed against the comparators by then, with its interval and the words of evidence."""
    change = effect["estimate"]
    apart = f"{size_of(change, text)} {'higher' if change > 0 else 'lower'}"
    return (
        f"{moment_words(effect, text, is_phased)} its fitted line stood {apart} against the mean of "
        f"{comparators} comparators than its course before entry led to expect: {effect['evidence']}, "
        f"{interval_of(effect, text)}."
    )


def form_sentence(result: dict[str, Any], text: IndicatorText) -> str:
    """The change in level by the form that was not asked for."""
    beside = result["beside"]
    found = next((one for one in beside["coefficients"] if one["term"] == "level_1"), None)
    if found is None:
        return ""
    form = (
        "With all series in one model" if beside["form"] == "stacked" else "By the difference alone"
    )
    change = found["estimate"]
    told = f"{size_of(change, text)} {'higher' if change > 0 else 'lower'}"
    return f"{form} the level at entry is {told} ({interval_of(found, text)})."


def space_sentence(placebo: dict[str, Any] | None) -> str:
    """How many comparators would have shown as clear a change in level in its place."""
    test = None if placebo is None else first_test(placebo)
    if test is None:
        return "Placebo in space: there are too few comparators to put them in its place."
    number, as_clear = test["number"], test["rank"] - 1
    rank = f"rank {test['rank']} of {number + 1}"
    return (
        f"Placebo in space: each of {number} comparators was put in its place, against the others. "
        f"{as_clear or 'None'} of them would have shown a change in level as clear as its own or clearer "
        f"({rank}, p {test['p']:.3f}; the least possible is {test['floor']:.3f})."
    )


def first_test(placebo: dict[str, Any]) -> dict[str, Any] | None:
    """The rank of the change in level at entry."""
    found: list[dict[str, Any]] = placebo["tests"]
    return next((one for one in found if one["term"] == "level_1"), None)


def balance_words(smd: float | None, balanced: float) -> str:
    """How far a trait of the one that entered lies from the comparators' mean: `far below (2.60)`."""
    if smd is None:
        return "not known"
    side = "above" if smd > 0 else "below"
    if abs(smd) < balanced:
        side = "alike"
    return f"{'far ' if abs(smd) >= 1 else ''}{side} ({abs(smd):.2f})"


def in_words(message: str) -> str:
    """A warning with the names of a model's terms, and signs, as a reader knows them."""
    plain = message.replace(SIZE, "size")
    return _MINUS.sub("−", _TERM.sub(_term, plain))


def _term(found: re.Match[str]) -> str:
    number = int(found[3])
    named = {1: "entry", 2: "exit"}.get(number, f"interruption {number}")
    return f"{found[1] or 'the change '}in {found[2]} at {named}"
