"""Intervals that hold though both sides would have drifted apart anyway, as long as the drift bends little.

Rambachan and Roth 2023, section 4.1: the shortest interval of fixed length if the drift changes its pace by
up to M from one step to the next (M = 0: a straight line). The package diff-diff has the same in half a
second, and none at all for some M with degrees of freedom; this takes some milliseconds.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
from scipy import special

from indicators.stats.pooled.panel import FloatArray

_GRID, _ROUNDS, _HALVINGS, _NODES = 15, 4, 45, 64
_INFINITE, _TINY = 1e6, 1e-9


@dataclass(frozen=True)
class Given:
    """Steps before and after a reference of 0: `estimate` (L + P,) with `covariance`, L of them `leads`.

    `weight` (P,) of those after gives the mean asked for; `free`: degrees of freedom of the covariance, None
    where it is known.
    """

    estimate: FloatArray
    covariance: FloatArray
    leads: int
    weight: FloatArray
    free: int | None = None

    @cached_property
    def _pace(self) -> tuple[FloatArray, FloatArray]:
        """The estimator Σ v·estimate as v = fixed + V·W.

        W (L − 1,) are the running sums of the weights that the paces up to the reference have, the last of
        which is fixed: a straight line has to cancel out.
        """
        ahead = np.arange(1, len(self.weight) + 1) @ self.weight
        # A pace is what one step adds: the weight on lead k is that of the pace from it less that to it.
        change = np.eye(self.leads) - np.eye(self.leads, k=-1)
        summed = change @ change
        fixed = np.append(ahead * summed[:, -1], self.weight)
        free = np.vstack([summed[:, :-1], np.zeros((len(self.weight), self.leads - 1))])
        return fixed, free

    @cached_property
    def bend_after(self) -> float:
        """How far the mean asked for is bent if each pace after the reference is 1 above the last."""
        until = np.arange(1, len(self.weight) + 1)
        return float((until * (until + 1) / 2) @ self.weight)

    def estimator(self, sums: FloatArray) -> FloatArray:
        """The weights v (…, L + P) of W (…, L − 1)."""
        fixed, free = self._pace
        return np.asarray(fixed + sums @ free.T)

    @cached_property
    def corners(self) -> FloatArray:
        """Corners (K, L − 1) of the path of all W worth it, from the least bent to the least variable."""
        fixed, free = self._pace
        return _lasso(free.T @ self.covariance @ free, -free.T @ self.covariance @ fixed)


def smooth_interval(given: Given, m: float, alpha: float) -> tuple[float, float]:
    """Both ends of the interval for changes of pace of up to `m` (0 or more) a step."""
    corners = given.corners if m > 0 else given.corners[-1:]
    for _ in range(_ROUNDS if m > 0 else 1):
        sums = _along(corners)
        weights = given.estimator(sums)
        size = np.sqrt(np.einsum("ki,ij,kj->k", weights, given.covariance, weights))
        bend = m * (given.bend_after + np.abs(sums).sum(axis=1))
        half = size * folded_quantile(bend / size, alpha, given.free)
        best = int(half.argmin())
        corners = sums[max(0, best - 1) : best + 2]
    middle = float(weights[best] @ given.estimate)
    return middle - float(half[best]), middle + float(half[best])


def _along(corners: FloatArray) -> FloatArray:
    """Places on the way along corners (K, n), as many between any two."""
    share = np.linspace(0, 1, _GRID, endpoint=False)[:, None]
    between = [(1 - share) * one + share * other for one, other in pairwise(corners)]
    return np.vstack([*between, corners[-1:]])


def folded_quantile(shift: FloatArray, alpha: float, free: int | None) -> FloatArray:
    """The 1 − alpha quantile of |X|, X normal about `shift`, or t with `free` degrees not central by it."""
    low, high = np.zeros_like(shift), np.full_like(shift, 1.0)
    while (short := _within(high, shift, free) < 1 - alpha).any() and high.max() < _INFINITE:
        high = np.where(short, 2 * high, high)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        is_short = _within(middle, shift, free) < 1 - alpha
        low, high = np.where(is_short, middle, low), np.where(is_short, high, middle)
    return np.asarray(high)


def _within(reach: FloatArray, shift: FloatArray, free: int | None) -> FloatArray:
    """P(|X| ≤ reach); with degrees of freedom the mean of it over what the standard error may have been."""
    errors, chance = _errors(free)
    reach, shift = reach[:, None] * errors, shift[:, None]
    return np.asarray((special.ndtr(reach - shift) - special.ndtr(-reach - shift)) @ chance)


@cache
def _errors(free: int | None) -> tuple[FloatArray, FloatArray]:
    """Estimated standard errors in units of the true one, and the chance of each."""
    if free is None:
        return np.ones(1), np.ones(1)
    at, weight = np.polynomial.legendre.leggauss(_NODES)
    return np.sqrt(special.chdtri(free, 1 - (at + 1) / 2) / free), weight / 2


def _lasso(square: FloatArray, pull: FloatArray) -> FloatArray:
    """The corners (K, n) of the path of argmin x'Sx/2 − p'x + λ Σ|x|, from x = 0 down to λ = 0."""
    x, sign = np.zeros(len(pull)), np.zeros(len(pull))
    corners, penalty = [x], float(np.abs(pull).max(initial=0.0))
    least = penalty * _TINY
    if penalty > 0:
        sign[np.abs(pull).argmax()] = np.sign(pull[np.abs(pull).argmax()])
    while penalty > least:
        chosen = sign != 0
        way = np.zeros(len(pull))
        way[chosen] = np.linalg.solve(square[np.ix_(chosen, chosen)], sign[chosen])
        with np.errstate(divide="ignore", invalid="ignore"):
            leaves = np.where(chosen, -x / way, np.nan)
            rest, slope = pull - square @ x, square @ way
            joins = np.array([penalty - rest, penalty + rest]) / np.array([1 - slope, 1 + slope])
        joins[:, chosen] = np.nan
        events = np.vstack([leaves, joins])
        events[~(events > least)] = np.inf
        step = min(penalty, float(events.min()))
        x, penalty = x + step * way, penalty - step
        corners.append(x)
        if penalty > least:
            kind, which = np.unravel_index(events.argmin(), events.shape)
            sign[which] = (0, 1, -1)[kind]
            x = np.where(sign == 0, 0.0, x)
    return np.array(corners)
