"""Funnel plots: one period's values of many organisations against limits that allow for their size.

Formulas: Spiegelhalter 2005 and 2012, as in `docs/methods/control_charts.md`. A funnel never ranks.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Transform = Literal["arcsine", "score", "log", "sqrt"]
Overdispersion = Literal["additive", "multiplicative", "none"]
Trim = Literal["winsorise", "truncate"]

TRIMMED = 0.1
"""Share of the z values drawn in (or left out) at each end before the overdispersion is measured."""
OUTSIDE = {"95": 0.05, "998": 0.002}
"""By the name of the limits, the share of values outside them by chance, half of it on each side."""


@dataclass(frozen=True)
class Sizes:
    """Values on the scale of `transform`, their standard errors without overdispersion, and the target there.

    `size` is the denominator, or the number of expected events.
    """

    value: Floats
    error: Floats
    target: float
    size: Floats
    transform: Transform

    @property
    def z(self) -> Floats:
        """How many standard errors each value lies above the target."""
        return (self.value - self.target) / self.error


@dataclass(frozen=True)
class Dispersion:
    """How much wider values lie than chance alone: `phi`, a ratio, and `tau2`, a variance between them."""

    phi: float
    tau2: float

    def widened(self, error: Floats, how: Overdispersion) -> Floats:
        """Standard errors with overdispersion: √(s² + tau²), s·√max(1, phi), or s as it is."""
        if how == "additive":
            return np.asarray(np.sqrt(error**2 + self.tau2))
        return error * (np.sqrt(max(1.0, self.phi)) if how == "multiplicative" else 1.0)


def proportions(numerator: Floats, denominator: Floats, transform: Transform = "arcsine") -> Sizes:
    """Shares against the overall share: z = 2√n (asin √p − asin √p₀), or by the score test."""
    overall = float(numerator.sum() / denominator.sum())
    share = numerator / denominator
    error = errors_at(denominator, overall, transform)
    if transform == "arcsine":
        share, overall = np.arcsin(np.sqrt(share)), float(np.arcsin(np.sqrt(overall)))
    return Sizes(share, error, overall, denominator, transform)


def ratios(observed: Floats, expected: Floats, transform: Transform = "log") -> Sizes:
    """Observed against expected events, target 1: z = √E · ln(O/E), or 2 (√O − √E)."""
    error, ratio = errors_at(expected, 1.0, transform), observed / expected
    if transform == "log":
        return Sizes(np.log(ratio), error, 0.0, expected, transform)
    return Sizes(np.sqrt(ratio), error, 1.0, expected, transform)


def errors_at(size: Floats, target: float, transform: Transform) -> Floats:
    """Standard errors at denominators or expected events, on the scale of the transform, by chance alone."""
    if transform == "score":
        return np.sqrt(target * (1 - target) / size)
    return np.asarray(1 / np.sqrt(size) / (1 if transform == "log" else 2))


def dispersion_of(sizes: Sizes, trim: Trim = "winsorise") -> Dispersion:
    """Overdispersion from trimmed z: phi = Σz²/I; tau² by the method of moments, 0 where I·phi < I − 1.

    Winsorised: z beyond the 10 % and 90 % quantiles (R's type 7) count as these; truncated: left out.
    """
    z, kept = _trimmed(sizes.z, trim)
    weight = 1 / sizes.error[kept] ** 2
    number = len(z)
    phi = float((z**2).sum() / number)
    spread = float(weight.sum() - (weight**2).sum() / weight.sum())
    excess = number * phi - (number - 1)
    return Dispersion(phi, excess / spread if excess > 0 and spread > 0 else 0.0)


def _trimmed(z: Floats, trim: Trim) -> tuple[Floats, NDArray[np.bool_]]:
    low, high = np.quantile(z, [TRIMMED, 1 - TRIMMED])
    if trim == "winsorise":
        return np.clip(z, low, high), np.ones(len(z), bool)
    kept = (z >= low) & (z <= high)
    return z[kept], kept


def adjusted_z(sizes: Sizes, dispersion: Dispersion, how: Overdispersion = "additive") -> Floats:
    """How many standard errors, widened for overdispersion, each value lies above the target."""
    return (sizes.value - sizes.target) / dispersion.widened(sizes.error, how)
