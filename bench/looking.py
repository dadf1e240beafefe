"""The screen's criteria on one made indicator, and its decisions on a family of them."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from bench.made_indicators import FIRST_QUARTER, QUARTERS, Made
from bench.regression_to_mean import MONTHS, TRUSTS, entered
from indicators.screening.entering import probability
from indicators.stats.regression_to_mean.excess import Settings, rebounds
from indicators.stats.reliability import reliability
from indicators.stats.screen.classes import Decision, classify
from indicators.stats.screen.discrimination import Placed, discrimination, pairs_of
from indicators.stats.screen.facts import Evidence
from indicators.stats.screen.measurement import MeasurementRisk
from indicators.stats.screen.multiplicity import Drawn, family, stability
from indicators.stats.screen.quality import Figures, quality
from indicators.stats.screen.resampling import (
    DRAWS,
    Estimate,
    FloatArray,
    not_assessable,
    organisation_weights,
    quotient,
)
from indicators.stats.screen.responsiveness import Effect, responsiveness
from indicators.stats.screen.signal import signal
from indicators.stats.screen.thresholds import DEFAULTS

_WHOLE = np.full(TRUSTS, float(MONTHS))
_QUALITY = quality(Figures(_WHOLE, _WHOLE, 0 * _WHOLE, 0 * _WHOLE, MONTHS, 0))
_RISK = MeasurementRisk("low", "low", (), None)
_WEIGHTS = organisation_weights(TRUSTS)


@dataclass(frozen=True)
class Found:
    """All that is found of one indicator before it is compared: `evidence` without q.

    `excess` in standard deviations within trusts (in the evidence: between them).
    """

    evidence: Evidence
    excess: Estimate


def looked_at(made: Made) -> Found:
    """As the screen looks at it. Nothing is foretold, since that takes minutes: it is not assessable."""
    excess, draws = _excess(made)
    placed = Placed(made.value[:, FIRST_QUARTER::3][:, :QUARTERS], made.segment)
    told = discrimination(placed, is_circular=False).ordinal
    evidence = Evidence(
        _QUALITY,
        signal(reliability(_rows(made.value))).reliability,
        responsiveness(Effect(len(made.entrants), excess), made.between).excess,
        None,
        told,
        False,
        not_assessable("it is not simulated"),
        _stability(excess, draws, told.estimate, placed),
        _RISK,
    )
    return Found(evidence, excess)


def _excess(made: Made) -> tuple[Estimate, FloatArray]:
    """Mean excess of the entrants with its interval, and in each draw of them."""
    histories, entries = entered(made.value, made.entrants)
    found = rebounds(histories, entries, Settings("mean_of_year", draws=DRAWS))
    own = np.array([found.each[entry].excess for entry in entries])
    weights = organisation_weights(len(own))
    one = found.together
    draws = quotient(weights @ own, weights.sum(axis=1))
    return Estimate(one.excess, one.ci_low, one.ci_high), draws


def _stability(
    excess: Estimate, draws: FloatArray, told: Estimate | None, placed: Placed
) -> float | None:
    if told is None:
        return None
    telling = Drawn(told, pairs_of(placed).share(_WEIGHTS), DEFAULTS.discrimination)
    return stability(Drawn(excess, draws, 0.0), [telling])


def _rows(value: FloatArray) -> pd.DataFrame:
    unit, period = np.indices(value.shape)
    columns = {"unit": unit.ravel(), "period": period.ravel(), "value": value.ravel()}
    return pd.DataFrame(columns | {"chance": np.nan})


def compared(found: list[Found]) -> list[Decision]:
    """The decision on each indicator of one family."""
    q = family(np.array([probability(one.excess) for one in found], dtype=np.float64)).q
    return [
        classify(replace(one.evidence, q=float(its))) for one, its in zip(found, q, strict=True)
    ]


def unmet(decision: Decision) -> set[str]:
    """The facts that are not met; those that cannot be told are not among them."""
    return {fact.criterion for fact in decision.facts if fact.is_met is False}
