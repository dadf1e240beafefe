"""Weights of donors that sum to 1: the exact optimum, and the stopped search of published examples."""

from collections.abc import Callable
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls

FloatArray = npt.NDArray[np.float64]
Solver = Literal["exact", "frank_wolfe"]

TINY = 1e-8
"""Penalty, as a share of a donor's mean squared distance, that makes weights unique where donors are many."""
_STEPS, _FIRST_STEPS = 10_000, 100
_SMALL_SHARE = 4
_STOP = 1e-5


def exact_weights(target: FloatArray, donors: FloatArray, penalty: float = 0.0) -> FloatArray:
    """The w >= 0 with sum 1 that makes |target − donors·w|² + penalty·|w|² least.

    `target` (n,), `donors` (n, J), `penalty` >= 0 in squared units of the target. With more donors than rows
    many weights fit alike: a penalty of at least 1e-8 of the donors' mean squared distance picks one. Solved
    by an active set, with no iteration to stop early: for P = donors − target, the u >= 0 that makes
    |Pu|² + (1 − sum u)² least is a multiple of the w looked for (Lawson and Hanson 1974, chapter 23).
    """
    distance = donors - target[:, None]
    size = float((distance**2).sum(axis=0).mean())
    number = donors.shape[1]
    if size == 0:
        return np.full(number, 1 / number)
    share = max(penalty / size, TINY if number > len(target) else 0.0)
    rows = [distance / np.sqrt(size), np.ones((1, number))]
    if share:
        rows.append(np.sqrt(share) * np.eye(number))
    matrix = np.vstack(rows)
    wanted = np.zeros(len(matrix))
    wanted[len(target)] = 1.0
    found, _ = nnls(matrix, wanted, maxiter=100 * number)
    return np.asarray(found / found.sum())


def searched_weights(
    target: FloatArray, donors: FloatArray, penalty: float, noise: float
) -> FloatArray:
    """The same weights as the R package `synthdid` finds them, by Frank and Wolfe's search stopped early.

    It stops when a step lowers the mean squared distance by less than (1e-5·noise)² or after 10,000 steps;
    after the first 100 all weights up to a quarter of the largest are set to 0 (Arkhangelsky and others
    2021). Stopped weights are near the exact ones and not equal to them: use them to compare with published
    figures only.
    """
    distance = donors - target[:, None]
    number = donors.shape[1]
    squares = distance.T @ distance + penalty * np.eye(number)
    least = len(target) * (_STOP * noise) ** 2
    first = _search(np.full(number, 1 / number), squares, _FIRST_STEPS, least)
    kept = np.where(first <= first.max() / _SMALL_SHARE, 0.0, first)
    return _search(kept / kept.sum(), squares, _STEPS, least)


def _search(weights: FloatArray, squares: FloatArray, steps: int, least: float) -> FloatArray:
    """Lower w'·squares·w: each step goes to the donor that lowers it fastest, as far as that lowers it."""
    slope = squares @ weights
    now = float(weights @ slope)
    for step in range(steps):
        best = int(slope.argmin())
        bend = float(squares[best, best] - 2 * slope[best] + now)
        length = min(1.0, max(0.0, (now - float(slope[best])) / bend)) if bend > 0 else 0.0
        weights = (1 - length) * weights
        weights[best] += length
        slope = squares @ weights
        before, now = now, float(weights @ slope)
        if step > 0 and before - now <= least:
            break
    return weights


def solver_of(name: Solver, noise: float) -> Callable[[FloatArray, FloatArray, float], FloatArray]:
    """How weights are found: `(target, donors, penalty) -> weights`."""
    if name == "exact":
        return exact_weights
    return lambda target, donors, penalty: searched_weights(target, donors, penalty, noise)
