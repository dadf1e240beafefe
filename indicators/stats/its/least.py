"""The least effects that a fitted series could show, its errors being as they were found (METHODS 10)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indicators.stats.its.effects import effects_at, gradient_at
from indicators.stats.its.fit import NO_VARIATION, FloatArray
from indicators.stats.its.fitting import Method
from indicators.stats.its.model import Model
from indicators.stats.its.power import REPS, SEED, Errors, detectable, made_errors, read_power
from indicators.stats.its.reml import RemlBatch, fit_reml_batch


@dataclass(frozen=True)
class Least:
    """The least effect, in the unit of the series, `horizon` periods after the start of an interruption.

    `known` is by the formula, which takes the errors' correlation and spread as known; `simulated` by made
    series fitted as this one was, None where it was not fitted by REML with autocorrelated errors.
    """

    interruption: int
    horizon: int
    known: float
    simulated: float | None

    @property
    def shown(self) -> float:
        """The simulated where there is one: it allows for correlation and spread having to be found."""
        return self.known if self.simulated is None else self.simulated


def least_effects(
    model: Model, method: Method, horizons: Sequence[int], alpha: float
) -> tuple[Least, ...]:
    """By interruption and observed horizon, the effect that 80 of 100 such series would show.

    2,000 series of errors alone, AR(1) with the phi and sigma of the fit, on its periods and terms, serve all
    effects. On a logit or logarithm the way back to the series' unit is that of the fit's own estimates.
    """
    effects = effects_at(model, horizons, alpha)
    made = _made(model, method) if effects else None
    return tuple(
        Least(
            one.interruption,
            one.horizon,
            detectable(one.difference.se, alpha),
            None if made is None else _simulated(made, gradient_at(model, one), alpha),
        )
        for one in effects
    )


def _simulated(made: RemlBatch, contrast: FloatArray, alpha: float) -> float:
    return read_power(made.contrast(contrast, alpha), SEED).detectable


def _made(model: Model, method: Method) -> RemlBatch | None:
    fit, design = model.fit, model.design
    is_default = method.estimator == "reml_ar1" and not method.is_counted
    if not is_default or fit.phi is None or NO_VARIATION in fit.codes:
        return None
    time = np.asarray(design.grid[design.used])
    errors = made_errors(time, Errors(fit.phi, fit.sigma), REPS, SEED)
    return fit_reml_batch(errors, design.x[design.used], time, design.terms)
