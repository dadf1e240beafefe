"""What a reader has to be told before pooled effects are believed."""

from typing import Any

from indicators.analyses.pooled_judged import FEWEST_CONTROLS, Judged, fewest_of
from indicators.analyses.refusal import warn

_NAMES = {"programme": "entry"} | {name: name for name in ("entry", "exit", "exposure")}
_ENTRIES = ("entry", "programme")
WIDER = 1.1
"""The standard error with shared controls is told when it is this much the larger."""


def warnings_of(judged: Judged, told: dict[str, Any]) -> list[dict[str, str]]:
    """Codes of METHODS with a sentence of cause and one of what to do."""
    warnings = [warn(*notice) for notice in judged.rows.notices]
    if judged.spec.event == "exit":
        text = "Who leaves is chosen by how it did, so what follows an exit is no effect of leaving"
        beyond = "What was to be expected anyway is not defined for it, as its base is within a programme"
        warnings.append(warn("EXIT_DESCRIPTIVE", f"{text}. {beyond}. Read it as a description."))
    if judged.spec.event == "programme":
        text = "Stays differ in length, and who does well leaves early, so that short stays flatter"
        warnings.append(warn("STAYS_DIFFER", f"{text}. Read the first year beside it."))
    if not judged.is_enough:
        return [*warnings, warn("TOO_FEW_ENTRANTS", _too_few(judged))]
    low_point = _of_bases(told) if judged.spec.event in _ENTRIES else []
    return [*warnings, *low_point, *_of_means(told)]


def _too_few(judged: Judged) -> str:
    """How many there are, and how many are needed."""
    name = _NAMES[judged.spec.event]
    found = f"{judged.n_entrants} units with an {name} and {judged.n_controls} beside them"
    needed = f"{fewest_of(judged.spec.event)} and {FEWEST_CONTROLS} are the fewest for a mean"
    return f"{found} have enough figures, and {needed}. Read the single effects only."


def _of_bases(told: dict[str, Any]) -> list[dict[str, str]]:
    warnings = []
    dip, bases = told["entry_dip"], told["base_sensitivity"]
    if dip is not None and dip["is_dip"]:
        cause = (
            "Entrants fell away from their comparators in the half year before, after a level time"
        )
        advice = "Read the mean effect against months −12 to −7, in bases"
        warnings.append(warn("ENTRY_DIP", f"{cause}. {advice}."))
    if bases is not None and bases["is_likely"]:
        cause = "The effect shrinks by more than half when it is measured from a year before entry"
        text = "and not from the last month, as a recovery from a low point does"
        warnings.append(warn("RTM_LIKELY", f"{cause} {text}. Read rebound before the effect."))
    return warnings


def _of_means(told: dict[str, Any]) -> list[dict[str, str]]:
    warnings = []
    if told["shared_controls"]["se"] > WIDER * told["pooled"]["se"]:
        cause = "Entrants near in time share their comparators, whose errors do not average out"
        advice = "The interval in pooled is too narrow: read the one in shared_controls"
        warnings.append(warn("SHARED_CONTROLS", f"{cause}. {advice}."))
    if _differ(told):
        cause = "The event study, held against all of the time before, points the other way than the mean"
        text = "effect, held against the base alone: entrants and comparators ran apart before"
        advice = "Believe neither without a look at the leads"
        warnings.append(warn("ESTIMATES_DIFFER", f"{cause} {text}. {advice}."))
    if told["randomisation_p"] is None:
        text = (
            "Too few units without an event have figures, so dates cannot be dealt out among them"
        )
        warnings.append(warn("NO_RANDOMISATION", f"{text}. Read the interval alone."))
    return warnings


def _differ(told: dict[str, Any]) -> bool:
    """Whether the event study's first year and the mean effect differ in sign and are far apart."""
    year, pooled = told["imputation"]["first_year"], told["pooled"]
    if year["estimate"] is None or year["estimate"] * pooled["estimate"] >= 0:
        return False
    is_outside = not pooled["ci_low"] <= year["estimate"] <= pooled["ci_high"]
    return is_outside or not year["ci_low"] <= pooled["estimate"] <= year["ci_high"]
