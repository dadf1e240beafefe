"""The radar of Signals: what signalled in the latest figures, how much was tested, how much is chance."""

from collections.abc import Callable, Sequence
from typing import Any


def show_radar(write_head: Callable[..., None], places: Sequence[Any]) -> None:
    """The view, its further controls in `places` beside the choice of view."""
    write_head("The radar ")
