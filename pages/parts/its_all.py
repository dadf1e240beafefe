"""One indicator over all entrants, or all indicators of one organisation: a view to come."""

from collections.abc import Callable, Sequence
from typing import Any


def show_all(write_head: Callable[..., None], _places: Sequence[Any]) -> None:
    """The view below the row of controls."""
    write_head(
        "What changed after entry, everywhere?", "This view does not run many series yet: take one."
    )
