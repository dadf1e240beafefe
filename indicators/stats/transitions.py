"""Moves between states from one period to the next: counts, shares and their intervals."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from indicators.stats.proportions import wilson
from indicators.stats.rows import check_panel

FEW = 10
"""A state with fewer than this many moves out of it (or stays in it) says little."""
SMOOTH_BELOW = 5


@dataclass(frozen=True)
class Transitions:
    """Moves between states; in each frame a row is the state before and a column the state after.

    `probabilities` are shares of the row, `ci_low` and `ci_high` their Wilson bounds; missing throughout a
    row from which nothing was seen to move or stay.
    """

    states: tuple[Any, ...]
    counts: pd.DataFrame
    probabilities: pd.DataFrame
    ci_low: pd.DataFrame
    ci_high: pd.DataFrame

    @property
    def is_few(self) -> pd.Series:
        """Per state before: True where fewer than ten moves or stays were counted."""
        return self.counts.sum(axis=1) < FEW

    @property
    def smoothed(self) -> pd.DataFrame:
        """Shares for display: (count + ½)/(row + ½·states) in rows with a count below 5 (Dirichlet ½)."""
        total = self.counts.sum(axis=1)
        even = (self.counts + 0.5).div(total + 0.5 * len(self.states), axis=0)
        is_thin = (self.counts < SMOOTH_BELOW).any(axis=1) & (total > 0)
        return self.probabilities.where(~is_thin, even, axis=0)


def count_transitions(panel: pd.DataFrame, step: int = 1, alpha: float = 0.05) -> Transitions:
    """Moves and stays between adjacent periods, from `unit, period, state`, one row per unit and period.

    `period` is a whole number. A pair counts only where a unit's next row is exactly `step` later: a gap is
    never bridged. A row of the panel that is alone still gives its state a place. Keep eras apart before
    calling: moves across a boundary between frameworks are not moves. Raises BadRow for a blank or for a
    unit that stands twice in a period.
    """
    check_panel(panel)
    rows = panel.sort_values(["unit", "period"])
    by_unit = rows.groupby("unit")
    is_adjacent = by_unit["period"].shift(-1) - rows["period"] == step
    states = sorted(rows["state"].unique())
    counts = pd.crosstab(
        rows.loc[is_adjacent, "state"], by_unit["state"].shift(-1)[is_adjacent]
    ).reindex(index=states, columns=states, fill_value=0)
    counts = counts.rename_axis(index="before", columns="after")
    return _with_shares(tuple(states), counts, alpha)


def _with_shares(states: tuple[Any, ...], counts: pd.DataFrame, alpha: float) -> Transitions:
    total = counts.sum(axis=1).to_numpy()[:, np.newaxis]
    low, high = wilson(counts, np.broadcast_to(total, counts.shape), alpha)
    shares = counts.div(total.ravel(), axis=0)
    frames = (pd.DataFrame(part, counts.index, counts.columns) for part in (low, high))
    return Transitions(states, counts, shares, *frames)


def k_step(probabilities: pd.DataFrame, k: int) -> pd.DataFrame:
    """Shares after `k` steps if every step were like the first: the k-th power of the matrix.

    An illustration only: how long an organisation has been in a state matters in life and not here. A row
    from which a state without any counted move can be reached within the steps before the last is missing.
    """
    size = len(probabilities)
    step = np.zeros((size + 1, size + 1))
    step[:size, :size] = probabilities.fillna(0)
    step[:size, size] = probabilities.isna().any(axis=1)
    step[size, size] = 1
    power = np.linalg.matrix_power(step, k)
    known = np.where(power[:size, size:] > 0, np.nan, power[:size, :size])
    return pd.DataFrame(known, probabilities.index, probabilities.columns)
