"""The two tables of an evidence card: the eight criteria, and every fact against what is asked for."""

import pandas as pd

from indicators.screening.judged import Judged
from pages.parts.key_indicators.words import (
    CRITERIA,
    FACTS,
    asked_words,
    estimate_words,
    found_words,
    grade_words,
    met_words,
    reason_words,
)


def criteria_table(one: Judged) -> pd.DataFrame:
    """The eight criteria: grade, estimate with interval, and why where nothing can be said."""
    return pd.DataFrame(
        {
            "Criterion": CRITERIA[each.name],
            "Grade": grade_words(each),
            "Estimate (95 % interval)": estimate_words(each) or signs_words(one, each.name),
            "Note": _note(each.name, reason_words(each.reason), each.is_circular),
        }
        for each in one.criteria
    )


def signs_words(one: Judged, name: str) -> str:
    """Measurement risk has no estimate but signs that were looked for."""
    signs = one.row["risk"]["signs"]
    if name != "measurement risk" or not signs:
        return "not known"
    return f"{sum(sign['is_raised'] for sign in signs)} of {len(signs)} signs raised"


def _note(name: str, reason: str, is_circular: bool) -> str:
    if is_circular:
        return "feeds the rule that makes the segment: counts neither for nor against"
    if reason:
        return reason
    return {"rebound": "share of a low point that comes back without support"}.get(name, "")


def facts_table(one: Judged) -> pd.DataFrame:
    """Every fact: what was found, what is asked for, whether it is met, and why where that is unknown."""
    return pd.DataFrame(
        {
            "Fact": FACTS[fact.criterion],
            "Found (95 % interval)": found_words(fact) or _level(one, fact.criterion),
            "Asked for": asked_words(fact),
            "Met": met_words(fact),
            "Why": reason_words(fact.why),
        }
        for fact in one.decision.facts
    )


def _level(one: Judged, criterion: str) -> str:
    level = one.row["risk"]["level"]
    is_known = criterion == "measurement risk" and level != "not assessable"
    return level if is_known else "not known"
