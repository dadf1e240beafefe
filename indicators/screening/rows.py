"""One indicator among one type of organisation: every criterion, before indicators are compared."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from indicators.reliability import reliability_by_type
from indicators.screening.context import TYPES, Context, Figures
from indicators.screening.entering import Entered, entered
from indicators.screening.first_looks import quality_of, signal_of, spread_of, timeliness_of
from indicators.screening.foretelling import foretold
from indicators.screening.pooling import PooledAt, judged_at, pooled_at
from indicators.screening.segmented import Told, told_apart
from indicators.screening.steps import OfType, Steps, exit_steps
from indicators.screening.suspicious import risk_of
from indicators.stats.reliability import Reliability
from indicators.stats.screen.measurement import MeasurementRisk
from indicators.stats.screen.prediction import Prediction
from indicators.stats.screen.quality import Quality
from indicators.stats.screen.resampling import Scored, not_assessable
from indicators.stats.screen.responsiveness import (
    Responsiveness,
    Standardised,
    responsiveness,
    standardised,
)
from indicators.stats.screen.signal import Signal, Susceptibility, susceptibility
from indicators.stats.screen.thresholds import Thresholds

FEWEST_ORGANISATIONS = 5
"""Organisations of a type with a figure, below which an indicator is not told of for the type."""


@dataclass(frozen=True)
class AtExit:
    """The pooled effect at exit in standard deviations between organisations; None, and in words `why`.

    `sustained`: the same of months 10 to 12 after, None where too few have figures then.
    """

    effect: Standardised | None
    why: str
    sustained: Standardised | None


@dataclass(frozen=True)
class Looked:
    """What each criterion found; `entered` and `told` hold the draws that later steps need.

    `why_not_pooled`: in words why entrants have no pooled effect, where they have none. `at_exit` describes,
    and is not graded: who leaves did well before. `steps`: by event (`entry`, `exit`) who is left out where.
    """

    indicator_id: str
    org_type: str
    organisations: int
    quality: Quality
    timeliness: Scored
    signal: Signal | None
    reliability: Scored
    response: Responsiveness
    entered: Entered
    told: Told
    prediction: Prediction
    risk: MeasurementRisk
    rebound: Susceptibility
    why_not_pooled: str
    at_exit: AtExit
    steps: Mapping[str, Steps]


def looked_at(figures: Figures, context: Context, thresholds: Thresholds) -> list[Looked]:
    """A row per type with at least five organisations that have a figure."""
    numbers = figures.values.groupby("org_type")["org_code"].nunique()
    reliabilities = reliability_by_type(figures.values, context.types, figures.indicator)
    return [
        _of_type(figures, org_type, context, thresholds, reliabilities.get(org_type))
        for org_type in TYPES
        if numbers.get(org_type, 0) >= FEWEST_ORGANISATIONS
    ]


def _of_type(
    figures: Figures,
    org_type: str,
    context: Context,
    thresholds: Thresholds,
    reliable: Reliability | str | None,
) -> Looked:
    signal = signal_of(reliable or "no figure since July 2021", thresholds)
    found = entered(figures, org_type, context)
    leaving = judged_at(figures.pooled.get(org_type), "exit")
    given = OfType(org_type, context.on_record, context.spells, figures)
    between, _ = spread_of(figures, org_type)
    response = responsiveness(found.effect, between, found.srm, thresholds)
    return Looked(
        figures.indicator.indicator_id,
        org_type,
        int(figures.values.loc[figures.values["org_type"] == org_type, "org_code"].nunique()),
        quality_of(figures, org_type, thresholds),
        timeliness_of(figures, thresholds),
        signal if isinstance(signal, Signal) else None,
        signal.reliability if isinstance(signal, Signal) else signal,
        _with_reason(response, found),
        found,
        told_apart(figures, org_type, context, thresholds),
        foretold(figures, org_type, context, thresholds),
        risk_of(figures, org_type, found.entries, thresholds),
        _rebound(signal, found, thresholds),
        _why_not(found.pooled, between),
        _at_exit(pooled_at(leaving, "exit"), between),
        {"entry": found.steps, "exit": exit_steps(given, leaving)},
    )


def _rebound(signal: Signal | Scored, found: Entered, thresholds: Thresholds) -> Susceptibility:
    if not isinstance(signal, Signal):
        return Susceptibility(not_assessable(signal.reason), None)
    return susceptibility(signal, found.changes, thresholds)


def _at_exit(found: PooledAt, between: float) -> AtExit:
    effect, late = (standardised(one, between) for one in (found.effect, found.late))
    return AtExit(effect, _why_not(found, between), late)


def _why_not(found: PooledAt, between: float) -> str:
    is_flat = found.effect is not None and standardised(found.effect, between) is None
    return (
        "organisations do not differ, so there is nothing to measure it by"
        if is_flat
        else found.why
    )


def _with_reason(response: Responsiveness, found: Entered) -> Responsiveness:
    """Why nobody is judged is told, rather than that nobody is."""
    if not found.why:
        return response
    return replace(response, excess=not_assessable(found.why))
