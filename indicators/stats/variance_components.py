"""How much of the variation of many units' values lies between units, and how much within: REML, one way.

The model is y = period + unit + rest, periods fixed, units random. It is written out here because its
likelihood has one parameter once the rest is profiled out: statsmodels' mixed model needs seconds where this
needs milliseconds, and a bootstrap of it would need minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize_scalar

from indicators.stats.spc import Floats, Ints

_RATIOS: Floats = np.concatenate([[0.0], np.geomspace(1e-4, 1e4, 200)])
"""Ratios between / within at which a likelihood is looked at, before it is refined."""
_ROUGH = _RATIOS[::8]


@dataclass(frozen=True)
class Components:
    """Variances between and within units, and each value less its period (`left`) as the model has it."""

    between: float
    within: float
    left: Floats

    @property
    def icc(self) -> float:
        """Share of the variance that lies between units, from 0 to 1."""
        return self.between / (self.between + self.within)


@dataclass(frozen=True)
class _Panel:
    """Values less their period's mean, by unit and period, numbered from 0.

    `inside` counts them, a row a unit, a column a period.
    """

    unit: Ints
    period: Ints
    value: Floats
    inside: Floats


def components_of(unit: Ints, period: Ints, value: Floats) -> Components:
    """REML of `value` by unit, period means taken out as fixed effects; any pattern of gaps.

    −2 log L = (N−p) log RSS(λ) + Σ log(1+λnᵢ) + log|X′V⁻¹X|, λ = between / within, V = I + λZZ′ (Searle,
    Casella and McCulloch 1992, chapter 6). `period` all 0 leaves one common mean. Needs more values than
    periods and some variation, else ValueError.
    """
    panel = _panel_of(unit, period, value)
    spare = len(value) - panel.inside.shape[1]
    if spare <= 0 or np.ptp(value) == 0:
        raise ValueError("values must vary, and there must be more of them than periods")
    ratio = _least(lambda ratio: _profile(panel, ratio)[0])
    _, squares, means = _profile(panel, ratio)
    within = squares / spare
    return Components(ratio * within, within, panel.value - means[panel.period])


def _panel_of(unit: Ints, period: Ints, value: Floats) -> _Panel:
    units, periods = (np.unique(names, return_inverse=True)[1] for names in (unit, period))
    inside = np.zeros((units.max() + 1, periods.max() + 1))
    np.add.at(inside, (units, periods), 1.0)
    # Sums of squares of values far from zero would lose the digits that the variances are made of.
    centred = value - (np.bincount(periods, value) / inside.sum(axis=0))[periods]
    return _Panel(units, periods, centred, inside)


def _profile(panel: _Panel, ratio: float) -> tuple[float, float, Floats]:
    """−2 log restricted likelihood at a ratio (less a constant), weighted squares, and period means."""
    inside, value = panel.inside, panel.value
    size = inside.sum(axis=1)
    pull = ratio / (1 + ratio * size)
    sums = np.bincount(panel.unit, value)
    cross = np.diag(inside.sum(axis=0)) - (inside.T * pull) @ inside
    right = np.bincount(panel.period, value) - inside.T @ (pull * sums)
    factor = cho_factor(cross, lower=True)
    means = cho_solve(factor, right)
    squares = float(value @ value - pull @ sums**2 - means @ right)
    log_size = 2 * np.log(np.diag(factor[0])).sum() + np.log1p(ratio * size).sum()
    spare = len(value) - len(means)
    return float(spare * np.log(max(squares, 1e-300)) + log_size), squares, means


def _least(deviance: Callable[[float], float]) -> float:
    """The ratio at which the deviance is least, 0 included."""
    found = [deviance(ratio) for ratio in _ROUGH]
    at = int(np.argmin(found))
    low, high = np.log(_ROUGH[max(at - 1, 1)]), np.log(_ROUGH[min(at + 1, len(_ROUGH) - 1)])
    best = minimize_scalar(
        lambda log: deviance(float(np.exp(log))),
        bounds=(low, high),
        method="bounded",
        options={"xatol": 1e-9},
    )
    return float(np.exp(best.x)) if best.fun < found[0] else 0.0


def bootstrap_icc(unit: Ints, left: Floats, periods: int, draws: int, seed: int) -> Floats:
    """ICC of each of `draws` samples of units with all their values, drawn with replacement.

    `left` are values less their period (`Components.left`): the period means stand as estimated from
    everybody and cost one degree of freedom each, which is exact where no value is missing. All draws at
    once, on a grid of ratios, each refined by a parabola.
    """
    units = np.unique(unit, return_inverse=True)[1]
    size = np.bincount(units).astype(float)
    mean = np.bincount(units, left) / size
    inner = np.bincount(units, left**2) - size * mean**2
    generator = np.random.default_rng(seed)
    often = generator.multinomial(len(size), np.full(len(size), 1 / len(size)), draws).astype(float)
    weight = size[:, None] / (1 + size[:, None] * _RATIOS)
    whole = often @ weight
    squares = (often @ inner)[:, None] + often @ (weight * mean[:, None] ** 2)
    squares -= (often @ (weight * mean[:, None])) ** 2 / whole
    deviance = ((often @ size) - periods)[:, None] * np.log(np.maximum(squares, 1e-300))
    deviance += often @ np.log1p(size[:, None] * _RATIOS) + np.log(whole)
    ratio = _refined(deviance)
    return np.asarray(ratio / (1 + ratio))


def _refined(deviance: Floats) -> Floats:
    """The ratio of each row's least deviance, between the grid's points; 0 and the last stand as they are."""
    at: NDArray[np.intp] = deviance.argmin(axis=1)
    inner = np.clip(at, 2, len(_RATIOS) - 2)
    rows = np.arange(len(deviance))
    before, here, after = (deviance[rows, inner + step] for step in (-1, 0, 1))
    bend = before - 2 * here + after
    shift = np.where(bend > 0, (before - after) / 2 / np.where(bend > 0, bend, 1.0), 0.0)
    step = np.log(_RATIOS[2] / _RATIOS[1])
    fine = _RATIOS[inner] * np.exp(np.clip(shift, -1, 1) * step)
    return np.where(inner == at, fine, _RATIOS[at])
