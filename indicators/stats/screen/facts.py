"""The facts that decide an indicator's class: each a number beside its threshold, met, not met or unknown."""

from dataclasses import dataclass

from indicators.stats.screen.measurement import MeasurementRisk
from indicators.stats.screen.quality import Quality
from indicators.stats.screen.resampling import Estimate, Scored
from indicators.stats.screen.thresholds import Thresholds


@dataclass(frozen=True)
class Evidence:
    """What the criteria found of one indicator among one type of organisation.

    `q`: adjusted probability of the excess over the expected rebound, None where not tested. `ordinal`:
    discrimination in the era that is judged; `is_circular`: the indicator feeds the segment rule there.
    `auc`: out-of-fold prediction. `stability`: share of draws in which the indicator passes, None where it
    was not looked at.
    """

    quality: Quality
    reliability: Scored
    excess: Scored
    q: float | None
    ordinal: Scored
    is_circular: bool
    auc: Scored
    stability: float | None
    risk: MeasurementRisk


@dataclass(frozen=True)
class Fact:
    """`criterion`, what was found (`value` with its interval) and the `limit` asked for.

    `is_met`: None where it cannot be told, and then `why`.
    """

    criterion: str
    is_met: bool | None
    value: float | None
    limit: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""


@dataclass(frozen=True)
class Facts:
    """Every fact; `responsive`: all must be met; `discriminating`: one is enough."""

    coverage: Fact
    months: Fact
    reliability: Fact
    responsive: tuple[Fact, ...]
    discriminating: tuple[Fact, ...]
    stability: Fact
    risk: Fact

    @property
    def all(self) -> tuple[Fact, ...]:
        """In the order in which they are asked."""
        gates = (self.coverage, self.months, self.reliability)
        return (*gates, *self.responsive, *self.discriminating, self.stability, self.risk)

    @property
    def is_responsive(self) -> bool | None:
        """False as soon as one is not met; None where none fails but one cannot be told."""
        met = [fact.is_met for fact in self.responsive]
        if False in met:
            return False
        return None if None in met else True

    @property
    def is_discriminating(self) -> bool | None:
        """True as soon as one is met; None where none is but one cannot be told."""
        met = [fact.is_met for fact in self.discriminating]
        if True in met:
            return True
        return None if None in met else False


def facts_of(evidence: Evidence, thresholds: Thresholds) -> Facts:
    """The evidence held against the thresholds."""
    quality = evidence.quality
    return Facts(
        _coverage(quality, thresholds),
        Fact(
            "months", quality.months >= thresholds.months, float(quality.months), thresholds.months
        ),
        _reached("reliability", evidence.reliability, thresholds.reliability_gate),
        (_exceeds("excess", evidence.excess, 0.0), _q(evidence.q, thresholds)),
        (
            _ordinal(evidence, thresholds),
            _exceeds("prediction", evidence.auc, thresholds.discrimination),
        ),
        _stability(evidence.stability, thresholds),
        _risk(evidence.risk),
    )


def _coverage(quality: Quality, thresholds: Thresholds) -> Fact:
    return _reached("coverage", quality.coverage, thresholds.coverage)


def _reached(name: str, found: Scored, limit: float) -> Fact:
    """Whether the estimate itself reaches the limit."""
    if found.estimate is None:
        return Fact(name, None, None, limit, why=found.reason)
    return _fact(name, found.estimate.value >= limit, found.estimate, limit)


def _exceeds(name: str, found: Scored, limit: float) -> Fact:
    """Whether the lower end of the interval exceeds the limit."""
    if found.grade == "not assessable" or found.estimate is None or found.estimate.low is None:
        return Fact(name, None, None, limit, why=found.reason or "its interval cannot be told")
    return _fact(name, found.estimate.low > limit, found.estimate, limit)


def _fact(name: str, is_met: bool, found: Estimate, limit: float) -> Fact:
    return Fact(name, is_met, found.value, limit, found.low, found.high)


def _q(q: float | None, thresholds: Thresholds) -> Fact:
    limit = thresholds.false_discoveries
    if q is None:
        return Fact("q", None, None, limit, why="the excess was not tested")
    return Fact("q", q <= limit, q, limit)


def _ordinal(evidence: Evidence, thresholds: Thresholds) -> Fact:
    found = _exceeds("discrimination", evidence.ordinal, thresholds.discrimination)
    if not evidence.is_circular:
        return found
    why = "it feeds the segment rule, so that it must go with segments"
    return Fact(found.criterion, None, found.value, found.limit, found.low, found.high, why)


def _stability(share: float | None, thresholds: Thresholds) -> Fact:
    if share is None:
        return Fact("stability", None, None, thresholds.stability, why="it was not drawn anew")
    return Fact("stability", share >= thresholds.stability, share, thresholds.stability)


def _risk(risk: MeasurementRisk) -> Fact:
    is_met = None if risk.level == "not assessable" else risk.level != "high"
    why = "" if risk.level in ("low", "medium") else f"measurement risk: {risk.level}"
    return Fact("measurement risk", is_met, None, None, why=why)
