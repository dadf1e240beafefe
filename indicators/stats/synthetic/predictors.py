"""Synthetic control on predictors: how much each counts is chosen so that outcomes are met best."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from indicators.stats.synthetic.simplex import FloatArray, exact_weights

_LAST_STEPS = {"maxiter": 4000, "adaptive": True, "xatol": 1e-8, "fatol": 1e-12}
"""BFGS alone stops at kinks, where depends on the donors' order; the second search goes on from there."""


@dataclass(frozen=True)
class Predicted:
    """`weights` (J,) of donors; `importance` (K,) of predictors, none below 0, sum 1."""

    weights: FloatArray
    importance: FloatArray


def predictor_weights(
    treated: FloatArray, donors: FloatArray, outcome: FloatArray, outcomes: FloatArray
) -> Predicted:
    """Weights by K predictors (Abadie and Gardeazabal 2003; Abadie, Diamond and Hainmueller 2010).

    `treated` (K,) and `donors` (K, J) are predictors, `outcome` (T,) and `outcomes` (T, J) what is to be met,
    none missing. Predictors are divided by their standard deviation over all units. For each set of
    importances donor weights are exact; the importances that meet the outcomes best are looked for from equal
    ones (BFGS, then Nelder and Mead). That search can end in a local optimum, as the published Basque example
    does: another start may fit better.
    """
    everyone = np.column_stack([treated, donors])
    spread = everyone.std(axis=1, ddof=1)
    scaled = everyone / np.where(spread > 0, spread, 1.0)[:, None]

    def weights_of(importance: FloatArray) -> FloatArray:
        rows = np.sqrt(importance)[:, None] * scaled
        return exact_weights(rows[:, 0], rows[:, 1:])

    def miss(given: FloatArray) -> float:
        return float(((outcome - outcomes @ weights_of(_share(given))) ** 2).mean())

    start = np.full(len(treated), 1 / len(treated))
    near = optimize.minimize(miss, start, method="BFGS").x
    found = _share(optimize.minimize(miss, near, method="Nelder-Mead", options=_LAST_STEPS).x)
    return Predicted(weights_of(found), found)


def _share(given: FloatArray) -> FloatArray:
    return np.asarray(np.abs(given) / np.abs(given).sum())
