"""Effects of several units pooled into one, allowing for real differences between them (random effects)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

Floats = NDArray[np.float64]
Method = Literal["DL", "PM", "REML"]
_STEPS = 200
_EXACT = 1e-12


@dataclass(frozen=True)
class Pooled:
    """The mean effect with its interval, and where the effect of a further unit would lie (`prediction_*`).

    `tau2` is the variance of effects between units, `q` Cochran's statistic, `i2` the per cent of all
    variation that is between units rather than chance. Intervals are two-sided, both ends inclusive.
    """

    n: int
    estimate: float
    se: float
    ci_low: float
    ci_high: float
    tau2: float
    prediction_low: float
    prediction_high: float
    q: float
    i2: float

    @property
    def tau(self) -> float:
        """Standard deviation of effects between units, in the effects' unit."""
        return float(np.sqrt(self.tau2))


def pool(
    effect: Floats,
    variance: Floats,
    method: Method = "DL",
    knapp_hartung: bool = False,
    alpha: float = 0.05,
) -> Pooled:
    """Mean of effects weighted by 1 / (variance + tau²); two units or more, variances above 0.

    tau² by DerSimonian and Laird 1986 (`DL`), Paule and Mandel 1982 (`PM`) or restricted maximum likelihood
    (`REML`), never below 0. The interval is normal; with `knapp_hartung` (Knapp and Hartung 2003, not cut at
    the normal width) its standard error follows how far effects really lie from the mean, and it is t with
    n − 1 degrees of freedom. The prediction interval takes the same quantile and √(tau² + se²).
    """
    n = len(effect)
    tau2 = _TAU2[method](effect, variance)
    weight = 1 / (variance + tau2)
    estimate = float((weight * effect).sum() / weight.sum())
    se, quantile = float(1 / np.sqrt(weight.sum())), float(stats.norm.isf(alpha / 2))
    if knapp_hartung:
        se *= float(np.sqrt((weight * (effect - estimate) ** 2).sum() / (n - 1)))
        quantile = float(stats.t.isf(alpha / 2, n - 1))
    half, further = quantile * se, quantile * float(np.sqrt(tau2 + se**2))
    return Pooled(
        n=n,
        estimate=estimate,
        se=se,
        ci_low=estimate - half,
        ci_high=estimate + half,
        tau2=tau2,
        prediction_low=estimate - further,
        prediction_high=estimate + further,
        q=_spread(effect, variance, 0.0),
        i2=_share_between(variance, tau2),
    )


def _spread(effect: Floats, variance: Floats, tau2: float) -> float:
    """Weighted squares about the weighted mean; n − 1 is expected where tau² is right."""
    weight = 1 / (variance + tau2)
    mean = (weight * effect).sum() / weight.sum()
    return float((weight * (effect - mean) ** 2).sum())


def _moment(variance: Floats) -> float:
    """By how much the spread grows for each unit of tau²."""
    weight = 1 / variance
    return float(weight.sum() - (weight**2).sum() / weight.sum())


def _share_between(variance: Floats, tau2: float) -> float:
    """tau² against the typical variance within units (Higgins and Thompson 2002)."""
    typical = (len(variance) - 1) / _moment(variance)
    return float(100 * tau2 / (tau2 + typical))


def _der_simonian_laird(effect: Floats, variance: Floats) -> float:
    excess = _spread(effect, variance, 0.0) - (len(effect) - 1)
    return max(0.0, excess / _moment(variance))


def _paule_mandel(effect: Floats, variance: Floats) -> float:
    """The tau² at which the spread is n − 1, as expected."""
    expected = len(effect) - 1

    def excess(tau2: float) -> float:
        return _spread(effect, variance, tau2) - expected

    if excess(0.0) <= 0:
        return 0.0
    # With all weights below n − 1 over the squares, the spread is below n − 1.
    highest = float(((effect - effect.mean()) ** 2).sum()) / expected
    return float(optimize.brentq(excess, 0.0, highest, xtol=_EXACT * highest, rtol=_EXACT))


def _reml(effect: Floats, variance: Floats) -> float:
    """Fisher scoring from DerSimonian and Laird's, as R's metafor."""
    tau2 = _der_simonian_laird(effect, variance)
    for _ in range(_STEPS):
        weight = 1 / (variance + tau2)
        total, squares = weight.sum(), (weight**2).sum()
        mean = (weight * effect).sum() / total
        surplus = (weight**2 * (effect - mean) ** 2).sum() - (total - squares / total)
        information = squares - 2 * (weight**3).sum() / total + (squares / total) ** 2
        before, tau2 = tau2, max(0.0, tau2 + float(surplus / information))
        if abs(tau2 - before) <= _EXACT * (tau2 + float(variance.min())):
            break
    return tau2


_TAU2: dict[Method, Callable[[Floats, Floats], float]] = {
    "DL": _der_simonian_laird,
    "PM": _paule_mandel,
    "REML": _reml,
}
