"""Control charts of proportions (p) and rates (u), with Laney's correction for very large denominators."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_SIGMA = 1.128
"""Mean moving range of standard normal values: turns the moving range of z into its spread."""
_SCREEN = 3.267


@dataclass(frozen=True)
class AttributeLimits:
    """Centre line, and limits of each period; `sigma_z` is how much wider points lie than chance would have it."""

    centre: float
    lower: Floats
    upper: Floats
    sigma_z: float


def p_limits(numerator: Floats, denominator: Floats, is_laney: bool) -> AttributeLimits:
    """Limits of proportions, cut to 0 and 1: p ± 3 √(p(1−p)/n), times `sigma_z` for Laney's p′."""
    centre = float(numerator.sum() / denominator.sum())
    spread = np.sqrt(centre * (1 - centre) / denominator)
    limits = _limits(numerator / denominator, centre, spread, is_laney)
    return AttributeLimits(centre, limits.lower, np.minimum(limits.upper, 1.0), limits.sigma_z)


def u_limits(events: Floats, exposure: Floats, is_laney: bool) -> AttributeLimits:
    """Limits of rates, cut at 0: u ± 3 √(u/e), times `sigma_z` for Laney's u′."""
    centre = float(events.sum() / exposure.sum())
    return _limits(events / exposure, centre, np.sqrt(centre / exposure), is_laney)


def _limits(values: Floats, centre: float, spread: Floats, is_laney: bool) -> AttributeLimits:
    sigma_z = _sigma_z((values - centre) / spread)
    width = 3 * spread * (sigma_z if is_laney else 1.0)
    return AttributeLimits(centre, np.maximum(centre - width, 0.0), centre + width, sigma_z)


def _sigma_z(z: Floats) -> float:
    moving = np.abs(np.diff(z))
    kept = moving[moving < _SCREEN * moving.mean()]
    return float((kept if len(kept) else moving).mean() / _SIGMA)
