"""The grid of Signals: a row per organisation, a column per indicator, two icons in each cell."""

from collections.abc import Callable, Sequence
from typing import Any


def show_grid(write_head: Callable[..., None], places: Sequence[Any]) -> None:
    """The view, its further controls in `places` beside the choice of view."""
    write_head("The grid o")
