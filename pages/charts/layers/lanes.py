"""Sharing a row among bars that run at the same time."""

from collections.abc import Sequence
from typing import Any

Stretch = tuple[Any, Any]
"""Begin and end of a bar, [begin, end): any two values that can be compared."""

_ALONE, _SHARED = (0.16, 0.84), (0.04, 0.96)
_GAP = 0.06


def assign_lanes(stretches: Sequence[Stretch]) -> list[tuple[int, int]]:
    """For each stretch its lane, counted from 0, and how many lanes its neighbourhood needs.

    A neighbourhood is a chain of overlapping stretches; stretches that only touch do not overlap. Within it
    the earlier in `stretches` gets the higher (lower-numbered) lane.
    """
    lanes: dict[int, int] = {}
    for index, stretch in enumerate(stretches):
        taken = {lane for other, lane in lanes.items() if _overlap(stretches[other], stretch)}
        lanes[index] = next(lane for lane in range(len(stretches)) if lane not in taken)
    groups = _neighbourhoods(stretches)
    needed = {index: max(lanes[i] for i in group) + 1 for group in groups for index in group}
    return [(lanes[index], needed[index]) for index in range(len(stretches))]


def _overlap(one: Stretch, other: Stretch) -> bool:
    return bool(one[0] < other[1] and other[0] < one[1])


def _neighbourhoods(stretches: Sequence[Stretch]) -> list[list[int]]:
    groups: list[list[int]] = []
    reaches_to: Any = None
    for index in sorted(range(len(stretches)), key=lambda i: stretches[i]):
        begin, end = stretches[index]
        if groups and begin < reaches_to:
            groups[-1].append(index)
            reaches_to = max(reaches_to, end)
        else:
            groups.append([index])
            reaches_to = end
    return groups


def lane_edges(lane: int, lanes: int) -> tuple[float, float]:
    """Upper and lower edge of a lane in a row from 0 (top) to 1; a bar alone leaves more air around it."""
    upper, lower = _ALONE if lanes == 1 else _SHARED
    height = (lower - upper - _GAP * (lanes - 1)) / lanes
    top = upper + lane * (height + _GAP)
    return top, top + height
