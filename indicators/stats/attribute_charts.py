"""Control charts of proportions (p) and rates (u), with Laney's correction for very large denominators."""

from dataclasses import dataclass

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
    """Centre line, and how far limits lie from it in each period before they are cut to what can be.

    `highest` is the largest value there can be; `sigma_z` how much wider points lie than by chance alone.
    """

    centre: float
    width: Floats
    highest: float
    sigma_z: float

    @property
    def lower(self) -> Floats:
        """Lower limit of each period, cut at 0."""
        return np.asarray(np.maximum(self.centre - self.width, 0.0))

    @property
    def upper(self) -> Floats:
        """Upper limit of each period, cut at the largest value there can be."""
        return np.asarray(np.minimum(self.centre + self.width, self.highest))


def p_limits(
    numerator: Floats, denominator: Floats, is_laney: bool | None = None
) -> AttributeLimits:
    """Limits of proportions, cut to 0 and 1: p ± 3 √(p(1−p)/n), times `sigma_z` for Laney's p′ (Laney 2002).

    One value per period, in order, denominators above 0. `is_laney` None: where `sigma_z` is above 1.2.
    """
    centre = float(numerator.sum() / denominator.sum())
    spread = np.sqrt(centre * (1 - centre) / denominator)
    sigma_z = _sigma_z(numerator / denominator - centre, spread)
    return AttributeLimits(centre, _width(spread, sigma_z, is_laney), 1.0, sigma_z)


def u_limits(events: Floats, exposure: Floats, is_laney: bool | None = None) -> AttributeLimits:
    """Limits of rates, cut at 0: u ± 3 √(u/e), times `sigma_z` for Laney's u′; else as `p_limits`."""
    centre = float(events.sum() / exposure.sum())
    spread = np.sqrt(centre / exposure)
    sigma_z = _sigma_z(events / exposure - centre, spread)
    return AttributeLimits(centre, _width(spread, sigma_z, is_laney), np.inf, sigma_z)


def _width(spread: Floats, sigma_z: float, is_laney: bool | None) -> Floats:
    """Three spreads; Laney's where asked for and known (of one period, or of none of all, it is not)."""
    is_wide = sigma_z > LANEY_ABOVE if is_laney is None else is_laney and not np.isnan(sigma_z)
    return 3 * spread * (sigma_z if is_wide else 1.0)


def _sigma_z(away: Floats, spread: Floats) -> float:
    """Mean |Δz| / 1.128, large ranges left out once; missing for one period, or where nothing can vary."""
    if len(away) < 2 or not spread.all():
        return float("nan")
    moving = np.abs(np.diff(away / spread))
    kept = moving[moving < SCREEN * moving.mean()]
    return float((kept if len(kept) else moving).mean() / _RANGE_OF_NORMAL)
