"""Control charts of proportions (p) and rates (u), with Laney's correction for very large denominators."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indicators.stats.spc import SCREEN

Floats = NDArray[np.float64]

LANEY_ABOVE = 1.2
"""Laney's limits are the better choice where `sigma_z` is above this."""
_RANGE_OF_NORMAL = 1.128
"""Mean moving range of standard normal values: turns the moving range of z into its spread."""


@dataclass(frozen=True)
class AttributeLimits:
    """Centre line, and limits of each period; `sigma_z`: how much wider points lie than by chance alone.

    `width` is the distance from the centre line to the limits before they are cut to what is possible.
    """

    centre: float
    lower: Floats
    upper: Floats
    sigma_z: float
    width: Floats


def p_limits(
    numerator: Floats, denominator: Floats, is_laney: bool | None = None
) -> AttributeLimits:
    """Limits of proportions, cut to 0 and 1: p ± 3 √(p(1−p)/n), times `sigma_z` for Laney's p′ (Laney 2002).

    One value per period, in order, denominators above 0. `is_laney` None: where `sigma_z` is above 1.2.
    """
    centre = float(numerator.sum() / denominator.sum())
    spread = np.sqrt(centre * (1 - centre) / denominator)
    limits = _limits(numerator / denominator, centre, spread, is_laney)
    return replace(limits, upper=np.minimum(limits.upper, 1.0))


def u_limits(events: Floats, exposure: Floats, is_laney: bool | None = None) -> AttributeLimits:
    """Limits of rates, cut at 0: u ± 3 √(u/e), times `sigma_z` for Laney's u′; else as `p_limits`."""
    centre = float(events.sum() / exposure.sum())
    return _limits(events / exposure, centre, np.sqrt(centre / exposure), is_laney)


def _limits(
    values: Floats, centre: float, spread: Floats, is_laney: bool | None
) -> AttributeLimits:
    sigma_z = _sigma_z(values - centre, spread)
    is_wide = sigma_z > LANEY_ABOVE if is_laney is None else is_laney
    width = 3 * spread * (sigma_z if is_wide else 1.0)
    return AttributeLimits(centre, np.maximum(centre - width, 0.0), centre + width, sigma_z, width)


def _sigma_z(away: Floats, spread: Floats) -> float:
    """Mean |Δz| / 1.128, large ranges left out once; missing for one period, or where nothing can vary."""
    if len(away) < 2 or not spread.all():
        return float("nan")
    moving = np.abs(np.diff(away / spread))
    kept = moving[moving < SCREEN * moving.mean()]
    return float((kept if len(kept) else moving).mean() / _RANGE_OF_NORMAL)
