"""Ridge-augmented synthetic control: what the weights leave over is made up by a ridge regression."""

from collections.abc import Callable

import numpy as np

from indicators.stats.synthetic.simplex import FloatArray

Solve = Callable[[FloatArray, FloatArray, float], FloatArray]
_STRENGTHS = 20
_RANGE = 1e-8


def ridge_weights(
    target: FloatArray, donors: FloatArray, weights: FloatArray, ridge: float
) -> FloatArray:
    """Weights w + X0(X0'X0 + λI)⁻¹(x1 − X0'w), outcomes less the donors' mean of each period (METHODS 3).

    `target` (T0,), `donors` (T0, J), `weights` (J,) of the plain control, `ridge` λ > 0 in squared units. The
    weights still sum to 1; some may be below 0.
    """
    outcomes = donors - donors.mean(axis=1, keepdims=True)
    left = target - donors @ weights
    gram = outcomes @ outcomes.T + ridge * np.eye(len(target))
    return np.asarray(weights + outcomes.T @ np.linalg.solve(gram, left))


def best_ridge(target: FloatArray, donors: FloatArray, solve: Solve) -> float:
    """The λ that best foretells each period before entry from all others (mean squared error).

    Twenty strengths, evenly apart on a log scale, from the largest squared singular value of the donors down
    to 1e-8 of it (as R's `augsynth`); of equally good ones the strongest. 1 where all donors are the same.
    """
    centred = donors - donors.mean(axis=1, keepdims=True)
    largest = float(np.linalg.svd(centred, compute_uv=False)[0]) ** 2
    if largest == 0:
        return 1.0
    strengths = largest * np.geomspace(1, _RANGE, _STRENGTHS)
    errors = np.zeros(_STRENGTHS)
    for period in range(len(target)):
        rest = np.arange(len(target)) != period
        weights = solve(target[rest], donors[rest], 0.0)
        foretold = _foretold(target[rest], donors[rest], weights, strengths) @ donors[period]
        errors += (target[period] - foretold) ** 2
    return float(strengths[errors.argmin()])


def _foretold(
    target: FloatArray, donors: FloatArray, weights: FloatArray, strengths: FloatArray
) -> FloatArray:
    """The weights by each strength, one row each, as `ridge_weights` gives them."""
    outcomes = donors - donors.mean(axis=1, keepdims=True)
    left = np.broadcast_to(target - donors @ weights, (len(strengths), len(target)))
    # Twenty systems are faster than one decomposition, which threads slow down fiftyfold on a busy machine.
    grams = outcomes @ outcomes.T + strengths[:, None, None] * np.eye(len(target))
    return np.asarray(weights + np.linalg.solve(grams, left[..., None])[..., 0] @ outcomes)
