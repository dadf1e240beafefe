"""Where a series stands at its end, and how exactly that is known from how its own periods vary."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK = 3
"""Neighbouring periods that stay together, because they are alike."""
FEWEST, MOST = 12, 24
"""Periods that a level rests on."""


@dataclass(frozen=True)
class Level:
    """The height of a straight line at the last period, its standard error, and the periods behind it."""

    value: float
    error: float
    periods: int


def level_of(values: NDArray[np.float64]) -> Level | None:
    """The level of a series of evenly spaced values, the last 12 to 24 of them; None of fewer.

    A straight line by least squares; its error at the last period is the standard deviation that a residual
    bootstrap in circular blocks of three (Politis and Romano 1992) tends to with ever more draws: blocks are
    drawn independently, so their variances add up. Residuals are widened by √(T / (T − 2)) for the two
    numbers that the line took.
    """
    used = min(len(values), MOST) // BLOCK * BLOCK
    if used < FEWEST:
        return None
    series = values[-used:]
    hat = _weights(used)
    residuals = (series - hat @ series) * np.sqrt(used / (used - 2))
    return Level(float(hat[-1] @ series), _error(hat[-1], residuals), used)


def _weights(number: int) -> NDArray[np.float64]:
    """The matrix that turns values into the heights of their line."""
    time = np.column_stack([np.ones(number), np.arange(number, dtype=float)])
    return np.asarray(time @ np.linalg.inv(time.T @ time) @ time.T)


def _error(weights: NDArray[np.float64], residuals: NDArray[np.float64]) -> float:
    """Each block of weights meets every circular block of residuals with the same chance."""
    starts = np.arange(len(residuals))[:, None] + np.arange(BLOCK)
    blocks = residuals[starts % len(residuals)]
    added = blocks @ weights.reshape(-1, BLOCK).T
    return float(np.sqrt(added.var(axis=0).sum()))
