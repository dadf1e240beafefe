"""Whole screens of made indicators: the worst trusts enter, with an effect or without."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm

from indicators.stats.regression_to_mean.excess import Entry, Settings, rebounds
from indicators.stats.regression_to_mean.windows import Histories
from indicators.stats.reliability import reliability
from indicators.stats.screen.classes import Class, classify
from indicators.stats.screen.discrimination import Placed, discrimination, pairs_of
from indicators.stats.screen.facts import Evidence
from indicators.stats.screen.measurement import MeasurementRisk
from indicators.stats.screen.multiplicity import family, stability
from indicators.stats.screen.quality import Figures, quality
from indicators.stats.screen.resampling import (
    Estimate,
    not_assessable,
    organisation_weights,
    quotient,
)
from indicators.stats.screen.responsiveness import Effect, responsiveness
from indicators.stats.screen.signal import signal

TRUSTS, MONTHS, ENTRY = 130, 60, 36
WHOLE = np.full(TRUSTS, float(MONTHS))
QUALITY = quality(Figures(WHOLE, WHOLE, 0 * WHOLE, 0 * WHOLE, MONTHS, 0))
RISK = MeasurementRisk("low", "low", (), None)


@dataclass(frozen=True)
class Setting:
    """`rho`: AR(1) within trusts, whose standard deviation is 1; `between`: that of their levels; `effect`
    from entry on; `entrants`: how many of the worst on the last three months enter.
    """

    rho: float = 0.6
    between: float = 1.5
    effect: float = 0.0
    entrants: int = 24


def made(
    setting: Setting, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values (N, T), rows of the entrants, and segments (N, 4) that follow the level, not the indicator."""
    level = random.normal(0, setting.between, TRUSTS)
    noise = np.empty((TRUSTS, MONTHS))
    noise[:, 0] = random.normal(0, 1, TRUSTS)
    for month in range(1, MONTHS):
        fresh = random.normal(0, np.sqrt(1 - setting.rho**2), TRUSTS)
        noise[:, month] = setting.rho * noise[:, month - 1] + fresh
    value = level[:, None] + noise
    entrants = np.argsort(value[:, ENTRY - 3 : ENTRY].mean(axis=1))[: setting.entrants]
    value[entrants, ENTRY:] += setting.effect
    place = np.argsort(np.argsort(-(level + random.normal(0, setting.between, TRUSTS))))
    segment = np.repeat((1 + 4 * place // TRUSTS)[:, None], 4, axis=1)
    return value, entrants, segment


def evidence(setting: Setting, random: np.random.Generator) -> tuple[Evidence, Estimate]:
    """All but q of one made indicator, and its excess."""
    value, entrants, segment = made(setting, random)
    inside = np.zeros(value.shape, dtype=bool)
    inside[entrants, ENTRY:] = True
    histories = Histories(value, inside, np.zeros(TRUSTS, dtype=np.int64))
    entries = [Entry(int(row), ENTRY) for row in entrants]
    found = rebounds(histories, entries, Settings("mean_of_year", draws=500))
    one = found.together
    excess = Estimate(one.excess, one.ci_low, one.ci_high)
    own = np.array([found.each[entry].excess for entry in entries])
    weights = organisation_weights(len(own))
    draws = quotient(weights @ own, weights.sum(axis=1))
    placed = Placed(value[:, ENTRY + 14 :: 3][:, :4], segment)
    told = discrimination(placed, is_circular=False).ordinal
    assert told.estimate is not None
    shares = pairs_of(placed).share(organisation_weights(TRUSTS))
    stable = stability(
        {"excess": excess, "ordinal": told.estimate},
        {"excess": draws, "ordinal": shares},
        {"excess": 0.0, "ordinal": 0.55},
    )
    response = responsiveness(Effect(len(own), excess), setting.between)
    reliable = signal(reliability(_rows(value[:, :ENTRY]))).reliability
    unknown = not_assessable("too few events")
    return Evidence(
        QUALITY, reliable, response.excess, None, told, False, unknown, stable, RISK
    ), excess


def _rows(value: np.ndarray) -> pd.DataFrame:
    unit, period = np.indices(value.shape)
    return pd.DataFrame(
        {
            "unit": unit.ravel(),
            "period": period.ravel(),
            "value": value.ravel(),
            "chance": np.nan,
        }
    )


def screen(settings: list[Setting], seed: int) -> tuple[list[Class], list[Estimate]]:
    """The classes of indicators screened together, and their excesses."""
    random = np.random.default_rng(seed)
    found = [evidence(setting, random) for setting in settings]
    errors = [(one.high - one.low) / (2 * 1.959964) for _, one in found]  # type: ignore[operator]
    p = [2 * norm.sf(abs(one.value) / error) for (_, one), error in zip(found, errors, strict=True)]
    adjusted = family(np.array(p)).q
    classes = [
        classify(Evidence(**{**vars(one), "q": float(q)})).name
        for (one, _), q in zip(found, adjusted, strict=True)
    ]
    return classes, [one for _, one in found]
