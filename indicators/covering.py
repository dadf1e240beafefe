"""Covering levels under quotas with a set of given size, solved exactly as an integer programme."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Cover:
    """Choose `size` of the items (each mask has one place per item, in one order).

    `levels`: who brings each level. `quotas`: members, least and most (inclusive; None: no upper bound).
    `must`: who has to be in. `noise`: a number in [0, 1) per item; other things equal, less is better.
    """

    size: int
    levels: Sequence[Mask]
    quotas: Sequence[tuple[Mask, int, int | None]]
    must: Mask
    noise: NDArray[np.float64]


def solve_cover(cover: Cover) -> Mask:
    """Who is in: fewest units by which quotas are missed, then most levels covered, then least noise.

    Variables: x (in or not), y (level covered; at most the number of its members that are in, so it needs no
    integrality), and for each quota what is missing below and above it. Weights: a missing unit 1 + number
    of levels, a level 1, the noise of a whole set under 1/2: none can outweigh the one before.
    RuntimeError if the solver finds no optimum, which a set of this kind always has.
    """
    items, levels, quotas = len(cover.must), len(cover.levels), len(cover.quotas)
    cost = np.concatenate(
        [
            cover.noise / (2 * max(cover.size, 1)),
            np.full(levels, -1.0),
            np.full(2 * quotas, 1.0 + levels),
        ]
    )
    free = levels + 2 * quotas
    solved = milp(
        cost,
        constraints=LinearConstraint(*_constraints(cover)),
        integrality=np.concatenate([np.ones(items), np.zeros(free)]),
        bounds=Bounds(
            np.concatenate([cover.must.astype(float), np.zeros(free)]),
            np.concatenate([np.ones(items + levels), np.full(2 * quotas, np.inf)]),
        ),
        options={"mip_rel_gap": 0.0},
    )
    if solved.x is None or solved.status != 0:
        raise RuntimeError(f"no optimal set was found: {solved.message}")
    chosen: Mask = solved.x[:items] > 0.5
    return chosen


def _constraints(
    cover: Cover,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Rows over [x, y, missing below, missing above] with their lower and upper bounds."""
    levels, quotas = len(cover.levels), len(cover.quotas)
    members = _stack([mask for mask, _, _ in cover.quotas], len(cover.must))
    brings = _stack(cover.levels, len(cover.must))
    none, unit = np.zeros((quotas, quotas)), np.eye(quotas)
    matrix = np.block(
        [
            [np.ones((1, len(cover.must))), np.zeros((1, levels + 2 * quotas))],
            [brings, -np.eye(levels), np.zeros((levels, 2 * quotas))],
            [members, np.zeros((quotas, levels)), unit, none],
            [members, np.zeros((quotas, levels)), none, -unit],
        ]
    )
    least = [float(low) for _, low, _ in cover.quotas]
    most = [np.inf if high is None else float(high) for _, _, high in cover.quotas]
    lower = [cover.size, *[0.0] * levels, *least, *[-np.inf] * quotas]
    upper = [cover.size, *[np.inf] * levels, *[np.inf] * quotas, *most]
    return matrix, np.array(lower, dtype=float), np.array(upper, dtype=float)


def _stack(masks: Sequence[Mask], width: int) -> NDArray[np.float64]:
    return np.array(masks, dtype=float).reshape(len(masks), width)
