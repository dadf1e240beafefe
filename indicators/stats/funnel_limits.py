"""The limits of a funnel plot at any size, which values lie outside them, and how many would by chance."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from indicators.stats.funnel import (
    OUTSIDE,
    Dispersion,
    Floats,
    Overdispersion,
    Sizes,
    errors_at,
)

SMALL = 50
"""Below this denominator (or number of expected events) the normal approximation is not relied on."""
_MUCH_LARGER = 10
"""Chance is much larger than overdispersion where its variance is at least so many times as large."""


@dataclass(frozen=True)
class Funnel:
    """Values, how much wider they lie than by chance, and how limits allow for it."""

    sizes: Sizes
    dispersion: Dispersion
    how: Overdispersion = "additive"

    @property
    def target(self) -> float:
        """The overall share, or 1 for ratios."""
        return float(_natural(self.sizes, np.array([self.sizes.target]))[0])


def limits_at(funnel: Funnel, size: Floats) -> pd.DataFrame:
    """`size`, and `lower_95, upper_95, lower_998, upper_998` there: a share, or observed over expected.

    Exact (binomial, Poisson) where the variance of chance is at least ten times what overdispersion adds;
    below 50 the wider of exact and normal; normal elsewhere.
    """
    chance = errors_at(size, funnel.target, funnel.sizes.transform)
    added = funnel.dispersion.widened(chance, funnel.how) ** 2 - chance**2
    is_exact, is_small = chance**2 >= _MUCH_LARGER * added, size < SMALL
    normal, exact = normal_limits(funnel, size), _raised(funnel, exact_limits(funnel, size))
    columns = {"size": size}
    for name in exact.columns.drop("size"):
        ours, theirs = exact[name].to_numpy(), normal[name].to_numpy()
        wider = np.minimum if name.startswith("lower") else np.maximum
        columns[name] = np.select([is_exact, is_small], [ours, wider(ours, theirs)], theirs)
    return pd.DataFrame(columns)


def normal_limits(funnel: Funnel, size: Floats) -> pd.DataFrame:
    """Limits by the normal approximation on the scale of the transform; columns as `limits_at`."""
    chance = errors_at(size, funnel.target, funnel.sizes.transform)
    width = funnel.dispersion.widened(chance, funnel.how)
    columns = {"size": size}
    for name, outside in OUTSIDE.items():
        away = float(stats.norm.isf(outside / 2)) * width
        columns[f"lower_{name}"] = _natural(funnel.sizes, funnel.sizes.target - away)
        columns[f"upper_{name}"] = _natural(funnel.sizes, funnel.sizes.target + away)
    return pd.DataFrame(columns)


def exact_limits(funnel: Funnel, size: Floats) -> pd.DataFrame:
    """Limits by the binomial or Poisson distribution, without overdispersion; columns as `limits_at`.

    Between whole numbers of events as Spiegelhalter 2005 does: (r − a)/n, r the quantile and a the share of
    the probability at r that is beyond what is asked for.
    """
    columns = {"size": size}
    for name, outside in OUTSIDE.items():
        columns[f"lower_{name}"] = _quantile(funnel, size, outside / 2)
        columns[f"upper_{name}"] = _quantile(funnel, size, 1 - outside / 2)
    return pd.DataFrame(columns)


def flags_of(funnel: Funnel) -> NDArray[np.int8]:
    """1 for a value strictly above its 99.8 % limits, −1 below, 0 within."""
    value = _natural(funnel.sizes, funnel.sizes.value)
    limits = limits_at(funnel, funnel.sizes.size)
    above, below = value > limits["upper_998"].to_numpy(), value < limits["lower_998"].to_numpy()
    return np.asarray(above.astype(np.int8) - below.astype(np.int8))


def expected_outside(number: int) -> float:
    """How many of so many values lie outside 99.8 % limits by chance."""
    return OUTSIDE["998"] * number


def _raised(funnel: Funnel, exact: pd.DataFrame) -> pd.DataFrame:
    """Upper limits raised by one event, the mirror image of the lower ones.

    As published they lie below a number of events that chance reaches more often than is asked for, so that
    ten of ten would be outside where 99 % of all have it.
    """
    highest = np.inf if funnel.sizes.transform in ("log", "sqrt") else 1.0
    uppers = [f"upper_{name}" for name in OUTSIDE]
    raised = {name: np.minimum(exact[name] + 1 / exact["size"], highest) for name in uppers}
    return exact.assign(**raised)


def _quantile(funnel: Funnel, size: Floats, probability: float) -> Floats:
    whole = np.maximum(np.round(size), 1.0)
    if funnel.sizes.transform in ("log", "sqrt"):
        chance = stats.poisson(size)
    else:
        chance, size = stats.binom(whole, funnel.target), whole
    events = chance.ppf(probability)
    reached, at = chance.cdf(events), chance.pmf(events)
    beyond = np.divide(reached - probability, at, out=np.zeros_like(at), where=at > 0)
    return np.asarray(np.maximum(events - beyond, 0.0) / size)


def _natural(sizes: Sizes, value: Floats) -> Floats:
    """From the scale of the transform to a share or a ratio, cut to what these can be."""
    if sizes.transform == "log":
        return np.exp(value)
    if sizes.transform == "sqrt":
        return np.maximum(value, 0.0) ** 2
    if sizes.transform == "arcsine":
        return np.sin(np.clip(value, 0.0, np.pi / 2)) ** 2
    return np.clip(value, 0.0, 1.0)
