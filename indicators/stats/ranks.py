"""How far a rank is known: where each of many units could stand, given how exactly each is measured."""

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS = 10_000
"""Draws behind an interval of a rank (METHODS §12)."""
QUICK_DRAWS = 2_500
"""Draws for pages that need dozens of intervals at once; now and then an end is one rank off."""
SEED = 20210701
ENDS = (0.025, 0.975)
_LEAST = 1e-4
"""The least error, as a share of the spread of the values: equal values without any share their ranks."""


def rank_intervals(
    values: pd.Series,
    errors: pd.Series,
    better: Literal["higher", "lower"] = "higher",
    draws: int = DRAWS,
) -> pd.DataFrame:
    """`unit, rank_low, rank_mid, rank_high, p_bottom, p_top`, a row per unit in the order of `values`.

    `values` and their standard `errors` (0 or more), both by unit, none missing; at least one. Each draw
    takes every value from a normal distribution of its own and ranks them, the best as 1. The interval, both
    ends inclusive, leaves out at most 2.5 % of draws on each side; `p_top` and `p_bottom` are shares of draws
    in the best and worst quarter of ranks (those up to n/4, and as many from the other end). The same data
    give the same numbers. Goldstein and Spiegelhalter 1996, section 4.
    """
    shares = _shares(_scaled(values, errors, better), draws)
    number = len(values)
    reached = shares.cumsum(axis=1)
    quarter = number // 4
    return pd.DataFrame(
        {
            "unit": values.index,
            "rank_low": 1 + (reached < ENDS[0]).sum(axis=1),
            "rank_mid": 1 + (reached < 0.5).sum(axis=1),
            "rank_high": 1 + (reached < ENDS[1] - 1e-12).sum(axis=1),
            "p_bottom": shares[:, number - quarter :].sum(axis=1),
            "p_top": shares[:, :quarter].sum(axis=1),
        }
    )


def _scaled(
    values: pd.Series, errors: pd.Series, better: Literal["higher", "lower"]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Values so that less is better, and errors, both in units of how far the values spread."""
    value = values.to_numpy(dtype=np.float64)
    error = errors.to_numpy(dtype=np.float64)
    spread = max(float(np.std(value)), float(error.max()), np.finfo(np.float64).tiny)
    sign = -1.0 if better == "higher" else 1.0
    centred = sign * (value - value.mean()) / spread
    return centred.astype(np.float32), np.maximum(error / spread, _LEAST).astype(np.float32)


def _shares(scaled: tuple[NDArray[np.float32], NDArray[np.float32]], draws: int) -> Floats:
    """For each unit (row) and rank (column), in which share of draws it has that rank."""
    value, error = scaled
    number = len(value)
    random = np.random.Generator(np.random.SFC64(SEED))
    drawn = random.standard_normal((draws, number), dtype=np.float32)
    drawn *= error
    drawn += value
    at_rank = np.argsort(drawn, axis=1)
    cells = (at_rank * number + np.arange(number)).ravel()
    counts = np.bincount(cells, minlength=number * number)
    return np.asarray(counts.reshape(number, number) / draws)


def rankability(values: pd.Series, errors: pd.Series) -> float:
    """Share of what tells units apart that is not chance: τ² / (τ² + median of s²), from 0 to 1.

    van Dishoeck et al. 2011 (BMJ Quality & Safety 20:869), with τ² = max(0, variance of the values − mean of
    s²) after Hedges and Olkin 1985. At least two units; 0 where the values do not differ.
    """
    value, squared = values.to_numpy(dtype=float), errors.to_numpy(dtype=float) ** 2
    between = max(0.0, float(value.var(ddof=1)) - float(squared.mean()))
    return between / (between + float(np.median(squared))) if between else 0.0


def share_errors(numerator: pd.Series, denominator: pd.Series) -> pd.Series:
    """Standard errors of shares of people or events counted one by one: √(p(1 − p)/n), n > 0.

    With two more on each side (Agresti and Coull 1998), so that none of five is not taken for certain.
    """
    number = denominator.astype(float) + 4
    share = (numerator.astype(float) + 2) / number
    return pd.Series(np.sqrt(share * (1 - share) / number), index=numerator.index)
