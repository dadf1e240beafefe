"""Funnel plots: one period's values of many organisations against limits that allow for their size.

Formulas: Spiegelhalter 2005 and 2012, as in `docs/methods/control_charts.md`. A funnel never ranks.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Transform = Literal["arcsine", "score", "log", "sqrt"]
Overdispersion = Literal["additive", "multiplicative", "none"]
Trim = Literal["winsorise", "truncate"]

TRIMMED = 0.1
"""Share of the z values drawn in (or left out) at each end before the overdispersion is measured."""
FAR = float(stats.norm.ppf(0.999))
"""Half-width of the 99.8 % limits in standard deviations."""


@dataclass(frozen=True)
class Sizes:
    """Values on the scale of the z, their standard errors without overdispersion, and the target there."""

    value: Floats
    error: Floats
    target: float

    @property
    def z(self) -> Floats:
        """How many standard errors each value lies above the target."""
        return (self.value - self.target) / self.error


@dataclass(frozen=True)
class Dispersion:
    """How much wider values lie than chance alone: `phi`, a ratio, and `tau2`, a variance between them."""

    phi: float
    tau2: float


def proportions(numerator: Floats, denominator: Floats, transform: Transform = "arcsine") -> Sizes:
    """Shares against the overall share: on the scale of arcsine √p, or by the score test."""
    overall = float(numerator.sum() / denominator.sum())
    share = numerator / denominator
    if transform == "arcsine":
        error = 1 / (2 * np.sqrt(denominator))
        return Sizes(np.arcsin(np.sqrt(share)), error, float(np.arcsin(np.sqrt(overall))))
    return Sizes(share, np.sqrt(overall * (1 - overall) / denominator), overall)


def ratios(observed: Floats, expected: Floats, transform: Transform = "log") -> Sizes:
    """Observed against expected events, target 1: √E · ln(O/E), or 2 (√O − √E)."""
    if transform == "log":
        return Sizes(np.log(observed / expected), 1 / np.sqrt(expected), 0.0)
    error = 1 / (2 * np.sqrt(expected))
    return Sizes(np.sqrt(observed / expected), error, 1.0)


def dispersion_of(sizes: Sizes, trim: Trim = "winsorise") -> Dispersion:
    """Overdispersion from trimmed z: phi = Σz²/I; tau² by the method of moments, 0 where I·phi < I − 1."""
    z, kept = _trimmed(sizes.z, trim)
    weight = 1 / sizes.error[kept] ** 2
    number = len(z)
    phi = float((z**2).sum() / number)
    spread = weight.sum() - (weight**2).sum() / weight.sum()
    return Dispersion(phi, max(0.0, float((number * phi - (number - 1)) / spread)))


def _trimmed(z: Floats, trim: Trim) -> tuple[Floats, NDArray[np.bool_]]:
    low, high = np.quantile(z, [TRIMMED, 1 - TRIMMED])
    if trim == "winsorise":
        return np.clip(z, low, high), np.ones(len(z), bool)
    kept = (z >= low) & (z <= high)
    return z[kept], kept


def adjusted_z(sizes: Sizes, dispersion: Dispersion, how: Overdispersion = "additive") -> Floats:
    """z with overdispersion allowed for: tau² added to each variance, or all divided by √max(1, phi)."""
    if how == "additive":
        return (sizes.value - sizes.target) / np.sqrt(sizes.error**2 + dispersion.tau2)
    return sizes.z / (np.sqrt(max(1.0, dispersion.phi)) if how == "multiplicative" else 1.0)
