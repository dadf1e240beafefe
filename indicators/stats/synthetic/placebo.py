"""How far the gap of a synthetic control is from what chance alone makes: placebos, and donors left out."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import stats

from indicators.stats.synthetic.control import Control, Options, Panel, fit_control
from indicators.stats.synthetic.simplex import FloatArray

BoolArray = npt.NDArray[np.bool_]
USUAL_LIMIT = 5.0
"""A placebo that fits more than this many times worse before entry says nothing about the organisation."""
LIMITS = (2.0, USUAL_LIMIT, 20.0, np.inf)
_IN_USE = 1e-6


@dataclass(frozen=True)
class Placebos:
    """Each donor in the place of the organisation, in the donors' order: `ratio`, `pre_rmspe`, `att` (J,).

    `gap` (J, T): what each has above its own control, by period.
    """

    ratio: FloatArray
    pre_rmspe: FloatArray
    att: FloatArray
    gap: FloatArray

    @property
    def standard_error(self) -> float:
        """Spread of effects where there is none (the placebo variance of Arkhangelsky and others 2021)."""
        return float(self.att.std())

    def kept(self, fitted: Control, limit: float = USUAL_LIMIT) -> BoolArray:
        """Which of them fit no more than `limit` times worse before entry than the organisation (J,)."""
        worst = limit * fitted.pre_rmspe if np.isfinite(limit) else np.inf
        return np.asarray(self.pre_rmspe <= worst)


@dataclass(frozen=True)
class RankTest:
    """`p` = (1 + placebos with a ratio at least as large) / (1 + placebos `kept`), never below `floor`.

    Both None where no placebo is kept. `as_large`: how many of those kept have a ratio at least as large.
    """

    p: float | None
    floor: float | None
    kept: int
    as_large: int


def placebos_in_space(panel: Panel, fitted: Control, options: Options) -> Placebos:
    """Fit every donor as if it had entered; two donors or more. Ridge keeps the organisation's strength."""
    same = replace(options, ridge=fitted.ridge)
    found = [fit_control(panel.as_if(donor), same) for donor in range(panel.donors.shape[1])]
    return Placebos(
        np.array([one.ratio for one in found]),
        np.array([one.pre_rmspe for one in found]),
        np.array([one.att for one in found]),
        np.array([one.gap for one in found]),
    )


def rank_test(fitted: Control, placebos: Placebos, limit: float = USUAL_LIMIT) -> RankTest:
    """Rank of the ratio of gaps after to gaps before; placebos that fit `limit` times worse are left out."""
    ratio = placebos.ratio[placebos.kept(fitted, limit)]
    if not len(ratio):
        return RankTest(None, None, 0, 0)
    as_large = int((ratio >= fitted.ratio).sum())
    return RankTest((1 + as_large) / (1 + len(ratio)), 1 / (1 + len(ratio)), len(ratio), as_large)


def placebo_in_time(panel: Panel, fitted: Control, options: Options, earlier: int) -> Control:
    """The control fitted as if entry had been `earlier` periods before it, on the periods before entry."""
    return fit_control(panel.until_entry(earlier), replace(options, ridge=fitted.ridge))


def leave_one_out(panel: Panel, fitted: Control, options: Options) -> dict[int, float]:
    """The mean gap without each donor that has a weight, by its place; two donors or more."""
    same = replace(options, ridge=fitted.ridge)
    used = [int(donor) for donor in np.flatnonzero(np.abs(fitted.weights) > _IN_USE)]
    return {donor: fit_control(panel.without(donor), same).att for donor in used}


def interval(effect: float, se: float, alpha: float) -> tuple[float, float]:
    """The two-sided normal interval, both ends inclusive."""
    half = float(stats.norm.isf(alpha / 2)) * se
    return effect - half, effect + half
