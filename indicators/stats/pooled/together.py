"""Unit-level effects pooled: their mean, without each in turn, and what it adds that they share controls."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from indicators.stats.meta import Pooled, pool
from indicators.stats.pooled.panel import FloatArray
from indicators.stats.pooled.units import UnitEffect

Method = Literal["PM", "DL"]


@dataclass(frozen=True)
class Together:
    """`pooled` by Knapp and Hartung; `without` each event in turn, NaN where fewer than two are left.

    `shared_se` adds to the standard error that entrants have controls in common, whose errors do not average
    out; `shared_low` and `shared_high` are its interval (t, n − 1 degrees of freedom), never the narrower,
    and `further_low`, `further_high` where one more would lie.
    """

    pooled: Pooled
    without: FloatArray
    shared_se: float
    shared_low: float
    shared_high: float
    further_low: float
    further_high: float


def pool_units(
    effects: Sequence[UnitEffect], method: Method = "PM", alpha: float = 0.05
) -> Together:
    """Random-effects mean of two effects or more (METHODS 4.2 iii)."""
    effect = np.array([one.effect for one in effects])
    variance = np.array([one.variance for one in effects])
    found = pool(effect, variance, method, knapp_hartung=True, alpha=alpha)
    weight = 1 / (variance + found.tau2)
    se = float(np.sqrt(max(0.0, found.se**2 + _in_common(effects, weight / weight.sum()))))
    quantile = float(stats.t.isf(alpha / 2, found.n - 1))
    half, further = quantile * se, quantile * float(np.hypot(found.tau, se))
    without = _without_each(effect, variance, method)
    ends = [found.estimate + side * reach for reach in (half, further) for side in (-1, 1)]
    return Together(found, without, se, *ends)


def _without_each(effect: FloatArray, variance: FloatArray, method: Method) -> FloatArray:
    if len(effect) < 3:
        return np.full(len(effect), np.nan)
    kept = ~np.eye(len(effect), dtype=bool)
    return np.array([pool(effect[row], variance[row], method).estimate for row in kept])


def _in_common(effects: Sequence[UnitEffect], weight: FloatArray) -> float:
    """Weighted covariance of the means of controls between different entrants, never below 0.

    Cov(mean of e, mean of f) = Σ over controls in both of (c_e − mean)(c_f − mean) / (J_e J_f).
    """
    change = np.vstack([one.controls for one in effects])
    away = np.nan_to_num(change - np.nanmean(change, axis=1, keepdims=True))
    scaled = weight[:, None] * away / np.isfinite(change).sum(axis=1, keepdims=True)
    all_pairs, alone = (scaled.sum(axis=0) ** 2).sum(), (scaled**2).sum()
    return float(max(0.0, all_pairs - alone))
