"""How much of a low point is expected to vanish by itself, by how reliable the indicator is."""

from indicators.stats.regression_to_mean.galton import expected_share
from indicators.stats.reliability import Reliability, spearman_brown
from pages.charts.coverage import TYPE_ORDER
from pages.charts.layers.formats import format_value
from pages.parts.indicator_library.reliability import reliability_found
from pages.parts.its.subject import Subject
from pages.parts.organisations import organisations
from pages.parts.store import version

_BASE = 3
"""Months that a low point is the mean of."""


def low_point_share(subject: Subject) -> str | None:
    """In a sentence with its interval; none where the reliability is not known."""
    if subject.indicator is None:
        return None
    kind = str(organisations().loc[subject.org, "org_type"])
    found = reliability_found(subject.indicator.indicator_id, version()).get(kind)
    if not isinstance(found, Reliability):
        return None
    return share_sentence(found, kind, subject.text.step_months)


def share_sentence(found: Reliability, kind: str, step_months: int) -> str:
    """The share that is chance of the distance of three months from the mean of a type.

    Neighbouring periods that are alike are allowed for, as on the page of the library.
    """
    periods = max(1, _BASE // step_months)
    worth = found.worth(periods)
    # The higher the reliability, the less is chance.
    share, low, high = (
        format_value(100 * expected_share(spearman_brown(icc, worth)), "percent")
        for icc in (found.icc, found.ci_high, found.ci_low)
    )
    months = {1: "three months", 3: "a quarter", 12: "a year"}[step_months]
    types = TYPE_ORDER[kind][0].lower() + TYPE_ORDER[kind][1:]
    return (
        f"Of the distance of {months} from the mean of {types}, {share} (95 % interval {low} to {high}) is "
        "chance or passing, going by how reliable the indicator is, and expected to vanish by itself in time."
    )
