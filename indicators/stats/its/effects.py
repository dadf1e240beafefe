"""What interruptions changed: effects at horizons, on average and summed, and slopes (METHODS 1.7)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indicators.stats.its.fit import Contrast, FloatArray
from indicators.stats.its.model import Model
from indicators.stats.its.pandemic import COVID_SLOPE


@dataclass(frozen=True)
class Effect:
    """The difference that an interruption (numbered from 1) makes `horizon` periods after its start.

    It is against the series without this interruption and all later ones. `percent` is relative to that
    counterfactual (None where this is not above 0), `ratio` the odds or rate ratio of count models.
    """

    interruption: int
    horizon: int
    period: int
    difference: Contrast
    counterfactual: float
    percent: Contrast | None
    ratio: Contrast | None


@dataclass(frozen=True)
class Total:
    """The effect of an interruption over the `periods` with a value from its start on: mean and sum.

    `events` is the sum weighed by the denominators: how many more people or events; None without counts.
    """

    interruption: int
    periods: int
    mean: Contrast
    cumulative: Contrast
    events: Contrast | None


@dataclass(frozen=True)
class Slope:
    """Change per period at the end of a stretch, on the model's scale; stretch 0 is before the first."""

    stretch: int
    slope: Contrast


def effects_at(model: Model, horizons: Sequence[int], alpha: float) -> tuple[Effect, ...]:
    """The effects of every interruption at the horizons that were observed.

    A horizon beyond the last fitted period, or beyond the next interruption, gives no effect: nothing is
    extrapolated.
    """
    design = model.design
    found = []
    for number, one in enumerate(design.interruptions, start=1):
        later = design.interruptions[number:]
        end = later[0].at - 1 if later else design.last
        for horizon in sorted(set(horizons)):
            if one.start + horizon <= min(end, design.last):
                found.append(_effect(model, number, horizon, alpha))
    return tuple(found)


def _effect(model: Model, number: int, horizon: int, alpha: float) -> Effect:
    period = model.design.interruptions[number - 1].start + horizon
    rows = _rows_of(model, number, period)
    return Effect(
        interruption=number,
        horizon=horizon,
        period=period,
        difference=_sum_of_differences(model, rows, np.ones(1), alpha),
        counterfactual=float(model.mean(rows[1])[0]),
        percent=_percent(model, rows, alpha),
        ratio=_ratio(model, rows[0][0] - rows[1][0], alpha),
    )


def _rows_of(model: Model, number: int, period: int) -> tuple[FloatArray, FloatArray]:
    """The row (1, p) of a period, and the same without an interruption and all later ones."""
    row = int(np.flatnonzero(model.design.grid == period)[0])
    return model.design.x[[row]], model.design.without(number)[[row]]


def gradient_at(model: Model, effect: Effect) -> FloatArray:
    """How the difference moves with the coefficients (p,), at their estimates."""
    with_it, without = _rows_of(model, effect.interruption, effect.period)
    return np.asarray(model.gradient(with_it)[0] - model.gradient(without)[0])


def _sum_of_differences(
    model: Model, rows: tuple[FloatArray, FloatArray], weights: FloatArray, alpha: float
) -> Contrast:
    """The weighted sum of expected values with the interruption less those without."""
    gradient = weights @ (model.gradient(rows[0]) - model.gradient(rows[1]))
    if model.scale.link == "identity":
        return model.fit.contrast(gradient, alpha)
    value = float(weights @ (model.mean(rows[0]) - model.mean(rows[1])))
    return model.around(value, gradient, alpha)


def _percent(model: Model, rows: tuple[FloatArray, FloatArray], alpha: float) -> Contrast | None:
    with_it, without = (float(model.mean(row)[0]) for row in rows)
    if without <= 0:
        return None
    up, down = (model.gradient(row)[0] for row in rows)
    gradient = 100 * (up / without - with_it * down / without**2)
    return model.around(100 * (with_it / without - 1), gradient, alpha)


def _ratio(model: Model, contrast: FloatArray, alpha: float) -> Contrast | None:
    """The odds ratio (logit) or rate ratio (log), its interval made on the model's scale."""
    if model.scale.link == "identity":
        return None
    found = model.fit.contrast(contrast, alpha)
    ends = np.exp([found.estimate, found.ci_low, found.ci_high])
    return Contrast(float(ends[0]), found.se, found.df, float(ends[1]), float(ends[2]), found.p)


def totals(
    model: Model, denominator: FloatArray | None, unit: float, alpha: float
) -> tuple[Total, ...]:
    """The mean and summed effect of every interruption over the fitted periods from its start on.

    `denominator` (n,) are those of the fitted periods, with value = unit × numerator / denominator.
    """
    return tuple(
        _total(model, number, None if denominator is None else denominator / unit, alpha)
        for number in range(1, len(model.design.interruptions) + 1)
    )


def _total(model: Model, number: int, per_value: FloatArray | None, alpha: float) -> Total:
    design = model.design
    fitted = np.flatnonzero(design.used)
    is_after = design.grid[fitted] >= design.interruptions[number - 1].start
    rows = design.x[fitted[is_after]], design.without(number)[fitted[is_after]]
    ones = np.ones(int(is_after.sum()))

    def weighed(weights: FloatArray) -> Contrast:
        return _sum_of_differences(model, rows, weights, alpha)

    return Total(
        interruption=number,
        periods=len(ones),
        mean=weighed(ones / len(ones)),
        cumulative=weighed(ones),
        events=None if per_value is None else weighed(per_value[is_after]),
    )


def slopes(model: Model, alpha: float) -> tuple[Slope, ...]:
    """The slope before the first interruption, from it on, from the second on, and so on.

    A stretch that ends after the pandemic has the change of slope of that time in it.
    """
    design = model.design
    ends = [*(one.start - 1 for one in design.interruptions), design.last]
    found = []
    for stretch, end in enumerate(ends):
        names = {"time", *(f"slope_{number}" for number in range(1, stretch + 1))}
        covid_slope = design.x[:, [term == COVID_SLOPE for term in design.terms]]
        if covid_slope[design.grid <= end].any():
            names.add(COVID_SLOPE)
        weights = np.array([term in names for term in design.terms], dtype=float)
        if weights.any():
            found.append(Slope(stretch, model.fit.contrast(weights, alpha)))
    return tuple(found)
